"""Derivatives from function values: difference formulas and the complex step.

Sources: Nocedal & Wright, Numerical Optimization (2nd ed.), section 8.1, for the steps that balance truncation
against round-off; Squire & Trapp, "Using complex variables to estimate derivatives of real functions",
SIAM Review 40 (1998), for the complex step; the CS231n notes on gradient checks for the ladder of errors.
"""

import numpy as np

from helpers.calculus.complex_probe import imaginary_part
from helpers.calculus.validation import any_array, check_choice, check_each, finite_copy, scalar_function


def default_step(x, method="central"):
    """Step that balances truncation against round-off: `eps**(1/2)` forward, `eps**(1/3)` central, times `max(1, |x|)`.

    eps is the machine epsilon of x's dtype. The step is rounded so that x + h is exact. ValueError for another method.
    """
    powers = {"forward": 1 / 2, "central": 1 / 3}
    check_choice(powers, method=method)
    x = finite_copy(x, "x")
    h = np.finfo(x.dtype).eps ** powers[method] * np.maximum(1, np.abs(x))
    return ((x + h) - x).astype(x.dtype)[()]


def point_and_step(x, h, method=None):
    """Return x, a whole number as a float, and h, for None the method's `default_step`; errors if one does not fit."""
    point, step = finite_copy(x, "x"), any_array(h)
    if point.ndim != 0:
        raise TypeError(f"x must be a single number, it has shape {point.shape}; for arrays see numerical_gradient")
    x = x if np.asarray(x).dtype.kind == "f" else float(x)  # a whole number may wrap in f
    if h is None and method:
        return x, default_step(x, method)
    if step.ndim != 0 or step.dtype.kind not in "iuf" or not 0 < h < np.inf:
        raise ValueError(f"h must be a positive number, it is {h!r}")
    return x, float(h)  # a Python float keeps x + h in x's precision


def forward_difference(f, x, h=None):
    """Approximate f'(x) by (f(x + h) - f(x)) / h, with an error of order h.

    f maps a number to a number; x is a real number; h defaults to `default_step`.
    Raises TypeError or ValueError when x, h or f's value is not what is expected.
    """
    f, (x, h) = scalar_function(f), point_and_step(x, h, "forward")
    return (f(x + h) - f(x)) / h


def central_difference(f, x, h=None):
    """Approximate f'(x) by (f(x + h) - f(x - h)) / (2 h), with an error of order h**2.

    Arguments and errors as in `forward_difference`.
    """
    f, (x, h) = scalar_function(f), point_and_step(x, h, "central")
    return (f(x + h) - f(x - h)) / (2 * h)


def complex_step(f, x, h=1e-20):
    """Return f'(x) as Im f(x + ih) / h: the formula subtracts nothing, so a small h costs no digit.

    Digits that f itself loses stay lost, as those of (1 - cos(x)) / x**2 near 0. f is asked once, and believed to be
    smooth over a length of h: of sin(1e20 x) at 0 the slope is 1e20, and the default h gives sinh(1) times as much.
    f must be complex-analytic in code; abs, comparisons and casts to real raise `NotAnalyticError`, a root or logarithm
    at the edge of its domain ValueError. What f computes after `np.asarray` is compared with differences.
    Squire & Trapp (1998). Other errors as in `forward_difference`.
    """
    check_each(callable, "a function", {"f": f}, TypeError)
    x, h = point_and_step(x, h)
    return imaginary_part(f, float(x) + 1j * h) / h


def along_entry(f, x, index):
    """Return f as a function of the entry x[index] alone; all other entries stay as they are."""
    here = np.zeros(x.shape, bool)
    here[index] = True
    return lambda entry: f(np.where(here, entry, x))


def remembered_at(x, f):
    """Return f with its value at the array x computed once."""
    f_at_x = f(x.copy())
    return lambda y: f_at_x if np.array_equal(y, x) else f(y)


def numerical_gradient(f, x, method="central", h=None):
    """Return the gradient of f: array -> number at x by moving one entry at a time; it has x's shape.

    method: 'forward' (n + 1 evaluations), 'central' (2n) or 'complex' (n). x is never changed, whatever f does.
    Raises ValueError for another method, TypeError or ValueError for an f that does not return one number.
    """
    formulas = {"forward": forward_difference, "central": central_difference, "complex": complex_step}
    check_choice(formulas, method=method)
    check_each(callable, "a function", {"f": f}, TypeError)
    x, step = finite_copy(x, "x"), {} if h is None else {"h": h}
    if method == "forward":
        f = remembered_at(x, f)  # f(x) is needed once, not once for each entry
    slopes = [formulas[method](along_entry(f, x, index), x[index], **step) for index in np.ndindex(x.shape)]
    return np.reshape(slopes, x.shape).astype(x.dtype)

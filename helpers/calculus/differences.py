"""Derivatives from function values: difference formulas and the complex step.

Sources: Nocedal & Wright, Numerical Optimization (2nd ed.), section 8.1, for the steps that balance truncation
against round-off; Squire & Trapp, "Using complex variables to estimate derivatives of real functions",
SIAM Review 40 (1998), for the complex step; the CS231n notes on gradient checks for the ladder of errors.
"""

import numpy as np

from helpers.calculus.complex_probe import AnalyticProbe, imaginary_part
from helpers.calculus.validation import finite_real, scalar_function


def default_step(x, method="central"):
    """Step that balances truncation against round-off: eps**(1/2) forward, eps**(1/3) central, times max(1, |x|).

    eps is the machine epsilon of x's dtype. The step is rounded so that x + h is exact. ValueError for another method.
    """
    powers = {"forward": 1 / 2, "central": 1 / 3}
    if method not in powers:
        raise ValueError(f"method must be 'forward' or 'central', not {method!r}")
    x = finite_real(x, "x")
    h = np.finfo(x.dtype).eps ** powers[method] * np.maximum(1, np.abs(x))
    return ((x + h) - x).astype(x.dtype)[()]


def forward_difference(f, x, h=None):
    """Approximate f'(x) by (f(x + h) - f(x)) / h, with an error of order h.

    f maps a number to a number; x is a real number; h defaults to `default_step`.
    Raises TypeError or ValueError when x, h or f's value is not what is expected.
    """
    f, h = scalar_function(f), step_for(x, h, "forward")
    return (f(x + h) - f(x)) / h


def central_difference(f, x, h=None):
    """Approximate f'(x) by (f(x + h) - f(x - h)) / (2 h), with an error of order h**2.

    Arguments and errors as in `forward_difference`.
    """
    f, h = scalar_function(f), step_for(x, h, "central")
    return (f(x + h) - f(x - h)) / (2 * h)


def complex_step(f, x, h=1e-20):
    """Return f'(x) as Im f(x + ih) / h: nothing is subtracted, so no digit is lost however small h is.

    f must be complex-analytic in code; abs, comparisons and casts to real raise `NotAnalyticError`.
    Squire & Trapp (1998). Other errors as in `forward_difference`.
    """
    h = step_for(x, h, "complex")
    return imaginary_part(f, float(x) + 1j * h) / h


FORMULAS = {"forward": forward_difference, "central": central_difference, "complex": complex_step}


def numerical_gradient(f, x, method="central", h=None):
    """Return the gradient of f: array -> number at x by moving one entry at a time; it has x's shape.

    method: 'forward' (n + 1 evaluations), 'central' (2n) or 'complex' (n). x is never changed, whatever f does.
    Raises ValueError for another method, TypeError or ValueError for an f that does not return one number.
    """
    if method not in FORMULAS:
        raise ValueError(f"method must be one of {', '.join(FORMULAS)}, not {method!r}")
    x = finite_real(x, "x")
    if method == "forward":
        f = remembered_at(x, f)  # f(x) is needed once, not once for each entry
    gradient = np.empty_like(x)
    for index in np.ndindex(x.shape):
        gradient[index] = FORMULAS[method](along_entry(f, x, index), x[index], h)
    return gradient


def along_entry(f, x, index):
    """Return f as a function of the entry x[index] alone; all other entries stay as they are."""

    def f_along(value):
        moved = AnalyticProbe(x) if isinstance(value, AnalyticProbe) else x.copy()
        moved[index] = value
        return f(moved)

    return f_along


def remembered_at(x, f):
    """Return f with its value at the array x computed once."""
    f_at_x = scalar_function(f)(x.copy())
    return lambda y: f_at_x if np.array_equal(y, x) else f(y)


def step_for(x, h, method):
    """Return the step h, or the default one for h = None; TypeError or ValueError for a bad x or h."""
    if np.ndim(x) != 0:
        raise TypeError(f"x must be a single number, it has shape {np.shape(x)}; for arrays see numerical_gradient")
    x = finite_real(x, "x")
    if h is None:
        return 1e-20 if method == "complex" else default_step(x, method)
    real = np.ndim(h) == 0 and np.issubdtype(np.asarray(h).dtype, np.number) and np.isrealobj(h)
    if not (real and np.isfinite(h) and h > 0):
        raise ValueError(f"h must be a positive number, it is {h!r}")
    return float(h)  # a Python float keeps x + h in x's precision

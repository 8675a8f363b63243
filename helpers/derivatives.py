"""Derivatives from function values: difference formulas, the complex step and the gradient check.

Sources: Nocedal & Wright, Numerical Optimization (2nd ed.), section 8.1, for the steps that balance truncation
against round-off; Squire & Trapp, "Using complex variables to estimate derivatives of real functions",
SIAM Review 40 (1998), for the complex step; the CS231n notes on gradient checks for the ladder of errors.
"""

import numpy as np

from helpers.analytic import AnalyticProbe, imaginary_part
from helpers.arguments import finite_real, scalar_function
from helpers.gradient_report import GradientReport


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


def gradient_check(f, x, gradient):
    """Compare `gradient` with the central difference of f: array -> number at x; returns a `GradientReport`.

    x and gradient have one shape; work is done in float64. Errors are `relative_errors`, in which what the difference
    itself may be off (its `resolution`) counts as good.
    Raises ValueError when the shapes differ; errors of f as in `numerical_gradient`.
    """
    x, gradient = np.array(x, float), np.array(gradient, float)
    if gradient.shape != x.shape:
        raise ValueError(f"gradient must have x's shape {x.shape}, it has {gradient.shape} (the shape rule)")
    numerical = numerical_gradient(f, x)
    errors = relative_errors(gradient, numerical, resolution(f, x, numerical))
    worst = np.unravel_index(np.argmax(errors), x.shape) if errors.size else ()
    kink = errors.size > 0 and errors[worst] > 1e-4 and has_kink(f, x, worst, gradient[worst])
    return GradientReport(gradient, numerical, errors, worst, kink)


def relative_errors(gradient, numerical, resolution=0.0):
    """Return |g - n| / max(|g|, |n|) entry by entry: 0 where both are 0, infinite where one is not finite.

    A difference within `resolution` says nothing: it is measured against 1e7 times that, and so counts as good.
    """
    gradient, numerical = np.asarray(gradient, float), np.asarray(numerical, float)
    with np.errstate(invalid="ignore"):
        off = np.abs(gradient - numerical)
    size = np.maximum(np.abs(gradient), np.abs(numerical))
    within = off <= resolution  # there the error becomes 1e-7 or less, which is good
    size = np.maximum(size, np.where(within, 1e7 * np.asarray(resolution), 0))
    finite = np.isfinite(gradient) & np.isfinite(numerical)
    return np.where(finite, off, np.inf) / np.where(finite & (size > 0), size, 1)


def resolution(f, x, numerical):
    """Return how far off each central difference may be: by truncation, as half the step shows, and by round-off."""
    halved = np.empty_like(x)
    for index in np.ndindex(x.shape):
        halved[index] = central_difference(along_entry(f, x, index), x[index], default_step(x[index]) / 2)
    return 3 * np.abs(numerical - halved) + 100 * round_off(f, x)


def round_off(f, x):
    """Return what one rounding of f may add to each entry of a central difference: about eps |f(x)| / h."""
    return np.finfo(float).eps * abs(f(x.copy())) / default_step(x)


def has_kink(f, x, index, slope):
    """True if f has a kink along the entry x[index], within a step of x, and `slope` lies between its two slopes.

    The slopes to the left and to the right of x differ in a smooth f too, but twice as much for twice the step.
    """
    f_along, middle, h = along_entry(f, x, index), x[index], default_step(x[index])

    def slopes(h):
        return sorted([(f_along(middle) - f_along(middle - h)) / h, (f_along(middle + h) - f_along(middle)) / h])

    near, far = np.ptp(slopes(10 * h)), np.ptp(slopes(20 * h))
    low, high = slopes(h)
    slack = 0.01 * (high - low)
    return bool(far < 1.5 * near and low - slack <= slope <= high + slack)


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

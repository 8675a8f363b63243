"""Derivatives from function values: difference formulas, the complex step and the gradient check.

Sources: Nocedal & Wright, Numerical Optimization (2nd ed.), section 8.1, for the steps that balance truncation
against round-off; Squire & Trapp, "Using complex variables to estimate derivatives of real functions",
SIAM Review 40 (1998), for the complex step; the CS231n notes on gradient checks for the ladder of errors.
"""

from dataclasses import dataclass

import numpy as np

from helpers.analytic import AnalyticProbe, imaginary_part
from helpers.arguments import finite_real, scalar_function


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
    return imaginary_part(f, x + 1j * h) / h


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


@dataclass(frozen=True)
class GradientReport:
    """What `gradient_check` found: arrays `gradient` and `numerical`, and the verdict on them."""

    gradient: np.ndarray
    numerical: np.ndarray
    relative_error: float
    worst_index: tuple
    kink: bool

    @property
    def verdict(self):
        """One of 'wrong', 'suspicious', 'fair', 'good', or 'kink' where no verdict is possible."""
        if self.kink:
            return "kink"
        ladder = [(1e-2, "wrong"), (1e-4, "suspicious"), (1e-7, "fair")]
        return next((word for bound, word in ladder if not self.relative_error <= bound), "good")

    @property
    def passed(self):
        """True for a good or a fair gradient."""
        return self.verdict in ("good", "fair")

    def __str__(self):
        words = {
            "wrong": "the gradient is wrong",
            "suspicious": "suspicious: too large an error for a right gradient of a smooth function",
            "fair": "fair: right, unless the function is smooth and well scaled; then look again",
            "good": "good",
            "kink": "no verdict: the slopes on the two sides of x differ, so a kink (as of ReLU or abs) lies within h "
            "of x, and no gradient exists to compare with. Move x a little and check again",
        }
        ours, theirs = (float(values[self.worst_index]) for values in (self.gradient, self.numerical))
        where = f" at index {tuple(map(int, self.worst_index))}" if self.worst_index else ""
        return (
            f"relative error {self.relative_error:.1e}{where}: {words[self.verdict]}.\n"
            f"There the gradient says {ours:.9g}, the central difference {theirs:.9g}."
        )

    __repr__ = __str__


def relative_errors(gradient, numerical, floor=0.0):
    """Return |g - n| / max(|g|, |n|, floor) entry by entry: 0 where both are 0, infinite where g is not finite."""
    gradient, numerical = np.asarray(gradient, float), np.asarray(numerical, float)
    size = np.maximum(np.maximum(np.abs(gradient), np.abs(numerical)), floor)
    with np.errstate(invalid="ignore"):
        errors = np.abs(gradient - numerical) / np.where(size == 0, 1, size)
    return np.where(np.isfinite(gradient) & np.isfinite(numerical), errors, np.inf)


def gradient_check(f, x, gradient):
    """Compare `gradient` with the central difference of f: array -> number at x; returns a `GradientReport`.

    x and gradient have one shape. Work is done in float64. The error is the largest of `relative_errors`; entries
    too small for a difference of f to resolve (round-off is about eps |f| / h) are measured against that resolution.
    Raises ValueError when the shapes differ; errors of f as in `numerical_gradient`.
    """
    x, gradient = np.array(x, float), np.array(gradient, float)
    if gradient.shape != x.shape:
        raise ValueError(f"gradient must have x's shape {x.shape}, it has {gradient.shape} (the shape rule)")
    numerical = numerical_gradient(f, x)
    steps, f_at_x = default_step(x) * np.ones_like(x), abs(scalar_function(f)(x.copy()))
    resolution = np.finfo(float).eps * f_at_x / steps
    errors = relative_errors(gradient, numerical, floor=1e7 * resolution)
    if errors.size == 0:
        return GradientReport(gradient, numerical, 0.0, (), False)
    worst = np.unravel_index(np.argmax(errors), x.shape)
    kink = errors[worst] > 1e-4 and _one_sided_slopes_differ(f, x, worst, steps[worst])
    return GradientReport(gradient, numerical, float(errors[worst]), worst, bool(kink))


def _one_sided_slopes_differ(f, x, index, h):
    def f_moved(by):
        moved = x.copy()
        moved[index] += by
        return f(moved)

    left, right = (f_moved(0) - f_moved(-h)) / h, (f_moved(h) - f_moved(0)) / h
    return abs(right - left) > 1e-2 * max(abs(left), abs(right))


def step_for(x, h, method):
    """Return the step h, or the default one for h = None; TypeError or ValueError for a bad x or h."""
    if np.ndim(x) != 0:
        raise TypeError(f"x must be a single number, it has shape {np.shape(x)}; for arrays see numerical_gradient")
    x = finite_real(x, "x")
    if h is None:
        return 1e-20 if method == "complex" else default_step(x, method)
    if not (np.ndim(h) == 0 and np.isrealobj(h) and np.isfinite(h) and h > 0):
        raise ValueError(f"h must be a positive number, it is {h!r}")
    return h

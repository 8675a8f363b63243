"""The gradient check: a gradient that somebody wrote against central differences, and what can be said of it.

Source: the CS231n notes on gradient checks, for relative errors and their ladder.
"""

import numpy as np

from helpers.calculus.differences import along_entry, central_difference, default_step, numerical_gradient
from helpers.calculus.gradient_report import GradientReport


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

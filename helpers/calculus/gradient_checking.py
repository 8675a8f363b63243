"""The gradient check: a gradient that somebody wrote against slopes measured from values of f.

Source: the CS231n notes on gradient checks, for relative errors and their ladder.
"""

import numpy as np

from helpers.calculus.differences import along_entry
from helpers.calculus.gradient_report import judged
from helpers.calculus.measured_slope import STEP, MeasuredSlope, measured_slope, or_nan
from helpers.calculus.validation import checked, finite_real, real_array, scalar_function


def check_gradient(f, x, gradient):
    """Return (f, x, gradient) with both arrays in float64; the gradient may hold NaN, which is a wrong gradient."""
    x, gradient = finite_real(x, "x").astype(float), real_array(gradient, "gradient").astype(float)
    if gradient.shape != x.shape:
        raise ValueError(f"gradient must have x's shape {x.shape}, it has {gradient.shape} (the shape rule)")
    return scalar_function(f), x, gradient


@checked(check_gradient)
def gradient_check(f, x, gradient):
    """Compare `gradient` with central differences of f: array -> number at x; returns a `GradientReport`.

    x and gradient have one shape; work is done in float64. Each difference takes the step that suits f there, and knows
    how far off it may be; where that is too far for a verdict, the report says "cannot tell", and why.
    Raises ValueError when the shapes differ, TypeError when one of them is not real; errors of f as in
    `numerical_gradient`.
    """
    slopes = measured_slopes(f, x)
    numerical = np.reshape([slope.value for slope in slopes], x.shape)
    return judged(gradient, numerical, relative_errors(gradient, numerical), slopes)


def relative_errors(gradient, numerical):
    """Return |g - n| / max(|g|, |n|) entry by entry; 0 where both are 0, NaN where one is infinite."""
    gradient, numerical = np.asarray(gradient, float), np.asarray(numerical, float)
    size = np.maximum(np.abs(gradient), np.abs(numerical))
    with np.errstate(invalid="ignore"):
        return np.abs(gradient - numerical) / np.where(size > 0, size, 1)


def measured_slopes(f, x):
    """Return a list with the `MeasuredSlope` of f by each entry of the float array x, in C order.

    f is asked twice at x, to see whether it is one function, and at some points far away, to see how it rounds.
    """
    f_at_x, again = f(x.copy()), f(x.copy())
    if not np.isfinite(f_at_x):
        return [MeasuredSlope(np.nan, np.inf, reason=f"f is {f_at_x} at x")] * x.size
    if abs(again - f_at_x) > 1e-13 * abs(f_at_x):
        return [MeasuredSlope(np.nan, np.inf, reason=f"at the same x, f is {f_at_x} and then {again}")] * x.size
    away = STEP * np.maximum(1, abs(x)) * np.linspace(0.7, 1, x.size).reshape(x.shape)
    grain = grain_of([f_at_x, *(or_nan(f, x + k * away) for k in (-60, -24, -7, 8, 22, 56))])
    return [measured_slope(along_entry(f, x, index), x[index], f_at_x, grain) for index in np.ndindex(x.shape)]


def grain_of(values):
    """Return the distance of the numbers near values[0] among which f has its values.

    It is that of f's own type, or of float16, float32 or decimal numbers, if several values are all of that kind.
    """
    eps = np.finfo(np.asarray(values[0]).dtype).eps
    finite = np.array([value for value in values if np.isfinite(value)], float)
    grains = [eps * abs(finite[0])]
    if len(np.unique(finite)) > 3:
        with np.errstate(over="ignore"):
            grains += [np.finfo(t).eps * abs(finite[0]) for t in ("f4", "f2") if np.all(finite.astype(t) == finite)]
        grains += [10.0**-digits for digits in range(-6, 9) if np.all(np.round(finite, digits) == finite)]
    return float(max(grains))

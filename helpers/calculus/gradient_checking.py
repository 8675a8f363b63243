"""The gradient check: a gradient that somebody wrote against slopes measured from values of f.

Source: the CS231n notes on gradient checks, for relative errors and their ladder.
"""

import numpy as np

from helpers.calculus.differences import along_entry
from helpers.calculus.gradient_report import judged
from helpers.calculus.measured_slope import STEP, MeasuredSlope, measured_slope, or_nan
from helpers.calculus.validation import finite_copy, float_copy, scalar_function

FAR = (8, 12, 20, 30, 45, 70, 100, 140)  # lengths, in steps, of some moves away from x


def gradient_check(f, x, gradient):
    """Compare `gradient` with central differences of f: array -> number at x; returns a `GradientReport`.

    x and gradient have one shape; work is done in float64. Each difference takes the step that suits f there, and knows
    how far off it may be. Where both slopes differ by less, the error is measured by the largest slope, at x or beside
    it; if it is too large even so, the report says "cannot tell", and why.
    Raises ValueError when the shapes differ, TypeError when one of them is not real; errors of f as in
    `numerical_gradient`.
    """
    x, gradient = finite_copy(x, "x").astype(float), float_copy(gradient, "gradient").astype(float)
    if gradient.shape != x.shape:
        raise ValueError(f"gradient must have x's shape {x.shape}, it has {gradient.shape} (the shape rule)")
    slopes = measured_slopes(scalar_function(f), x)
    numerical = np.reshape([slope.value for slope in slopes], x.shape)
    return judged(gradient, numerical, relative_errors(gradient, numerical), slopes)


def relative_errors(gradient, numerical):
    """Return |g - n| / max(|g|, |n|) entry by entry; 0 where both are 0, NaN where one is infinite."""
    gradient, numerical = np.asarray(gradient, float), np.asarray(numerical, float)
    size = np.maximum(np.abs(gradient), np.abs(numerical))
    with np.errstate(invalid="ignore"):
        return np.abs(gradient - numerical) / np.where(size > 0, size, 1)


@np.errstate(all="ignore")
def measured_slopes(f, x):
    """Return a list with the `MeasuredSlope` of f by each entry of the float array x, in C order.

    f is asked twice at x and at some points far away, to see whether it is one function, and how it rounds.
    """
    kind = np.asarray(f(x.copy())).dtype
    steps = [STEP * k * np.maximum(1, abs(x)) * np.cos(k * np.arange(1, x.size + 1)).reshape(x.shape) for k in FAR]
    first, again = ([float(f(x.copy())), *(or_nan(f, x + step) for step in steps)] for _ in range(2))
    for once, twice in zip(first, again, strict=True):
        if abs(twice - once) > 1e-13 * abs(once):
            return [MeasuredSlope(np.nan, np.inf, reason=f"at the same x, f is {once} and then {twice}")] * x.size
    grain = grain_of(kind, *first)
    return [measured_slope(along_entry(f, x, index), x[index], first[0], grain) for index in np.ndindex(x.shape)]


def grain_of(dtype, *values):
    """Return how far apart the numbers are, near the first of the values, among which f has its values.

    f's results have the dtype given, but may be float16, float32 or decimal numbers, if several are all of that kind.
    """
    finite = np.array(values, float)[np.isfinite(values)]
    kinds, decimals = [dtype if dtype.kind == "f" else float], [0.0]
    if len(np.unique(finite)) > 4:
        kinds += [kind for kind in (np.float32, np.float16) if np.all(finite.astype(kind) == finite)]
        decimals += [10.0**-digits for digits in range(-6, 9) if np.all(np.round(finite, digits) == finite)]
    return max(*decimals, *(float(np.finfo(kind).eps) * abs(values[0]) for kind in kinds))

"""A slope measured from values of f, with a bound of how far off it may be.

Three points on each side of x give central differences of fourth and of sixth order, and a sixth difference. The first
two differ by what the length of the step may cost; the last is noise, since a smooth curve hardly leaves a trace in it.
Where f is no smooth curve at the scale of the step, the step shrinks; where rounding is the larger error, it grows.
What a longer step has shown of f's rounding holds for a shorter one too: among a few points it may not show, as that
of 1 - p where p is tiny. A wave smaller than float32's rounding of f is taken for rounding.
Sources: Fornberg, Mathematics of Computation 51 (1988), table 1, for the formulas; Moré & Wild, "Estimating
computational noise", SIAM Journal on Scientific Computing 33 (2011), for noise as it shows in tables of differences.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

SIXTH_ORDER = np.array([-1, 9, -45, 0, 45, -9, 1]) / 60
FOURTH_ORDER = np.array([0, 1, -8, 0, 8, -1, 0]) / 12
SIXTH_DIFFERENCE = np.array([1, -6, 15, -20, 15, -6, 1]) / np.sqrt(924)  # of noise of size 1 it has the size 1
BETWEEN = 0.6180339887498949  # a point between the others, in units of h: a wave of their period is no smooth curve
NODES = np.arange(-3, 4)
AT_BETWEEN = np.array([np.prod((BETWEEN - NODES[NODES != k]) / (k - NODES[NODES != k])) for k in NODES])
STEP = 0.0051234567891  # no round number, since f may round to few digits, which must not come out even
FINEST = 4e-5  # in units of STEP * max(1, |x|): what f does in between is not told from noise
EPS = float(np.finfo(float).eps)
FLOAT32_EPS = float(np.finfo(np.float32).eps)  # relative to f: noise above it is no rounding, but f, seen too coarsely
SAFETY = 10


@dataclass(frozen=True)
class MeasuredSlope:
    """value, error: the slope and how far off it may be; nearby: the size of slopes around x, a scale for slopes of 0.

    error is infinite where nothing can be said, and reason says why. constant: f has one value at all points, and its
    digits would show another.
    kink: the slopes to the two sides of a kink at x, the lower one first; None where there is no kink.
    """

    value: float
    error: float
    nearby: float = 0.0
    constant: bool = False
    kink: tuple | None = None
    reason: str = ""


class Stencil:
    """What the values of f at x - 3h, ..., x + 3h say about its slope at x, with the distance of numbers near f."""

    def __init__(self, f, x, h, f_at_x, grain):
        self.h = h
        self.values = values = np.array([or_nan(f, x + k * h) if k else f_at_x for k in NODES], float)
        self.slope = SIXTH_ORDER @ values / h
        self.finite = np.isfinite(values).all()
        self.nearby = np.ptp(values) / (6 * h) if self.finite else 0.0
        size = abs(values).max()
        noise = max(abs(SIXTH_DIFFERENCE @ values), abs(AT_BETWEEN @ values - or_nan(f, x + BETWEEN * h)))
        self.noise = noise
        self.grain = grain = max(grain, EPS * size)
        seen = self.finite and noise <= max(FLOAT32_EPS * size, SAFETY * grain)
        truncation = SAFETY * abs(self.slope - FOURTH_ORDER @ values / h)
        rounding = SAFETY * (noise + grain) / h
        self.error = truncation + rounding if seen else np.inf
        limited = seen and rounding > truncation and noise <= SAFETY * grain  # by rounding: a shorter step is worse
        self.sharp = self.error <= 1e-8 * self.nearby
        self.settled = self.sharp or limited

    def rounding(self, shorter):
        """The rounding of numbers of size 1 that may be in f, where the stencil with a `shorter` step may hide it."""
        if not self.finite:  # f computes with numbers as large as its own beyond the edge of its domain
            return EPS * max(abs(self.values[np.isfinite(self.values)]), default=0.0)
        rounding = min(self.noise, EPS) if self.noise > SAFETY * self.grain else 0.0
        shown = shorter.finite and np.ptp(shorter.values) >= 100 * rounding > 400 * shorter.noise
        return 0.0 if shown else rounding

    def kink(self):
        """The slopes of two straight lines that meet within h of x, the lower one first; None for any other curve."""
        left, middle, right = (self.values[2::2] - self.values[:-2:2]) / (2 * self.h)
        bend = (abs(np.diff(self.values[:3], 2)) + abs(np.diff(self.values[4:], 2)))[0] / self.h
        low, high = min(left, right), max(left, right)
        slack = 0.01 * (high - low)
        real = 100 * self.grain / self.h < high - low < np.inf
        return (low, high) if real and bend <= slack and low - slack <= middle <= high + slack else None


def or_nan(f, point):
    """Return f(point), or NaN where f raises, as functions of the math module do outside their domain."""
    try:
        return f(point)
    except (ArithmeticError, ValueError):
        return np.nan


@np.errstate(all="ignore")
def measured_slope(f, x, f_at_x, grain=0.0):
    """Return the `MeasuredSlope` of f: number -> number at the float x, where f(x) = f_at_x.

    grain: the distance of the numbers that f returns, where it is more than that of float64.
    """
    scale = max(1.0, abs(x))
    finest = STEP * min(FINEST * scale, 0.1 * abs(x) if abs(x) > 1e-200 else np.inf)  # beside 0, |x| is the scale
    tried = [Stencil(f, x, STEP * scale, f_at_x, grain)]
    if not tried[0].sharp or not np.ptp(tried[0].values):
        tried.insert(0, Stencil(f, x, 8 * STEP * scale, f_at_x, grain))
    while not tried[-1].settled and tried[-1].h >= 8 * finest:
        if not tried[-1].finite:  # beside the edge of f's domain, the distance to it is
            finest = min(finest, max(tried[-1].h / 1000, 1e-12 * scale))
        tried.append(Stencil(f, x, tried[-1].h / 8, f_at_x, grain))
    rounding = max((a.rounding(b) for a, b in pairwise(tried)), default=0.0)
    for stencil in tried:
        stencil.grain = max(stencil.grain, rounding)
        stencil.error += SAFETY * rounding / stencil.h
    best = min(tried, key=lambda stencil: stencil.error)
    nearby = max(stencil.nearby for stencil in tried)
    kinks = [stencil.kink() for stencil in tried if stencil.kink()]
    if kinks and not best.error <= 1e-4 * nearby:
        return MeasuredSlope(sum(kinks[-1]) / 2, np.inf, kink=kinks[-1])
    if not np.ptp(best.values):
        lost = SAFETY * EPS * max(1, abs(f_at_x)) / best.h  # slopes that may leave no trace in f's digits
        return MeasuredSlope(0.0, max(best.error, lost), nearby, constant=rounding == 0 and lost <= 1e-4)
    if np.isfinite(best.error):
        return MeasuredSlope(best.slope, best.error, nearby)
    if not any(stencil.finite for stencil in tried):
        return MeasuredSlope(np.nan, np.inf, reason="f is not finite at x or beside it")
    where = f"within {3 * tried[-1].h:.0e} of x"
    return MeasuredSlope(best.slope, np.inf, reason=f"f jumps, bends or swings {where}, or carries noise")

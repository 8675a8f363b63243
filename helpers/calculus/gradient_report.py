"""What a gradient check found, in numbers and in words."""

from dataclasses import dataclass

import numpy as np

LADDER = ((1e-7, "good"), (1e-4, "fair"), (1e-2, "suspicious"), (np.inf, "wrong"))  # after the CS231n notes
SEVERITY = ("good", "fair", "kink", "cannot tell", "suspicious", "wrong")
HEADS = {"kink": "no verdict", "cannot tell": "cannot tell"}  # where no number says how far off the gradient is
WORDS = {
    "wrong": "the gradient is wrong",
    "suspicious": "suspicious: too large an error for a right gradient of a smooth function",
    "fair": "fair: right, unless the function is smooth and well scaled; then look again",
    "good": "good",
    "kink": "the slopes on the two sides of x differ, so a kink (as of ReLU or abs) lies within h of x, "
    "and no gradient exists to compare with. Move x a little and check again",
}


@dataclass(frozen=True)
class GradientReport:
    """gradient, numerical, errors: arrays of one shape; of all entries the report names the worst.

    errors are relative to the larger of both slopes. Where these differ by less than the measured one may be off, the
    error is the largest possible one, relative to the largest slope at x or beside it: at a minimum any gradient as
    small as what f's digits hide there is good. verdict: 'wrong', 'suspicious', 'cannot tell', 'kink', 'fair' or
    'good'; reason: why the worst entry's slope cannot be told. An empty gradient, the worst of whose entries has the
    index (), is good.
    """

    gradient: np.ndarray
    numerical: np.ndarray
    errors: np.ndarray
    worst_index: tuple = ()
    verdict: str = "good"
    reason: str = ""

    @property
    def relative_error(self):
        """The worst entry's relative error; 0 for an empty gradient."""
        return float(self.errors[self.worst_index]) if self.errors.size else 0.0

    @property
    def passed(self):
        """True for a good or a fair gradient."""
        return self.verdict in ("good", "fair")

    def __repr__(self):
        text = HEADS.get(self.verdict) or f"relative error {self.relative_error:.1e}"
        if self.worst_index:
            text += f" at index {tuple(map(int, self.worst_index))}"
        text += ": " + (WORDS.get(self.verdict) or self.reason)
        if self.errors.size:
            ours, theirs = self.gradient[self.worst_index], self.numerical[self.worst_index]
            text += f".\nThere the gradient says {ours:.9g}, the central difference {theirs:.9g}"
            if self.passed and abs(ours - theirs) > 1e-4 * max(abs(ours), abs(theirs)):
                text += ", and f has too few digits to tell them apart: the error is relative to larger slopes"
        return text + "."


def judged(gradient, numerical, errors, slopes):
    """Return the `GradientReport` on a gradient with these relative errors, given a `MeasuredSlope` for each entry."""
    known = [slope for slope in slopes if np.isfinite(slope.error)]
    scale = max((max(abs(slope.value), slope.nearby) for slope in known), default=0.0)
    entries = [judge(*entry, scale) for entry in zip(gradient.flat, errors.flat, slopes, strict=True)]
    final = np.reshape([error for _, error in entries], errors.shape)
    if not entries:
        return GradientReport(gradient, numerical, final)
    k = max(range(len(entries)), key=lambda k: (SEVERITY.index(entries[k][0]), entries[k][1]))  # the worst
    reason = slopes[k].reason or f"f has too few digits: they show its slope to within {slopes[k].error:.1g} only"
    return GradientReport(gradient, numerical, final, np.unravel_index(k, final.shape), entries[k][0], reason)


def judge(gradient, error, slope, scale):
    """Return (verdict, relative error) for one entry of the gradient, its `error` relative to a `MeasuredSlope`.

    Where the two differ by less than the slope's own error, all that is known is that the gradient is off by no more
    than that: enough, if it is small in comparison with `scale`, the largest of the slopes.
    """
    if not np.isfinite(gradient):
        return "wrong", np.inf
    if slope.constant and gradient == 0:  # a plateau confirms a gradient of 0, and nothing else
        return "good", 0.0
    off = abs(gradient - slope.value)
    if slope.kink and off <= 0.51 * (slope.kink[1] - slope.kink[0]):
        return "kink", error
    if slope.kink or off > slope.error:
        return on_ladder(error), error
    unsure = (off + slope.error) / scale if np.isfinite(slope.error) and scale > 0 else np.inf
    return (on_ladder(unsure) if unsure <= 1e-4 else "cannot tell"), unsure


def on_ladder(error):
    """Return the verdict on a relative error."""
    return next(word for bound, word in LADDER if error <= bound)

"""What a gradient check found, in numbers and in words."""

from dataclasses import dataclass

import numpy as np

LADDER = ((1e-2, "wrong"), (1e-4, "suspicious"), (1e-7, "fair"))
WORDS = {
    "wrong": "the gradient is wrong",
    "suspicious": "suspicious: too large an error for a right gradient of a smooth function",
    "fair": "fair: right, unless the function is smooth and well scaled; then look again",
    "good": "good",
    "kink": "no verdict: the slopes on the two sides of x differ, so a kink (as of ReLU or abs) lies within h of x, "
    "and no gradient exists to compare with. Move x a little and check again",
}


@dataclass(frozen=True)
class GradientReport:
    """gradient, numerical, errors: arrays of one shape; worst_index: of the largest error; kink: no verdict possible.

    The ladder of errors is that of the CS231n notes on gradient checks.
    """

    gradient: np.ndarray
    numerical: np.ndarray
    errors: np.ndarray
    worst_index: tuple
    kink: bool

    @property
    def relative_error(self):
        """The largest error; 0 for an empty gradient."""
        return float(self.errors[self.worst_index]) if self.errors.size else 0.0

    @property
    def verdict(self):
        """One of 'wrong', 'suspicious', 'fair', 'good', or 'kink' where no verdict is possible."""
        if self.kink:
            return "kink"
        return next((word for bound, word in LADDER if self.relative_error > bound), "good")

    @property
    def passed(self):
        """True for a good or a fair gradient."""
        return self.verdict in ("good", "fair")

    def __repr__(self):
        text = f"relative error {self.relative_error:.1e}"
        if self.worst_index:
            text += f" at index {tuple(map(int, self.worst_index))}"
        text += f": {WORDS[self.verdict]}."
        if self.errors.size:
            ours, theirs = self.gradient[self.worst_index], self.numerical[self.worst_index]
            text += f"\nThere the gradient says {ours:.9g}, the central difference {theirs:.9g}."
        return text

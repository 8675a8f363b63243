"""Your numbers beside the right ones, all trials in one row: what the relations look at."""

import itertools
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from helpers.diagnosis.quantities import Quantity, quantities
from helpers.diagnosis.trial import close

MOST_FACTORS = 4


@dataclass(frozen=True)
class Numbers:
    """got, expected: entries of all trials in one row; named: the quantities beside them; scalar: one entry a trial."""

    got: np.ndarray
    expected: np.ndarray
    named: list
    scalar: bool

    @classmethod
    def of(cls, trials):
        """The numbers of trials whose shapes are right."""
        got, expected = (
            np.concatenate([np.ravel(a) for a in arrays])
            for arrays in zip(*((t.got, t.expected) for t in trials), strict=True)
        )
        return cls(got, expected, quantities(trials), all(t.expected.ndim == 0 for t in trials))

    def where(self, mask):
        """Some of the entries."""
        named = [replace(q, values=q.values[mask]) for q in self.named]
        return replace(self, got=self.got[mask], expected=self.expected[mask], named=named)

    def without(self, quantity):
        """What is left of both when a quantity is subtracted."""
        return replace(self, got=self.got - quantity.values, expected=self.expected - quantity.values)

    @property
    def all(self):
        """The subject of a sentence."""
        return "your number" if self.scalar else "every number"

    @cached_property
    def plain(self):
        """The inputs and their sizes."""
        return [q for q in self.named if q.kind == "plain"]

    @cached_property
    def products(self):
        """Products of two to four different inputs."""
        inputs = [q for q in self.plain if q.is_input][:7]
        return [
            Quantity(" · ".join(q.name for q in some), np.prod([q.values for q in some], axis=0), "product")
            for count in range(2, MOST_FACTORS + 1)
            for some in itertools.combinations(inputs, count)
        ]

    @cached_property
    def powers(self):
        """Squares and roots of the named quantities, where they are no square or root already."""
        bases = [q for q in self.named if "²" not in q.name[-2:] and "√" not in q.name and (q.values >= 0).all()]
        return [
            Quantity(f"the {power} of {q.name}", f(q.values), "derived")
            for power, f in (("square", np.square), ("root", np.sqrt))
            for q in bases
        ]

    @cached_property
    def evidence(self):
        """How many digits the wrong ones of your numbers have, each different number counted once.

        A relation that is one of n tried ones fits by chance with a probability of about n / 10**digits.
        """
        off = ~close(self.got, self.expected)
        return max(
            sum(digits(x) for x in {float(f"{x:.5g}") for x in self.got[off] if np.isfinite(x)}),
            np.log10(2) * off.sum() if self.different > 1 else 0,  # at least one bit in each entry
        )

    @cached_property
    def different(self):
        """How many different pairs of a wrong number and the right one there are."""
        off = ~close(self.got, self.expected)
        return len({(f"{a:.5g}", f"{b:.5g}") for a, b in zip(self.got[off], self.expected[off], strict=True)})


def digits(x):
    """Number of digits of x without zeros at the ends, up to six: 0 for 0, 1 for 200, 3 for 0.125."""
    return len(f"{abs(x):.5e}".split("e")[0].replace(".", "").rstrip("0"))


def fitting(quantities, target):
    """Those of the quantities that are equal to the target in every entry."""
    if not quantities:
        return []
    fits = close(np.stack([q.values for q in quantities]), target).all(axis=1)
    return [quantities[k] for k in np.flatnonzero(fits)]


def needed(candidates):
    """Digits of evidence that a relation needs which is one of so many candidates."""
    return 1.5 + np.log10(max(candidates, 1))

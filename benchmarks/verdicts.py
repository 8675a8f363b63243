"""Whether measured figures reach a target, in words."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial


@dataclass(frozen=True)
class Verdict:
    """Figures, a list of (number, where), beside a bound; worst: `min` where each is to reach it, `max` to stay below.

    As text: 'met', 'missed by ...' or 'not measured', with the worst figure.
    """

    worst: Callable
    bound: float
    figures: list
    digits: str = ",.3g"

    @property
    def missed(self):
        """The figures beyond the bound."""
        return [(number, where) for number, where in self.figures if self.worst(number, self.bound) != self.bound]

    def __str__(self):
        if not self.figures:
            return "not measured"
        number, where = self.worst(self.figures)
        figure = f"{'smallest' if self.worst is min else 'largest'} {number:{self.digits}} ({where})"
        if not self.missed:
            return f"met: {figure}"
        by = f" by {up_to(abs(number / self.bound - 1))}" if self.bound > 0 else ""
        return f"**missed** in {len(self.missed)} of {len(self.figures)} cases{by}: {figure}"


at_least, at_most = partial(Verdict, min), partial(Verdict, max)


def up_to(share):
    """A share in whole percents, and a small one in words."""
    return "less than 1%" if share < 0.01 else f"up to {share:.0%}"

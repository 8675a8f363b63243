"""The judge of a gradient by nudging: where f was called comes first, for it says more than the numbers do."""

from itertools import pairwise

import numpy as np

from helpers.engine.probing import Probing
from helpers.engine.raised import Told

ROUNDING = 1e-12  # that an entry moved there and back may be off by
NUMBER = "f is called with a single number; it takes the whole array. Move one entry in a copy of x, and call f with the copy"
ALL = "all entries were moved at once; a partial derivative moves one and keeps the others"
ONE_ARRAY = (
    "f sees the same x in both calls, so their difference is 0: `a = x` and `b = a` make no new array, only a second name "
    "for it. What one line moves up the next moves back; `x.copy()` makes a new one"
)
NOT_MOVED = "nothing has moved: x + h is x, since h is below the last digit of x. 1e-5 leaves ten right digits"
ONE_SIDE = (
    "the second nudge leads back to x and not beyond it: this looks to one side only. "
    "Move one copy of x up, and another copy down"
)
IN_PLACE = (
    "x itself is moved, and stays moved while the next entry is measured: move a copy, `x.copy()` "
    "(`b = x` makes none, only a second name for x)"
)


class Nudging(Probing):
    """A judge by probes that looks at the places first."""

    def __call__(self, E):
        """As in `Probing`."""
        words = "" if self.right(E) else words_for(calls_of(E.numerical_gradient, **self.probes[0]))
        return words or super().__call__(E)

    def right(self, E):
        """Whether all numbers are right, whatever was done to x."""
        try:
            return all(self.same((None, *pair)) for pair in zip(self.answers(E), self.expected, strict=True))
        except Told:  # no numbers: the usual judge says what
            return False


def words_for(calls):
    """Words for the places at which f was called, '' where they tell nothing."""
    if calls is None:
        return NUMBER
    moved = [np.abs(move) > ROUNDING for move, *_ in calls]
    in_x = [itself for _, itself, _ in calls]
    if not any(map(np.any, moved)):
        shared = any(np.shares_memory(one[2], other[2]) for one, other in pairwise(calls))
        return ONE_ARRAY if shared else NOT_MOVED * (bool(calls) and not any(np.any(move) for move, *_ in calls))
    if all(entries.all() or not entries.any() for entries in moved):
        return ALL
    if any(itself and entries.any() for itself, entries in zip(in_x, moved, strict=True)):
        back = any(itself and not entries.any() for itself, entries in zip(in_x, moved, strict=True))
        return ONE_SIDE if back else IN_PLACE
    return ""


def calls_of(gradient, f, x):
    """For each call of f: what was added to x, whether it was x itself that was handed over, and the array.

    None if f was called with something of another shape than x.
    """
    calls, start, handed = [], x.copy(), x.copy()

    def seen(at):
        calls.append((at - start if np.shape(at) == start.shape else None, np.shares_memory(at, handed), at))
        return f(np.asarray(at))

    gradient(seen, handed)
    return None if any(move is None for move, *_ in calls) else calls

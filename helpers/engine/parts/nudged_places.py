"""The judge of a gradient by nudging: where f was called comes first, for it says more than the numbers do."""

import copy
from itertools import pairwise

import numpy as np

from helpers.engine.numbers import alike, leaves, shown
from helpers.engine.probing import Probing

ROUNDING = 8e-16  # that an entry of size 1 or 2, moved there and back, may be off by
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
UNMOVED = (
    "one of the two calls gets x as it was: this looks to one side only. Move one copy of x up, and another copy down"
)
TABLE = "x may be a table: `np.ndindex(x.shape)` goes through all its places, and the gradient has the shape of x"
ONE_NUMBER = (
    "it returns one number; asked is one for each entry, in an array of the shape of x: is it `gradient[i] = ...` "
    "in the loop, and `return gradient` after it?"
)
IN_PLACE = (
    "x itself is moved, and stays moved while the next entry is measured: move a copy, `x.copy()` "
    "(`b = x` makes none, only a second name for x)"
)
WHOLE = (
    ". An array of whole numbers has no room for 10⁻⁵ and cuts it off; so does each copy of it, and `np.zeros_like(x)`. "
    "Begin with `x = np.array(x, dtype=float)`"
)


class Nudging(Probing):
    """A judge by probes, the last of them a table, that looks at the places first, and at whole numbers last."""

    def __call__(self, E):
        """As in `Probing`."""
        *rows, table = (self.right(E, k) for k in range(len(self.probes)))
        if all(rows) and not table:
            return self.named(E) or TABLE
        words = "" if table else words_for(E.numerical_gradient, **self.probes[0])
        if words is UNMOVED:
            words = self.named(E) or words
        return words or super().__call__(E) or self.of_whole_numbers(E)

    def of_whole_numbers(self, E):
        """Words for slopes that are right until x holds whole numbers, else ''."""
        f, x = self.probes[0].values()
        given, right = x.astype(int), E.numerical_gradient(f, x.copy())
        try:
            got = E.numerical_gradient(f, given.copy())
        except TypeError:
            return f"for whole numbers, x = {shown(given)}, it ends in an error{WHOLE}"
        if alike([np.asarray(got)], [right], self.rtol, self.atol):
            return ""
        return (
            f"for whole numbers, x = {shown(given)}, it returns {shown(got)}, and should return {shown(right)}{WHOLE}"
        )

    def right(self, E, k):
        """Whether the numbers of the k-th probe are right, whatever was done to x; an error is no numbers."""
        try:
            got = leaves(self.called(E, copy.deepcopy(self.probes[k])))
        except Exception:  # the usual judge says what
            return False
        return alike(got, self.expected[k], self.rtol, self.atol)

    def wrong_shape(self, trials):
        """As in `Probing`; one number alone has its own words."""
        one = any(got.ndim == 0 for _, [got], _ in trials)
        return ONE_NUMBER if one else super().wrong_shape(trials)


def words_for(gradient, f, x):
    """Words for the places at which f is called, '' where they tell nothing."""
    calls, stays = calls_of(gradient, f, x)
    if calls is None:
        return NUMBER
    moved = [np.abs(move) > ROUNDING for move, *_ in calls]
    if not any(map(np.any, moved)):
        if any(np.any(move) for move, *_ in calls_of(gradient, f, 0 * x)[0]):
            return NOT_MOVED  # from 0 the smallest step leads away
        return ONE_ARRAY * any(np.shares_memory(one[2], other[2]) for one, other in pairwise(calls))
    if all(entries.all() or not entries.any() for entries in moved):
        return ALL
    if len(calls) > 1 and calls[0][1] == calls[1][1] and moved[0].any() and not moved[1].any():
        return ONE_SIDE if np.shares_memory(calls[0][2], calls[1][2]) else UNMOVED
    return IN_PLACE * stays


def calls_of(gradient, f, x):
    """For each call of f what was added to x, whether x itself was handed over, and the array; and if x stays moved.

    The first is None if f was called with something of another shape than x.
    """
    calls, start, handed = [], x.copy(), x.copy()

    def seen(at):
        calls.append((at - start if np.shape(at) == start.shape else None, np.shares_memory(at, handed), at))
        return f(np.asarray(at))

    gradient(seen, handed)
    stays = bool(np.any(np.abs(handed - start) > ROUNDING))
    return (None if any(move is None for move, *_ in calls) else calls), stays

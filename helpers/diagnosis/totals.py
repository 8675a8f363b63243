"""Sums that the right results have and yours have not, and what is common to a row."""

import numpy as np

from helpers.diagnosis.trial import close
from helpers.diagnosis.words import number


def totals(trials):
    """Sentences about trials of matrices or vectors: what rows and columns must add up to."""
    if all(t.expected.ndim == 1 and t.expected.size > 1 for t in trials):
        for total in (0, 1):
            if all(adds_up(t.expected, total) and not adds_up(t.got, total) for t in trials):
                yield f"the numbers must add up to {total}; yours add up to {number(trials[0].got.sum())}"
    if any(t.expected.ndim != 2 or min(t.expected.shape) < 2 for t in trials):
        return
    for axis, word, other in ((1, "row", "column"), (0, "column", "row")):
        for total in (0, 1):
            right = all(np.all(adds_up(t.expected, total, axis)) for t in trials)
            if right and all(not np.all(adds_up(t.got, total, axis)) for t in trials):
                k = int(np.argmin(adds_up(trials[0].got, total, axis)))
                yours = f"your {word} {k} adds up to {number(trials[0].got.sum(axis)[k])}"
                crossed = all(np.all(adds_up(t.got, total, 1 - axis)) for t in trials)
                yield f"each {word} must add up to {total}; " + (f"of yours, each {other} does" if crossed else yours)


def adds_up(array, total, axis=None):
    """True for each row or column that adds up to the total, within what round-off may do."""
    return np.abs(array.sum(axis) - total) <= 1e-9 + 1e-6 * np.abs(array).max()


def own_factors(trials):
    """Sentences about a factor or a number that differs from one row or column to the next, and is common to it."""
    if any(t.expected.ndim != 2 or min(t.expected.shape) < 2 for t in trials):
        return
    for axis, word in ((1, "row"), (0, "column")):
        if all(even(ratio(t), axis) for t in trials):
            yield f"each {word} is right up to a factor of its own: look at what a {word} is multiplied or divided by"
        if all(even(t.got - t.expected, axis) for t in trials):
            yield f"each {word} is right up to a number of its own that is added to all of it"


def direction(trials):
    """Sentences about a factor or a number that differs from case to case, and is common to all numbers of one."""
    if not trials or any(t.expected.ndim == 0 or t.expected.size < 2 for t in trials):
        return
    if max(t.expected.size for t in trials) < 3:
        return
    if all(even(np.ravel(ratio(t)), 0) and np.nanmax(ratio(t)) > 0 for t in trials):
        k = number(np.nanmax(ratio(trials[0])))
        yield f"the direction is right, the size is not: all numbers of a case are off by one factor, in the first {k}"
    if all(even(np.ravel(t.got - t.expected), 0) for t in trials):
        yield "all numbers of a case are off by one and the same number, another in each case"


def ratio(trial):
    """Your numbers divided by the right ones, not a number where both are 0."""
    with np.errstate(all="ignore"):
        both_zero = (trial.got == 0) & (trial.expected == 0)
        return np.where(both_zero, np.nan, trial.got / trial.expected)


def even(array, axis):
    """True if the array is the same along an axis, leaving out what is not a number."""
    known = ~np.isnan(array)
    if not np.all(known.sum(axis) > 1) or not np.isfinite(array[known]).all():
        return False
    return bool(np.all(close(np.nanmax(array, axis), np.nanmin(array, axis))))

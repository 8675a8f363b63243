"""Sums that the right results have and yours have not, and what is common to a row."""

import numpy as np

from helpers.diagnosis.trial import close
from helpers.diagnosis.words import number


def totals(trials):
    """Sentences about trials of matrices or vectors: what rows and columns must add up to."""
    if all(t.expected.ndim == 1 and t.expected.size > 1 for t in trials):
        for total in (0, 1):
            if all(close(t.expected.sum(), total) and not close(t.got.sum(), total) for t in trials):
                yield f"the numbers must add up to {total}; yours add up to {number(trials[0].got.sum())}"
    if any(t.expected.ndim != 2 or min(t.expected.shape) < 2 for t in trials):
        return
    for axis, word, other in ((1, "row", "column"), (0, "column", "row")):
        for total in (0, 1):
            if all(
                np.all(close(t.expected.sum(axis), total)) and not np.all(close(t.got.sum(axis), total)) for t in trials
            ):
                crossed = all(np.all(close(t.got.sum(1 - axis), total)) for t in trials)
                sums = trials[0].got.sum(axis)
                k = int(np.argmin(close(sums, total)))
                yours = (
                    f"of yours, each {other} does: the wrong axis"
                    if crossed
                    else f"your {word} {k} adds up to {number(sums[k])}"
                )
                yield f"each {word} must add up to {total}; {yours}"


def own_factors(trials):
    """Sentences about what differs from one row, column or trial to the next, and is common to all of it."""
    if all(t.expected.ndim == 2 and min(t.expected.shape) > 1 for t in trials):
        for axis, word in ((1, "row"), (0, "column")):
            if all(even(ratio(t), axis) for t in trials):
                yield f"each {word} is right up to a factor of its own: look at what each {word} is multiplied or divided by"
            if all(even(t.got - t.expected, axis) for t in trials):
                yield f"each {word} is right up to a number of its own that is added to all of it"
    if len(trials) > 1 and all(t.expected.size > 2 for t in trials):
        if all(even(np.ravel(ratio(t)), 0) and np.ravel(ratio(t))[0] > 0 for t in trials):
            yield "the direction is right, the size is not: all numbers of a case are off by one factor, another in each case"
        if all(even(np.ravel(t.got - t.expected), 0) for t in trials):
            yield "all numbers of a case are off by one and the same number, another in each case"


def ratio(trial):
    """Your numbers divided by the right ones, not a number where there is nothing to divide by."""
    with np.errstate(all="ignore"):
        both_zero = close(trial.got, 0) & close(trial.expected, 0)
        return np.where(both_zero, np.nan, trial.got / trial.expected)


def even(array, axis):
    """True if the array is the same along an axis, leaving out what is not a number."""
    known = ~np.isnan(array)
    if not np.all(known.sum(axis) > 1) or not np.isfinite(array[known]).all():
        return False
    return bool(np.all(close(np.nanmax(array, axis), np.nanmin(array, axis))))

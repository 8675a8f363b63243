"""The right numbers in other places."""

import numpy as np

from helpers.diagnosis.trial import close, same

# Each of these is asked of every trial: f(right array) is your array


def moves(dimensions):
    """(function of the right array, sentence) of arrays of so many dimensions."""
    for axis in range(dimensions):
        what = "columns" if axis == 1 else "entries" if dimensions == 1 else "rows"
        yield (lambda e, axis=axis: np.flip(e, axis)), f"the right {what} stand in reverse order"
        for way, sums in sums_along(axis).items():
            yield sums, f"your {what} are the right ones added up from the {way}: they have been summed once too often"
    if dimensions == 2:
        yield np.transpose, "rows and columns are exchanged: your array is the transpose of the right one"
        yield (lambda e: e / e.sum(axis=1, keepdims=True)), "every row is the right one divided by its sum"
        yield (lambda e: e / e.sum(axis=0, keepdims=True)), "every column is the right one divided by its sum"
    if dimensions:
        first, last = (lambda e: e.flat[0]), (lambda e: e.flat[-1])
        ways = (
            (first, "first"),
            (last, "last"),
            (np.sum, "sum"),
            (np.mean, "mean"),
            (np.max, "largest"),
            (np.min, "smallest"),
        )
        for f, said in ways:
            yield (lambda e, f=f: np.full(e.shape, f(e))), f"every entry is the {said} of the right ones"


def sums_along(axis):
    """Running sums from either end."""
    return {
        "start": lambda e: np.cumsum(e, axis),
        "end": lambda e: np.flip(np.cumsum(np.flip(e, axis), axis), axis),
    }


def orders(trials):
    """Sentences that are true of all trials, of the places at which the right numbers stand."""
    dimensions = trials[0].expected.ndim
    if any(t.expected.ndim != dimensions for t in trials) or not dimensions:
        return
    for move, said in moves(dimensions):
        with np.errstate(all="ignore"):
            if all(same(t.got, move(t.expected)) for t in trials):
                yield said
    for axis in range(dimensions):
        what = "columns" if axis == 1 else "entries" if dimensions == 1 else "rows"
        for early, way in ((True, "early: the first is missing"), (False, "late: the last is missing")):
            if all(t.expected.shape[axis] < 2 or shifted(t, axis, early) for t in trials) and any(
                long(t, axis) for t in trials
            ):
                yield f"the right {what} stand one place too {way}"
    if all(t.got.size > 2 for t in trials) and all(rearranged(t) for t in trials):
        yield "these are the right numbers in another order"


def long(trial, axis):
    """True if there is enough to be shifted."""
    return trial.expected.shape[axis] > 2


def shifted(trial, axis, early):
    """True if your rows are the right ones, one place away."""
    first, last = np.s_[1:], np.s_[:-1]
    g, e = (np.moveaxis(a, axis, 0) for a in (trial.got, trial.expected))
    return same(g[last], e[first]) if early else same(g[first], e[last])


def rearranged(trial):
    """True if the numbers are the right ones, sorted."""
    return bool(np.all(close(np.sort(trial.got, None), np.sort(trial.expected, None))))

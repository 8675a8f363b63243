"""Results of another shape than the right one."""

import numpy as np

from helpers.diagnosis.trial import same


def shapes(trials):
    """A sentence about trials whose shapes are wrong, always: at least the two shapes."""
    g, e = trials[0].got, trials[0].expected
    said = f"you return the shape {g.shape}, and {e.shape} is asked"
    for holds, more in relations():
        try:
            if all(t.got.shape != t.expected.shape and holds(t.got, t.expected) for t in trials):
                return f"{said}: {more}"
        except (ValueError, IndexError):  # a relation of matrices, and these are none
            continue
    return said


def relations():
    """(a test of your array and the right one, what to say), the most telling first."""
    yield (lambda g, e: g.ndim == 2 and same(g.T, e)), "rows and columns are exchanged, the numbers are right"
    yield (
        (lambda g, e: g.size == e.size and same(g.ravel(), e.ravel()) and g.ndim < e.ndim),
        "the numbers are right, but a sum or a mean has lost its axis: keepdims=True keeps it",
    )
    yield (
        (lambda g, e: g.size == e.size and same(g.ravel(), e.ravel()) and g.ndim > e.ndim),
        "the numbers are right, but there is an axis of length 1 too many",
    )
    yield (lambda g, e: g.size == e.size and same(g.ravel(), e.ravel())), "the right numbers, in another form"
    for f, word in ((np.sum, "sum"), (np.mean, "mean")):
        for axis in (0, 1):
            yield (
                (lambda g, e, f=f, axis=axis: g.ndim > axis and same(f(g, axis), e)),
                f"the {word} over axis {axis} is missing, then it is right",
            )
        yield (lambda g, e, f=f: e.ndim == 0 and same(f(g), e)), f"the {word} of all is missing, then it is right"
    for f, word in ((np.sum, "sum"), (np.mean, "mean"), (np.max, "maximum")):
        for axis in (0, 1):
            yield (
                (lambda g, e, f=f, axis=axis: e.ndim > axis and same(f(e, axis), g)),
                f"yours is the {word} of the right one over axis {axis}, which is once too often",
            )
            yield (
                (lambda g, e, f=f, axis=axis: e.ndim > axis and same(f(e, axis, keepdims=True), g)),
                f"yours is the {word} of the right one over axis {axis}, which is once too often",
            )
        yield (lambda g, e, f=f: g.ndim == 0 and same(f(e), g)), f"yours is the {word} of all the right numbers"
    yield (
        (lambda g, e: g.ndim == e.ndim == 1 and len(g) < len(e) and same(g, e[: len(g)])),
        "those you have are right, the last are missing",
    )
    yield (
        (lambda g, e: g.ndim == e.ndim == 1 and len(g) < len(e) and same(g, e[-len(g) :])),
        "those you have are right, the first are missing",
    )
    yield (
        (lambda g, e: g.ndim == e.ndim == 1 and len(g) > len(e) and same(g[: len(e)], e)),
        "the first ones are right, the rest is too much",
    )
    yield (
        (lambda g, e: g.ndim == 2 and g.shape[0] == g.shape[1] and e.shape in ((len(g),), (len(g), 1))),
        "a column of shape (N, 1) and a row of shape (N,) make a table of shape (N, N); give both one shape",
    )
    yield (
        (lambda g, e: g.ndim == 2 and g.T.shape == e.shape),
        "as if rows and columns were exchanged, and the numbers differ too",
    )
    yield (lambda g, e: g.ndim == e.ndim + 1), "an axis has not been summed over"
    yield (lambda g, e: g.ndim == e.ndim - 1), "one axis too many was summed over, or one row was taken for all"

"""What is made of the inputs: sizes, functions, sums, products. Numbers that often stand where they should not."""

import itertools

import numpy as np

from helpers.diagnosis.trial import numeric


def sigmoid(x):
    """The logistic function."""
    return 1 / (1 + np.exp(-x))


FUNCTIONS = (
    ("1 − {}", lambda q: 1 - q), ("{}²", np.square), ("√{}", np.sqrt), ("1 − {}²", lambda q: 1 - q * q),
    ("{0} · (1 − {0})", lambda q: q * (1 - q)), ("exp({})", np.exp), ("log({})", np.log), ("σ({})", sigmoid),
    ("tanh({})", np.tanh), ("the slope of tanh at {}", lambda q: 1 - np.tanh(q) ** 2),
    ("the slope of σ at {}", lambda q: sigmoid(q) * (1 - sigmoid(q))), ("|{}|", np.abs), ("the sign of {}", np.sign),
    ("{} cut off at 0", lambda q: np.maximum(q, 0)),
)  # fmt: skip
REDUCTIONS = (
    ("the sum of {}", np.sum), ("the mean of {}", np.mean), ("the largest of {}", np.max),
    ("the smallest of {}", np.min), ("the norm of {}", lambda q: np.sqrt(np.sum(q * q))),
    ("the root mean square of {}", lambda q: np.sqrt(np.mean(q * q))), ("the standard deviation of {}", np.std),
    ("the mean square of {}", lambda q: np.mean(q * q)),
)  # fmt: skip
ALONG = {
    1: (
        ("{} added up from the start", np.cumsum), ("{} added up from the end", lambda q: np.cumsum(q[::-1])[::-1]),
        ("{} in reverse order", lambda q: q[::-1]),
    ),
    2: (
        ("the sum of {} over axis 0", lambda q: q.sum(0)), ("the sum of {} over axis 1", lambda q: q.sum(1)),
        ("the mean of {} over axis 0", lambda q: q.mean(0)), ("the mean of {} over axis 1", lambda q: q.mean(1)),
    ),
}  # fmt: skip
SIZES = {
    1: (("the length of", len),),
    2: (("the number of rows of", len), ("the number of columns of", lambda q: q.shape[1]), ("the size of", np.size)),
}
MATRIX_PRODUCTS = (("{} @ {}", np.matmul), ("{}.T @ {}", lambda a, b: a.T @ b), ("{} @ {}.T", lambda a, b: a @ b.T))
OF_VECTORS = (
    ("the sum of {} · {}", lambda a, b: np.sum(a * b)),
    ("the sum of {} times the sum of {}", lambda a, b: np.sum(a) * np.sum(b)),
)


def made_of(trials):
    """(form, names, kind, a value for each trial), whether they fit beside the results or not; plain ones first."""
    names = [n for n in trials[0].known if all(numeric(t.known.get(n)) is not None for t in trials)]
    arrays = {n: [numeric(t.known[n]) for t in trials] for n in names}
    yield from (("{}", (name,), "plain", each) for name, each in arrays.items())
    for name, each in arrays.items():
        dims = {a.ndim for a in each}
        d = dims.pop() if len(dims) == 1 else None
        if name in trials[0].inputs:
            yield from (sized(said, name, each, size) for said, size in SIZES.get(d, ()))
        hot = [one_hot(t, name) for t in trials]
        if all(rows is not None for rows in hot):
            yield "the one-hot of {}", (name,), "derived", hot
        with np.errstate(all="ignore"):
            more = REDUCTIONS if any(a.size > 1 for a in each) else ()
            for form, f in (*more, *ALONG.get(d, ()), *FUNCTIONS):
                yield form, (name,), "derived", [f(a) for a in each]
    for (n, a), (m, b) in itertools.permutations(arrays.items(), 2):
        for form, f in of_two(a, b):
            yield form, (n, m), "derived", [product(f, x, y) for x, y in zip(a, b, strict=True)]


def sized(said, name, arrays, size):
    """One of the sizes of an array, with its number."""
    first = size(arrays[0])
    number = f"{first}" if all(size(a) == first for a in arrays) else f"{first} in the first case"
    return f"{said} {name} ({number})", (), "plain", [np.asarray(float(size(a))) for a in arrays]


def one_hot(trial, name):
    """The rows with a 1 at the place that an input of whole numbers names, or None."""
    index, shape = np.asarray(trial.known[name]), trial.expected.shape
    if not shape or index.dtype.kind not in "iu" or index.shape != shape[:-1] or index.min() < 0:
        return None
    return np.eye(shape[-1])[index] if index.max() < shape[-1] else None


def of_two(a, b):
    """The forms for two arrays of all trials."""
    if all(x.ndim == y.ndim == 2 for x, y in zip(a, b, strict=True)):
        return MATRIX_PRODUCTS
    vectors = all(x.ndim == 1 and x.shape == y.shape for x, y in zip(a, b, strict=True))
    return OF_VECTORS if vectors else ()


def product(f, a, b):
    """A product, or None where the shapes don't fit."""
    try:
        return f(a, b)
    except ValueError:
        return None

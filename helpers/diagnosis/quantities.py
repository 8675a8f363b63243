"""Named quantities that often stand where they should not: the inputs, their sizes, and functions of them."""

import itertools
from dataclasses import dataclass

import numpy as np

from helpers.diagnosis.trial import numeric


@dataclass(frozen=True)
class Quantity:
    """name: as it is said; values: the entries beside those of the results, in one row; kind: 'plain' or 'derived'.

    of: the input that it is made of; form: the way in which it is made of it, the same for different inputs.
    """

    name: str
    values: np.ndarray
    kind: str
    of: str = ""
    form: str = ""


def sigmoid(x):
    """The logistic function."""
    return 1 / (1 + np.exp(-x))


FUNCTIONS = (
    ("1 − {}", lambda q: 1 - q), ("{}²", np.square), ("√{}", np.sqrt), ("1 − {}²", lambda q: 1 - q * q),
    ("{} · (1 − {})", lambda q: q * (1 - q)), ("exp({})", np.exp), ("log({})", np.log), ("σ({})", sigmoid),
    ("tanh({})", np.tanh), ("the slope of tanh at {}", lambda q: 1 - np.tanh(q) ** 2),
    ("the slope of σ at {}", lambda q: sigmoid(q) * (1 - sigmoid(q))), ("|{}|", np.abs), ("the sign of {}", np.sign),
    ("{} cut off at 0", lambda q: np.maximum(q, 0)),
)  # fmt: skip
REDUCTIONS = (
    ("the sum of {}", np.sum), ("the mean of {}", np.mean), ("the largest of {}", np.max), ("the smallest of {}", np.min),
    ("the norm of {}", lambda q: np.sqrt(np.sum(q * q))), ("the root mean square of {}", lambda q: np.sqrt(np.mean(q * q))),
    ("the mean square of {}", lambda q: np.mean(q * q)), ("the standard deviation of {}", np.std),
)  # fmt: skip


def quantities(trials):
    """The quantities that fit beside the results of every trial."""
    shapes = [trial.expected.shape for trial in trials]
    found = {}
    for name, kind, each in raw(trials):
        fitted = next((some for some in fits(each, shapes) if all(f is not None for f in some)), None)
        if fitted:
            values = np.concatenate([np.ravel(f) for f in fitted])
            if np.isfinite(values).all() and np.any(values != 1) and np.any(values):
                of = next((n for n in sorted(trials[0].known, key=len, reverse=True) if n in name), "")
                found.setdefault(name, Quantity(name, values, kind, of, name.replace(of, "{}") if of else name))
    return list(found.values())


def raw(trials):
    """(name, kind, a value for each trial) of all quantities, whether they fit or not."""
    names = [n for n in trials[0].known if all(numeric(t.known.get(n)) is not None for t in trials)]
    arrays = {n: [numeric(t.known[n]) for t in trials] for n in names}
    dims = {n: {a.ndim for a in each} for n, each in arrays.items()}
    for name, each in arrays.items():
        yield name, "plain", each
    for name, each in arrays.items():
        if name in trials[0].inputs:
            yield from sizes(name, each, dims[name])
        if any(a.size > 1 for a in each):
            yield from ((said.format(name), "derived", [f(a) for a in each]) for said, f in REDUCTIONS)
            yield from along_axes(name, each, dims[name])
        if labels := [one_hot(t, name) for t in trials]:
            if all(hot is not None for hot in labels):
                yield f"the one-hot of {name}", "derived", labels
        with np.errstate(all="ignore"):
            yield from ((said.format(name, name), "derived", [f(a) for a in each]) for said, f in FUNCTIONS)
    for (n, a), (m, b) in itertools.permutations(arrays.items(), 2):
        if dims[n] == dims[m] == {2}:
            for said, f in (
                ("{} @ {}", np.matmul),
                ("{}.T @ {}", lambda x, y: x.T @ y),
                ("{} @ {}.T", lambda x, y: x @ y.T),
            ):
                yield said.format(n, m), "derived", [product(f, x, y) for x, y in zip(a, b, strict=True)]


def sizes(name, arrays, dims):
    """Numbers of rows, columns and entries."""
    if dims == {1}:
        yield sized("the length of", name, arrays, len)
    if dims == {2}:
        yield sized("the number of rows of", name, arrays, len)
        yield sized("the number of columns of", name, arrays, lambda a: a.shape[1])
        yield sized("the number of entries of", name, arrays, np.size)


def sized(said, name, arrays, size):
    """One of the sizes of an array, with its number."""
    first = size(arrays[0])
    number = f"{first}" if all(size(a) == first for a in arrays) else f"{first} in the first case"
    return f"{said} {name} ({number})", "plain", [np.asarray(float(size(a))) for a in arrays]


def along_axes(name, arrays, dims):
    """Sums of the rows and columns of a matrix; sums of a vector from either end."""
    if dims == {2}:
        for axis in (0, 1):
            yield f"the sum of {name} over axis {axis}", "derived", [a.sum(axis) for a in arrays]
            yield f"the mean of {name} over axis {axis}", "derived", [a.mean(axis) for a in arrays]
    if dims == {1}:
        yield f"{name} added up from the start", "derived", [np.cumsum(a) for a in arrays]
        yield f"{name} added up from the end", "derived", [np.cumsum(a[::-1])[::-1] for a in arrays]
        yield f"{name} in reverse order", "derived", [a[::-1] for a in arrays]


def one_hot(trial, name):
    """The rows with a 1 at the place that an input of whole numbers names, or None."""
    index, shape = np.asarray(trial.known[name]), trial.expected.shape
    if not shape or index.dtype.kind not in "iu" or index.shape != shape[:-1] or index.min() < 0:
        return None
    return np.eye(shape[-1])[index] if index.max() < shape[-1] else None


def product(f, a, b):
    """A matrix product, or None where the shapes don't fit."""
    try:
        return f(a, b)
    except ValueError:
        return None


def fits(values, shapes):
    """The ways, the same for all trials, in which the values fit beside the results."""
    for column in (True, False):
        yield [fit(value, shape, column) for value, shape in zip(values, shapes, strict=True)]


def fit(value, shape, column):
    """The value broadcast to the shape of a result, or None; column: one number for each row stands for a column."""
    if value is None:
        return None
    value = np.asarray(value)
    if column:
        return np.broadcast_to(value[:, None], shape) if value.ndim == 1 and value.shape == shape[:-1] else None
    try:
        return np.broadcast_to(value, shape) if value.ndim <= len(shape) else None
    except ValueError:
        return None

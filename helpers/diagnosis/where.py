"""Conditions that tell the wrong entries, or the wrong cases, from the right ones."""

import numpy as np

from helpers.diagnosis.trial import numeric
from helpers.diagnosis.words import at

SIGNS = (
    ("{} = 0", lambda a: a == 0), ("{} < 0", lambda a: a < 0), ("{} > 0", lambda a: a > 0),
    ("{} is not 0", lambda a: a != 0),
    ("{} ≤ 0", lambda a: a <= 0), ("{} ≥ 0", lambda a: a >= 0),
)  # fmt: skip


def entries(masks, trials, matter=None):
    """Where the entries are that the masks mark, one mask for each trial, in words that hold for all; else None.

    matter: masks of the entries that count; the others may be in the set or not.
    """
    matter = matter or [np.ones(m.shape, bool) for m in masks]
    together = list(zip(masks, matter, strict=True))
    for said, marked in places(trials):
        if all(np.array_equal(a & counts, m & counts) for a, (m, counts) in zip(marked, together, strict=True)):
            return said
    return None


def places(trials):
    """(words, a mask for each trial): sets of entries that have a name."""
    shapes = [t.expected.shape for t in trials]
    for name in trials[0].inputs:
        values = [marked(t.inputs.get(name), t.expected.shape) for t in trials]
        if all(v is not None for v in values):
            for said, f in SIGNS:
                yield (
                    f"where {said.format(name)}",
                    [np.broadcast_to(f(v), s) for v, s in zip(values, shapes, strict=True)],
                )
        if all(isinstance(t.inputs.get(name), np.ndarray) and t.inputs[name].dtype == bool for t in trials):
            for word in (True, False):
                yield (
                    f"where {name} is {word}",
                    [
                        np.broadcast_to(beside(t.inputs[name] == word, s), s)
                        for t, s in zip(trials, shapes, strict=True)
                    ],
                )
        indices = [named_places(t.inputs.get(name), t.expected.shape) for t in trials]
        if all(i is not None for i in indices):
            yield f"at the place that {name} names", indices
            yield f"everywhere but at the place that {name} names", [~i for i in indices]
    if all(len(shape) == 2 for shape in shapes):
        yield "on the diagonal", [np.eye(*shape, dtype=bool) for shape in shapes]
    for axis, what in ((0, "row" if len(shapes[0]) == 2 else "place"), (1, "column")):
        if all(len(shape) > axis and shape[axis] > 1 for shape in shapes):
            for index, word in ((0, "first"), (-1, "last")):
                lines = [line(shape, axis, index) for shape in shapes]
                where = "at" if what == "place" else "in"
                yield f"{where} the {word} {what}", lines
                yield f"everywhere but {where} the {word} {what}", [~each for each in lines]


def marked(value, shape):
    """An input as an array beside the entries of a result, or None."""
    value = numeric(value)
    return beside(value, shape) if value is not None and value.ndim else None


def beside(value, shape):
    """An array that has the shape, or one number for each row, as a column; else None."""
    if value.shape == shape:
        return value
    return value[:, None] if len(shape) == 2 and value.shape == shape[:1] else None


def named_places(value, shape):
    """The entries that an input of whole numbers names, one in each row; else None."""
    index = np.asarray(value) if isinstance(value, np.ndarray | int) else np.zeros(())
    if (
        not shape
        or index.dtype.kind not in "iu"
        or index.shape != shape[:-1]
        or not (0 <= index.min() and index.max() < shape[-1])
    ):
        return None
    return np.eye(shape[-1], dtype=bool)[index]


def line(shape, axis, index):
    """A mask of one row or column."""
    mask = np.zeros(shape, bool)
    np.moveaxis(mask, axis, 0)[index] = True
    return mask


def some(masks):
    """Where the entries are that the masks mark, in words, or by their places in the first trial."""
    found = [at(i) if len(i) > 1 else str(int(i[0])) for i in np.argwhere(masks[0])[:3]]
    return f"at {', '.join(found)}" + (", …" if masks[0].sum() > 3 else "")


def cases(right, wrong):
    """A property of the inputs that all wrong trials have and no right one, or the other way round, in words; or ''.

    With few trials a property may tell them apart by chance, so a rare one counts only where there are enough.
    """
    enough = len(right) > 1 and len(wrong) > 1
    for ones, others, said in (
        (right, wrong, "where {} all is right"),
        (wrong, right, "this is so where {}, elsewhere all is right"),
    ):
        common = set.intersection(*(set(properties(t.inputs, enough)) for t in ones))
        shared = common - set().union(*(properties(t.inputs, enough) for t in others))
        for each in properties(ones[0].inputs, enough):
            if each in shared:
                return said.format(each)
    return ""


def properties(inputs, enough):
    """What can be said of the inputs of one trial, the plainest first."""
    said = [f"{name} is {value!r}" for name, value in inputs.items() if isinstance(value, bool | np.bool_ | str)]
    numbers = {name: numeric(value) for name, value in inputs.items() if numeric(value) is not None}
    scalars = {name: float(a) for name, a in numbers.items() if not a.ndim}
    said += [f"{name} = {a:g}" for name, a in scalars.items() if a in (0, 1)]
    said += [
        f"{name} has a single row"
        for name, a in numbers.items()
        if a.ndim == 2 and len(a) == 1 and name not in listed(inputs)
    ]
    said += [
        f"{name} has one entry"
        for name, value in inputs.items()
        if np.shape(numbers.get(name)) == (1,) or name in listed(inputs) and len(value) == 1
    ]
    if enough:
        said += [text.format(name) for name, a in scalars.items() for text, f in SIGNS[1:3] if f(a)]
        said += [f"{n} > {m}" for n, a in scalars.items() for m, b in scalars.items() if a > b]
        for name, a in numbers.items():
            tests = (
                ("as many rows as columns", a.ndim == 2 and a.shape[0] == a.shape[-1]),
                ("no negative number", a.ndim and (a >= 0).all()), ("no 0", a.ndim and (a != 0).all()),
            )  # fmt: skip
            said += [f"{name} has {text}" for text, holds in tests if holds]
    return said


def listed(inputs):
    """Names of the inputs that are lists or tuples."""
    return [name for name, value in inputs.items() if isinstance(value, list | tuple)]

"""Named quantities beside the results: the inputs, their sizes, and what is made of them."""

from dataclasses import dataclass

import numpy as np

from helpers.diagnosis.made_of import made_of


@dataclass(frozen=True)
class Quantity:
    """name: as it is said; values: the entries beside those of the results, in one row; kind: 'plain' or 'derived'.

    of: names of the inputs that it is made of; form: the way in which it is made of them, the same for others.
    """

    name: str
    values: np.ndarray
    kind: str
    of: tuple = ()
    form: str = ""

    @property
    def is_input(self):
        """True for an input itself, or a value inside the computation."""
        return self.form == "{}"


def quantities(trials):
    """The quantities that fit beside the results of every trial."""
    shapes = [trial.expected.shape for trial in trials]
    found = {}
    for form, of, kind, each in made_of(trials):
        fitted = beside(each, shapes, column=True) or beside(each, shapes, column=False)
        if fitted:
            values = np.concatenate(fitted)
            if np.isfinite(values).all() and values.any() and (values != 1).any():
                name = form.format(*of) if "{" in form else form
                found.setdefault(name, Quantity(name, values, kind, of, form))
    return list(found.values())


def beside(values, shapes, column):
    """The values beside the entries of each result; none if one of them does not fit."""
    fitted = []
    for value, shape in zip(values, shapes, strict=True):
        fits = None if value is None else fit(np.asarray(value), shape, column)
        if fits is None:
            return []
        fitted.append(fits.ravel())
    return fitted


def fit(value, shape, column):
    """The value broadcast to the shape of a result, or None; column: one number for each row stands for a column."""
    if column:
        return np.broadcast_to(value[:, None], shape) if value.ndim == 1 and value.shape == shape[:-1] else None
    if value.shape == shape:
        return value
    if value.ndim == 0:
        return np.full(shape, value)
    try:
        return np.broadcast_to(value, shape) if value.ndim <= len(shape) else None
    except ValueError:
        return None

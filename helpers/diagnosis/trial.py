"""Trials: what a function was given, what it returned, and what is right."""

from dataclasses import dataclass

import numpy as np

RTOL, ATOL = 1e-6, 1e-9


def close(a, b):
    """True for each entry in which two arrays agree: the tolerance of a diagnosis, whatever that of the check is.

    The absolute tolerance shrinks with the numbers: those of the size 1e-16 are told apart as well.
    """
    a, b = np.asarray(a, float), np.asarray(b, float)
    with np.errstate(all="ignore"):
        size, finite = np.abs(b), np.isfinite(b)
        largest = size[finite].max(initial=0.0)
        near = np.abs(a - b) <= ATOL * min(1.0, largest) + RTOL * size
        return near if finite.all() else (a == b) | (finite & near) | (np.isnan(a) & np.isnan(b))


def same(a, b):
    """True if two results agree, shapes included."""
    a, b = floats(a), floats(b)
    return a is not None and b is not None and a.shape == b.shape and bool(np.all(close(a, b)))


@dataclass(frozen=True)
class Trial:
    """inputs: name -> number or array; got and expected: float arrays, the result of the function and the right one.

    known: the inputs, and values inside the computation beside them.
    """

    inputs: dict
    got: np.ndarray
    expected: np.ndarray
    known: dict

    @property
    def right(self):
        """True if the result is the right one."""
        return same(self.got, self.expected)


def numeric(value):
    """The value as a float array, or None where it is no number, no array of numbers, or a truth value."""
    if value is None or isinstance(value, str | bool | np.bool_):
        return None
    try:
        array = np.asarray(value)
        return array.astype(float) if array.dtype.kind in "iuf" and array.size else None
    except (TypeError, ValueError):
        return None


def floats(value):
    """A result as a float array, or None where it is not made of real numbers."""
    try:
        return np.asarray(value, float)
    except (TypeError, ValueError):
        return None


def packed(result):
    """A result as a tuple of results: a tuple, or a list that is more than a row of numbers, is one of several."""
    result = arrays_of(result)
    several = isinstance(result, tuple) or isinstance(result, list) and any(np.ndim(each) for each in result)
    return tuple(result) if several else (result,)


def arrays_of(result):
    """The arrays of a network, which is a list of pairs of them; any other result as it is."""
    if not isinstance(result, list) or not result or not all(map(is_pair, result)):
        return result
    return [array for pair in result for array in pair]


def is_pair(value):
    """Whether a value is a tuple or a list with an array of NumPy's in it."""
    return isinstance(value, tuple | list) and any(isinstance(each, np.ndarray) for each in value)

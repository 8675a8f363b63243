"""Answers as arrays that can be compared: what a function returns for each probe."""

import copy
import itertools
import zlib
from collections.abc import Iterator, Set, ValuesView
from types import MappingProxyType

import numpy as np

from helpers.diagnosis.trial import arrays_of

MOST_ITEMS = 100_000  # of a generator or the like


class Comparison:
    """Comparing lists of answers within the tolerances rtol and atol, which the heirs have."""

    once, calls, written = "", MappingProxyType({}), None

    def same(self, some, others):
        """True if two lists of answers agree within the tolerance, shapes included."""
        return all(self.same_answer(a, b) for a, b in zip(some, others, strict=True))

    def same_answer(self, answer, other):
        """True if two answers to one probe agree within the tolerance, shapes included."""
        return len(answer) == len(other) and all(
            a.shape == b.shape and np.allclose(a, b, self.rtol, self.atol, equal_nan=True)
            for a, b in zip(answer, other, strict=True)
        )

    def of_error(self, probe, error):
        """Words for an error with which a function has stopped at this probe, or ''."""
        return ""

    def of_answers(self, got):
        """Words for what is told from the answers alone, or ''."""
        return ""

    def of_complex(self, probe, result):
        """Words for a complex number that was returned for this probe."""
        parts = "its parts are `.real` and `.imag`"
        return f"Your function returned `{result!r}`, which is not made of real numbers: {parts}."


def answers(function, probes):
    """Call the function on a copy of each probe; returns for each its results as a list of float arrays."""
    with np.errstate(all="ignore"):
        return [as_arrays(function(*map(copied, probe))) for probe in probes]


def listed(result):
    """A dict's values, a set, a range, what a generator gives or a row of sympy's as a tuple; all else as it is."""
    row = hasattr(type(result), "free_symbols") and hasattr(type(result), "__iter__")
    several = row or isinstance(result, Iterator | Set | ValuesView | range)
    return tuple(itertools.islice(result, MOST_ITEMS)) if several else result


def is_formula(result):
    """True if a result, or one of several, or an argument is an expression of sympy."""
    several = result if isinstance(result, tuple | list) else (result,)
    return any(hasattr(each, "free_symbols") for each in several)


def as_arrays(result):
    """One result, or each of a tuple or list of results, as a float array; a sympy expression as its values.

    A network, which is a list of pairs of arrays, is the list of its arrays.
    """
    result = arrays_of(result)
    results = result if isinstance(result, tuple | list) else (result,)
    return [values(each) if hasattr(each, "free_symbols") else reals(each) for each in results]


def reals(result):
    """A result as an array of floats; TypeError or ValueError for what is no number, a number as a text among it."""
    texts = np.asarray(result)
    if texts.dtype.kind in "OSU" and any(isinstance(each, str | bytes) for each in texts.flat):
        raise TypeError("a text is no number")
    return np.asarray(result, float)


def values(expression):
    """Values of a sympy expression at three fixed points of its symbols, shape (3,), all symbols between 0.1 and 0.9.

    The expression is built by the reader's code and no string is evaluated. TypeError where no real number comes out.
    """
    expression = expression.doit()
    points = ({s: point_of(s.name, k) for s in expression.free_symbols} for k in range(3))
    return np.array([float(expression.evalf(subs=point)) for point in points])


def point_of(name, k):
    """The k-th value of the symbol of this name: the same in every run, and different for different names."""
    return 0.1 + 0.8 * (zlib.crc32(f"{name} {k}".encode()) % 1009) / 1009


class Counted:
    """A function that counts its calls, and equals the one that it calls."""

    def __init__(self, function):
        self.function, self.calls = function, 0

    def __call__(self, *arguments):
        """Call the function."""
        self.calls += 1
        return self.function(*arguments)

    def __eq__(self, other):
        return self.function is other

    __hash__ = None


def copied(argument):
    """A copy of an argument made of arrays, lists, tuples or dicts; anything else as it is."""
    return copy.deepcopy(argument) if isinstance(argument, np.ndarray | list | tuple | dict) else argument

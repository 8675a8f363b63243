"""Results of parts as arrays: taken apart, compared, and shown; and arguments that were changed in place."""

import numpy as np

from helpers.engine.raised import Told


def leaves(result):
    """All numbers and arrays of a result, lists and tuples taken apart; `Told` in words for anything else."""
    several = isinstance(result, list) and any(isinstance(each, list | tuple | np.ndarray) for each in result)
    if isinstance(result, tuple) or several:
        return [leaf for each in result for leaf in leaves(each)]
    if result is None:
        raise Told("one of the things that it returns is `None`")
    try:
        array = np.asarray(result)
    except ValueError:
        array = np.array(None)
    if hasattr(result, "free_symbols") or any(hasattr(each, "free_symbols") for each in array.flat):
        raise Told(
            f"it returned a formula, `{result}`: is a name taken from sympy's cells, and not from the arguments?"
        )
    if array.dtype.kind not in "biuf":
        raise Told(f"it returned `{result!r}`, which is not made of real numbers")
    return [array]


def as_asked(result, expected):
    """A list, or an array, where several numbers were asked in a tuple, is as good."""
    several = len(expected) > 1 and not any(right.ndim for right in expected)
    fits = several and isinstance(result, list | np.ndarray) and len(result) == len(expected)
    return tuple(result) if fits else result


def nesting(result):
    """How lists and tuples of arrays are nested in a result, as brackets of one kind."""
    return f"({''.join(map(nesting, result))})" if isinstance(result, list | tuple) else "."


def alike(some, others, rtol, atol):
    """Whether two lists of arrays agree within the tolerances."""
    return len(some) == len(others) and all(
        a.shape == b.shape and np.allclose(a, b, rtol, atol, equal_nan=True) for a, b in zip(some, others, strict=True)
    )


def changed(before, after):
    """Words for an argument that the function has changed in place, else ''."""
    for name, old in before.items():
        for a, b in zip(leaves_or_nothing(old), leaves_or_nothing(after[name]), strict=False):
            if np.array_equal(a, b, equal_nan=a.dtype.kind == "f"):
                continue
            if np.allclose(a, b, rtol=1e-9):
                return f"it moved an entry of `{name}` there and back, and rounding left a trace: work on a copy"
            instead = "make a list of new arrays" if isinstance(old, list) else f"work on `{name}.copy()`"
            return (
                f"it changed its argument `{name}` from {shown(a)} to {shown(b)}: "
                f"`-=`, `+=` and `[...] =` write into the caller's array; {instead}"
            )
    return ""


def leaves_or_nothing(value):
    """The arrays of an argument; none for a function and the like."""
    try:
        return leaves(value)
    except Told:
        return []


def misshapen(got, right):
    """How a wrong shape may have come about, where that can be told."""
    if got.ndim == 2 and got.T.shape == right.shape and np.allclose(got.T, right):
        return ": it is transposed"
    if right.ndim == 2 and right.shape[1] == 1 and got.shape == (len(right), len(right)):
        return ": a row and a column make a table; `[:, None]` makes a column of a row"
    if right.ndim == 2 and right.shape[1] == 1 and got.shape == right.shape[:1]:
        return ": it is a row, and a column is asked; `[:, None]` makes a column of a row"
    return ": an axis is lost on the way" if got.ndim < right.ndim else ""


def told_apart(got, right):
    """Two arrays as they are shown, with as many digits as it takes to see that they differ."""
    pairs = ([shown(each, digits) for each in (got, right)] for digits in (4, 6, 8, 10, 12, 14, 17))
    return next((pair for pair in pairs if pair[0] != pair[1]), [shown(got), shown(right)])


def shown(value, digits=4):
    """A number, an array or a list of them, short enough to be read."""
    if isinstance(value, list | tuple):
        inner = ", ".join(shown(each, digits) for each in value)
        return f"[{inner}]" if isinstance(value, list) else f"({inner})"
    array = np.asarray(value)
    return short(array.tolist(), digits) if array.size <= 12 else f"an array {array.shape}"


def short(numbers, digits=4):
    """Numbers in nested lists with so many digits, whole ones without a point; True and False as they are."""
    if isinstance(numbers, list):
        return f"[{', '.join(short(each, digits) for each in numbers)}]"
    plain = isinstance(numbers, int | float) and not isinstance(numbers, bool)
    return f"{numbers:.{digits}g}" if plain else str(numbers)

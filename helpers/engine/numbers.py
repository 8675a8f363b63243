"""Results of parts as arrays: taken apart, compared, and shown; and arguments that were changed in place."""

import numpy as np

from helpers.engine.raised import Told


def leaves(result):
    """All numbers and arrays of a result, lists and tuples taken apart; `Told` in words for anything else."""
    several = isinstance(result, list) and any(isinstance(each, list | tuple | np.ndarray) for each in result)
    if isinstance(result, tuple) or several:
        return [leaf for each in result for leaf in leaves(each)]
    if hasattr(result, "free_symbols"):
        raise Told(
            f"it returned a formula, `{result}`: has a name been taken from sympy's cells, not from the arguments?"
        )
    if result is None:
        raise Told("one of the things that it returns is `None`")
    try:
        array = np.asarray(result)
    except ValueError:
        array = np.array(None)
    if array.dtype == object and any(hasattr(each, "free_symbols") for each in array.flat):
        raise Told(f"it returned formulas, `{result}`: is a name taken from sympy's cells, and not from the arguments?")
    if array.dtype.kind not in "biuf":
        raise Told(f"it returned `{result!r}`, which is not made of real numbers")
    return [array]


def as_asked(result, expected):
    """A list, or an array, where several numbers were asked in a tuple, is as good."""
    several = len(expected) > 1 and not any(right.ndim for right in expected)
    fits = several and isinstance(result, list | np.ndarray) and len(result) == len(expected)
    return tuple(result) if fits else result


def alike(some, others, rtol, atol):
    """Whether two lists of arrays agree within the tolerances."""
    return len(some) == len(others) and all(
        a.shape == b.shape and np.allclose(a, b, rtol, atol, equal_nan=True) for a, b in zip(some, others, strict=True)
    )


def unpacked(flat):
    """A single array, or the tuple of several."""
    return flat[0] if len(flat) == 1 else tuple(flat)


def changed(before, after):
    """Words for an argument that the function has changed in place, else ''."""
    for name, old in before.items():
        new = after[name]
        pairs = zip(leaves_or_nothing(old), leaves_or_nothing(new), strict=False)
        for a, b in pairs:
            if not np.array_equal(a, b, equal_nan=a.dtype.kind == "f"):
                if np.allclose(a, b, rtol=1e-9):
                    return f"it moved an entry of `{name}` there and back, and rounding left a trace: work on a copy"
                return (
                    f"it changed its argument `{name}` from {shown(a)} to {shown(b)}: `{name} -= ...` and "
                    f"`{name}[...] = ...` write into the caller's array. Work on `{name}.copy()`"
                )
    return ""


def leaves_or_nothing(value):
    """The arrays of an argument; none for a function and the like."""
    try:
        return leaves(value)
    except Told:
        return []


def shown(value):
    """A number, an array or a list of them, short enough to be read."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(shown, value))}]"
    array = np.asarray(value)
    if array.dtype.kind == "b":
        return str(array.tolist())
    text = f"{array:.6g}" if array.ndim == 0 else np.array2string(array, precision=4, separator=", ")
    return " ".join(text.split()) if array.size <= 12 else f"an array {array.shape}"

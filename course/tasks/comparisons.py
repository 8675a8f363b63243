"""Comparisons in hidden tests: an answer that came across the border with what is right, in words for the student."""

import numpy as np

from course.border.asking import Handle
from course.border.expressions import Expression

MOST_SHOWN = 8  # numbers of an array in a sentence
DEEPEST = 16  # lists in one another


def compare(answer, expected, what, tolerance=1e-6, relative=False):
    """Raise AssertionError unless answer is expected, numbers and shape.

    answer, expected: numbers, arrays, or lists and tuples of them; what: where it was tried;
    tolerance: of each number, relative to it where it is larger than 1, or everywhere if it is to be `relative`.
    """
    (shape, got), (right_shape, right) = plain(answer, what), plain(expected, what)
    assert shape == right_shape, f"{what}: the shape is {shape}, expected is {right_shape}"
    for a, e in zip(got, right, strict=True):
        close = abs(a - e) <= tolerance * (abs(e) if relative else max(1, abs(e)))  # False for a nan
        assert close, f"{what}: your function returned {a:.6g}, expected is {e:.6g}"


def plain(value, what):
    """(shape, numbers as a flat list) of a number, an array, or a list or tuple; AssertionError for anything else."""
    value = value.tolist() if isinstance(value, np.ndarray | np.generic) else value
    if isinstance(value, list | tuple):
        inner = [plain(each, what) for each in value]
        shapes = {shape for shape, _ in inner} or {()}
        assert len(shapes) == 1, f"{what}: your function returned rows of different lengths"
        shape = (len(inner), *shapes.pop())
        assert len(shape) <= DEEPEST, f"{what}: your function returned more than {DEEPEST} lists in one another"
        return shape, [number for _, numbers in inner for number in numbers]
    assert value is not None, f"{what}: your function returned None"
    if isinstance(value, Expression):
        assert not value.symbols, f"{what}: your function returned an expression with {sorted(value.symbols)} in it"
        value = value.at()
    assert not (isinstance(value, complex) and value.imag), f"{what}: your function returned the complex number {value}"
    assert isinstance(value, int | float | complex), f"{what}: your function returned {kind(value)}, which is no number"
    try:
        return (), [float(value.real)]
    except OverflowError:
        raise AssertionError(f"{what}: your function returned a number of more than 300 digits") from None


def number(value, what):
    """An answer that should be one number, as one; AssertionError for anything else."""
    shape, numbers = plain(value, what)
    assert shape == (), f"{what}: expected is one number, the shape is {shape}"
    return numbers[0]


def kind(value):
    """What a value that is no number is, in words."""
    return repr(value) if isinstance(value, Handle) else f"a {type(value).__name__}"


def parts(answer, names, what):
    """The parts of an answer that should have one for each of these names; AssertionError for another number."""
    several = isinstance(answer, list | tuple) or (isinstance(answer, np.ndarray) and answer.ndim > 0)
    count = len(answer) if several else None
    assert count is not None, (
        f"{what}: expected are {len(names)} results ({', '.join(names)}), it returned {kind(answer)}"
    )
    assert count == len(names), f"{what}: expected are {len(names)} results ({', '.join(names)}), it returned {count}"
    return list(answer)


def formulas(answer, names, symbols, what):
    """The parts of an answer, each an expression in these symbols alone (or a number)."""
    found = parts(answer, names, what)
    for name, line in zip(names, found, strict=True):
        number = isinstance(line, int | float) and not isinstance(line, bool)
        assert isinstance(line, Expression) or number, (
            f"{name} is {kind(line)}, and no expression in {', '.join(symbols)}."
        )
        other = line.symbols - set(symbols) if isinstance(line, Expression) else set()
        assert not other, f"{name} contains {', '.join(sorted(other))}; it should hold {', '.join(symbols)} alone."
    return [line if isinstance(line, Expression) else Expression(line) for line in found]


def unchanged(before, after, what):
    """Raise AssertionError unless the arguments are after the call what they were before it."""
    for old, new in zip(before, after, strict=True):
        same = np.array_equal(old, new) and np.asarray(old).dtype == np.asarray(new).dtype
        assert same, f"{what} changed its argument {shown(old)}."


def shown(value):
    """A number or a small array for a sentence."""
    if np.size(value) > MOST_SHOWN:
        return f"an array of the shape {np.shape(value)}"
    return str(np.round(value, 4).tolist())

"""Comparison in hidden tests: plain arithmetic on plain lists, so that nothing of NumPy has to be trusted."""


def compare(answer, expected, what, tolerance=1e-6):
    """Raise AssertionError, in words for the student, unless answer is expected, numbers and shape.

    answer, expected: numbers, arrays, or lists and tuples of them; what: where it was tried;
    tolerance: of each number, relative to it where it is larger than 1.
    """
    assert answer is not None, f"{what}: your function returned None"
    (shape, got), (right_shape, right) = plain(answer), plain(expected)
    assert shape == right_shape, f"{what}: the shape is {shape}, expected is {right_shape}"
    for a, e in zip(got, right, strict=True):
        close = abs(a - e) <= tolerance * max(1, abs(e))
        assert close, f"{what}: your function returned {a:.6g}, expected is {e:.6g}"


def plain(value):
    """(shape, numbers as a flat list) of a number, an array, or a list or tuple; AssertionError for ragged rows."""
    value = value.tolist() if hasattr(value, "tolist") else value
    if not isinstance(value, list | tuple):
        return (), [float(value)]
    inner = [plain(each) for each in value]
    shapes = {shape for shape, _ in inner} or {()}
    assert len(shapes) == 1, "your function returned rows of different lengths"
    return (len(inner), *shapes.pop()), [number for _, numbers in inner for number in numbers]

"""Functions and gradients, right and wrong, for the parts of lesson 02."""

import numpy as np

X = np.array([1.0, 2.0, -1.0])


def squares(x):
    """The sum of k times the k-th entry squared, over all entries in a row; its gradient is 2 k x."""
    return float(np.sum(np.arange(1, x.size + 1) * x.ravel() ** 2))


def bent(x):
    """A function in which every entry counts differently, and whose slopes change quickly."""
    return float(np.sum(np.arange(1, x.size + 1) * np.sin(3 * x.ravel())) + np.prod(x))


def tiny(x):
    """A function whose gradient is small."""
    return 1e-9 * squares(x)


def level(x):
    """A function whose slope at x[1] = 0 is 0, and which nudging finds to be 10⁻¹¹ there."""
    return float(np.sin(10 * x[0]) + np.exp(x[1]) - x[1])


def total(x):
    """The sum of all entries, whose slopes are all 1."""
    return float(np.sum(x))


def exact(f, x):
    """The gradient of one of the functions above."""
    if f is level:
        return np.array([10 * np.cos(10 * x[0]), np.exp(x[1]) - 1])
    k = np.arange(1, x.size + 1).reshape(x.shape)
    if f is bent:
        others = np.array([np.prod(np.delete(x.ravel(), i)) for i in range(x.size)]).reshape(x.shape)
        return 3 * k * np.cos(3 * x) + others
    return (1e-9 if f is tiny else 1.0) * 2 * k * x


TOO_LARGE, TOO_SMALL = "0.1 % too large in all entries", "0.1 % too small in all entries"
LEVEL = "right, and 0 in one entry, where nudging leaves 10⁻¹¹"
UNEVEN = "wrong in one small entry beside large ones"
ONE_OF_MANY = "0.1 % too large in one entry of three hundred"
MISSHAPEN = tuple(f"of the wrong shape, {shape}, for x of shape (2, 3)" for shape in ("()", "(3,)", "(3, 2)"))


def wrong_gradients():
    """What a checker must catch: (what is wrong, f, x, gradient)."""
    right, positive = exact(squares, X), np.abs(X)
    yield "twice as large in all entries", squares, X, 2 * right
    yield TOO_LARGE, squares, positive, 1.001 * exact(squares, positive)
    yield TOO_SMALL, squares, positive, 0.999 * exact(squares, positive)
    yield "wrong in its sign", squares, X, -right
    yield "wrong in its last entry alone", squares, X, right + np.array([0.0, 0.0, 0.1])
    lopsided = np.array([10.0, 20.0, -1e-4])  # 10⁻⁵ of its largest slope is more than its smallest
    yield UNEVEN, squares, lopsided, exact(squares, lopsided) * [1, 1, 2]
    yield "too small in one entry and too large in another, by as much", squares, X, right + np.array([1.0, 0.0, -1.0])
    yield "too large in one entry, and nowhere too small", squares, X, right + np.array([0.5, 0.0, 0.0])
    yield "twice as large, where all slopes are as small as 10⁻⁸", tiny, X, 2 * exact(tiny, X)
    yield "NaN in one entry", squares, X, right * [1.0, np.nan, 1.0]
    many = np.linspace(1.0, 2.0, 300)
    one_off = exact(squares, many) * np.where(np.arange(300) == 200, 1.001, 1.0)
    yield ONE_OF_MANY, squares, many, one_off
    table = np.array([[0.3, -1.2], [0.8, 2.0]])
    yield "transposed", bent, table, exact(bent, table).T
    for told, shape in zip(MISSHAPEN, ((), (3,), (3, 2)), strict=True):
        yield told, total, np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.ones(shape)


def right_gradients():
    """What a checker must acquit: (what it is, f, x, gradient)."""
    yield "right", squares, X, exact(squares, X)
    yield (
        "right, of a table",
        bent,
        np.array([[0.3, -1.2], [0.8, 2.0]]),
        exact(bent, np.array([[0.3, -1.2], [0.8, 2.0]])),
    )
    yield "right, and 0 in one entry", squares, np.array([1.0, 0.0]), np.array([2.0, 0.0])
    yield "right, with slopes of thousands", squares, 1e3 * X, exact(squares, 1e3 * X)
    yield "right, where all slopes are as small as 10⁻⁸", tiny, X, exact(tiny, X)
    yield "right", bent, X, exact(bent, X)
    yield LEVEL, level, np.array([0.1, 0.0]), exact(level, np.array([0.1, 0.0]))


def cases():
    """All of them, each with whether it is right; what is told only of a check that is right so far comes last."""
    *rights, last = ((True, case) for case in right_gradients())
    return [*rights, *((False, case) for case in wrong_gradients()), last]

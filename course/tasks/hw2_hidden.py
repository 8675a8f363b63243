"""Hidden tests of homework 2, each named as its cell. student: its functions, see course.border.asking; seed: its own.

Functions whose slopes are known by a formula are given to the student's; they are called back across the border.
"""

from functools import cache

import numpy as np

from course.tasks.comparisons import compare, number, parts, shown, unchanged
from helpers.calculus import numerical_gradient

SLOPES = ["central", "complex"]
CHECK = ["error", "index"]
VERDICT = ["lines", "factors"]
X = np.random.default_rng(20).normal(size=(5, 2))
TARGET = np.array([[1.0], [-1.0], [0.5], [2.0], [-0.5]])
NUMBER_OF = {"": 0, "dz": 1, "dW": 2, "db": 3, "dh": 4, "dU": 5, "dc": 6}


def places(number, names):
    """Ten places x and steps h for each of these functions."""
    rng = np.random.default_rng([2201, number])
    return [(name, *rng.uniform([-2, 0.01], [2, 1]).tolist()) for name in names for _ in range(10)]


def test_two_slopes_central(student, seed):
    functions = {
        "sin": (np.sin, lambda x, h: np.cos(x) * np.sin(h) / h),
        "exp": (np.exp, lambda x, h: np.exp(x) * np.sinh(h) / h),
        "x**3": (lambda x: x * x * x, lambda x, h: 3 * x**2 + h**2),
    }
    for name, x, h in places(1, functions):
        f, secant = functions[name]
        found = parts(student.two_slopes(f, x, h), SLOPES, "two_slopes")
        compare(found[0], secant(x, h), f"the central difference for f = {name}, x = {x:.3f}, h = {h:.3f}")


def test_two_slopes_complex(student, seed):
    functions = {"sin": (np.sin, np.cos), "exp": (np.exp, np.exp), "1e8 + sin": (lambda x: 1e8 + np.sin(x), np.cos)}
    for name, x, h in places(2, functions):
        f, slope = functions[name]
        found = parts(student.two_slopes(f, x, h), SLOPES, "two_slopes")
        compare(found[1], slope(x), f"the complex step for f = {name}, x = {x:.3f}", tolerance=1e-10)


def test_complex_gradient(student, seed):
    rng = np.random.default_rng([2202, 1])
    for shape in [(1,), (4,), (2, 3), (3, 2), (2, 2, 2)] * 4:
        a, b, x = rng.normal(size=(3, *shape))
        answer = student.complex_gradient(lambda x, a=a, b=b: np.sum(a * np.sin(x) + b * x * x) + np.prod(x), x)
        right = a * np.cos(x) + 2 * b * x + np.prod(x) / x
        compare(answer, right, f"complex_gradient for a function of an x of the shape {shape}")


def test_complex_gradient_digits(student, seed):
    rng = np.random.default_rng([2202, 2])
    cases = [(rng.normal(size=shape), rng.integers(-3, 4, size=shape)) for shape in [(3,), (2, 2), (1, 4)] * 7]
    cases += [(a, x + rng.normal(size=x.shape)) for a, x in cases[:6]]
    for a, x in cases:
        f = lambda x, a=a: 1e8 + np.sum(a * np.sin(x))  # noqa: E731
        answer, after = student.call("complex_gradient", f, x)
        unchanged([x], after[1:], "complex_gradient")
        where = f"complex_gradient for a function with values near 1e8 and x = {shown(x)}"
        compare(answer, a * np.cos(x), where, tolerance=1e-10)


def test_best_step(student, seed):
    rng = np.random.default_rng([2203, 1])
    for real in (np.float32, np.float64):
        for _ in range(15):
            eps, size, third = float(np.finfo(real).eps), *np.exp(rng.uniform(-5, 5, 2)).tolist()
            low, high = 1e-12, 1e3
            for _ in range(200):  # halve the interval in which the slope of E changes its sign
                h = np.sqrt(low * high)
                low, high = (h, high) if h / 3 * third < eps * size / h**2 else (low, h)
            what = f"best_step for eps = {eps:.3g}, size = {size:.4g}, third = {third:.4g}"
            compare(student.best_step(eps, size, third), low, what, relative=True)


def test_my_best_steps(student, seed):
    rng = np.random.default_rng([2, seed])
    own = int(rng.integers(2, 10)), float(rng.choice([0.025, 0.25, 2.5, 25.0]))
    rng = np.random.default_rng([2204, 1])
    others = [(int(rng.integers(2, 10)), float(np.exp(rng.uniform(-4, 4)))) for _ in range(5)]
    for k, x in [own, *others]:
        pairs = parts(student.my_best_steps(k, x), ["32 bits", "64 bits"], "my_best_steps")
        for name, pair, real in zip(["32 bits", "64 bits"], pairs, (np.float32, np.float64), strict=True):
            step, error = parts(pair, ["step", "error"], f"my_best_steps, {name}")
            errors = {float(f"1e-{power}"): measured(k, x, float(f"1e-{power}"), real) for power in range(13)}
            best = min(errors, key=errors.get)
            where = f"in {name} for k = {k}, x = {x:.4g}"
            compare(step, best, f"the best step {where}", relative=True)
            compare(error, errors[best], f"the error {where}", tolerance=0.06, relative=True)


def measured(k, x, h, real):
    """The largest relative error of the central difference of k / x near x, entry by entry in this float type."""
    points = [real(x * t) for t in np.linspace(0.9, 1.1, 41)]
    secants = [float((real(k) / (z + real(h)) - real(k) / (z - real(h))) / real(2 * h)) for z in points]
    return max(abs(s * float(z) ** 2 / -k - 1) for s, z in zip(secants, points, strict=True))


def waves(a):
    """A function of an array whose gradient is a cos x."""
    return lambda x: float(np.sum(a * np.sin(x)))


def test_own_check(student, seed):
    rng = np.random.default_rng([2206, 1])
    for shape in [(3,), (5,), (2, 2), (2, 3)] * 6:
        a, x = rng.uniform(0.5, 2, shape) * rng.choice([-1, 1], shape), rng.uniform(0.3, 1.2, shape)
        factors = np.ones(x.size)
        factors[rng.choice(x.size, 2, replace=False)] = rng.choice([-1.0, 0.5, 0.9, 1.3, 3.0], 2, replace=False)
        found = parts(student.own_check(waves(a), x, a * np.cos(x) * factors.reshape(shape)), CHECK, "own_check")
        right = max(abs(t - 1) / max(abs(t), 1) for t in factors.tolist())
        compare(found[0], right, f"the error of a gradient whose entries are off by the factors {factors.tolist()}")


def test_own_check_index(student, seed):
    rng = np.random.default_rng([2206, 2])
    for shape in [(4,), (2, 3), (3, 2), (2, 2, 2)] * 6:
        a, x = np.exp(rng.uniform(-3, 3, shape)), rng.uniform(0.3, 1.2, shape)
        factors = np.ones(x.size)
        large = int(np.argmax((a * np.cos(x)).ravel()))
        small = int(rng.choice([k for k in range(x.size) if k != large]))
        factors[large], factors[small] = 1.2, float(rng.choice([0.5, -1.0, 2.0]))
        found = parts(student.own_check(waves(a), x, a * np.cos(x) * factors.reshape(shape)), CHECK, "own_check")
        compare(found[1], small, f"the index for a gradient whose entries are off by the factors {factors.tolist()}")


def test_own_check_noise(student, seed):
    rng = np.random.default_rng([2206, 3])
    cases = []
    for k in range(24):
        x = rng.choice([-1.0, 0.0, 1.0, 1.5], 4)
        x[k % 4] = 1.5
        factor = float(rng.choice([1.0, 1.1, 0.5]))
        gradient = (4 * x**3 - 4 * x) * np.where(np.arange(4) == k % 4, factor, 1.0)
        cases.append((lambda x: float(np.sum(x**4 - 2 * x**2)), "x**4 - 2 x**2", x, gradient, k % 4, factor))
    for k in range(12):  # one small entry of the gradient is off by less than the limit
        a = rng.uniform(0.5, 2, 4)
        a[k % 4] = float(rng.choice([-1e-7, 1e-7]))
        factor = float(rng.choice([1.0, 1.1, 0.5]))
        gradient = a * np.where(np.arange(4) == (k + 1) % 4, factor, 1.0)
        gradient[k % 4] += float(rng.choice([-5e-10, 5e-10]))
        line = lambda x, a=a: float(np.sum(a * x))  # noqa: E731
        cases.append((line, f"{a.tolist()} * x", rng.uniform(-1, 1, 4), gradient, (k + 1) % 4, factor))
    for f, formula, x, gradient, place, factor in cases:
        error, index = parts(student.own_check(f, x, gradient), CHECK, "own_check")
        right = abs(factor - 1) / max(factor, 1)
        where = f"for the sum of {formula} at x = {x.tolist()} and the gradient {gradient.tolist()}"
        compare(error, right, f"the error {where}")
        if right:
            compare(index, place, f"the index {where}")


def loss(arrays):
    """The mean squared error of the notebook's network, for complex numbers too."""
    hidden = np.tanh(X @ arrays["U"] + arrays["c"])
    return np.mean((hidden @ arrays["W"] + arrays["b"] - TARGET) ** 2)


@cache
def network_and_passes(*numbers):
    """(arrays, three passes, [(wrong line, factor) of each]) with the draws of the notebook, begun from these numbers."""
    rng = np.random.default_rng(numbers)
    arrays = {name: rng.normal(size=shape) for name, shape in zip("UcWb", [(2, 3), 3, (3, 1), 1], strict=True)}
    names = [str(rng.choice(["dz", "dh"])), str(rng.choice(["dW", "db", "dU", "dc"]))]
    factors = rng.permutation([rng.choice([0.2, 0.5, 2.0, 5.0]), rng.choice([-2.0, -1.0, -0.5])]).tolist()
    bugs = [*zip(names, factors, strict=True), ("", 1.0)]
    truth = [bugs[k] for k in rng.permutation(3)]
    right = {
        name: numerical_gradient(lambda other, name=name: loss(arrays | {name: other}), array, "complex")
        for name, array in arrays.items()
    }
    spoilt_by = {"dz": "UcWb", "dh": "Uc", "dW": "W", "db": "b", "dU": "U", "dc": "c", "": ""}
    passes = [
        {name: gradient * (factor if name in spoilt_by[line] else 1.0) for name, gradient in right.items()}
        for line, factor in truth
    ]
    return arrays, passes, [(NUMBER_OF[line], factor) for line, factor in truth]


def verdicts(student, seed):
    """(what it is about, the student's lines, factors, the true ones) for the student's own passes and others."""
    seeds = {"your passes": [3, seed], **{f"other passes ({k})": [2207, k] for k in range(1, 6)}}
    for what, numbers in seeds.items():
        arrays, passes, truth = network_and_passes(*numbers)
        lines, factors = parts(student.my_verdict(arrays, passes), VERDICT, "my_verdict")
        three = ["passes[0]", "passes[1]", "passes[2]"]
        yield what, parts(lines, three, "the lines"), parts(factors, three, "the factors"), truth


def test_my_verdict_right(student, seed):
    for what, lines, _, truth in verdicts(student, seed):
        for k, (line, (right, _)) in enumerate(zip(lines, truth, strict=True)):
            truly, given = "is right" if right == 0 else "is not right", number(line, "a line of my_verdict")
            assert (given == 0) == (right == 0), f"passes[{k}] of {what} {truly}; you gave its line as {given:g}."


def test_my_verdict_lines(student, seed):
    for what, lines, _, truth in verdicts(student, seed):
        for k, (line, (right, _)) in enumerate(zip(lines, truth, strict=True)):
            compare(line, right, f"the line of passes[{k}] of {what}")


def test_my_verdict_factors(student, seed):
    for what, _, factors, truth in verdicts(student, seed):
        for k, (factor, (_, right)) in enumerate(zip(factors, truth, strict=True)):
            compare(factor, right, f"the factor of passes[{k}] of {what}", tolerance=2e-3, relative=True)

"""Hidden tests of homework 1, each named as its cell. student: its functions, see course.border.asking; seed: its own.

The oracles differentiate or evaluate by another way than the solutions: complex steps, differences, limits.
"""

from functools import partial

import numpy as np

from course.border.expressions import Symbol
from course.tasks.comparisons import compare, formulas, parts, shown, unchanged
from helpers.calculus import complex_step, numerical_gradient

LINES = ["line 1", "line 2", "line 3", "line 4"]
FACTORS = ["upstream", "local", "input", "weight"]
SLOPES = ["dL/dw", "dL/db", "dL/dx"]


def probability(z):
    return 1 / (1 + np.exp(-z))


def loss(y, p):
    return -y * np.log(p) - (1 - y) * np.log(1 - p)


def loss_of_neuron(y, neuron):
    w, b, x = neuron
    return loss(y, probability(w * x + b))


def large_and_small(rng):
    """Arrays with numbers between 40 and 2000 in size beside others between −3 and 3."""
    for shape in [(4,), (7,), (2, 3), (5, 1)] * 2:
        large = rng.choice([-1, 1], shape) * rng.uniform(40, 2000, shape)
        yield np.where(rng.permuted(np.arange(large.size).reshape(shape) % 2) == 1, large, rng.uniform(-3, 3, shape))


def test_softplus_slope(student, seed):
    rng = np.random.default_rng([2101, 1])
    slope = np.vectorize(partial(complex_step, lambda t: np.log(1 + np.exp(t))))
    for z in [*rng.uniform(-6, 6, 30).tolist(), rng.uniform(-3, 3, 5), rng.uniform(-3, 3, (2, 3))]:
        compare(student.softplus_slope(z), slope(z), f"softplus_slope for z = {shown(z)}")


def test_softplus_slope_large(student, seed):
    rng = np.random.default_rng([2101, 2])
    slope = np.vectorize(partial(complex_step, lambda t: np.log(1 + np.exp(t))))
    for size in rng.uniform(40, 2000, 15).tolist():
        compare(student.softplus_slope(size), 1.0, f"softplus_slope for z = {size:.1f}")
        compare(student.softplus_slope(-size), 0.0, f"softplus_slope for z = {-size:.1f}")
    for z in large_and_small(rng):
        right = np.where(abs(z) < 40, slope(np.clip(z, -3, 3)), z > 0)
        compare(student.softplus_slope(z), right, f"softplus_slope for z = {shown(z)}")


def test_leaky_relu_slope(student, seed):
    rng = np.random.default_rng([2102, 1])
    for leak in rng.uniform(0.01, 0.6, 20).tolist():
        z = rng.choice([-1, 1], 6) * rng.uniform(0.01, 3, 6)
        left, right = (np.where(t > 0, t, leak * t) for t in (z - 1e-3, z + 1e-3))
        compare(
            student.leaky_relu_slope(z, leak),
            (right - left) / 2e-3,
            f"leaky_relu_slope for z = {shown(z)}, {leak=:.3f}",
        )


def test_leaky_relu_slope_kink(student, seed):
    rng = np.random.default_rng([2102, 2])
    for shape in [(1,), (4,), (2, 3), (3, 1), (2, 2, 2)] * 4:
        z, leak = rng.choice([-2.0, 0.0, 0.0, 1.5], shape), float(rng.uniform(0.01, 0.6))
        answer, after = student.call("leaky_relu_slope", z, leak)
        unchanged([z, leak], after, "leaky_relu_slope")
        compare(answer, np.where(z > 1, 1.0, leak), f"leaky_relu_slope for z = {shown(z)}, {leak=:.3f}")


def test_stable_loss(student, seed):
    rng = np.random.default_rng([2103, 1])
    cases = [(z, y) for z in rng.uniform(-5, 5, 15).tolist() for y in (0, 1)]
    cases += [(rng.uniform(-5, 5, shape), rng.integers(0, 2, shape)) for shape in [(1,), (6,), (3, 2)]]
    for z, y in cases:
        compare(student.stable_loss(z, y), loss(y, probability(z)), f"stable_loss for z = {shown(z)}, y = {shown(y)}")


def test_stable_loss_large(student, seed):
    rng = np.random.default_rng([2103, 2])
    for size in rng.uniform(40, 2000, 12).tolist():
        for z, y, right in [(size, 1, 0.0), (size, 0, size), (-size, 1, size), (-size, 0, 0.0)]:
            compare(student.stable_loss(z, y), right, f"stable_loss for z = {z:.1f}, y = {y}")
    for z in large_and_small(rng):
        y = rng.integers(0, 2, z.shape)
        right = np.where(abs(z) < 40, loss(y, probability(np.clip(z, -3, 3))), np.where(y == 1, -z, z).clip(0))
        compare(student.stable_loss(z, y), right, f"stable_loss for z = {shown(z)}, y = {shown(y)}")


def test_chain_rule_lines(student, seed):
    rng = np.random.default_rng([2104, 1])
    answer = student.chain_rule_lines(*map(Symbol, "pyx"))
    lines = formulas(answer, LINES, ["p", "y", "x"], "chain_rule_lines")[:3]
    for p, y, x in rng.uniform([0.05, 0, -2], [0.95, 1, 2], (20, 3)).tolist():
        rights = [
            complex_step(lambda q, y=y: loss(y, q), p),
            complex_step(probability, np.log(p / (1 - p))),
            complex_step(lambda w, x=x: w * x + 0.3, 0.7),
        ]
        for name, line, right in zip(LINES, lines, rights, strict=False):
            compare(line.at(p=p, y=y, x=x), right, f"{name} at p = {p:.3f}, y = {y:.3f}, x = {x:.3f}")


def test_chain_rule_lines_product(student, seed):
    rng = np.random.default_rng([2104, 2])
    answer = student.chain_rule_lines(*map(Symbol, "pyx"))
    line = formulas(answer, LINES, ["p", "y", "x"], "chain_rule_lines")[3]
    for p, y, x in rng.uniform([0.05, 0, -2], [0.95, 1, 2], (20, 3)).tolist():
        b = np.log(p / (1 - p)) - 0.6 * x  # so that p is the output at w = 0.6
        right = complex_step(lambda w, b=b, x=x, y=y: loss_of_neuron(y, (w, b, x)), 0.6)
        compare(line.at(p=p, y=y, x=x), right, f"line 4 at p = {p:.3f}, y = {y:.3f}, x = {x:.3f}")


def test_loss_gradient(student, seed):
    rng = np.random.default_rng([2106, 1])
    for w, b, x in rng.uniform(-2, 2, (15, 3)).tolist():
        for y in (0, 1):
            found = parts(student.loss_gradient(w, b, x, y), SLOPES, "loss_gradient")
            right = numerical_gradient(partial(loss_of_neuron, y), np.array([w, b, x]), "complex")
            for name, a, e in zip(SLOPES, found, right, strict=True):
                compare(a, e, f"{name} for w = {w:.3f}, b = {b:.3f}, x = {x:.3f}, y = {y}")


def test_loss_gradient_saturated(student, seed):
    rng = np.random.default_rng([2106, 2])
    for size in rng.uniform(40, 2000, 10).tolist():
        for z in (size, -size):
            for y in (0, 1):
                w, b = float(rng.uniform(0.5, 2) * rng.choice([-1, 1])), float(rng.uniform(-1, 1))
                x = (z - b) / w
                dz = (1.0 if z > 0 else 0.0) - y  # of a neuron that is certain
                found = parts(student.loss_gradient(w, b, x, y), SLOPES, "loss_gradient")
                for name, a, e in zip(SLOPES, found, (dz * x, dz, dz * w), strict=True):
                    compare(a, e, f"{name} for w = {w:.3f}, b = {b:.3f}, x = {x:.1f}, y = {y}")


def test_sympy_gradient(student, seed):
    rng = np.random.default_rng([2107, 1])
    lines = formulas(student.sympy_gradient(*map(Symbol, "wbxy")), SLOPES, list("wbxy"), "sympy_gradient")
    for w, b, x, y in rng.uniform([-2, -1, -2, 0], [2, 1, 2, 1], (20, 4)).tolist():
        right = numerical_gradient(partial(loss_of_neuron, y), np.array([w, b, x]), "complex")
        for name, line, e in zip(SLOPES, lines, right, strict=True):
            where = f"{name} at w = {w:.3f}, b = {b:.3f}, x = {x:.3f}, y = {y:.3f}"
            compare(line.at(w=w, b=b, x=x, y=y), e, where)


def label_and_step_size(seed):
    """The student's own label and step size, as the notebook draws them. With another label no answer can be asked."""
    rng = np.random.default_rng([1, seed])
    return int(rng.integers(2)), float(rng.choice([0.1, 0.2, 0.25, 0.5]))


def neurons(number):
    """Random neurons with an input: (w, b, x)."""
    return np.random.default_rng([2108, number]).uniform([-1, -0.5, -2.5], [1, 0.5, 2.5], (15, 3)).tolist()


def test_my_step_factors(student, seed):
    y, _ = label_and_step_size(seed)
    for w, b, x in neurons(1):
        found = parts(student.my_step(w, b, x), FACTORS, "my_step")
        p = probability(w * x + b)
        rights = [complex_step(partial(loss, y), p), complex_step(probability, w * x + b), x]
        for name, a, e in zip(FACTORS, found, rights, strict=False):
            compare(a, e, f"the factor {name} for w = {w:.3f}, b = {b:.3f}, x = {x:.3f} and your y", tolerance=6e-3)


def test_my_step_weight(student, seed):
    y, alpha = label_and_step_size(seed)
    for w, b, x in neurons(2):
        found = parts(student.my_step(w, b, x), FACTORS, "my_step")
        right = w - alpha * complex_step(lambda t, b=b, x=x: loss_of_neuron(y, (t, b, x)), w)
        where = f"the weight after the step from w = {w:.3f}, b = {b:.3f}, x = {x:.3f} with your y and alpha"
        compare(found[3], right, where, tolerance=6e-3)

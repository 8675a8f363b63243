"""`Value`: gradients against two independent oracles, its errors, and a program written for micrograd."""

import gc
import operator
import random

import numpy as np
import pytest
from graphs import ON_GRAPHS, graph_of
from hypothesis import given
from hypothesis import strategies as st
from programs import AUTOGRAD, gradient_by_autograd, gradient_by_complex_step, points, programs, run

from helpers.calculus.graph import Value, topological_order


def close(ours, exact):
    return np.allclose(ours, exact, rtol=1e-9, atol=1e-11 * (1 + np.abs(exact).max()))


@given(programs(tuple(ON_GRAPHS)), points())
def test_random_graphs_agree_with_autograd_and_the_complex_step(program, x):
    inputs, root = graph_of(program, x)
    root.backward()
    gradient = [node.grad for node in inputs]
    assert root.data == pytest.approx(run(program, x, AUTOGRAD, ON_GRAPHS)[-1], rel=1e-12, abs=1e-12)
    assert close(gradient, gradient_by_autograd(program, x, ON_GRAPHS))
    assert close(gradient, gradient_by_complex_step(program, x, ON_GRAPHS))


@given(programs(tuple(ON_GRAPHS)), points())
def test_backward_twice_does_not_double(program, x):
    inputs, root = graph_of(program, x)
    root.backward()
    before = [node.grad for node in topological_order(root)]
    root.backward()
    assert [node.grad for node in topological_order(root)] == before


@given(programs(tuple(ON_GRAPHS)), points())
def test_topological_order(program, x):
    _, root = graph_of(program, x)
    order = topological_order(root)
    place = {node: k for k, node in enumerate(order)}
    assert len(place) == len(order) and order[-1] is root
    assert all(place[parent] < place[node] for node in order for parent in node._prev)
    again = topological_order(graph_of(program, x)[1])
    assert [(node.data, node._op) for node in again] == [(node.data, node._op) for node in order]


def test_order_is_depth_first_from_the_left():
    a, b = Value(2, label="a"), Value(3, label="b")
    c = b * a
    assert topological_order(c + a)[:3] == [b, a, c]
    assert [node.label or node._op for node in topological_order(c + a)] == ["b", "a", "*", "+"]


# One operation at a time


@pytest.mark.parametrize(
    "result, data, grad",
    [
        (lambda x: x + x, 4, 2),
        (lambda x: x * x, 4, 4),
        (lambda x: x - x, 0, 0),
        (lambda x: x / x, 1, 0),
        (lambda x: 3 + x, 5, 1),
        (lambda x: 3 - x, 1, -1),
        (lambda x: 3 * x, 6, 3),
        (lambda x: 3 / x, 1.5, -0.75),
        (lambda x: x - 3, -1, 1),
        (lambda x: x / 4, 0.5, 0.25),
        (lambda x: -x, -2, -1),
        (lambda x: x**3, 8, 12),
        (lambda x: x**-1, 0.5, -0.25),
        (lambda x: x**0.5, 2**0.5, 0.5 / 2**0.5),
        (lambda x: x**0, 1, 0),
        (lambda x: sum([x, x, x]), 6, 3),
        (lambda x: x.relu(), 2, 1),
        (lambda x: (-x).relu(), 0, 0),
        (lambda x: (x - 2).relu(), 0, 0),
    ],
)
def test_small_expressions(result, data, grad):
    x = Value(2)
    root = result(x)
    root.backward()
    assert root.data == pytest.approx(data) and x.grad == pytest.approx(grad)


@pytest.mark.parametrize("number", [np.float64(3), np.float32(3), np.int64(3), np.uint8(3), 3, True])
@pytest.mark.parametrize("operation", [operator.add, operator.sub, operator.mul, operator.truediv])
def test_numbers_on_either_side(operation, number):
    x = Value(2.0)
    for root in (operation(number, x), operation(x, number)):
        assert isinstance(root, Value) and type(root.data) is float
    assert operation(number, x).data == operation(float(number), 2.0)
    assert operation(x, number).data == operation(2.0, float(number))


@pytest.mark.parametrize("z", [-800.0, -30.0, 0.0, 30.0, 800.0])
def test_sigmoid_and_tanh_do_not_overflow(z):
    x = Value(z)
    y = x.sigmoid()
    y.backward()
    exact = 1 / (1 + np.exp(np.longdouble(-z)))
    assert y.data == pytest.approx(float(exact), rel=1e-15, abs=1e-300)
    assert x.grad == pytest.approx(float(exact * (1 / (1 + np.exp(np.longdouble(z))))), rel=1e-14, abs=1e-300)
    assert x.tanh().data == np.tanh(z)


def test_not_a_number_stays_one():
    x = Value(np.nan)
    assert all(np.isnan(y.data) for y in (x + 1, x * 0, x.tanh(), x.sigmoid(), x.exp(), x.log(), x.relu()))


def test_a_long_chain_needs_no_recursion():
    x = total = Value(0.5)
    for _ in range(10_000):
        total = total + x
    assert len(topological_order(total)) == 10_001
    total.backward()
    assert x.grad == 10_001
    y = Value(1.0)
    deep = y
    for _ in range(10_000):
        deep = -deep
    deep.backward()
    assert y.grad == 1.0
    del deep, total
    gc.collect()


def test_a_ladder_of_diamonds_is_linear_in_time():
    x = root = Value(1.0)
    for _ in range(500):
        root = root * 0.5 + root * 0.5
    root.backward()
    assert x.grad == 1.0


def test_only_the_nodes_below_the_root_are_touched():
    x, other = Value(2.0), Value(3.0)
    above = (x * x) * other
    above.backward()
    assert other.grad == 4.0
    (x + 1).backward()
    assert (x.grad, other.grad) == (1.0, 4.0)


# Errors


@pytest.mark.parametrize(
    "operation, error, words",
    [
        (lambda x: (x - 2).log(), ValueError, "log of a node of value 0: needs a positive number"),
        (lambda x: (x * -1).log(), ValueError, "log of a node of value -2"),
        (lambda x: 1 / (x - 2), ZeroDivisionError, r"a node of value 0 \*\* -1: division by zero"),
        (lambda x: (x - 2) ** -0.5, ZeroDivisionError, r"\*\* -0.5: division by zero"),
        (lambda x: x / 0, ZeroDivisionError, "a node of value 0"),
        (lambda x: (-x) ** 0.5, ValueError, r"a node of value -2 \*\* 0.5: a fractional power needs a base"),
        (lambda x: (x - 2) ** 0.5, ValueError, "the slope is infinite at 0"),
        (lambda x: (400 * x).exp(), OverflowError, "exp of a node of value 800 is too large for a float"),
        (lambda x: x**2000, OverflowError, "pow of node 'x' .value 2. is too large"),
        (lambda x: x ** np.float64(2000), OverflowError, "pow of node 'x' .value 2. is too large"),
        (lambda x: x ** np.int64(2000), OverflowError, "pow of node 'x' .value 2. is too large"),
        (lambda x: (-x) ** np.inf, ValueError, r"a node of value -2 \*\* inf: the exponent must be finite"),
        (lambda x: x ** -float("inf"), ValueError, r"node 'x' .value 2. \*\* -inf: the exponent must be finite"),
        (lambda x: x**np.nan, ValueError, r"\*\* nan: the exponent must be finite"),
        (lambda x: (-x) ** x, ValueError, "log of a node of value -2: needs a positive number"),
        (lambda x: (-2) ** x, ValueError, "log of a node of value -2: needs a positive number"),
        (lambda x: 0**x, ValueError, "log of a node of value 0: needs a positive number"),
        (lambda x: 10.0 ** (400 * x), OverflowError, "exp of a node of value .* is too large"),
    ],
)
def test_outside_the_domain_the_node_is_named(operation, error, words):
    with pytest.raises(error, match=words):
        operation(Value(2.0, label="x"))


def test_the_label_is_named():
    with pytest.raises(ValueError, match=r"log of node 'ratio' \(value -1\)"):
        Value(-1, label="ratio").log()


@pytest.mark.parametrize(
    "operation",
    [
        lambda x: x + "1",
        lambda x: None * x,
        lambda x: x - 1j,
        lambda x: x / [1],
        lambda x: x * np.ones(2),
        lambda x: np.ones(2) * x,
        lambda x: np.array([x, x]) * x,
        lambda x: np.ones(2) - x,
        lambda x: x - None,
        lambda x: x - np.array(2.0),
        lambda x: x - [1.0],
        lambda x: x / np.ones((2, 2)),
        lambda x: np.ones(2) ** x,
        lambda x: [1.0, 2.0] * x,
        lambda x: x**1j,
        lambda x: "2" ** x,
        lambda x: Value("1"),
        lambda x: Value(np.ones(1)),
        lambda x: Value(x),
    ],
)
def test_what_is_no_number_is_a_type_error(operation):
    with pytest.raises(TypeError, match="(Value needs a single|the exponent must be a) real number, not"):
        operation(Value(2.0))


def test_repr():
    assert repr(Value(2, label="x")) == "Value(data=2.0, grad=0.0)"


@given(st.floats(0.1, 5), st.floats(-3, 3))
def test_powers_of_nodes(base, exponent):
    x, k = Value(base), Value(exponent)
    root = x**k + 2.0**k + np.float64(3.0) ** k
    root.backward()
    assert root.data == pytest.approx(base**exponent + 2**exponent + 3**exponent, rel=1e-14)
    assert x.grad == pytest.approx(exponent * base ** (exponent - 1), rel=1e-13)
    by_k = [b**exponent * np.log(b) for b in (base, 2, 3)]
    assert k.grad == pytest.approx(sum(by_k), rel=1e-13, abs=1e-13)


# A program written for micrograd's Value runs unchanged, with three exceptions


def test_a_second_backward_replaces_gradients():
    x = Value(3.0)
    (2 * x).backward()
    (x * x).backward()
    assert x.grad == 6.0


def test_backward_of_ones_own_is_refused():
    with pytest.raises(AttributeError):
        Value(3.0)._backward = lambda: None


def test_local_derivatives_are_those_of_the_building():
    x = Value(3.0)
    root = x * x
    x.data = 5.0
    root.backward()
    assert x.grad == 6.0 and root.data == 9.0


def test_example_of_micrograds_readme():
    """Verbatim from https://github.com/karpathy/micrograd, MIT licence, Copyright (c) 2020 Andrej Karpathy."""
    a = Value(-4.0)
    b = Value(2.0)
    c = a + b
    d = a * b + b**3
    c += c + 1
    c += 1 + c + (-a)
    d += d * 2 + (b + a).relu()
    d += 3 * d + (b - a).relu()
    e = c - d
    f = e**2
    g = f / 2.0
    g += 10.0 / f
    assert f"{g.data:.4f}" == "24.7041"
    g.backward()
    assert f"{a.grad:.4f}" == "138.8338"
    assert f"{b.grad:.4f}" == "645.5773"


class Unit:
    """A neuron in micrograd's style."""

    def __init__(self, n_in, nonlinear=True):
        self.weights = [Value(random.uniform(-1, 1)) for _ in range(n_in)]
        self.bias = Value(0)
        self.nonlinear = nonlinear

    def __call__(self, x):
        z = sum((w * v for w, v in zip(self.weights, x, strict=True)), self.bias)
        return z.relu() if self.nonlinear else z

    def parameters(self):
        return [*self.weights, self.bias]


class Net:
    """Layers of such neurons; the last one is linear."""

    def __init__(self, sizes):
        pairs = list(zip(sizes, sizes[1:], strict=False))
        self.layers = [[Unit(n, k < len(pairs) - 1) for _ in range(m)] for k, (n, m) in enumerate(pairs)]

    def __call__(self, x):
        for layer in self.layers:
            x = [unit(x) for unit in layer]
        return x[0] if len(x) == 1 else x

    def parameters(self):
        return [p for layer in self.layers for unit in layer for p in unit.parameters()]

    def zero_grad(self):
        for p in self.parameters():
            p.grad = 0


def test_network_trained_with_a_margin_loss():
    random.seed(1337)
    rng = np.random.default_rng(0)
    X = rng.normal(size=(24, 2))
    y = np.where(X[:, 0] * X[:, 1] > 0, 1, -1)
    net = Net([2, 8, 8, 1])
    losses = []
    for k in range(30):
        scores = [net(list(map(Value, row))) for row in X]
        margins = [(1 + -yi * score).relu() for yi, score in zip(y, scores, strict=True)]
        loss = sum(margins) * (1.0 / len(margins)) + 1e-4 * sum(p * p for p in net.parameters())
        net.zero_grad()
        loss.backward()
        if k == 0:
            p = net.parameters()[3]
            slope, p.data = p.grad, p.data + 1e-6
            moved = [net(list(map(Value, row))).data for row in X]
            penalty = 1e-4 * sum(q.data**2 for q in net.parameters())
            after = np.mean(np.maximum(0, 1 - y * moved)) + penalty
            assert (after - loss.data) / 1e-6 == pytest.approx(slope, abs=1e-5)
            p.data -= 1e-6
        for p in net.parameters():
            p.data -= (0.5 - 0.4 * k / 30) * p.grad
        losses.append(loss.data)
    accuracy = np.mean([(yi > 0) == (score.data > 0) for yi, score in zip(y, scores, strict=True)])
    assert losses[-1] < 0.25 * losses[0]
    assert accuracy > 0.9


def test_graph_can_be_walked_as_micrograds_drawing_does():
    x, w = Value(1.0), Value(-2.0)
    root = (x * w + 1).relu() + x * w
    nodes, edges = set(), set()

    def build(v):
        if v not in nodes:
            nodes.add(v)
            for child in v._prev:
                edges.add((child, v))
                build(child)

    build(root)
    root.backward()
    assert sorted(n._op for n in nodes) == ["", "", "", "*", "*", "+", "+", "ReLU"]
    assert len(edges) == 9
    assert all(f"data {n.data:.4f} | grad {n.grad:.4f}" for n in nodes)

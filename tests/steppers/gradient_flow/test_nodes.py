"""The nodes of a graph as data: names, kinds, formulas, and numbers of the reader's own."""

import math
from types import SimpleNamespace

import pytest
from graphs import ON_GRAPHS, labelled_graph
from hypothesis import given
from programs import Library, points, programs, run

from helpers.calculus.graph import Value, topological_order
from helpers.engine.assembly import assemble
from helpers.running_actor import actor_graph
from helpers.steppers.gradient_flow.nodes import nodes_of, plain
from helpers.steppers.gradient_flow.own_nodes import as_values
from helpers.steppers.gradient_flow.program import program_of
from helpers.steppers.gradient_flow.view import show_gradient_flow


@given(programs(tuple(ON_GRAPHS), lines=6), points())
def test_order_numbers_and_gradients_are_the_graphs(program, x):
    root = labelled_graph(program, x)[1]
    nodes, order = nodes_of(root), topological_order(root)
    assert [(node.value, node.gradient) for node in nodes] == [(value.data, value.grad) for value in order]
    for node, value in zip(nodes, order, strict=True):
        assert [order[i] for i in node.parents] == list(value._prev) and node.locals == tuple(value._locals)
        assert "own" not in plain(node, nodes)


def test_kinds_names_and_formulas():
    a, x = Value(2.0, label="a1"), Value(3.0, label="x")
    nodes = nodes_of(((a * x + 1.5) ** 3).tanh(), inputs=("x",))
    assert [node.kind for node in nodes] == ["parameter", "input"] + ["operation"] + ["constant"] + 3 * ["operation"]
    assert [node.name for node in nodes] == ["a₁", "x", "a₁·x", "1.5", "sum", "sum³", "tanh"]
    assert [node.formula.format("p", "q") for node in nodes if node.parents] == ["p·q", "p + q", "(p)³", "tanh(p)"]
    assert [node.exponent for node in nodes if node.op == "**"] == [3.0]


@pytest.mark.parametrize("k", [-1.0, 0.5, 1 / 3, 2, 1e-7, 1234567.0])
def test_exponents_keep_all_their_digits(k):
    nodes = nodes_of(Value(1.0, label="a") ** k)
    assert nodes[-1].exponent == k and "own" not in plain(nodes[-1], nodes)


@pytest.mark.parametrize(
    "op, data, slopes", [("tanh", math.tanh(0.7), (1.0,)), ("tanh", 0.6, (0.635,)), ("square", 0.49, (1.4,))]
)
def test_numbers_of_the_readers_own_go_along(op, data, slopes):
    a = Value(0.7, label="a")
    nodes = nodes_of(Value(data, (a,), op, label="h", _locals=slopes) * 2.0)
    own = [plain(node, nodes).get("own") for node in nodes]
    assert own == [None, {"value": data, "slopes": [*slopes]}, None, None]


def test_operations_without_a_short_formula_are_named_by_a_word_and_counted():
    a, b = Value(0.5, label="alpha"), Value(2.0, label="gamma")
    products = [alpha * beta for alpha, beta in ((a, b), (b, b), (b, a))]
    root = (products[0] + products[1]) * (products[0] + products[2])
    names = [node.name for node in nodes_of((root**2).exp() + root)]
    assert names == "alpha gamma product product₂ sum product₃ sum₂ sum·sum₂ power exp sum₃".split()


@pytest.mark.parametrize("root", [2.0, None, "x", [Value(1.0)], SimpleNamespace(data=1.0, parents=())])
def test_the_root_must_be_a_node(root):
    with pytest.raises(TypeError, match="root must be a Value, the last node of an expression, not "):
        as_values(root)


OWN = assemble().Value
SHARED = ("add", "sub", "mul", "double", "power", "root", "tanh", "exp", "log")


@given(programs(SHARED, lines=6), points())
def test_the_readers_own_nodes_are_drawn_as_the_helpers_are(program, x):
    theirs, inputs = (
        labelled_graph(program, x)[1],
        [OWN(number, label=label) for number, label in zip(x, "xyw", strict=True)],
    )
    root = run(program, inputs, Library(OWN.tanh, OWN.exp, OWN.log, None))[-1]
    for own, other in zip(nodes_of(as_values(root)), nodes_of(theirs), strict=True):
        assert (own.label, own.op, own.parents, own.formula) == (other.label, other.op, other.parents, other.formula)
        assert (own.value, own.gradient) == pytest.approx((other.value, other.gradient), rel=1e-9, abs=1e-12)
    assert [node.grad for node in inputs] == [0.0] * 3  # they stay as they are


def test_a_long_chain_of_own_nodes_is_no_recursion():
    root = OWN(1.0)
    for _ in range(5000):
        root = root + 1.0
    with pytest.raises(ValueError, match="a graph of 10001 nodes"):
        show_gradient_flow(root)


# The program beside it

PROGRAM = """
h1 = tanh(u1 * x + c1)
h2 = tanh(u2 * x + c2)
z = w1 * h1 + w2 * h2 + b
return log(sigmoid(z))
"""


def test_each_node_has_the_line_that_computes_it():
    nodes = nodes_of(actor_graph())
    lines, place = program_of(PROGRAM, nodes)
    assert lines == PROGRAM.strip().split("\n")
    found = {node.label: k for node, k in zip(nodes, place, strict=True)}
    assert [found[label] for label in ("u1·x", "z1", "h1")] == [0, 0, 0]
    assert [found[label] for label in ("u2·x", "h2", "w1·h1", "sum", "z")] == [1, 1, 2, 2, 2]
    assert (found["π"], found["log π"], found["u1"], found["x"]) == (3, 3, None, None)


def sample(a, b):
    """A docstring that is not shown."""
    product = a * b
    return product.tanh()


def test_a_function_shows_its_body():
    a, b = Value(2.0, label="a"), Value(0.5, label="b")
    root = sample(a, b)
    root._prev[0].label = "product"
    lines, place = program_of(sample, nodes_of(root))
    assert lines == ["product = a * b", "return product.tanh()"] and place == [None, None, 0, 1]


def test_what_is_no_python_is_refused():
    with pytest.raises(ValueError, match="code must be a function or lines of Python"):
        program_of("h = = 2", nodes_of(Value(1.0, label="a")))

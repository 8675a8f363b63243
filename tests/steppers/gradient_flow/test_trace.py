"""The recorded steps: the same gradients as backward(), one step for each edge, formulas that can be read."""

import pytest
from graphs import ON_GRAPHS, graph_of, labelled_graph
from hypothesis import given
from hypothesis import strategies as st
from programs import points, programs

from helpers.calculus.graph import Value, topological_order
from helpers.running_actor import actor_graph
from helpers.steppers.gradient_flow.trace import trace


def labelled(values):
    return [Value(value, label=label) for value, label in zip(values, "xyw", strict=True)]


@given(programs(tuple(ON_GRAPHS), lines=6), points())
def test_gradients_are_those_of_backward(program, x):
    _, root = graph_of(program, x)
    for node, label in zip((n for n in topological_order(root) if not n._prev), "abcdefghijklmnopq", strict=False):
        node.label = label
    recorded = trace(root, inputs=("a",))
    root.backward()
    order = topological_order(root)
    final = recorded.steps[-1].gradients
    assert recorded.nodes[-1].value == root.data
    for i, (node, value) in enumerate(zip(recorded.nodes, order, strict=True)):
        assert node.value == value.data
        if node.kind != "constant":
            assert final[i] == pytest.approx(value.grad, rel=1e-12, abs=1e-300)


@given(programs(tuple(ON_GRAPHS), lines=6), points())
def test_one_backward_step_for_each_edge_but_those_to_constants(program, x):
    _, root = graph_of(program, x)
    recorded = trace(root)
    edges = [(s, t, k) for t, n in enumerate(recorded.nodes) for k, s in enumerate(n.parents)]
    wanted = {edge for edge in edges if recorded.nodes[edge[0]].kind != "constant"}
    assert {(e.source, e.target, e.operand) for e in recorded.edges} == wanted
    assert len(recorded.edges) == len(wanted)
    backward = [step.edge for step in recorded.steps if step.kind == "backward"]
    assert backward == list(range(len(recorded.edges)))
    kinds = [step.kind for step in recorded.steps]
    operations = sum(node.kind == "operation" for node in recorded.nodes)
    assert kinds == ["given"] + operations * ["forward"] + ["seed"] + len(wanted) * ["backward"] + ["done"]


@given(programs(tuple(ON_GRAPHS), lines=6), points())
def test_each_step_is_local_times_upstream_and_adds_up(program, x):
    _, root = graph_of(program, x)
    recorded = trace(root)
    for before, step in zip(recorded.steps, recorded.steps[1:], strict=False):
        if step.kind == "backward":
            edge = recorded.edges[step.edge]
            local = recorded.nodes[edge.target].locals[edge.operand]
            assert step.node == edge.source and edge.local == local
            changed = {i for i in step.gradients if step.gradients[i] != before.gradients.get(i)}
            assert changed <= {edge.source}
            added = step.gradients[edge.source] - before.gradients.get(edge.source, 0.0)
            assert added == pytest.approx(local * before.gradients[edge.target], rel=1e-6, abs=1e-9)
            users = [e for e in recorded.edges if e.source == edge.target]
            assert max((recorded.edges.index(e) for e in users), default=-1) < step.edge  # upstream was complete


def test_actor():
    recorded = trace(actor_graph())
    kinds = [node.kind for node in recorded.nodes]
    assert (kinds.count("input"), kinds.count("parameter"), kinds.count("operation")) == (1, 7, 12)
    assert (len(recorded.edges), len(recorded.steps)) == (20, 35)
    u1 = next(k for k, node in enumerate(recorded.nodes) if node.label == "u1")
    assert recorded.steps[-1].gradients[u1] == pytest.approx(-0.326552825269)
    assert (
        "∂(log π)/∂u1 = −0.327" in recorded.steps[-1].sentence or "∂log π/∂u1 = −0.327" in recorded.steps[-1].sentence
    )


def test_kinds_and_labels():
    x, w = Value(2.0, label="x"), Value(-3.0, label="w")
    recorded = trace((w * x + 1).tanh())
    assert [(n.label, n.kind) for n in recorded.nodes] == [
        ("w", "parameter"),
        ("x", "input"),
        ("w·x", "operation"),
        ("1", "constant"),
        ("w·x + 1", "operation"),
        ("out", "operation"),
    ]
    assert recorded.nodes[-1].formula == "tanh(w·x + 1)"
    assert trace(w * x, inputs=("w",)).nodes[0].kind == "input"


def test_sum_of_contributions_is_told():
    a = Value(3.0, label="a")
    steps = [step for step in trace(a + a).steps if step.kind == "backward"]
    assert [step.gradients[0] for step in steps] == [1.0, 2.0]
    assert all("+=" in step.formula for step in steps)
    assert "contribution 1 of 2" in steps[0].sentence
    assert "contribution 2 of 2" in steps[1].sentence and "which is now 2.000" in steps[1].sentence
    b = Value(2.0, label="b")
    assert all("+=" not in step.formula for step in trace(a * b).steps)


def balanced(text):
    depth = 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return False
    return depth == 0


@given(programs(tuple(ON_GRAPHS), lines=6), points(), st.booleans())
def test_brackets_in_formulas_are_balanced(program, x, named):
    _, root = labelled_graph(program, x) if named else graph_of(program, x)
    recorded = trace(root)
    for text in (
        [n.formula for n in recorded.nodes] + [n.numbers for n in recorded.nodes] + [n.label for n in recorded.nodes]
    ):
        assert balanced(text), text
    assert all(balanced(step.formula) and "\n" not in step.sentence for step in recorded.steps)


@pytest.mark.parametrize(
    "result, formula, numbers",
    [
        (lambda a, b: ((a + b) * b).tanh(), "tanh((a + b)·b)", "tanh(3.000)"),
        (lambda a, b: ((a + b) * b) ** 2, "((a + b)·b)²", "(3.000)²"),
        (lambda a, b: a.tanh() ** 2, "(tanh(a))²", "(−0.964)²"),
        (lambda a, b: (a**2) ** 3, "(a²)³", "(4.000)³"),
        (lambda a, b: a**-1, "a⁻¹", "(−2.000)⁻¹"),
        (lambda a, b: b**0.5, "b^0.5", "(3.000)^0.5"),
        (lambda a, b: b**10, "b¹⁰", "(3.000)¹⁰"),
        (lambda a, b: (a + b) * (b + b), "(a + b)·(b + b)", "1.000·6.000"),
        (lambda a, b: a.exp(), "exp(a)", "exp(−2.000)"),
        (lambda a, b: a + b, "a + b", "(−2.000) + 3.000"),
    ],
)
def test_formulas(result, formula, numbers):
    root = result(Value(-2.0, label="a"), Value(3.0, label="b"))
    node = trace(root).nodes[-1]
    assert (node.formula, node.numbers) == (formula, numbers)


def test_root_must_be_a_value():
    with pytest.raises(TypeError, match="root must be a Value, the last node of an expression, not float"):
        trace(2.0)


def test_a_leaf_alone():
    recorded = trace(Value(2.0, label="w"))
    assert [step.kind for step in recorded.steps] == ["given", "seed", "done"]

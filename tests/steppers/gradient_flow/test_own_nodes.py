"""Nodes of the reader's own class in the live picture."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.calculus import Value
from helpers.engine.assembly import assemble
from helpers.steppers import show_gradient_flow
from helpers.steppers.gradient_flow.nodes import nodes_of

OWN = assemble().Value


def expression(kind, numbers):
    a, b, c = (kind(number, label=name) for number, name in zip(numbers, "abc", strict=True))
    s = a * b + c
    return (s * s.tanh() + s) * (a.sigmoid() + b**2)


@given(st.lists(st.floats(-2, 2), min_size=3, max_size=3))
def test_own_nodes_are_drawn_as_those_of_the_library(numbers):
    own, other = nodes_of(expression(OWN, numbers)), nodes_of(expression(Value, numbers))
    for a, b in zip(own, other, strict=True):
        for name in ("label", "kind", "op", "exponent", "formula", "parents"):
            assert getattr(a, name) == getattr(b, name)
        assert (a.value, *a.locals, a.gradient) == pytest.approx((b.value, *b.locals, b.gradient), rel=1e-9, abs=1e-12)


def test_wrong_numbers_of_the_readers_are_shown_as_they_are():
    a, b = OWN(2.0, label="a"), OWN(5.0, label="b")
    root = OWN(11.0, (a, b), (2.0, 5.0), "*")
    last = nodes_of(root)[-1]
    assert (last.value, last.locals) == (11.0, (2.0, 5.0))
    assert "11" in show_gradient_flow(root).html()


def test_a_node_without_backward_is_enough():
    class Bare:
        def __init__(self, data, parents=(), local=(), op="", label=""):
            self.data, self.parents, self.local, self.op, self.label = data, parents, local, op, label

    a = Bare(3.0, label="a")
    nodes = nodes_of(Bare(6.0, (a, a), (1.0, 1.0), "+"))
    assert [node.gradient for node in nodes] == [2.0, 1.0]


def test_what_is_no_graph_is_told():
    for wrong in (3.0, "a", object()):
        with pytest.raises(TypeError, match="must be a Value"):
            show_gradient_flow(wrong)
    a = OWN(1.0)
    a.parents, a.local = (a,), (1.0,)
    with pytest.raises(TypeError, match="among those"):
        nodes_of(a)

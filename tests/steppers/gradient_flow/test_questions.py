"""The questions at backward edges: the right number is taken however it was computed, mistakes are named."""

import math
import re

import numpy as np
import pytest
from graphs import ON_GRAPHS, labelled_graph
from hypothesis import example, given
from programs import points, programs

from helpers.calculus.graph import Value
from helpers.drawing import svg
from helpers.running_actor import actor_graph
from helpers.steppers.gradient_flow.nodes import nodes_of
from helpers.steppers.gradient_flow.questions import NEAR, backward_edges, questions_of


def shown(value):
    """The number that stands in the picture."""
    return float(svg.number(value).replace("−", "-"))


def to_three_digits(value):
    return float(f"{value:.3g}")


def matches(typed, case):
    """What the script does."""
    return abs(typed - case.number) <= case.tolerance


def verdict(question, typed):
    cases = [question.answer, *question.mistakes, question.near]
    return next((case.words for case in cases if matches(typed, case)), question.hints[0])


def asked(root, inputs=("x", "y")):
    """(question, its right factors, source and target) of each question, in the order in which they are asked."""
    nodes = nodes_of(root, inputs)
    edges, found = backward_edges(nodes), []
    for place, (after_slope, after_part) in questions_of(nodes).items():
        source, target, operand = edges[place]
        slope, upstream = nodes[target].locals[operand], nodes[target].gradient
        ends = nodes[source].label, nodes[target].label
        found += [(after_slope, (slope,), *ends), (after_part, (slope, upstream), *ends)]
    return found


def chosen(root, here, there):
    """The two questions for one edge, by the labels of its ends."""
    both = [entry[:2] for entry in asked(root) if entry[2:] == (here, there)]
    return both[0][0], both[1][0], both[1][1]


SAME_LABELS = [("power", 0, 0), ("power", 0, 3), ("add", 0, 0), ("add", 0, 0), ("add", 0, 4), ("add", 5, 7)]


@given(programs(tuple(ON_GRAPHS), lines=6), points())
@example([("tanh", 0, 0)], np.array([0.015625, 0.0, 0.0]))
def test_the_right_answer_is_accepted_exact_or_from_displayed_numbers(program, x):
    for question, factors, *_ in asked(labelled_graph(program, x)[1]):
        for right in (math.prod(factors), math.prod(map(shown, factors))):
            for typed in (right, to_three_digits(right), float(f"{right:.6g}"), shown(right)):
                assert verdict(question, typed) == question.answer.words


@given(programs(tuple(ON_GRAPHS), lines=6), points())
@example(SAME_LABELS, np.zeros(3))
def test_no_mistake_gives_the_answer_and_no_two_the_same_number(program, x):
    for question, *_ in asked(labelled_graph(program, x)[1]):
        cases = [question.answer, *question.mistakes]
        for k, one in enumerate(cases):
            assert math.isfinite(one.number) and math.isfinite(one.tolerance) and one.tolerance >= 0
            for other in cases[:k]:
                assert abs(one.number - other.number) > one.tolerance + other.tolerance


@given(programs(tuple(ON_GRAPHS), lines=6), points())
@example([("tanh", 0, 0)], np.array([0.015625, 0.0, 0.0]))  # 0.99976, which is displayed as 1.000
@example([("tanh", 0, 0), ("mul", 3, 1)], np.array([0.015625, -1.0, 0.0]))
@example([("add", 0, 0), ("power", 0, 3)], np.array([0.0078125, 0.0, 0.0]))  # 0.00073, which is displayed as 0.001
def test_zero_or_a_wrong_third_digit_is_not_right(program, x):
    for question, factors, *_ in asked(labelled_graph(program, x)[1]):
        product, displayed = math.prod(factors), math.prod(map(shown, factors))
        if product != 0:
            assert not matches(0.0, question.answer)
            step = 10.0 ** (math.floor(math.log10(abs(product))) - 2)
            right = [read(value) for value in (product, displayed) for read in (float, shown, to_three_digits)]
            assert not matches(max(right) + 1.01 * step, question.answer)
            assert not matches(min(right) - 1.01 * step, question.answer)


@given(programs(tuple(ON_GRAPHS), lines=6), points())
def test_two_questions_for_each_edge_with_a_factor_and_finite_digits(program, x):
    nodes = nodes_of(labelled_graph(program, x)[1])
    questions = questions_of(nodes)
    for place, (_, target, operand) in enumerate(backward_edges(nodes)):
        factors = nodes[target].locals[operand], nodes[target].gradient
        numbers = [read(value) for value in (factors[0], math.prod(factors)) for read in (float, shown)]
        digits = all(value == 0 or abs(value) >= np.finfo(float).tiny for value in numbers)
        if nodes[target].op == "+" or digits:
            assert (place in questions) == (nodes[target].op != "+")


# The local derivative


def of(operation, value=0.7):
    """The first question about one operation on a node a, twice the leaf x."""
    a = Value(value, label="x") * 1.0
    a.label = "a"
    y = operation(a)
    y.label = "y"
    return chosen(y * 3.0, "a", "y")[0]


@pytest.mark.parametrize(
    "operation, value, slope, rule",
    [
        (Value.tanh, 0.7, 1 - math.tanh(0.7) ** 2, "1 − y²"),
        (Value.sigmoid, 0.7, 0.2217128, "y(1 − y)"),
        (Value.log, 0.7, 1 / 0.7, "1/a"),
        (Value.exp, 0.7, math.exp(0.7), "y"),
        (Value.relu, 0.7, 1.0, "1 where on, 0 where off"),
        (lambda a: a**3, 0.7, 3 * 0.49, "3·a^2"),
        (lambda a: a**2, 0.7, 1.4, "2·a"),
        (lambda a: a * Value(-0.4, label="k"), 0.7, -0.4, "k"),
    ],
)
def test_the_slope_of_each_operation_and_its_rule(operation, value, slope, rule):
    question = of(operation, value)
    assert verdict(question, slope) == f"Right: ∂y/∂a = {rule} = {svg.number(slope)}."
    assert question.hints[1] == f"∂y/∂a = {rule}. Put the numbers in."
    assert verdict(question, 77.0) == question.hints[0] != question.hints[1]


@pytest.mark.parametrize(
    "operation, typed, words",
    [
        (Value.tanh, 1 - 0.49, "The slope of tanh is 1 minus the square of its *output* y; you squared a."),
        (Value.tanh, math.tanh(0.7) ** 2, "That is the square alone; the slope is 1 minus it."),
        (Value.sigmoid, 0.21, "The formula p(1 − p) takes the sigmoid's *output* y; you put a into it."),
        (Value.log, 0.7, "That is a itself; the slope of log is 1 divided by it."),
        (Value.exp, 0.7, "The slope of exp is its own value, y; you gave what goes in."),
        (Value.tanh, math.tanh(0.7), "That is the value of y; the question is how it answers to a."),
        (Value.tanh, math.tanh(0.7) ** 2 - 1, "The size is right, the sign is not."),
        (lambda a: a * Value(-4, label="k"), 0.7, "That is a itself. When a moves a little, y moves k times as much."),
        (lambda a: a**3, 3 * 0.343, "The exponent comes down, and one less of it stays above."),
    ],
)
def test_mistakes_about_the_slope_are_named(operation, typed, words):
    assert verdict(of(operation), typed) == words


# What arrives


def fan_out():
    """z = a·b; the root is tanh(z·c + z·d), so that z gets two contributions and a one through a product."""
    a, b, c, d = (Value(v, label=n) for v, n in zip((2.5, -0.6, 1.7, -0.4), "abcd", strict=True))
    z = a * b
    z.label = "z"
    p, q = z * c, z * d
    p.label, q.label = "p", "q"
    root = (p + q).tanh()
    root.label = "L"
    return root


def test_each_mistake_has_its_words():
    _, question, (local, upstream) = chosen(fan_out(), "a", "z")
    slope, so_far = "the local derivative, ∂z/∂a,", "the upstream, ∂L/∂z,"
    words = {
        local: f"That is {slope} alone: {so_far} is missing.",
        upstream: f"That is {so_far} alone: {slope} is missing.",
        -local * upstream: "The size is right, the sign is not: only the local derivative is negative, so the "
        "product is negative.",
        local + upstream: "You added local and upstream: the chain rule multiplies them.",
        upstream / local: f"You divided by {slope} and the upstream is multiplied by it.",
        2.5 * upstream: "The local derivative is wrong: that one, ∂z/∂b, belongs to the other operand, b.",
        local * -1.5: "The upstream is wrong: you took the value of z; its gradient stands below it.",
    }
    for typed, expected in words.items():
        assert verdict(question, typed) == verdict(question, to_three_digits(typed)) == expected


def test_the_gradient_of_another_node_is_named():
    _, question, (local, _) = chosen(fan_out(), "b", "z")
    gradients = {node.label: node.gradient for node in nodes_of(fan_out())}
    wrong = "The upstream is wrong: that is the one of {}, not of z."
    for label, names in (("a", "a"), ("c", "c or d"), ("p", "p or q or p + q")):
        assert verdict(question, local * gradients[label]) == wrong.format(names)


def test_the_total_at_fan_out_is_named_at_the_second_contribution():
    nodes = nodes_of(fan_out())
    edges, questions = backward_edges(nodes), questions_of(nodes)
    into_z = [place for place, (source, _, _) in enumerate(edges) if nodes[source].label == "z"]
    total = nodes[edges[into_z[0]][0]].gradient
    words = "That is the total which z has after this edge: give only what this edge adds."
    assert [verdict(questions[place][1], total) == words for place in into_z] == [False, True]


def test_a_rounded_answer_is_called_near():
    _, question, _ = chosen(Value(1.234, label="a") * Value(3.0, label="b") * 1.0, "a", "a·b")
    assert (verdict(question, 3.0), verdict(question, 3.03)) == (question.answer.words, NEAR)


@pytest.mark.parametrize(
    "local, upstream, words",
    [
        (2.0, 3.0, "neither factor is negative, so their product is positive"),
        (-2.0, -3.0, "both factors are negative, so their product is positive"),
        (-2.0, 3.0, "only the local derivative is negative, so the product is negative"),
        (2.0, -3.0, "only the upstream is negative, so the product is negative"),
    ],
)
def test_the_sign_is_explained(local, upstream, words):
    inner = Value(1.3, label="a") * Value(local, label="k")
    inner.label = "i"
    _, question, _ = chosen(inner * Value(upstream, label="m"), "a", "i")
    assert verdict(question, -local * upstream) == f"The size is right, the sign is not: {words}."


def test_a_zero_product_is_asked_for():
    a = Value(-2.0, label="a")
    _, question, _ = chosen(a.relu() * 3.0, "a", "ReLU(a)")
    assert [verdict(question, typed) for typed in (0.0, -0.0)] == 2 * ["Right: 0.000 × 3.000 = 0.000."]


@pytest.mark.parametrize("value", [1e200, np.inf, np.nan])
def test_nothing_is_asked_where_a_number_is_not_finite(value):
    a, b = Value(value, label="a"), Value(1.0, label="b")
    prompts = " ".join(question.reveal for question, *_ in asked(b + a * a * a * b))
    assert not re.search(r"\b(inf|nan)\b", prompts)


def test_the_actor_is_asked_about_twelve_edges():
    questions = questions_of(nodes_of(actor_graph()))
    assert len(questions) == 12
    assert questions[0][0].prompt == "log(π): its local ∂log π/∂π here?"


# Along one path


def test_on_the_way_to_u1_the_actor_asks_for_nine_answers():
    nodes = nodes_of(actor_graph())
    edges, questions = backward_edges(nodes), questions_of(nodes, [node.label for node in nodes].index("u1"))
    assert [nodes[edges[place][0]].label for place in questions] == ["π", "z", "h1", "z1", "u1"]
    assert [len(both) for both in questions.values()] == [1, 2, 2, 2, 2]
    for place, both in questions.items():
        assert both == questions_of(nodes)[place][: len(both)]


@given(programs(tuple(ON_GRAPHS), lines=6), points())
def test_a_path_asks_where_the_node_is_reached_and_never_for_the_same_number_twice(program, x):
    nodes = nodes_of(labelled_graph(program, x)[1])
    edges, all_questions = backward_edges(nodes), questions_of(nodes)
    for along in range(len(nodes)):
        places = questions_of(nodes, along)
        for place in all_questions:
            source, target, _ = edges[place]
            assert (place in places) == reaches(nodes, along, source)
            if place in places:
                assert len(places[place]) == 2 or nodes[target].gradient == 1
                assert target != len(nodes) - 1 or len(places[place]) == 1


def reaches(nodes, below, node):
    """Whether a node is computed from another one, or is this one."""
    return node == below or any(reaches(nodes, below, parent) for parent in nodes[node].parents)

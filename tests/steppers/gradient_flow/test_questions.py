"""The questions before backward edges: the right number is taken however it was computed, mistakes are named."""

import json
import math
import re
from dataclasses import replace

import numpy as np
import pytest
from graphs import ON_GRAPHS, big_graph, labelled_graph
from hypothesis import example, given, settings
from hypothesis import strategies as st
from outputs import NASTY, Reader, assert_complete, content, saved_size
from pictures import assert_frames_sound, boxes, written
from programs import points, programs

from helpers.calculus.graph import Value
from helpers.drawing import svg
from helpers.running_actor import actor_graph
from helpers.steppers import show_gradient_flow
from helpers.steppers.gradient_flow.questions import NEAR, Case, Question, asking, questions_of
from helpers.steppers.gradient_flow.trace import trace
from helpers.steppers.gradient_flow.view import frame, layout_of
from helpers.steppers.player import Player


def shown(value):
    """The number that stands in the picture."""
    return float(svg.number(value).replace("−", "-"))


def to_three_digits(value):
    return float(f"{value:.3g}")


def matches(typed, case):
    """What player.js does."""
    return abs(typed - case.number) <= case.tolerance


def verdict(question, typed):
    cases = [question.answer, *question.mistakes, question.near]
    return next((case.words for case in cases if matches(typed, case)), question.hints[0])


def asked(root, inputs=("x", "y")):
    """(question, edge, gradients before, recorded) of each asked step."""
    recorded = asking(trace(root, inputs))
    questions = questions_of(recorded)
    steps = [(k, step) for k, step in enumerate(recorded.steps) if step.kind == "asked"]
    assert [k for k, _ in steps] == list(questions)
    return [(questions[k], recorded.edges[step.edge], step.gradients, recorded) for k, step in steps]


SAME_LABELS = [("power", 0, 0), ("power", 0, 3), ("add", 0, 0), ("add", 0, 0), ("add", 0, 4), ("add", 5, 7)]


@given(programs(tuple(ON_GRAPHS), lines=6), points())
@example([("tanh", 0, 0)], np.array([0.015625, 0.0, 0.0]))
def test_the_right_answer_is_accepted_exact_or_from_displayed_numbers(program, x):
    for question, e, gradients, _ in asked(labelled_graph(program, x)[1]):
        local, upstream = e.local, gradients[e.target]
        for product in (local * upstream, shown(local) * shown(upstream)):
            for typed in (product, to_three_digits(product), float(f"{product:.6g}"), shown(product)):
                assert verdict(question, typed) == question.answer.words
        assert question.answer.words.endswith(f"= {svg.number(local * upstream)}.")
        assert question.answer.words.removeprefix("Right: ") in question.reveal


@given(programs(tuple(ON_GRAPHS), lines=6), points())
@example(SAME_LABELS, np.zeros(3))
def test_no_mistake_gives_the_answer_and_no_two_the_same_number(program, x):
    for question, _, _, recorded in asked(labelled_graph(program, x)[1]):
        cases = [question.answer, *question.mistakes]
        for k, one in enumerate(cases):
            assert math.isfinite(one.number) and math.isfinite(one.tolerance) and one.tolerance >= 0
            for other in cases[:k]:
                assert not matches(one.number, other) and not matches(other.number, one)
                assert abs(one.number - other.number) > one.tolerance + other.tolerance
        labels = [node.label for node in recorded.nodes]
        if len(set(labels)) == len(labels):
            assert len({case.words for case in question.mistakes}) == len(question.mistakes)


@given(programs(tuple(ON_GRAPHS), lines=6), points())
@example([("tanh", 0, 0)], np.array([0.015625, 0.0, 0.0]))  # 0.99976, which is displayed as 1.000
@example([("tanh", 0, 0), ("mul", 3, 1)], np.array([0.015625, -1.0, 0.0]))
@example([("add", 0, 0), ("power", 0, 3)], np.array([0.0078125, 0.0, 0.0]))  # 0.00073, which is displayed as 0.001
def test_a_product_with_zero_or_a_wrong_third_digit_is_not_right(program, x):
    for question, e, gradients, _ in asked(labelled_graph(program, x)[1]):
        product, displayed = e.local * gradients[e.target], shown(e.local) * shown(gradients[e.target])
        if product != 0:
            assert not matches(0.0, question.answer)
            step = 10.0 ** (math.floor(math.log10(abs(product))) - 2)
            right = [read(value) for value in (product, displayed) for read in (float, shown, to_three_digits)]
            assert not matches(max(right) + 1.01 * step, question.answer)
            assert not matches(min(right) - 1.01 * step, question.answer)


@given(programs(tuple(ON_GRAPHS), lines=6), points())
def test_one_asked_step_before_each_backward_step_with_the_gradients_as_they_were(program, x):
    plain = trace(labelled_graph(program, x)[1])
    recorded = asking(plain)
    assert (recorded.nodes, recorded.edges) == (plain.nodes, plain.edges)
    assert [step for step in recorded.steps if step.kind != "asked"] == list(plain.steps)
    for before, step, after in zip(recorded.steps, recorded.steps[1:], recorded.steps[2:], strict=False):
        assert (step.kind == "asked") == (after.kind == "backward" and has_digits(recorded, after.edge, step))
        if step.kind == "asked":
            assert step.gradients == before.gradients and (step.node, step.edge) == (after.node, after.edge)
            symbols, unknown = step.formula.rsplit(" = ", 1)
            assert unknown == "?" and "×" not in symbols and after.formula.startswith(symbols + " = ")


def has_digits(recorded, edge, step):
    """Whether local times upstream is 0, or large enough to have three digits."""
    local, upstream = recorded.edges[edge].local, step.gradients[recorded.edges[edge].target]
    products = local * upstream, shown(local) * shown(upstream)
    return all(product == 0 or abs(product) >= np.finfo(float).tiny for product in products)


def chosen(graph, here, there):
    """The question for one edge, by the labels of its ends."""
    for question, e, gradients, recorded in asked(graph):
        if (recorded.nodes[e.source].label, recorded.nodes[e.target].label) == (here, there):
            return question, e.local, gradients[e.target], gradients
    raise AssertionError(f"no edge {there} → {here}")


def fan_out():
    """z = a·b; the root is z·c + z·d, so that z gets two contributions and a one through a product."""
    a, b, c, d = (Value(v, label=n) for v, n in zip((2.5, -0.6, 1.7, -0.4), "abcd", strict=True))
    z = a * b
    z.label = "z"
    p, q = z * c, z * d
    p.label, q.label = "p", "q"
    root = (p + q).tanh()
    root.label = "L"
    return root


def test_each_mistake_has_its_words():
    question, local, upstream, _ = chosen(fan_out(), "a", "z")
    assert (local, upstream < 1) == (-0.6, True)
    words = {
        local: "That is the local derivative ∂z/∂a alone: the upstream gradient ∂L/∂z is missing.",
        upstream: "That is the upstream gradient ∂L/∂z alone: the local derivative ∂z/∂a, on the edge, is missing.",
        -local
        * upstream: "The size is right, the sign is not: only the local derivative is negative, so the product is "
        "negative.",
        local + upstream: "You added local and upstream: the chain rule multiplies them.",
        upstream / local: "You divided by the local derivative ∂z/∂a: multiply the upstream gradient by it.",
        2.5 * upstream: "The local derivative is wrong: that one, ∂z/∂b, belongs to the other operand, b.",
        local * -1.5: "The upstream factor is wrong: you took the value of z; its gradient stands to the right of it.",
    }
    for typed, expected in words.items():
        assert verdict(question, typed) == expected
        assert verdict(question, float(f"{typed:.3g}")) == expected
    assert verdict(question, 77.0) == question.hints[0]
    assert question.hints == (
        "Not yet: take the number on the edge and the gradient in the box it comes from.",
        f"Neither: local is −0.600, upstream is {svg.number(upstream)}; multiply them.",
    )


def test_the_gradient_of_another_node_is_named():
    question, local, _, gradients = chosen(fan_out(), "b", "z")
    labels = [node.label for node in trace(fan_out()).nodes]
    here, p, c = (gradients[labels.index(label)] for label in ("a", "p", "c"))
    wrong = "The upstream factor is wrong: that is the gradient of {}, not of z."
    assert verdict(question, local * here) == wrong.format("a")
    assert verdict(question, local * c) == wrong.format("c or d")  # both have it
    assert verdict(question, local * p) == wrong.format("p or q or p + q")


def test_nodes_of_which_many_have_one_gradient_are_told_apart():
    one, other = (sum((Value(v, label=f"{name}{v}") for v in (2, 3, 4)), Value(1, label=f"{name}1")) for name in "ab")
    question, e, gradients, _ = asked(Value(0.5, label="c").tanh() * 5 + one * 7 + other * 9)[-1]
    wrong = "The upstream factor is wrong: that is the gradient of {} or another node, not of tanh(c)."
    for gradient, names in ((7.0, "a1 or a2 or a1 + a2"), (9.0, "b1 or b2 or b1 + b2")):
        assert list(gradients.values()).count(gradient) > 3
        assert verdict(question, e.local * gradient) == wrong.format(names)


def test_a_rounded_answer_is_called_near():
    a, b = Value(1.234, label="a"), Value(3.0, label="b")
    question, *_ = asked(a * b)[0]
    assert (verdict(question, 3.0), verdict(question, 3.03)) == (question.answer.words, NEAR)
    assert verdict(question, 3.1) == question.hints[0]


def test_the_total_at_fan_out_is_named_and_only_at_the_second_contribution():
    found = [entry for entry in asked(fan_out()) if "→ z:" in entry[0].prompt]
    totals = []
    for question, e, gradients, _ in found:
        total = gradients.get(e.source, 0.0) + e.local * gradients[e.target]
        totals.append(verdict(question, total))
    assert totals == [
        found[0][0].answer.words,
        "That is the total which z has after this edge: give only what this edge adds.",
    ]


@pytest.mark.parametrize(
    "local, upstream, words",
    [
        (2.0, 3.0, "neither factor is negative, so their product is positive"),
        (-2.0, -3.0, "both factors are negative, so their product is positive"),
        (-2.0, 3.0, "only the local derivative is negative, so the product is negative"),
        (2.0, -3.0, "only the upstream gradient is negative, so the product is negative"),
    ],
)
def test_the_sign_is_explained(local, upstream, words):
    a, k, m = Value(1.3, label="a"), Value(local, label="k"), Value(upstream, label="m")
    inner = a * k
    inner.label = "i"
    question, *_ = chosen(inner * m, "a", "i")
    assert verdict(question, -local * upstream) == f"The size is right, the sign is not: {words}."


def test_where_a_mistake_gives_the_right_number_it_is_right():
    a, b = Value(2.0, label="a"), Value(2.0, label="b")
    product = a * b
    product.label = "p"
    question, local, upstream, _ = chosen(product * 2.0, "a", "p")
    assert (local, upstream) == (2.0, 2.0)
    assert verdict(question, 4.0) == question.answer.words  # also their sum, and the factor of the other operand
    (first, *_) = asked(Value(3.0, label="a") + Value(1.0, label="b"))
    assert verdict(first[0], 1.0).startswith("Right: 1.000 × 1.000 = 1.000")


def test_a_zero_product_is_asked_for():
    a = Value(-2.0, label="a")
    question, *_ = chosen(a.relu() * 3.0, "a", "ReLU(a)")
    assert [verdict(question, typed) for typed in (0.0, -0.0)] == 2 * ["Right: 0.000 × 3.000 = 0.000."]
    assert "upstream gradient" in verdict(question, 3.0)


@pytest.mark.parametrize("value", [1e200, np.inf, np.nan])
def test_nothing_is_asked_where_the_product_is_not_finite(value):
    a, b = Value(value, label="a"), Value(1.0, label="b")
    player = show_gradient_flow(b + a * a * a * b, predict=True)
    json.dumps(content(player), allow_nan=False)
    kept = [player.captions[k] for k in player.questions]
    assert len(player.captions) == len(trace(b + a * a * a * b).steps) + len(kept)
    assert not any("inf" in caption or "nan" in caption for caption in kept)


def test_nothing_is_asked_that_cannot_be_written():
    a, b = Value(1.7976e308, label="a"), Value(1.0, label="b")  # 1.8e+308 is infinite
    assert [question.prompt for question, *_ in asked(a * b)] == ["Edge out → a: what is local × upstream?"]


# The player's side


def test_frames_show_the_edge_at_hand_and_nothing_more():
    recorded = asking(trace(fan_out()))
    layout = layout_of(recorded)
    for k, step in enumerate(recorded.steps):
        if step.kind != "asked":
            continue
        e, drawn, before = recorded.edges[step.edge], frame(recorded, layout, k), frame(recorded, layout, k - 1)
        hot = {int(box.get("data-node")) for box in boxes(drawn) if box[0].get("fill") == svg.NOW}
        assert hot == {e.source, e.target}
        assert f">×{svg.number(e.local)}</text>" in drawn and f">{step.formula}</text>" in drawn.replace("&#x27;", "'")
        for now, earlier in zip(boxes(drawn), boxes(before), strict=True):
            assert written(now) == written(earlier) and now.get("aria-label") == earlier.get("aria-label")
        thick = re.findall(rf"stroke='{svg.INK}' stroke-width='2.2'", drawn)
        assert len(thick) == 1 and drawn.count("z' fill=") == before.count("z' fill=")  # arrow heads: nothing walked


@settings(max_examples=15)
@given(programs(tuple(ON_GRAPHS), lines=4), points())
def test_frames_are_sound_and_the_table_holds_every_step(program, x):
    player = show_gradient_flow(labelled_graph(program, x)[1], predict=True)
    assert_frames_sound(player.frames, player.captions)
    assert_complete(player)


def test_without_predict_nothing_changes():
    player = show_gradient_flow(actor_graph())
    assert player.questions == {} and "questions" not in content(player)
    asking_player = show_gradient_flow(actor_graph(), predict=True)
    kept = [k for k in range(len(asking_player.frames)) if k not in asking_player.questions]
    assert [asking_player.captions[k] for k in kept] == player.captions
    renumbered = [re.sub(r"data-step='\d+'|Step \d+ of \d+", "", asking_player.frames[k]) for k in kept]
    assert renumbered == [re.sub(r"data-step='\d+'|Step \d+ of \d+", "", drawn) for drawn in player.frames]
    assert (len(player.frames), len(asking_player.frames)) == (35, 55)


@pytest.mark.parametrize("label", NASTY)
def test_labels_in_questions_are_never_run(label):
    a, b = Value(2.0, label=label), Value(3.0, label=label + "!")
    root = a * b + a
    root.label = label + "?"
    player = show_gradient_flow(root, predict=True)
    reader = Reader(player.html())
    assert reader.tags.count("script") == 2 and reader.tags.count("img") == 1 and "input" not in reader.tags
    for k, question in content(player)["questions"].items():
        assert question["prompt"] == player.questions[int(k)].prompt
        assert question["mistakes"] and all(
            set(case) == {"number", "tolerance", "words"} for case in question["mistakes"]
        )
    assert any(label in question.prompt for question in player.questions.values())
    assert re.search(r"\.innerHTML\b(?! = frames\[)", reader.scripts[1]) is None  # everything typed or asked is text


@pytest.mark.parametrize("place", [-1, 1, 2, "0"])
def test_a_question_needs_a_frame_that_another_follows(place):
    case = Case(1.0, 0.0, "Right.")
    question = Question("1?", case, (), replace(case, words="Nearly."), ("No.",), "1.")
    with pytest.raises(ValueError, match="questions must stand at a frame that another follows"):
        Player(["<svg/>", "<svg/>"], ["a", "b"], "label", questions={place: question})


def test_saved_size():
    actor, big = (show_gradient_flow(root, predict=True) for root in (actor_graph(), big_graph()))
    assert saved_size(actor) < 70_000
    assert saved_size(big) < 230_000


def test_a_leaf_has_no_question():
    assert show_gradient_flow(Value(2.0, label="w"), predict=True).questions == {}


@given(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3), st.floats(-1e3, 1e3))
@example(0.0, 0.0, 5e-324)
@example(1.9393973473791608e-161, 1.9393973473791608e-161, 0.0)
def test_any_size_of_number(x, y, z):
    a, b, c = Value(x, label="a"), Value(y, label="b"), Value(z, label="c")
    for question, e, gradients, _ in asked(a * b * c + a):
        local, upstream = e.local, gradients[e.target]
        assert verdict(question, local * upstream) == question.answer.words
        assert verdict(question, shown(local) * shown(upstream)) == question.answer.words

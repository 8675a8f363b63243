"""The gradient-flow stepper: every frame is sound, says in words what it shows, and is small enough to be saved."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest
from graphs import ON_GRAPHS, big_graph, labelled_graph, neuron
from hypothesis import given, settings
from outputs import assert_complete, saved_size
from pictures import assert_frames_sound, boxes, measured, texts_of, written
from programs import points, programs

from helpers.calculus.graph import Value
from helpers.drawing import svg
from helpers.running_actor import actor_graph
from helpers.steppers import show_gradient_flow
from helpers.steppers.gradient_flow.layout import BOX_WIDTH
from helpers.steppers.gradient_flow.trace import trace
from helpers.steppers.gradient_flow.view import MAX_NODES, frame, layout_of

GRAPHS = {"neuron": neuron, "actor": actor_graph, "60 nodes": big_graph, "a leaf": lambda: Value(2.0, label="w")}


@pytest.fixture(scope="module", params=GRAPHS)
def player(request):
    return show_gradient_flow(GRAPHS[request.param]())


def test_frames_are_sound(player):
    assert_frames_sound(player.frames, player.captions)


def test_captions_are_table_rows_and_text(player):
    assert_complete(player)


def test_saved_size(player):
    assert saved_size(player) < 150_000


@settings(max_examples=15)
@given(programs(tuple(ON_GRAPHS), lines=4), points())
def test_frames_of_random_graphs(program, x):
    _, root = labelled_graph(program, x)
    shown = show_gradient_flow(root)
    assert_frames_sound(shown.frames, shown.captions)
    assert shown.captions == [step.sentence for step in trace(root).steps]


@pytest.mark.parametrize("value", [1e200, np.inf, np.nan])
def test_infinities_are_drawn(value):
    a, b = Value(value, label="a"), Value(1.0, label="b")
    shown = show_gradient_flow(b + a * a * a * b)
    for drawn in shown.frames:
        widths = re.findall(r"stroke-width='([^']*)'", drawn)
        assert all(np.isfinite(float(width)) for width in widths)


def test_too_many_nodes():
    assert len(trace(big_graph()).nodes) == MAX_NODES == 60
    with pytest.raises(ValueError, match="root ends a graph of 61 nodes, the stepper draws up to 60: show a part"):
        show_gradient_flow(big_graph().tanh())


def test_far_too_many_nodes_are_refused_before_anything_is_recorded(monkeypatch):
    monkeypatch.delattr("helpers.steppers.gradient_flow.view.trace")
    root = Value(1.0)
    for _ in range(10_000):
        root = -root
    with pytest.raises(ValueError, match="the stepper draws up to 60"):
        show_gradient_flow(root)


@pytest.mark.parametrize("root", [2.0, None, "x", [Value(1.0)]])
def test_root_must_be_a_value(root):
    with pytest.raises(TypeError, match="root must be a Value"):
        show_gradient_flow(root)


def frames_of(root):
    recorded = trace(root)
    layout = layout_of(recorded)
    return recorded, [frame(recorded, layout, k) for k in range(len(recorded.steps))]


def edges_of(drawn):
    """(colour, width, dashed) of every edge, in drawing order."""
    found = re.findall(r"<path d='M[^']*[LC][^']*' fill='none' stroke='([^']*)' stroke-width='([^']*)'([^/]*)/>", drawn)
    return [(colour, float(width), "dasharray" in rest) for colour, width, rest in found]


def test_sign_is_colour_and_dash_and_thickness_grows_with_the_contribution():
    inputs = [Value(value, label=f"q{k}") for k, value in enumerate([0.1, 1.0, -3.0, 6.0, -9.0])]
    w = [Value(value, label=f"w{k}") for k, value in enumerate([0.5, -1.0, 2.0, -4.0, 8.0])]
    recorded, frames = frames_of(sum((a * b for a, b in zip(inputs, w, strict=True)), Value(0.0, label="b")))
    final = recorded.steps[-1].gradients
    edges = [(s, t, k) for t, n in enumerate(recorded.nodes) for k, s in enumerate(n.parents)]
    drawn = edges_of(frames[-1])
    assert len(drawn) == len(edges) == 20
    contributions = [recorded.nodes[t].locals[k] * final[t] for _, t, k in edges]
    for contribution, (colour, _, dashed) in zip(contributions, drawn, strict=True):
        assert (colour, dashed) == ((svg.NEGATIVE, True) if contribution < 0 else (svg.POSITIVE, False))
    order = np.argsort(np.abs(contributions), kind="stable")
    widths = np.array([width for _, width, _ in drawn])
    assert np.all(np.diff(widths[order]) >= 0) and widths.min() < 2 and widths.max() == 5
    assert {"−9.000", "−4.000"} <= set(re.findall(r">([^<]*)</text>", frames[-1]))


def test_edges_not_yet_walked_are_thin_and_grey():
    recorded, frames = frames_of(neuron())
    for step, drawn in zip(recorded.steps, frames, strict=True):
        walked = [e for e in edges_of(drawn) if e[0] in (svg.POSITIVE, svg.NEGATIVE)]
        done = len(recorded.edges) if step.kind == "done" else 0 if step.edge is None else step.edge + 1
        assert len(walked) == done
        assert all(e == (svg.DIM, 1.1, False) for e in edges_of(drawn) if e not in walked)


def test_gradient_is_empty_until_reached_and_values_until_known():
    recorded, frames = frames_of(neuron())
    operations = [i for i, node in enumerate(recorded.nodes) if node.kind == "operation"]
    for step, drawn in zip(recorded.steps, frames, strict=True):
        for i, box in enumerate(boxes(drawn)):
            assert (";" in box.get("aria-label")) == (i in step.gradients)
            shown = written(box)
            gradient = [svg.number(step.gradients[i])] if i in step.gradients else []
            assert shown[2:] == gradient
            known = recorded.nodes[i].kind != "operation" or operations.index(i) < step.known
            assert shown[1] == (svg.number(recorded.nodes[i].value) if known else "·")


def test_step_at_hand_is_highlighted_at_both_ends():
    recorded, frames = frames_of(neuron())
    for step, drawn in zip(recorded.steps, frames, strict=True):
        hot = {int(b.get("data-node")) for b in boxes(drawn) if b[0].get("fill") == svg.NOW}
        if step.edge is None:
            assert hot == ({step.node} if step.kind in ("forward", "seed") else set())
        else:
            e = recorded.edges[step.edge]
            assert hot == {e.source, e.target}
            assert f"×{svg.number(e.local)}" in written(ElementTree.fromstring(drawn))
        assert step.formula in written(ElementTree.fromstring(drawn))


def test_fan_out_shows_what_has_arrived():
    x = Value(3.0, label="x")
    recorded, frames = frames_of(x * x + x)
    counts = [[t for t in written(boxes(drawn)[0]) if t.startswith("+=")] for drawn in frames]
    assert [c for c in counts if c] == [["+= 1/3"], ["+= 2/3"], ["+= 3/3"], ["+= 3/3"]]
    assert ["of 3 contributions" in boxes(drawn)[0].get("aria-label") for drawn in frames[-4:]] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize("value", [-0.00012345, -123.456, -12345.0, 0.5, -98.76])
def test_numbers_fit_their_half_of_a_box(value):
    _, frames = frames_of(Value(value, label="a") * Value(value, label="b"))
    for text in texts_of(boxes(frames[-1])[0]):
        if text.content == svg.number(value):
            assert measured(text.content, text.size, text.bold) <= BOX_WIDTH / 2


def test_kinds_have_their_own_fill():
    _, frames = frames_of((Value(1.0, label="w") * Value(2.0, label="x") + 1).tanh())
    fills = {written(box)[0]: box[0].get("fill") for box in boxes(frames[0])}
    assert fills == {
        "w": svg.PARAMETER,
        "x": svg.INPUT,
        "1": svg.INPUT,
        "w·x": svg.CARD,
        "w·x + 1": svg.CARD,
        "out": svg.CARD,
    }

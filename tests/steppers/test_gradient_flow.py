"""The two steppers: every frame is sound, says in words what it shows, and is small enough to be saved."""

import json
import re
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pytest
from hypothesis import given, settings
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath
from programs import points, programs
from test_graph import ON_GRAPHS, graph_of
from test_player import Reader, unpacked

from helpers.calculus.graph import Value
from helpers.drawing import svg
from helpers.running_actor import actor_graph
from helpers.steppers import show_differences, show_gradient_flow
from helpers.steppers.gradient_flow.layout import BOX_WIDTH
from helpers.steppers.gradient_flow.trace import trace
from helpers.steppers.gradient_flow.view import MAX_NODES, frame, layout_of


def big_graph():
    """A graph of exactly 60 nodes: a sum of products with a shared weight."""
    w, total = Value(0.5, label="weight"), Value(0.1, label="start").exp()
    for k in range(14):
        total = total + (w * Value(k - 7.25, label=f"input {k}")).tanh()
    return total * w


def neuron(w=2.0, x=-1.0, b=0.5):
    w, x, b = Value(w, label="w"), Value(x, label="x"), Value(b, label="b")
    z = w * x + b
    z.label = "z"
    p = z.sigmoid()
    p.label = "p"
    return p


STEPPERS = {
    "neuron": lambda: show_gradient_flow(neuron()),
    "actor": lambda: show_gradient_flow(actor_graph()),
    "60 nodes": lambda: show_gradient_flow(big_graph()),
    "a leaf": lambda: show_gradient_flow(Value(2.0, label="w")),
    "sin": show_differences,
    "exp": lambda: show_differences(np.exp, np.exp, 0.5, "exp"),
    "square": lambda: show_differences(lambda x: x**2, lambda x: 2 * x, 1.0, "square"),
    "line": lambda: show_differences(lambda x: 3 * x, lambda x: 3 + 0 * x, 0.0, "line"),
    "sin, few steps": lambda: show_differences(x=-2, steps=[0.5]),
}


@pytest.fixture(scope="module", params=STEPPERS)
def player(request):
    return STEPPERS[request.param]()


def assert_sound(frames, captions):
    for k, drawn in enumerate(frames):
        lines = drawn.split("\n")
        tree = ElementTree.fromstring(drawn)
        assert tree.get("role") == "group" and tree.get("data-step") == str(k)
        assert tree.get("aria-label").endswith(" ".join(captions[k].split()))
        for line in lines[1:-1]:
            ElementTree.fromstring(f"<g>{line}</g>")
        assert not any("id" in element.attrib or element.tag.endswith("defs") for element in tree.iter())
        assert not re.search(r"[ '](nan|-?inf)['\", ]", re.sub(r"aria-label='[^']*'", "", drawn)), drawn


def test_frames_are_sound(player):
    assert_sound(player.frames, player.captions)


def test_captions_are_table_rows_and_text(player):
    rows = Reader(player.html()).cells
    assert rows == [cell for k, caption in enumerate(player.captions, start=1) for cell in (str(k), caption)]
    lines = player.text().split("\n")
    assert [line.split(maxsplit=1) for line in lines] == [[str(k), c] for k, c in enumerate(player.captions, start=1)]


def test_packing_reproduces_every_frame(player):
    assert unpacked(player) == player.frames


def test_saved_size(player):
    assert len(json.dumps(player._repr_mimebundle_(), ensure_ascii=False).encode()) < 150_000


def test_nothing_is_left_in_pyplot(player):
    pyplot = __import__("sys").modules.get("matplotlib.pyplot")
    assert pyplot is None or pyplot.get_fignums() == []


# Gradient flow


@settings(max_examples=15)
@given(programs(tuple(ON_GRAPHS), lines=4), points())
def test_frames_of_random_graphs(program, x):
    inputs, root = graph_of(program, x)
    for node, label in zip(inputs, "xyw", strict=True):
        node.label = label
    shown = show_gradient_flow(root)
    assert_sound(shown.frames, shown.captions)
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


def texts(element):
    return [part.text for part in element.iter() if part.tag.endswith("text")]


def boxes(drawn):
    return [g for g in ElementTree.fromstring(drawn).iter() if g.get("data-node") is not None]


def test_gradient_is_empty_until_reached_and_values_until_known():
    recorded, frames = frames_of(neuron())
    operations = [i for i, node in enumerate(recorded.nodes) if node.kind == "operation"]
    for step, drawn in zip(recorded.steps, frames, strict=True):
        for i, box in enumerate(boxes(drawn)):
            assert (";" in box.get("aria-label")) == (i in step.gradients)
            shown = texts(box)
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
            assert f"×{svg.number(e.local)}" in texts(ElementTree.fromstring(drawn))
        assert step.formula in texts(ElementTree.fromstring(drawn))


def test_fan_out_shows_what_has_arrived():
    x = Value(3.0, label="x")
    recorded, frames = frames_of(x * x + x)
    counts = [[t for t in texts(boxes(drawn)[0]) if t.startswith("+=")] for drawn in frames]
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
    for part in boxes(frames[-1])[0]:
        if part.tag.endswith("text") and part.text == svg.number(value):
            font = FontProperties(family="DejaVu Sans", weight=part.get("font-weight", "normal"))
            path = TextPath((0, 0), part.text, size=float(part.get("font-size")), prop=font)
            assert path.get_extents().width <= BOX_WIDTH / 2


def test_kinds_have_their_own_fill():
    _, frames = frames_of((Value(1.0, label="w") * Value(2.0, label="x") + 1).tanh())
    fills = {texts(box)[0]: box[0].get("fill") for box in boxes(frames[0])}
    assert fills == {
        "w": svg.PARAMETER,
        "x": svg.INPUT,
        "1": svg.INPUT,
        "w·x": svg.CARD,
        "w·x + 1": svg.CARD,
        "out": svg.CARD,
    }


# Differences


def test_captions_tell_the_two_errors():
    shown = show_differences()
    assert len(shown.frames) == 33
    for caption, h in zip(shown.captions, 10.0 ** -np.arange(0, 16.01, 0.5), strict=True):
        forward = abs((np.sin(1 + h) - np.sin(1)) / h - np.cos(1))
        central = abs((np.sin(1 + h) - np.sin(1 - h)) / (2 * h) - np.cos(1))
        start = f"h = {h:.1e}: ".replace("-", "−")
        assert caption.startswith(start)
        assert f"its error {forward:.1e}; the central difference's error is {central:.1e}.".replace("-", "−") in caption
        assert ("Here x + h rounds back to x" in caption) == (1 + h == 1)


def test_exact_differences_have_no_mark_on_the_error_curve():
    shown = show_differences(lambda x: x**2, lambda x: 2 * x, 1.0, "square")
    exact = [k for k, caption in enumerate(shown.captions) if "central difference's error is 0.0e+00" in caption]
    assert exact
    marks = [drawn.count("r='9'") for drawn in shown.frames]
    assert all(marks[k] < 2 for k in exact) and max(marks) == 2


def test_name_of_the_function_is_escaped_and_no_mathtext():
    shown = show_differences(name="<b>$x_$")
    assert "b" not in Reader(shown.html()).tags
    assert_sound(shown.frames, shown.captions)


@pytest.mark.parametrize("steps", [[0.0], [1e-3, -1e-3], [np.nan]])
def test_steps_must_be_positive(steps):
    with pytest.raises(ValueError, match="steps must be positive numbers"):
        show_differences(steps=steps)


def test_style_outside_is_untouched():
    before = {key: value for key, value in matplotlib.rcParams.items() if key != "backend"}
    show_differences(steps=[0.1])
    assert {key: matplotlib.rcParams[key] for key in before} == before

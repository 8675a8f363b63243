"""The live output: what travels, what remains without scripts, what is refused."""

import json
import re
from urllib.parse import unquote
from xml.etree import ElementTree

import numpy as np
import pytest
from graphs import ON_GRAPHS, big_graph, labelled_graph, neuron
from hypothesis import given, settings
from outputs import NASTY, Reader, assert_nothing_added, content
from programs import points, programs

from helpers.calculus.graph import Value
from helpers.drawing.svg import number
from helpers.running_actor import actor_graph
from helpers.steppers import show_gradient_flow
from helpers.steppers.gradient_flow.view import MAX_NODES

GRAPHS = {"neuron": neuron, "actor": actor_graph, "60 nodes": big_graph, "a leaf": lambda: Value(2.0, label="w")}


def picture_of(output):
    """The SVG document that travels as an image."""
    return unquote(re.search(r'src="data:image/svg\+xml;charset=utf-8,([^"]*)"', output.html())[1])


def texts(picture, name):
    return [part.text for part in ElementTree.fromstring(picture).iter() if part.get("class", "").split()[:1] == [name]]


@pytest.fixture(scope="module", params=GRAPHS)
def output(request):
    return show_gradient_flow(GRAPHS[request.param]())


def test_the_still_picture_is_finished(output):
    picture = picture_of(output)
    live = [node for node in output.nodes if node.kind != "constant"]
    assert texts(picture, "value")[-1] == number(output.nodes[-1].value)
    assert texts(picture, "grad") == [number(node.gradient) for node in live]
    assert not re.search(r"\bid=|<defs", picture)


def test_the_table_holds_all_numbers(output):
    cells = Reader(output.html()).cells
    live = [node for node in output.nodes if node.kind != "constant"]
    assert [text for k, text in enumerate(cells) if k % 3] == [
        text for node in live for text in (number(node.value), number(node.gradient))
    ]


def test_alt_text_and_plain_text_give_the_gradients():
    output = show_gradient_flow(actor_graph())
    (image,) = Reader(output.html()).images
    assert "∂log π/∂u1 = −0.327" in image["alt"]
    assert "∂log π/∂u1 = −0.327" in output._repr_mimebundle_()["text/plain"]


def test_derivatives_of_formulas_keep_their_brackets():
    root = Value(2.0, label="w·v") + Value(3.0, label="b")
    root.label = "w·v + b"
    assert show_gradient_flow(root).text() == "∂(w·v + b)/∂(w·v) = 1.000; ∂(w·v + b)/∂b = 1.000"


@settings(max_examples=25)
@given(programs(tuple(ON_GRAPHS), lines=6), points())
def test_pictures_of_random_graphs_are_sound(program, x):
    output = show_gradient_flow(labelled_graph(program, x)[1], predict=True)
    ElementTree.fromstring(picture_of(output))
    json.dumps(content(output), allow_nan=False)


def test_what_travels_is_the_graph():
    data = content(show_gradient_flow(actor_graph(), follow="u1"))
    assert len(data["nodes"]) == 20 and data["nodes"][data["follow"]]["label"] == "u1"
    assert set(data["plans"]) == {"wide", "tall"} and data["questions"] == {}


def test_questions_only_where_they_are_asked_for():
    questions = content(show_gradient_flow(actor_graph(), predict=True))["questions"]
    assert len(questions) == 12 and all(len(both) == 2 for both in questions.values())


@pytest.mark.parametrize("label", NASTY)
def test_labels_are_never_run(label):
    a, b = Value(2.0, label=label), Value(3.0, label=label + "!")
    root = a * b + a
    root.label = label + "?"
    assert_nothing_added(show_gradient_flow(root, predict=True))


@pytest.mark.parametrize("value", [1e200, np.inf, np.nan])
def test_infinities_are_drawn(value):
    a, b = Value(value, label="a"), Value(1.0, label="b")
    output = show_gradient_flow(b + a * a * a * b, predict=True)
    widths = re.findall(r"stroke-width='([^']*)'", picture_of(output))
    assert all(np.isfinite(float(width)) for width in widths)


def test_too_many_nodes():
    assert len(show_gradient_flow(big_graph()).nodes) == MAX_NODES == 60
    with pytest.raises(ValueError, match="root ends a graph of 61 nodes, the picture holds up to 60: show a part"):
        show_gradient_flow(big_graph().tanh())


def test_far_too_many_nodes_are_refused_before_anything_is_drawn(monkeypatch):
    monkeypatch.delattr("helpers.steppers.gradient_flow.view.nodes_of")
    root = Value(1.0)
    for _ in range(10_000):
        root = -root
    with pytest.raises(ValueError, match="the picture holds up to 60"):
        show_gradient_flow(root)


@pytest.mark.parametrize("root", [2.0, None, "x", [Value(1.0)]])
def test_the_root_must_be_a_value(root):
    with pytest.raises(TypeError, match="root must be a Value"):
        show_gradient_flow(root)


@pytest.mark.parametrize("wrong", ["u9", 3, ["u1"]])
def test_predict_must_be_a_label(wrong):
    with pytest.raises(ValueError, match="predict must be one of the labels .*u1.*, not"):
        show_gradient_flow(actor_graph(), predict=wrong)


def test_follow_must_be_a_label():
    with pytest.raises(ValueError, match="follow must be one of the labels .*u1.*, not 'u9'"):
        show_gradient_flow(actor_graph(), follow="u9")

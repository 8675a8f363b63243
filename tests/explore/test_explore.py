"""Explorers: the models' numbers, and the widgets through the same calls that the browser makes."""

import base64
import sys
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pictures import assert_sound, written

from helpers.calculus.differences import central_difference
from helpers.drawing import svg
from helpers.explore import explore_neuron, explore_nudge
from helpers.explore.neuron_dial import NeuronDial
from helpers.explore.nudge import NUDGED, Nudge
from helpers.running_actor import NAMES, THETA0, actor_output, probabilities

SETTINGS = st.integers(-40, 40).map(lambda tenths: tenths / 10)


# One neuron


@given(SETTINGS, SETTINGS, SETTINGS)
def test_neurons_derivatives(w, b, x):
    model = NeuronDial(w, b, x)

    def p(w, b, x):
        return 1 / (1 + np.exp(-(w * x + b)))

    assert model.p == pytest.approx(p(w, b, x))
    expected = [
        central_difference(lambda w: p(w, b, x), w),
        central_difference(lambda b: p(w, b, x), b),
        central_difference(lambda x: p(w, b, x), x),
    ]
    assert np.allclose(model.derivatives(), expected, atol=1e-8)


@given(SETTINGS, SETTINGS, st.integers(-30, 30).map(lambda tenths: tenths / 10))
def test_neurons_picture(w, b, x):
    model = NeuronDial(w, b, x)
    tree = assert_sound(model.picture())
    assert tree.get("aria-label") == model.words()
    shown = written(tree)
    assert shown == [svg.number(value) for value in model.derivatives()]
    assert f"w = {w:.1f}, b = {b:.1f}, x = {x:.1f}".replace("-", "−") in model.words()


# Nudge


@pytest.mark.parametrize("what", [what for _, what in NUDGED])
@pytest.mark.parametrize("x", [-1.0, 0.0, 1.0])
def test_nudge_against_the_running_example(what, x):
    model = Nudge(what, 0.25, x)
    before, after = model.values(), model.values(model.by)
    assert before["z"] == pytest.approx(actor_output(THETA0, x), rel=1e-15)
    assert before["π"] == pytest.approx(probabilities(THETA0)[int(x) + 1], rel=1e-15)
    if what in NAMES:
        theta = THETA0 + 0.25 * (np.array(NAMES) == what)
        assert after["z"] == pytest.approx(actor_output(theta, x), rel=1e-15)
    else:
        weight = THETA0[NAMES.index("w" + what[1])]
        assert after["z"] - before["z"] == pytest.approx(0.25 * weight)
        assert model.change_of_output() == pytest.approx(weight)
    assert model.change_of_output() == pytest.approx((after["z"] - before["z"]) / 0.25)
    assert [what for _, what in NUDGED] == [*NAMES, "h1", "h2"]


@pytest.mark.parametrize("what", [what for _, what in NUDGED])
@pytest.mark.parametrize("by", [-1.0, 0.0, 0.01, 1.0])
def test_nudge_picture(what, by):
    model = Nudge(what, by, -1.0)
    tree = assert_sound(model.picture())
    assert tree.get("aria-label") == model.words()
    shown = written(tree)
    assert model.words() in shown
    hot = sum(element.get("fill") == svg.NOW for element in tree.iter())
    moved = {"1": {"h1", "z", "π"}, "2": {"h2", "z", "π"}}
    assert hot == (0 if by == 0 else 2 if what in ("w1", "w2", "b") else len(moved[what[1]]))
    if by == 0:
        assert model.words() == "No nudge, no change." and model.change_of_output() is None
    else:
        assert f"{what} moves by {svg.number(by)}" in model.words()
        assert any("→" in text for text in shown)


# Widgets


@pytest.mark.parametrize(
    "explore, name, value", [(explore_neuron, "w", 2.5), (explore_neuron, "x", -2.0), (explore_nudge, "by", -0.75)]
)
@pytest.mark.parametrize("way", ["value", "set_state"])
def test_a_moved_slider_changes_the_picture(explore, name, value, way):
    board = explore()
    before = board.picture.value
    control = board.controls[name]
    if way == "value":
        control.value = value
    else:
        control.set_state({"value": value})
    assert getattr(board.model, name) == value
    assert board.picture.value == board.model.picture() != before


@pytest.mark.parametrize("name, value", [("what", "h2"), ("x", 1.0)])
@pytest.mark.parametrize("way", ["value", "set_state"])
def test_a_choice_changes_the_picture(name, value, way):
    board = explore_nudge()
    before = board.picture.value
    control = board.controls[name]
    if way == "value":
        control.value = value
    else:
        values = [option[1] for option in control.options]
        control.set_state({"index": values.index(value)})
    assert getattr(board.model, name) == value
    assert board.picture.value == board.model.picture() != before


@pytest.mark.parametrize("explore", [explore_neuron, explore_nudge])
def test_every_position_of_every_control_can_be_drawn(explore):
    board = explore()
    for control in board.controls.values():
        ends = [v for _, v in control.options] if hasattr(control, "options") else [control.min, control.max, 0.0]
        for value in ends:
            control.value = value
            assert_sound(board.picture.value)
    assert list(board.children) == [*board.controls.values(), board.picture]
    assert all(control.description and control.tooltip for control in board.controls.values())


@pytest.mark.parametrize("explore", [explore_neuron, explore_nudge])
def test_fallback_without_widgets(explore):
    board = explore()
    bundle = board._repr_mimebundle_()
    (image,) = ElementTree.fromstring(f"<div>{bundle['text/html'].replace('>', '/>', 1)}</div>")
    assert image.tag == "img" and image.get("alt") == board.model.words()
    data = image.get("src").removeprefix("data:image/svg+xml;base64,")
    assert base64.b64decode(data).decode() == board.model.picture()
    assert bundle["text/plain"] == board.model.words()
    assert bundle["application/vnd.jupyter.widget-view+json"]["model_id"] == board.model_id


def test_two_boards_do_not_share_a_model():
    first, second = explore_nudge(), explore_nudge()
    first.controls["by"].value = 1.0
    assert second.model.by == 0.5 and second.picture.value == second.model.picture()


def test_no_figure_is_registered():
    explore_neuron()
    pyplot = sys.modules.get("matplotlib.pyplot")
    assert pyplot is None or pyplot.get_fignums() == []

"""Explorers that need no kernel: the models' numbers, and what travels. A browser moves them in another file."""

import re
import sys
from urllib.parse import unquote

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from outputs import Reader, content
from pictures import Text, assert_sound, inside, overlapping, written

from helpers.calculus.differences import central_difference
from helpers.drawing import svg
from helpers.explore import explore_ledger, explore_neuron, explore_nudge
from helpers.explore.neuron_dial import NeuronDial
from helpers.explore.nudge import NUDGED, PLANS, Nudge
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
    assert [text for text in shown if text in map(svg.number, model.derivatives())][-3:] == [
        svg.number(value) for value in model.derivatives()
    ]
    assert f"w = {w:.1f}, b = {b:.1f}, x = {x:.1f}".replace("-", "−") in model.words()


def test_neurons_first_three_numbers_are_not_one():
    numbers = [svg.number(value) for value in NeuronDial().derivatives()]
    assert len(set(numbers)) == 3


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
    hot = {part.get("data-name") for part in tree.iter() if part.get("class", "").startswith("n hot")}
    assert hot == (set() if by == 0 else {"z", "π"} if what in ("w1", "w2", "b") else {f"h{what[1]}", "z", "π"})
    mine = [part.get("data-name") for part in tree.iter() if "mine" in part.get("class", "") and part.get("data-name")]
    assert mine == [what]
    shown = written(tree)
    if by == 0:
        assert model.words() == "Nothing is nudged, and nothing changes." and model.change_of_output() is None
        assert not any("→" in text for text in shown)
    else:
        assert f"{what} moves by {svg.number(by)}" in model.words()
        assert sum("→" in text for text in shown) == len(hot) + (what in NAMES)


@pytest.mark.parametrize("plan", PLANS)
def test_weights_beside_the_wires_touch_none_however_long(plan):
    """The widest words that a slider can make, at the places of both plans, against every point of every wire."""
    parts, (width, height) = PLANS[plan]["parts"], PLANS[plan]["size"]
    boxes = []
    for (x, y, anchor), name, value in zip(parts["weight"], NAMES, THETA0, strict=True):
        words = f"{name} = {svg.number(value)} → {svg.number(value - 1)}"
        boxes.append(Text(words, x, y, 14, False, anchor, svg.INK).box)
    for course in parts["wire"]:
        (x1, y1), (x2, y2) = points_of(course)
        for share in np.linspace(0, 1, 101):
            x, y = x1 + share * (x2 - x1), y1 + share * (y2 - y1)
            assert not any(
                left - 2 < x < right + 2 and top - 2 < y < bottom + 2 for left, top, right, bottom in boxes
            ), course
    assert overlapping(boxes) == [] and all(inside(box, (-8, 0, width + 8, height)) for box in boxes)


def points_of(course):
    """Both ends of a wire: `M148 160L280 60`, or with H or V for a level or an upright one."""
    x, y, way, *end = re.match(r"M([\d.]+) ([\d.]+)([LHV])([\d.]+) ?([\d.]+)?", course).groups()
    x, y, first = float(x), float(y), float(end[0])
    return (x, y), {"L": lambda: (first, float(end[1])), "H": lambda: (first, y), "V": lambda: (x, first)}[way]()


def test_nudge_begins_without_an_answer():
    assert Nudge().words() == "Nothing is nudged, and nothing changes."


# Outputs


@pytest.mark.parametrize("explore", [explore_neuron, explore_nudge, explore_ledger])
def test_output_is_alive_without_a_widget(explore):
    explorer = explore()
    bundle = explorer._repr_mimebundle_()
    assert list(bundle) == ["text/html", "text/plain"] and bundle["text/plain"] == explorer.model.words()
    data = content(explorer)
    names = [control["name"] for control in data["controls"]]
    assert all(getattr(explorer.model, control["name"]) == control["start"] for control in data["controls"])
    assert len(names) == len(set(names)) and all(control["label"] for control in data["controls"])


@pytest.mark.parametrize("explore", [explore_neuron, explore_nudge])
def test_without_scripts_picture_and_words_remain(explore):
    explorer = explore()
    (image,) = Reader(explorer.html()).images
    assert image["alt"] == explorer.model.words()
    assert unquote(image["src"]).partition(",")[2] == explorer.model.picture()
    assert f"<figcaption>{explorer.model.words()}</figcaption>" in explorer.html()


@pytest.mark.parametrize("explore, most", [(explore_neuron, 23_000), (explore_nudge, 21_000), (explore_ledger, 13_000)])
def test_an_explorer_is_small(explore, most):
    assert len(explore().html().encode()) <= most


def test_two_explorers_do_not_share_a_model():
    assert explore_nudge().model is not explore_nudge().model


def test_no_figure_is_registered():
    explore_neuron().html()
    pyplot = sys.modules.get("matplotlib.pyplot")
    assert pyplot is None or pyplot.get_fignums() == []

"""The explorer of lesson 05: its numbers are those of `gradient_scale`, every position is drawn, words say it all."""

from xml.etree import ElementTree

import numpy as np
import pytest
from pictures import assert_sound, written

from helpers.drawing import svg
from helpers.explore import explore_health
from helpers.explore.gradient_health import HIGHEST, LOWEST, SCALES, WIDTH, GradientHealth
from helpers.networks.gradient_scale import predicted_sizes
from helpers.networks.network import backward, forward, init_params

ACTIVATIONS = ("tanh", "sigmoid", "relu")


def bars(tree):
    """(fill, height) of each bar, from the first layer on."""
    found = [element for element in tree.iter() if element.tag.endswith("rect")]
    return [(element.get("fill"), float(element.get("height"))) for element in found]


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("scale", [scale for _, scale in SCALES])
@pytest.mark.parametrize("depth", [2, 7, 20])
def test_every_setting_can_be_drawn(depth, activation, scale):
    model = GradientHealth(depth, activation, scale)
    tree = assert_sound(model.picture())
    assert tree.get("aria-label") == " ".join(written(tree))
    sizes, _ = model.measured()
    assert np.all(sizes.dW[sizes.dW > 0] > LOWEST) and np.all(sizes.dW < HIGHEST)
    colours = [svg.NEGATIVE if value < 1 else svg.POSITIVE for value in sizes.dW]
    assert [colour for colour, _ in bars(tree)] == colours


def test_measured_against_backward():
    model = GradientHealth(6, "tanh", 2.0)
    rng = np.random.default_rng(5)
    X, doutput = rng.normal(size=(2, 100, WIDTH))
    params = init_params([WIDTH] * 7, rng, 2.0 / 8)
    _, cache = forward(params, X, "tanh")
    norms = [np.linalg.norm(dW) for dW, _ in backward(params, cache, doutput)]
    sizes, last = model.measured()
    assert np.allclose(sizes.dW, np.array(norms) / WIDTH / 10)
    assert np.array_equal(last, cache.inputs[-1])
    assert np.array_equal(model.predicted().dW, predicted_sizes(6, WIDTH, 0.25, "tanh").dW)


def test_bars_are_as_long_as_powers_of_ten():
    tree = assert_sound(GradientHealth(20, "sigmoid", 1.0).picture())
    sizes, _ = GradientHealth(20, "sigmoid", 1.0).measured()
    lengths = np.array([height for _, height in bars(tree)])
    per_power = lengths[:10] / -np.log10(sizes.dW[:10])
    assert np.allclose(per_power, per_power[0], rtol=0.01)


def test_zero_weights_have_no_line_and_say_zero():
    model = GradientHealth(20, "tanh", 0.0)
    assert "dW has size 0 in layer 1 and 0 in layer 20; theory says 0 and 0." in model.words()
    assert "stroke-dasharray" not in model.picture()
    assert "stroke-dasharray" in GradientHealth().picture()


@pytest.mark.parametrize("name, index", [("depth", 3), ("activation", 2), ("scale", 0)])
def test_a_moved_slider_changes_the_picture(name, index):
    board = explore_health()
    before, control = board.picture.value, board.controls[name]
    control.set_state({"index": index})
    assert getattr(board.model, name) == control.options[index][1]
    assert board.picture.value == board.model.picture() != before


def test_fallback_without_widgets():
    board = explore_health()
    bundle = board._repr_mimebundle_()
    (image,) = ElementTree.fromstring(f"<div>{bundle['text/html'].replace('>', '/>', 1)}</div>")
    assert image.get("alt") == board.model.words() == bundle["text/plain"]
    assert assert_sound(board.picture.value).get("aria-label") == board.model.words()
    assert all(control.description and control.tooltip for control in board.controls.values())

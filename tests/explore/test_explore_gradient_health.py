"""The explorer of lesson 05: its numbers are those of `gradient_scale`, every position is drawn, words say it all."""

import numpy as np
import pytest
from pictures import assert_sound, written

from helpers.explore import explore_health
from helpers.explore.gradient_health import HIGHEST, LOWEST, NEAR, SCALES, WIDTH, GradientHealth
from helpers.networks.gradient_scale import predicted_sizes
from helpers.networks.network import backward, forward, init_params

ACTIVATIONS = ("tanh", "sigmoid", "relu")


def bars(tree):
    """(whether it points down, height) of each bar, from the first layer on."""
    found = [element for element in tree.iter() if element.get("class", "").startswith("stick")]
    return [("neg" in element.get("class"), float(element.get("height"))) for element in found]


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("scale", [scale for _, scale in SCALES])
@pytest.mark.parametrize("depth", [2, 7, 20])
def test_every_setting_can_be_drawn(depth, activation, scale):
    model = GradientHealth(depth, activation, scale)
    tree = assert_sound(model.picture())
    assert tree.get("aria-label") == model.words()
    sizes, _ = model.measured()
    powers = np.log10(sizes.dW[sizes.dW > 0])
    assert np.all(powers > LOWEST) and np.all(powers < HIGHEST)
    assert [down for down, _ in bars(tree)] == [value < 1 for value in sizes.dW]
    ends = ("1e−20", "1e10") if len(powers) < depth or np.abs(powers).max() > NEAR else ("0.0001", "100")
    assert set(ends) <= set(written(tree))


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
    assert "class='curve theory'" not in model.picture()
    assert "class='curve theory'" in GradientHealth().picture()


def test_begins_where_something_is_seen():
    assert max(height for _, height in bars(assert_sound(GradientHealth().picture()))) > 30


@pytest.mark.parametrize("tall", [False, True])
def test_controls_move_the_model(tall):
    model = explore_health().model
    assert [control["name"] for control in model.controls()] == ["depth", "activation", "scale"]
    before = model.picture(tall)
    model.take({"depth": 3, "activation": "relu", "scale": 1.0})
    assert model == GradientHealth(3, "relu", 1.0) and model.picture(tall) != before
    assert_sound(model.picture(tall))

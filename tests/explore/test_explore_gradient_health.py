"""The explorer of lesson 05: its numbers are those of `backward`, every position is drawn, words say it all."""

import numpy as np
import pytest
from pictures import assert_sound, written

from helpers.drawing.svg import number
from helpers.explore import explore_health
from helpers.explore.gradient_health import ACTIVATIONS, REACHES, WIDTH, GradientHealth
from helpers.networks.network import backward, forward, init_params


def bars(tree):
    """(whether it points down, height) of each bar, from the first layer on."""
    found = [element for element in tree.iter() if element.get("class", "").startswith("stick")]
    return [("neg" in element.get("class"), float(element.get("height"))) for element in found]


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("factor", [0.2, 0.5, 1.0, 1.4, 12.0])
@pytest.mark.parametrize("depth", [2, 7, 20])
def test_every_setting_can_be_drawn(depth, activation, factor):
    model = GradientHealth(depth, activation, factor)
    tree = assert_sound(model.picture())
    assert tree.get("aria-label") == model.words()
    sizes = model.measured()
    assert np.abs(np.log10(sizes)).max() < REACHES[-1]
    assert [down for down, _ in bars(tree)] == [value < 1 for value in sizes.dW]


def test_measured_against_backward():
    model = GradientHealth(6, "tanh", 2.0)
    X, doutput = np.random.default_rng(6).normal(size=(2, 100, WIDTH))
    params = [(2 * W, b) for W, b in init_params([WIDTH] * 21, np.random.default_rng(5))[:6]]
    _, cache = forward(params, X, "tanh")
    gradient = backward(params, cache, doutput)
    sizes = model.measured()
    assert np.allclose(sizes.dW, [np.linalg.norm(dW) / WIDTH / 10 for dW, _ in gradient])
    assert np.allclose(sizes.h, [np.sqrt(np.mean(h**2)) for h in cache.inputs])
    assert f"layer 6, dz size {number(sizes.dz[0])} when" in model.words()


def test_the_weights_are_the_readers_own():
    halves = GradientHealth(init_params=lambda sizes, rng: [(W / 2, b) for W, b in init_params(sizes, rng)], factor=1.0)
    assert np.allclose(halves.measured(), GradientHealth(factor=0.5).measured())
    assert explore_health(lambda sizes, rng: init_params(sizes, rng, "zero")).model.measured().dW.max() == 0


def test_bars_are_as_long_as_powers_of_ten():
    model = GradientHealth(20, "sigmoid", 1.0)
    lengths = np.array([height for _, height in bars(assert_sound(model.picture()))])
    per_power = lengths[:10] / -np.log10(model.measured().dW[:10])
    assert np.allclose(per_power, per_power[0], rtol=0.01)


@pytest.mark.parametrize("factor, ends", [(1.0, ("0.01", "100")), (0.5, ("0.0001", "10,000"))])
def test_the_axis_goes_no_farther_than_it_must(factor, ends):
    assert {*ends} <= {*written(assert_sound(GradientHealth(factor=factor).picture()))}


def test_begins_where_something_is_seen():
    assert max(height for _, height in bars(assert_sound(GradientHealth().picture()))) > 60


@pytest.mark.parametrize("tall", [False, True])
def test_controls_move_the_model(tall):
    model = explore_health().model
    assert [control["name"] for control in model.controls()] == ["depth", "factor", "activation"]
    before = model.picture(tall)
    model.take({"depth": 3, "activation": "relu", "factor": 1.0})
    assert model == GradientHealth(3, "relu", 1.0) and model.picture(tall) != before
    assert_sound(model.picture(tall))

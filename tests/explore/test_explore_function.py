"""Sliders on any function: numbers against autograd; what f raises is told; bad arguments are named."""

import math

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pictures import assert_sound, written

from helpers.calculus.graph import Value
from helpers.drawing.svg import number
from helpers.explore import explore
from helpers.explore.function import POINTS


def model_of(f, /, **ranges):
    return explore(f, **ranges).model


def tanh(x):
    return x.tanh() if isinstance(x, Value) else anp.tanh(x)


def neuron(w, b, x=0.7):
    return tanh(w * x + b) ** 2 + w / 3


NUMBERS = st.floats(-2, 2)


@given(NUMBERS, NUMBERS)
def test_value_and_derivatives(w, b):
    model = model_of(neuron, w=(-3, 3), b=(-3, 3))
    model.take({"w": w, "b": b})
    expected = dict(zip("wb", autograd.grad(lambda theta: neuron(*theta))(np.array([w, b])), strict=True))
    assert model.at() == (pytest.approx(neuron(w, b)), None)
    ours, problem = model.by_value()
    assert problem is None
    for name, exact in expected.items():
        slope, wrong = model.by_nudging()[name]
        assert (
            wrong is None and slope == pytest.approx(exact, abs=1e-8) and ours[name] == pytest.approx(exact, abs=1e-12)
        )
    assert "differ" not in model.words()


@given(NUMBERS, NUMBERS)
def test_curves_run_along_one_argument(w, b):
    model = model_of(neuron, w=(-3, 3), b=(-1, 2))
    model.take({"w": w, "b": b})
    for name, f in (("w", lambda each: neuron(each, b)), ("b", lambda each: neuron(w, each))):
        xs, ys = model.curve(name)
        assert (xs[0], xs[-1], len(xs)) == (*model.ranges[name][:2], POINTS)
        assert np.allclose(ys, [f(x) for x in xs])


@pytest.mark.parametrize("tall", [False, True])
@pytest.mark.parametrize("names", ["a", "ab", "abc", "abcdef"])
def test_a_plane_for_each_argument(names, tall):
    model = model_of(lambda **each: sum(each.values()) ** 2, **dict.fromkeys(names, (-1, 1)))
    tree = assert_sound(model.picture(tall))
    assert tree.get("aria-label") == model.words()
    planes = [part for part in tree if part.get("class") == "plane"]
    assert len(planes) == len(names) and all("slope" in " ".join(written(plane)) for plane in planes)
    _, _, width, height = map(float, tree.get("viewBox").split())
    assert (width < 420) == (tall or len(names) == 1)


def test_words_hold_value_and_both_derivatives():
    words = model_of(neuron, w=(-1, 1, 0.5), b=(0, 1, 0.25)).words()
    assert words.startswith(f"neuron(w = 0.500, b = 0.250) = {number(neuron(0.5, 0.25))}.")
    assert (
        all(f"∂neuron/∂{name}: " in words for name in "wb")
        and words.count("by nudging") == words.count("by Value") == 2
    )


# What f does not give


def test_what_is_raised_is_told_and_leaves_a_gap():
    model = model_of(lambda x: math.log(x), x=(-1, 3))
    model.take({"x": -0.5})
    assert "f(x = −0.500): ValueError: math domain error." in model.words() and "by nudging" not in model.words()
    _, ys = model.curve("x")
    assert np.isnan(ys[:20]).all() and np.isfinite(ys[30:]).all()
    assert_sound(model.picture())
    model.take({"x": 2.0})
    assert "= 0.693." in model.words() and "0.500 by nudging" in model.words()


@pytest.mark.parametrize("value, words", [(math.nan, "nan is no number"), (math.inf, "inf is no number")])
def test_what_is_no_number_is_told(value, words):
    model = model_of(lambda x: value, x=(0, 1))
    assert f"f(x = 0.500): {words} to draw." in model.words()
    assert "nowhere a number" in written(assert_sound(model.picture()))


@pytest.mark.parametrize(
    "value, words", [(np.ones(3), "shape (3,)"), ("3", "'3'"), (None, "None"), (1j, "1j"), (True, "True")]
)
def test_what_is_not_one_real_number_is_told(value, words):
    model = model_of(lambda x: value, x=(0, 1))
    assert "TypeError: f must return a single" in model.words() and words in model.words()
    assert_sound(model.picture())


@pytest.mark.parametrize(
    "f, words",
    [
        (lambda x: math.tanh(x), "Value nodes: they know +, −, ·, / and powers, and f asks for something else."),
        (lambda x: np.tanh(x), "Value nodes: they know +,"),
        (lambda x: 3.0, "Value nodes: f makes a float of them."),
        (lambda x: x.data**2 if isinstance(x, Value) else x**2, "Value nodes: f makes a float of them."),
        (lambda x: x * 3 if isinstance(x, Value) else x**2, "Value nodes: f has another value on them, 3.000."),
    ],
)
def test_where_value_does_not_do_it_is_told(f, words):
    model = model_of(f, x=(0, 2))
    assert words in model.words() and "by nudging" in model.words() and "by Value" not in model.words()


def test_two_derivatives_that_differ_are_told():
    model = model_of(lambda x: x.relu() if isinstance(x, Value) else max(x, 0.0), x=(-1, 1))
    assert "∂f/∂x: 0.500 by nudging, 0.000 by Value; the two differ." in model.words()


def test_a_pole_does_not_flatten_the_rest():
    model = model_of(lambda x: 1 / x if x else 1e300, x=(-1, 1, 0.5))
    model.picture()
    assert model.high < 100


def test_the_axis_holds_still_while_values_fall():
    model = model_of(lambda a, x: a * x, a=(0, 4, 4), x=(-1, 1))
    model.picture()
    before = model.low, model.high
    model.take({"a": 0.1, "x": 0.0})
    model.picture()
    assert (model.low, model.high) == before


# Arguments


@pytest.mark.parametrize(
    "f, ranges, error, words",
    [
        (3, {"x": (0, 1)}, TypeError, "f must be a function"),
        (neuron, {}, ValueError, "explore draws one to 6"),
        (neuron, dict.fromkeys("abcdefg", (0, 1)), ValueError, "explore draws one to 6"),
        (neuron, {"w": (0, 1)}, ValueError, r"b needs a range as well, as in b=\(-3, 3\)"),
        (neuron, {"w": (0, 1), "b": (0, 1), "y": (0, 1)}, ValueError, "y is no argument of neuron; .* w, b, x"),
        (neuron, {"w": 3, "b": (0, 1)}, ValueError, "w must be a range"),
        (neuron, {"w": (0, 1, 2, 3), "b": (0, 1)}, ValueError, "w must be a range"),
        (neuron, {"w": (1, 0), "b": (0, 1)}, ValueError, "w must be a range"),
        (neuron, {"w": (0, 0), "b": (0, 1)}, ValueError, "w must be a range"),
        (neuron, {"w": (0, 1), "b": (0, 1, 2)}, ValueError, "b must start within its range"),
        (neuron, {"w": ("a", "b"), "b": (0, 1)}, TypeError, "w must hold real numbers"),
        (neuron, {"w": (0, math.inf), "b": (0, 1)}, ValueError, "w must be finite"),
        (neuron, {"w": (0, True), "b": (0, 1j)}, TypeError, "b must hold real numbers"),
    ],
)
def test_bad_arguments_are_named(f, ranges, error, words):
    with pytest.raises(error, match=words):
        explore(f, **ranges)


def test_other_arguments_keep_their_defaults():
    assert model_of(neuron, w=(0, 1), b=(0, 1)).at()[0] == pytest.approx(neuron(0.5, 0.5))
    assert model_of(neuron, w=(0, 1), b=(0, 1), x=(2, 4)).at()[0] == pytest.approx(neuron(0.5, 0.5, 3.0))


def test_functions_by_position():
    assert model_of(math.sin, x=(0, 1)).at()[0] == math.sin(0.5)
    assert model_of(np.hypot, x1=(0, 6), x2=(4, 4.5, 4)).at()[0] == 5.0
    assert model_of(max, a=(0, 6), b=(4, 4.5, 4)).at()[0] == 4.0
    assert model_of(lambda a, /, b: a - b, b=(0, 1), a=(4, 6)).at()[0] == 4.5


@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6))
def test_sliders_have_round_steps(low, width):
    (control,) = model_of(lambda x: x, x=(low, low + width)).controls() if low + width > low else (None,)
    if control:
        steps = (control["high"] - control["low"]) / control["step"]
        assert 75 <= steps <= 201 and f"{control['step']:.0e}"[0] in "125"
        assert round(control["step"], control["decimals"]) == pytest.approx(control["step"])


@pytest.mark.parametrize("f", [lambda z: np.sin(z), lambda z: z**2])
def test_without_value_nodes_nothing_is_said_of_them(f):
    words = model_of(f, by_value=False, z=(0, 2)).words()
    assert "by nudging" in words and "Value" not in words


def test_what_is_no_number_is_told_of_the_readers_name():
    def activation(z):
        return z > 0

    assert "TypeError: activation must return" in model_of(activation, z=(0, 2)).words()

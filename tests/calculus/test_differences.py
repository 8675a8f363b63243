"""Difference formulas, the complex step and the numerical gradient."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from programs import COMPLEX, assume_moderate, gradient_by_autograd, points, programs, run

from helpers.calculus.analytic import NotAnalyticError
from helpers.calculus.differences import (
    central_difference,
    complex_step,
    default_step,
    forward_difference,
    numerical_gradient,
)

METHODS = ["forward", "central", "complex"]
EPS = {np.float64: 2.0**-52, np.float32: 2.0**-23}

# Steps


@pytest.mark.parametrize("dtype", EPS)
@pytest.mark.parametrize("method, power", [("forward", 1 / 2), ("central", 1 / 3)])
@pytest.mark.parametrize("x", [0.0, 0.3, -1.0, 12.5, -4e6])
def test_default_step(method, power, x, dtype):
    x = dtype(x)
    h = default_step(x, method)
    assert h.dtype == dtype
    assert h == pytest.approx(EPS[dtype] ** power * max(1, abs(x)), rel=1e-3)
    assert (x + h) - x == h


def test_default_step_is_central_and_works_entry_by_entry():
    x = np.array([[0.0, 30.0], [-2.0, 1e-9]])
    assert np.array_equal(default_step(x), [[default_step(v, "central") for v in row] for row in x])
    with pytest.raises(ValueError, match="method must be one of forward, central, it is 'backward'"):
        default_step(1.0, "backward")


# Scalar formulas


@pytest.mark.parametrize(
    "difference, order, hs", [(forward_difference, 1, (-1, -5)), (central_difference, 2, (-1, -3.5))]
)
def test_order_of_the_error(difference, order, hs):
    hs = np.logspace(*hs, 12)
    errors = [abs(difference(np.exp, 1.0, h) - np.e) for h in hs]
    assert np.polyfit(np.log(hs), np.log(errors), 1)[0] == pytest.approx(order, abs=0.03)


@pytest.mark.parametrize("difference", [forward_difference, central_difference])
def test_round_off_grows_as_h_falls(difference):
    hs = np.logspace(-9, -13, 40)
    errors = [abs(difference(np.exp, 1.0, h) - np.e) for h in hs]
    assert np.polyfit(np.log(hs), np.log(errors), 1)[0] == pytest.approx(-1, abs=0.25)


def test_the_formulas_themselves():
    assert forward_difference(lambda x: x**2, 3.0, 0.5) == 6.5
    assert central_difference(lambda x: x**3, 3.0, 0.5) == 27.25
    assert complex_step(lambda x: x**3, 3.0, 1e-20) == pytest.approx(27, rel=1e-15)


@pytest.mark.parametrize(
    "difference, tolerance", [(forward_difference, 1e-3), (central_difference, 1e-4), (complex_step, 1e-6)]
)
def test_single_precision_stays_single(difference, tolerance):
    seen = set()

    def f(x):
        seen.add(np.asarray(x).dtype)
        return np.sin(x)

    assert difference(f, np.float32(1)) == pytest.approx(np.cos(1.0), rel=tolerance)
    assert difference is complex_step or seen == {np.dtype(np.float32)}


@given(programs(), points())
def test_scalar_methods_agree_with_autograd(program, x):
    assume_moderate(run(program, x.astype(complex), COMPLEX))
    exact = gradient_by_autograd(program, x)[0]

    def f(first):
        return run(program, [first, *x[1:]], COMPLEX)[-1] + 0 * first

    scale = 1 + abs(exact)
    assert abs(complex_step(f, x[0]) - exact) < 1e-10 * scale


def test_default_accuracy():
    for x in (0.1, 1.0, 5.0):
        exact = np.exp(x)
        assert forward_difference(np.exp, x) == pytest.approx(exact, rel=1e-7)
        assert central_difference(np.exp, x) == pytest.approx(exact, rel=1e-9)
        assert complex_step(np.exp, x) == pytest.approx(exact, rel=1e-15)


@pytest.mark.parametrize("x", [3, np.int8(3), np.uint8(3), np.array(3), np.float16(3)])
@pytest.mark.parametrize("difference", [forward_difference, central_difference, complex_step])
def test_any_real_number_will_do(difference, x):
    assert difference(lambda x: x * x, x) == pytest.approx(6, rel=0.1 if isinstance(x, np.float16) else 1e-6)


def test_whole_steps_from_small_integers_do_not_wrap():
    assert central_difference(lambda x: x, np.uint8(0), 1) == 1
    assert forward_difference(lambda x: x, np.int8(127), 1) == 1


@pytest.mark.parametrize("x", [np.uint8(200), np.int8(100), np.int32(50_000), np.int64(3_000_000), np.array(200, "u1")])
@pytest.mark.parametrize("difference", [forward_difference, central_difference, complex_step])
def test_powers_of_whole_numbers_do_not_wrap(difference, x):
    assert difference(lambda x: x**3, x) == pytest.approx(3 * float(x) ** 2, rel=1e-5)


def test_whole_results_of_f_do_not_wrap():
    assert central_difference(lambda x: np.uint8(100) - np.uint8(round(10 * x)), 1.0, 0.2) == pytest.approx(-10)
    assert numerical_gradient(lambda x: np.uint8(100 - 10 * x[0]), [1.0], "forward", 0.1) == pytest.approx([-10])


def test_the_complex_step_believes_f_to_be_smooth_over_a_length_of_h():
    def wave(x):
        return np.sin(1e20 * x)

    assert complex_step(wave, 0.0) == pytest.approx(1e20 * np.sinh(1.0))  # as its docstring says
    assert complex_step(wave, 0.0, 1e-30) == pytest.approx(1e20)


def test_a_step_too_small_for_single_precision_still_counts():
    assert complex_step(np.sin, np.float32(1), 1e-60) == pytest.approx(np.cos(1.0))


@pytest.mark.parametrize("difference", [forward_difference, central_difference, complex_step])
class TestErrors:
    @pytest.mark.parametrize("h", [0, -1e-3, np.nan, np.inf, 1j, [1e-3], "1e-3", [[1.0], [1.0, 2.0]]])
    def test_step(self, difference, h):
        with pytest.raises(ValueError, match="h must be a positive number"):
            difference(np.sin, 1.0, h)

    @pytest.mark.parametrize("x", [np.nan, np.inf, -np.inf])
    def test_not_finite(self, difference, x):
        with pytest.raises(ValueError, match="x must be finite"):
            difference(np.sin, x)

    @pytest.mark.parametrize("x", [1j, "1", None, True, [[1.0], [1.0, 2.0]]])
    def test_not_real(self, difference, x):
        with pytest.raises(TypeError, match="x must hold real numbers"):
            difference(np.sin, x)

    def test_array(self, difference):
        with pytest.raises(TypeError, match=r"has shape \(2,\); for arrays see numerical_gradient"):
            difference(np.sin, np.ones(2))

    @pytest.mark.parametrize("f", [None, "sin", 2.0, [np.sin], np.ones(2)])
    def test_f_is_no_function(self, difference, f):
        with pytest.raises(TypeError, match="f must be a function, it is"):
            difference(f, 1.0)

    def test_value_of_f(self, difference):
        with pytest.raises(TypeError, match=r"f must return a single number, it returned an array of shape \(1, 3\)"):
            difference(lambda x: np.full((1, 3), x), 1.0)

    @pytest.mark.parametrize("value", [None, "0"])
    def test_value_of_f_is_no_number(self, difference, value):
        with pytest.raises(TypeError, match="f "):
            difference(lambda x: value, 1.0)


@pytest.mark.parametrize("difference", [forward_difference, central_difference])
def test_complex_values_of_f_are_refused(difference):
    with pytest.raises(TypeError, match="single real number"):
        difference(lambda x: 1j * x, 1.0)


# Gradients


def smooth(x):
    """A smooth function of an array of any shape that mixes all its entries."""
    weights = np.arange(1.0, x.size + 1).reshape(x.shape)
    return np.tanh(np.sum(weights * x) / (1 + x.size)) + np.sum(np.sin(weights * x))


def slope_of_smooth(x):
    weights = np.arange(1.0, x.size + 1).reshape(x.shape)
    total = np.tanh(np.sum(weights * x) / (1 + x.size))
    return weights * (1 - total**2) / (1 + x.size) + weights * np.cos(weights * x)


SHAPES = array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3)
ARRAYS = arrays(float, SHAPES, elements=st.floats(-2, 2, allow_subnormal=False))


@pytest.mark.parametrize("method, tolerance", zip(METHODS, [1e-4, 1e-6, 1e-12], strict=True))
@given(x=ARRAYS)
def test_gradient_of_any_shape(method, tolerance, x):
    gradient = numerical_gradient(smooth, x, method)
    assert isinstance(gradient, np.ndarray) and gradient.shape == x.shape
    assert np.allclose(gradient, slope_of_smooth(x), atol=tolerance, rtol=tolerance)


@pytest.mark.parametrize("method, count", zip(METHODS, [7, 12, 6], strict=True))
def test_number_of_evaluations(method, count):
    calls = []
    numerical_gradient(lambda x: (calls.append(1), np.sum(x * x))[1], np.ones((2, 3)), method)
    assert len(calls) == count


@pytest.mark.parametrize("method", METHODS)
def test_x_is_never_changed(method):
    def f(x):
        total = np.sum(x**2)
        x += 1
        x[...] *= 5
        return total

    x = np.array([1.0, -2.0, 0.5])
    assert np.allclose(numerical_gradient(f, x, method), 2 * x, atol=1e-6)
    assert np.array_equal(x, [1.0, -2.0, 0.5])
    x.flags.writeable = False
    assert np.allclose(numerical_gradient(f, x, method), 2 * x, atol=1e-6)


@pytest.mark.parametrize("method", METHODS)
def test_gradient_of_integers_lists_and_single_precision(method):
    for x in ([1, 2, 3], np.array([1, 2, 3], np.int16)):
        gradient = numerical_gradient(lambda x: np.sum(x**2), x, method)
        assert gradient.dtype == float and np.allclose(gradient, [2, 4, 6])
    gradient = numerical_gradient(lambda x: np.sum(x**2), np.array([1, 2, 3], np.float32), method)
    assert gradient.dtype == np.float32 and np.allclose(gradient, [2, 4, 6], rtol=1e-3)


@pytest.mark.parametrize("method", METHODS)
def test_gradient_with_a_step_of_ones_own(method):
    h = {"forward": 0.5, "central": 0.5, "complex": 1e-3}[method]
    expected = {"forward": 3 + 1.5 + 0.25, "central": 3 + 0.25, "complex": 3 - 1e-6}[method]
    assert numerical_gradient(lambda x: x[0] ** 3, [1.0], method, h) == pytest.approx(expected)
    with pytest.raises(ValueError, match="h must be a positive number"):
        numerical_gradient(lambda x: x[0], [1.0], method, h=0)


@pytest.mark.parametrize("method", METHODS)
class TestGradientErrors:
    @pytest.mark.parametrize("x", [np.ones(2), np.ones((0, 2))])
    def test_f_is_no_function(self, method, x):
        with pytest.raises(TypeError, match="f must be a function, it is None"):
            numerical_gradient(None, x, method)

    def test_f_is_not_scalar(self, method):
        with pytest.raises(TypeError, match=r"f must return a single number, it returned an array of shape \(2,\)"):
            numerical_gradient(lambda x: 2 * x, np.ones(2), method)

    @pytest.mark.parametrize("bad, error", [(np.nan, ValueError), (np.inf, ValueError), (1j, TypeError)])
    def test_x(self, method, bad, error):
        with pytest.raises(error, match="x must"):
            numerical_gradient(np.sum, [1.0, bad], method)


@pytest.mark.parametrize("method", [["central"], None, np.ones(2), {}])
def test_a_method_is_a_name(method):
    for call in (lambda: numerical_gradient(np.sum, np.ones(2), method), lambda: default_step(1.0, method)):
        with pytest.raises(ValueError, match="method must be one of forward, central"):
            call()


def test_unknown_method():
    with pytest.raises(ValueError, match="method must be one of forward, central, complex, it is 'centre'"):
        numerical_gradient(np.sum, np.ones(2), "centre")


def test_complex_gradient_refuses_what_it_cannot_differentiate():
    with pytest.raises(NotAnalyticError, match="absolute"):
        numerical_gradient(lambda x: np.sum(np.abs(x)), np.ones(3), "complex")


@pytest.mark.parametrize("method, tolerance", zip(METHODS, [1e-6, 1e-8, 1e-14], strict=True))
def test_read_only_strided_and_nested_x(method, tolerance):
    x = np.arange(12.0).reshape(3, 4)[::2, ::-1]
    x.flags.writeable = False
    for same in (x, x.tolist(), tuple(map(tuple, x)), np.asfortranarray(x)):
        assert numerical_gradient(smooth, same, method) == pytest.approx(slope_of_smooth(x), rel=tolerance, abs=1e-5)


@pytest.mark.parametrize("method", METHODS)
def test_rows_of_several_lengths_and_no_numbers(method):
    for x in ([[1.0], [2.0, 3.0]], ["a"], [None], [True]):
        with pytest.raises(TypeError, match="x must"):
            numerical_gradient(np.sum, x, method)

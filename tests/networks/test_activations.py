"""Activations and their slopes against mpmath, `Value` and the complex step, from one end to the other."""

import warnings

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.calculus.differences import complex_step
from helpers.calculus.graph import Value
from helpers.networks.activations import ACTIVATIONS, log_sigmoid, sigmoid, sigmoid_slope, softmax, tanh_slope

FAR = [20.0, 37.0, 40.0, 800.0]
BOTH_ENDS = [*FAR, *(-z for z in FAR)]
zs = st.one_of(st.floats(-745, 745), st.sampled_from([0.0, *BOTH_ENDS, -1e4, 1e4, -1e308, 1e308]))


@pytest.fixture(autouse=True)
def no_warnings():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def exact_sigmoid(z):
    with mpmath.workdps(400):  # 1 + exp(-800) has 348 digits that are not its own
        return 1 / (1 + mpmath.exp(-mpmath.mpf(z)))


def close(number, exact, dtype=np.float64):
    """Within four roundings of dtype; below its normal numbers, within the smallest of them."""
    info = np.finfo(dtype)
    return abs(mpmath.mpf(float(number)) - exact) <= 4 * float(info.eps) * abs(exact) + float(info.tiny)


@given(zs, st.sampled_from([np.float32, np.float64]))
def test_sigmoid_keeps_all_digits_at_both_ends(z, dtype):
    z = dtype(np.clip(z, -1e38, 1e38))
    p, log_p = sigmoid(z), log_sigmoid(z)
    assert p.dtype == log_p.dtype == dtype
    exact = exact_sigmoid(float(z)) if abs(z) < 1e5 else mpmath.mpf(float(z > 0))
    assert close(p, exact, dtype)
    exact_log = mpmath.log(exact) if abs(z) < 1e5 else mpmath.mpf(float(min(z, 0)))
    assert close(log_p, exact_log, dtype)


@given(st.floats(-600, 600))
def test_the_complex_step_through_sigmoid_keeps_all_digits(z):
    for step_in in (lambda f: complex_step(f, z), lambda f: f(np.array([z + 1e-20j]))[0].imag / 1e-20):
        assert close(step_in(sigmoid), exact_sigmoid(z) * exact_sigmoid(-z))
        assert close(step_in(log_sigmoid), exact_sigmoid(-z))


def test_far_from_zero():
    assert sigmoid(np.array([-800.0, 800.0, -np.inf, np.inf])).tolist() == [0, 1, 0, 1]
    assert log_sigmoid(np.array([-800.0, 800.0, np.inf])).tolist() == [-800, 0, 0]
    assert np.isnan(sigmoid(np.nan))
    assert sigmoid(np.array([-800 + 1e-20j, 800 + 1e-20j])).tolist() == [0, 1]
    assert complex_step(sigmoid, -800.0) == 0 and complex_step(log_sigmoid, -800.0) == 1


@pytest.mark.parametrize("z", BOTH_ENDS)
def test_slopes_agree_with_the_graph_and_the_complex_step(z):
    for name, slope in (("sigmoid", sigmoid_slope), ("tanh", tanh_slope)):
        activate, other = ACTIVATIONS[name]
        h = activate(np.array([z]))[0]
        leaf = Value(z)
        getattr(leaf, name)().backward()
        by_step = complex_step(sigmoid if name == "sigmoid" else np.tanh, z)
        assert slope is other
        assert abs(slope(h) - leaf.grad) <= 1.2e-16 and abs(slope(h) - by_step) <= 1.2e-16
        if name == "sigmoid" and z < 0:
            assert slope(h) == pytest.approx(leaf.grad, rel=1e-15) and slope(h) == pytest.approx(by_step, rel=1e-15)


@given(st.floats(-50, 0))
def test_left_of_zero_the_sigmoids_slope_keeps_its_digits(z):
    assert close(sigmoid_slope(sigmoid(z)), exact_sigmoid(z) * exact_sigmoid(-z))


@pytest.mark.parametrize("function", [sigmoid, log_sigmoid])
def test_whole_numbers_and_lists_are_numbers(function):
    z = [[0, 1], [100, 2]]
    expected = function(np.array(z, float))
    assert np.array_equal(function(z), expected)
    for dtype in ("uint8", "int8", "int64", "uint64"):
        assert np.array_equal(function(np.array(z, dtype)), expected)
        assert function(np.array(3, dtype)[()]) == function(3.0)
    assert np.array_equal(function(np.array([True, False])), function([1.0, 0.0]))
    assert np.array_equal(function(np.array([1, -9], "float16")), function([1.0, -9.0]))
    assert isinstance(function(3), float) and isinstance(function(3.0), float)


@pytest.mark.parametrize("function", [sigmoid, log_sigmoid])
@pytest.mark.parametrize("z", [None, "1", [[1.0], [1.0, 2.0]], {}, np.array([None])])
def test_what_is_no_number_has_no_sigmoid(function, z):
    with pytest.raises(TypeError, match="z must hold numbers"):
        function(z)


@pytest.mark.parametrize("shape", [(4, 1), (3, 2), (2, 9), (2, 3, 4)])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("size", [1.0, 1e4])
def test_softmax_is_made_of_probabilities(shape, dtype, size):
    z = (size * np.random.default_rng(0).normal(size=shape)).astype(dtype)
    p, before = softmax(z), z.copy()
    exact = np.exp(z - z.max(axis=-1, keepdims=True).astype(float))
    assert p.dtype == dtype and p.shape == shape and np.array_equal(z, before)
    assert np.allclose(p, exact / exact.sum(axis=-1, keepdims=True), rtol=1e-5 if dtype == np.float32 else 1e-14)

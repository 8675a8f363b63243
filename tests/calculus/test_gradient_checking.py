"""The gradient check: right gradients pass, wrong ones do not, and where nothing can be told it says so."""

import math

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from programs import COMPLEX, assume_moderate, gradient_by_autograd, points, programs, run

from helpers.calculus.gradient_checking import gradient_check, relative_errors

X = np.array([1.0, 2.0])


@given(programs(), points(), st.integers(0, 2), st.sampled_from([1.001, 1.01, 2, -1, 0]))
def test_random_programs(program, x, entry, factor):
    def f(x):
        return run(program, x, COMPLEX)[-1] + 0 * x[0]

    assume_moderate(run(program, x.astype(complex), COMPLEX))
    right = gradient_by_autograd(program, x)
    report = gradient_check(f, x, right)
    assert report.passed or (report.verdict == "cannot tell" and np.abs(right).max() < 1e-8), report
    assume(abs(right[entry]) > 1e-6)
    for wrong in (right * factor, np.where(np.arange(3) == entry, factor, 1) * right):
        report = gradient_check(f, x, wrong)
        assert report.verdict == ("suspicious" if factor in (1.001, 1.01) else "wrong") and not report.passed
    wrong = np.roll(right, 1)
    assume(np.abs(wrong - right).max() > 0.02 * np.abs(right).max())
    assert gradient_check(f, x, wrong).verdict == "wrong"


@settings(max_examples=20)  # each asks for nine reports
@given(x=arrays(float, (2, 3), elements=st.floats(-2, 2, allow_subnormal=False)), entry=st.integers(0, 5))
def test_wrong_gradients_fail_at_the_wrong_entry(x, entry):
    def f(x):
        return np.sum(np.exp(x) * np.array([[1, -2, 3], [-4, 5, 6]]))

    right = np.exp(x) * np.array([[1, -2, 3], [-4, 5, 6]])
    assert gradient_check(f, x, right).verdict in ("good", "fair")
    assert gradient_check(f, x, 2.001 * right).verdict == "wrong"
    assert gradient_check(f, x, np.zeros_like(x)).verdict == "wrong"
    where = np.unravel_index(entry, x.shape)
    for factor in (-1, 0, 1.01, 0.99, np.nan, np.inf):
        wrong = right.copy()
        wrong[where] *= factor
        report = gradient_check(f, x, wrong)
        assert not report.passed
        assert report.worst_index == where
        assert f"at index ({where[0]}, {where[1]}): " in str(report)


@pytest.mark.parametrize("x, gradient", [(np.ones((2, 3)), np.ones((3, 2))), (np.ones(2), 1.0), (1.0, np.ones(1))])
def test_shapes_must_agree(x, gradient):
    with pytest.raises(ValueError, match=r"x's shape .*, it has .* \(the shape rule\)"):
        gradient_check(np.sum, x, gradient)


def test_check_of_a_number_and_of_nothing():
    report = gradient_check(lambda x: x**2, 3.0, 6.0)
    assert report.passed and report.worst_index == () and "index" not in str(report)
    assert gradient_check(np.sum, np.ones((0, 2)), np.ones((0, 2))).passed


def relu(x):
    return np.sum(np.maximum(x, 0))


@pytest.mark.parametrize("slope", [0.0, 0.3, 1.0])
def test_a_kink_is_explained(slope):
    report = gradient_check(relu, [1.0, 0.0, -1.0], [1.0, slope, 0.0])
    assert report.verdict == "kink" and not report.passed and report.worst_index == (1,)
    assert "a kink (as of ReLU or abs) lies within h of x" in str(report)


@pytest.mark.parametrize("distance", [1e-7, 1e-6, 1.5e-6, 2e-6, 3e-6, 5e-6, -1e-8, -1.7e-6, -4e-6])
def test_beside_a_kink_the_right_slope_is_never_called_wrong(distance):
    report = gradient_check(relu, [1.0, distance, -1.0], [1.0, float(distance > 0), 0.0])
    assert report.passed or report.verdict == "kink", report


@pytest.mark.parametrize("slope", [-0.5, 1.5, np.nan])
def test_a_kink_does_not_excuse_a_slope_beyond_both_sides(slope):
    assert gradient_check(relu, [1.0, 0.0, -1.0], [1.0, slope, 0.0]).verdict == "wrong"


def test_a_kink_far_away_does_not_matter():
    assert gradient_check(relu, [1.0, 1e-4, -1e-4], [1.0, 1.0, 0.0]).verdict == "good"
    assert gradient_check(relu, [1.0, 1e-4, -1e-4], [1.0, 1.0, 1.0]).verdict == "wrong"


@pytest.mark.parametrize("x", [0.0, -1e-7, 1e-6])
@pytest.mark.parametrize("f, slope", [(lambda x: x**2, lambda x: 2 * x), (np.cos, lambda x: -np.sin(x))])
def test_a_smooth_minimum_is_no_kink(f, slope, x):
    assert gradient_check(f, x, slope(x)).passed
    assert gradient_check(f, x, slope(x) + 1).verdict == "wrong"
    assert gradient_check(f, x, 2 * slope(x)).verdict == ("wrong" if abs(x) >= 1e-7 else "good")


@pytest.mark.parametrize(
    "f",
    [
        lambda x: x[0] ** 3 + 1e-9 * x[1] ** 3,
        lambda x: np.sin(x[0]) - x[0] + x[1] ** 5,
        lambda x: np.cos(x[0]) + x[1] ** 2,
        lambda x: (x[0] + 0.1 - x[0]) * 3 + np.log(1 + x[1] ** 2),
        lambda x: 1e8 + x[0] ** 2 * x[1],
    ],
)
def test_slopes_of_zero_raise_no_alarm(f):
    report = gradient_check(f, np.zeros(2), np.zeros(2))
    assert report.passed, report
    assert gradient_check(f, np.zeros(2), np.array([0.0, 1.0])).verdict == "wrong"


@pytest.mark.parametrize("offset", [1e3, -1e6, 1e9])
def test_a_large_offset_raises_no_alarm(offset):
    x = np.array([0.3, -1.2, 2.0])
    report = gradient_check(lambda x: offset + np.sum(np.exp(x)), x, np.exp(x))
    assert report.passed, report


@pytest.mark.parametrize("scale", [1e-12, 1e-6, 1e6, 1e12])
def test_scale_does_not_matter(scale):
    x = np.array([0.3, -1.2, 2.0])
    assert gradient_check(lambda x: scale * np.sum(np.exp(x)), x, scale * np.exp(x)).passed
    assert not gradient_check(lambda x: scale * np.sum(np.exp(x)), x, scale * np.exp(x) * [1, 1.01, 1]).passed


def test_relative_errors():
    assert relative_errors([0.0, 1.0, 1.0], [0.0, 1.1, -1.0]) == pytest.approx([0, 0.1 / 1.1, 2])


# What cannot be told


def cannot_tell(f, x, gradient, reason):
    report = gradient_check(f, x, gradient)
    assert report.verdict == "cannot tell" and not report.passed and report.relative_error > 1e-4, report
    assert str(report).startswith("cannot tell") and f": {reason}" in str(report)


rng = np.random.default_rng(0)


@pytest.mark.parametrize(
    "f",
    [
        lambda x: rng.normal(),
        lambda x: np.sum(x**2) + rng.normal(),
        lambda x: np.sum(x**2) + 1e-9 * rng.normal(),
    ],
)
@pytest.mark.parametrize("factor", [1, 0, 3])
def test_f_that_changes_from_call_to_call(f, factor):
    cannot_tell(f, X, factor * 2 * X, "at the same x, f is ")


def test_f_that_changes_now_and_then():
    for _ in range(20):
        cannot_tell(lambda x: np.sum(x**2) * rng.choice([0.5, 1.0, 2.0]), X, 2 * X, "")


def test_a_coin_is_no_plateau():
    for _ in range(500):
        cannot_tell(lambda x: float(rng.integers(0, 2)), np.ones(1), np.zeros(1), "")


@pytest.mark.parametrize("x", [[1.0, 2.0], [0.3, -1.2], [0.1, 12.0]])
@pytest.mark.parametrize("frequency", [1e6, 1e7, 3e8, 1e9, 1e12])
def test_waves_much_shorter_than_all_steps(x, frequency):
    x = np.array(x)
    for gradient in (frequency * np.cos(frequency * x), np.zeros(2), np.ones(2)):
        cannot_tell(lambda x: np.sum(np.sin(frequency * x)), x, gradient, "f jumps, bends or swings within")


@given(st.floats(3e6, 1e12), st.floats(-3, 3), st.floats(0, 7))
def test_a_right_gradient_of_any_short_wave_is_never_wrong(frequency, x, phase):
    assume(abs(x) > 0.1)
    report = gradient_check(lambda x: np.sin(frequency * x + phase), x, frequency * np.cos(frequency * x + phase))
    assert report.verdict == "cannot tell", report


@pytest.mark.parametrize("x", [[1.0, 2.0], [3.0, -4.0], [0.0, 0.0], [10.0, 0.01]])
@pytest.mark.parametrize("offset", [1e12, -1e12, 3e12])
def test_an_offset_that_leaves_too_few_digits(offset, x):
    x = np.array(x)
    cannot_tell(lambda x: offset + np.sum(x**2), x, 2 * x, "f has too few digits")
    cannot_tell(lambda x: offset + np.sum(x**2), x, 2.0001 * x + 1e-3, "f has too few digits")
    assert gradient_check(lambda x: offset + np.sum(x**2), x, 2 * x + 1000).verdict == "wrong"


@pytest.mark.parametrize("f", [lambda x: 1e17 + x, lambda x: 1e300 + x, lambda x: 1e15 + 1e-4 * x, lambda x: 1e13])
@pytest.mark.parametrize("gradient", [0.0, 1e-4, 1.0])
def test_a_number_too_large_to_show_a_slope_is_no_plateau(f, gradient):
    cannot_tell(f, 1.0, gradient, "f has too few digits")


def sigma(z):
    return 1 / (1 + np.exp(-z))


UNSTABLE = {  # right to the last digit of 1, of which they leave a few
    "-log p": (lambda z: -np.log(sigma(z)), lambda z: -sigma(-z)),
    "log(1 + exp(-z))": (lambda z: np.log(1 + np.exp(-z)), lambda z: -sigma(-z)),
    "entropy of p": (lambda z: entropy(sigma(np.array([z, -z]))), lambda z: -z * sigma(z) * sigma(-z)),
}


@given(st.sampled_from(sorted(UNSTABLE)), st.floats(2, 100))
@example("log(1 + exp(-z))", 38.0)
@example("-log p", 40.0)
def test_a_small_loss_that_is_computed_with_large_numbers(name, z):
    f, slope = UNSTABLE[name]
    with np.errstate(all="ignore"):
        assert gradient_check(f, z, slope(z)).verdict in ("good", "fair", "cannot tell")
        zero = gradient_check(f, z, 0.0).verdict
    assert zero != "good" or z > 40  # and f is 0 wherever one looks
    assert zero == "wrong" or z > 20


def in_float16(x):
    return float(np.sum(np.tanh(x.astype(np.float16))))


ROUNDED = {
    "1 decimal": lambda x: round(float(np.sum(x**2)), 1),
    "3 decimals": lambda x: np.round(np.sum(x**2), 3),
    "3 digits": lambda x: float(f"{np.sum(x**2):.3g}"),
    "3 digits of a large number": lambda x: float(f"{1000 * np.sum(x**2):.3g}") / 1000,
    "float16": lambda x: np.float16(np.sum(x**2)),
    "float16 as a float": lambda x: float(np.float16(np.sum(x**2))),
    "float32 of an offset": lambda x: np.float32(1e4 + np.sum(x**2)),
}


@pytest.mark.parametrize("f", ROUNDED.values(), ids=ROUNDED)
@pytest.mark.parametrize("x", [[1.0, 2.0], [0.7, -0.4], [1.37, 0.21]])
def test_f_with_fewer_digits_than_the_gradient_needs(f, x):
    cannot_tell(f, np.array(x), 2 * np.array(x), "f has too few digits")


def test_f_that_computes_in_half_precision():
    assert gradient_check(in_float16, X, 1 - np.tanh(X) ** 2).verdict == "cannot tell"


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize(
    "where",
    [
        lambda x: True,
        lambda x: np.array_equal(x, X),
        lambda x: not np.array_equal(x, X),
        lambda x: x[1] < 2,
        lambda x: x[1] > 2,
    ],
    ids=["everywhere", "at x", "beside x", "left", "right"],
)
def test_f_that_is_not_finite(value, where):
    cannot_tell(lambda x: value if where(x) else np.sum(x), X, np.ones(2), "f is not finite at x or beside it")


@pytest.mark.parametrize("gradient", [np.nan, np.inf, -np.inf])
def test_a_gradient_that_is_not_finite_is_wrong_whatever_f_is(gradient):
    for f in (np.sum, lambda x: np.nan, lambda x: rng.normal(), lambda x: np.sum(np.abs(x - 1))):
        assert gradient_check(f, X, [1.0, gradient]).verdict == "wrong"


@pytest.mark.parametrize("f", [lambda x: np.sqrt(abs(x)), lambda x: np.cbrt(x), lambda x: float(x > 0), np.sign])
@pytest.mark.parametrize("gradient", [0.0, 1.0, -1e5])
def test_at_a_jump_or_a_vertical_tangent(f, gradient):
    cannot_tell(f, 0.0, gradient, "f jumps, bends or swings within")


# Plateaus


PLATEAUS = {
    "a step": (lambda x: np.sum(x > 0), [-0.5, 0.3]),
    "a step nearby": (lambda x: np.sum(x > 0), [-1e-3, 2e-4]),
    "floor": (lambda x: np.sum(np.floor(x)), [0.5, 1.3]),
    "round": (lambda x: float(np.sum(np.round(x))), [0.2, 1.3]),
    "sign": (lambda x: np.sum(np.sign(x)), [0.5, -7.0]),
    "a dead ReLU": (lambda x: np.sum(np.maximum(x, 0)), [-0.5, -1.0]),
    "a dead ReLU with a bias": (lambda x: 5 + np.sum(np.maximum(x, 0)), [-0.5, -1e-3]),
    "a constant": (lambda x: 7, [1.0, 2.0]),
    "an unsigned constant": (lambda x: np.uint8(7), [1.0, 2.0]),
    "zero": (lambda x: 0.0, [1.0, 0.0]),
    "saturation": (lambda x: np.sum(np.tanh(1e4 * x)), [1.0, 0.5]),
}


@pytest.mark.parametrize("f, x", PLATEAUS.values(), ids=PLATEAUS)
def test_a_plateau_confirms_a_gradient_of_zero_and_nothing_else(f, x):
    assert gradient_check(f, x, [0.0, 0.0]).verdict == "good"
    for gradient in ([1.0, 0.0], [0.0, -1.0], [0.5, 0.5], [0.0, 0.01]):
        assert gradient_check(f, x, gradient).verdict == "wrong"


def test_a_dead_unit_beside_living_ones():
    x = np.array([-0.5, 2.0, 0.3])
    assert gradient_check(relu, x, [0.0, 1.0, 1.0]).verdict == "good"
    for gradient in ([1.0, 1.0, 1.0], [1e-6, 1.0, 1.0], [0.0, 0.0, 1.0]):
        assert gradient_check(relu, x, gradient).verdict == "wrong"


# Right gradients whose f is hard to look at


def entropy(x):
    return -np.sum(x * np.log(x))


NEAR_AN_EDGE = {
    "log": (lambda x: np.sum(np.log(x)), lambda x: 1 / x, 1e-6),
    "log, far down": (lambda x: np.sum(np.log(x)), lambda x: 1 / x, 1e-12),
    "math.log": (lambda x: math.log(x[0]) + math.log(x[1]), lambda x: 1 / x, 1e-6),
    "sqrt": (lambda x: np.sum(np.sqrt(x)), lambda x: 0.5 / np.sqrt(x), 1e-8),
    "entropy": (entropy, lambda x: -np.log(x) - 1, 1e-8),
    "1/x": (lambda x: np.sum(1 / x), lambda x: -1 / x**2, 1e-6),
    "1/x, negative": (lambda x: np.sum(1 / x), lambda x: -1 / x**2, -1e-6),
    "log(1 - x)": (lambda x: np.sum(np.log1p(-x)), lambda x: -1 / (1 - x), 1 - 1e-7),
    "arcsin": (lambda x: np.sum(np.arcsin(x)), lambda x: 1 / np.sqrt(1 - x**2), 1 - 1e-6),
}


@pytest.mark.parametrize("f, slope, near", NEAR_AN_EDGE.values(), ids=NEAR_AN_EDGE)
def test_a_right_gradient_near_the_edge_of_the_domain_passes_and_a_wrong_one_does_not(f, slope, near):
    x = np.array([near, 0.5])
    report = gradient_check(f, x, slope(x))
    assert report.passed, report
    assert gradient_check(f, x, -slope(x)).verdict == gradient_check(f, x, 1.1 * slope(x)).verdict == "wrong"


@given(st.floats(-9, 2), st.sampled_from(["log", "sqrt", "entropy", "1/x"]))
def test_at_all_distances_from_the_edge(exponent, name):
    f, slope, _ = NEAR_AN_EDGE[name]
    x = np.array([10.0**exponent, 0.5])
    assert gradient_check(f, x, slope(x)).passed
    assert not gradient_check(f, x, 1.01 * slope(x)).passed


@given(st.floats(-300, -1))
def test_an_entropy_beside_its_edge_is_never_wrong(exponent):
    x = 10.0**exponent
    report = gradient_check(lambda x: -x * np.log(x) - (1 - x) * np.log(1 - x), x, np.log((1 - x) / x))
    assert report.passed if exponent > -9 else report.verdict in ("good", "fair", "cannot tell"), report


@pytest.mark.parametrize("x", [5e-324, -1e-320, 1e-250, 1e-30, 1e30, -1e200])
def test_very_small_and_very_large_x(x):
    assert gradient_check(np.abs, x, np.sign(x)).verdict in ("good", "kink")
    assert gradient_check(lambda x: 3 * x, x, 3.0).verdict == "good"
    assert gradient_check(lambda x: 3 * x, x, 3.1).verdict == "wrong"


@settings(max_examples=30)
@given(st.integers(0, 2**32 - 1), st.booleans())
def test_a_network_in_single_precision(seed, as_float):
    draw = np.random.default_rng(seed)
    W, w, inputs = draw.normal(size=(2, 3)), draw.normal(size=3).astype(np.float32), draw.normal(size=(4, 2))
    inputs = inputs.astype(np.float32)

    def loss(W):
        value = np.mean((np.tanh(inputs @ W.astype(np.float32)) @ w - np.float32(0.3)) ** 2)
        return float(value) if as_float else value

    def gradient(W):
        h = np.tanh(inputs.astype(float) @ W)
        return inputs.T @ ((h @ w - 0.3)[:, None] / 2 * w * (1 - h**2))

    assert gradient_check(loss, W, gradient(W)).verdict in ("good", "fair", "cannot tell")
    assert gradient_check(loss, W, -gradient(W)).verdict == "wrong"
    assert gradient_check(loss, W, 1.1 * gradient(W)).verdict == "wrong"


def test_a_weight_that_moves_single_precision_less_than_its_last_digit_is_not_called_wrong():
    def f(x):
        return np.float32(np.sin(x[0]) + 1e-10 * x[1])

    assert gradient_check(f, X, [np.cos(1.0), 1e-10]).verdict in ("fair", "cannot tell")
    assert gradient_check(f, X, [np.cos(1.0), 0.1]).verdict == "wrong"


# Arguments


@pytest.mark.parametrize("kind", [np.float32, np.float16, np.int8, np.uint8, np.int64, list, tuple, np.asfortranarray])
def test_odd_arrays(kind):
    x = [[1, 2, 3], [3, 2, 1]]
    given_x = kind(x) if kind in (list, tuple, np.asfortranarray) else np.array(x, kind)
    given_gradient = kind((2 * np.array(x)).tolist()) if kind in (list, tuple, np.asfortranarray) else 2 * given_x
    assert gradient_check(lambda x: np.sum(x**2), given_x, given_gradient).verdict == "good"
    assert gradient_check(lambda x: np.sum(x**2), given_x, given_x).verdict == "wrong"


def test_read_only_and_strided_arrays_stay_as_they_are():
    x = np.arange(12.0).reshape(3, 4)[::2, ::-1]
    x.flags.writeable = False

    def f(x):
        total = np.sum(x**2)
        x += 1
        return total

    before = x.copy()
    assert gradient_check(f, x, 2 * x).passed and np.array_equal(x, before)


@pytest.mark.parametrize("gradient", [[2, 4j], np.ones(2, complex), ["2", "4"], [None, 1], [True, False]])
def test_a_gradient_that_is_not_real_is_refused(gradient):
    with pytest.raises(TypeError, match="gradient must hold real numbers"):
        gradient_check(np.sum, X, gradient)


def test_rows_of_several_lengths_are_refused():
    with pytest.raises(TypeError, match="gradient must hold real numbers, in rows of one length"):
        gradient_check(np.sum, X, [[1.0], [2.0, 3.0]])
    with pytest.raises(TypeError, match="x must hold real numbers, in rows of one length"):
        gradient_check(np.sum, [[1.0], [2.0, 3.0]], X)


@pytest.mark.parametrize("x, error", [([1, 2j], TypeError), ([1, np.nan], ValueError), ([1, np.inf], ValueError)])
def test_an_x_that_is_not_real_and_finite_is_refused(x, error):
    with pytest.raises(error, match="x must"):
        gradient_check(np.sum, x, X)


@pytest.mark.parametrize("value", [np.ones(1), 1j, None, "1", True])
def test_f_must_return_one_real_number(value):
    with pytest.raises(TypeError, match="f must return a single"):
        gradient_check(lambda x: value, X, X)


@pytest.mark.parametrize("f", [None, "sin", 2.0, X])
@pytest.mark.parametrize("x", [X, np.ones(0)])
def test_f_is_a_function(f, x):
    with pytest.raises(TypeError, match="f must be a function, it is"):
        gradient_check(f, x, x)


def test_an_error_of_f_is_no_verdict():
    with pytest.raises(KeyError):
        gradient_check(lambda x: {}[0], X, X)
    with pytest.raises(ValueError, match="mismatch"):
        gradient_check(lambda x: x @ np.ones(3), X, X)

"""Policies: probabilities, drawn actions and scores."""

import autograd.numpy as anp
import mpmath
import numpy as np
import pytest
from autograd import elementwise_grad
from hypothesis import given
from hypothesis import strategies as st

from helpers.calculus.differences import numerical_gradient
from helpers.rl.policy import action_probabilities, likelier_actions, sample_actions, score


@st.composite
def logits(draw):
    n, outputs, scale = draw(st.integers(1, 5)), draw(st.integers(1, 5)), draw(st.sampled_from([0.1, 1.0, 10.0]))
    rng = np.random.default_rng(draw(st.integers(0, 2**31)))
    return scale * rng.normal(size=(n, outputs)), rng.integers(0, max(outputs, 2), n)


# Probabilities, actions, scores


def log_pi_by_autograd(z, a):
    """log pi(a | s) for each row, from the definitions."""
    if z.shape[1] == 1:
        return -anp.log(1 + anp.exp(anp.where(a == 1, -z[:, 0], z[:, 0])))
    return z[np.arange(len(a)), a] - anp.log(anp.sum(anp.exp(z), axis=1))


@given(logits())
def test_score_is_the_gradient_of_log_pi(case):
    z, a = case
    exact = elementwise_grad(lambda z: log_pi_by_autograd(z, a))(z)
    assert score(z, a).shape == z.shape and np.allclose(score(z, a), exact, rtol=1e-9, atol=1e-13)
    by_step = numerical_gradient(lambda z: log_pi_by_autograd(z, a).sum(), z, "complex")
    assert np.allclose(score(z, a), by_step, rtol=1e-9, atol=1e-13)


@given(logits())
def test_probabilities_are_the_exponentials_of_log_pi_and_the_mean_score_is_0(case):
    z, _ = case
    pi, mean = action_probabilities(z), np.zeros_like(z)
    assert pi.shape == (len(z), max(z.shape[1], 2)) and np.allclose(pi.sum(axis=1), 1, rtol=1e-14)
    for action in range(pi.shape[1]):
        a = np.full(len(z), action)
        assert np.allclose(pi[:, action], np.exp(log_pi_by_autograd(z, a)), rtol=1e-9, atol=1e-15)
        mean += pi[:, [action]] * score(z, a)
    assert np.allclose(mean, 0, atol=1e-15)


@given(logits())
def test_probabilities_are_a_softmax_by_reductions_to_the_last_bit(case):
    z, _ = case
    z = np.column_stack([z, z[:, 0] / 2])
    e = np.exp(z - z.max(axis=1, keepdims=True))
    assert np.array_equal(action_probabilities(z), e / e.sum(axis=1, keepdims=True))


@given(st.floats(-30, 30))
def test_one_output_is_two_logits_of_which_one_is_0(z):
    one, two = np.array([[z]]), np.array([[0.0, z]])
    assert np.allclose(action_probabilities(one), action_probabilities(two), rtol=1e-12, atol=1e-16)
    for a in ([0], [1]):
        assert np.allclose(score(one, a), score(two, a)[:, 1:], atol=1e-15)


@pytest.mark.parametrize(
    "z, pi",
    [
        ([[1000.0], [-1000.0]], [[0, 1], [1, 0]]),
        ([[1000.0, -1000.0], [-1000.0, 1000.0]], [[1, 0], [0, 1]]),
        ([[1000.0, 1000.0, -1000.0]], [[0.5, 0.5, 0]]),
        ([[-1000.0, -1000.0, -1000.0, -1000.0]], [[0.25] * 4]),
    ],
)
def test_extreme_logits_are_exact(z, pi):
    z, pi, rng = np.array(z), np.array(pi), np.random.default_rng(0)
    assert np.array_equal(action_probabilities(z), pi)
    drawn = [sample_actions(z, rng) for _ in range(50)]
    assert all(pi[np.arange(len(z)), a].all() for a in drawn)
    for a in range(pi.shape[1]):
        onehot = np.eye(pi.shape[1])[a] - pi
        assert np.array_equal(score(z, np.full(len(z), a)), onehot[:, 1:] if z.shape[1] == 1 else onehot)


@pytest.mark.parametrize("z", [[[0.4]], [[-3.0]], [[0.0, 1.0]], [[1.0, -1.0, 0.5, 0.0]]])
def test_actions_come_as_often_as_their_probabilities_say(z):
    z, n = np.array(z), 40_000
    pi = action_probabilities(z)[0]
    a = sample_actions(np.repeat(z, n, axis=0), np.random.default_rng(3))
    assert a.shape == (n,) and np.issubdtype(a.dtype, np.integer)
    shares = np.bincount(a, minlength=len(pi)) / n
    assert shares.shape == pi.shape and np.all(np.abs(shares - pi) < 3 * np.sqrt(pi * (1 - pi) / n))


def test_the_same_generator_draws_the_same_actions_and_rows_differ():
    z = np.zeros((50, 3))
    first, again, other = (sample_actions(z, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert np.array_equal(first, again) and not np.array_equal(first, other) and set(first) == {0, 1, 2}


@given(logits())
def test_the_likelier_action_is_the_one_of_the_largest_probability(case):
    z, _ = case
    assert np.array_equal(likelier_actions(z), action_probabilities(z).argmax(axis=1))


@pytest.mark.parametrize(
    "z, a", [([[1e-300]], 1), ([[0.0]], 0), ([[-1e-300]], 0), ([[0.0, 1e-300]], 1), ([[2, 2, 1]], 0)]
)
def test_the_likelier_action_of_two_nearly_alike(z, a):
    assert likelier_actions(z).tolist() == [a]


# Many policies at once


@given(logits(), st.integers(1, 3))
def test_policies_with_an_axis_in_front_are_the_single_ones(case, n):
    z, a = case
    many, actions = np.stack([z - k for k in range(n)]) * np.arange(1, n + 1)[:, None, None], np.stack([a] * n)
    drawn = sample_actions(many, np.random.default_rng(1))
    rng = np.random.default_rng(1)
    for k, each in enumerate(many):
        assert np.array_equal(action_probabilities(many)[k], action_probabilities(each))
        assert np.array_equal(score(many, actions)[k], score(each, a))
        assert np.array_equal(likelier_actions(many)[k], likelier_actions(each))
        assert np.array_equal(drawn[k], sample_actions(each, rng))


# Odd numbers


@pytest.mark.parametrize("z", [0.0, 1.0, -1.0, 20.0, -20.0, 37.0, -37.0, 40.0, -40.0, 700.0, -700.0, 800.0, -800.0])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_one_saturated_output_keeps_all_digits(z, dtype):
    with mpmath.workdps(40):
        right, left = (float(1 / (1 + mpmath.exp(-sign * z))) for sign in (1, -1))
    table, close = np.array([[z]], dtype), {"rel": 4 * float(np.finfo(dtype).eps), "abs": float(np.finfo(dtype).tiny)}
    assert action_probabilities(table)[0] == pytest.approx([left, right], **close)
    assert score(table, [1]).item() == pytest.approx(left, **close)
    assert score(table, [0]).item() == pytest.approx(-right, **close)


WHOLE = [np.bool_, np.uint8, np.int8, np.int32, np.uint64, np.int64]


@given(logits(), st.sampled_from([*WHOLE, np.float16, np.float32, np.float64, list]))
def test_every_kind_of_number_gives_the_numbers_of_float64(case, dtype):
    z, a = case
    z = z.tolist() if dtype is list else np.abs(z).astype(dtype) if dtype in WHOLE else z.astype(dtype)
    exact = np.array(z, float)
    precision = np.finfo(np.float32).eps if dtype is np.float32 else 0
    kept = np.float32 if dtype is np.float32 else np.float64
    for function in (action_probabilities, lambda z: score(z, a), lambda z: score(z, a.astype(np.uint8))):
        assert function(z).dtype == kept
        assert np.allclose(function(z), function(exact), rtol=0, atol=2 * precision)
    assert np.array_equal(likelier_actions(z), likelier_actions(exact))
    if not precision:
        drawn = (sample_actions(each, np.random.default_rng(0)) for each in (z, exact))
        assert np.array_equal(*drawn)


@given(logits())
def test_the_order_in_memory_does_not_matter_and_nothing_is_written(case):
    z, a = case
    for same in (np.asfortranarray(z), np.repeat(z, 2, axis=0)[::2], z[::-1][::-1], z.copy()):
        same.flags.writeable = False
        for function in (action_probabilities, likelier_actions, lambda z: score(z, a)):
            assert np.array_equal(function(same), function(z))


@pytest.mark.parametrize("outputs", [1, 2, 4])
def test_no_rows_have_no_actions(outputs):
    z = np.zeros((0, outputs))
    assert action_probabilities(z).shape == (0, max(outputs, 2)) and score(z, []).shape == (0, outputs)
    assert sample_actions(z, np.random.default_rng(0)).shape == likelier_actions(z).shape == (0,)


# Errors

FUNCTIONS = [
    action_probabilities,
    likelier_actions,
    lambda z: sample_actions(z, np.random.default_rng(0)),
    lambda z: score(z, [0, 0]),
]
NO_LOGITS = [np.nan, np.inf, -np.inf, 1j, None, "0", [0.0]]


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("odd", NO_LOGITS)
@pytest.mark.parametrize("outputs", [1, 2, 3])
def test_logits_are_finite_numbers(function, odd, outputs):
    z = np.zeros((2, outputs)).tolist()
    z[1][0] = odd
    with pytest.raises(ValueError, match="^z must hold finite real numbers, it is"):
        function(z)


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("z", [0.5, np.zeros(2), np.zeros((2, 0)), []])
def test_logits_are_a_table(function, z):
    with pytest.raises(ValueError, match=r"^z must have the shape \(N, actions\) or \(N, 1\), it has \("):
        function(z)


@pytest.mark.parametrize("outputs, last", [(1, 1), (2, 1), (3, 2)])
@pytest.mark.parametrize("a", [[0, 9], [0, -1], [0], [[0], [1]], [0.0, 1.0], [True, False], 1, None, [[0], [1, 0]], []])
def test_actions_are_whole_numbers_one_for_each_row(a, outputs, last):
    with pytest.raises(ValueError, match=f"^a must hold whole numbers from 0 to {last}, one for each row of z .2, "):
        score(np.zeros((2, outputs)), a)


@pytest.mark.parametrize("rng", [0, None, np.random, np.random.RandomState(0)], ids=repr)
def test_actions_are_drawn_by_a_generator(rng):
    with pytest.raises(TypeError, match="^rng must be a numpy.random.Generator"):
        sample_actions(np.zeros((2, 1)), rng)

"""Policies: probabilities, drawn actions and scores."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import elementwise_grad
from hypothesis import given
from hypothesis import strategies as st

from helpers.calculus.differences import numerical_gradient
from helpers.rl.policy import action_probabilities, sample_actions, score


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


@pytest.mark.parametrize(
    "z", [np.zeros(2), np.zeros((2, 0)), [[0.0, 1.0]], np.array([[np.nan, 0.0]]), np.array([[np.inf]])]
)
def test_logits_are_a_finite_table(z):
    for function in (action_probabilities, lambda z: sample_actions(z, np.random.default_rng(0))):
        with pytest.raises(ValueError, match=r"z must be a finite array of the shape \(N, actions\) or \(N, 1\)"):
            function(z)


@pytest.mark.parametrize("outputs, last", [(1, 1), (2, 1), (3, 2)])
@pytest.mark.parametrize("a", [[0, 9], [0, -1], [0], [[0], [1]], [0.0, 1.0], [True, False], 1, None])
def test_actions_are_whole_numbers_one_for_each_row(a, outputs, last):
    with pytest.raises(ValueError, match=f"a must hold 2 whole numbers from 0 to {last}, one for each row of z"):
        score(np.zeros((2, outputs)), a)

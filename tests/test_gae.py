"""Generalised advantages against their definition, and the training with them."""

import gymnasium
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from helpers.cartpole import SCALE, make_poles, new_networks
from helpers.gae import generalised_advantages, train_with_gae
from helpers.policy import rewards_to_go

SHAPES = st.tuples(st.integers(1, 6), st.integers(1, 3))
DECAY = st.floats(0, 1)


@st.composite
def rollouts(draw):
    shape = draw(SHAPES)
    return draw(arrays(float, shape, elements=st.floats(-5, 5))), draw(arrays(bool, shape))


@given(rollouts(), DECAY, DECAY)
def test_definition(rollout, gamma, lam):
    """The sum of (gamma lam)**k delta_(t+k) up to the end of the episode or of the rollout."""
    delta, ended = rollout
    T, n = delta.shape
    expected = np.zeros((T, n))
    for t, pole in np.ndindex(T, n):
        for k in range(t, T):
            expected[t, pole] += (gamma * lam) ** (k - t) * delta[k, pole]
            if ended[k, pole]:
                break
    assert np.allclose(generalised_advantages(delta, ended, gamma, lam), expected)


@given(rollouts(), DECAY)
def test_without_lambda_it_is_the_td_error(rollout, gamma):
    assert np.array_equal(generalised_advantages(*rollout, gamma, 0.0), rollout[0])


@given(arrays(float, 5, elements=st.floats(-5, 5)), arrays(float, 6, elements=st.floats(-5, 5)), DECAY)
def test_with_lambda_1_it_is_the_reward_to_go_minus_v(rewards, v, gamma):
    v[-1] = 0.0  # the rollout ends with the episode
    delta = rewards + gamma * v[1:] - v[:-1]
    advantages = generalised_advantages(delta[:, None], np.zeros((5, 1), dtype=bool), gamma, 1.0)[:, 0]
    assert np.allclose(advantages, rewards_to_go(rewards, gamma) - v[:-1])


def test_training_depends_on_the_seed_alone_and_leaves_the_given_networks():
    networks = new_networks(0)
    before = [W.copy() for params in networks for W, _ in params]
    runs = [train_with_gae(make_poles(8), *networks, 30, 0.01, 0.99, 0.95, seed, 4, SCALE) for seed in (0, 0, 1)]
    assert all(np.array_equal(a, W) for a, W in zip(before, (W for p in networks for W, _ in p), strict=True))
    assert np.array_equal(runs[0][0][0][0], runs[1][0][0][0]) and not np.array_equal(runs[0][0][0][0], runs[2][0][0][0])
    finished = runs[0][2]
    assert np.all(np.diff(finished.at) >= 0) and finished.at[-1] <= 30 * 4 * 8
    assert finished.returns.sum() <= finished.at[-1]


def test_training_improves():
    _, _, finished = train_with_gae(make_poles(), *new_networks(1), 60, 0.01, 0.99, 0.95, 1, 16, SCALE, reward=0.05)
    assert finished.returns[-20:].mean() > 3 * finished.returns[:20].mean()


def test_first_update_is_adams():
    """Adam's first step moves every weight with a gradient by alpha, whatever the gradient's size."""
    actor, critic = new_networks(2)
    moved, after, _ = train_with_gae(make_poles(), actor, critic, 1, 0.01, 0.99, 0.95, 2, 3, SCALE)
    assert np.allclose(np.abs(moved[1][0] - actor[1][0]), 0.01, rtol=1e-3)
    assert np.allclose(np.abs(after[1][1] - critic[1][1]), 0.01, rtol=1e-3)
    assert np.array_equal(moved[0][0], actor[0][0])  # behind a layer of zeros arrives nothing


def test_callback_sees_every_update():
    steps = []
    train_with_gae(
        make_poles(2), *new_networks(0), 5, 0.01, 0.99, 0.95, 0, 3, SCALE, callback=lambda step, *_: steps.append(step)
    )
    assert steps == list(range(5))


def test_environments_that_reset_otherwise_are_refused():
    kind = gymnasium.vector.AutoresetMode.SAME_STEP
    envs = gymnasium.vector.SyncVectorEnv(2 * [lambda: gymnasium.make("CartPole-v1")], autoreset_mode=kind)
    with pytest.raises(ValueError, match="NEXT_STEP"):
        train_with_gae(envs, *new_networks(0), 1, 0.01, 0.99, 0.95, 0)

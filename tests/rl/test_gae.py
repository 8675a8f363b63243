"""Generalised advantages against their definition, and the training with them against autograd and a plain training."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from gymnasium.vector import AutoresetMode, SyncVectorEnv
from hypothesis import given
from hypothesis import strategies as st
from test_actor_critic import Scripted, copied, flat, log_pi, output, pole_networks, poles, same

from helpers.networks.network import forward, init_params
from helpers.rl.actor_critic import Finished, td_error, train
from helpers.rl.cartpole import SCALE, make_poles, new_networks
from helpers.rl.corridor import SwitchedCorridor
from helpers.rl.gae import generalised_advantages, train_with_gae
from helpers.rl.policy_gradient import rewards_to_go


@st.composite
def rollouts(draw):
    """(delta, ended, rng) of T steps of n environments."""
    T, n, rng = draw(st.integers(1, 8)), draw(st.integers(1, 3)), np.random.default_rng(draw(st.integers(0, 2**31)))
    return rng.normal(size=(T, n)), rng.random((T, n)) < draw(st.sampled_from([0, 0.3, 1])), rng


DISCOUNTS = st.sampled_from([0.0, 0.5, 0.99, 1.0])


def until_the_end(ended, t, column):
    """Steps from t to the end of the episode, or of the rollout."""
    ends = [k for k in range(t, len(ended)) if ended[k, column]]
    return range(t, (ends[0] if ends else len(ended) - 1) + 1)


# The advantages


@given(rollouts(), DISCOUNTS, DISCOUNTS)
def test_advantages_are_the_discounted_sum_of_td_errors_to_the_end_of_the_episode(rollout, gamma, lam):
    delta, ended, _ = rollout
    A = generalised_advantages(delta, ended, gamma, lam)
    assert A.shape == delta.shape
    for t, column in np.ndindex(delta.shape):
        steps = until_the_end(ended, t, column)
        expected = sum((gamma * lam) ** (k - t) * delta[k, column] for k in steps)
        assert A[t, column] == pytest.approx(expected, rel=1e-12, abs=1e-12)


@given(rollouts(), DISCOUNTS)
def test_with_lambda_0_they_are_the_td_errors(rollout, gamma):
    delta, ended, _ = rollout
    assert np.array_equal(generalised_advantages(delta, ended, gamma, 0.0), delta)


@given(rollouts(), DISCOUNTS)
def test_with_lambda_1_they_are_the_returns_minus_the_values(rollout, gamma):
    r, ended, rng = rollout
    v, v_next = rng.normal(size=r.shape), rng.normal(size=r.shape)
    v_next[:-1] = np.where(ended[:-1], v_next[:-1], v[1:])  # what comes next is where the next step starts
    A = generalised_advantages(td_error(r, v, v_next, ended, gamma), ended, gamma, 1.0)
    for t, column in np.ndindex(r.shape):
        steps = until_the_end(ended, t, column)
        G = rewards_to_go(r[steps, column], gamma)[0]
        if not ended[steps[-1], column]:
            G += gamma ** len(steps) * v_next[-1, column]  # the rollout broke off: the critic's guess for the rest
        assert A[t, column] == pytest.approx(G - v[t, column], rel=1e-9, abs=1e-9)


def test_nothing_comes_back_over_the_end_of_an_episode():
    delta, ended = np.ones((4, 1)), np.array([[False], [True], [False], [False]])
    far = delta * [[1], [1], [1e6], [1e6]]
    assert generalised_advantages(far, ended, 0.9, 1.0)[:2].tolist() == [[1.9], [1.0]]


def test_whole_numbers_and_an_empty_rollout():
    A = generalised_advantages(np.array([[1], [1]]), np.array([[False], [False]]), 0.5, 0.5)
    assert A.tolist() == [[1.25], [1.0]]
    assert generalised_advantages(np.ones((0, 3)), np.ones((0, 3), dtype=bool), 0.9, 0.9).shape == (0, 3)


def test_delta_and_ended_must_have_one_shape():
    with pytest.raises(ValueError, match="delta, ended must have one shape"):
        generalised_advantages(np.ones((4, 2)), np.zeros((4, 1), dtype=bool), 0.9, 0.9)


# The training, on environments that follow a script

SCRIPT = [  # observations, rewards, terminated, truncated of two environments
    ([0.2, -0.5], [1.0, 2.0], [0, 0], [0, 0]),
    ([0.9, 0.4], [0.5, 1.0], [1, 0], [0, 0]),  # the first one ends
    ([0.1, 0.7], [0.0, 3.0], [0, 0], [0, 1]),  # and is reset, while the second is cut off
    ([0.3, -0.2], [2.0, 0.0], [0, 0], [0, 0]),  # which is reset here
]
START = [0.5, -0.1]


def gradients_by_autograd(actor, critic, actions, gamma, lam, reward):
    """Of the two losses of one rollout of SCRIPT, with everything but log pi and V a number."""
    s = np.array([START, *(step[0] for step in SCRIPT)])[:, :, None]
    rows = [(0, 0), (1, 0), (3, 0), (0, 1), (1, 1), (2, 1)]  # (step, environment), without the resets
    delta = {}
    for t, k in rows:
        v, v_next = (float(output(critic, s[[i], k])[0, 0]) for i in (t, t + 1))
        delta[t, k] = reward * SCRIPT[t][1][k] + gamma * (0 if SCRIPT[t][2][k] else v_next) - v
    y = gamma * lam
    A = {(1, 0): delta[1, 0], (3, 0): delta[3, 0], (2, 1): delta[2, 1]}
    A |= {(0, 0): delta[0, 0] + y * A[1, 0], (1, 1): delta[1, 1] + y * A[2, 1]}
    A[0, 1] = delta[0, 1] + y * A[1, 1]
    A = np.array([A[row] for row in rows])
    seen, a = np.array([s[row] for row in rows]), np.array([actions[t][k] for t, k in rows])
    normalised = (A - A.mean()) / (A.std() + 1e-8)
    down_actor = grad(lambda actor: -anp.mean(normalised * log_pi(actor, seen, a)))(actor)
    down_critic = grad(lambda critic: -anp.mean(A * output(critic, seen)[:, 0]))(critic)
    return [*down_actor, *down_critic]


def scripted_networks(layers=2):
    rng = np.random.default_rng(8)
    return init_params((1, 4, 2), rng), init_params((1, *[3] * (layers - 1), 1), rng)


@pytest.mark.parametrize("layers", [1, 2, 3], ids="critic with {} layers".format)
def test_one_update_against_autograd(layers):
    actor, critic = scripted_networks(layers)
    envs, seen = Scripted(START, *SCRIPT), []
    new_actor, new_critic, _ = train_with_gae(
        envs, actor, critic, 1, 0.01, 0.9, 0.8, 3, rollout=4, reward=0.5, callback=lambda *args: seen.append(args)
    )
    ((step, params, grads),) = seen
    expected = gradients_by_autograd(actor, critic, envs.actions, 0.9, 0.8, 0.5)
    assert step == 0 and np.allclose(flat(grads), flat(expected), rtol=1e-10, atol=1e-12)
    assert len(new_actor) == 2 and len(new_critic) == layers and same(params, [*new_actor, *new_critic])
    moved = flat(params) - flat([*actor, *critic])
    assert np.allclose(moved, -0.01 * np.sign(flat(expected)), rtol=1e-4)  # Adam's first step, for both networks


def test_history_of_the_script_leaves_out_resets():
    *_, finished = train_with_gae(Scripted(START, *SCRIPT), *scripted_networks(), 2, 0.01, 0.9, 0.8, 3, rollout=2)
    assert isinstance(finished, Finished)
    assert finished.at.tolist() == [4, 5] and finished.returns.tolist() == [
        1.5,
        6.0,
    ]  # what `reward` scales is not in it


def test_a_rollout_of_resets_only_is_no_trouble():
    script = ([0.2], [1.0], [1], [0]), ([0.5], [0.0], [0], [0])
    after = [
        train_with_gae(Scripted([0.5], *script), *scripted_networks(), k, 0.01, 0.9, 0.8, 3, rollout=1) for k in (1, 2)
    ]
    assert np.all(np.isfinite(flat(after[1][0]))) and np.all(np.isfinite(flat(after[1][1])))
    assert after[1][2].at.tolist() == [1]


# The training, on poles


def test_without_learning_the_history_is_that_of_the_plain_training():
    networks = pole_networks()
    plain = train(poles(), *networks, 240, 0.0, 0.0, 0.98, 5, SCALE)[2]
    fancy = train_with_gae(poles(), *networks, 30, 0.0, 0.98, 0.9, 5, rollout=8, scale=SCALE)[2]
    assert len(plain.at) > 50
    assert np.array_equal(fancy.at, plain.at) and np.array_equal(fancy.returns, plain.returns)


def test_the_same_seed_gives_the_same_numbers_and_nothing_given_is_changed():
    networks = pole_networks()
    before = [copied(network) for network in networks]
    first, again, other = (train_with_gae(poles(), *networks, 20, 0.01, 0.98, 0.9, seed) for seed in (1, 1, 2))
    assert same(first[0], again[0]) and same(first[1], again[1]) and not same(first[0], other[0])
    assert np.array_equal(first[2].at, again[2].at) and np.array_equal(first[2].returns, again[2].returns)
    assert all(same(network, old) for network, old in zip(networks, before, strict=True))
    untrained = train_with_gae(poles(), *networks, 0, 0.01, 0.98, 0.9, 1)
    assert same(untrained[0], networks[0]) and same(untrained[1], networks[1]) and len(untrained[2].at) == 0


def test_training_learns_to_balance():
    actor, _, finished = train_with_gae(
        make_poles(), *new_networks(0), 120, 0.01, 0.99, 0.95, 0, rollout=16, scale=SCALE, reward=0.05
    )
    assert finished.returns[:32].mean() < 30 and finished.returns[-32:].mean() > 100
    assert np.all(np.diff(finished.at) >= 0) and finished.at[-1] <= 120 * 16 * 32
    right = [[0.0, 0.0, 0.1, 0.5]] / SCALE  # falling to the right, one must push to the right
    assert np.diff(forward(actor, right)[0]) > 0 > np.diff(forward(actor, -right)[0])


def test_callback_sees_every_update_and_behind_a_layer_of_zeros_arrives_nothing():
    seen, (actor, critic) = [], new_networks(2)
    train_with_gae(poles(), actor, critic, 3, 0.01, 0.99, 0.95, 2, callback=lambda *args: seen.append(args))
    assert [step for step, *_ in seen] == [0, 1, 2]
    (_, (hidden, *_), (dhidden, *_)), (_, (later, *_), _), _ = seen
    assert not dhidden[0].any() and same([hidden], actor[:1]) and not same([later], [hidden])


# Errors


@pytest.mark.parametrize("mode", [AutoresetMode.SAME_STEP, AutoresetMode.DISABLED])
def test_another_way_of_resetting_is_refused(mode):
    envs = SyncVectorEnv([SwitchedCorridor], autoreset_mode=mode)
    with pytest.raises(ValueError, match=f"envs must be a gymnasium VectorEnv with AutoresetMode.NEXT_STEP.*{mode}"):
        train_with_gae(envs, *scripted_networks(), 1, 0.01, 0.9, 0.8, 0)


@pytest.mark.parametrize("rollout", [0, -5])
def test_a_rollout_needs_a_step(rollout):
    with pytest.raises(ValueError, match="rollout must be at least 1 step, it is"):
        train_with_gae(poles(), *pole_networks(), 1, 0.01, 0.9, 0.8, 0, rollout=rollout)


def test_networks_for_other_observations():
    with pytest.raises(ValueError, match=r"layer 0: W of shape \(1, 4\) does not fit X of shape \(8, 4\)"):
        train_with_gae(poles(), *scripted_networks(), 1, 0.01, 0.9, 0.8, 0)

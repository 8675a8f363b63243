"""Generalised advantages against their definition, and the training with them against autograd and a plain training."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from hypothesis import given
from hypothesis import strategies as st
from parameters import copied, flat, log_pi, output, same
from poles import pole_networks, poles
from scripted import Scripted

from helpers.networks.network import forward, init_params
from helpers.rl.actor_critic import Finished, td_error, train
from helpers.rl.cartpole import SCALE, make_poles, new_networks
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


@given(rollouts(), st.sampled_from([bool, np.uint8, np.int8, np.int64, np.float16, list]))
def test_advantages_of_every_kind_of_number_are_those_of_float64(rollout, kind):
    delta, ended, _ = rollout
    delta = np.abs(delta * 60).round() > 30 if kind is bool else np.abs(delta * 20).round()
    given = delta.tolist() if kind is list else delta.astype(kind)
    A = generalised_advantages(given, ended.tolist(), 1, 0.5)
    assert A.dtype == np.float64 and np.array_equal(A, generalised_advantages(delta.astype(float), ended, 1.0, 0.5))
    assert np.array_equal(A, generalised_advantages(delta.astype(float), ended.astype(float), 1.0, 0.5))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_an_empty_rollout_and_the_precision_that_is_kept(dtype):
    A = generalised_advantages(np.ones((0, 3), dtype), np.ones((0, 3), dtype=bool), 0.9, 0.9)
    assert A.shape == (0, 3) and A.dtype == dtype
    assert generalised_advantages(np.ones((2, 3), dtype), np.ones((2, 3), dtype=bool), 0.9, 0.9).dtype == dtype


@pytest.mark.parametrize("delta", [[[1.0, np.nan]], [[1.0, np.inf]], [[1j, 1.0]], [["1", "1"]], [[1.0], [1.0, 2.0]]])
def test_advantages_of_what_is_no_finite_number(delta):
    with pytest.raises(ValueError, match="^delta must hold finite real numbers, it is"):
        generalised_advantages(delta, [[False, False]], 0.9, 0.9)


@pytest.mark.parametrize(
    "delta, ended", [(1.0, False), (np.ones((4, 2)), np.zeros((4, 1), dtype=bool)), ([[1.0]], True)]
)
def test_delta_and_ended_must_have_one_shape(delta, ended):
    with pytest.raises(ValueError, match=r"^delta and ended must have one shape \(T, n\), they have"):
        generalised_advantages(delta, ended, 0.9, 0.9)


@pytest.mark.parametrize("number", [-0.1, 1.5, np.nan, None])
@pytest.mark.parametrize("name", ["gamma", "lam"])
def test_advantages_are_discounted_by_numbers_from_0_to_1(name, number):
    with pytest.raises(ValueError, match=f"^{name} must be a number from 0 to 1, it is"):
        generalised_advantages([[1.0]], [[False]], **{"gamma": 0.9, "lam": 0.9} | {name: number})


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


@pytest.mark.parametrize("number", [-5, 2.5, np.nan, None, "2"])
@pytest.mark.parametrize("name, least", [("rollout", 1), ("updates", 0)])
def test_rollouts_and_updates_are_counted(name, least, number):
    settings = {"updates": 1, "rollout": 2} | {name: number}
    for odd in {number, least - 1}:
        with pytest.raises(ValueError, match=f"^{name} must be a whole number, at least {least}, it is"):
            train_with_gae(poles(), *pole_networks(), alpha=0.01, gamma=0.9, lam=0.8, seed=0, **settings | {name: odd})


@pytest.mark.parametrize("number", [-0.1, np.nan, np.inf, None, "1"])
@pytest.mark.parametrize("name, high", [("alpha", "inf"), ("reward", "inf"), ("gamma", "1"), ("lam", "1")])
def test_settings_are_numbers(name, high, number):
    settings = {"alpha": 0.01, "gamma": 0.9, "lam": 0.8, "reward": 1.0} | {name: number}
    with pytest.raises(ValueError, match=f"^{name} must be a number from 0 to {high}, it is"):
        train_with_gae(poles(), *pole_networks(), updates=1, seed=0, **settings)


def test_rewards_that_are_not_finite_are_refused():
    with pytest.raises(ValueError, match="^r must hold finite real numbers"):
        train_with_gae(
            Scripted([0.5], ([0.2], [np.nan], [0], [0])), *scripted_networks(), 1, 0.01, 0.9, 0.8, 3, rollout=1
        )


def test_what_a_reset_pays_belongs_to_no_episode():
    script = ([2], [5.0], [1], [0]), ([1], [np.nan], [0], [0]), ([2], [7.0], [1], [0]), ([1], [3.0], [0], [0])
    *_, finished = train_with_gae(Scripted([1], *script), *scripted_networks(), 2, 0.01, 0.9, 0.8, 3, rollout=2)
    assert finished.returns.tolist() == [5, 7] and finished.at.tolist() == [1, 2]


def test_networks_for_other_observations():
    with pytest.raises(ValueError, match=r"actor: layer 0: W of shape \(1, 4\) does not fit X of shape \(1, 4\)"):
        train_with_gae(poles(), *scripted_networks(), 1, 0.01, 0.9, 0.8, 0)

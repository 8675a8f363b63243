"""Many trainings side by side: for one learner those of actor_critic.train, and for several each like its own."""

import gymnasium
import numpy as np
import pytest

from helpers.actor_critic import Transitions, train, update
from helpers.cartpole import SCALE, episode_returns, make_poles, new_networks
from helpers.network import backward, init_params
from helpers.network import forward as one_forward
from helpers.side_by_side import ascended, evaluate_side_by_side, forward, stacked, train_side_by_side

GOOD = 200 * np.array([0.1, 0.3, 1.0, 0.5]) * SCALE  # pushes to where the pole falls


def linear_actor(weights):
    """z(left) = 0, z(right) = weights . s / SCALE."""
    return [(np.column_stack([np.zeros(4), weights]), np.zeros(2))]


def flat(params):
    return np.concatenate([part.ravel() for layer in params for part in layer])


def alone(params, k):
    """The networks of learner k."""
    return [(W[k], b[k, 0]) for W, b in params]


@pytest.mark.parametrize("seed", [3, 11])
def test_one_learner_is_train(seed):
    envs, networks = make_poles(), new_networks(seed)
    actor, _, finished = train(envs, *networks, 250, 0.05, 0.03, 0.99, seed, SCALE)
    actors, [side] = train_side_by_side(1, 250, 0.05, 0.03, 0.99, seed)
    assert np.allclose(flat(alone(actors, 0)), flat(actor), rtol=0, atol=1e-12)
    assert np.array_equal(side.at, finished.at) and np.array_equal(side.returns, finished.returns)


def test_forward_and_step_of_each_learner_are_those_of_its_own_networks():
    rng = np.random.default_rng(0)
    networks = [init_params((3, 5, 4, 2), rng, 0.7) for _ in range(3)]
    X, dz = rng.normal(size=(3, 6, 3)), rng.normal(size=(3, 6, 2))
    output, inputs = forward(stacked(networks), X)
    moved = ascended(stacked(networks), inputs, dz, 0.1)
    for k, params in enumerate(networks):
        expected, cache = one_forward(params, X[k])
        assert np.allclose(output[k], expected, rtol=1e-13)
        gradient = backward(params, cache, dz[k])
        by_hand = [(W + 0.1 * dW, b + 0.1 * db) for (W, b), (dW, db) in zip(params, gradient, strict=True)]
        assert np.allclose(flat(alone(moved, k)), flat(by_hand), rtol=1e-12)


def test_several_learners_take_updates_of_their_own():
    """The first update of every learner, with the transitions taken from the same poles."""
    poles, n = make_poles(3 * 32), 3
    actors, _ = train_side_by_side(n, 1, 0.05, 0.05, 0.99, seed=5)
    s = poles.reset(seed=5)[0]
    a = (np.random.default_rng(5).random((n, 32)) >= 0.5).astype(int)
    s_next, r, terminated, _, _ = poles.step(a.ravel())
    for k in range(n):
        rows = slice(32 * k, 32 * (k + 1))
        batch = Transitions(s[rows] / SCALE, a[k], r[rows], s_next[rows] / SCALE, terminated[rows])
        actor, _ = update(*new_networks(5 + k), batch, 0.05, 0.05, 0.99)
        assert np.allclose(flat(alone(actors, k)), flat(actor), rtol=0, atol=1e-12)


def test_the_same_seed_gives_the_same_numbers():
    first, again, other = (train_side_by_side(2, 40, 0.05, 0.05, 0.99, seed) for seed in (1, 1, 2))
    assert np.array_equal(flat(first[0]), flat(again[0])) and not np.array_equal(flat(first[0]), flat(other[0]))
    assert all(np.array_equal(a.returns, b.returns) for a, b in zip(first[1], again[1], strict=True))


def test_episodes_are_counted_for_each_learner():
    _, finished = train_side_by_side(4, 120, 0.05, 0.05, 0.99)
    assert len(finished) == 4
    for each in finished:
        assert np.all(np.diff(each.at) >= 0) and 0 < each.at[-1] <= 120 * 32
        assert each.returns.sum() <= each.at[-1] and each.returns.min() >= 8


def test_scale_and_environments_can_be_chosen():
    def paid_late(number):
        return gymnasium.make_vec(
            "CartPole-v1", num_envs=number, vectorization_mode="vector_entry_point", sutton_barto_reward=True
        )

    _, finished = train_side_by_side(2, 60, 0.05, 0.05, 0.99, make=paid_late)
    assert all(np.all(each.returns == -1) for each in finished)
    scaled, unscaled = (train_side_by_side(1, 5, 0.05, 0.05, 0.99, scale=scale)[0] for scale in (SCALE, np.ones(4)))
    assert not np.allclose(flat(scaled), flat(unscaled))


def test_environments_that_reset_otherwise_are_refused():
    def same_step(number):
        kind = gymnasium.vector.AutoresetMode.SAME_STEP
        one = [lambda: gymnasium.make("CartPole-v1")]
        return gymnasium.vector.SyncVectorEnv(number * one, autoreset_mode=kind)

    with pytest.raises(ValueError, match="NEXT_STEP"):
        train_side_by_side(1, 2, 0.05, 0.05, 0.99, make=same_step)


def test_evaluation_is_by_the_rule_of_cartpole():
    one_side = [(np.zeros((4, 2)), np.array([-50.0, 50.0]))]
    good, falling = evaluate_side_by_side(stacked([linear_actor(GOOD), one_side]), seed=3, episodes=40)
    assert good.solved and good.greedy == 500
    assert 8 <= falling.sampled <= 10 and 8 <= falling.greedy <= 10 and not falling.solved
    assert evaluate_side_by_side(stacked([one_side]), 3, 40) == evaluate_side_by_side(stacked([one_side]), 3, 40)


def test_evaluation_draws_actions_for_the_first_mean_only():
    """A coin that is a little in favour of one side: drawn, it balances longer than pushed to that side for ever."""
    coin = [(np.zeros((4, 2)), np.array([0.0, 0.05]))]
    [found] = evaluate_side_by_side(stacked([coin]), seed=0, episodes=200)
    drawn = episode_returns(coin, 1, 200)
    assert found.greedy < 10 and abs(found.sampled - drawn.mean()) < 4 * drawn.std() / np.sqrt(100)

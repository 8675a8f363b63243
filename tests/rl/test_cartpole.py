"""CartPole: networks, evaluation, the rule for solved, and one training from the start to the end."""

import gymnasium
import numpy as np
import pytest
from parameters import flat
from poles import GOOD, LEFT, linear_actor

from helpers.networks.network import forward
from helpers.rl import cartpole
from helpers.rl.actor_critic import train
from helpers.rl.cartpole import SCALE, Evaluation, episode_returns, evaluate, make_poles, new_networks
from helpers.rl.policy import action_probabilities


def test_networks_have_their_shapes_and_the_actor_is_a_fair_coin():
    actor, critic = new_networks(0)
    assert [(W.shape, b.shape) for W, b in actor] == [((4, 32), (32,)), ((32, 2), (2,))]
    assert [(W.shape, b.shape) for W, b in critic] == [((4, 32), (32,)), ((32, 1), (1,))]
    s = np.random.default_rng(0).normal(size=(9, 4))
    assert np.array_equal(action_probabilities(forward(actor, s)[0]), np.full((9, 2), 0.5))
    assert actor[0][0].any() and critic[1][0].any()


def test_the_same_seed_gives_the_same_networks():
    first, again, other = (new_networks(seed) for seed in (3, 3, 4))
    assert all(np.array_equal(flat(a), flat(b)) for a, b in zip(first, again, strict=True))
    assert not np.array_equal(flat(first[0]), flat(other[0])) and not np.array_equal(flat(first[1]), flat(other[1]))


def test_poles_are_gymnasiums_and_reset_in_the_next_step():
    poles = make_poles(5)
    assert poles.num_envs == 5 and poles.metadata["autoreset_mode"].name == "NEXT_STEP"
    assert make_poles().num_envs == cartpole.N_POLES == 32
    assert cartpole.LONGEST == gymnasium.spec("CartPole-v1").max_episode_steps
    assert gymnasium.spec("CartPole-v1").reward_threshold == cartpole.SOLVED == 475


# Evaluation


@pytest.mark.parametrize("greedy", [False, True])
def test_evaluation_depends_on_the_seed_alone(greedy):
    actor, _ = new_networks(0)
    actor = [actor[0], (np.random.default_rng(1).normal(size=(32, 2)), actor[1][1])]
    first, again, other = (episode_returns(actor, seed, 20, greedy=greedy) for seed in (1, 1, 2))
    assert first.shape == (20,) and np.array_equal(first, again) and not np.array_equal(first, other)
    assert evaluate(actor, 1, 20) == evaluate(actor, 1, 20)
    assert evaluate(actor, 1, 20)[greedy] == first.mean()


def test_an_actor_that_always_goes_left_falls_soon():
    evaluation = evaluate(LEFT, 0)
    assert 8 <= evaluation.greedy == evaluation.sampled <= 11 and not evaluation.solved


def test_a_fair_coin_falls_after_some_twenty_steps():
    actor, _ = new_networks(0)
    evaluation = evaluate(actor, 0)
    assert 15 < evaluation.sampled < 32 and 8 < evaluation.greedy < 11  # the likelier action of two alike is left


def test_a_controller_balances_the_poles_for_500_steps():
    returns = episode_returns(GOOD, 0, 50, greedy=True)
    assert returns.tolist() == [500] * 50 and evaluate(GOOD, 0, 50).solved


def test_an_actor_with_one_output_is_the_one_with_two():
    (W, b), *_ = GOOD
    one = [(W[:, 1:], b[1:])]
    assert evaluate(one, 0, 10) == evaluate(GOOD, 0, 10) == (500, 500)
    assert evaluate([(-W[:, 1:], b[1:])], 0, 10) == evaluate([(-W, b)], 0, 10)


def test_returns_are_those_of_single_poles():
    """The same states through Gymnasium's own single environment, whose physics is written apart."""
    many, single = make_poles(6), gymnasium.make("CartPole-v1").unwrapped
    starts, _ = many.reset(seed=4)
    exact = many.state.T.copy()
    returns = episode_returns(linear_actor(np.array([0.5, 0, 1, -0.2])), 4, 6, greedy=True)
    for start, expected in zip(exact, returns, strict=True):
        single.reset(seed=0)
        single.state, s, total, over = start, start.astype(np.float32), 0, False
        while not over and total < 500:
            z = np.dot([0.5, 0, 1, -0.2], s / SCALE)
            s, _, over, _, _ = single.step(int(z > 0))
            total += 1
        assert total == expected


def test_observations_are_scaled_as_asked():
    actor = linear_actor(np.array([0.5, 0, 1, 0.2]))
    bigger = linear_actor(np.array([0.5, 0, 1, 0.2]) * 3)
    assert np.array_equal(episode_returns(actor, 0, 9), episode_returns(bigger, 0, 9, scale=3 * SCALE))


@pytest.mark.parametrize(
    "sampled, greedy, solved",
    [
        (475, 475, True),
        (500, 475, True),
        (474.99, 500, False),
        (500, 474.99, False),
        (np.nan, 500, False),
        (500, np.nan, False),
    ],
)
def test_solved_takes_475_of_both(sampled, greedy, solved):
    assert Evaluation(np.float64(sampled), np.float64(greedy)).solved is solved


# Training


def test_training_from_a_fresh_seed_solves_the_task():
    seed, looks = 123, []

    def look(step, actor, critic, batch):
        if (step + 1) % 250 == 0:
            looks.append(evaluate(actor, 999))
            return looks[-1].solved

    actor, critic, finished = train(make_poles(), *new_networks(seed), 3000, 0.05, 0.05, 0.99, seed, SCALE, look)
    assert looks[-1].solved and 1 < len(looks) < 12, looks
    assert evaluate(actor, 31).sampled > 400  # on other poles too
    assert finished.returns[:20].mean() < 30 < 100 < finished.returns[-20:].mean() and finished.returns.max() <= 500
    assert finished.at[-1] <= 32 * 250 * len(looks)


# Errors


@pytest.mark.parametrize("episodes", [0, -3, 2.5, None])
def test_no_episodes(episodes):
    with pytest.raises(ValueError, match="episodes must be a whole number, at least 1, it is"):
        evaluate(LEFT, 0, episodes)


def test_an_actor_for_other_observations():
    with pytest.raises(ValueError, match=r"actor: layer 0: W of shape \(3, 2\) does not fit X of shape"):
        evaluate([(np.zeros((3, 2)), np.zeros(2))], 0, 2)


@pytest.mark.parametrize("weight", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("outputs", [1, 2])
@pytest.mark.parametrize("greedy", [False, True])
def test_an_actor_that_has_come_apart(weight, outputs, greedy):
    with pytest.raises(ValueError, match="actor must have 1 or 2 outputs, and finite weights"):
        episode_returns([(np.full((4, outputs), weight), np.zeros(outputs))], 0, 2, greedy=greedy)


def test_an_actor_of_three_actions():
    with pytest.raises(ValueError, match="actor must have 1 or 2 outputs"):
        evaluate([(np.zeros((4, 3)), np.zeros(3))], 0, 2)


@pytest.mark.parametrize("number", [0, -1, 1.5, np.nan, None, "2"])
def test_numbers_that_count_nothing(number):
    with pytest.raises(ValueError, match="^n must be a whole number, at least 1, it is"):
        make_poles(number)


@pytest.mark.parametrize("scale", [0, -SCALE, [1.0, 1.0], np.nan])
def test_a_scale_that_fits_no_observation(scale):
    with pytest.raises(ValueError, match="^scale must "):
        evaluate(LEFT, 0, 2, scale)


@pytest.mark.parametrize("seed", [None, -1, 2.5, True, "3", [3], np.nan], ids=repr)
def test_a_seed_is_a_whole_number(seed):
    for call in (lambda: new_networks(seed), lambda: evaluate(new_networks(0)[0], seed, 1)):
        with pytest.raises(ValueError, match="^seed must be a whole number, at least 0, it is "):
            call()


def test_several_actors_side_by_side_are_not_evaluated_as_one():
    actors = [(np.stack([W, W]), np.stack([b, b])[:, None]) for W, b in new_networks(0)[0]]
    with pytest.raises(ValueError, match=r"^actor must have W of shape \(d_in, d_out\), not \(2, 4, 32\)"):
        evaluate(actors, 0, 2)

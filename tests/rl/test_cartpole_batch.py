"""Many trainings side by side: each learner's numbers are those of `actor_critic.train`, update by update."""

import gymnasium
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from parameters import flat, same
from poles import GOOD, LEFT, linear_actor

from helpers.networks import network
from helpers.networks.network import init_params
from helpers.rl.actor_critic import Finished, Transitions, ascend, train, update
from helpers.rl.cartpole import SCALE, episode_returns, evaluate, make_poles, new_networks
from helpers.rl.cartpole_batch import ascend_together, evaluate_learners, stacked, train_learners
from helpers.rl.policy import action_probabilities

STEP = (0.05, 0.03, 0.99)  # alpha, beta, gamma


def learner(params, k):
    """The k-th of the stacked networks as a list of (W, b)."""
    return [(W[k], b[k, 0]) for W, b in params]


class Recorded(gymnasium.vector.VectorWrapper):
    """Poles that remember what they were asked and what they answered."""

    def __init__(self, envs):
        super().__init__(envs)
        self.start, self.steps = None, []

    def reset(self, **named):
        answer = self.env.reset(**named)
        self.start = answer[0]
        return answer

    def step(self, actions):
        answer = self.env.step(actions)
        self.steps.append((np.array(actions), *answer[:4]))
        return answer


def recorded(n, updates, poles, seed=0, scale=SCALE):
    """(poles, actors, list of `Finished`) of a training."""
    made = []

    def make(number):
        made.append(Recorded(make_poles(number)))
        return made[-1]

    actor, finished = train_learners(n, updates, *STEP, seed, scale, make, poles)
    assert len(made) == 1 and made[0].num_envs == n * poles
    return made[0], actor, finished


# One step


@st.composite
def networks(draw):
    """Three networks of one shape, and inputs for each."""
    sizes = draw(st.lists(st.integers(1, 4), min_size=2, max_size=4))
    rng = np.random.default_rng(draw(st.integers(0, 2**31)))
    params = [[(W, rng.normal(size=b.shape)) for W, b in init_params(sizes, rng)] for _ in range(3)]
    N = draw(st.integers(1, 5))
    return params, rng.normal(size=(3, N, sizes[0])), rng.normal(size=(3, N, sizes[-1]))


@given(networks())
def test_together_networks_ascend_as_single_ones(case):
    params, X, dz = case
    together = stacked(params)
    _, cache = network.forward(together, X)
    moved, exactly = (ascend_together(together, cache, dz, alpha) for alpha in (0.3, 0.25))
    for k, each in enumerate(params):
        assert same(learner(together, k), each)
        gradient = network.backward(each, network.forward(each, X[k])[1], dz[k])
        assert np.allclose(flat(learner(moved, k)), flat(ascend(each, gradient, 0.3)), rtol=1e-12, atol=1e-13)
        assert np.allclose(flat(learner(exactly, k)), flat(ascend(each, gradient, 0.25)), rtol=1e-14, atol=1e-15)


# Training


@pytest.mark.parametrize("poles, updates", [(32, 200), (5, 200), (1, 100)])
@pytest.mark.parametrize("seed", [0, 7])
def test_one_learner_is_the_plain_training(poles, updates, seed):
    actor, _, expected = train(make_poles(poles), *new_networks(seed), updates, *STEP, seed, SCALE)
    together, (finished,) = train_learners(1, updates, *STEP, seed, poles=poles)
    assert np.allclose(flat(learner(together, 0)), flat(actor), rtol=1e-12, atol=1e-12)
    assert isinstance(finished, Finished) and len(finished.at) >= 2
    assert np.array_equal(finished.at, expected.at) and np.array_equal(finished.returns, expected.returns)


@pytest.mark.parametrize("seed", [0, 7])
def test_one_learner_is_the_plain_training_to_the_last_bit(seed):
    """Until a pole falls, which takes 8 steps; a power of two as step size, so that it meets any factor exactly."""
    actor, _, finished = train(make_poles(), *new_networks(seed), 8, 0.0625, 0.0625, 0.99, seed, SCALE)
    together, _ = train_learners(1, 8, 0.0625, 0.0625, 0.99, seed)
    assert len(finished.at) == 0 and same(learner(together, 0), actor) and not same(actor, new_networks(seed)[0])


@pytest.mark.parametrize("scale", [SCALE, 2.0])
def test_every_learners_update_is_that_of_its_own_transitions(scale):
    n, poles, seed = 3, 4, 5
    envs, actors, _ = recorded(n, 60, poles, seed, scale)
    ever_over = 0
    for k in range(n):
        mine = slice(k * poles, (k + 1) * poles)
        (actor, critic), s, over = new_networks(seed + k), envs.start[mine], np.zeros(poles, dtype=bool)
        for a, s_next, r, terminated, truncated in (tuple(each[mine] for each in step) for step in envs.steps):
            batch = Transitions(s / scale, a, r, s_next / scale, terminated)
            if not over.all():
                batch = Transitions(*(each[~over] for each in batch))
                actor, critic = update(actor, critic, batch, *STEP)
            s, over = s_next, terminated | truncated
            ever_over += over.sum()
        assert np.allclose(flat(learner(actors, k)), flat(actor), rtol=1e-12, atol=1e-12)
    assert ever_over > 10


def test_each_learner_has_its_own_history():
    n, poles = 3, 4
    envs, _, finished = recorded(n, 80, poles)
    for k in range(n):
        total, over, taken, expected = np.zeros(poles), np.zeros(poles, dtype=bool), 0, []
        for _, _, r, terminated, truncated in envs.steps:
            taken += np.sum(~over)
            for j in range(poles):
                total[j] = 0.0 if over[j] else total[j] + r[k * poles + j]
            over = (terminated | truncated)[k * poles : (k + 1) * poles]
            expected += [(taken, total[j]) for j in range(poles) if over[j]]
        assert len(expected) > 5
        assert [*zip(finished[k].at, finished[k].returns, strict=True)] == expected


def test_learners_start_from_the_networks_of_their_seeds():
    actors, finished = train_learners(3, 0, *STEP, seed=4)
    for k in range(3):
        assert same(learner(actors, k), new_networks(4 + k)[0])
    assert [len(each.at) for each in finished] == [0, 0, 0]


@pytest.mark.parametrize("outputs", [1, 2])
def test_learners_start_where_they_are_told_to(outputs):
    def start(seed):
        rng = np.random.default_rng([outputs, seed])
        return init_params((4, 3, outputs), rng), init_params((4, 2, 1), rng)

    together, (finished,) = train_learners(1, 60, *STEP, seed=6, start=start)
    actor, _, expected = train(make_poles(), *start(6), 60, *STEP, 6, SCALE)
    assert np.allclose(flat(learner(together, 0)), flat(actor), rtol=1e-12, atol=1e-12)
    assert np.array_equal(finished.returns, expected.returns) and len(finished.at) > 2


def test_the_same_seed_gives_the_same_numbers():
    first, again, other = (train_learners(2, 50, *STEP, seed, poles=4) for seed in (1, 1, 2))
    assert same(first[0], again[0]) and not same(first[0], other[0])
    assert all(np.array_equal(a.returns, b.returns) for a, b in zip(first[1], again[1], strict=True))
    assert not same(learner(first[0], 0), learner(first[0], 1))


def test_learners_learn():
    actors, finished = train_learners(2, 700, *STEP, seed=0)
    assert all(each.returns[-20:].mean() > 3 * each.returns[:20].mean() for each in finished)
    assert all(evaluation.sampled > 60 for evaluation in evaluate_learners(actors, 0, 20))


# Evaluation


def test_known_actors_are_evaluated_side_by_side():
    left, good, right = evaluate_learners(stacked([LEFT, GOOD, [(W, -b) for W, b in LEFT]]), 0)
    assert good == (500, 500) and good.solved
    for constant in (left, right):
        assert 8 <= min(constant) <= max(constant) <= 10 and not constant.solved


def test_only_the_first_mean_is_of_drawn_actions():
    """A coin that is a little in favour of one side: drawn, it balances longer than pushed to that side for ever."""
    coin = [(np.zeros((4, 2)), np.array([0.0, 0.05]))]
    (found,) = evaluate_learners(stacked([coin]), 0, 200)
    drawn = episode_returns(coin, 1, 200)
    assert found.greedy < 10 and abs(found.sampled - drawn.mean()) < 4 * drawn.std() / np.sqrt(100)


def test_evaluation_agrees_with_that_of_one_actor():
    weak, strong = linear_actor(np.array([0.5, 0.0, 1.0, -0.2])), linear_actor(np.array([0.5, 0.3, 3.0, 2.0]))
    for actor, together in zip((weak, strong), evaluate_learners(stacked([weak, strong]), 1, 400), strict=True):
        alone = evaluate(actor, 2, 400)  # other poles, the same means
        assert together == pytest.approx(alone, rel=0.15)


def test_evaluation_by_hand():
    """Poles lie in the order (learner, drawn or likelier, episode), and each is followed to its first end."""
    networks, episodes = [new_networks(3)[0], linear_actor(np.array([0.5, 0.0, 1.0, -0.2]))], 5
    hidden, (W, b) = networks[0]
    networks[0] = [(hidden[0][:, :1], hidden[1][:1]), (W[:1] + [[0.3, -0.3]], b)]
    networks[1] = [(np.zeros((4, 1)), np.zeros(1)), (np.zeros((1, 2)), np.array([0.1, 0.0]))]
    poles, rng = make_poles(2 * 2 * episodes), np.random.default_rng(9)
    s = poles.reset(seed=9)[0]
    returns, over = np.zeros(20), np.zeros(20, dtype=bool)
    while not over.all():
        chance, a = rng.random((2, episodes)), []
        for k, actor in enumerate(networks):
            z = network.forward(actor, s[10 * k : 10 * k + 10] / SCALE)[0]
            a += [*(chance[k] < action_probabilities(z[:5])[:, 1]), *(z[5:].argmax(axis=1) == 1)]
        s, r, terminated, truncated, _ = poles.step(np.array(a, dtype=int))
        returns[~over] += r[~over]
        over |= terminated | truncated
    expected = returns.reshape(2, 2, episodes).mean(axis=2)
    assert np.array(evaluate_learners(stacked(networks), 9, episodes)) == pytest.approx(expected)


def test_evaluation_is_deterministic_and_scales_as_asked():
    actors = stacked([LEFT, linear_actor(np.array([0.5, 0, 1, 0.2]))])
    thrice = [(3 * actors[0][0], actors[0][1])]
    first = evaluate_learners(actors, 1, 20)
    assert first == evaluate_learners(actors, 1, 20) == evaluate_learners(thrice, 1, 20, 3 * SCALE)
    assert first != evaluate_learners(actors, 2, 20)


# Errors


@pytest.mark.parametrize("name, least", [("n", 1), ("poles", 1), ("updates", 0)])
@pytest.mark.parametrize("number", [-1, 1.5, None, np.nan])
def test_learners_poles_and_updates_are_counted(name, least, number):
    for odd in (number, least - 1):
        settings = {"n": 2, "poles": 2, "updates": 1} | {name: odd}
        with pytest.raises(ValueError, match=f"^{name} must be a whole number, at least {least}, it is {odd}"):
            train_learners(**settings, alpha=0.1, beta=0.1, gamma=0.9)


@pytest.mark.parametrize("name, high", [("alpha", "inf"), ("beta", "inf"), ("gamma", "1")])
@pytest.mark.parametrize("number", [-1, np.inf, None, np.nan])
def test_step_sizes_and_gamma_are_numbers(name, high, number):
    with pytest.raises(ValueError, match=f"^{name} must be a number from 0 to {high}, it is {number}"):
        train_learners(1, 1, **{"alpha": 0.1, "beta": 0.1, "gamma": 0.9} | {name: number})


@pytest.mark.parametrize("reward", [np.nan, np.inf])
def test_rewards_that_are_not_finite_are_refused(reward):
    def make(number):
        return gymnasium.wrappers.vector.TransformReward(make_poles(number), lambda r: r * reward)

    with pytest.raises(ValueError, match="^r must hold finite real numbers"):
        train_learners(1, 1, *STEP, make=make, poles=2)


def test_what_a_reset_pays_belongs_to_no_episode():
    def make(number):
        return gymnasium.wrappers.vector.TransformReward(make_poles(number), lambda r: r + 0.5)

    *_, expected = train(make(8), *new_networks(0), 60, 0.0, 0.0, 0.99, 0, SCALE)
    _, (finished,) = train_learners(1, 60, 0.0, 0.0, 0.99, 0, make=make, poles=8)
    steps_of_each = finished.returns / 1.5
    assert len(finished.at) > 9 and np.array_equal(finished.returns, expected.returns)
    assert np.array_equal(steps_of_each, steps_of_each.round())


@pytest.mark.parametrize("episodes", [0, 1.5, None])
def test_no_episodes(episodes):
    with pytest.raises(ValueError, match=f"^episodes must be a whole number, at least 1, it is {episodes}"):
        evaluate_learners(stacked([LEFT]), 0, episodes)


@pytest.mark.parametrize(
    "actor, words",
    [
        (stacked([LEFT, [(W * np.nan, b) for W, b in LEFT]]), "actor must have 1 or 2 outputs, and finite weights"),
        (stacked([[(np.zeros((4, 3)), np.zeros(3))]]), "actor must have 1 or 2 outputs"),
        (stacked([[(np.zeros((3, 2)), np.zeros(2))]]), "actor: layer 0: W of shape .1, 3, 2. does not fit X"),
        (LEFT, "actor must have W of shape .n, d_in, d_out., not .4, 2."),
        ([], "actor: params must "),
    ],
)
def test_actors_that_do_not_fit(actor, words):
    with pytest.raises(ValueError, match=f"^{words}"):
        evaluate_learners(actor, 0, 2)


def test_actors_with_one_output_are_those_with_two():
    one = [[(W[:, 1:], b[1:]) for W, b in actor] for actor in (GOOD, linear_actor(np.array([0.5, 0.0, 1.0, -0.2])))]
    two = [GOOD, linear_actor(np.array([0.5, 0.0, 1.0, -0.2]))]
    assert evaluate_learners(stacked(one), 0, 5) == evaluate_learners(stacked(two), 0, 5)


@pytest.mark.parametrize("mode, late", [("sync", False), ("vector_entry_point", True)])
def test_poles_made_otherwise_serve_too(mode, late):
    def make(number):
        return gymnasium.make_vec("CartPole-v1", num_envs=number, vectorization_mode=mode, sutton_barto_reward=late)

    _, (finished,) = train_learners(1, 60, *STEP, make=make, poles=2)
    assert len(finished.at) > 0
    assert np.all(finished.returns == -1) if late else np.all(finished.returns >= 8)


@pytest.mark.parametrize("seed", [None, -1, 2.5, True, "3", [3], np.nan], ids=repr)
def test_a_seed_is_a_whole_number(seed):
    for call in (lambda: train_learners(1, 1, *STEP, seed=seed), lambda: evaluate_learners(stacked([LEFT]), seed, 1)):
        with pytest.raises(ValueError, match="^seed must be a whole number, at least 0, it is "):
            call()

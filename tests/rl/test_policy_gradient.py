"""The gradient of J by linear algebra, complex step and episodes; episodes and their rewards to go."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpers.calculus.differences import complex_step, numerical_gradient
from helpers.rl.corridor import GOAL, SwitchedCorridor, exact_return, exact_values, exact_visits
from helpers.rl.policy_gradient import (
    Episodes,
    exact_gradient,
    gradient_estimates,
    rewards_to_go,
    sample_episodes,
    score_table,
)
from helpers.running_actor import CELLS, THETA0, actor_output, probabilities

GRADIENT0 = [-1.96023939, 1.35867708, -0.57997983, -0.40807067, -2.64395877, 1.92572700, 2.71078768]
THETAS = st.lists(st.floats(-2, 2), min_size=7, max_size=7).map(np.array)
DISCOUNTS = st.sampled_from([1, 0.99, 0.7, 0])
EPISODES = sample_episodes([0.5] * 3, 4, np.random.default_rng(0))


def lengths(episodes):
    """Number of steps of each episode."""
    return (episodes.cells != GOAL).sum(axis=0)


def flip(theta):
    """An actor without hidden layer's help: right with the same probability in all cells."""
    return np.array([0, 0, 0, 0, 0, 0, theta])


def return_by_linear_algebra(theta, gamma=1.0):
    """J of the running actor, real or complex, from a chain that is written out here."""
    p0, p1, p2 = 1 / (1 + np.exp(-actor_output(theta, CELLS)))
    P = np.array([[1 - p0, p0, 0], [p1, 0, 1 - p1], [0, 1 - p2, 0]])
    return -np.linalg.inv(np.eye(3) - gamma * P)[0].sum()


def within(estimates, exact, errors=3.0):
    """True if the means over the rows are as near to `exact` as so many standard errors."""
    return np.all(np.abs(estimates.mean(axis=0) - exact) <= errors * estimates.std(axis=0) / np.sqrt(len(estimates)))


@given(THETAS)
def test_score_table_is_the_gradient_of_the_log_probabilities(theta):
    table = score_table(theta)
    assert table.shape == (3, 2, 7)
    for cell, x in enumerate(CELLS):
        for a, sign in ((0, 1), (1, -1)):
            by_step = numerical_gradient(
                lambda theta, x=x, sign=sign: -np.log(1 + np.exp(sign * actor_output(theta, x))), theta, "complex"
            )
            assert np.allclose(table[cell, a], by_step, rtol=1e-10, atol=1e-13)


def test_the_followed_score():
    assert abs(score_table(THETA0)[0, 1, 0] - -0.326552825269) < 5e-13


# The exact gradient


def test_design_numbers():
    assert abs(return_by_linear_algebra(THETA0) - -12.686771631124) < 5e-12
    assert np.allclose(exact_gradient(THETA0), GRADIENT0, rtol=0, atol=5e-9)
    assert exact_gradient(list(THETA0)).shape == (7,)


@given(THETAS, DISCOUNTS)
def test_gradient_against_the_complex_step_through_linear_algebra(theta, gamma):
    exact = numerical_gradient(lambda theta: return_by_linear_algebra(theta, gamma), theta, "complex")
    scale = np.abs(exact).max()
    assert np.allclose(exact_gradient(theta, gamma), exact, rtol=1e-8, atol=1e-10 * scale + 1e-14)


@given(THETAS)
def test_gradient_against_the_closed_form(theta):
    exact = numerical_gradient(lambda theta: exact_return(probabilities(theta)), theta, "complex")
    assert np.allclose(exact_gradient(theta), exact, rtol=1e-8, atol=1e-10 * np.abs(exact).max())


@given(st.floats(-40, 40))
@example(19.0)
@example(20.7)
@example(-10.3)
def test_gradient_near_the_edge_is_right_or_refused(z):
    """With one constant p and q = 1 - p, J = -2 (1 + q) / (p q); nothing cancels where q has a formula of its own."""

    def J(z):
        p, q = 1 / (1 + np.exp(-z)), 1 / (1 + np.exp(z))
        return -2 * (1 + q) / (p * q)

    try:
        gradient = exact_gradient(flip(z))
    except ValueError as error:
        assert "hardly ever reaches the goal" in str(error) or "never reaches the goal" in str(error)
        assert J(z) < -0.99e9
    else:
        assert gradient[6] == pytest.approx(complex_step(J, z), rel=1e-6) and not gradient[:4].any()


def test_a_saturated_policy_that_always_arrives_has_the_optimum_and_no_slope():
    theta = np.array([30, 30, -15, 15, 40, -40, 39.0])  # p = 1, 1e-18, 1
    assert exact_return(probabilities(theta)) == -3
    assert np.abs(exact_gradient(theta)).max() < 1e-15


@pytest.mark.parametrize("z", [40.0, 600.0, -600.0])
def test_a_saturated_policy_that_never_arrives_has_no_gradient(z):
    J = exact_return(probabilities(flip(z)))
    assert J == -np.inf or J < -1e200
    with pytest.raises(ValueError, match="(theta hardly ever|p never) reaches the goal"):
        exact_gradient(flip(z))
    assert np.isfinite(exact_gradient(flip(z), 0.9)).all()


def test_small_steps_uphill_raise_the_return():
    theta, J = THETA0, exact_return(probabilities(THETA0))
    for _ in range(20):
        theta = theta + 0.005 * exact_gradient(theta)
        J, before = exact_return(probabilities(theta)), J
        assert J > before


# Episodes


def test_episodes_are_walks_in_the_corridor():
    episodes = sample_episodes([0.6, 0.3, 0.8], 200, np.random.default_rng(0))
    T = len(episodes.cells)
    assert all(part.shape == (T, 200) for part in episodes)
    assert lengths(episodes).max() == T and np.array_equal(lengths(episodes), -episodes.rewards.sum(axis=0))
    for cells, actions, rewards, length in zip(*(part.T for part in episodes), lengths(episodes), strict=True):
        corridor = SwitchedCorridor()
        corridor.reset()
        for t in range(length):
            assert corridor.cell == cells[t] != GOAL and rewards[t] == -1
            terminated = corridor.step(int(actions[t]))[2]
            assert terminated == (t == length - 1)
        assert (cells[length:] == GOAL).all() and not rewards[length:].any()


@pytest.mark.parametrize("theta", [THETA0, np.array([2.0, 1, 0.5, -1, 1.5, 0.5, 0.3])])
def test_visits_and_return_of_episodes_are_the_exact_ones(theta):
    p, n = probabilities(theta), 5000
    episodes = sample_episodes(p, n, np.random.default_rng(4))
    visits = np.array([(episodes.cells == cell).sum(axis=0) for cell in range(3)]).T
    assert within(visits, exact_visits(p)) and within(-1.0 * lengths(episodes), exact_return(p))
    right = episodes.actions[episodes.cells == 1].mean()
    assert abs(right - p[1]) < 3 * np.sqrt(p[1] * (1 - p[1]) / visits[:, 1].sum())


def test_the_same_generator_walks_the_same_episodes():
    first, again, other = (sample_episodes([0.5] * 3, 9, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))
    assert not np.array_equal(lengths(first), lengths(other))


@pytest.mark.parametrize("p", [[0, 0.5, 0.5], [0.5, 1, 0.5], [0.5, 0.5, 0]])
def test_walks_that_never_end_are_not_begun(p):
    with pytest.raises(ValueError, match="p never reaches the goal"):
        sample_episodes(p, 1, np.random.default_rng(0))


def test_walks_that_hardly_ever_end_are_broken_off():
    with pytest.raises(RuntimeError, match=r"has not ended after longest = 10000 steps; p is \[1.e-09 5.e-01 5.e-01\]"):
        sample_episodes([1e-9, 0.5, 0.5], 3, np.random.default_rng(0))
    assert lengths(sample_episodes([1, 0, 1], 2, np.random.default_rng(0), longest=3)).tolist() == [3, 3]
    with pytest.raises(RuntimeError, match="longest = 2"):
        sample_episodes([1, 0, 1], 2, np.random.default_rng(0), longest=2)


@given(st.lists(st.floats(-9, 9), max_size=8), st.integers(1, 3), st.sampled_from([1.0, 0.9, 0.5, 0.0]))
def test_rewards_to_go_are_their_definition(rewards, n, gamma):
    expected = [sum(gamma**k * r for k, r in enumerate(rewards[t:])) for t in range(len(rewards))]
    assert np.allclose(rewards_to_go(rewards, gamma), expected, rtol=1e-12, atol=1e-12)
    columns = np.array(rewards)[:, None] * np.arange(1, n + 1)
    assert np.allclose(
        rewards_to_go(columns, gamma), np.reshape(expected, (-1, 1)) * np.arange(1, n + 1), rtol=1e-12, atol=1e-12
    )


def test_whole_rewards_give_broken_returns():
    assert rewards_to_go(np.array([-1, -1, -1]), 0.5).tolist() == [-1.75, -1.5, -1]


# REINFORCE


def test_an_estimate_is_the_sum_over_the_steps():
    rng = np.random.default_rng(5)
    episodes = sample_episodes(probabilities(THETA0), 6, rng)
    weights, table = rng.normal(size=episodes.cells.shape), score_table(THETA0)
    estimates = gradient_estimates(THETA0, episodes, weights)
    for k, length in enumerate(lengths(episodes)):
        terms = [weights[t, k] * table[episodes.cells[t, k], episodes.actions[t, k]] for t in range(length)]
        assert np.allclose(estimates[k], np.sum(terms, axis=0), rtol=1e-12)


def weightings(episodes, p, gamma=1.0):
    """Whole return, reward-to-go and reward-to-go less a baseline, with the factor gamma**t, shape (T, n)."""
    G, t = rewards_to_go(episodes.rewards, gamma), np.arange(len(episodes.cells))[:, None]
    V = np.append(exact_values(p, gamma), 0.0)
    return {"whole": np.ones_like(G) * G[0], "to go": gamma**t * G, "baseline": gamma**t * (G - V[episodes.cells])}


@pytest.mark.parametrize("gamma", [1.0, 0.9, 0.5])
@pytest.mark.parametrize("theta", [THETA0, np.array([1.0, 1, 0.5, -1, 1.5, 0.5, 0.3])])
def test_all_three_estimates_have_the_gradient_as_their_mean(theta, gamma):
    p = probabilities(theta)
    episodes = sample_episodes(p, 8000, np.random.default_rng(11))
    for weights in weightings(episodes, p, gamma).values():
        assert within(gradient_estimates(theta, episodes, weights), exact_gradient(theta, gamma))


def test_without_the_factor_gamma_to_the_t_the_mean_is_another():
    episodes = sample_episodes(probabilities(THETA0), 20_000, np.random.default_rng(0))
    estimates = gradient_estimates(THETA0, episodes, rewards_to_go(episodes.rewards, 0.9))
    assert not within(estimates, exact_gradient(THETA0, 0.9), errors=5)


def test_reward_to_go_and_baseline_make_every_variance_smaller():
    p = probabilities(THETA0)
    episodes = sample_episodes(p, 8000, np.random.default_rng(1))
    whole, to_go, baseline = (
        gradient_estimates(THETA0, episodes, weights).var(axis=0) for weights in weightings(episodes, p).values()
    )
    assert np.all(to_go < 0.6 * whole) and np.all(baseline < 0.6 * to_go)


def test_whole_returns_may_be_one_number():
    episodes = sample_episodes([0.5] * 3, 4, np.random.default_rng(0))
    ones = np.ones(episodes.cells.shape)
    assert np.array_equal(gradient_estimates(THETA0, episodes, 2), gradient_estimates(THETA0, episodes, 2 * ones))


# Odd arguments: right, or an error that names the argument

NOT_FINITE = [np.nan, np.inf, -np.inf]
NO_NUMBERS = ["1", None, [1, [2]], {}, 1j, np.array(["a"])]


@pytest.mark.parametrize("theta", [THETA0[:6], np.append(THETA0, 0), THETA0[:, None], 0.5, [], np.ones((7, 2))])
def test_not_seven_numbers(theta):
    for function in (exact_gradient, score_table, lambda theta: gradient_estimates(theta, EPISODES, 1)):
        with pytest.raises(ValueError, match="theta must hold seven numbers, u1, u2, c1, c2, w1, w2, b; its shape is"):
            function(theta)


@given(st.integers(0, 6), st.sampled_from(NOT_FINITE))
def test_a_theta_that_is_not_finite(k, odd):
    theta = THETA0.copy()
    theta[k] = odd
    for function in (exact_gradient, score_table, lambda theta: gradient_estimates(theta, EPISODES, 1)):
        with pytest.raises(ValueError, match="^theta must hold finite"):
            function(theta)


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.int8, np.uint8, list, tuple])
def test_other_kinds_of_numbers_count_as_what_they_are(kind):
    whole = np.array([1, 2, 0, 1, 2, 1, 1])
    theta = kind(whole.tolist()) if kind in (list, tuple) else whole.astype(kind)
    episodes = Episodes(*(part.astype(np.float32 if k == 2 else np.int64) for k, part in enumerate(EPISODES)))
    for function in (exact_gradient, score_table, lambda theta: gradient_estimates(theta, episodes, 1)):
        assert np.allclose(function(theta), function(whole.astype(float)), rtol=1e-6 if kind == np.float32 else 1e-15)


@pytest.mark.parametrize("gamma", [-0.1, 1.5, np.nan, None, "1", 1j, [1.0], np.array([0.5])])
def test_gamma_is_between_0_and_1(gamma):
    for function in (exact_gradient, lambda _, gamma: rewards_to_go([-1.0], gamma)):
        with pytest.raises(ValueError, match="gamma must be a number from 0 to 1, it is"):
            function(THETA0, gamma)


@pytest.mark.parametrize(
    "p", [[0.5, 0.5], [0.5, 1.5, 0.5], [np.nan, 0.5, 0.5], "abc", np.full((3, 2), 0.5), [0.5j] * 3]
)
def test_episodes_need_three_probabilities(p):
    with pytest.raises(ValueError, match="p must hold"):
        sample_episodes(p, 1, np.random.default_rng(0))


@pytest.mark.parametrize("n", [0, -1, 2.0, None, "3", np.nan])
def test_episodes_need_a_number(n):
    with pytest.raises(ValueError, match="n must be a whole number, at least 1, it is"):
        sample_episodes([0.5] * 3, n, np.random.default_rng(0))
    with pytest.raises(ValueError, match="longest must be a whole number, at least 1, it is"):
        sample_episodes([0.5] * 3, 1, np.random.default_rng(0), longest=n)


@pytest.mark.parametrize("rng", [0, None, np.random.RandomState(0), np.random])
def test_episodes_need_a_generator(rng):
    with pytest.raises(TypeError, match="rng must be a numpy.random.Generator, such as .*, it is"):
        sample_episodes([0.5] * 3, 1, rng)


@given(st.integers(0, 3), st.sampled_from(NOT_FINITE), st.booleans())
def test_rewards_and_weights_that_are_not_finite(k, odd, table):
    rewards = np.full((4, 2) if table else 4, -1.0)
    rewards[k] = odd
    with pytest.raises(ValueError, match="rewards must hold finite real numbers"):
        rewards_to_go(rewards)
    weights = np.zeros(EPISODES.cells.shape)
    weights[-1, k % weights.shape[1]] = odd
    with pytest.raises(ValueError, match="weights must hold finite real numbers"):
        gradient_estimates(THETA0, EPISODES, weights)


@pytest.mark.parametrize("odd", NO_NUMBERS)
def test_rewards_and_weights_that_are_no_real_numbers(odd):
    with pytest.raises(ValueError, match="rewards must hold finite real numbers"):
        rewards_to_go(odd)
    with pytest.raises(ValueError, match="weights must hold finite real numbers"):
        gradient_estimates(THETA0, EPISODES, odd)


@given(
    st.lists(st.integers(0, 9), max_size=6),
    st.sampled_from([1, 0.5, 0]),
    st.sampled_from([np.uint8, np.int8, np.float16, np.float32, np.bool_, list]),
)
def test_rewards_of_any_kind_give_the_same_returns_and_stay_as_they_were(rewards, gamma, kind):
    rewards = [min(reward, 1) for reward in rewards] if kind is np.bool_ else rewards
    odd = list(rewards) if kind is list else np.repeat(np.array(rewards, dtype=kind), 2)[::2]  # not contiguous
    if kind is not list:
        odd.flags.writeable = False
    G = rewards_to_go(odd, gamma)
    assert G.dtype == np.float64 and G.shape == (len(rewards),) and list(odd) == rewards
    assert np.array_equal(G, [sum(gamma**k * r for k, r in enumerate(rewards[t:])) for t in range(len(rewards))])


def test_one_reward_has_no_time():
    with pytest.raises(ValueError, match=r"rewards must have the shape \(T,\) or \(T, n\)"):
        rewards_to_go(-1.0)
    assert rewards_to_go(np.zeros((0, 3))).shape == (0, 3) and rewards_to_go(np.zeros((3, 0))).shape == (3, 0)


@pytest.mark.parametrize("shape", [(3,), (4,), (1, 4), (5, 4), (4, 5), (1, 1)])
def test_weights_that_fit_no_step(shape):
    with pytest.raises(ValueError, match=r"weights must have the shape \(T, n\) = \(\d+, 4\)"):
        gradient_estimates(THETA0, EPISODES, np.ones(shape))


WRONG_PARTS = [("cells", [0, 1]), ("cells", 4), ("cells", -1), ("cells", 0.5), ("actions", [[0]]), ("actions", 2)]


@pytest.mark.parametrize("name, part", WRONG_PARTS)
def test_episodes_that_are_none(name, part):
    part = np.full(EPISODES.cells.shape, part) if np.ndim(part) == 0 else part
    with pytest.raises(ValueError, match=r"episodes must hold cells from 0 to 3 and actions 0 and 1, of one shape"):
        gradient_estimates(THETA0, EPISODES._replace(**{name: part}), 1)


def test_no_episodes_have_no_estimates():
    nothing = Episodes(np.zeros((0, 2), int), np.zeros((0, 2), int), np.zeros((0, 2)))
    assert np.array_equal(gradient_estimates(THETA0, nothing, 1), np.zeros((2, 7))) and lengths(nothing).tolist() == [
        0,
        0,
    ]


def test_a_discount_of_any_kind():
    for gamma in (Fraction(1, 2), np.float16(0.5)):
        assert np.array_equal(exact_gradient(THETA0, gamma), exact_gradient(THETA0, 0.5))
        assert np.array_equal(rewards_to_go(np.eye(3), gamma), rewards_to_go(np.eye(3), 0.5))


@pytest.mark.parametrize(
    "p", [None, "p", 0.5, [0.5, 0.5], [[0.5] * 3] * 3, [0.5, 0.5, 2], [0.5, 0.5, 1j], [np.nan] * 3]
)
def test_what_are_no_three_probabilities(p):
    with pytest.raises(ValueError, match="^p must hold "):
        sample_episodes(p, 1, np.random.default_rng(0))


@pytest.mark.parametrize("episodes", [None, "episodes", 3, [], (1, 2), np.zeros((3, 2)), {}], ids=repr)
def test_what_are_no_episodes(episodes):
    with pytest.raises(TypeError, match="^episodes must be `Episodes`, it is "):
        gradient_estimates(THETA0, episodes, 1.0)

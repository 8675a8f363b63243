"""The switched corridor: three independent ways to its value, and Gymnasium's own checker."""

import warnings
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env
from hypothesis import assume, example, given
from hypothesis import strategies as st

from helpers.calculus.differences import numerical_gradient
from helpers.rl import corridor as world
from helpers.rl.corridor import (
    GOAL,
    LEFT,
    NEXT,
    OBSERVATIONS,
    REWARD,
    RIGHT,
    SwitchedCorridor,
    exact_action_values,
    exact_return,
    exact_values,
    exact_visits,
    reaches_goal,
    transition_matrix,
)
from helpers.running_actor import THETA0, probabilities

BETWEEN = st.floats(0.01, 0.99)
POLICIES = st.tuples(BETWEEN, BETWEEN, BETWEEN)
NEAR = st.integers(0, 16).map(lambda digits: 10.0**-digits)  # of an edge
EDGES = st.tuples(NEAR, NEAR.map(lambda q: 1 - q), NEAR)

# The environment


def test_gymnasiums_checker():
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*spec")
        check_env(SwitchedCorridor())


@pytest.mark.parametrize(
    "cell, action, after",
    [(0, LEFT, 0), (0, RIGHT, 1), (1, LEFT, 2), (1, RIGHT, 0), (2, LEFT, 1), (2, RIGHT, GOAL)],
)
def test_every_cell_and_action(cell, action, after):
    assert NEXT[cell, action] == after
    corridor = SwitchedCorridor()
    corridor.reset()
    corridor.cell = cell
    observation, reward, terminated, truncated, info = corridor.step(action)
    assert observation == after - 1 and observation.shape == (1,) and observation in corridor.observation_space
    assert (reward, terminated, truncated, info) == (-1.0, after == GOAL, False, {})


def test_shortest_episode():
    corridor = SwitchedCorridor()
    assert corridor.reset()[0] == -1.0
    ends = [corridor.step(action)[2] for action in (RIGHT, LEFT, RIGHT)]
    assert ends == [False, False, True]
    with pytest.raises(RuntimeError, match="the episode has ended: call reset"):
        corridor.step(RIGHT)
    assert corridor.reset()[0] == -1.0 and not corridor.step(RIGHT)[2]


@pytest.mark.parametrize("action", [2, 7, -1, 0.5, None, "right", np.nan, [0, 1], np.array([0, 1]), np.array([]), 1j])
def test_unknown_action(action):
    corridor = SwitchedCorridor()
    corridor.reset()
    with pytest.raises(ValueError, match="action must be 0 .left. or 1 .right., it is"):
        corridor.step(action)
    assert corridor.cell == 0


@pytest.mark.parametrize("action", [np.int64(1), np.uint8(1), True])
def test_numpys_whole_numbers_are_actions(action):
    corridor = SwitchedCorridor()
    corridor.reset()
    assert corridor.step(action)[0] == 0.0


# Exact values


@given(POLICIES)
def test_closed_form_linear_system_and_visits_agree(p):
    J = exact_return(p)
    assert exact_values(p)[0] == pytest.approx(J, rel=1e-9)
    assert -exact_visits(p).sum() == pytest.approx(J, rel=1e-9)
    assert J <= -3


@given(POLICIES)
def test_bellman_equation_and_flow(p):
    P, V, visits = transition_matrix(p), exact_values(p), exact_visits(p)
    assert np.allclose(V, -1 + P @ V, rtol=1e-9)
    assert np.allclose(visits, np.eye(3)[0] + P.T @ visits, rtol=1e-9)
    assert visits[2] * p[2] == pytest.approx(1)  # the goal is entered once, from the last cell
    assert np.all(P >= 0) and np.allclose(P.sum(axis=1), [1, 1, 1 - p[2]])


@pytest.mark.parametrize("p", [probabilities(THETA0), np.array([0.9, 0.2, 0.8])])
def test_average_of_episodes(p):
    rng = np.random.default_rng(1)
    corridor, returns = SwitchedCorridor(), []
    visits = np.zeros(3)
    for _ in range(3000):
        corridor.reset()
        total, terminated = 0.0, False
        while not terminated:
            visits[corridor.cell] += 1
            _, reward, terminated, _, _ = corridor.step(int(rng.random() < p[corridor.cell]))
            total += reward
        returns.append(total)
    error = np.std(returns, ddof=1) / np.sqrt(len(returns))
    assert abs(np.mean(returns) - exact_return(p)) < 3 * error
    assert np.allclose(visits / len(returns), exact_visits(p), rtol=0.1)


def test_best_constant_probability_is_the_textbooks():
    best = 2 - np.sqrt(2)
    assert exact_return([best] * 3) == pytest.approx(-(6 + 4 * np.sqrt(2)), rel=1e-14)
    others = np.linspace(0.01, 0.99, 197)
    values = [exact_return([p] * 3) for p in others]
    assert max(values) <= exact_return([best] * 3)
    assert others[np.argmax(values)] == pytest.approx(best, abs=0.005)


def test_the_optimum():
    assert exact_return([1, 0, 1]) == -3.0
    assert np.array_equal(exact_values([1, 0, 1]), [-3, -2, -1])
    assert np.array_equal(exact_visits([1, 0, 1]), [1, 1, 1])


@pytest.mark.parametrize("cell, stuck", [(0, 0.0), (1, 1.0), (2, 0.0)])
@given(p=POLICIES)
def test_a_policy_that_never_arrives(cell, stuck, p):
    p = np.array(p)
    p[cell] = stuck
    assert exact_return(p) == -np.inf
    for function in (exact_values, exact_visits):
        with pytest.raises(ValueError, match="p never reaches the goal: it needs p0 > 0, p1 < 1 and p2 > 0"):
            function(p)


@given(st.tuples(st.floats(0.05, 0.95), st.floats(0.05, 0.9), st.floats(0.05, 0.95)))
def test_complex_step_through_the_closed_form(p):
    exact = numerical_gradient(exact_return, p, "complex")
    assert np.allclose(exact, numerical_gradient(exact_return, p, "central"), rtol=1e-6, atol=1e-5)
    by_values = numerical_gradient(lambda p: exact_values(p)[0], p, "complex")
    assert np.allclose(exact, by_values, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("function", [exact_return, exact_values, exact_visits, transition_matrix])
@pytest.mark.parametrize(
    "p", [[0.5, 0.5], 0.5, [[[0.5]]] * 3, np.ones((2, 3)), ["a", "b", "c"], [None] * 3, [0.5, [0.5], 0.5], [True] * 3]
)
def test_not_three_probabilities(function, p):
    with pytest.raises(ValueError, match="p must hold three probabilities"):
        function(p)


@pytest.mark.parametrize("function", [exact_action_values, exact_values, exact_visits, transition_matrix])
def test_only_returns_are_for_many_policies_at_once(function):
    with pytest.raises(ValueError, match="p must hold three probabilities"):
        function(np.full((3, 3), 0.5))


@pytest.mark.parametrize("function", [exact_return, exact_values, exact_visits, transition_matrix])
@pytest.mark.parametrize("odd", [1.1, -0.1, np.nan, np.inf, -np.inf, complex(0.5, np.nan), complex(0.5, np.inf), 2j])
def test_not_between_0_and_1(function, odd):
    for cell in range(3 if odd != 2j else 0):
        p = [0.5, 0.5, 0.5]
        p[cell] = odd
        with pytest.raises(ValueError, match="between 0 and 1"):
            function(p)


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.longdouble, np.complex64, list, tuple])
def test_other_kinds_of_numbers_count_as_what_they_are(kind):
    numbers = [0.25, 0.5, 0.75]  # which all kinds hold exactly
    p = kind(numbers) if kind in (list, tuple) else np.array(numbers, dtype=kind)
    for function in (exact_return, exact_values, exact_visits, exact_action_values, transition_matrix):
        assert np.allclose(function(p), function(np.array(numbers)), rtol=1e-15, atol=0)
    for whole in ([1, 0, 1], np.array([1, 0, 1], dtype=np.uint8)):
        assert exact_return(whole) == -3 and exact_visits(whole).tolist() == [1, 1, 1]


# Many policies at once


@given(
    st.lists(st.one_of(POLICIES, st.sampled_from([(0.0, 0.5, 0.5), (0.5, 1.0, 0.5), (0, 0, 0), (1, 0, 1)])), max_size=4)
)
def test_many_returns_are_those_of_each(policies):
    p = np.array(policies, dtype=float).reshape(-1, 3).T  # not contiguous
    p.flags.writeable = False
    J = exact_return(p)
    assert J.shape == (len(policies),) and J.tolist() == [exact_return(each) for each in policies]
    assert reaches_goal(p).tolist() == [reaches_goal(each) for each in policies]
    assert np.allclose(exact_return(p + 0j), J, rtol=1e-14, atol=0)


def test_the_return_of_one_is_a_number():
    assert isinstance(exact_return([0.5] * 3), float) and isinstance(exact_return([0.5, 1, 0.5]), float)


@given(POLICIES, st.sampled_from([(0, 0.0), (1, 1.0), (2, 0.0)]), st.tuples(*[st.floats(-1, 1)] * 3))
def test_a_complex_step_from_the_edge_finds_no_return(p, stuck, direction):
    p = np.array(p) + 1e-20j * np.array(direction)
    p[stuck[0]] = stuck[1] + 1j * p[stuck[0]].imag
    assert exact_return(p) == -np.inf and not reaches_goal(p)
    with pytest.raises(ValueError, match="p never reaches the goal"):
        exact_values(p)


# Against the environment, sums over time and rational numbers


def chain_of_the_environment(p):
    """P over the three cells, asked from the environment itself."""
    P = np.zeros((3, 4))
    corridor = SwitchedCorridor()
    for cell, action in product(range(3), (LEFT, RIGHT)):
        corridor.reset()
        corridor.cell = cell
        P[cell, int(corridor.step(action)[0].item()) + 1] += p[cell] if action == RIGHT else 1 - p[cell]
    return P[:, :3]


@given(POLICIES, st.floats(0, 0.97))
def test_sums_over_time(p, gamma):
    P, after = chain_of_the_environment(p), np.eye(3)
    V, visits = np.zeros(3), np.zeros(3)
    for _ in range(1000):
        V, visits, after = V - after.sum(axis=1), visits + after[0], gamma * after @ P
    Q = exact_action_values(p, gamma)
    assert np.allclose(transition_matrix(p), P, rtol=1e-15)
    assert np.allclose(exact_values(p, gamma), V, rtol=1e-9)
    assert np.allclose(exact_visits(p, gamma), visits, rtol=1e-9)
    assert np.allclose(Q, -1 + gamma * np.append(V, 0)[[[0, 1], [2, 0], [1, 3]]], rtol=1e-9)
    assert np.allclose((1 - np.array(p)) * Q[:, LEFT] + p * Q[:, RIGHT], V, rtol=1e-9)


def test_the_tables_cannot_be_changed():
    for table in (NEXT, OBSERVATIONS):
        with pytest.raises(ValueError, match="read-only"):
            table[0] = 1


def solved_in_fractions(p, gamma=1, moves=NEXT, reward=REWARD):
    """(V, visits) without any rounding, from the inverse of I - gamma P by Cramer's rule; None where there is none."""
    M = [[Fraction(i == j) for j in range(3)] for i in range(3)]
    for cell, right in enumerate(map(Fraction, map(float, p))):
        for after, chance in zip(map(int, moves[cell]), (1 - right, right), strict=True):
            if after != GOAL:
                M[cell][after] -= Fraction(gamma) * chance

    def minor(i, j):
        (a, b), (c, d) = ([row[k] for k in range(3) if k != j] for r, row in enumerate(M) if r != i)
        return (-1) ** (i + j) * (a * d - b * c)

    determinant = sum(M[0][j] * minor(0, j) for j in range(3))
    if determinant == 0:
        return None
    N = [[minor(j, i) / determinant for j in range(3)] for i in range(3)]
    return [Fraction(reward) * sum(row) for row in N], N[0]


def off(values, exact):
    """The largest relative error, against fractions."""
    errors = [abs(Fraction(float(v)) - e) / abs(e) if e else abs(v) for v, e in zip(values, exact, strict=True)]
    return float(max(errors))


@given(st.one_of(POLICIES, EDGES))
@example((1e-310, 0.5, 0.5))
@example((1e-300, 0.5, 1e-5))
@example((1e-100, 1 - 1e-16, 1e-180))
@example((5e-324, 1.0 - 2**-53, 1.0))
def test_closed_form_against_fractions(p):
    J, exact = exact_return(p), solved_in_fractions(p)
    if np.isfinite(J):
        assert off([J], exact[0][:1]) < 1e-14
    else:
        assert J == -np.inf and (exact is None or exact[0][0] < -Fraction(np.finfo(float).max))


@given(st.tuples(*[st.floats(1e-12, 1 - 1e-12)] * 3))
def test_the_return_is_the_formula_of_the_design(p):
    p0, p1, p2 = map(Fraction, p)
    J = (-p0 * p1 + 2 * p0 - p1 * p2 + p1 + p2) / (p0 * p2 * (p1 - 1))
    assert off([exact_return(p)], [J]) < 1e-14


@given(st.one_of(POLICIES, EDGES), st.sampled_from([1, 1 - 1e-12, 1 - 1e-9, 0.999, 0.5, 0]))
@example((1e-9, 0.999999999, 0.5), 1)
@example((1e-4, 0.9999, 1e-9), 1)
@example((1e-100, 1 - 1e-16, 1e-180), 1)
def test_values_and_visits_against_fractions(p, gamma):
    V, visits = solved_in_fractions(p, gamma)
    assert off(exact_values(p, gamma), V) < 1e-14 and off(exact_visits(p, gamma), visits) < 1e-14


PLACES = st.integers(0, GOAL)
WORLDS = st.lists(st.tuples(PLACES, PLACES), min_size=3, max_size=3).map(lambda moves: np.array([*moves, (GOAL, GOAL)]))


@given(WORLDS, st.sampled_from([-1.0, -0.25, 2.0]), POLICIES, st.sampled_from([1, 0.9]))
def test_all_that_is_exact_follows_from_the_table_of_moves_and_the_reward(moves, reward, p, gamma):
    exact = solved_in_fractions(p, gamma, moves, reward)
    assume(exact is not None)
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(world, "NEXT", moves)
        changed.setattr(world, "REWARD", reward)
        assert off(exact_values(p, gamma), exact[0]) < 1e-14 and off(exact_visits(p, gamma), exact[1]) < 1e-14
        V = [*exact[0], Fraction(0)]
        Q = [Fraction(reward) + Fraction(gamma) * V[after] for after in moves[:GOAL].ravel()]
        assert off(exact_action_values(p, gamma).ravel(), Q) < 1e-12
        if gamma == 1:
            assert off([exact_return(p)], exact[0][:1]) < 1e-14
        for cell, action in product(range(3), (LEFT, RIGHT)):
            corridor = SwitchedCorridor()
            corridor.cell = cell
            observation, got, terminated, *_ = corridor.step(action)
            assert (observation, got) == (OBSERVATIONS[moves[cell, action]], reward)
            assert terminated == (moves[cell, action] == GOAL)


@pytest.mark.parametrize("p", [(0.0, 0.3, 0.7), (0.3, 1.0, 0.7), (0.3, 0.7, 0.0)])
def test_discounted_values_of_a_policy_that_never_arrives(p):
    exact = solved_in_fractions(p, 0.9)
    assert off(exact_values(p, 0.9), exact[0]) < 1e-14 and off(exact_visits(p, 0.9), exact[1]) < 1e-14
    assert exact_values(p, 0.9)[0] == pytest.approx(-10)
    for function in (exact_values, exact_visits, exact_action_values):
        with pytest.raises(ValueError, match="p never reaches the goal"):
            function(p)


def test_walks_in_the_environment_have_these_action_values():
    p, gamma, rng, n = np.array([0.6, 0.3, 0.8]), 0.9, np.random.default_rng(2), 800
    Q, corridor = exact_action_values(p, gamma), SwitchedCorridor()
    for cell, first in product(range(3), (LEFT, RIGHT)):
        returns = np.zeros(n)
        for k in range(n):
            corridor.reset()
            corridor.cell, action, terminated, discount = cell, first, False, 1.0
            while not terminated:
                _, reward, terminated, _, _ = corridor.step(action)
                returns[k] += discount * reward
                action, discount = int(rng.random() < p[corridor.cell % 3]), discount * gamma
        assert abs(returns.mean() - Q[cell, first]) <= 3 * returns.std() / np.sqrt(n)


@pytest.mark.parametrize("gamma", [-0.1, 1.1, np.nan, np.inf, None, "1", [1.0], np.array([0.5]), 0.5 + 0j])
def test_gamma_is_between_0_and_1(gamma):
    for function in (exact_values, exact_visits, exact_action_values):
        with pytest.raises(ValueError, match="gamma must be a number from 0 to 1, it is"):
            function([0.5, 0.5, 0.5], gamma)


@pytest.mark.parametrize("p", [[0.5, 0.5], [0.5, 1.5, 0.5], [np.nan, 0.5, 0.5], "abc"])
def test_reaching_the_goal_is_a_matter_of_three_probabilities(p):
    with pytest.raises(ValueError, match="p must hold"):
        reaches_goal(p)


@pytest.mark.parametrize("function", [exact_values, exact_action_values, exact_visits])
def test_a_discount_of_any_kind(function):
    p = [0.3, 0.6, 0.8]
    for gamma in (Fraction(1, 2), np.float16(0.5)):
        found = function(p, gamma)
        assert found.dtype == float and np.array_equal(found, function(p, 0.5))

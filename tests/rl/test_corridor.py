"""The switched corridor: three independent ways to its value, and Gymnasium's own checker."""

import warnings
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env
from hypothesis import example, given
from hypothesis import strategies as st

from helpers.calculus.differences import numerical_gradient
from helpers.rl.corridor import (
    GOAL,
    LEFT,
    NEXT,
    RIGHT,
    SwitchedCorridor,
    exact_action_values,
    exact_return,
    exact_values,
    exact_visits,
    next_cell,
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
    assert next_cell(cell, action) == after
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


@pytest.mark.parametrize("action", [2, -1, 0.5, None, "right"])
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
@pytest.mark.parametrize("p", [[0.5, 0.5], 0.5, np.full((3, 1), 0.5), ["a", "b", "c"], [None] * 3])
def test_not_three_probabilities(function, p):
    with pytest.raises(ValueError, match="p must hold three probabilities"):
        function(p)


@pytest.mark.parametrize("p", [[0.5, 1.1, 0.5], [-0.1, 0.5, 0.5], [0.5, np.nan, 0.5]])
def test_not_between_0_and_1(p):
    with pytest.raises(ValueError, match="between 0 and 1"):
        exact_return(p)


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


def test_the_table_of_moves_is_the_function_and_cannot_be_changed():
    assert [[next_cell(cell, action) for action in (LEFT, RIGHT)] for cell in range(3)] == NEXT[:3].tolist()
    assert NEXT[GOAL].tolist() == [GOAL, GOAL]
    with pytest.raises(ValueError, match="read-only"):
        NEXT[0, 0] = 1


def solved_in_fractions(p, gamma=1):
    """(V, visits) without any rounding, by elimination from the goal backwards."""
    (p0, p1, p2), g = map(Fraction, map(float, p)), Fraction(gamma)
    q0, q1, q2 = 1 - p0, 1 - p1, 1 - p2
    # V2 = -1 + g q2 V1, V1 = -1 + g p1 V0 + g q1 V2 = (-1 - g q1 + g p1 V0) / c, and V0 = -1 + g q0 V0 + g p0 V1
    c = 1 - g * g * q1 * q2
    V0 = (-1 - g * p0 * (1 + g * q1) / c) / (1 - g * q0 - g * g * p0 * p1 / c)
    V1 = (-1 - g * q1 + g * p1 * V0) / c
    # eta2 = g q1 eta1, eta1 = g p0 eta0 + g q2 eta2, eta0 = 1 + g q0 eta0 + g p1 eta1
    eta0 = 1 / (1 - g * q0 - g * p1 * g * p0 / c)
    eta1 = g * p0 * eta0 / c
    return (V0, V1, -1 + g * q2 * V1), (eta0, eta1, g * q1 * eta1)


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
    J = exact_return(p)
    if np.isfinite(J):
        assert off([J], [solved_in_fractions(p)[0][0]]) < 1e-14
    else:
        assert J == -np.inf and Fraction(p[0]) * (1 - Fraction(p[1])) * Fraction(p[2]) < Fraction(23, 10**309)


@given(st.one_of(POLICIES, EDGES), st.sampled_from([1, 1 - 1e-12, 1 - 1e-9, 0.999, 0.5, 0]))
@example((1e-9, 0.999999999, 0.5), 1)  # each alone is harmless
@example((1.02025536e-09, 0.316998451, 1.30718662e-08), 1)
@example((1e-4, 0.9999, 1e-9), 1)
def test_linear_systems_against_fractions_or_a_clear_error(p, gamma):
    way = p[0] * (1 - p[1]) * p[2]
    try:
        V, visits = exact_values(p, gamma), exact_visits(p, gamma)
    except ValueError as error:
        assert "p hardly ever reaches the goal" in str(error) or "p never reaches the goal" in str(error)
        assert 1 - gamma + way < 1e-9
    else:
        assert off(V, solved_in_fractions(p, gamma)[0]) < 1e-6
        assert off(visits, solved_in_fractions(p, gamma)[1]) < 1e-6


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


@pytest.mark.parametrize("gamma", [-0.1, 1.1, np.nan, np.inf])
def test_gamma_is_between_0_and_1(gamma):
    for function in (exact_values, exact_visits, exact_action_values):
        with pytest.raises(ValueError, match="gamma must be a number from 0 to 1, it is"):
            function([0.5, 0.5, 0.5], gamma)


@pytest.mark.parametrize("p", [[0.5, 0.5], [0.5, 1.5, 0.5], [np.nan, 0.5, 0.5], "abc"])
def test_reaching_the_goal_is_a_matter_of_three_probabilities(p):
    with pytest.raises(ValueError, match="p must hold"):
        reaches_goal(p)

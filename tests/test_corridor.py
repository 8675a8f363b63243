"""The switched corridor: three independent ways to its value, and Gymnasium's own checker."""

import warnings

import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env
from hypothesis import given
from hypothesis import strategies as st

from helpers.corridor import (
    GOAL,
    LEFT,
    RIGHT,
    SwitchedCorridor,
    exact_return,
    exact_values,
    exact_visits,
    next_cell,
    transition_matrix,
)
from helpers.derivatives import numerical_gradient
from helpers.running_example import THETA0, probabilities

BETWEEN = st.floats(0.01, 0.99)
POLICIES = st.tuples(BETWEEN, BETWEEN, BETWEEN)

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

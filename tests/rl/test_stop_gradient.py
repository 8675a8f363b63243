"""The three programs: each is the learner of its mistake, and what it learns is told as it is."""

import numpy as np
import pytest

from helpers.rl import PHI0, exact_return, learners
from helpers.rl.corridor_batch import network_actor_critic
from helpers.running_actor import CELLS, THETA0, actor_output, probabilities

MISTAKES = {"A": {"leak": True}, "B": {"through_target": True}, "C": {}}


@pytest.mark.parametrize("name", MISTAKES)
def test_each_letter_is_its_program(name):
    told = learners(name, steps=500, alpha=0.03, beta=0.04, n=3, seed=5)
    start = [np.tile(each[:, None], 3) for each in (THETA0, PHI0)]
    for steps in (0, 250, 500):
        rng = np.random.default_rng(5)
        theta, phi = network_actor_critic(*start, steps, 0.03, 0.04, rng, **MISTAKES[name])
        assert np.array_equal(told.J[steps // 250], exact_return(probabilities(theta)))
    for k in range(3):
        assert np.allclose(told.said[k], actor_output(phi[:, k], CELLS), rtol=1e-12)
        V = told.true[k]
        p = probabilities(theta[:, k])
        after = np.array([[V[0], V[1]], [V[2], V[0]], [V[1], 0.0]])  # left and right
        assert np.allclose(V, -1 + (1 - p) * after[:, 0] + p * after[:, 1], rtol=1e-9)


@pytest.mark.parametrize("program", ["Z", "", None, 1, ["A"], {}])
def test_other_programs_are_unknown(program):
    with pytest.raises(ValueError, match="program must be one of both cuts, A, B, C, it is"):
        learners(program)


@pytest.mark.parametrize("name, least", [("n", 1), ("seed", 0), ("steps", 0)])
@pytest.mark.parametrize("number", [-1, 2.5, None, "3", True, np.nan, [2]])
def test_counts_and_the_seed_are_whole_numbers(name, least, number):
    with pytest.raises(ValueError, match=f"^{name} must be a whole number, at least {least}, it is"):
        learners("A", **{"steps": 1, "n": 1} | {name: number})

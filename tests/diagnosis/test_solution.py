"""Changes of the right function at one place: what they give is recognised, and nothing runs for ever."""

import ast

import numpy as np
import pytest

from helpers.checks.exercise import EXERCISES
from helpers.diagnosis import Solution, diagnose
from helpers.diagnosis.edits import body_nodes


def neuron(x, w):
    """A neuron, to be changed."""
    z = x @ w
    h = np.tanh(z)
    total = 0.0
    for each in h:
        total += each
    table = np.zeros(2)
    table[0] = total
    return h, z - 1


def running(n):
    """A function with `while`: no change of it may be run."""
    while n > 1:
        n -= 1
    return n


SOLUTION = Solution(neuron)
TRIALS = [
    {"x": np.array([[0.3, -1.2], [0.8, 0.4]]), "w": np.array([0.7, -0.5])},
    {"x": np.eye(2) + 0.1, "w": np.ones(2)},
]


def test_results_and_what_is_inside_have_names():
    assert SOLUTION.results is None and SOLUTION.returned == []
    assert SOLUTION.variables == ["z"], "what a loop reads or changes, and what is written into, is no single value"
    assert set(SOLUTION.inside(**TRIALS[0])) == {"z"}
    assert Solution(neuron, named=("h", "y")).results == ["h", "y"]


@pytest.mark.parametrize("change", [
    ("x @ w", "w @ x", "multiplied in the other order"), ("np.tanh(z)", "z", "`tanh` is left out of `np.tanh(z)`"),
    ("z - 1", "z + 1", "there is + for − before `1`"), ("z - 1", "z - 2", "`z - 2` stands for `z - 1`"),
])  # fmt: skip
def test_a_change_at_one_place_is_recognised(change):
    right, wrong, words = change
    source = ast.unparse(SOLUTION.tree).replace(right, wrong)
    namespace = {"np": np}
    exec(source, namespace)
    got = [namespace["neuron"](**inputs) for inputs in TRIALS]
    assert words in SOLUTION.change(TRIALS, got)
    assert SOLUTION.change(TRIALS, [(h + 0.123, y) for h, y in got]) == ""


def test_nothing_runs_for_ever():
    assert Solution(running).edited == []


@pytest.mark.parametrize("name", EXERCISES)
def test_every_change_of_a_solution_is_code_and_differs(name):
    solution = EXERCISES[name].as_solution
    assert len(solution.edited) >= 3
    before = ast.dump(solution.tree)
    for words, function in solution.edited:
        assert callable(function) and words
    assert ast.dump(solution.tree) == before, "the solution itself was changed"
    assert all(body_nodes(solution.tree))


@pytest.mark.parametrize("name", EXERCISES)
def test_the_argument_of_a_diagnosis_stay_as_they_are(name):
    exercise = EXERCISES[name]
    trials = [(dict(zip(exercise.parameters, p, strict=True)), 7.25, 1.5) for p in exercise.probes]
    before = repr(trials)
    diagnose(trials, solution=exercise.as_solution)
    assert repr(trials) == before

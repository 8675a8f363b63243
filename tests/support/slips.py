"""Slips as trials of a diagnosis: (name, slip, trials, solution)."""

import copy
from functools import cache

import numpy as np
import retired_actor_critic  # noqa: F401  (registers its exercises)
import retired_backprop  # noqa: F401
import retired_healthy_gradients  # noqa: F401
import retired_one_neuron  # noqa: F401
import retired_pole  # noqa: F401
from held_back_later import LATER
from held_back_slips import SLIPS, TASKS
from retired_exercises import RETIRED

from helpers.checks.exercise import EXERCISES
from helpers.diagnosis import Solution

ALL = EXERCISES | RETIRED


def result(function, probe):
    """What a function returns for a copy of a probe."""
    with np.errstate(all="ignore"):
        return function(*copy.deepcopy(probe))


def function(name, parameters, body, values):
    """The function of this name, from the source of its body."""
    namespace = {"np": np} | values
    exec(f"def {name}({', '.join(parameters)}):\n    {body}", namespace)
    return namespace[name]


def trials_of(parameters, probes, wrong, right):
    """What `diagnose` takes, from a wrong function and the right one."""
    return [(dict(zip(parameters, p, strict=True)), result(wrong, p), result(right, p)) for p in probes]


@cache
def known():
    """Every known mistake of the series' exercises, one at a time."""
    found = []
    for name, exercise in ALL.items():
        for mistake in exercise.mistakes:
            wrong = exercise.wrong_function((mistake,))
            trials = trials_of(exercise.parameters, exercise.probes, wrong, exercise.solution)
            found.append((name, mistake.name, trials, exercise.as_solution))
    return found


def held_back(slips):
    """Slips in exercises that are no known mistake: name -> {slip: body}."""
    for name, bodies in slips.items():
        exercise = ALL[name]
        for slip, body in bodies.items():
            wrong = function(name, exercise.parameters, body, exercise.solution.__globals__)
            trials = trials_of(exercise.parameters, exercise.probes, wrong, exercise.solution)
            yield name, slip, trials, exercise.as_solution


def in_tasks():
    """Slips in parts that are no exercise."""
    for name, (parameters, body, probes, slips) in TASKS.items():
        parameters = parameters.split(", ")
        right = function(name, parameters, body, {})
        solution = Solution(right, f"def {name}({', '.join(parameters)}):\n    {body}")
        for slip, wrong in slips.items():
            yield name, slip, trials_of(parameters, probes, function(name, parameters, wrong, {}), right), solution


def first_set():
    """The slips that were held back from the first version."""
    yield from held_back(SLIPS)
    yield from in_tasks()


def second_set():
    """The slips that were held back to the end."""
    yield from held_back(LATER)

"""Keys of graded tasks: what right and known wrong answers return, as numbers, without any solution.

A key is all that `check` needs. `course/authoring/release.py` writes the keys of an assignment to `keys/hwN.json`.
"""

import importlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from helpers.checks.answers import Comparison
from helpers.checks.checker import Checker

KEYS = Path(__file__).parent / "keys"
SEEDS = range(100)


@dataclass(frozen=True)
class KnownMistake:
    """A known mistake by name, and the words for whoever made it."""

    name: str
    words: str


@dataclass(frozen=True)
class Key(Comparison):
    """probes: tuples of arguments; expected, and the second of each pair in wrong_answers: what they return."""

    name: str
    parameters: list
    probes: tuple
    expected: list
    wrong_answers: list  # of (known mistakes, answers)
    hints: tuple
    rtol: float
    atol: float
    source = as_solution = results = None  # the solution is not here
    named = ()
    truth = by_hand = False


def homework(name, seed):
    """Return the `check` of a graded assignment, e.g. 'hw1', for a student's seed, 0 to 99.

    ValueError for a name that has no key, or another seed.
    """
    path = KEYS / f"{name}.json"
    if not isinstance(name, str) or not path.is_file():
        names = ", ".join(sorted(path.stem for path in KEYS.glob("*.json")))
        raise ValueError(f"name must be one of {names}, not {name!r}")
    if isinstance(seed, bool) or not isinstance(seed, int) or seed not in SEEDS:
        raise ValueError(f"seed must be a whole number from 0 to {SEEDS[-1]}, not {seed!r}")
    tasks = json.loads(path.read_text(encoding="utf-8"))
    return Checker({name: key_from(name, task, seed) for name, task in tasks.items()})


def key_from(name, task, seed):
    """The key of a task for one seed, from what `task_from` made."""
    mistakes = [KnownMistake(*pair) for pair in task["mistakes"]]
    variant = task["variants"][task["of_seed"][seed]] if task["of_seed"] else task["variants"][0]
    return Key(
        name=name,
        parameters=task["parameters"],
        probes=decoded(task["probes"]),
        expected=arrays(variant["expected"]),
        wrong_answers=[(tuple(mistakes[k] for k in made), arrays(wrong)) for made, wrong in variant["wrong"]],
        hints=tuple(task["hints"]),
        rtol=task["rtol"],
        atol=task["atol"],
    )


def task_from(exercises):
    """What a key file holds of one task, from its `Exercise` for each seed (one, where all seeds have the same).

    Pairs of mistakes are left out where there is a variant for each seed: they would fill megabytes.
    """
    first, most = exercises[0], 2 if len(exercises) == 1 else 1
    place = {mistake.name: k for k, mistake in enumerate(first.mistakes)}
    made = [variant_from(exercise, place, most) for exercise in exercises]
    variants = [variant for k, variant in enumerate(made) if variant not in made[:k]]
    return {
        "parameters": first.parameters,
        "probes": encoded(first.probes),
        "hints": first.hints,
        "rtol": first.rtol,
        "atol": first.atol,
        "mistakes": [(mistake.name, mistake.words) for mistake in first.mistakes],
        "variants": variants,
        "of_seed": [variants.index(variant) for variant in made] if len(made) > 1 else [],
    }


def variant_from(exercise, place, most):
    """What a right answer returns, and each wrong one with at most so many mistakes, named by their places."""
    wrong = [(made, answers) for made, answers in exercise.wrong_answers if len(made) <= most]
    return {
        "expected": plain(exercise.expected),
        "wrong": [([place[mistake.name] for mistake in made], plain(answers)) for made, answers in wrong],
    }


def plain(lists_of_arrays):
    """Lists of arrays as nested lists of numbers with ten digits: more than any check's tolerance needs."""
    rounded = np.vectorize(lambda value: float(f"{value:.10g}"), otypes=[float])
    return [[rounded(a).tolist() if a.size else a.tolist() for a in each] for each in lists_of_arrays]


def arrays(nested):
    """The inverse of `plain`."""
    return [[np.asarray(a, float) for a in each] for each in nested]


def encoded(value):
    """A probe's argument in words that JSON has; TypeError for what is not known here."""
    if isinstance(value, np.ndarray):
        return {"array": value.tolist(), "dtype": str(value.dtype)}
    if isinstance(value, tuple | list):
        return {type(value).__name__: [encoded(each) for each in value]}
    if isinstance(value, dict):
        return {"dict": [[name, encoded(each)] for name, each in value.items()]}
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if getattr(value, "is_Symbol", False):
        return {"symbol": value.name}
    if callable(value) and getattr(value, "__name__", None):
        module = getattr(value, "__module__", None) or "numpy"  # NumPy's own functions name no module
        if found(module, value.__name__) is value:
            return {"function": [module, value.__name__]}
    raise TypeError(
        f"a probe can't hold {value!r}: a number, text, list, tuple, dict, array, symbol or importable function"
    )


def decoded(value):
    """The inverse of `encoded`."""
    if not isinstance(value, dict):
        return value
    [(kind, content), *rest] = value.items()
    if kind == "array":
        return np.array(content, dtype=rest[0][1])
    if kind == "dict":
        return {name: decoded(each) for name, each in content}
    if kind == "symbol":
        import sympy  # takes a second, and only one assignment needs it

        return sympy.Symbol(content, real=True)
    if kind == "function":
        return found(*content)
    return {"tuple": tuple, "list": list}[kind](map(decoded, content))


def found(module, name):
    """The function of that name in a module."""
    return getattr(importlib.import_module(module), name, None)

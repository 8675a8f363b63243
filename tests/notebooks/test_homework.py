"""The homework as students have it: in the readers' environment, without nbgrader and without solutions."""

import importlib.util
import json
import re

import numpy as np
import pytest
from notebook_runs import NOTEBOOKS, badly_named, code_cells, hidden_errors, read, run

from helpers.checks import homework
from helpers.checks.answers import as_arrays
from helpers.checks.key import KEYS, SEEDS, decoded, encoded, key_from, task_from

HOMEWORK = sorted((NOTEBOOKS / "homework").glob("*.ipynb"))
each_notebook = pytest.mark.parametrize("path", HOMEWORK, ids=lambda path: path.stem)
IMPORTABLE = {"numpy", "sympy", "matplotlib", "tqdm", "gymnasium", "helpers", "math"}


def test_there_are_four():
    assert [path.stem for path in HOMEWORK] == ["hw1", "hw2", "hw3", "hw4"]
    assert [path.stem for path in sorted(KEYS.glob("*.json"))] == ["hw1", "hw2", "hw3", "hw4"]


# The notebooks


@each_notebook
def test_form(path):
    raw = json.loads(path.read_text(encoding="utf-8"))
    assert (raw["nbformat"], raw["nbformat_minor"]) == (4, 5)
    assert badly_named(raw) == []
    for cell in raw["cells"]:
        marks = cell["metadata"].get("nbgrader", {})
        assert marks.get("grade_id", cell["id"]) == cell["id"]
        assert cell.get("outputs", []) == []


@each_notebook
def test_twenty_points(path):
    marks = [cell.metadata.get("nbgrader", {}) for cell in read(path).cells]
    assert sum(mark["points"] for mark in marks if mark.get("grade")) == 20


@each_notebook
def test_no_solution_and_no_hidden_test(path):
    text = path.read_text(encoding="utf-8")
    assert "BEGIN SOLUTION" not in text and "HIDDEN TESTS" not in text
    for cell in code_cells(read(path)):
        marks = cell.metadata.get("nbgrader", {})
        if marks.get("solution"):
            assert cell.source.rstrip().endswith("\n    ...")
        if marks.get("grade") and not marks.get("solution"):
            assert all(line.startswith("#") for line in cell.source.splitlines())


@each_notebook
def test_prose_does_not_exclaim(path):
    prose = {cell.id: cell.source.replace("!=", "") for cell in read(path).cells if cell.cell_type == "markdown"}
    assert [name for name, text in prose.items() if "!" in text] == []


@each_notebook
def test_imports_what_readers_have(path):
    sources = "\n".join(cell.source for cell in code_cells(read(path)) if cell.id != "helpers-here")
    assert set(re.findall(r"(?m)^(?:from|import) (\w+)", sources)) <= IMPORTABLE


@each_notebook
def test_runs_without_nbgrader_and_with_nothing_filled_in(path):
    assert importlib.util.find_spec("nbgrader") is None, "this test is about the readers' environment"
    done = run(read(path))
    assert hidden_errors(done) == []
    verdicts = [
        cell.outputs[0]["data"]["text/plain"] for cell in code_cells(done) if re.fullmatch(r"check\(\w+\)", cell.source)
    ]
    assert len(verdicts) >= 4
    assert all(verdict.startswith("Not attempted yet.") for verdict in verdicts)


# The keys


def test_another_name_or_seed_is_refused():
    with pytest.raises(ValueError, match="name must be one of hw1, hw2, hw3, hw4, not 'hw9'"):
        homework("hw9", 0)
    for seed in (-1, 100, 1.0, True, "7", None):
        with pytest.raises(ValueError, match="seed must be a whole number from 0 to 99"):
            homework("hw1", seed)


def test_a_solution_is_not_to_be_had():
    check = homework("hw1", 0)
    name = next(iter(check.exercises))
    assert "its solution is with the teacher" in repr(check.solution(name))
    assert repr(check.hint(name)).startswith("Hint 1 of")
    hints = [repr(check.hint(name)) for _ in check.exercises[name].hints]
    assert hints[-1] == "That was the last hint."
    with pytest.raises(ValueError, match="with the teacher"):
        check.lend(name)


def test_an_answer_that_stops_is_told_so():
    check = homework("hw1", 0)
    name = next(iter(check.exercises))
    names = {}
    exec(f"def {name}(*given):\n    return given[0] / (0 * len(given))", names)
    assert "ZeroDivisionError" in repr(check(names[name])) or "raised" in repr(check(names[name]))


def test_keys_hold_no_code():
    for path in KEYS.glob("*.json"):
        assert not re.search(r"\bdef |\blambda |### ", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "value",
    [
        3,
        -0.25,
        True,
        None,
        "forward",
        [1, 2.5],
        (1, (2, [3])),
        np.array([[1.0, -2.0]]),
        np.array([0, 1]),
        np.array([], dtype=float),
        [(np.ones((2, 1)), np.zeros(1))],
        {"W": np.ones((2, 1)), "b": np.zeros(1)},
    ],
)
def test_arguments_survive_the_key(value):
    again = decoded(json.loads(json.dumps(encoded(value))))
    assert type(again) is type(value)
    np.testing.assert_equal(again, value)


def test_functions_and_symbols_survive_the_key():
    import sympy

    from helpers.networks.activations import sigmoid

    for value in (np.sin, sigmoid, sympy.Symbol("z", real=True)):
        assert decoded(json.loads(json.dumps(encoded(value)))) == value


@pytest.mark.parametrize("value", [lambda x: x, object(), {1, 2}])
def test_what_a_key_cannot_hold_is_refused(value):
    with pytest.raises(TypeError, match="a probe can't hold"):
        encoded(value)


def test_key_judges_like_the_exercise_it_was_made_from():
    from helpers.checks.checker import judge
    from helpers.checks.exercise import EXERCISES

    exercise = EXERCISES["dual_product"]
    key = key_from(exercise.name, json.loads(json.dumps(task_from([exercise]))), 0)
    for mistake in exercise.mistakes:
        wrong = exercise.wrong_function((mistake,))
        assert repr(judge(key, wrong)) == repr(judge(exercise, wrong))
    assert judge(key, exercise.solution).status == "correct"


@pytest.mark.parametrize("path", sorted(KEYS.glob("*.json")), ids=lambda path: path.stem)
def test_a_key_holds_a_variant_for_each_kind_of_own_numbers(path):
    for task in json.loads(path.read_text(encoding="utf-8")).values():
        own, variants = task["of_seed"], [json.dumps(variant) for variant in task["variants"]]
        assert len(set(variants)) == len(variants)
        assert set(own or [0]) == set(range(len(variants)))
        assert len(own) in (0, len(SEEDS))


@pytest.mark.parametrize("path", sorted(KEYS.glob("*.json")), ids=lambda path: path.stem)
def test_no_task_can_be_answered_from_its_key(path):
    """A task without arguments asks for what the key holds."""
    assert all(task["parameters"] for task in json.loads(path.read_text(encoding="utf-8")).values())


# Expressions as answers


def test_expressions_are_compared_by_their_values():
    import sympy

    z, w = sympy.symbols("z w", real=True)
    first, second = (as_arrays(e)[0] for e in (1 / (1 + sympy.exp(-z)), sympy.exp(z) / (1 + sympy.exp(z))))
    np.testing.assert_allclose(first, second, rtol=1e-12)
    assert not np.allclose(as_arrays(w * z)[0], as_arrays(w + z)[0])
    np.testing.assert_allclose(as_arrays(sympy.Derivative(z**2, z))[0], as_arrays(2 * z)[0])


def test_an_expression_without_a_value_is_refused():
    import sympy

    with pytest.raises(TypeError):
        as_arrays(sympy.Function("f")(sympy.Symbol("z")))

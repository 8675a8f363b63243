"""The mutation gate: known mistakes lose points and are named; and the gate notices when they do not."""

from dataclasses import replace

import pytest

from course.authoring import gate, sources
from course.authoring.gate import Gate, complaints
from course.authoring.keys import exercises_of
from course.authoring.sources import ASSIGNMENTS, answer_cells, read_source, tasks_of
from helpers.checks.exercise import Mistake


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_assignment_passes_the_gate(assignment):
    assert list(complaints(assignment)) == []


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_every_function_has_tests_mistakes_and_another_right_answer(assignment):
    notebook, tasks = read_source(assignment), tasks_of(assignment)
    assert set(sources.tests_by_task(notebook)) == set(answer_cells(notebook)) == set(tasks)
    for task in tasks.values():
        assert len(task.mistakes) >= 3
        assert len(task.hints) >= 2
    assert sum(len(task.mistakes) for task in tasks.values()) >= 30
    assert sum(bool(task.other_algebra) for task in tasks.values()) >= len(tasks) - 2


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_most_pairs_of_mistakes_are_told_apart(assignment):
    """A pair is named, or refused with a counterexample; it never passes for a single one or for right."""
    named = every = 0
    for exercises in exercises_of(assignment).values():
        answers = [wrong for _, wrong in exercises[0].wrong_answers]
        singles = sum(len(made) == 1 for made, _ in exercises[0].wrong_answers)
        assert not any(exercises[0].same(wrong, exercises[0].expected) for wrong in answers[:singles])
        every += len(answers) - singles
        pairs = answers[singles:]
        named += sum(not any(exercises[0].same(pair, single) for single in answers[:singles]) for pair in pairs)
    assert named >= 0.6 * every


@pytest.fixture(scope="module")
def first():
    """The gate of the first assignment."""
    return Gate("hw1")


SLOPES = "[sp.diff(loss, each) for each in (w, b, x)]"
NUMBERS = "[dz * x, dz, dz * w]"
FORMS = """
import fractions
from sympy.codegen.cfunctions import expm1

class Num:
    def __init__(self, value):
        self.value = value

    def __float__(self):
        return float(self.value)

def through_expm1(slope):
    return slope.subs(sp.exp(-(w * x + b)), expm1(-w * x - b) + 1)

w, b, x = sp.symbols("w b x", real=True)
"""


@pytest.mark.parametrize(
    ("name", "returned", "right"),
    [
        ("sympy_gradient", f"sp.Tuple(*{SLOPES})", True),
        ("sympy_gradient", "sp.derive_by_array(loss, (w, b, x))", True),
        ("sympy_gradient", f"dict(zip('wbx', {SLOPES})).values()", True),
        ("sympy_gradient", f"np.array({SLOPES})", True),
        ("sympy_gradient", f"(each for each in {SLOPES})", True),
        ("sympy_gradient", f"map(sp.UnevaluatedExpr, {SLOPES})", True),
        ("sympy_gradient", f"map(through_expm1, {SLOPES})", True),
        ("sympy_gradient", "[sp.Derivative(loss, each) for each in (w, b, x)]", True),
        ("sympy_gradient", f"sp.Matrix({SLOPES})", False),
        ("sympy_gradient", f"sp.ImmutableMatrix({SLOPES})", False),
        ("sympy_gradient", "sp.Matrix([loss]).jacobian([w, b, x])", False),
        ("sympy_gradient", f"list(map(str, {SLOPES}))", False),
        ("loss_gradient", f"map(Num, {NUMBERS})", True),
        ("loss_gradient", f"np.array({NUMBERS}, object)", True),
        ("loss_gradient", f"map(fractions.Fraction, {NUMBERS})", True),
        ("loss_gradient", f"map(str, {NUMBERS})", False),
        ("loss_gradient", f"np.array({NUMBERS}, str)", False),
        ("loss_gradient", "[dz * x, str(dz), dz * w]", False),
        ("loss_gradient", "[dz * x, np.array(str(dz), object), dz * w]", False),
        ("loss_gradient", f"[str(each).encode() for each in {NUMBERS}]", False),
    ],
)
def test_check_and_hidden_tests_agree_on_what_is_an_answer(first, name, returned, right):
    head, _, _ = first.exercises[name][0].source.rpartition("return ")
    source = f"{FORMS}\n{head}return {returned}\n"
    verdict = first.verdict(name, source)
    assert (verdict.status == "correct") == right, verdict
    assert right or "which is not made of real numbers" in verdict.message
    assert (first.points(name, source) == first.full(name)) == right


def damaged(monkeypatch, change):
    """What the gate says of the second assignment, its source changed first."""
    notebook = read_source("hw2")
    change(notebook)
    monkeypatch.setattr(gate, "read_source", lambda assignment: notebook)
    return complaints("hw2")


def test_gate_notices_tests_that_test_nothing(monkeypatch):
    monkeypatch.setattr(gate, "lost", lambda *arguments: "")
    wrong = list(complaints("hw2"))
    first = next(iter(answer_cells(read_source("hw2"))))
    assert any(text.startswith(f"{first}: the untouched stub gets") for text in wrong)
    assert any("loses no point" in text for text in wrong)


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_own_numbers_of_hidden_tests_are_those_of_the_notebook(assignment):
    """A solution has all points, whatever the seed."""
    made = Gate(assignment)
    for name, task in made.tasks.items():
        for seed in (1, 17, 42, 99) if task.per_seed else (1,):
            assert made.points(name, seed=seed) == made.full(name)


def test_gate_notices_a_task_without_tests(monkeypatch):
    name = next(iter(answer_cells(read_source("hw2"))))

    def without_cells(notebook):
        gone = sources.tests_by_task(notebook)[name]
        notebook.cells = [cell for cell in notebook.cells if cell.id not in gone]

    assert f"{name}: no test cell follows it" in damaged(monkeypatch, without_cells)


def test_gate_notices_mistakes_that_are_not_in_the_solution():
    made = Gate("hw2")
    name, task = next(iter(made.tasks.items()))
    task.mistakes.append(("elsewhere", "no such text", "", "Words."))
    try:
        wrong = list(gate.mistakes_that_pass(made, name, made.exercises[name][0], task, [0]))
    finally:
        task.mistakes.pop()
    assert wrong == [f"{name}, elsewhere: 'no such text' is not in the solution"]


def test_gate_notices_a_mistake_that_the_check_does_not_name():
    made = Gate("hw2")
    name, task = next(iter(made.tasks.items()))
    exercise = made.exercises[name][0]
    unknown = Mistake(*task.mistakes[0])
    others = [mistake for mistake in exercise.mistakes if mistake != unknown]
    exercise = replace(exercise, mistakes=tuple(others))
    made.exercises = made.exercises | {name: [exercise]}
    wrong = list(gate.mistakes_that_pass(made, name, exercise, task, [0]))
    assert any(text.startswith(f"{name}, {unknown.name}: the check says") for text in wrong)

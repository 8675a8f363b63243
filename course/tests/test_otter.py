"""The export for Otter: `otter assign` takes it, gives nothing away, and `otter run` gives nbgrader's points.

Without the group `otter` only the tests of the master notebook run; with FTG_REQUIRE=otter the others then fail.
"""

import contextlib
import copy
import importlib.util
import io
import json
import subprocess
import sys

import nbformat
import pytest
import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from requirements import missing
from submissions import without_pictures

from course.authoring import otter as exporter
from course.authoring import sources
from course.authoring.sources import (
    ASSIGNMENTS,
    SOLUTION,
    answer_cells,
    marks,
    read_source,
    solution_text,
    stub_text,
    tasks_of,
    written_cells,
)
from course.border.asking import here
from course.tasks.hidden import lost

OTTER = """
import json, sys
from otter.cli import cli
for words in json.loads(sys.argv[1]):
    cli(words, standalone_mode=False)
"""
KINDS = ("known mistake", "other algebra", "untouched", "exit")
# All kinds in one notebook, and one that is right throughout: a run takes two seconds and more.
SUBMISSIONS = [*((name, "mixed") for name in ASSIGNMENTS), ("hw2", "other algebra")]


def cell_of(make, source, name, **flags):
    """A cell with nbgrader's metadata."""
    return make(source, id=name, metadata={"nbgrader": {"grade_id": name, "schema_version": 3, **flags}})


def small_source():
    """A source notebook with one cell of each kind."""
    solution = "def slope(z):\n    ### BEGIN SOLUTION\n    return factor * np.exp(z)\n    ### END SOLUTION\n"
    model = "Because:\n\n### BEGIN SOLUTION\nall else is flat\n### END SOLUTION"
    cells = [
        cell_of(new_code_cell, "import numpy as np\nfactor = 2", "setup", locked=True),
        cell_of(new_code_cell, solution, "slope", solution=True),
        cell_of(new_code_cell, "# 2 points", "test-slope", grade=True, locked=True, points=2),
        cell_of(new_markdown_cell, model, "written-why", grade=True, solution=True, points=3),
    ]
    cells[1].metadata["exercise"] = "slope"
    return new_notebook(cells=cells)


def by_id(notebook):
    """A notebook's cells by their id."""
    return {cell.id: cell for cell in notebook.cells}


def test_a_test_cell_becomes_a_hidden_test_with_its_points():
    cells = by_id(exporter.master(small_source(), "hw0"))
    options = yaml.safe_load(cells["test-slope-begin-question"].source)
    assert options == {"name": "test-slope", "points": 2, "check_cell": False}
    assert cells["test-slope"].source == "# 2 points"
    assert cells["test-slope-hidden"].source.startswith("# HIDDEN\ndef test_slope(env):")


def test_a_written_task_is_graded_by_a_person_and_keeps_its_visible_words():
    cells = by_id(exporter.master(small_source(), "hw0"))
    options = yaml.safe_load(cells["written-why-begin-question"].source)
    assert options == {"name": "written-why", "points": 3, "manual": True}
    assert cells["written-why"].source == f"Because:\n\n{exporter.UNANSWERED}"
    assert cells["written-why-model"].source == "Because:\n\nall else is flat\n"


def test_read_only_cells_are_locked_and_nothing_of_nbgrader_is_left():
    cells = by_id(exporter.master(small_source(), "hw0"))
    assert cells["setup"].metadata == {"editable": False, "deletable": False}
    assert cells["slope"].metadata == {"exercise": "slope"}
    assert not any("nbgrader" in cell.metadata for cell in cells.values())


def test_the_master_is_a_valid_notebook_and_the_source_stays_as_it_was():
    source = small_source()
    nbformat.validate(exporter.master(source, "hw0"))
    assert source == small_source()


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_hidden_tests_made_into_functions_let_the_solutions_pass(assignment):
    source = read_source(assignment)
    names = sources.namespace_of(assignment)
    cells = by_id(exporter.master(source, assignment))
    for name in sources.test_cells(source):
        made = {}
        exec(cells[f"{name}-hidden"].source, made)
        made[name.replace("-", "_")](names)


def test_exit_in_an_answer_fails_its_test_alone():
    source, made = read_source("hw1"), {}
    exec(by_id(exporter.master(source, "hw1"))["test-softplus-slope-hidden"].source, made)
    with pytest.raises(AssertionError, match="softplus_slope raised SystemExit"):
        made["test_softplus_slope"]({"softplus_slope": lambda z: exit(), "SEED": 0})


def test_another_assignment_is_refused(tmp_path):
    with pytest.raises(ValueError, match="not 'other'"):
        exporter.export("other", tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.fixture(scope="module")
def assigned(tmp_path_factory):
    """For each assignment the folder that `otter assign` writes; the solution is not run."""
    if importlib.util.find_spec("otter") is None:
        missing("otter", "otter-grader is not installed: make .venv-otter/.ready")
    folder = tmp_path_factory.mktemp("otter")
    masters = {name: exporter.export(name, folder / name) for name in ASSIGNMENTS}
    otter(*(("assign", "--no-pdfs", "--no-run-tests", path, path.parent / "dist") for path in masters.values()))
    return {name: path.parent / "dist" for name, path in masters.items()}


@pytest.fixture(scope="module")
def results(assigned, tmp_path_factory):
    """For each submission what `otter run` tells Gradescope of each test, by the test's name."""
    folders = {submission: tmp_path_factory.mktemp("submission") for submission in SUBMISSIONS}
    otter(*(run_command(assigned[name], folder, name, kind) for (name, kind), folder in folders.items()))
    return {submission: results_in(folder / "results.json") for submission, folder in folders.items()}


def run_command(dist, folder, assignment, kind):
    """Write a submission, the students' notebook with answers, to a folder; return the words of `otter run` on it."""
    submission, [autograder] = folder / f"{assignment}.ipynb", (dist / "autograder").glob("*.zip")
    students = nbformat.read(dist / "student" / submission.name, as_version=4)
    nbformat.write(filled_in(students, answers_of(assignment, kind)), submission)
    return "run", "--no-logo", "--autograder", autograder, "--output-dir", folder, submission


def results_in(path):
    return {test["name"]: test for test in json.loads(path.read_text(encoding="utf-8"))["tests"]}


def otter(*commands):
    """Run commands of otter, one after the other in one other process: importing it takes three seconds."""
    words = json.dumps([[str(word) for word in command] for command in commands])
    done = subprocess.run([sys.executable, "-c", OTTER, words], capture_output=True, encoding="utf-8", timeout=600)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_students_get_no_solution_and_no_hidden_test(assigned, assignment):
    source, folder = read_source(assignment), assigned[assignment]
    secrets = lines_of_secrets(source)
    assert [path.name for path in (folder / "student").iterdir()] == [f"{assignment}.ipynb"]
    assert not secrets & lines_of_notebook(folder / "student" / f"{assignment}.ipynb")
    solved = secrets & lines_of_notebook(folder / "autograder" / f"{assignment}.ipynb")
    assert len(solved) >= len(answer_cells(source))  # so this test would find one


def lines_of_secrets(source):
    """All lines of solutions and hidden tests, also as Otter writes these, except those that students see elsewhere."""
    answers = {**answer_cells(source), **written_cells(source)}.values()
    texts = [SOLUTION.search(cell.source)[0] for cell in answers]
    texts += [cell.source for cell in exporter.master(source, "hw0").cells if cell.id.endswith("-hidden")]
    seen = [SOLUTION.sub("", cell.source) for cell in source.cells]
    return lines("\n".join(texts)) - lines("\n".join(seen))


def lines(text):
    """The different lines of a text, without empty ones and the margins."""
    return {line.strip() for line in text.split("\n")} - {""}


def lines_of_notebook(path):
    """Lines of every text in a notebook's file: sources, outputs and metadata."""
    found = []
    json.loads(path.read_text(encoding="utf-8"), object_hook=lambda node: found.extend(texts_in(node.values())))
    return lines("\n".join(found))


def texts_in(values):
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from texts_in(value)


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_students_get_stubs_in_cells_of_the_same_id_without_otter(assigned, assignment):
    source = read_source(assignment)
    students = by_id(nbformat.read(assigned[assignment] / "student" / f"{assignment}.ipynb", as_version=4))
    for cell in answer_cells(source).values():
        assert students[cell.id].source.rstrip() == stub_text(cell).rstrip()
        assert students[cell.id].metadata.get("editable", True)
    for cell in written_cells(source).values():
        assert exporter.UNANSWERED in students[cell.id].source
        assert students[cell.id].metadata.get("editable", True)
    assert {cell.id for cell in source.cells} <= set(students)
    assert not any("otter" in cell.source for cell in students.values())


def points_by_the_tests(assignment, kind):
    """Points of each test cell of a submission, its functions asked in this process."""
    notebook = filled_in(read_source(assignment), answers_of(assignment, kind))
    names = {"__name__": "__main__", "check": lambda function: None}
    for cell in sources.code_cells(notebook):
        with contextlib.suppress(Exception, SystemExit), contextlib.redirect_stdout(io.StringIO()):
            exec(sources.OWN_CHECK.sub("", cell.source), names)  # a cell that fails is no reason to stop
    return {
        name: 0 if lost(assignment, name, here(names), names["SEED"]) else points
        for name, points in full_points(notebook).items()
    }


def full_points(notebook):
    """Points that each test cell is worth."""
    return {name: marks(cell)["points"] for name, cell in sources.test_cells(notebook).items()}


@pytest.mark.parametrize(("assignment", "kind"), SUBMISSIONS)
def test_otter_gives_the_points_that_the_tests_give(results, assignment, kind):
    full, points = full_points(read_source(assignment)), points_by_the_tests(assignment, kind)
    assert {name: test["score"] for name, test in results[assignment, kind].items()} == points
    assert {name: test["max_score"] for name, test in results[assignment, kind].items()} == full
    if kind == "other algebra":  # or the solution, where there is none
        assert points == full
    else:
        assert sum(points.values()) < sum(full.values())


@pytest.mark.parametrize(("assignment", "kind"), SUBMISSIONS)
def test_what_students_read_shows_no_line_of_a_hidden_test(results, assignment, kind):
    hidden = (sources.COURSE / "tasks" / f"{assignment}_hidden.py").read_text(encoding="utf-8")
    told = "\n".join(test["output"] for test in results[assignment, kind].values())
    assert not {line for line in lines(hidden) if len(line) > 12} & lines(told)


def answers_of(assignment, kind):
    """A submission: the source of each task's answer, by the function's name."""
    cells, tasks = answer_cells(read_source(assignment)), tasks_of(assignment)
    kinds = [KINDS[k % len(KINDS)] if kind == "mixed" else kind for k in range(len(cells))]
    return {name: answer_of(cells[name], tasks[name], each) for name, each in zip(cells, kinds, strict=True)}


def answer_of(cell, task, kind):
    """Source of one answer of this kind."""
    if kind == "untouched":
        return stub_text(cell)
    if kind == "exit":
        return SOLUTION.sub(r"\1raise SystemExit", cell.source)
    if kind == "known mistake":
        mistake = task.named[0]
        return solution_text(cell).replace(mistake.right, mistake.wrong)
    others = task.other_algebra if kind == "other algebra" else ()
    return others[0] if others else solution_text(cell)


def filled_in(notebook, answers):
    """A copy of a notebook with these sources as the answers, and without pictures."""
    notebook = without_pictures(copy.deepcopy(notebook))
    for name, cell in answer_cells(notebook).items():
        cell.source = answers[name]
    return notebook

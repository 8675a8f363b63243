"""Reading an assignment's source: its cells and their solutions, and the namespace they run in."""

import contextlib
import importlib
import io
import re
from functools import cache
from pathlib import Path

COURSE = Path(__file__).resolve().parents[1]
ROOT = COURSE.parent
SOURCE = COURSE / "source"
WORK = COURSE / "work"
ASSIGNMENTS = sorted(path.name for path in SOURCE.glob("hw[0-9]*"))
ID = re.compile(r"\w[\w.@+ -]{0,99}")  # of a student: a folder is named by it
UNANSWERED = "*Your answer: replace this line.*"
MARKER = re.compile(r"^[ \t]*### (?:BEGIN|END) SOLUTION[ \t]*\n?", re.MULTILINE)
OWN_CHECK = re.compile(r"^check = homework\(.*\)$", re.MULTILINE)
SOLUTION = re.compile(r"^([ \t]*)### BEGIN SOLUTION.*### END SOLUTION[ \t]*", re.DOTALL | re.MULTILINE)


def read_source(assignment):
    """The source notebook of an assignment; ValueError for another name."""
    if assignment not in ASSIGNMENTS:
        raise ValueError(f"assignment must be one of {', '.join(ASSIGNMENTS)}, not {assignment!r}")
    import nbformat  # takes a second, and a command that refuses its options needs none

    return nbformat.read(SOURCE / assignment / f"{assignment}.ipynb", as_version=4)


def tasks_of(assignment):
    """The tasks of an assignment by name: `course.tasks.hwN.TASKS`."""
    return importlib.import_module(f"course.tasks.{assignment}").TASKS


def marks(cell):
    """nbgrader's metadata of a cell, or an empty dict."""
    return cell.metadata.get("nbgrader") or {}


def grade_id(cell):
    """nbgrader's name of a cell, or None."""
    return marks(cell).get("grade_id")


def code_cells(notebook):
    """The code cells, in order."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def answer_cells(notebook):
    """The cells in which students write a function, by the function's name."""
    return {cell.metadata["exercise"]: cell for cell in code_cells(notebook) if "exercise" in cell.metadata}


def test_cells(notebook):
    """The graded test cells, by grade_id."""
    return {grade_id(cell): cell for cell in code_cells(notebook) if is_test(cell)}


def is_test(cell):
    """True for a cell with points that no person gives."""
    return bool(marks(cell).get("grade")) and not marks(cell).get("solution")


def written_cells(notebook):
    """The cells that a person grades, by grade_id."""
    return {grade_id(c): c for c in notebook.cells if marks(c).get("grade") and marks(c).get("solution")}


def tests_by_task(notebook):
    """grade_ids of the test cells of each task: those that follow its answer cell."""
    found, name = {}, None
    for cell in code_cells(notebook):
        name = cell.metadata.get("exercise", name)
        if name and grade_id(cell) in test_cells(notebook):
            found.setdefault(name, []).append(grade_id(cell))
    return found


def solution_text(cell):
    """An answer cell's source without the markers."""
    return MARKER.sub("", cell.source).rstrip() + "\n"


def stub_text(cell):
    """An answer cell's source as it is released: dots in place of the solution."""
    return SOLUTION.sub(r"\1...", cell.source).rstrip() + "\n"


def with_seed(source, seed):
    """The seed cell's source for another seed."""
    return re.sub(r"^SEED = \d+", f"SEED = {seed}", source)


@cache
def namespace_of(assignment):
    """The names after all code cells of a source have run, solutions included; each `check` says 'correct'.

    One run for all who ask, since some train for seconds: call `set_seed` before what follows from the seed.
    """
    from helpers.checks.results import Verdict

    namespace = {"__name__": "__main__", "check": lambda function: Verdict("correct", "")}
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in code_cells(read_source(assignment)):
            source = solution_text(cell) if "exercise" in cell.metadata else cell.source
            exec(OWN_CHECK.sub("", source), namespace)  # the check needs the key, which is made from these names
    return namespace


def set_seed(notebook, namespace, seed):
    """Run the cells again that make a student's numbers, for another seed, in this namespace."""
    namespace["SEED"] = seed
    for cell in code_cells(notebook):
        if cell.metadata.get("per_seed"):
            exec(cell.source, namespace)

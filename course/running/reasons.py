"""What a notebook that has run says of lost points, and of what went wrong on the way."""

from course.authoring.sources import answer_cells, grade_id, marks, test_cells, tests_by_task, written_cells
from course.intake.identity import Finding
from course.running.execution import OUT_OF_TIME

NOT_THERE = "ModuleNotFoundError"
NOT_ANSWERED = "not answered"


def points_of(notebook, release, reasons):
    """{graded cell: (points, of)}: tests by their reasons; a text is open (None), or 0 where none was written."""
    points = {}
    for name, cell in test_cells(release).items():
        points[name] = (0 if reasons[name] else marks(cell)["points"], marks(cell)["points"])
    own = written_cells(notebook)
    elsewhere = notebook.metadata.get("written_elsewhere")
    for name, cell in written_cells(release).items():
        written = elsewhere or own[name].source.strip() != cell.source.strip()
        points[name] = (None if written else 0, marks(cell)["points"])
    return points


def not_answered(notebook, release, reasons):
    """Those of the failed tests whose answer cell is as it was released."""
    answers, stubs = answer_cells(notebook), answer_cells(release)
    tests = tests_by_task(release)
    left = [task for task in tests if answers[task].source.strip() == stubs[task].source.strip()]
    return [name for task in left for name in tests[task] if reasons[name]]


def errors_in(notebook):
    """[(name of the cell, its error's name, what it says)], the first of each cell."""
    found = {}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                text = f"{output.ename}: {output.evalue}".strip(": ")
                found.setdefault(grade_id(cell) or "own cell", (output.ename, short(text)))
    return [(name, *error) for name, error in found.items()]


def findings_on(errors, release, limits):
    """A `Finding` for each cell that raised an error: what is missing here, or out of time, is for a person.

    A visible check gives no points: that it was stopped is said, and whether the answer is right the hidden tests say.
    """
    locked = {grade_id(cell) for cell in release.cells if marks(cell) and not marks(cell).get("solution")}
    for name, kind, text in errors:
        if kind == OUT_OF_TIME:
            yield Finding(f"cell {name} was stopped after {limits.cell} s", person=not name.startswith("check-"))
        else:  # a check fails where an answer does not run
            broken = name in locked and not name.startswith("check-")
            yield Finding(f"cell {name} raised {text}", person=broken or kind == NOT_THERE)


def short(text):
    """A text on one line of a table."""
    return " ".join(text.split())[:300].encode("utf-8", "replace").decode()

"""Outcomes on disk, and nbgrader's gradebook: the one place that writes them."""

import json
import os
from dataclasses import asdict
from pathlib import Path

import nbformat

from course.authoring.release import released
from course.authoring.sources import marks, read_source, test_cells, written_cells
from course.intake.identity import Finding
from course.running.submission import Outcome


class Outcomes:
    """Outcomes of an assignment on disk, one file for each student; each is written whole or not at all."""

    def __init__(self, work, assignment):
        self.folder = Path(work) / "outcomes" / assignment
        self.folder.mkdir(parents=True, exist_ok=True)

    def save(self, outcome, stamp):
        """Keep an outcome; stamp: what it is the outcome of."""
        write_whole(self.folder / f"{outcome.student}.json", json.dumps({"stamp": stamp, **asdict(outcome)}))

    def all(self):
        """All outcomes that can be read, by student."""
        return {name: outcome_in(kept) for name in self.names() if (kept := self._kept(name))}

    def names(self):
        """The students of whom there is an outcome."""
        return sorted(path.stem for path in self.folder.glob("*.json"))

    def stamp(self, student):
        """What a student's outcome is the outcome of, None where there is none."""
        return (self._kept(student) or {}).get("stamp")

    def _kept(self, student):
        try:
            kept = json.loads((self.folder / f"{student}.json").read_text(encoding="utf-8"))
            return kept if outcome_in(kept) else None
        except (OSError, ValueError, TypeError, KeyError, AttributeError):  # cut off by a full disk: graded again
            return None


def outcome_in(kept):
    """The outcome in what was kept of it."""
    kept = {name: value for name, value in kept.items() if name != "stamp"}
    kept["findings"] = tuple(Finding(**finding) for finding in kept["findings"])
    kept["points"] = {name: tuple(pair) for name, pair in kept["points"].items()}
    return Outcome(**kept)


def write_whole(path, text, encoding="utf-8"):
    """Write a file under a neighbour's name, and rename it: it is there whole, or as it was."""
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_text(text, encoding, errors="replace", newline="")
        os.replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def record(outcomes, assignment, config):
    """Write outcomes into nbgrader's gradebook and their notebooks beside it; a person's points are kept.

    The work of a person is asked for again when the text is not the one that was marked.
    """
    from nbgrader.api import Gradebook

    from course.marks.receipts import keep_receipts
    from course.settings import course_directory

    directory = course_directory(config)
    outcomes = [outcome for outcome in outcomes if not outcome.failure]
    if outcomes and not knows(assignment, directory):
        released(assignment, Path(directory.root))
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        for outcome in outcomes:
            before, now = keep_notebook(directory, assignment, outcome), texts(outcome.notebook)
            gradebook.update_or_create_student(outcome.student)
            gradebook.update_or_create_submission(assignment, outcome.student)
            for name, (got, _) in outcome.points.items():
                grade = gradebook.find_grade(name, assignment, assignment, outcome.student)
                grade.auto_score = got
                if grade.manual_score is None:
                    grade.needs_manual_grade = got is None
                elif before.get(name) != now.get(name):
                    grade.needs_manual_grade = True
            gradebook.db.commit()
    keep_receipts(assignment, config)


def knows(assignment, directory):
    """True if the gradebook has this assignment, as its source is now."""
    from nbgrader.api import Gradebook, MissingEntry

    source = read_source(assignment)
    graded = {name: marks(cell)["points"] for name, cell in (test_cells(source) | written_cells(source)).items()}
    try:
        with Gradebook(directory.db_url, directory.course_id) as gradebook:
            cells = gradebook.find_notebook(assignment, assignment).grade_cells
            return {cell.name: cell.max_score for cell in cells} == graded
    except MissingEntry:
        return False


def keep_notebook(directory, assignment, outcome):
    """Write the graded notebook where nbgrader looks for it; returns {written cell: its text} of the one before."""
    path = Path(directory.format_path(directory.autograded_directory, outcome.student, assignment))
    path = path / f"{assignment}.ipynb"
    try:
        before = texts(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except ValueError:  # half of a notebook
        before = {}
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, outcome.notebook)
    return before


def texts(notebook):
    """{grade_id: text} of the cells that a person marks, with what was written elsewhere, if anything was."""
    read = nbformat.reads(notebook, as_version=4)
    others = [cell.source for cell in read.cells if not marks(cell)] if read.metadata.get("written_elsewhere") else []
    return {name: [cell.source, str(cell.get("attachments")), *others] for name, cell in written_cells(read).items()}


def marked_by_hand(assignment, config):
    """{(student, cell): points} that a person gave."""
    from nbgrader.api import Gradebook

    from course.settings import course_directory

    directory = course_directory(config)
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        return {
            (submission.student_id, grade.name): grade.manual_score
            for submission in gradebook.assignment_submissions(assignment)
            for notebook in submission.notebooks
            for grade in notebook.grades
            if grade.manual_score is not None and not grade.needs_manual_grade
        }

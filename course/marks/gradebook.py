"""The gradebook and the table of results: the one place that writes them."""

import csv
import json
import os
from dataclasses import asdict
from pathlib import Path

import nbformat

from course.authoring.sources import written_cells
from course.intake.identity import Finding
from course.running.submission import Outcome

COLUMNS = ["student", "name", "status", "points", "of", "open", "person", "reasons", "findings", "seconds"]


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


def write_whole(path, text):
    """Write a file under a neighbour's name, and rename it: it is there whole, or as it was."""
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        os.replace(part, path)
    except OSError:
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
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        for outcome in (outcome for outcome in outcomes if not outcome.failure):
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
    """{grade_id: text} of the cells that a person marks."""
    return {name: cell.source for name, cell in written_cells(nbformat.reads(notebook, as_version=4)).items()}


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


def row(outcome, by_hand):
    """One student's line of the table. Where nothing was graded there are no points, not zero."""
    got = {name: by_hand.get((outcome.student, name), points) for name, (points, _) in outcome.points.items()}
    still_open = [name for name, points in got.items() if points is None]
    flags = [finding for finding in outcome.findings if finding.person]
    status = "failed" if outcome.failure else "open" if still_open else "graded"
    of = {name: full for name, (_, full) in outcome.points.items()}
    reasons = [f"{name} {number(got[name])}/{number(of[name])}: {why}" for name, why in outcome.reasons.items()]
    return {
        "student": outcome.student,
        "name": outcome.shown,
        "status": status,
        "points": "" if outcome.failure else number(sum(points or 0 for points in got.values())),
        "of": "" if outcome.failure else number(sum(of.values())),
        "open": " ".join(still_open),
        "person": "yes" if outcome.failure or still_open or flags else "",
        "reasons": outcome.failure or "; ".join(reasons),
        "findings": "; ".join(("LOOK: " if finding.person else "") + finding.text for finding in outcome.findings),
        "seconds": outcome.seconds,
    }


def number(value):
    """Points without a needless .0; a dash where they are not given yet."""
    return "-" if value is None else f"{value:g}"


def write_table(path, rows):
    """Write the table as CSV; a cell that a spreadsheet would take for a formula is led by an apostrophe."""
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows({key: guarded(value) for key, value in line.items()} for line in rows)


def guarded(value):
    """A text that a spreadsheet shows and does not compute."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t" and value not in ("", "-") else value

"""The running course: a folder with the gradebook, the students, their seeds and all that grading leaves."""

import csv
import fcntl
import sys
from contextlib import contextmanager
from pathlib import Path

from course.authoring.release import read_students, released, seed_of
from course.authoring.sources import source_text
from course.marks.gradebook import Outcomes, marked_by_hand, row, write_table
from course.running.submission import Outcome
from course.settings import settings

PERSON = 3  # exit code: somebody should look


class Course:
    """The running course: a folder with the gradebook, the students and the teacher's seed."""

    def __init__(self, work, assignment):
        self.work, self.assignment = Path(work), assignment
        self.config = settings(self.work)
        self.outcomes = Outcomes(self.work, assignment)
        seed, students = self.work / "seed", self.work / "students.csv"
        self.secret = seed.read_text(encoding="utf-8").strip() if seed.is_file() else None
        self.students = read_students(students) if students.is_file() else []
        self.ids = lms_ids(students) if students.is_file() else {}

    def release(self):
        """The released notebook's text; the gradebook then knows the assignment."""
        kept = self.work / "release" / self.assignment / f"{self.assignment}.ipynb"
        source, made_of = source_text(self.assignment), kept.with_suffix(".source")
        if not (kept.is_file() and made_of.is_file() and made_of.read_text(encoding="utf-8") == source):
            released(self.assignment, self.work)
            made_of.write_text(source, encoding="utf-8")
        return kept.read_text(encoding="utf-8")

    def seed(self, student):
        """A student's seed, None where all have the released one."""
        return None if self.secret is None else seed_of(student, self.secret)

    @contextmanager
    def alone(self):
        """Hold the course for this process; SystemExit when another one holds it."""
        with (self.work / "lock").open("wb") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                sys.exit(f"another program is grading in {self.work}")
            yield


def lms_ids(path):
    """{id in the LMS: id in the course}, from the column `lms` of the students' file."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        return {line["lms"].strip(): line["id"].strip() for line in csv.DictReader(file) if line.get("lms")}


def tabulate(course, done):
    """Write the table; returns its rows, those of students without a submission among them."""
    by_hand = marked_by_hand(course.assignment, course.config)
    missing = [Outcome(name, "no submission") for name in course.students if name not in done]
    rows = sorted((row(outcome, by_hand) for outcome in [*done.values(), *missing]), key=lambda line: line["student"])
    write_table(course.work / f"{course.assignment}.csv", rows)
    return rows

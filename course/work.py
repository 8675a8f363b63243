"""The running course: a folder with the gradebook, the students, their seeds and all that grading leaves."""

import fcntl
import sys
from contextlib import contextmanager
from pathlib import Path

from course.authoring.release import STUDENTS_VERSIONS, seed_of
from course.marks.gradebook import Outcomes, marked_by_hand
from course.marks.table import row, write_tables
from course.running.submission import Outcome
from course.settings import settings
from course.students import lms_ids, read_students


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
        """The released notebook's text, as students have it."""
        return (STUDENTS_VERSIONS / f"{self.assignment}.ipynb").read_text(encoding="utf-8")

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


def tabulate(course, done):
    """Write the tables; returns the rows, those of students without a submission among them."""
    by_hand = marked_by_hand(course.assignment, course.config)
    missing = [Outcome(name, "no submission") for name in course.students if name not in done]
    outcomes = sorted([*done.values(), *missing], key=lambda outcome: outcome.student)
    lms = {name: number for number, name in course.ids.items()}
    rows = [row(outcome, by_hand, lms.get(outcome.student)) for outcome in outcomes]
    write_tables(course.work, course.assignment, rows)
    return rows

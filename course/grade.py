"""Grade all submissions of an assignment.

    python -m course.grade hw1 submissions/       a folder for each student, or a zip file of Moodle or Canvas

Writes course/work/hw1.csv and nbgrader's gradebook. What is graded and unchanged is not graded again, also after the
program was killed. Exit code: 0 all graded, 3 somebody should look (the table says where), 1 or 2 nothing was done.
"""

import argparse
import sys
from datetime import datetime
from pathlib import Path

from course.authoring.sources import ASSIGNMENTS, WORK
from course.running.sandbox import Limits, NoSandbox, check_sandbox
from course.students import read_students

PERSON = 3  # exit code: somebody should look


def positive(text):
    """A whole number from 1 on, of an option."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected is a whole number from 1 on, not {text!r}")
    return int(text)


def options_of(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("assignment", choices=ASSIGNMENTS)
    parser.add_argument("submissions", help="folder, or zip file of Moodle or Canvas")
    parser.add_argument("--workers", type=positive, help="processes on this machine (default: one a core)")
    parser.add_argument("--scheduler", help="address of a Dask cluster, tcp://...")
    parser.add_argument("--cell", type=positive, default=Limits.cell, help="seconds for a cell")
    parser.add_argument("--wall", type=positive, default=Limits.wall, help="seconds for a submission")
    parser.add_argument("--deadline", type=datetime.fromisoformat, help="2026-11-30T23:59: days late count from it")
    parser.add_argument("--force", action="store_true", help="grade unchanged submissions again")
    parser.add_argument("--no-sandbox", action="store_true", help="run students' code without bubblewrap, as yourself")
    parser.add_argument("--work", type=Path, default=WORK, help="folder of the running course")
    return parser.parse_args(arguments)


def main(arguments=None):
    options = options_of(arguments)
    if not options.no_sandbox:
        try:
            check_sandbox(options.work, options.submissions)
        except NoSandbox as reason:
            sys.exit(
                f"{reason}\nStudents' code would run with all your rights: it could read solutions, change points and "
                "delete files. To do it all the same, on a machine that holds nothing of value: --no-sandbox "
                "(make grade ... SANDBOX=no)."
            )
    students = options.work / "students.csv"
    try:
        if students.is_file():
            read_students(students)
    except ValueError as reason:
        sys.exit(str(reason))
    from course.batch import delivered  # takes a second or two: now the options are known to be good

    rows = delivered(options)
    people, still_open = ([line for line in rows if line[why]] for why in ("person", "open"))
    for line in people:
        print(f"{line['student']}: {line['status']}; {line['reasons']}; {line['findings']}".strip("; "))
    print(
        f"{len(rows)} students; {len(people)} need a person, {len(still_open)} have written answers to be marked: "
        f"see {options.work / options.assignment}.csv"
    )
    return PERSON if people or still_open else 0


if __name__ == "__main__":
    sys.exit(main())

"""Write the feedback for students, after a person has marked the open tasks.

    python -m course.marks.handback hw1

Each student's notebook as it ran, with points, reasons and comments, without hidden tests: course/work/feedback/. The
table course/work/hw1.csv is written again, with the points that a person gave.
"""

import argparse
import sys
from pathlib import Path

from nbgrader.converters import GenerateFeedback
from tqdm import tqdm

from course.authoring.sources import ASSIGNMENTS, WORK
from course.grade import PERSON
from course.settings import course_directory
from course.work import Course, tabulate


def write_feedback(course, student):
    """Write one student's feedback; returns its path."""
    config = course.config.copy()
    config.CourseDirectory.assignment_id, config.CourseDirectory.student_id = course.assignment, student
    directory = course_directory(config)
    converter = GenerateFeedback(coursedir=directory, config=config)
    converter.force = True
    converter.start()
    folder = directory.format_path(directory.feedback_directory, student, course.assignment)
    return Path(folder) / f"{course.assignment}.html"


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("assignment", choices=ASSIGNMENTS)
    parser.add_argument("--work", type=Path, default=WORK, help="folder of the running course")
    options = parser.parse_args(arguments)
    course = Course(options.work, options.assignment)
    with course.alone():
        done = course.outcomes.all()
        if not done:
            sys.exit(f"nothing is graded yet: make grade HW={options.assignment} SUBMISSIONS=...")
        graded = [outcome for outcome in done.values() if not outcome.failure]
        for outcome in tqdm(graded, unit="student", desc="feedback", disable=None):
            write_feedback(course, outcome.student)
        rows = tabulate(course, done)
    still_open = [line["student"] for line in rows if line["open"]]
    print(f"{len(graded)} students' feedback is in {options.work / 'feedback'}")
    if still_open:
        print(f"with tasks that nobody has marked yet: {', '.join(still_open)}")
    return PERSON if still_open else 0


if __name__ == "__main__":
    sys.exit(main())

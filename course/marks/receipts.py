"""Receipts of what was collected from nbgrader's exchange: when it was handed in, and where its feedback belongs.

nbgrader's own autograde copies them; without them the formgrader shows a graded submission as not graded, with zero
points, and feedback can not be released.
"""

import shutil
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.utils import parse_utc

from course.settings import course_directory

RECEIPTS = "timestamp.txt", "submission_secret.txt"
MOST_BYTES = 1000


def keep_receipts(assignment, config):
    """Copy receipts beside the graded notebooks, where there are some, and tell the gradebook the time."""
    directory = course_directory(config)
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        for submission in gradebook.assignment_submissions(assignment):
            collected, graded = (
                Path(directory.format_path(step, submission.student_id, assignment))
                for step in (directory.submitted_directory, directory.autograded_directory)
            )
            for receipt in (collected / name for name in RECEIPTS):
                if graded.is_dir() and is_receipt(receipt):
                    shutil.copyfile(receipt, graded / receipt.name)
            submission.timestamp = time_in(graded / RECEIPTS[0])
        gradebook.db.commit()


def is_receipt(path):
    """True for a short file that is no link: a student may have made it."""
    return path.is_file() and not path.is_symlink() and path.stat().st_size <= MOST_BYTES


def time_in(path):
    """The time in a receipt, None where there is none."""
    try:
        return parse_utc(path.read_text(encoding="utf-8").strip())
    except (OSError, ValueError):
        return None

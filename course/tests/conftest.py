"""Fixtures of the course's tests: one course with the released assignments, and what a student can do with them."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))  # the browser and the notebook runner


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    """A running course in a folder of its own, for the second assignment."""
    from course.running import Course

    return Course(tmp_path_factory.mktemp("course"), "hw2")


@pytest.fixture(scope="session")
def released(course):
    """(released notebook, empty gradebook)."""
    return course.release()

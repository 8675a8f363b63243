"""Fixtures of the course's tests: one course with the released assignments, and what a student can do with them."""

import os
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "tests/support")]  # the latter: the browser and the notebook runner


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    """A running course in a folder of its own, for the second assignment; without bubblewrap the test is skipped."""
    from course.running import Course
    from course.sandbox import NoSandbox, check_sandbox

    try:
        check_sandbox()
    except NoSandbox as reason:
        pytest.fail(str(reason)) if os.environ.get("FTG_REQUIRE_SANDBOX") == "1" else pytest.skip(str(reason))
    return Course(tmp_path_factory.mktemp("course"), "hw2")


@pytest.fixture(scope="session")
def released(course):
    """(released notebook, empty gradebook)."""
    return course.release()

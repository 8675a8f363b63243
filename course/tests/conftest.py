"""Fixtures of the course's tests: one course with the released assignments, and what a student can do with them."""

import sys
from pathlib import Path

import nbformat
import pytest
from requirements import missing
from settings_of_tests import nothing_of_the_machine  # noqa: F401

sys.path.insert(0, str(Path(__file__).resolve().parent))  # for what the tests share: submissions, and a hub


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    """A running course in a folder of its own, for the second assignment; without bubblewrap the test is skipped."""
    from course.running.sandbox import NoSandbox, check_sandbox
    from course.work import Course

    try:
        check_sandbox()
    except NoSandbox as reason:
        missing("sandbox", str(reason))
    return Course(tmp_path_factory.mktemp("course"), "hw2")


@pytest.fixture(scope="module")
def versions(tmp_path_factory):
    """The folder of the released notebooks, without pictures, from which courses take them while a module is tested."""
    from submissions import without_pictures

    from course import work
    from course.authoring.release import STUDENTS_VERSIONS
    from course.authoring.sources import ASSIGNMENTS

    folder = tmp_path_factory.mktemp("versions")
    for name in (f"{each}.ipynb" for each in ASSIGNMENTS):
        nbformat.write(without_pictures(nbformat.read(STUDENTS_VERSIONS / name, as_version=4)), folder / name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(work, "STUDENTS_VERSIONS", folder)
        yield folder


@pytest.fixture(scope="module")
def released(course, versions):
    """The released notebook's text."""
    return course.release()

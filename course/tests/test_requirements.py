"""Tests that need Chromium, bubblewrap, Otter or a hub are skipped without it, and fail where CI requires it."""

import os
import re
import subprocess
import sys

import pytest
from requirements import missing

from course.authoring.sources import ROOT

# One of each: this environment has neither Otter nor a hub, and an empty PATH neither Chromium nor bubblewrap.
NEEDY = [
    "course/tests/test_browser_homework.py::test_untouched_notebook_runs_without_complaint[hw1]",
    "course/tests/test_grading.py::test_two_at_a_time_are_refused",
    "course/tests/test_otter.py::test_students_get_no_solution_and_no_hidden_test[hw1]",
    "course/tests/test_hub.py::test_nothing_listens_beyond_loopback[folder]",
]


@pytest.mark.parametrize(
    ("required", "outcome"), [("", pytest.skip), ("browser otter", pytest.skip), ("browser hub otter", pytest.fail)]
)
def test_what_is_missing_fails_where_it_is_required(monkeypatch, required, outcome):
    monkeypatch.setenv("FTG_REQUIRE", required)
    with pytest.raises(outcome.Exception, match="hub: it is not installed"):
        missing("hub", "it is not installed")


def test_each_of_the_four_asks():
    ci = (ROOT / ".ci/run").read_text(encoding="utf-8")
    environment = os.environ | {"PATH": "", "FTG_REQUIRE": re.search('FTG_REQUIRE="(.*)"', ci)[1], "PYTEST_ADDOPTS": ""}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *NEEDY]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8")
    assert done.stdout.splitlines()[-1].startswith("4 errors"), done.stdout
    assert done.returncode == 1

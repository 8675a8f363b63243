"""The way through the series, the word where `helpers` is missing, and the minutes of every lesson."""

import re
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from tools.lesson_heads import HELPERS, LESSONS, README, main, timed
from tools.lesson_minutes import sittings
from tools.places import addresses

each_lesson = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)


def test_all_heads_and_the_readme_are_as_written():
    assert main(["--check"]) == 0


@each_lesson
def test_links_lead_to_headings_and_files_that_exist(path):
    way = nbformat.read(path, as_version=4).cells[1]
    assert way.id == "way"
    for name, heading in re.findall(r"\]\(([^)#]*)#?([^)]*)\)", way.source):
        there = nbformat.read(path.parent / (name or path.name), as_version=4)
        headings = [line for cell in there.cells for line in cell.source.split("\n") if line.startswith("#")]
        assert not heading or "## " + heading.replace("-", " ") in headings


@each_lesson
def test_the_readme_opens_the_lesson_in_every_place(path):
    row = next(line for line in README.read_text("utf-8").splitlines() if f"(notebooks/{path.name})" in line)
    for place, address in addresses(path.name).items():
        assert f"[{place}]({address})" in row and address.endswith(path.name)


@each_lesson
def test_no_sitting_is_longer_than_an_hour(path):
    assert max(sittings(nbformat.read(path, as_version=4).cells)) <= 60


def test_where_helpers_is_missing_the_cell_says_what_to_do(tmp_path):
    run = subprocess.run(
        [sys.executable, "-I", "-S", "-c", HELPERS], cwd=tmp_path, capture_output=True, encoding="utf-8"
    )
    for words in ("ModuleNotFoundError", "make lab", "https://github.com/"):
        assert words in run.stderr
    assert run.stdout == ""  # nothing is fetched anywhere but in Colab
    assert subprocess.run([sys.executable, "-c", HELPERS]).returncode == 0


@pytest.mark.parametrize(
    ("cell", "fewest", "most"),  # that many fit into 5 minutes
    [
        (new_markdown_cell("word " * 100), 10, 10),
        (new_markdown_cell("$$x$$"), 6, 6),
        (new_code_cell("x = 1\n\ny = 2\nz = 3"), 20, 20),
        (new_code_cell("picture(draw)"), 8, 8),
        (new_code_cell('predict("00 coin", 1)'), 3, 5),
        (new_code_cell('hunt.patient(1, "...")'), 1, 1),
    ],
)
def test_what_counts(cell, fewest, most):
    assert sittings([cell] * fewest) == [5]
    assert sittings([cell] * (most + 1)) == [10]


@pytest.mark.parametrize(("name", "written"), [("sigmoid", [5]), ("pass_back", [10]), ("backward", [10])])
def test_a_build_takes_longer_the_longer_it_is(name, written):
    cell = new_code_cell("@mine\ndef part(): ...", metadata={"exercise": name})
    assert sittings([cell]) == written


def test_a_pause_begins_a_new_sitting():
    text, pause = new_markdown_cell("word " * 900), new_markdown_cell("word", id="pause")
    assert sittings([text, pause, text, text]) == [5, 10]


def test_a_table_without_the_lesson_is_named():
    with pytest.raises(SystemExit, match=f"{README.name}: expected one row for {LESSONS[0].name}, found 0"):
        timed("| nothing |", {LESSONS[0]: "10 min"})

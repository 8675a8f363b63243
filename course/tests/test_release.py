"""The students' versions: generated, without drift, without solutions, with a student's own numbers."""

import subprocess
import sys

import nbformat
import pytest

from course import students
from course.authoring import release, sources
from course.authoring.sources import (
    ASSIGNMENTS,
    answer_cells,
    marks,
    read_source,
    solution_text,
    stub_text,
)


def run(*arguments):
    command = [sys.executable, "-m", "course.authoring.release", *map(str, arguments)]
    return subprocess.run(command, cwd=sources.ROOT, capture_output=True, encoding="utf-8")


def test_the_repository_holds_what_the_sources_give(monkeypatch):
    """In this process, which has worked out the exercises for the gate already."""
    monkeypatch.setattr(sys, "argv", ["release", "--check"])
    with pytest.raises(SystemExit) as done:
        release.main()
    assert done.value.code == 0


def test_drift_is_named(tmp_path, monkeypatch, capsys):
    files = {tmp_path / "hw2.ipynb": "new", tmp_path / "hw1.json": "x"}
    monkeypatch.setattr(release, "generated", lambda names, work: files)
    (tmp_path / "hw1.json").write_text("x", encoding="utf-8")
    (tmp_path / "hw2.ipynb").write_text("old", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["release", "--check"])
    with pytest.raises(SystemExit, match="drifted: hw2.ipynb"):
        release.main()


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_nothing_of_a_solution_is_released(assignment):
    """No line that stands in a solution or a hidden test alone is in the students' version, or in its key."""
    source = read_source(assignment)
    text = (release.STUDENTS_VERSIONS / f"{assignment}.ipynb").read_text(encoding="utf-8")
    text += (release.KEYS / f"{assignment}.json").read_text(encoding="utf-8")
    secret = set()
    for cell in answer_cells(source).values():
        secret |= lines(solution_text(cell)) - lines(stub_text(cell))
    secret |= lines((sources.COURSE / "tasks" / f"{assignment}_hidden.py").read_text(encoding="utf-8"))
    told = [cell.source for cell in source.cells if not marks(cell).get("grade") and not marks(cell).get("solution")]
    told += [stub_text(cell) for cell in answer_cells(source).values()]
    told += [hint for task in sources.tasks_of(assignment).values() for hint in task.hints]
    told = "\n".join(told)
    secret = {line for line in secret if line not in told}
    assert len(secret) > 50
    assert [line for line in secret if line in text] == []


def lines(text):
    """The lines of a source that are long enough to tell something."""
    return {line.strip() for line in text.splitlines() if len(line.strip()) > 24}


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_test_cells_say_their_points(assignment):
    for cell in sources.test_cells(read_source(assignment)).values():
        points = marks(cell)["points"]
        assert cell.source.startswith(f"# {points} point{'s' if points > 1 else ''}"), cell.id


def test_numbers_of_ones_own(tmp_path, monkeypatch):
    monkeypatch.setattr(release, "KEYS", tmp_path)
    monkeypatch.setattr(release, "STUDENTS_VERSIONS", tmp_path)
    (tmp_path / "class.csv").write_text("id,lms\nada,17\nbob,18\ncarol d,19\n", encoding="utf-8")
    options = ["--only", "hw2", "--students", tmp_path / "class.csv", "--seed", "2026", "--work", tmp_path / "work"]
    monkeypatch.setattr(sys, "argv", ["release", *map(str, options)])
    release.main()
    seeds = {}
    for student in ("ada", "bob", "carol d"):
        notebook = nbformat.read(tmp_path / "work" / "students" / student / "hw2.ipynb", as_version=4)
        cell = next(cell for cell in notebook.cells if cell.id == "seed")
        seeds[student] = int(cell.source.split()[2])
        assert seeds[student] == release.seed_of(student, "2026")
    assert len(set(seeds.values())) > 1
    assert (tmp_path / "work" / "seed").read_text(encoding="utf-8") == "2026\n"
    solutions = (tmp_path / "work" / "solutions" / "hw2.ipynb").read_text(encoding="utf-8")
    assert "BEGIN SOLUTION" not in solutions and "return" in solutions


def test_seeds_are_spread_and_the_same_every_time():
    seeds = [release.seed_of(f"student{k}", "2026") for k in range(1000)]
    assert seeds == [release.seed_of(f"student{k}", "2026") for k in range(1000)]
    assert seeds != [release.seed_of(f"student{k}", "2027") for k in range(1000)]
    assert set(seeds) == set(range(100))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name\nada\n", "column `id`"),
        ("id\nada\n\nada\n", "'ada' twice"),
        ("id,x\nada,1\n,2\n", "filled in"),
        ("id\n../ada\n", "can't be a student's id"),
        ("", "column `id`"),
    ],
)
def test_a_list_of_students_that_is_none_is_refused(tmp_path, text, words):
    (tmp_path / "class.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=words):
        students.read_students(tmp_path / "class.csv")


def test_seed_without_students_is_refused():
    done = run("--seed", "5")
    assert done.returncode == 2
    assert "go together" in done.stderr


def test_another_assignment_is_refused():
    with pytest.raises(ValueError, match="assignment must be one of hw1, hw2, hw3, hw4, not 'hw9'"):
        read_source("hw9")

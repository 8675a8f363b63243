"""A batch of broken and hostile submissions: each has its row, and none touches another or the machine."""

import csv
import hashlib
import os
import re
import tempfile
import zipfile
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import nbformat
import psutil
import pytest
from hostile import ENDLESS, HOSTILE, TOGETHER, UNRUN
from submissions import Student, write

from course import batch as batch_of_course
from course import grade as command
from course.authoring.sources import ROOT, code_cells
from course.grade import PERSON
from course.running import submission
from course.running.execution import Stopped
from course.running.process import FOLDER
from course.running.sandbox import Limits
from course.work import Course

HONEST = "honest"
FOUND = [
    ("renamed", ("graded", "open"), "the file was named 'Copy of"),
    ("two_notebooks", ("failed",), "2 notebooks"),
    ("no_notebook", ("failed",), "report.pdf"),
    ("empty_folder", ("failed",), "no notebook"),
    ("link_to_the_gradebook", ("failed",), "is a link"),
]


@pytest.fixture(scope="module")
def released(released):
    """The released notebook without its two pictures: nobody looks at them, and each kernel would import matplotlib."""
    notebook = nbformat.reads(released, as_version=4)
    for cell in notebook.cells:
        cell.source = re.sub(r"^(from helpers\.plots .*\n|picture\((.|\n)*)", "", cell.source, flags=re.MULTILINE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Course, "release", lambda course: nbformat.writes(notebook))
        yield nbformat.writes(notebook)


@pytest.fixture(scope="module")
def world(course, released, tmp_path_factory):
    """All graded once: (rows by student, exit codes, what was there before and after).

    Those without end are a batch of their own, with little time; the others have more than a busy machine takes.
    """
    folder, endless, unrun = (tmp_path_factory.mktemp(name) for name in ("submissions", "endless", "unrun"))
    made = {}
    for name, (make, _) in HOSTILE.items():
        whole = TOGETHER.get(name, name)
        made[whole] = make(made[whole] if whole in made else Student(course.assignment, released).solve())
    for name, handed_in in made.items():
        batch = endless if name in ENDLESS else unrun if name in UNRUN else folder
        write(batch / name, getattr(handed_in, "content", handed_in), f"{course.assignment}.ipynb")
    honest = Student(course.assignment, released).solve()
    solved = honest.content
    write(folder / HONEST, solved, f"{course.assignment}.ipynb")
    write(unrun / "renamed", solved, f"Copy of {course.assignment} (1).ipynb")
    write(folder / "two_notebooks", solved, "a.ipynb")
    write(folder / "two_notebooks", solved, "b.ipynb")
    write(folder / "no_notebook", b"%PDF", "report.pdf")
    write(folder / "untouched", released.encode(), f"{course.assignment}.ipynb")
    (folder / "empty_folder").mkdir()
    (folder / "link_to_the_gradebook").mkdir()
    (folder / "link_to_the_gradebook" / f"{course.assignment}.ipynb").symlink_to(course.work / "gradebook.db")
    before = state()
    arguments = [course.assignment, "--work", str(course.work)]
    codes = {command.main([*arguments, str(endless), "--cell", "6", "--wall", "120"])}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch_of_course, "locally", lambda jobs, workers: map(partial(graded_as, honest.notebook), jobs))
        codes.add(command.main([*arguments, str(unrun)]))
    codes.add(command.main([*arguments, str(folder), "--cell", "60", "--wall", "300"]))
    with (course.work / f"{course.assignment}.csv").open(newline="", encoding="utf-8-sig") as file:
        return {line["student"]: line for line in csv.DictReader(file)}, codes, before, state()


def graded_as(honest, job):
    """The `Outcome` for a job, graded here: where code would be run it must be the honest one's, whose tests are right.

    What an honest submission's code gives in the box, and is told of it there, the honest row says.
    """

    def run(notebook):
        if code(notebook) != code(honest):
            raise Stopped("other code would be run than the honest one's")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(submission, "interviewed", lambda assignment, tests, *line: (dict.fromkeys(tests, ""), []))
        return submission.graded(job, SimpleNamespace(run=run, cut=0), None, SimpleNamespace(complaint=""), {})


def code(notebook):
    """The code of a notebook, cell by cell."""
    return [cell.source.strip() for cell in code_cells(notebook)]


def state():
    """What no submission may change: the repository's files, programs that run, the grader's own temporary folders."""
    kept = [path for name in ("helpers", "course", "notebooks") for path in (ROOT / name).rglob("*.*")]
    files = {p: hashlib.sha256(p.read_bytes()).hexdigest() for p in kept if p.is_file() and "work" not in p.parts}
    programs = {p.pid for p in psutil.process_iter(["cmdline"]) if "98765" in (p.info["cmdline"] or [])}
    left = [path.name for path in Path(tempfile.gettempdir()).glob(f"{FOLDER}{os.getpid()}-*")]
    return {path: digest for path, digest in files.items() if path.suffix != ".pyc"}, programs, left


@pytest.fixture(scope="module")
def full(course, released):
    """(points of the tests, points of the first task)."""
    student = Student(course.assignment, released)
    points = {name: student.cell(name).metadata.nbgrader.points for names in student.tests.values() for name in names}
    return sum(points.values()), sum(points[name] for name in student.tests[student.tasks[0]])


@pytest.mark.parametrize("name", HOSTILE)
def test_row(world, full, name):
    line, expected = world[0][TOGETHER.get(name, name)], HOSTILE[name][1]
    said = f"{line['reasons']} {line['findings']}"
    assert expected.words in said
    assert line["person"] == ("yes" if expected.person else "")
    if expected.status == "failed":
        assert (line["status"], line["points"]) == ("failed", ""), said
    else:
        assert line["status"] in ("graded", "open"), said
        everything, task = full
        got, kept = float(line["points"]), everything - (0 if expected.lost == "" else task)
        assert got <= kept if expected.lost is None else got == kept, said


def test_there_are_enough_cases():
    assert len(HOSTILE) + 6 >= 25


def test_an_honest_submission_beside_them_has_all_points(world, full):
    line = world[0][HONEST]
    assert float(line["points"]) == full[0]
    assert (line["reasons"], line["findings"]) == ("", "")


def test_an_untouched_notebook_has_a_real_zero(world):
    line = world[0]["untouched"]
    assert (line["status"], line["points"], line["person"], line["findings"]) == ("graded", "0", "", "")


@pytest.mark.parametrize(("name", "status", "words"), FOUND)
def test_what_was_found_in_a_folder(world, name, status, words):
    line = world[0][name]
    assert line["status"] in status
    assert words in line["reasons"] + line["findings"]
    assert (line["points"] == "") == (line["status"] == "failed")


def test_nobody_is_lost_and_a_person_is_asked_for(world):
    rows, codes, _, _ = world
    handed_in = {TOGETHER.get(name, name) for name in HOSTILE}
    assert set(rows) == handed_in | {HONEST, "untouched"} | {name for name, _, _ in FOUND}
    assert codes == {PERSON}


def test_nothing_is_left_or_changed(world):
    _, _, before, after = world
    assert after[0] == before[0], "a file of the repository changed"
    assert after[1] == set(), "a process was left behind"
    assert set(after[2]) <= set(before[2]), "a temporary folder was left behind"


def test_no_submission_read_what_it_must_not(world):
    assert "found 1 files" in world[0]["reads_up_the_tree"]["reasons"]


def test_a_zip_that_leads_out_of_its_folder(course, released, tmp_path):
    """Nothing is written, and the row says why."""
    from course.intake.collect import collect

    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("../../evil/hw2.ipynb", released)
        archive.writestr("/etc/hw2.ipynb", released)
        archive.writestr("ada/hw2.ipynb", released)
    found = {submission.student: submission for submission in collect(tmp_path / "all.zip", "hw2")}
    assert found["ada"].failure == ""
    assert found["ada"].content == released.encode()
    assert [name for name, submission in found.items() if not submission.failure] == ["ada"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.zip"]
    assert Limits().files > 0

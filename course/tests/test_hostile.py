"""A batch of broken and hostile submissions: each has its row, and none touches another or the machine."""

import csv
import hashlib
import os
import tempfile
import zipfile
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest
from hostile import ENDLESS, HOSTILE, TOGETHER, UNRUN
from submissions import Student, known, write

from course import batch as batch_of_course
from course import grade as command
from course.authoring.sources import ROOT, code_cells
from course.grade import PERSON
from course.running import submission
from course.running.execution import Stopped
from course.running.process import FOLDER
from course.running.sandbox import Limits

HONEST = "honest"
FOUND = [
    ("renamed", ("graded", "open"), "the file was named 'Copy of"),
    ("two_notebooks", ("failed",), "2 notebooks"),
    ("no_notebook", ("failed",), "report.pdf"),
    ("empty_folder", ("failed",), "no notebook"),
    ("link_to_the_gradebook", ("failed",), "is a link"),
]


@pytest.fixture(scope="module")
def world(course, released, tmp_path_factory):
    """All graded once: (rows by student, points of their tests, exit codes, what was there before and after).

    Those without end are a batch of their own, with little time; the others have more than a busy machine takes.
    """
    folder, endless, unrun = (tmp_path_factory.mktemp(name) for name in ("submissions", "endless", "unrun"))
    made = {}
    for name, (make, expected) in HOSTILE.items():
        whole = TOGETHER.get(name, name)
        student = made.get(whole) or Student(course.assignment, released).solve()
        student.first = expected.task
        made[whole] = make(student)
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
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch_of_course, "Limits", partial(Limits, processes=24))  # forks fill any number of places
        codes = {command.main([*arguments, str(endless), "--cell", "4", "--wall", "120"])}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch_of_course, "locally", lambda jobs, workers: map(partial(graded_as, honest.notebook), jobs))
        codes.add(command.main([*arguments, str(unrun)]))
    codes.add(command.main([*arguments, str(folder), "--cell", "60", "--wall", "300"]))
    with (course.work / f"{course.assignment}.csv").open(newline="", encoding="utf-8-sig") as file:
        rows = {line["student"]: line for line in csv.DictReader(file)}
    points = {student: outcome.points for student, outcome in course.outcomes.all().items()}
    return rows, points, codes, before, state()


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
    """{task: points of its tests}."""
    student = Student(course.assignment, released)
    return {
        task: sum(student.cell(name).metadata.nbgrader.points for name in names)
        for task, names in student.tests.items()
    }


@pytest.mark.parametrize("name", HOSTILE)
def test_row(course, world, full, name):
    whole, expected = TOGETHER.get(name, name), HOSTILE[name][1]
    line, points, task = world[0][whole], world[1].get(whole), list(full)[expected.task]
    said = f"{line['reasons']} {line['findings']}"
    assert expected.words.format(task=task, cell=task.replace("_", "-")) in said
    assert line["person"] == ("yes" if expected.person else "")
    if expected.status == "failed":
        assert (line["status"], line["points"]) == ("failed", ""), said
    else:
        assert line["status"] in ("graded", "open"), said
        beside = [each for other, (_, each) in HOSTILE.items() if TOGETHER.get(other, other) == whole]
        wrong = {list(full)[each.task] for each in beside if each.lost != ""}
        got, kept = float(line["points"]), sum(full[each] for each in full if each not in wrong)
        assert got <= kept if None in {each.lost for each in beside} else got == kept, said
        own = sum(points[test][0] for test in known(course.assignment)[1][task])
        assert own == (full[task] if expected.lost == "" else 0), said


def test_there_are_enough_cases():
    assert len(HOSTILE) + 6 >= 25


def test_an_honest_submission_beside_them_has_all_points(world, full):
    line = world[0][HONEST]
    assert float(line["points"]) == sum(full.values())
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
    rows, _, codes, _, _ = world
    handed_in = {TOGETHER.get(name, name) for name in HOSTILE}
    assert set(rows) == handed_in | {HONEST, "untouched"} | {name for name, _, _ in FOUND}
    assert codes == {PERSON}


def test_nothing_is_left_or_changed(world):
    *_, before, after = world
    assert after[0] == before[0], "a file of the repository changed"
    assert after[1] == set(), "a process was left behind"
    assert set(after[2]) <= set(before[2]), "a temporary folder was left behind"


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

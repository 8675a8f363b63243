"""Grading a class: nothing twice, nothing lost, a person's points kept, own numbers, feedback."""

import csv
import html
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import psutil
import pytest
from nbconvert import HTMLExporter
from nbgrader.server_extensions import formgrader
from submissions import Student, write

from course import grade as command
from course.authoring.release import STUDENTS_VERSIONS, personal, seed_of
from course.authoring.sources import (
    ASSIGNMENTS,
    ROOT,
    read_source,
    written_cells,
)
from course.grade import PERSON
from course.marks import handback, similar
from course.running import sandbox
from course.running.process import Process, grade, modules_of, sweep
from course.running.sandbox import Limits, NoSandbox, check_sandbox, environment
from course.running.submission import Job
from course.work import Course

HW = "hw2"


@pytest.fixture(scope="module")
def solved(released):
    return Student(HW, released).solve().content


@pytest.fixture
def work(tmp_path):
    return tmp_path / "work"


def rows(work):
    with (work / f"{HW}.csv").open(newline="", encoding="utf-8-sig") as file:
        return {line["student"]: line for line in csv.DictReader(file)}


def arguments(work, submissions, *more):
    return [HW, str(submissions), "--work", str(work), "--cell", "20", *more]


PROGRAM = """
import pathlib, sys
from course import grade, work
work.STUDENTS_VERSIONS = pathlib.Path(sys.argv.pop())
sys.exit(grade.main())
"""


def test_killed_in_the_middle_and_started_again(work, tmp_path, solved, released, versions):
    submissions = tmp_path / "in"
    for name in ("ada", "bob", "cyd"):
        write(submissions / name, solved, f"{HW}.ipynb")
    options = [*arguments(work, submissions, "--workers", "1"), str(versions)]
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, *options], cwd=ROOT)
    outcomes = work / "outcomes" / HW
    while process.poll() is None and not list(outcomes.glob("*.json")):
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    before = {path.name: path.stat().st_mtime_ns for path in outcomes.glob("*.json")}
    assert 1 <= len(before) < 3
    assert command.main(arguments(work, submissions)) == 0
    assert sorted(rows(work)) == ["ada", "bob", "cyd"]
    assert len({float(line["points"]) for line in rows(work).values()}) == 1
    again = {path.name: path.stat().st_mtime_ns for path in outcomes.glob("*.json")}
    assert {name: again[name] for name in before} == before, "graded twice"
    # once more: nothing is graded; then one student hands in another version
    assert command.main(arguments(work, submissions)) == 0
    assert {path.name: path.stat().st_mtime_ns for path in outcomes.glob("*.json")} == again
    write(submissions / "bob", released.encode(), f"{HW}.ipynb")
    assert command.main(arguments(work, submissions)) == 0
    last = {path.name: path.stat().st_mtime_ns for path in outcomes.glob("*.json")}
    assert [name for name in last if last[name] != again[name]] == ["bob.json"]
    assert rows(work)["bob"]["points"] == "0"


def test_two_at_a_time_are_refused(work, tmp_path, solved):
    write(tmp_path / "in" / "ada", solved, f"{HW}.ipynb")
    with Course(work, HW).alone(), pytest.raises(SystemExit, match="another program is grading"):
        command.main(arguments(work, tmp_path / "in"))


def test_without_bubblewrap_it_refuses_and_says_why(work, tmp_path, solved, monkeypatch, capsys):
    write(tmp_path / "in" / "ada", solved, f"{HW}.ipynb")
    monkeypatch.setattr("course.running.sandbox.shutil.which", lambda name: None)
    with pytest.raises(SystemExit) as refused:
        command.main(arguments(work, tmp_path / "in"))
    assert "bwrap, prlimit, setpriv not found" in str(refused.value)
    assert "--no-sandbox" in str(refused.value)
    assert not work.exists()


def test_a_sandbox_that_does_not_work_is_noticed(monkeypatch):
    monkeypatch.setattr("course.running.sandbox.box", lambda limits: ["sh", "-c", "echo no namespaces >&2; exit 1"])
    with pytest.raises(NoSandbox, match="does not work here: no namespaces"):
        check_sandbox()


@pytest.mark.parametrize("shown", ["/usr/src", sandbox.pythons()[0]])
def test_a_repository_that_each_box_would_show_is_refused(monkeypatch, shown):
    monkeypatch.setattr(sandbox, "ROOT", Path(os.path.realpath(shown)) / "app")
    with pytest.raises(NoSandbox, match="app lies in .*, which every submission can read: move it"):
        check_sandbox()
    with pytest.raises(NoSandbox, match="move it"):
        sandbox.box(Limits())


def test_so_are_a_running_course_and_submissions(work, tmp_path):
    for submissions, course in (tmp_path, "/usr/share/of_all"), ("/usr/share/of_all", work):
        with pytest.raises(SystemExit, match="/usr/share/of_all lies in /usr, which every submission can read"):
            command.main([HW, str(submissions), "--work", str(course)])


def test_without_sandbox_if_told_so(work, tmp_path, solved):
    write(tmp_path / "in" / "ada", solved, f"{HW}.ipynb")
    command.main(arguments(work, tmp_path / "in", "--no-sandbox"))
    line = rows(work)["ada"]
    assert (line["reasons"], line["findings"]) == ("", "")
    assert float(line["points"]) > 10


def test_numbers_of_ones_own(work, tmp_path, released):
    """The seed follows from the id; somebody else's notebook is noticed; the same tests grade all."""
    work.mkdir()
    (work / "seed").write_text("2026\n", encoding="utf-8")
    (work / "students.csv").write_text("id\nada\nbob\neve\nfay\n", encoding="utf-8")
    for name, whose in (("ada", "ada"), ("bob", "bob"), ("eve", "bob"), ("zoe", "zoe")):
        student = Student(HW, personal(released, whose, "2026")).solve()
        write(tmp_path / "in" / name, student.content, f"{HW}.ipynb")
    assert len({seed_of(name, "2026") for name in ("ada", "bob", "eve")}) == 3
    assert command.main(arguments(work, tmp_path / "in")) == PERSON
    found = rows(work)
    assert {found[name]["reasons"] + found[name]["findings"] for name in ("ada", "bob")} == {""}
    assert "read-only cell seed was edited" in found["eve"]["findings"]
    assert len({float(found[name]["points"]) for name in ("ada", "bob", "eve")}) == 1
    assert found["zoe"]["findings"] == "LOOK: is not in students.csv"
    assert (found["fay"]["status"], found["fay"]["points"], found["fay"]["reasons"]) == ("failed", "", "no submission")
    notebook = nbformat.read(work / "autograded" / "ada" / HW / f"{HW}.ipynb", as_version=4)
    assert f"SEED = {seed_of('ada', '2026')}" in next(cell.source for cell in notebook.cells if cell.id == "seed")


@pytest.fixture(scope="module")
def marked(tmp_path_factory, released):
    """A class after grading by machine and by hand: (work folder, folder of submissions)."""
    from nbgrader.api import Gradebook

    work, submissions = tmp_path_factory.mktemp("marked"), tmp_path_factory.mktemp("in")
    student = Student(HW, released).solve()
    student.mistaken(student.tasks[0], list(tasks().values())[0].mistakes[0])
    for name in written_cells(student.notebook):
        student.cell(name).source = "Rounding grows as h falls. <img onerror=c() src=x>"
    student.append("print('\\n'.join(In))")
    student.append(
        "from IPython.display import HTML, display\ndisplay(HTML('<script>a()</script><img onerror=b() src=x>'))"
    )
    write(submissions / "ada", student.content, f"{HW}.ipynb")
    assert command.main(arguments(work, submissions)) == PERSON
    assert rows(work)["ada"]["status"] == "open"
    course = Course(work, HW)
    with Gradebook(course.config.CourseDirectory.db_url, course.config.CourseDirectory.course_id) as gradebook:
        for name in written_cells(student.notebook):
            grade = gradebook.find_grade(name, HW, HW, "ada")
            grade.manual_score, grade.needs_manual_grade = 1, False
            gradebook.find_comment(name, HW, HW, "ada").manual_comment = "Say by how much."
        gradebook.db.commit()
    return work, submissions


def tasks():
    from course.authoring.sources import tasks_of

    return tasks_of(HW)


def test_points_by_hand_are_counted_and_kept(marked):
    work, submissions = marked
    by_machine = float(rows(work)["ada"]["points"])
    assert handback.main([HW, "--work", str(work)]) == 0
    line = rows(work)["ada"]
    written = len(written_cells(read_source(HW)))
    assert (line["status"], line["open"]) == ("graded", "")
    assert float(line["points"]) == by_machine + written
    command.main(arguments(work, submissions, "--force"))
    assert rows(work)["ada"]["points"] == line["points"]


def test_feedback_shows_points_reasons_and_comments(marked):
    work, _ = marked
    handback.main([HW, "--work", str(work)])
    page = (work / "feedback" / "ada" / HW / f"{HW}.html").read_text(encoding="utf-8")
    shown = html.unescape(re.sub(r"<[^>]+>", "", page))  # colours cut a line of code into pieces
    assert "Say by how much." in shown
    first = rows(work)["ada"]["reasons"].partition("; ")[0]
    assert first.partition(": ")[2] in shown
    assert re.search(r"\b0 of \d points?\b", shown)
    assert re.search(r"\b(\d) of \1 points?\b", shown)


def test_nothing_that_a_student_wrote_runs_in_a_page(marked):
    """The page of the formgrader, above all: it runs on the teacher's server, with the teacher's rights."""
    work, _ = marked
    notebook = nbformat.read(work / "autograded" / "ada" / HW / f"{HW}.ipynb", as_version=4)
    outputs = [o.get("data", {}).get("text/html", "") for cell in notebook.cells for o in cell.get("outputs", [])]
    assert any("<script>a()</script>" in text for text in outputs), "nothing to be cleaned"
    config = Course(work, HW).config
    config.HTMLExporter.template_name = "formgrade"
    config.HTMLExporter.extra_template_basedirs = [str(Path(formgrader.__file__).parent / "templates")]
    names = "assignment_id notebook_id submission_id base_url student last_name first_name notebook_path mathjax_url"
    resources = dict.fromkeys(names.split(), "") | {"index": 0, "total": 1}
    marking, _ = HTMLExporter(config=config).from_notebook_node(notebook, resources=resources)
    handback.main([HW, "--work", str(work)])
    feedback = (work / "feedback" / "ada" / HW / f"{HW}.html").read_text(encoding="utf-8")
    for page in (marking, feedback):
        assert "Rounding grows" in page
        assert not re.search(r"<script>a|<img[^>]*onerror", page)


def test_another_version_is_to_be_marked_again(marked, released):
    work, submissions = marked
    student = Student(HW, released).solve()
    for name in written_cells(student.notebook):
        student.cell(name).source = "Another text."
    write(submissions / "ada", student.content, f"{HW}.ipynb")
    assert command.main(arguments(work, submissions)) == PERSON
    assert rows(work)["ada"]["status"] == "open"


def test_pairs_of_similar_answers_are_printed(marked, capsys):
    similar.main([HW, "--work", str(marked[0])])
    assert "0 pairs of 1 students" in capsys.readouterr().out


def test_nbgraders_own_grading_gives_no_points_and_says_what_to_do(marked):
    """The tests are not in the notebook, so it would give all points to everybody."""
    from nbgrader.apps import NbGraderAPI

    from course.settings import course_directory

    work, submissions = marked
    config = Course(work, HW).config
    handed_in = work / "submitted" / "bob" / HW
    write(handed_in, (submissions / "ada" / f"{HW}.ipynb").read_bytes(), f"{HW}.ipynb")
    result = NbGraderAPI(course_directory(config), config=config).autograde(HW, "bob", create=True)
    assert not result["success"]
    assert "graded by `make grade`" in result["log"]
    assert not (work / "autograded" / "bob" / HW / f"{HW}.ipynb").exists()


def test_folders_of_killed_processes_are_swept_away(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", ""]) as dead:
        dead.wait()
    for owner in (dead.pid, os.getpid(), "mine"):
        (tmp_path / f"grade-{owner}-x" / "sockets").mkdir(parents=True)
    sweep()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([f"grade-{os.getpid()}-x", "grade-mine-x"])


def test_feedback_before_grading_is_refused(work):
    with pytest.raises(SystemExit, match="nothing is graded yet"):
        handback.main([HW, "--work", str(work)])


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_a_kernel_imports_what_the_released_notebook_does_while_it_waits(assignment):
    modules = modules_of((STUDENTS_VERSIONS / f"{assignment}.ipynb").read_text(encoding="utf-8"))
    assert {"numpy", "helpers.checks", "helpers.plots"} <= set(modules)
    assert not {name.partition(".")[0] for name in modules} - {*sys.stdlib_module_names, "helpers", "numpy", "sympy"}
    assert modules_of("") == []


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_solution_of_every_assignment_gets_full_points_and_no_finding(assignment, course):
    release = (STUDENTS_VERSIONS / f"{assignment}.ipynb").read_text(encoding="utf-8")
    solved = Student(assignment, release).solve().content
    outcome = grade(Job("ada", assignment, solved, release))
    assert (outcome.failure, outcome.reasons, outcome.findings) == ("", {}, ())
    written = written_cells(read_source(assignment))
    assert {name for name, (got, of) in outcome.points.items() if got != of} == set(written)


def test_a_kernel_in_the_box_has_no_debugger_to_start(course):
    look = "import ipykernel.debugger as it; print(it._is_debugpy_available)"
    assert subprocess.check_output([sys.executable, "-c", look], encoding="utf-8") == "True\n"
    boxed = [*sandbox.box(Limits()), sys.executable, "-c", look]
    assert subprocess.check_output(boxed, encoding="utf-8") == "False\n"


@pytest.mark.skipif(os.getuid() != 0, reason="another user's processes are counted by the kernel itself")
def test_a_crowd_of_processes_takes_no_place_of_anothers(course):
    """Two boxes at once: one full of processes, in the other a process still starts."""
    crowd = "n=0; while sleep 60 & do n=$((n+1)); [ $n -ge 55 ] && break; done; echo full; wait"
    few = "for k in 1 2 3 4 5 6 7 8 9 10 11 12; do sleep 1 & done; wait; echo done"

    def boxed(script):
        run = f"command = [*box(Limits()), 'sh', '-c', {script!r}]; os.execvp(command[0], command)"
        start = (
            f"import os, sys; sys.path.insert(0, {str(ROOT)!r}); from course.running.sandbox import Limits, box; {run}"
        )
        return [sys.executable, "-c", start]

    with subprocess.Popen(boxed(crowd), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8") as full:
        assert full.stdout.readline() == "full\n"
        other = subprocess.run(boxed(few), capture_output=True, encoding="utf-8")
        full.kill()
    assert other.stdout == "done\n", other.stderr


def test_the_box_is_started_without_the_teachers_environment(course, released):
    """What bwrap itself was started with can be read in the box, where it is the first process."""
    process = Process(Limits(), True, released)
    try:
        for _ in range(100):
            family = psutil.Process(process.process.pid).children(recursive=True)
            boxes = [each for each in family if each.name() == "bwrap"]
            if boxes:
                break
            time.sleep(0.1)
        assert boxes
        names = {name for each in boxes for name in each.environ()}
        assert {name for name in names if not name.startswith("JPY_")} <= set(environment())
    finally:
        process.end()

"""Throughput of grading: ours with one and two workers, beside stock nbgrader, in one run.

    make bench-grading ARGS="--submissions 200"

A class hands in the second homework: two thirds right, the others with a known mistake. Each way is a whole command,
from its start to the gradebook; all must give the same points. Stock nbgrader gets the same tests in its test cells,
and runs them in the student's kernel. Writes grading.md beside this file.
"""

import argparse
import csv
import itertools
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from course.authoring.release import STUDENTS_VERSIONS
from course.authoring.sources import read_source, tasks_of, test_cells
from course.tests.submissions import Student, write

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
HW = "hw2"
STOCK_ROW = "stock nbgrader (no sandbox, one after the other)"
COMPILED = f"{STOCK_ROW}, compiled"
STOCK = """
c = get_config()
c.CourseDirectory.course_id = "follow-the-gradient"
c.ClearSolutions.code_stub = {"python": "..."}
"""
TEST = """### BEGIN HIDDEN TESTS
from course.tasks.hidden import insist
insist({assignment!r}, {test!r}, globals())
### END HIDDEN TESTS"""
UNCOMPILED = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPYCACHEPREFIX": "/nowhere"}


def class_of(n):
    """Contents of n submissions, by student."""
    release = (STUDENTS_VERSIONS / f"{HW}.ipynb").read_text(encoding="utf-8")
    mistakes = itertools.cycle((name, mistake) for name, task in tasks_of(HW).items() for mistake in task.mistakes)
    for k in range(n):
        student = Student(HW, release).solve()
        if k % 3 == 2:
            student.mistaken(*next(mistakes))
        yield f"student{k:03}", student.content


def timed(command, folder, allowed, **variables):
    """Seconds that a command took; RuntimeError with its output when it ended otherwise than allowed."""
    begun = time.perf_counter()
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "PYTHONPATH": str(ROOT)} | variables
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8")
    if done.returncode not in allowed:
        raise RuntimeError(f"{command}: {done.stdout}{done.stderr}"[-3000:])
    return time.perf_counter() - begun


def by_stock(submissions, folder, **variables):
    """(seconds, points by student) of `nbgrader autograde`."""
    source = read_source(HW)
    for name, cell in test_cells(source).items():
        cell.source += "\n" + TEST.format(assignment=HW, test=name)
    (folder / "source" / HW).mkdir(parents=True)
    nbformat.write(source, folder / "source" / HW / f"{HW}.ipynb")
    (folder / "nbgrader_config.py").write_text(STOCK, encoding="utf-8")
    timed([sys.executable, "-m", "nbgrader", "generate_assignment", HW, "--create"], folder, {0})
    for student in submissions.iterdir():
        shutil.copytree(student, folder / "submitted" / student.name / HW)
    command = [sys.executable, "-m", "nbgrader", "autograde", HW, "--create"]
    return timed(command, folder, {0}, **variables), points_in(folder)


def by_ours(submissions, folder, workers):
    """(seconds, points by student) of `python -m course.grade`."""
    options = ["--work", str(folder), "--workers", str(workers)]
    seconds = timed([sys.executable, "-m", "course.grade", HW, str(submissions), *options], ROOT, {0, 3})
    with (folder / f"{HW}.csv").open(newline="", encoding="utf-8-sig") as file:
        found = {line["student"]: line for line in csv.DictReader(file)}
    assert not any(line["status"] == "failed" for line in found.values())
    return seconds, points_in(folder)


def points_in(folder):
    """Points by student, from the gradebook."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{folder}/gradebook.db", "follow-the-gradient") as gradebook:
        return {submission.student_id: submission.score for submission in gradebook.assignment_submissions(HW)}


def alone(content):
    """Processor seconds of a kernel that runs a submission, compiled, without a grader: the median of five."""
    seconds = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        notebook = nbformat.reads(content.decode("utf-8"), as_version=4)
        NotebookClient(notebook, allow_errors=True).execute(env=os.environ | {"PYTHONPATH": str(ROOT)})
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(seconds)


def report(n, rows, kernel):
    """The text of grading.md."""
    bound = rows[COMPILED] / n / kernel * os.cpu_count()
    lines = [
        "# Grading: throughput",
        "",
        f"Written by `make bench-grading`: one run, one machine, {n} submissions of {HW}, two thirds right, one third",
        "with a known mistake. Each row is a whole command, from its start to the gradebook. All gave the same points.",
        "",
        "| | seconds | a submission | beside stock nbgrader | beside stock, compiled |",
        "| --- | --- | --- | --- | --- |",
    ]
    stock, compiled = rows[STOCK_ROW], rows[COMPILED]
    times = ((name, t, f"{stock / t:.2f} times as fast", f"{compiled / t:.2f}") for name, t in rows.items())
    lines += [
        f"| {name} | {t:.0f} | {t / n:.2f} s | {beside} | {of_compiled} |" for name, t, beside, of_compiled in times
    ]
    lines += [
        "",
        "Stock nbgrader runs students' code with the teacher's rights, the tests in the same process, and stops the",
        "batch where a notebook can't be read. Ours starts for each submission a process and a kernel in a sandbox,",
        "ahead, and asks its functions from outside; all limits are on. Stock is measured twice: as uv leaves an",
        "environment, where each kernel compiles NumPy, sympy and matplotlib anew, and compiled, as by our `make`.",
        "Ours is always compiled, and keeps both processors busy with one worker, since the next kernel starts ahead.",
        f"What bounds all rows: the kernel alone, without a grader, takes {kernel:.2f} s of a processor a submission,",
        f"so that {os.cpu_count()} processors could at best grade {bound:.1f} times as fast as compiled stock.",
        "",
        f"Python {platform.python_version()}, nbgrader {version('nbgrader')}, {os.cpu_count()} processors, "
        f"{platform.system()} {platform.machine()}.",
    ]
    return "\n".join(lines) + "\n"


def main():
    """Run, compare, report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--submissions", type=int, default=200)
    n = parser.parse_args().submissions
    with tempfile.TemporaryDirectory() as folder:
        submissions = Path(folder) / "in"
        for student, content in class_of(n):
            write(submissions / student, content, f"{HW}.ipynb")
        rows, points = {}, []
        for name, way in {
            "ours, 2 workers": lambda place: by_ours(submissions, place, 2),
            COMPILED: lambda place: by_stock(submissions, place),
            STOCK_ROW: lambda place: by_stock(submissions, place, **UNCOMPILED),
            "ours, 1 worker": lambda place: by_ours(submissions, place, 1),
        }.items():
            place = Path(folder) / name.replace(" ", "")
            place.mkdir()
            rows[name], found = way(place)
            points.append(found)
            print(f"{name}: {rows[name]:.0f} s", flush=True)
        assert all(found == points[0] for found in points), "the ways give different points"
        assert len(points[0]) == n
    kernel = alone(next(class_of(1))[1])
    text = report(n, dict(sorted(rows.items(), key=lambda row: -row[1])), kernel)
    (HERE / "grading.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()

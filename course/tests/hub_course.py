"""What a teacher and students do with one homework on a hub, each on the own server and by the own account."""

import json
import subprocess
import sys

import nbformat
from submissions import Student

from course.authoring.sources import ROOT, written_cells
from course.running.sandbox import NoSandbox, check_sandbox

COURSE = "follow-the-gradient"


def enrol(teacher, students):
    """Make the course in ngshare."""
    people = [{"username": student.name, "first_name": "", "last_name": "", "email": ""} for student in students]
    for path, form in ("course", {"instructors": [teacher.name]}), ("students", {"students": people}):
        form = {name: json.dumps(value) for name, value in form.items()}
        teacher.ask("POST", f"services/ngshare/{path}/{COURSE}", data=form).raise_for_status()


def release(teacher, assignment):
    """Make the students' version and release it."""
    for step in ("assign", "release"):
        teacher.do("POST", f"formgrader/api/assignment/{assignment}/{step}")


def hand_in(student, assignment, forgotten):
    """Fetch the homework, solve it on the student's own server except for one task, and submit it."""
    which = {"course_id": COURSE, "assignment_id": assignment}
    student.do("POST", "assignments/fetch", json=which)
    path = f"api/contents/{assignment}/{assignment}.ipynb"
    work = Student(assignment, nbformat.writes(nbformat.from_dict(student.do("GET", path)["content"])))
    for name in work.tasks:
        if name != forgotten:
            work.answer(name, work.solutions[name])
    for name in written_cells(work.notebook):
        work.cell(name).source = f"{student.name}: dL/dw = dL/dp dp/dz dz/dw."
    student.do("PUT", path, json={"type": "notebook", "content": work.raw})
    student.do("POST", "assignments/submit", json=which)


def collect_and_grade(teacher, assignment):
    """Collect, grade in the sandbox where there is one, give full points for what is written, release feedback."""
    course = teacher.home / "course"
    teacher.do("POST", f"formgrader/api/assignment/{assignment}/collect")
    try:
        check_sandbox()
        options = []
    except NoSandbox:
        options = ["--no-sandbox"]  # both submissions are the test's own
    run(teacher, "course.grade", assignment, str(course / "submitted"), "--work", str(course), *options)
    for submission in teacher.do("GET", f"formgrader/api/submitted_notebooks/{assignment}/{assignment}"):
        for cell in teacher.do("GET", "formgrader/api/grades", params={"submission_id": submission["id"]}):
            if cell["needs_manual_grade"]:
                marked = {"manual_score": cell["max_score"], "extra_credit": None}
                teacher.do("PUT", f"formgrader/api/grade/{cell['id']}", json=marked)
    run(teacher, "course.marks.handback", assignment, "--work", str(course))
    teacher.do("POST", f"formgrader/api/assignment/{assignment}/release_feedback")


def run(teacher, module, *arguments):
    """Run a program of the course as the teacher; exit code 3 says that a person has something to do."""
    environment = teacher.hub.environment | {"HOME": str(teacher.home)}
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8")
    assert done.returncode in (0, 3), done.stdout + done.stderr


def fetch_feedback(student, assignment):
    """Fetch the feedback; returns the pages that the student's server then shows."""
    student.do("POST", "assignments/fetch_feedback", json={"course_id": COURSE, "assignment_id": assignment})
    [folder] = student.do("GET", f"api/contents/{assignment}/feedback")["content"]
    pages = student.do("GET", f"api/contents/{folder['path']}")["content"]
    return [student.do("GET", f"api/contents/{page['path']}")["content"] for page in pages]

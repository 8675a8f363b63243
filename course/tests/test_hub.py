"""Homework through a JupyterHub on loopback: released, fetched, submitted, collected, graded and handed back.

    .venv-hub/bin/python -m pytest course/tests/test_hub.py

It is skipped where there is no hub; with FTG_REQUIRE=hub it fails there.
"""

import importlib.metadata
import shutil
import stat
from types import SimpleNamespace

import pytest
from requirements import missing

from course.authoring import sources

HW, FORGOTTEN = "hw1", "softplus_slope"  # the task that bob leaves out
NEEDS = {
    "folder": {"jupyterhub": ""},
    "ngshare": {"jupyterhub": "", "ngshare": "", "ngshare-exchange": "", "sqlalchemy": "1."},
}


def version_of(package):
    """A package's version, '' where it is not installed."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def proxy():
    """The command of npm's proxy, '' where there is one in Python, None where there is none."""
    return "" if version_of("configurable-http-proxy") else shutil.which("configurable-http-proxy")


def unmet(exchange):
    """Why the hub can't run here, or ''."""
    for package, begin in NEEDS[exchange].items():
        version = version_of(package)
        if not version:
            return f"{package} is not installed: build .venv-hub with `uv sync --group hub`"
        if not version.startswith(begin):
            return f"with {package} {version} ngshare loses what is released, without a word: it needs {begin}x"
    return "no configurable-http-proxy, neither Python's nor npm's" if proxy() is None else ""


@pytest.fixture(scope="module", params=sorted(NEEDS))
def hw1(request, tmp_path_factory):
    """One homework after its way through the hub: who took part, and the feedback that students have fetched."""
    exchange = request.param
    if reason := unmet(exchange):
        missing("hub", reason)
    from hub_course import collect_and_grade, enrol, fetch_feedback, hand_in, release

    from course.hub.loopback import HubUser, LoopbackHub, until

    with LoopbackHub(tmp_path_factory.mktemp(exchange), exchange, proxy()) as hub:
        teacher, alice, bob = people = [HubUser(hub, name) for name in ("teacher", "alice", "bob")]
        for person in people:
            person.start_server()
        until(lambda: all(person.server_ready() for person in people), 300, "start of three servers")
        if exchange == "ngshare":
            until(lambda: teacher.ask("GET", "services/ngshare/healthz").ok, 300, "start of ngshare")
            enrol(teacher, [alice, bob])
        release(teacher, HW)
        hand_in(alice, HW, forgotten="")
        hand_in(bob, HW, forgotten=FORGOTTEN)
        collect_and_grade(teacher, HW)
        feedback = {student.name: fetch_feedback(student, HW) for student in (alice, bob)}
        yield SimpleNamespace(exchange=exchange, hub=hub, teacher=teacher, alice=alice, bob=bob, feedback=feedback)
        for person in people:
            person.session.close()
    assert not hub.processes()


@pytest.fixture(scope="module")
def points():
    """{student: the points that are deserved}."""
    source = sources.read_source(HW)
    marks = [sources.marks(cell) for cell in source.cells]
    of = {mark["grade_id"]: mark["points"] for mark in marks if mark.get("grade")}
    lost = sum(of[name] for name in sources.tests_by_task(source)[FORGOTTEN])
    return {"alice": sum(of.values()), "bob": sum(of.values()) - lost}


def test_both_students_get_their_points(hw1, points):
    graded = hw1.teacher.do("GET", f"formgrader/api/submissions/{HW}")
    assert {submission["student"]: submission["score"] for submission in graded} == points
    assert not any(submission["needs_manual_grade"] for submission in graded)


def test_feedback_shows_each_student_the_own_points_and_words(hw1, points):
    of = points["alice"]
    for student, other in (("alice", "bob"), ("bob", "alice")):
        [page] = hw1.feedback[student]
        assert f"(Score: {float(points[student])} / {float(of)})" in page
        assert f"{student}: dL/dw" in page and f"{other}: dL/dw" not in page
        assert "HIDDEN TESTS" not in page


def test_a_student_sees_only_the_own_submission(hw1):
    listed = hw1.bob.do("GET", "assignments", params={"course_id": "follow-the-gradient"})["value"]
    assert {entry["student_id"] for entry in listed if entry["status"] == "submitted"} == {"bob"}
    assert hw1.bob.ask("GET", f"user/alice/api/contents/{HW}/{HW}.ipynb").status_code == 403
    if hw1.exchange == "ngshare":
        work, pages = (f"services/ngshare/{what}/follow-the-gradient/{HW}/alice" for what in ("submission", "feedback"))
        assert hw1.bob.ask("GET", work).status_code == hw1.bob.ask("GET", pages).status_code == 403
        assert hw1.teacher.ask("GET", work).ok
    else:  # all are one system user here: what keeps others out on a real hub are the rights of the folders
        for name in ("inbound", "feedback"):
            rights = (hw1.hub.root / "exchange" / "follow-the-gradient" / name).stat().st_mode
            assert not rights & (stat.S_IRGRP | stat.S_IROTH), f"others can list {name}: {stat.filemode(rights)}"


def test_nothing_listens_beyond_loopback(hw1):
    import psutil

    sockets = [socket for process in hw1.hub.processes() for socket in process.net_connections("inet")]
    listening = {socket.laddr.ip for socket in sockets if socket.status == psutil.CONN_LISTEN}
    assert listening and listening <= {"127.0.0.1", "::1"}

"""The same function on a Dask cluster, of which a worker is killed."""

import os
import signal
import threading
import time

import distributed
import pytest
from submissions import Student, write

from course import grade as command
from course.work import Course

HW = "hw2"


@pytest.fixture
def cluster():
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    ) as running:
        yield running


def kill_a_worker(cluster, outcomes):
    """Kill a worker with all it started, as soon as there is a first outcome."""
    while not list(outcomes.glob("*.json")):
        time.sleep(0.05)
    with distributed.Client(cluster) as client:
        victim = next(iter(client.run(os.getpid).values()))
    os.kill(victim, signal.SIGKILL)


@pytest.mark.filterwarnings("ignore")  # of the worker that is gone
def test_a_worker_is_killed_and_nothing_is_lost(cluster, released, tmp_path):
    names = [f"student{k}" for k in range(4)]  # two are left for two workers when the first is done
    student = Student(HW, released).solve()
    for name in names:
        write(tmp_path / "in" / name, student.content, f"{HW}.ipynb")
    course = Course(tmp_path / "work", HW)
    killer = threading.Thread(target=kill_a_worker, args=(cluster, course.outcomes.folder), daemon=True)
    killer.start()
    address = cluster.scheduler_address
    code = command.main([HW, str(tmp_path / "in"), "--work", str(course.work), "--scheduler", address])
    killer.join(5)
    done = course.outcomes.all()
    assert sorted(done) == names
    assert {(outcome.failure, outcome.findings) for outcome in done.values()} == {("", ())}
    [points] = {tuple(sorted(outcome.points.items())) for outcome in done.values()}
    assert sum(got for _, (got, _) in points if got) > 10
    assert code == 0

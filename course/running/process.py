"""A process for each submission: trusted, with a kernel in the sandbox that starts before there is a submission for it.

It has the kernel run the cells, asks the hidden tests' questions, and is ended with all that it started.
"""

import ast
import multiprocessing
import os
import resource
import shutil
import tempfile
import time
import traceback
from dataclasses import replace
from pathlib import Path

import nbformat
import psutil

from course.authoring.sources import code_cells
from course.running.execution import Stopped, Stuck, Submission
from course.running.guard import Guard, end
from course.running.submission import Outcome, graded

PROCESSES = multiprocessing.get_context("forkserver")
STARTS_A_KERNEL = "IPython", "ipykernel.kernelspec", "matplotlib"  # each imported only there
PROCESSES.set_forkserver_preload(["course.running.process", "helpers.calculus", "helpers.rl", *STARTS_A_KERNEL])
FOLDER = "grade-"  # in the folder for temporary files, then the number of the process that made it


class Process:
    """A process with a kernel that waits for a job. It grades one, and is ended with all that it started.

    release: text of the notebook whose modules are imported while it waits.
    """

    def __init__(self, limits, sandboxed, release=""):
        self.limits = limits
        self.folder = Path(tempfile.mkdtemp(prefix=f"{FOLDER}{os.getpid()}-"))
        self.pipe, there = PROCESSES.Pipe()
        self.process = PROCESSES.Process(target=_wait_and_grade, args=(limits, sandboxed, release, self.folder, there))
        self.process.start()
        there.close()

    def grade(self, job):
        """The `Outcome` for a job, in the time that there is for it."""
        begun, outcome = time.monotonic(), None
        try:
            self.pipe.send(job)
            if self.pipe.poll(self.limits.wall):
                outcome = self.pipe.recv()
        except (EOFError, OSError):
            pass
        seconds = time.monotonic() - begun
        self.end()
        if outcome is None:
            late = seconds >= self.limits.wall
            why = f"stopped after {self.limits.wall} s in all" if late else "its grading process died (memory?)"
            outcome = Outcome(job.student, failure=why, again=not late)
        return replace(outcome, seconds=round(seconds, 1))

    def end(self):
        """Kill it with all below it, and remove its files."""
        end(self.process.pid)
        self.process.join()
        self.pipe.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def sweep():
    """Remove the folders of processes that have been killed before they could."""
    for path in Path(tempfile.gettempdir()).glob(f"{FOLDER}*-*"):
        owner = path.name.removeprefix(FOLDER).partition("-")[0]
        if owner.isdecimal() and not psutil.pid_exists(int(owner)):
            shutil.rmtree(path, ignore_errors=True)


def grade(job):
    """Grade one submission in a process of its own."""
    multiprocessing.current_process()._config["daemon"] = False  # a Dask worker is one, and may have no children else
    return Process(job.limits, job.sandboxed, job.release).grade(job)


def modules_of(release):
    """Names of the modules that the released notebook imports."""
    if not release:
        return []
    trees = [ast.parse(cell.source) for cell in code_cells(nbformat.reads(release, as_version=4))]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    return sorted(names)


def graded_without_stuck(job, kernel, sockets, guard):
    """The `Outcome` for a job. A visible check that takes the kernel with it is left out, and all else run anew."""
    without = {}
    while True:
        try:
            return graded(job, kernel, sockets, guard, without)
        except Stuck as check:
            without[check.cell] = str(check)
        for child in psutil.Process().children():
            end(child.pid)
        kernel = Submission(job.limits, sockets, job.sandboxed)
        try:
            kernel.start()
        except Stopped as reason:
            return Outcome(job.student, failure=str(reason), again=True)


def _wait_and_grade(limits, sandboxed, release, folder, pipe):
    with (folder / "log").open("wb") as log:
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
        resource.setrlimit(resource.RLIMIT_AS, (4 * limits.memory,) * 2)
        sockets = folder / "sockets"
        guard, kernel = Guard(sockets, limits), Submission(limits, sockets, sandboxed)
        try:
            kernel.start(modules_of(release))
            job = pipe.recv()
            with guard:
                outcome = graded_without_stuck(job, kernel, sockets, guard)
            pipe.send(outcome)
        except Stopped as reason:
            pipe.send(Outcome(pipe.recv().student, failure=str(reason), again=True))
        except EOFError:  # there was no job for it
            return
        except Exception as error:  # whatever it is, the teacher is told, and the batch goes on
            traceback.print_exc()
            pipe.send(Outcome(job.student, failure=f"the grader met {type(error).__name__}: {error}", again=True))
        finally:
            pipe.close()

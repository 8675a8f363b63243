"""Grading one submission: a function of the notebook and the release, in a process of its own.

The process is trusted. It starts the kernel in the sandbox, has it run the cells, and then asks the submission's
functions the hidden tests' questions. It may be started, with its kernel, before there is a submission for it.
"""

import ast
import multiprocessing
import os
import resource
import shutil
import tempfile
import time
import traceback
from dataclasses import dataclass, field, replace
from pathlib import Path

import nbformat
import psutil
from nbformat.v4 import new_output

from course.authoring.sources import code_cells, grade_id, test_cells, with_seed
from course.intake.identity import Finding
from course.intake.notebook import Unreadable, parsed
from course.intake.triage import mended
from course.running.execution import Stopped, Submission
from course.running.guard import Guard, end
from course.running.interview import interviewed
from course.running.reasons import NOT_ANSWERED, NOT_THERE, errors_in, findings_on, not_answered, points_of, short
from course.running.sandbox import Limits

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["course.running.submission", "helpers.calculus", "helpers.rl"])


FOLDER = "grade-"  # in the folder for temporary files, then the number of the process that made it


@dataclass(frozen=True)
class Job:
    """A submission with all that its grading needs. seed: the student's, None where all have the released one."""

    student: str
    assignment: str
    notebook: bytes
    release: str
    seed: int | None = None
    limits: Limits = field(default_factory=Limits)
    sandboxed: bool = True


@dataclass(frozen=True)
class Outcome:
    """What grading gave. failure: why there are no points, '' where there are; points: {cell: (got, of)}, got is None
    where a person grades; reasons: {cell: why points were lost}; notebook: as it ran, '' if it did not; again: True if
    the grader is to blame, so that another attempt may go better; shown, lms: the student's name and id in the LMS;
    late: see `course.intake.collect.Submission`."""

    student: str
    failure: str = ""
    points: dict = field(default_factory=dict)
    reasons: dict = field(default_factory=dict)
    findings: tuple = ()
    notebook: str = ""
    seconds: float = 0.0
    again: bool = False
    shown: str = ""
    lms: str = ""
    late: str = ""


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
    """Names of the modules that the released notebook imports, and the one that draws its figures."""
    if not release:
        return []
    trees = [ast.parse(cell.source) for cell in code_cells(nbformat.reads(release, as_version=4))]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    return sorted(names | {"matplotlib_inline.backend_inline"})


def _wait_and_grade(limits, sandboxed, release, folder, pipe):
    with (folder / "log").open("wb") as log:
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
        resource.setrlimit(resource.RLIMIT_AS, (4 * limits.memory,) * 2)
        sockets = folder / "sockets"
        guard, kernel = Guard(sockets, limits), Submission(limits, sockets, sandboxed)
        with guard:
            try:
                kernel.start(modules_of(release))
                job = pipe.recv()
                pipe.send(graded(job, kernel, sockets, guard))
            except Stopped as reason:
                pipe.send(Outcome(pipe.recv().student, failure=str(reason), again=True))
            except EOFError:  # there was no job for it
                return
            except Exception as error:  # whatever it is, the teacher is told, and the batch goes on
                traceback.print_exc()
                pipe.send(Outcome(job.student, failure=f"the grader met {type(error).__name__}: {error}", again=True))
            finally:
                pipe.close()


def graded(job, kernel, sockets, guard):
    """The `Outcome` for a job, worked out in this process with a kernel that has been started."""
    release = nbformat.reads(job.release, as_version=4)
    if job.seed is not None:
        for cell in release.cells:
            cell.source = with_seed(cell.source, job.seed) if grade_id(cell) == "seed" else cell.source
    try:
        submitted, findings = parsed(job.notebook)
        notebook, more = mended(submitted, release)
    except Unreadable as reason:
        return Outcome(job.student, failure=str(reason))
    findings += more
    try:
        kernel.run(notebook)
        errors = errors_in(notebook)
        reasons, faults = interviewed(job.assignment, test_cells(release), kernel, sockets, job.seed or 0)
    except Stopped as reason:
        return Outcome(job.student, guard.complaint or str(reason), findings=tuple(findings))
    if guard.complaint:
        return Outcome(job.student, guard.complaint, findings=tuple(findings))
    missing = [text for name, kind, text in errors if name == "setup" and kind == NOT_THERE]
    if missing:
        return Outcome(job.student, failure=f"the grader's environment is incomplete: {missing[0]}", again=True)
    points = points_of(notebook, release, reasons)
    reasons |= dict.fromkeys(not_answered(notebook, release, reasons), NOT_ANSWERED)
    reasons = {name: short(reason) for name, reason in reasons.items() if reason}
    findings += findings_on(errors, release, job.limits)
    findings += [Finding(f"{name}: {text}", person=True) for name, text in faults.items()]
    findings += [Finding(f"{n}: {text}", person=True) for n, text in reasons.items() if NOT_THERE in text]
    if kernel.cut:
        findings.append(Finding(f"output of a cell was cut after {job.limits.output} characters"))
    for name, cell in test_cells(notebook).items():
        got, of = points[name]
        cell.outputs = [new_output("stream", text=f"{got:g} of {of:g} points. {reasons.get(name, '')}".rstrip() + "\n")]
    return Outcome(job.student, "", points, reasons, tuple(findings), nbformat.writes(notebook))

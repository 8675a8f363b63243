"""Grading one submission: a function of the notebook, the release and an empty gradebook, in a process of its own."""

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

from course.authoring.sources import grade_id, marks, with_seed
from course.intake.identity import Finding
from course.intake.triage import Unreadable, mended, parsed
from course.running.autograding import answered_below, autograded, by_name, not_answered, reasons_in
from course.running.evidence import in_notebook
from course.running.execution import UNFINISHED
from course.running.guard import Guard, end
from course.running.sandbox import Limits

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["course.running.grading", "course.settings", "nbgrader.converters", "matplotlib"])


@dataclass(frozen=True)
class Job:
    """A submission with all that its grading needs. seed: the student's, None where all have the released one."""

    student: str
    assignment: str
    notebook: bytes
    release: str
    database: bytes
    seed: int | None = None
    limits: Limits = field(default_factory=Limits)
    sandboxed: bool = True


@dataclass(frozen=True)
class Outcome:
    """What grading gave. failure: why there are no points, '' where there are; points: {cell: (got, of)}, got is None
    where a person grades; reasons: {cell: why points were lost}; notebook: as it ran, '' if it did not; again: True if
    the grader is to blame, so that another attempt may go better; shown: the student's name in the LMS."""

    student: str
    failure: str = ""
    points: dict = field(default_factory=dict)
    reasons: dict = field(default_factory=dict)
    findings: tuple = ()
    notebook: str = ""
    seconds: float = 0.0
    again: bool = False
    shown: str = ""


def grade(job):
    """Grade one submission in a process of its own, which is ended, with all it started, when its time is up."""
    begun = time.monotonic()
    multiprocessing.current_process()._config["daemon"] = False  # a Dask worker is one, and may have no children else
    here, there = PROCESSES.Pipe(duplex=False)
    folder = Path(tempfile.mkdtemp(prefix="grade-"))
    process = PROCESSES.Process(target=_grade_and_send, args=(job, folder, there))
    process.start()
    there.close()
    outcome = None
    try:
        if here.poll(job.limits.wall):
            outcome = here.recv()
    except (EOFError, OSError):
        pass
    if outcome is None:
        late = time.monotonic() - begun >= job.limits.wall
        why = f"stopped after {job.limits.wall} s in all" if late else "its grading process died (memory?)"
        outcome = Outcome(job.student, failure=why, again=not late)
    end(process.pid)
    process.join()
    here.close()
    shutil.rmtree(folder, ignore_errors=True)
    return replace(outcome, seconds=round(time.monotonic() - begun, 1))


def _grade_and_send(job, folder, pipe):
    with (folder / "log").open("wb") as log:
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
        resource.setrlimit(resource.RLIMIT_AS, (4 * job.limits.memory,) * 2)
        try:
            pipe.send(graded(job, folder))
        except Exception as error:  # whatever it is, the teacher is told, and the batch goes on
            traceback.print_exc()
            pipe.send(Outcome(job.student, failure=f"the grader met {type(error).__name__}: {error}", again=True))
        finally:
            pipe.close()


def graded(job, folder):
    """The `Outcome` for a job, worked out in this process with its files in this folder."""
    release = nbformat.reads(job.release, as_version=4)
    if job.seed is not None:
        for cell in release.cells:
            cell.source = with_seed(cell.source, job.seed) if grade_id(cell) == "seed" else cell.source
    try:
        submitted, findings = parsed(job.notebook)
        notebook, more = mended(submitted, release)
    except Unreadable as reason:
        return Outcome(job.student, failure=str(reason))
    findings += [*more, *(Finding(text, person=True) for text in in_notebook(notebook))]
    guard = Guard(folder / "sockets", job.limits)
    failure, points, done = autograded(job, notebook, folder, guard)
    if done is None or guard.complaint:
        again = not guard.complaint and "before replying" in failure  # the kernel did not even start
        return Outcome(job.student, guard.complaint or failure, findings=tuple(findings), again=again)
    evidence = done.metadata.pop("evidence")
    findings += [Finding(f"replaced {name}", person=True) for name in evidence["replaced"]]
    if evidence["cut"]:
        findings.append(Finding(f"output of a cell was cut after {job.limits.output} characters"))
    reasons, slow, broken = reasons_in(done, points)
    reasons |= dict.fromkeys(not_answered(done, release, reasons), "not answered")
    points |= {name: (None, points[name][1]) for name in answered_below(done, release, points)}
    locked = {name for name, cell in by_name(release).items() if not marks(cell).get("solution")}
    locked = {name for name in locked if not name.startswith("check-")}  # it fails where an answer does not run
    missing = [text for name, text in broken.items() if name in locked and text.startswith("ModuleNotFoundError")]
    if missing:
        return Outcome(job.student, failure=f"the grader's environment is incomplete: {missing[0]}", again=True)
    findings += [Finding(f"cell {name} was stopped after {job.limits.cell} s", person=True) for name in slow]
    findings += [Finding(f"cell {name} raised {error}", name in locked) for name, error in broken.items()]
    findings += [Finding(f"{name}: {text}", True) for name, text in reasons.items() if text.startswith(UNFINISHED)]
    if any(finding.person for finding in findings):
        done.metadata["flagged"] = True  # see course.marks.feedback
    return Outcome(job.student, "", points, reasons, tuple(findings), nbformat.writes(done))

"""Grading one submission: a function of the notebook, the release, and a kernel that runs it."""

from dataclasses import dataclass, field

import nbformat
from nbformat.v4 import new_output

from course.authoring.sources import grade_id, test_cells, with_seed
from course.intake.identity import Finding
from course.intake.notebook import Unreadable, parsed
from course.intake.triage import mended
from course.running.execution import Stopped, Stuck
from course.running.interview import interviewed
from course.running.reasons import NOT_ANSWERED, NOT_THERE, errors_in, findings_on, not_answered, points_of, short
from course.running.sandbox import Limits

NOT_RUN = "# (this check took Python with it, and was left out)"


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


def graded(job, kernel, sockets, guard, without):
    """The `Outcome` for a job, worked out in this process with a kernel that has been started.

    without: {visible check that is not to be run: why}. Stuck when another one takes the kernel with it.
    """
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
    for cell in notebook.cells:
        cell.source = NOT_RUN if grade_id(cell) in without else cell.source
    findings += [Finding(f"{why}; it was left out") for why in without.values()]
    try:
        kernel.run(notebook)
        errors = errors_in(notebook)
        reasons, met = interviewed(job.assignment, test_cells(release), kernel, sockets, job.seed or 0)
    except Stopped as reason:
        if isinstance(reason, Stuck) and reason.cell.startswith("check-") and not guard.complaint:
            raise
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
    findings += met
    findings += [Finding(f"{n}: {text}", person=True) for n, text in reasons.items() if NOT_THERE in text]
    if kernel.cut:
        findings.append(Finding(f"output of a cell was cut after {job.limits.output} characters"))
    for name, cell in test_cells(notebook).items():
        got, of = points[name]
        text = f"{got:g} of {of:g} point{'s' if of != 1 else ''}. {reasons.get(name, '')}".rstrip()
        cell.outputs = [new_output("stream", text=f"{text}\n")]
    return Outcome(job.student, "", points, reasons, tuple(findings), nbformat.writes(notebook))

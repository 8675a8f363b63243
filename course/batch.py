"""A delivery of submissions: what is new is graded, what was graded before is kept."""

import hashlib
import os
import sys
from dataclasses import replace

from tqdm import tqdm

from course.authoring.sources import COURSE
from course.intake.collect import collect
from course.intake.identity import Finding
from course.marks.gradebook import record
from course.running.process import sweep
from course.running.sandbox import Limits
from course.running.submission import Job, Outcome
from course.running.workers import locally, on_cluster
from course.work import Course, tabulate

TASKS = COURSE / "tasks"
NEWER = "a newer submission could not be graded"


def delivered(options):
    """Grade what the options of `course.grade` name; returns the table's rows. SystemExit for what is no delivery."""
    course = Course(options.work, options.assignment)
    with course.alone():
        sweep()
        try:
            submissions = collect(options.submissions, options.assignment, course.ids, options.deadline)
        except ValueError as reason:
            sys.exit(str(reason))
        done = grade_all(
            course,
            submissions,
            limits=Limits(cell=options.cell, wall=options.wall),
            sandboxed=not options.no_sandbox,
            workers=options.workers,
            scheduler=options.scheduler,
            force=options.force,
        )
        return tabulate(course, done)


def stamp_of(job, submission):
    """What an outcome depends on, as one number: the same submission is not graded twice."""
    tests = (TASKS / f"{job.assignment}_hidden.py").read_bytes()
    known = submission.failure, submission.findings, submission.late, job.seed, job.limits, job.sandboxed
    return hashlib.sha256(b"\0".join([job.notebook, job.release.encode(), tests, repr(known).encode()])).hexdigest()


def grade_all(course, submissions, *, limits, sandboxed=True, workers=None, scheduler=None, force=False):
    """Grade what is new or changed, keep each outcome as it comes; returns {student: outcome} of all so far."""
    text, done, jobs, handed_in = course.release(), course.outcomes.all(), [], {}
    for submission in submissions:
        name = submission.student
        job = Job(name, course.assignment, submission.content, text, course.seed(name), limits, sandboxed)
        handed_in[name] = submission, stamp_of(job, submission), done.get(name)
        known = course.outcomes.stamp(name) == handed_in[name][1] and not done[name].again
        if submission.failure and not known:
            done[name] = kept(course, Outcome(name, submission.failure), *handed_in[name])
        elif not known or (force and not submission.failure):
            jobs.append(job)
    run = on_cluster(jobs, scheduler) if scheduler else locally(jobs, workers or os.cpu_count())
    for outcome in tqdm(run, total=len(jobs), unit="submission", desc=course.assignment, disable=not jobs):
        done[outcome.student] = kept(course, outcome, *handed_in[outcome.student])
    record(done.values(), course.assignment, course.config)
    return done


def kept(course, outcome, submission, stamp, before):
    """Keep an outcome with what is known of its submission. One that failed leaves an earlier good one in its place."""
    unknown = [] if name_is_known(course, outcome.student) else [Finding("is not in students.csv", person=True)]
    findings = (*unknown, *submission.findings, *outcome.findings)
    outcome = replace(outcome, findings=findings, shown=submission.shown, lms=submission.lms, late=submission.late)
    if outcome.failure and before and not before.failure:
        newer = Finding(f"{NEWER}: {outcome.failure}; the one before it counts", person=True)
        earlier = tuple(finding for finding in before.findings if not finding.text.startswith(NEWER))
        outcome = replace(before, findings=(*earlier, newer), again=outcome.again)
    course.outcomes.save(outcome, stamp)
    return outcome


def name_is_known(course, student):
    """True if the student is on the course's list, or there is none."""
    return not course.students or student in course.students

"""Grade all submissions of an assignment.

    python -m course.grade hw1 submissions/       a folder for each student, or a zip file of Moodle or Canvas

Writes course/work/hw1.csv and nbgrader's gradebook. What is graded and unchanged is not graded again, also after the
program was killed. Exit code: 0 all graded, 3 somebody should look (the table says where), 1 or 2 nothing was done.
"""

import argparse
import hashlib
import os
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from tqdm import tqdm

from course.authoring.release import WORK
from course.authoring.sources import ASSIGNMENTS, COURSE
from course.intake.collect import collect
from course.intake.identity import Finding
from course.marks.gradebook import record
from course.running.process import sweep
from course.running.sandbox import Limits, NoSandbox, check_sandbox
from course.running.submission import Job, Outcome
from course.running.workers import locally, on_cluster
from course.work import PERSON, Course, tabulate

TASKS = COURSE / "tasks"
NEWER = "a newer submission could not be graded"


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


def positive(text):
    """A whole number from 1 on, of an option."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected is a whole number from 1 on, not {text!r}")
    return int(text)


def options_of(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("assignment", choices=ASSIGNMENTS)
    parser.add_argument("submissions", help="folder, or zip file of Moodle or Canvas")
    parser.add_argument("--workers", type=positive, help="processes on this machine (default: one a core)")
    parser.add_argument("--scheduler", help="address of a Dask cluster, tcp://...")
    parser.add_argument("--cell", type=positive, default=Limits.cell, help="seconds for a cell")
    parser.add_argument("--wall", type=positive, default=Limits.wall, help="seconds for a submission")
    parser.add_argument("--deadline", type=datetime.fromisoformat, help="2026-11-30T23:59: days late count from it")
    parser.add_argument("--force", action="store_true", help="grade unchanged submissions again")
    parser.add_argument("--no-sandbox", action="store_true", help="run students' code without bubblewrap, as yourself")
    parser.add_argument("--work", type=Path, default=WORK, help="folder of the running course")
    return parser.parse_args(arguments)


def main(arguments=None):
    options = options_of(arguments)
    if not options.no_sandbox:
        try:
            check_sandbox()
        except NoSandbox as reason:
            sys.exit(
                f"{reason}\nStudents' code would run with all your rights: it could read solutions, change points and "
                "delete files. To do it all the same, on a machine that holds nothing of value: --no-sandbox "
                "(make grade ... SANDBOX=no)."
            )
    try:
        course = Course(options.work, options.assignment)
    except ValueError as reason:
        sys.exit(str(reason))
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
        rows = tabulate(course, done)
    people, still_open = ([line for line in rows if line[why]] for why in ("person", "open"))
    for line in people:
        print(f"{line['student']}: {line['status']}; {line['reasons']}; {line['findings']}".strip("; "))
    print(
        f"{len(rows)} students; {len(people)} need a person, {len(still_open)} have written answers to be marked: "
        f"see {course.work / course.assignment}.csv"
    )
    return PERSON if people or still_open else 0


if __name__ == "__main__":
    sys.exit(main())

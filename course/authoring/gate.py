"""The gate: every known mistake loses points in the hidden tests and is named by the visible check.

    python -m course.authoring.gate [hw1 ...]

Runs in this process, without a kernel: the cells of the source are executed with one answer exchanged at a time.
"""

import argparse
import itertools
import sys

from course.authoring.keys import exercises_of
from course.authoring.sources import (
    ASSIGNMENTS,
    answer_cells,
    marks,
    namespace_of,
    read_source,
    set_seed,
    stub_text,
    tasks_of,
    test_cells,
    tests_by_task,
)
from course.border.asking import here
from course.tasks.hidden import lost
from helpers.checks.checker import judge
from helpers.checks.key import SEEDS, key_from, task_from

TRIED_SEEDS = SEEDS[::10]


class Gate:
    """The hidden tests of an assignment, ready to be run with answers exchanged."""

    def __init__(self, assignment):
        self.assignment = assignment
        self.notebook, self.tasks = read_source(assignment), tasks_of(assignment)
        self.names, self.exercises = namespace_of(assignment), exercises_of(assignment)
        self.tests, self.of_task = test_cells(self.notebook), tests_by_task(self.notebook)
        self.keys = {}  # of the tasks, made when first asked for: they take longer than the verdicts

    def points(self, name, source=None, seed=0):
        """Points of one task's test cells, by grade_id, with this source as the answer (None: the solution)."""
        set_seed(self.notebook, self.names, seed)
        names = dict(self.names)
        if source is not None:
            exec(source, names)
        student = here(names)
        return {test: full * (not lost(self.assignment, test, student, seed)) for test, full in self.full(name).items()}

    def full(self, name):
        """Points of one task's test cells for a right answer, by grade_id."""
        return {test: marks(self.tests[test])["points"] for test in self.of_task[name]}

    def verdict(self, name, source, seed=0):
        """The visible check's verdict on an answer, by the key that students get."""
        if name not in self.keys:
            self.keys[name] = task_from(self.exercises[name])
        set_seed(self.notebook, self.names, seed)
        names = dict(self.names)
        exec(source, names)
        return judge(key_from(name, self.keys[name], seed), names[name])


def complaints(assignment):
    """What is wrong with an assignment's tests, a sentence each."""
    gate = Gate(assignment)
    stubs = {name: stub_text(cell) for name, cell in answer_cells(gate.notebook).items()}
    yield from (f"{name}: no test cell follows it" for name in stubs if name not in gate.of_task)
    for name in (name for name in stubs if name in gate.of_task):
        exercise, task = gate.exercises.get(name, [None])[0], gate.tasks.get(name)
        seeds = TRIED_SEEDS if task is None or task.per_seed else [0]
        for seed in seeds:
            if gate.points(name, seed=seed) != gate.full(name):
                yield f"{name}: the solution gets {gate.points(name, seed=seed)} with seed {seed}"
            if any(gate.points(name, stubs[name], seed).values()):
                yield f"{name}: the untouched stub gets {gate.points(name, stubs[name], seed)}"
        if task is None:
            yield f"{name}: has no entry in course/tasks/{assignment}.py"
            continue
        if gate.verdict(name, stubs[name]).status != "not attempted":
            yield f"{name}: the stub is judged {gate.verdict(name, stubs[name])!r}"
        for source in [exercise.source, *task.other_algebra]:
            if gate.verdict(name, source).status != "correct":
                yield f"{name}: judged {gate.verdict(name, source)!r}, for\n{source}"
        for source in task.other_algebra:
            if gate.points(name, source) != gate.full(name):
                yield f"{name}: a right answer gets {gate.points(name, source)}:\n{source}"
        yield from mistakes_that_pass(gate, name, exercise, task, seeds)


def mistakes_that_pass(gate, name, exercise, task, seeds):
    """Complaints about one task's mistakes: not found in the source, not named, or no point lost."""
    for mistake, seed in itertools.product((*task.named, *task.unseen), seeds):
        source = exercise.wrong_source((mistake,))
        if source is None:
            yield f"{name}, {mistake.name}: {mistake.right!r} is not in the solution"
            continue
        if gate.points(name, source, seed) == gate.full(name):
            yield f"{name}, {mistake.name}: loses no point (seed {seed})"
        if mistake in task.named:
            verdict = gate.verdict(name, source, seed)
            if verdict.mistakes != (mistake.name,):
                yield f"{name}, {mistake.name}: the check says {verdict!r} (seed {seed})"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("assignments", nargs="*", default=ASSIGNMENTS)
    wrong = [f"{name}: {text}" for name in parser.parse_args().assignments for text in complaints(name)]
    print("\n".join(wrong) or "Every mistake is named and loses points; solutions get full points, stubs none.")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()

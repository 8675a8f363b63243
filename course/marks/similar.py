"""Pairs of students whose answers are nearly the same: a hint where to look, and no verdict.

    python -m course.marks.similar hw1        (make similar HW=hw1)

Answers are compared statement by statement, without comments, layout and the names that students chose. What many have
written weighs little, for often there is one way to write it.
"""

import argparse
import ast
import itertools
import math
import sys
from collections import Counter
from pathlib import Path

import nbformat

from course.authoring.sources import ASSIGNMENTS, WORK, answer_cells
from course.work import Course

ALIKE = 0.8  # share of all statements of both that they have in common
SHOWN = 20  # pairs


def statements(source):
    """An answer's statements as a set of texts, with names in order of appearance; empty for what is no code."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()
    names = {}
    for node in ast.walk(tree):
        for field in ("id", "arg", "name"):
            if isinstance(getattr(node, field, None), str):
                setattr(node, field, names.setdefault(getattr(node, field), f"n{len(names)}"))
    simple = (node for node in ast.walk(tree) if isinstance(node, ast.stmt) and not hasattr(node, "body"))
    try:
        return frozenset(ast.dump(node) for node in simple if not is_text(node))
    except RecursionError:
        return frozenset()


def is_text(node):
    """True for a docstring, or the dots of a stub."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def answers_of(course):
    """{student: {task: statements}} of all that was graded."""
    return {
        name: {task: statements(cell.source) for task, cell in answer_cells(nbformat.reads(done.notebook, 4)).items()}
        for name, done in course.outcomes.all().items()
        if done.notebook
    }


def pairs(answers):
    """[(weight, one, another, tasks alike)], the heaviest first.

    A statement weighs the logarithm of how many times rarer it is in the class than if all had it.
    """
    written = Counter((task, each) for own in answers.values() for task, form in own.items() for each in form)
    found = []
    for one, another in itertools.combinations(sorted(answers), 2):
        both = {task: (form, answers[another].get(task, frozenset())) for task, form in answers[one].items()}
        alike = [task for task, (a, b) in both.items() if a and len(a & b) >= ALIKE * len(a | b)]
        shared = [(task, each) for task in alike for each in both[task][0] & both[task][1]]
        weight = sum(math.log(len(answers) / written[each]) for each in shared)
        if weight > 0:
            found.append((weight, one, another, alike))
    return sorted(found, key=lambda pair: (-pair[0], pair[1:3]))


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("assignment", choices=ASSIGNMENTS)
    parser.add_argument("--work", type=Path, default=WORK, help="folder of the running course")
    options = parser.parse_args(arguments)
    answers = answers_of(Course(options.work, options.assignment))
    if not answers:
        sys.exit(f"nothing is graded yet: make grade HW={options.assignment} SUBMISSIONS=...")
    found = pairs(answers)
    for weight, one, another, tasks in found[:SHOWN]:
        print(f"{weight:5.1f}  {one} and {another}: {', '.join(tasks)}")
    print(f"{len(found)} pairs of {len(answers)} students have answers alike that not all have: a hint, no verdict")


if __name__ == "__main__":
    main()

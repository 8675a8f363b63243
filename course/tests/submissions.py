"""Submissions as students make them: the released notebook with answers, and with things that should not be in it."""

import copy
import json
import re
from functools import cache

import nbformat

from course.authoring.sources import answer_cells, grade_id, read_source, solution_text, tests_by_task
from helpers.checks.exercise import Mistake


@cache
def known(assignment):
    """({function: its solution}, {function: its test cells}) of an assignment."""
    source = read_source(assignment)
    return {name: solution_text(cell) for name, cell in answer_cells(source).items()}, tests_by_task(source)


class Student:
    """What a student hands in: the released notebook of an assignment, to be filled in and damaged."""

    def __init__(self, assignment, release):
        self.assignment, self.notebook = assignment, nbformat.reads(release, as_version=4)
        self.solutions, self.tests = known(assignment)
        self.first = 0

    @property
    def tasks(self):
        """Names of the functions to be written, in order, as of the first one that is looked at."""
        names = list(self.tests)
        return names[self.first :] + names[: self.first]

    def solve(self):
        """Fill in all solutions."""
        for name, source in self.solutions.items():
            self.answer(name, source)
        return self

    def answer(self, name, source):
        """Write a function's cell."""
        answer_cells(self.notebook)[name].source = source
        return self

    def add(self, name, source):
        """Begin the body of a solved function with more lines, which must not be indented."""
        head, _, rest = self.solutions[name].partition('"""')
        docstring, _, body = rest.partition('"""')
        lines = "".join(f"    {line}\n" for line in source.splitlines())
        return self.answer(name, f'{head}"""{docstring}"""\n{lines}{body.lstrip(chr(10))}')

    def mistaken(self, name, mistake):
        """Write a function with one known mistake."""
        mistake = Mistake(*mistake)
        assert mistake.right in self.solutions[name]
        return self.answer(name, self.solutions[name].replace(mistake.right, mistake.wrong))

    def cell(self, name):
        """The cell of this grade_id."""
        return next(cell for cell in self.notebook.cells if grade_id(cell) == name)

    def insert(self, place, source):
        """Put a code cell of one's own at a place."""
        self.notebook.cells.insert(place, nbformat.v4.new_code_cell(source))
        return self

    def append(self, source):
        """Put a code cell of one's own at the end."""
        return self.insert(len(self.notebook.cells), source)

    def delete(self, name):
        """Delete the cell of this grade_id."""
        self.notebook.cells.remove(self.cell(name))
        return self

    def duplicate(self, name):
        """Copy and paste a cell, as JupyterLab does it: with the metadata, under a new id."""
        cell = self.cell(name)
        double = copy.deepcopy(cell)
        double.id = nbformat.v4.new_code_cell().id
        self.notebook.cells.insert(self.notebook.cells.index(cell) + 1, double)
        return self

    @property
    def content(self):
        """The file's bytes."""
        return nbformat.writes(self.notebook).encode()

    @property
    def raw(self):
        """The file as parsed JSON."""
        return json.loads(self.content)


def without_pictures(notebook):
    """A notebook without its pictures: few tests look at them, and each kernel would import matplotlib for them."""
    for cell in notebook.cells:
        cell.source = re.sub(r"^(from helpers\.plots .*\n|picture\((.|\n)*)", "", cell.source, flags=re.MULTILINE)
    return notebook


def write(folder, content, name):
    """Write a submission's file."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    return folder

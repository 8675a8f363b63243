"""A part of the engine: what the reader writes, what it is for, and who judges it.

The series' own version of a part is its text in `series.py`, of which the reader's file is a copy with the parts
replaced that are the reader's. A teacher's module may `register` more parts; their own version comes with them.
"""

import ast
import textwrap
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

SERIES = Path(__file__).with_name("series.py").read_text(encoding="utf-8")
PARTS = {}  # by name, in the order of the lessons
POLE = ("init_params", "train")  # what the last run of lesson 08 calls; what these need is found in their texts


@dataclass(frozen=True, eq=False)
class Draft:
    """A first version that the lesson is about to break: its text, its judge, and hints that go no further."""

    own: str
    judge: callable
    hints: tuple


@dataclass(frozen=True, eq=False)
class Part:
    """One function, or one method as 'Value.tanh', of the engine.

    lesson: as its notebook's name begins, '05b'; title: two or three words for the picture; purpose: what it does in
    the update; hints: in order; judge: takes an engine in which the part is installed and returns what is wrong in
    words, '' for nothing; work: takes an engine and lets the part do what a training would ask of it, to be timed;
    remark: takes the text of a part that is right, and returns what is to be said of it all the same, or ''.
    """

    name: str
    lesson: str
    title: str
    group: str
    purpose: str
    hints: tuple
    judge: callable
    work: callable = None
    draft: Draft = None
    remark: callable = None
    text: str = None  # the own version of a part that is not in series.py

    @property
    def own(self):
        """The series' own text, without indentation."""
        if self.text is not None:
            return self.text
        first, last = places()[self.name]
        return textwrap.dedent("".join(SERIES.splitlines(keepends=True)[first:last]))

    @property
    def function(self):
        """The function's name, without that of its class."""
        return self.name.rpartition(".")[2]

    @property
    def owner(self):
        """The class of a method, else ''."""
        return self.name.rpartition(".")[0]

    @cached_property
    def parameters(self):
        """Names of the parameters, as the lesson writes them."""
        return [argument.arg for argument in ast.parse(self.own).body[0].args.args]

    @property
    def pole(self):
        """Whether the pole of lesson 08 is balanced by means of this part."""
        return self.name in needed(*POLE)


def register(part, replace=False):
    """Add a `Part`; ValueError for a name that is taken, unless it is to be replaced."""
    if part.name in PARTS and not replace:
        raise ValueError(f"the engine has a part {part.name} already")
    PARTS[part.name] = part
    return part


@cache
def definitions():
    """The functions and methods of series.py, by name, as syntax trees."""
    found = {}
    for node in ast.parse(SERIES).body:
        members = node.body if isinstance(node, ast.ClassDef) else [node]
        prefix = f"{node.name}." if isinstance(node, ast.ClassDef) else ""
        found |= {prefix + member.name: member for member in members if isinstance(member, ast.FunctionDef)}
    return found


@cache
def places():
    """Where each function stands in series.py: (first line, last line), counted from 0, the last one not included."""
    return {name: (node.lineno - 1, node.end_lineno) for name, node in definitions().items()}


@cache
def needed(*names):
    """All functions of series.py that these names call, directly or by way of others, these included."""
    found, todo = set(), [*names]
    while todo:
        name = todo.pop()
        if name in found or name not in definitions():
            continue
        found.add(name)
        todo += [node.id for node in ast.walk(definitions()[name]) if isinstance(node, ast.Name)]
    return frozenset(found)


def engine_names():
    """Names that a part may use beside Python's own: the modules, and all functions of the engine."""
    return {"math", "np", "Value", *(name for name in (*definitions(), *PARTS) if "." not in name)}

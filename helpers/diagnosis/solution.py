"""The right function as the diagnosis knows it: what it computes inside, and what comes out if one place is changed."""

import ast
import copy
import inspect
import sys
import textwrap
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from helpers.diagnosis.edits import edits


@dataclass(frozen=True)
class Solution:
    """function: the right one; text: its source, where Python can't find it; named: names of its results."""

    function: callable
    text: str | None = None
    named: tuple = ()

    @cached_property
    def tree(self):
        """The syntax tree of the function alone, without decorators."""
        found = ast.parse(self.text or textwrap.dedent(inspect.getsource(self.function))).body[0]
        found.decorator_list = []
        return found

    @cached_property
    def results(self):
        """Names of the values of the tuple that is returned, or None where they are not all names."""
        if self.named:
            return list(self.named)
        returned = self.tree.body[-1]
        values = getattr(getattr(returned, "value", None), "elts", [])
        return [each.id for each in values] if values and all(isinstance(each, ast.Name) for each in values) else None

    @cached_property
    def variables(self):
        """Names that the function gives to values once, outside of loops, and does not return."""
        returned = (
            {node.id for node in ast.walk(self.tree.body[-1]) if isinstance(node, ast.Name)}
            if isinstance(getattr(self.tree.body[-1], "value", None), ast.Tuple | ast.Name)
            else set()
        )
        assigned = [
            t.id
            for line in self.tree.body
            if isinstance(line, ast.Assign)
            for t in line.targets
            if isinstance(t, ast.Name)
        ]
        changed = {
            node.value.id
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store) and isinstance(node.value, ast.Name)
        }
        changed |= {
            node.id
            for line in self.tree.body
            if isinstance(line, ast.For | ast.While)
            for node in ast.walk(line)
            if isinstance(node, ast.Name)
        }
        return [name for name in assigned if assigned.count(name) == 1 and name not in returned | changed]

    def inside(self, **inputs):
        """The numbers that the function uses from outside, and those that it gives a name while it computes."""
        names = self.function.__code__.co_names
        outside = {
            n: v for n, v in self.function.__globals__.items() if n in names and isinstance(v, float | np.ndarray)
        }
        seen = {}

        def look(frame, event, _):
            if event == "return" and frame.f_code is self.function.__code__:
                seen.update({n: copy.copy(v) for n, v in frame.f_locals.items() if n in self.variables})

        before = sys.getprofile()
        sys.setprofile(look)
        try:
            self.run(self.function, inputs)
        finally:
            sys.setprofile(before)
        return {**outside, **seen}

    def run(self, function, inputs):
        """The result of a function for copies of the inputs."""
        with np.errstate(all="ignore"):
            return function(*copy.deepcopy(list(inputs.values())))

    @cached_property
    def edited(self):
        """(words, function) of the right function with one place changed, the plainest first."""
        made = []
        for words, tree in edits(self.tree, self.names):
            namespace = dict(self.function.__globals__)
            exec(compile(ast.fix_missing_locations(ast.Module([tree], [])), "<edited>", "exec"), namespace)
            made.append((words, namespace[tree.name]))
        return made

    @property
    def names(self):
        """Names of numbers that may stand in each other's place: parameters, variables and numbers from outside."""
        outside = [
            n
            for n, v in self.function.__globals__.items()
            if n in self.function.__code__.co_names and isinstance(v, float)
        ]
        return [*inspect.signature(self.function).parameters, *self.variables, *outside]

"""The right function as the diagnosis knows it: what it computes inside, and what comes out if one place is changed."""

import ast
import copy
import inspect
import sys
import textwrap
import warnings
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from helpers.diagnosis.edits import edits
from helpers.diagnosis.trial import floats, packed, same

FACTORS = {1: "", -1: ", with the other sign", 2: ", times 2", 0.5: ", divided by 2"}


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
    def returned(self):
        """Names of what is returned, where it is nothing but names."""
        value = getattr(self.tree.body[-1], "value", None)
        parts = getattr(value, "elts", [value])
        return [part.id for part in parts] if all(isinstance(part, ast.Name) for part in parts) else []

    @property
    def results(self):
        """Names of the values of a tuple that is returned, or None."""
        several = isinstance(getattr(self.tree.body[-1], "value", None), ast.Tuple)
        return list(self.named) or (self.returned if several else None) or None

    @cached_property
    def variables(self):
        """Names that the function gives to values once and for all, and that it does not return."""
        lines = [line for line in self.tree.body if isinstance(line, ast.Assign)]
        assigned = [target.id for line in lines for target in line.targets if isinstance(target, ast.Name)]
        in_loops = {name for line in self.tree.body if isinstance(line, ast.For | ast.While) for name in names(line)}
        changed = in_loops | {name for node in ast.walk(self.tree) for name in stored_into(node)}
        return [n for n in assigned if assigned.count(n) == 1 and n not in changed | set(self.returned)]

    @property
    def outside(self):
        """The numbers and arrays of its module that the function uses: name -> value."""
        code, values = self.function.__code__, self.function.__globals__
        return {n: values[n] for n in code.co_names if isinstance(values.get(n), float | np.ndarray)}

    def inside(self, **inputs):
        """The numbers that the function uses from outside, and those that it gives a name while it computes."""
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
        return {**self.outside, **seen}

    @staticmethod
    def run(function, inputs):
        """The result of a function for copies of the inputs."""
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # a changed place may take the mean of nothing
            return function(*copy.deepcopy(list(inputs.values())))

    @cached_property
    def edited(self):
        """(words, function) of the right function with one place changed, the plainest first."""
        numbers = [n for n, value in self.function.__globals__.items() if isinstance(value, float)]
        variables = [*inspect.signature(self.function).parameters, *self.variables, *numbers]
        made = []
        for words, tree in edits(self.tree, variables):
            namespace = dict(self.function.__globals__)
            try:
                exec(compile(ast.fix_missing_locations(ast.Module([tree], [])), "<edited>", "exec"), namespace)
            except (SyntaxError, TypeError, ValueError):  # what is changed need not be code any more
                continue
            made.append((words, namespace[tree.name]))
        return made

    def change(self, arguments, got):
        """A sentence about which change at one place gives these results, or ''; arguments: a dict for each case."""
        comes_out = []
        for words, function in self.edited:
            try:
                made = [[floats(a) for a in packed(self.run(function, inputs))] for inputs in arguments]
            except Exception:  # a change may make anything of a function: then it is not what the reader did
                continue
            if all(each is not None for case in made for each in case):
                comes_out.append((words, made))
        for factor, times in FACTORS.items():
            for words, made in comes_out:
                if all(agree(factor, ours, yours) for ours, yours in zip(made, got, strict=True)):
                    return f"these are the numbers that come out if {words}{times}"
        return ""


def agree(factor, ours, yours):
    """True if the results of one case agree but for a factor."""
    return len(ours) == len(yours) and all(same(factor * a, b) for a, b in zip(ours, yours, strict=True))


def names(tree):
    """The names in a piece of code."""
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def stored_into(node):
    """The name of an array into which a node writes."""
    writes = isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store)
    return [node.value.id] if writes and isinstance(node.value, ast.Name) else []

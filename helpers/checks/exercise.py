"""An exercise: its solution, the known mistakes as edits of the solution's source, and the comparison with an answer.

A mistake is a replacement in the source of the solution. The same edits name a reader's mistake, alone or in pairs, and
make the wrong answers with which the tests try the checks.
"""

import copy
import inspect
import itertools
import textwrap
from dataclasses import dataclass
from functools import cached_property

import numpy as np

EXERCISES = {}


@dataclass(frozen=True)
class Mistake:
    """A known mistake: replace `right` by `wrong` in the solution's source, and say `words` to who made it."""

    name: str
    right: str
    wrong: str
    words: str


@dataclass(frozen=True)
class Exercise:
    """solution: the right function; probes: tuples of arguments; hints: in order; mistakes: the known ones."""

    solution: callable
    probes: tuple
    hints: tuple
    mistakes: tuple
    rtol: float = 1e-6
    atol: float = 1e-9

    @property
    def name(self):
        """Name of the function that the reader writes."""
        return self.solution.__name__

    @cached_property
    def source(self):
        """Source of the solution, without its decorator."""
        source = textwrap.dedent(inspect.getsource(self.solution))
        return source[source.index("def ") :]

    @cached_property
    def expected(self):
        """The solution's answers to the probes."""
        return answers(self.solution, self.probes)

    def wrong_source(self, mistakes):
        """Source with these mistakes in it, or None when they exclude each other."""
        source = self.source
        for mistake in mistakes:
            if mistake.right not in source:
                return None
            source = source.replace(mistake.right, mistake.wrong)
        return source

    def wrong_function(self, mistakes):
        """The solution with these mistakes in it, or None when they exclude each other."""
        source = self.wrong_source(mistakes)
        if source is None:
            return None
        namespace = dict(self.solution.__globals__)
        exec(source, namespace)
        return namespace[self.name]

    @cached_property
    def wrong_answers(self):
        """Answers of every known mistake and of every pair: a list of (mistakes, answers), single ones first."""
        pairs = itertools.combinations(self.mistakes, 2)
        found = []
        for mistakes in [*((mistake,) for mistake in self.mistakes), *pairs]:
            function = self.wrong_function(mistakes)
            if function is not None:
                try:
                    found.append((mistakes, answers(function, self.probes)))
                except Exception:  # two mistakes together may not run: nobody's answer looks like that
                    continue
        return found

    def same(self, some, others):
        """True if two lists of answers agree within the tolerance, shapes included."""
        return all(self.same_answer(a, b) for a, b in zip(some, others, strict=True))

    def same_answer(self, answer, other):
        """True if two answers to one probe agree within the tolerance, shapes included."""
        return len(answer) == len(other) and all(
            a.shape == b.shape and np.allclose(a, b, self.rtol, self.atol, equal_nan=True)
            for a, b in zip(answer, other, strict=True)
        )


def exercise(*, probes, hints, mistakes, **tolerances):
    """Decorate a solution to register its `Exercise`; mistakes: tuples (name, right, wrong, words)."""

    def register(solution):
        EXERCISES[solution.__name__] = Exercise(
            solution, tuple(probes), tuple(hints), tuple(itertools.starmap(Mistake, mistakes)), **tolerances
        )
        return solution

    return register


def answers(function, probes):
    """Call the function on a copy of each probe; returns for each its results as a list of float arrays."""
    with np.errstate(all="ignore"):
        return [as_arrays(function(*map(copied, probe))) for probe in probes]


def as_arrays(result):
    """One result, or each of a tuple or list of results, as a float array."""
    return [np.asarray(value, float) for value in (result if isinstance(result, tuple | list) else (result,))]


def copied(argument):
    """A copy of an array or list argument; anything else as it is."""
    return copy.deepcopy(argument) if isinstance(argument, np.ndarray | list) else argument

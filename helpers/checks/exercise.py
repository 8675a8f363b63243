"""An exercise: its solution, the known mistakes as edits of the solution's source, and the comparison with an answer.

A mistake is a replacement in the source of the solution. The same edits name a reader's mistake, alone or in pairs, and
make the wrong answers with which the tests try the checks.
"""

import inspect
import itertools
import textwrap
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from helpers.checks.answers import Comparison, answers, copied
from helpers.diagnosis import Solution

EXERCISES = {}


@dataclass(frozen=True)
class Mistake:
    """A known mistake: replace `right` by `wrong` in the solution's source, and say `words` to who made it."""

    name: str
    right: str
    wrong: str
    words: str


@dataclass(frozen=True)
class Exercise(Comparison):
    """solution: the right function; probes: tuples of arguments; hints: in order; mistakes: the known ones.

    text: the solution's source, where Python can't find it (a notebook's cell); pairs: whether two mistakes at once are
    named as well; named: names of the results, where the solution's `return` does not name them; unreal: mistakes
    that return complex numbers, which no answer may be; failing: mistakes that stop with an error; once: words for a
    right answer for which a function among the arguments was called more than once, where one call is asked; calls:
    name of what the function calls -> words for an error that comes from there; odd: a function of all answers, words
    for what none of the right ones can be, or ''; written: a function of the reader's function, words for a right
    answer that was not come by, or ''.
    """

    by_hand = True  # no formula that sympy has made

    solution: callable
    probes: tuple
    hints: tuple
    mistakes: tuple
    rtol: float = 1e-6
    atol: float = 1e-9
    text: str | None = None
    pairs: bool = True
    named: tuple = ()
    unreal: tuple = ()
    failing: tuple = ()
    once: str = ""
    calls: dict = field(default_factory=dict)
    odd: callable = None
    written: callable = None

    @property
    def name(self):
        """Name of the function that the reader writes."""
        return self.solution.__name__

    @property
    def parameters(self):
        """Names of the function's parameters."""
        return list(inspect.signature(self.solution).parameters)

    @cached_property
    def source(self):
        """Source of the solution, without its decorator."""
        source = self.text or textwrap.dedent(inspect.getsource(self.solution))
        return source[source.index("def ") :]

    @cached_property
    def expected(self):
        """The solution's answers to the probes."""
        return answers(self.solution, self.probes)

    @cached_property
    def as_solution(self):
        """The solution as the diagnosis knows it, or None where it has no source of its own."""
        return Solution(self.solution, self.source, self.named) if self.name.isidentifier() else None

    @property
    def results(self):
        """Names of the values that are returned, or None."""
        return self.as_solution.results if self.as_solution else self.named or None

    @cached_property
    def truth(self):
        """True if the answer is yes or no."""
        return bool(self.probes) and isinstance(self.solution(*map(copied, self.probes[0])), bool | np.bool_)

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

    def of_answers(self, got):
        """As in `Comparison`."""
        return self.odd(got) if self.odd else ""

    def of_complex(self, probe, result):
        """As in `Comparison`: of the known mistake that returns this."""
        for mistake in self.unreal:
            if np.allclose(self.wrong_function([mistake])(*map(copied, probe)), result, rtol=1e-6):
                return mistake.words
        return super().of_complex(probe, result)

    def of_error(self, probe, error):
        """As in `Comparison`: of the known mistake that stops with this error."""
        for mistake in self.failing:
            try:
                self.wrong_function([mistake])(*map(copied, probe))
            except Exception as other:
                if type(other) is type(error) and str(other) == str(error):
                    return mistake.words
        return super().of_error(probe, error)

    def work_out(self):
        """Compute all answers now; else it is done when they are first asked for."""
        return self.expected, self.wrong_answers

    @cached_property
    def wrong_answers(self):
        """Answers of every known mistake and of every pair: a list of (mistakes, answers), single ones first."""
        pairs = itertools.combinations(self.mistakes, 2) if self.pairs else ()
        found = []
        for mistakes in [*((mistake,) for mistake in self.mistakes), *pairs]:
            function = self.wrong_function(mistakes)
            if function is not None:
                try:
                    found.append((mistakes, answers(function, self.probes)))
                except Exception:  # two mistakes together may not run: nobody's answer looks like that
                    continue
        return found


def exercise(*, probes, hints, mistakes, unreal=(), failing=(), **tolerances):
    """Decorate a solution to register its `Exercise`; mistakes, unreal, failing: tuples (name, right, wrong, words)."""

    def register(solution):
        EXERCISES[solution.__name__] = Exercise(
            solution,
            tuple(probes),
            tuple(hints),
            tuple(itertools.starmap(Mistake, mistakes)),
            unreal=tuple(itertools.starmap(Mistake, unreal)),
            failing=tuple(itertools.starmap(Mistake, failing)),
            **tolerances,
        )
        return solution

    return register

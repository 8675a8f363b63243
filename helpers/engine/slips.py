"""Known slips in a part: edits of the series' own text, recognised by the numbers that they return."""

import copy
from dataclasses import dataclass
from functools import cached_property

from helpers.checks.exercise import Mistake
from helpers.engine.assembly import assemble
from helpers.engine.numbers import alike, leaves
from helpers.engine.part import PARTS


def call(name):
    """Return a function (E, inputs) that calls a part by position, so that its parameters may have any names."""
    return lambda E, inputs: getattr(E, name)(*inputs.values())


@dataclass(frozen=True, eq=False)
class Slips:
    """name: of the part; probes: inputs by name, the simplest first; results: names of what the part returns.

    mistakes: tuples (name, right, wrong, words), edits of the series' own text; run: (E, inputs) -> result.
    """

    name: str
    probes: tuple
    results: tuple
    mistakes: tuple = ()
    run: callable = None
    rtol: float = 1e-6
    atol: float = 1e-9

    def named(self, E):
        """Words of the known mistake that this engine's part makes, '' for any other: where another judge decides."""
        try:
            return self.known([(inputs, got, None) for inputs, got in zip(self.probes, self.answers(E), strict=True)])
        except Exception:
            return ""

    def called(self, E, inputs):
        """The result of the part for these inputs, which it may spoil."""
        return (self.run or call(self.name))(E, inputs)

    def answers(self, E):
        """The leaves of the results for all probes."""
        return [leaves(self.called(E, copy.deepcopy(inputs))) for inputs in self.probes]

    @cached_property
    def own(self):
        """What the series' own part returns."""
        return [self.called(assemble(), copy.deepcopy(inputs)) for inputs in self.probes]

    @cached_property
    def expected(self):
        """The same as lists of arrays."""
        return [leaves(result) for result in self.own]

    @cached_property
    def wrong(self):
        """For each known mistake that runs: (its words, what it returns)."""
        found = []
        for mistake in self.known_mistakes:
            try:
                found.append((mistake.words, self.answers(assemble({self.name: self.mistaken(mistake)}))))
            except Exception:  # a mistake that raises is told by what it raises
                continue
        return found

    @property
    def known_mistakes(self):
        """The mistakes, as `Mistake`."""
        return [Mistake(*each) for each in self.mistakes]

    def mistaken(self, mistake):
        """The series' own text with this mistake in it."""
        return PARTS[self.name].own.replace(mistake.right, mistake.wrong)

    def same(self, trial):
        """Whether given and right numbers of a trial agree, shapes included."""
        return alike(trial[1], trial[2], self.rtol, self.atol)

    def known(self, trials):
        """Words of the first known mistake that returns all the same numbers."""
        for words, answers in self.wrong:
            pairs = zip(trials, answers, strict=True)
            if all(alike(trial[1], answer, self.rtol, self.atol) for trial, answer in pairs):
                return words
        return ""

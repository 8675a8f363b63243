"""The usual judge of a part: what it returns for some probes, against what the series' own part returns.

First what is no numbers at all, then known mistakes by name, then the relation between given and right numbers, then
the smallest counterexample.
"""

import copy
import itertools
from dataclasses import dataclass

import numpy as np

from helpers.diagnosis import diagnose
from helpers.engine.numbers import (
    alike,
    as_asked,
    changed,
    leaves,
    leaves_or_nothing,
    misshapen,
    nesting,
    shown,
    told_apart,
)
from helpers.engine.raised import Told
from helpers.engine.slips import Slips

UNBOUNDED = "a division by 0, the logarithm of 0, or a number too large for exp"
LONG = 160  # characters of a counterexample that are still read
FEW = 6  # numbers of a list of arrays that are still shown


@dataclass(frozen=True, eq=False)
class Probing(Slips):
    """A judge by probes; inside: a function of the inputs that returns numbers in the middle of the computation.

    The rest is as in `Slips`; inside is for the diagnosis.
    """

    inside: callable = None

    def __call__(self, E):
        """Words for what is wrong in this engine, '' if nothing."""
        trials = []
        for inputs, packed, expected in zip(self.probes, self.own, self.expected, strict=True):
            handed = copy.deepcopy(inputs)
            result = as_asked(self.called(E, handed), expected)
            if words := self.no_numbers(result, packed, expected) or changed(inputs, handed):
                return words
            trials.append((inputs, leaves(result), expected))
        if all(map(self.same, trials)):
            return ""
        ways = self.known, self.exchanged, self.wrong_shape, self.relation, self.counterexample
        return next(filter(None, (way(trials) for way in ways)))

    def exchanged(self, trials):
        """Words for two results that stand in each other's place, else ''."""
        n = len(trials[0][2])
        for i, k in itertools.combinations(range(n), 2):
            order = [{i: k, k: i}.get(place, place) for place in range(n)]
            turned = (([got[place] for place in order], right) for _, got, right in trials if len(right) == n)
            if all(alike(*pair, self.rtol, self.atol) for pair in turned):
                return f"your {self.leaf(i, n)} and {self.leaf(k, n)} are exchanged: return them in the other order"
        return ""

    def wrong_shape(self, trials):
        """Words for the first array that has a wrong shape, '' if all are right."""
        for _, flat, expected in trials:
            for k, (got, right) in enumerate(zip(flat, expected, strict=True)):
                if got.shape != right.shape:
                    why = misshapen(got, right)
                    return f"{self.told(k, expected)} has the shape {got.shape}, and should have {right.shape}{why}"
        return ""

    def relation(self, trials):
        """The diagnosis, of all trials together, and the counterexample with it where that is short."""
        plain = [(inputs, *(flat[0] if len(flat) == 1 else tuple(flat) for flat in both)) for inputs, *both in trials]
        said, example = diagnose(plain, self.inside, self.results), self.counterexample(trials)
        if "numbers, those" in said and said.endswith(UNBOUNDED):  # a count over all trials, beside one of them
            broken = [trial for trial in trials if not all(np.all(np.isfinite(each)) for each in trial[1])]
            return f"{self.counterexample(broken)}. Not finite means: {UNBOUNDED}"
        return said and said + (f". {example[0].upper()}{example[1:]}" if len(example) <= LONG else "")

    def counterexample(self, trials):
        """The smallest probe at which a number is wrong, and the first wrong one of several."""
        inputs, got, right = next(trial for trial in trials if not self.same(trial))
        pairs = enumerate(zip(got, right, strict=True))
        k = next(k for k, (a, b) in pairs if not alike([a], [b], self.rtol, self.atol))
        returned, asked = told_apart(got[k], right[k])
        told = f"{self.told(k, right)} is {returned}, and should be {asked}"
        if len(right) == 1:
            told = f"it returns {returned}, and should return {asked}"
        lists = [name for name, value in inputs.items() if isinstance(value, list) and numbers_in(value) > FEW]
        given = ", ".join(f"{n} = {shown(v)}" for n, v in inputs.items() if n not in lists and not callable(v))
        more = f", and some {' and '.join(lists)}" * bool(lists)
        return f"for `{given}`{more}: {told}" if 0 < len(given) <= LONG else told

    def leaf(self, k, n):
        """The name of the k-th number or array of n; layers are counted from 1."""
        if n <= len(self.results):
            return self.results[k]
        return f"{self.results[k % len(self.results)]} of layer {k // len(self.results) + 1}"

    def told(self, k, expected):
        """The k-th number or array in words."""
        name = self.leaf(k, len(expected))
        return "the result" if len(expected) == 1 else name if name.startswith("the ") else f"your {name}"

    def no_numbers(self, result, packed, expected):
        """Words for a result that can't be compared at all; packed: as the series' own part returns it."""
        if result is None:
            return "it returned `None`: is the `return` missing?"
        try:
            flat = leaves(result)
        except Told as told:
            return str(told)
        if len(flat) != len(expected):
            names = ", ".join(self.leaf(k, len(expected)) for k in range(min(4, len(expected))))
            asked = f"{len(expected)} are asked, {names}" if len(expected) > 1 else "one is asked"
            return f"it returns {len(flat)} result{'s' * (len(flat) != 1)}; {asked}"
        if nesting(packed).count("(") > 1 and nesting(result) != nesting(packed):
            return (
                f"a list with a pair ({', '.join(self.results[:2])}) for each layer is asked; yours is packed otherwise"
            )
        for k, (got, right) in enumerate(zip(flat, expected, strict=True)):
            if got.dtype.kind == "b" and right.dtype.kind != "b":
                return f"{self.told(k, expected)} is {shown(got)}, true or false; a number is asked"
        return ""


def numbers_in(value):
    """How many numbers a list of arrays holds."""
    return sum(leaf.size for leaf in leaves_or_nothing(value))

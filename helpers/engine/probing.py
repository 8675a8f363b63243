"""The usual judge of a part: what it returns for some probes, against what the series' own part returns.

First what is no numbers at all, then known mistakes by name, then the relation between given and right numbers, then
the smallest counterexample.
"""

import copy
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from helpers.checks.exercise import Mistake
from helpers.engine.assembly import assemble
from helpers.engine.part import PARTS
from helpers.engine.raised import Told

LONG = 160  # characters of a counterexample that are still read


def diagnose(trials, inside=None, results=None):
    """What the wrong numbers are, in a sentence, or ''; trials: list of (inputs by name, got, expected)."""
    return ""


def call(name):
    """Return a function (E, inputs) that calls a part by position, so that its parameters may have any names."""
    return lambda E, inputs: getattr(E, name)(*inputs.values())


@dataclass(frozen=True, eq=False)
class Probing:
    """A judge by probes: inputs by name, the simplest first; each part of the result has a name in `results`.

    mistakes: tuples (name, right, wrong, words), edits of the series' own text; run: (E, inputs) -> result;
    inside: a function of the inputs that returns numbers in the middle of the computation, for the diagnosis.
    """

    name: str
    probes: tuple
    results: tuple
    mistakes: tuple = ()
    run: callable = None
    inside: callable = None
    rtol: float = 1e-6
    atol: float = 1e-9

    def __call__(self, E):
        """Words for what is wrong in this engine, '' if nothing."""
        trials = []
        for inputs, expected in zip(self.probes, self.expected, strict=True):
            handed = copy.deepcopy(inputs)
            result = as_asked(self.called(E, handed), expected)
            if words := self.no_numbers(result, expected) or changed(inputs, handed):
                return words
            trials.append((inputs, leaves(result), expected))
        if all(map(self.same, trials)):
            return ""
        shapes = (self.wrong_shape(got, right) for _, got, right in trials)
        return (
            self.known(trials) or next(filter(None, shapes), "") or self.relation(trials) or self.counterexample(trials)
        )

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
    def expected(self):
        """What the series' own part returns."""
        return self.answers(assemble())

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
        given = [got for _, got, _ in trials]
        agree = (
            w for w, a in self.wrong if all(alike(g, b, self.rtol, self.atol) for g, b in zip(given, a, strict=True))
        )
        return next(agree, "")

    def relation(self, trials):
        """The diagnosis, of all trials together."""
        plain = [(inputs, unpacked(got), unpacked(right)) for inputs, got, right in trials]
        return diagnose(plain, self.inside, self.results)

    def counterexample(self, trials):
        """The smallest probe at which a number is wrong, and the first wrong one of several."""
        inputs, got, right = next(trial for trial in trials if not self.same(trial))
        k = next(
            k for k, pair in enumerate(zip(got, right, strict=True)) if not alike(*zip(pair), self.rtol, self.atol)
        )
        name = f"{self.leaf(k, len(right))} is" if len(right) > 1 else "it returns"
        said = f"{name} {shown(got[k])}, and should be {shown(right[k])}"
        if len(right) == 1:
            said = f"it returns {shown(got[k])}, and should return {shown(right[k])}"
        given = ", ".join(f"{n} = {shown(value)}" for n, value in inputs.items() if not callable(value))
        return f"for `{given}` {said}" if len(given) <= LONG else said

    def leaf(self, k, n):
        """The name of the k-th number or array of n."""
        if n <= len(self.results):
            return self.results[k]
        return f"{self.results[k % len(self.results)]} of layer {k // len(self.results)}"

    def no_numbers(self, result, expected):
        """Words for a result that can't be compared at all."""
        if result is None:
            return "it returned `None`: is the `return` missing?"
        try:
            flat = leaves(result)
        except Told as told:
            return str(told)
        if len(flat) != len(expected):
            names = ", ".join(self.leaf(k, len(expected)) for k in range(min(4, len(expected))))
            asked = f"{len(expected)} are asked, {names}"
            many = "s" * (len(flat) != 1)
            return f"it returns {len(flat)} result{many}; {asked if len(expected) > 1 else 'one is asked'}"
        for k, (got, right) in enumerate(zip(flat, expected, strict=True)):
            if got.dtype.kind == "b" and right.dtype.kind != "b":
                return f"{self.told(k, expected)} is {shown(got)}, true or false; a number is asked"
        return ""

    def told(self, k, expected):
        """The k-th number or array in words."""
        return self.leaf(k, len(expected)) if len(expected) > 1 else "the result"

    def wrong_shape(self, flat, expected):
        """Words for the first array that has a wrong shape, '' if all are right."""
        for k, (got, right) in enumerate(zip(flat, expected, strict=True)):
            if got.shape != right.shape:
                why = ": an axis is lost on the way" if got.ndim < right.ndim else ""
                why = ": it is transposed" if got.ndim == 2 and got.shape == right.shape[::-1] else why
                return f"{self.told(k, expected)} has the shape {got.shape}, and should have {right.shape}{why}"
        return ""


def leaves(result):
    """All numbers and arrays of a result, lists and tuples taken apart; `Told` in words for anything else."""
    several = isinstance(result, list) and any(isinstance(each, list | tuple | np.ndarray) for each in result)
    if isinstance(result, tuple) or several:
        return [leaf for each in result for leaf in leaves(each)]
    if hasattr(result, "free_symbols"):
        raise Told(
            f"it returned a formula, `{result}`: has a name been taken from sympy's cells, not from the arguments?"
        )
    if result is None:
        raise Told("one of the things that it returns is `None`")
    try:
        array = np.asarray(result)
    except ValueError:
        array = np.array(None)
    if array.dtype.kind not in "biuf":
        raise Told(f"it returned `{result!r}`, which is not made of real numbers")
    return [array]


def as_asked(result, expected):
    """A list, or an array, where several numbers were asked in a tuple, is as good."""
    several = len(expected) > 1 and not any(right.ndim for right in expected)
    fits = several and isinstance(result, list | np.ndarray) and len(result) == len(expected)
    return tuple(result) if fits else result


def alike(some, others, rtol, atol):
    """Whether two lists of arrays agree within the tolerances."""
    return len(some) == len(others) and all(
        a.shape == b.shape and np.allclose(a, b, rtol, atol, equal_nan=True) for a, b in zip(some, others, strict=True)
    )


def unpacked(flat):
    """A single array, or the tuple of several."""
    return flat[0] if len(flat) == 1 else tuple(flat)


def changed(before, after):
    """Words for an argument that the function has changed in place, else ''."""
    for name, old in before.items():
        new = after[name]
        pairs = zip(leaves_or_nothing(old), leaves_or_nothing(new), strict=False)
        for a, b in pairs:
            if not np.array_equal(a, b, equal_nan=a.dtype.kind == "f"):
                if np.allclose(a, b, rtol=1e-9):
                    return f"it moved an entry of `{name}` there and back, and rounding left a trace: work on a copy"
                return (
                    f"it changed its argument `{name}` from {shown(a)} to {shown(b)}: `{name} -= ...` and "
                    f"`{name}[...] = ...` write into the caller's array. Work on `{name}.copy()`"
                )
    return ""


def leaves_or_nothing(value):
    """The arrays of an argument; none for a function and the like."""
    try:
        return leaves(value)
    except Told:
        return []


def shown(value):
    """A number, an array or a list of them, short enough to be read."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(shown, value))}]"
    array = np.asarray(value)
    if array.dtype.kind == "b":
        return str(array.tolist())
    text = f"{array:.6g}" if array.ndim == 0 else np.array2string(array, precision=4, separator=", ")
    return " ".join(text.split()) if array.size <= 12 else f"an array {array.shape}"

"""`check(your_function)`, `check.hint()`, `check.solution()` and `check.lend(your_function)`: what the reader calls."""

import dis
import inspect

import numpy as np

from helpers.checks.answers import Counted, as_arrays, copied, is_formula, listed, reals
from helpers.checks.counterexample import as_text, difference, places, relation, shown, smallest, told
from helpers.checks.exercise import EXERCISES
from helpers.checks.failure import at_call, behind, made_by_sympy, sympy_names, unused
from helpers.checks.results import Text, Verdict, one_of_many

BACK = "Work on a copy: even moving an entry there and back may leave a trace, since floats are rounded."
COPY = "An assignment to `{0}[...]`, `{0} -= ...` and the like write into the caller's array: start from `{0}.copy()`."


class Checker:
    """Where answers are checked. It finds the exercise by the name of the function."""

    def __init__(self, exercises):
        self.exercises, self.latest, self.hints_given = exercises, None, {}

    @one_of_many
    def __call__(self, function):
        """Compare the reader's function with the solution; returns a `Verdict` and never raises for a wrong answer."""
        name = getattr(function, "__name__", None)
        if not callable(function) or name not in self.exercises:
            return Verdict(
                "wrong", f"check needs one of the lesson's functions, by its own name; this is {function!r}."
            )
        self.latest = name
        return judge(self.exercises[name], function)

    def lend(self, function):
        """Return the reader's function if it is right, else the solution: a lesson can go on with it.

        Raises ValueError for a graded task, whose solution is not here.
        """
        exercise = self._find(function)
        if judge(exercise, function).status == "correct":
            return function
        if not exercise.source:
            raise ValueError(f"the solution of {exercise.name} is with the teacher: it can't be lent")
        return exercise.solution

    @one_of_many
    def hint(self, function=None):
        """Return the next hint for this exercise, or for the one checked last."""
        exercise = self._find(function)
        given = self.hints_given.get(exercise.name, 0)
        self.hints_given[exercise.name] = given + 1
        if given >= len(exercise.hints):
            whole = f" `check.solution({exercise.name!r})` shows the whole." if exercise.source else ""
            return Text(f"That was the last hint.{whole}")
        return Text(f"Hint {given + 1} of {len(exercise.hints)}: {exercise.hints[given]}")

    @one_of_many
    def solution(self, function=None):
        """Return the source of the solution of this exercise, or of the one checked last."""
        source = self._find(function).source
        return Text(f"```python\n{source}```" if source else "This task is graded: its solution is with the teacher.")

    def _find(self, function):
        name = getattr(function, "__name__", function) or self.latest
        if name not in self.exercises:
            raise ValueError(f"name the exercise's function, one of: {', '.join(self.exercises)}")
        return self.exercises[name]


def judge(exercise, function):
    """Return the `Verdict` on a function written for this exercise."""
    if is_stub(function):
        return Verdict("not attempted", "Replace the dots with your code.")
    if exercise.by_hand and (name := made_by_sympy(function)):
        return Verdict("wrong", f"`{name}` is a function that sympy has made. Here the formula is to be yours.")
    got, often = [], False
    for probe, expected in zip(exercise.probes, exercise.expected, strict=True):
        arguments = tuple(Counted(a) if exercise.once and callable(a) else copied(a) for a in probe)
        try:
            with np.errstate(all="ignore"):
                result = listed(function(*arguments))
        except (Exception, SystemExit) as error:
            if words := exercise.calls and unused(function, exercise.solution):
                return Verdict("wrong", f"{words} It stopped with `{type(error).__name__}`.")
            if words := at_call(function, error, exercise.calls):
                return Verdict("wrong", f"{words} Yours stopped there, with `{type(error).__name__}`.")
            said = f"your function raised `{type(error).__name__}: {error}`."
            words = exercise.of_error(probe, error) or behind(function, error, is_stub)
            return Verdict("wrong", f"{told(exercise, probe, said)} {words}".strip())
        if result is None:
            return Verdict("wrong", "Your function returned `None`: is the `return` missing?")
        for name, now, before in zip(exercise.parameters, arguments, probe, strict=True):
            if not _equal(now, before):
                return Verdict("wrong", _changed(name, before, now))
        if is_formula(result) and not is_formula(probe):
            names = sympy_names(function)
            whose = f"{names} is sympy's, from an earlier cell" if names else "a name in it is sympy's"
            return Verdict(
                "wrong", f"You returned a formula, `{result}`, and no number: {whose}. Compute with the arguments."
            )
        try:
            got.append(as_arrays(_packed_like(expected, result)))
        except (AttributeError, TypeError, ValueError):  # what is no number has its own ways to say so
            if isinstance(result, complex | np.complexfloating):
                return Verdict("wrong", exercise.of_complex(probe, result))
            asked = f" Return {' and '.join(exercise.named)}." if len(exercise.named) == 2 else ""
            if isinstance(result, tuple | list) and any(hasattr(each, "grad") for each in result):
                asked = " A Value holds what has arrived in `.grad`: return that of each."
            return Verdict("wrong", f"Your function returned `{result!r}`, which is not made of real numbers.{asked}")
        often = often or any(isinstance(a, Counted) and a.calls > 1 for a in arguments)
    verdict = _compare(exercise, got)
    if verdict.status == "wrong" and exercise.calls and (words := unused(function, exercise.solution)):
        return Verdict("wrong", f"{words} {verdict.message}")
    if verdict.status == "correct" and exercise.written and (words := exercise.written(function)):
        return Verdict("wrong", words)
    return Verdict("wrong", exercise.once) if often and verdict.status == "correct" else verdict


def _packed_like(expected, result):
    """A list where an array was asked, or an array where a tuple was, is as good."""
    if len(expected) == 1 and isinstance(result, list):
        return reals(result)
    if len(expected) > 1 and isinstance(result, np.ndarray) and result.shape == (len(expected),):
        return tuple(result)
    return result


def _compare(exercise, got):
    if exercise.same(got, exercise.expected):
        return Verdict("correct", "")
    for mistakes, wrong in exercise.wrong_answers:
        if exercise.same(got, wrong):
            text = (
                mistakes[0].words if len(mistakes) == 1 else "Two things. " + " And: ".join(m.words for m in mistakes)
            )
            return Verdict("mistake", text, tuple(m.name for m in mistakes))
    if words := exercise.of_answers(got):
        return Verdict("wrong", words)
    probe, answer, expected = smallest(exercise, got)
    if not probe:
        returned = ", ".join(shown(exercise, each) for each in answer)
        returned = returned if len(answer) == 1 else f"({returned})"
        return Verdict("wrong", f"Your function returns `{returned}`. {places(exercise, answer, expected)}")
    said = relation(exercise, got)
    if said and [a.shape for a in answer] != [e.shape for e in expected]:
        return Verdict("wrong", said.strip())
    return Verdict("wrong", said + told(exercise, probe, difference(exercise, answer, expected)))


def _changed(name, before, now):
    """Words for an argument that a function has changed in place."""
    said = f"Your function changed its argument `{name}`"
    if not isinstance(before, np.ndarray) or before.shape != now.shape:
        return f"{said}. Work on a copy."
    if np.allclose(before, now, 1e-9, 1e-9):
        return f"{said}. {BACK}"
    i = tuple(np.argwhere(before != now)[0])
    where = f"at {[int(k) for k in i]} " if before.size > 12 else ""
    was, is_now = (as_text(np.asarray(a[i] if where else a)) for a in (before, now))
    return f"{said}: {where}it was `{was}`, and is `{is_now}` now. {COPY.format(name)}"


def is_stub(function):
    """True for a function whose body is nothing but a docstring and dots."""

    def stub():
        """Do nothing."""
        ...

    return inspect.isfunction(function) and _instructions(function) == _instructions(stub)


def _instructions(function):
    return [(i.opname, None if i.opname == "RESUME" else i.argval) for i in dis.get_instructions(function)]


def _equal(a, b):
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(_equal(a[name], b[name]) for name in a)
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(_equal, a, b))
    return np.array_equal(a, b, equal_nan=a.dtype.kind == "f") if isinstance(a, np.ndarray) else a is b or a == b


check = Checker(EXERCISES)

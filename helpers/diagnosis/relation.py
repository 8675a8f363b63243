"""The relation between the results of all trials and the right ones: which claims are tried, and in which order."""

from functools import cached_property

import numpy as np

from helpers.diagnosis.factor import factors, product_factors, sign
from helpers.diagnosis.function import functions, itself
from helpers.diagnosis.numbers import Numbers
from helpers.diagnosis.order import orders
from helpers.diagnosis.partly import partly, unbounded
from helpers.diagnosis.shape import shapes
from helpers.diagnosis.term import product_terms, terms
from helpers.diagnosis.totals import direction, own_factors, totals
from helpers.diagnosis.where import cases
from helpers.diagnosis.words import number

IN_PLACES = 2.5  # digits that the numbers must have before something is said of their places: zeros and ones have few


class Relation:
    """The relation of the results of some trials to the right ones; what is said first is not looked for twice."""

    def __init__(self, trials):
        self.trials, self.wrong = trials, [t for t in trials if not t.right]
        self.empty = any(t.expected.size == 0 or t.got.size == 0 for t in trials)
        self.shaped = {t.got.shape == t.expected.shape for t in self.wrong}

    @cached_property
    def plain(self):
        """A sentence that is true of all wrong trials and says at once what is to be done, or ''."""
        if not self.wrong or self.empty:
            return ""
        if self.shaped != {True}:
            return shapes(self.wrong) if self.shaped == {False} else ""
        return self.all.plain or (self.of_wrong(self.some.plain) if self.some and self.some.plain else "")

    @property
    def full(self):
        """A sentence that is true of all wrong trials, or ''."""
        if self.plain or not self.wrong or self.empty or self.shaped != {True}:
            return self.plain
        return self.all.full or (self.of_wrong(self.some.full) if self.some else "")

    @cached_property
    def all(self):
        """What is said of all trials."""
        return Claims(self.trials)

    @cached_property
    def some(self):
        """What is said of the wrong trials alone, where others are right."""
        return Claims(self.wrong, whole=False) if len(self.wrong) < len(self.trials) else None

    def of_wrong(self, said):
        """What is said of the wrong trials, with a condition that tells them from the right ones."""
        zeros = not any(t.expected.any() for t in self.wrong)
        telling = [t for t in self.trials if t.right and (zeros or t.expected.any())]  # a 0 is right whatever is wrong
        where = cases(telling, self.wrong) if telling else ""
        if said and telling:
            rest = f" (in {len(self.wrong)} of {len(self.trials)} cases; the others are right)"
            return said + (f"; {where}" if where else rest)
        if said or not where:
            return said
        return where.replace("this is so", "wrong") if where.startswith("this") else f"{where}, elsewhere not"


class Claims:
    """What is claimed of some trials; whole: True if these are all trials, not the wrong ones alone."""

    def __init__(self, trials, whole=True):
        self.trials, self.whole = trials, whole

    @cached_property
    def numbers(self):
        """The numbers of the trials."""
        return Numbers.of(self.trials)

    @cached_property
    def plain(self):
        """The first claim that says at once what is to be done, or ''."""
        broken = [~np.isfinite(t.got) & np.isfinite(t.expected) for t in self.trials]
        if any(mask.any() for mask in broken):
            return unbounded(broken, self.trials)
        return self.first(plain_claims(self.trials, self.numbers, self.whole)) if self.finite else ""

    @property
    def full(self):
        """The first claim of all, or ''."""
        return self.plain or (self.first(more_claims(self.trials, self.numbers)) if self.finite else "")

    @cached_property
    def finite(self):
        """True if all numbers are finite."""
        return all(np.isfinite(t.expected).all() and np.isfinite(t.got).all() for t in self.trials)

    def first(self, claims):
        """The first claim that is true of all these trials and for which they are evidence enough, or ''."""
        return next((said for digits, said in claims if digits <= self.numbers.evidence), "")


def plain_claims(trials, numbers, whole):
    """Claims (digits needed, sentence) that say at once what is to be done, the most telling first.

    whole: True if these are all trials, not the wrong ones alone.
    """
    yield from constant(trials) if whole else ()
    yield from sign(numbers)
    yield from ((IN_PLACES, said) for said in orders(trials))
    yield from factors(numbers)
    yield from itself(numbers, numbers.named)
    yield from terms(numbers)
    yield from functions(numbers)


def more_claims(trials, numbers):
    """The other claims (digits needed, sentence), the most telling first."""
    yield from product_terms(numbers)
    yield from itself(numbers, numbers.products)
    yield from ((0, said) for said in partly(trials, numbers))
    yield from product_factors(numbers)
    yield from ((0, said) for claims in (totals, direction, own_factors) for said in claims(trials))
    yield from nearly(numbers)


def constant(trials):
    """Claims that the result is the same whatever the arguments are."""
    value = trials[0].got.flat[0]
    if len(trials) > 1 and all(np.all(t.got == value) for t in trials) and len({str(t.expected) for t in trials}) > 1:
        yield 0, f"you return {number(value)} in every case, whatever the arguments are"
    elif trials[0].expected.size > 1 and all(not t.got.any() for t in trials):
        yield 0, "all your numbers are 0"


def nearly(numbers):
    """Claims that the numbers are right to a few digits."""
    error = np.max(np.abs(numbers.got - numbers.expected) / np.maximum(np.abs(numbers.expected), 1e-300))
    if error < 0.005:
        yield 0, f"right to about {int(-np.log10(2 * error))} digits: something is rounded, or an approximation"

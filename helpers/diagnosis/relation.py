"""The relation between the results of all trials and the right ones: which claims are tried, and in which order."""

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


def relation(trials, plain=False):
    """A sentence that is true of all wrong trials, or ''; plain: only what says at once what is to be done."""
    wrong = [t for t in trials if not t.right]
    if not wrong or any(t.expected.size == 0 or t.got.size == 0 for t in trials):
        return ""
    shaped = {t.got.shape == t.expected.shape for t in wrong}
    if shaped != {True}:
        return shapes(wrong) if shaped == {False} else ""
    return first(trials, plain) or in_some(trials, wrong, plain)


def in_some(trials, wrong, plain):
    """A sentence that is true of the wrong trials alone, with a condition that tells them from the right ones."""
    if len(wrong) == len(trials):
        return ""
    zeros = not any(t.expected.any() for t in wrong)
    telling = [t for t in trials if t.right and (zeros or t.expected.any())]  # a 0 is right whatever is wrong
    where = cases(telling, wrong) if telling else ""
    said = first(wrong, plain, whole=False)
    if said and telling:
        rest = f"; {where}" if where else f" (in {len(wrong)} of {len(trials)} cases; the others are right)"
        return said + rest
    if said or plain or not where:
        return said
    return where.replace("this is so", "wrong") if where.startswith("this") else f"{where}, elsewhere not"


def first(trials, plain, whole=True):
    """The first claim that is true of all these trials and for which they are evidence enough, or ''."""
    broken = [~np.isfinite(t.got) & np.isfinite(t.expected) for t in trials]
    if any(mask.any() for mask in broken):
        return unbounded(broken, trials)
    if not all(np.isfinite(t.expected).all() and np.isfinite(t.got).all() for t in trials):
        return ""
    numbers = Numbers.of(trials)
    claims = plain_claims(trials, numbers, whole) if plain else all_claims(trials, numbers, whole)
    return next((said for digits, said in claims if digits <= numbers.evidence), "")


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


def all_claims(trials, numbers, whole):
    """All claims (digits needed, sentence), the most telling first."""
    yield from plain_claims(trials, numbers, whole)
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

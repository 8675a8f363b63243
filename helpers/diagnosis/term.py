"""Your numbers are the right ones plus something."""

from dataclasses import replace

import numpy as np

from helpers.diagnosis.factor import factors, sign
from helpers.diagnosis.numbers import fitting, needed
from helpers.diagnosis.trial import close
from helpers.diagnosis.words import number, simple

FACTORS = ("1 − {}", "{}²", "1 − {}²", "the slope of tanh at {}", "the slope of σ at {}")  # forms that factors have


def terms(numbers):
    """Claims (digits needed, sentence): a term that is missing, one too many, or of the wrong sign."""
    missing = numbers.expected - numbers.got
    yield from constants(numbers, missing)
    yield from named(numbers, numbers.named, missing)


def product_terms(numbers):
    """Claims (digits needed, sentence): a term that is a product, or stands there with a wrong factor."""
    missing = numbers.expected - numbers.got
    yield from apart(numbers)
    yield from named(numbers, numbers.products, missing)
    yield from without_factor(numbers, missing)
    yield from products_of_two(numbers, missing)


def constants(numbers, missing):
    """The same number is missing everywhere."""
    d = missing[0]
    if np.all(close(missing, d)) and (simple(abs(d)) or numbers.different >= 3):
        yield (
            0 if numbers.different > 1 else 3,
            f"{numbers.all} is {simple(abs(d)) or number(abs(d))} too {'small' if d > 0 else 'large'}",
        )


def named(numbers, candidates, missing):
    """One of the candidates is to be added or subtracted, or has the wrong sign."""
    cost = needed(4 * len(candidates))
    for q in fitting(candidates, missing):
        yield cost, f"with {q.name} added, {numbers.all} would be right"
    for q in fitting(candidates, -missing):
        yield cost, f"with {q.name} subtracted, {numbers.all} would be right"
    for q in fitting(candidates, missing / 2) + fitting(candidates, -missing / 2):
        yield cost, f"{numbers.all} comes out as if the term {q.name} had the other sign"


def apart(numbers):
    """What is left of both without one of the inputs differs by a factor."""
    for q in numbers.plain:
        if q.is_input and not np.all(close(q.values, 0)):
            rest = numbers.without(q)
            for cost, said in (*sign(rest), *factors(rest)):
                yield cost + 1, f"apart from {q.name}, {said}"


def without_factor(numbers, missing):
    """A term that stands there without its factor, or with one too many: q for c · q."""
    inputs = [q for q in numbers.plain if q.is_input]
    some = inputs + numbers.products
    cost = needed(2 * len(some) * len(inputs))
    for c in inputs:
        candidates = [replace(q, values=q.values * (c.values - 1)) for q in some]
        for q in fitting(candidates, missing) + fitting(candidates, -missing):
            yield cost, f"{numbers.all} comes out as if the factor {c.name} of {q.name} were missing, or one too many"


def products_of_two(numbers, missing):
    """The product of two named quantities, one of them perhaps a function of an input, is missing or too many."""
    smooth = [q for q in numbers.named if q.is_input or q.form in FACTORS]
    cost = needed(2 * len(smooth) * len(numbers.plain))
    for p in numbers.plain:
        candidates = [
            replace(q, name=f"{p.name} times {q.name}", values=p.values * q.values) for q in smooth if q is not p
        ]
        for word, target in (("added", missing), ("subtracted", -missing)):
            for q in fitting(candidates, target):
                yield cost, f"with {q.name} {word}, {numbers.all} would be right"

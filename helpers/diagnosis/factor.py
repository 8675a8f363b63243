"""Your numbers are the right ones times something."""

import numpy as np

from helpers.diagnosis.numbers import needed
from helpers.diagnosis.trial import close
from helpers.diagnosis.words import number, simple


def factors(numbers):
    """Claims (digits needed, sentence): a sign, a simple factor, or a named one."""
    g, e = numbers.got, numbers.expected
    if not e.any() or not g.any():
        return
    both = e != 0
    with np.errstate(all="ignore"):
        k = (g[both] / e[both])[0]
    constant = bool(np.all(close(g, k * e))) and abs(k) > 1e-9 and k != -1
    if constant and min(abs(abs(k) - 2), abs(abs(k) - 0.5)) < 1e-6:
        yield alone(numbers), by_constant(numbers, k)
    yield from by_name(numbers, numbers.named)
    if constant and (simple(max(abs(k), 1 / abs(k))) or numbers.different >= 3):
        yield alone(numbers), by_constant(numbers, k)
    yield from by_name(numbers, numbers.powers)


def sign(numbers):
    """Claims (digits needed, sentence): the sign is flipped."""
    if numbers.expected.any() and np.all(close(numbers.got, -numbers.expected)):
        yield 0, f"the size of {numbers.all} is right, the sign is flipped"


def product_factors(numbers):
    """Claims (digits needed, sentence): a product of named quantities, or one of them in the place of another."""
    yield from by_name(numbers, numbers.products)
    yield from by_exchange(numbers)


def alone(numbers):
    """Digits that a constant needs: a single pair of numbers always has one, and so it must be exact in many digits."""
    return 0 if numbers.different > 1 else 3


def by_constant(numbers, k):
    """A factor that is the same everywhere."""
    size = max(abs(k), 1 / abs(k))
    flipped = ", and the sign is flipped" if k < 0 else ""
    return f"{numbers.all} is {simple(size) or number(size)} times too {'large' if abs(k) > 1 else 'small'}{flipped}"


def by_name(numbers, candidates):
    """A factor among the candidates that is missing, or one too many."""
    if not candidates:
        return
    g, e, cost = numbers.got, numbers.expected, needed(4 * len(candidates))
    values = np.stack([q.values for q in candidates])
    divides = np.all(values[:, e != 0] != 0, axis=1)  # a factor 0 makes 0 of a number, which no division brings back
    for flip, also in ((1, ""), (-1, ", and with the other sign,")):
        times = close(flip * g * values, e).all(axis=1)
        over = close(flip * e * values, g).all(axis=1) & divides
        for way, fits in (("multiplied", times), ("divided", over)):
            for k in np.flatnonzero(fits):
                yield cost, f"{way} by {candidates[k].name}{also} {numbers.all} would be right"


def by_exchange(numbers):
    """One quantity as a factor in the place of another: of the same input, or made of another in the same way."""
    here = numbers.expected != 0
    some = [q for q in numbers.named if np.all(q.values[here] != 0)]
    if not some or not here.any() or np.any(numbers.got[~here]):
        return
    values, cost = np.stack([q.values[here] for q in some]), needed(2 * len(some) ** 2)
    ratio = numbers.got[here] / numbers.expected[here]
    for flip, also in ((1, ""), (-1, ", with the other sign,")):
        for right in some:
            for k in np.flatnonzero(close(values, flip * ratio * right.values[here]).all(axis=1)):
                q = some[k]
                if q is not right and (q.of == right.of or q.form == right.form):
                    place = f"stood as a factor in the place of {right.name}"
                    yield cost, f"{numbers.all} comes out as if {q.name}{also} {place}"

"""`diagnose`: one sentence about how all wrong results differ from the right ones.

It knows nothing of the task and only compares arrays, so what it says can be recomputed. Each relation is tried on all
trials together; one that is among many tried ones counts only if the numbers have digits enough that it is no chance.
"""

import numpy as np

from helpers.diagnosis.factor import factors, product_factors, sign
from helpers.diagnosis.function import functions, itself
from helpers.diagnosis.numbers import Numbers
from helpers.diagnosis.order import orders
from helpers.diagnosis.shape import shapes
from helpers.diagnosis.term import product_terms, terms
from helpers.diagnosis.totals import own_factors, totals
from helpers.diagnosis.trial import Trial, close, packed, same
from helpers.diagnosis.truth import truths
from helpers.diagnosis.where import cases, entries, some
from helpers.diagnosis.words import counted, listed, number

FACTORS = {1: "", -1: ", with the other sign", 2: ", times 2", 0.5: ", divided by 2"}


def diagnose(trials, inside=None, results=None, solution=None):
    """Return one sentence that is true of every wrong trial, or '' where no relation is seen or nothing is wrong.

    trials: list of (inputs, got, expected): inputs a dict from name to number or array, the others what a function
    returned and should have returned, a number, an array, or a tuple of them. inside: a function of the inputs that
    returns a dict of values inside the computation, such as the hidden h. results: names of the values of a tuple.
    solution: the right function as a `Solution`, of which inside and results follow; then what comes out if one place
    of it is changed is compared as well.
    """
    inside = inside or (solution.inside if solution else dict)
    results = results or (solution.results if solution else None)
    arguments = [inputs for inputs, _, _ in trials]
    trials = [(inputs, inputs | without(inside(**inputs), inputs), packed(g), packed(e)) for inputs, g, e in trials]
    if not trials:
        return ""
    size = len(trials[0][3])
    for *_, got, expected in trials:
        if len(got) != len(expected):
            return f"you return {counted(len(got))}, and {counted(len(expected))} {'is' if len(expected) == 1 else 'are'} asked"
    names = (
        list(results or ())
        if results and len(results) == size
        else [f"value {k} of {size}" for k in range(1, size + 1)]
    )
    values = [[(inputs, known, g[k], e[k]) for inputs, known, g, e in trials] for k in range(size)]
    off = [wrong(each) for each in values]
    if not any(off):
        return ""
    plain = [one(each, plain=True) for each in values]
    if all(text or not ill for text, ill in zip(plain, off, strict=True)):
        return exchanged(values, names) or together(plain, off, names)
    return (
        exchanged(values, names)
        or (one_change(solution, arguments, [g for *_, g, _ in trials]) if solution else "")
        or together([first or one(each) for first, each in zip(plain, values, strict=True)], off, names)
    )


def one_change(solution, arguments, got):
    """A sentence about what comes out if one place of the solution is changed, or ''."""
    comes_out = []
    for words, function in solution.edited:
        try:
            made = [[np.asarray(a, float) for a in packed(solution.run(function, i))] for i in arguments]
        except Exception:  # a change may make anything of a function: then it is not what the reader did
            continue
        comes_out.append((words, made))
    for k, times in FACTORS.items():
        for words, made in comes_out:
            if all(
                len(m) == len(g) and all(same(k * a, b) for a, b in zip(m, g, strict=True))
                for m, g in zip(made, got, strict=True)
            ):
                return f"these are the numbers that come out if {words}{times}"
    return ""


def without(values, names):
    """The values whose names are not among the names."""
    return {name: value for name, value in values.items() if name not in names}


def wrong(values):
    """True if one of several values is wrong somewhere."""
    return not all(same(g, e) for *_, g, e in values)


def exchanged(values, names):
    """A sentence about two values that stand in each other's place, or ''."""
    for a in range(len(values)):
        for b in range(a):
            pairs = list(zip(values[a], values[b], strict=True))
            if wrong(values[a]) and all(same(x[-2], y[-1]) and same(y[-2], x[-1]) for x, y in pairs):
                return f"{names[b]} and {names[a]} are exchanged: return them in the other order"
    return ""


def together(said, off, names):
    """The sentences about the wrong values as one: what is right, and what is said of the others."""
    right = [name for name, each in zip(names, off, strict=True) if not each]
    ill = [(name, text) for name, text, each in zip(names, said, off, strict=True) if each]
    if not ill or len(names) == 1:
        return ill[0][1] if ill else ""
    rest = f" ({listed(right)}: right)" if right else ""
    texts = {}
    for name, text in ill:
        texts.setdefault(text, []).append(name)
    if list(texts) == [""]:
        return f"only {listed([name for name, _ in ill])} {'is' if len(ill) == 1 else 'are'} wrong" if right else ""
    return "; ".join(f"{listed(who)}: {text or 'wrong'}" for text, who in texts.items()) + rest


def one(values, plain=False):
    """The sentence about a single value in all trials; plain: only relations that need no further thought."""
    if all(isinstance(each, bool | np.bool_) for *_, each in values):
        return truths([(inputs, g, e) for inputs, _, g, e in values], plain)
    try:
        trials = [Trial(i, np.asarray(g, float), np.asarray(e, float), known) for i, known, g, e in values]
    except (TypeError, ValueError):
        return ""
    wrong = [t for t in trials if not t.right]
    if not wrong or any(t.expected.size == 0 for t in trials):
        return ""
    shaped = {t.got.shape == t.expected.shape for t in wrong}
    if shaped == {False}:
        return shapes(wrong)
    if len(shaped) > 1:
        return ""
    tried = plain_claims if plain else all_claims
    return relation(trials, tried) or in_some(trials, wrong, tried, plain)


def in_some(trials, wrong, tried, plain):
    """A sentence that is true of the wrong trials alone, with a condition that tells them from the right ones."""
    telling = [t for t in trials if t.right and (t.expected.any() or not any(w.expected.any() for w in wrong))]
    if not any(t.right for t in trials):
        return ""
    where = cases(telling, wrong) if telling else ""
    said = relation(wrong, lambda some, numbers: tried(some, numbers, whole=False))
    if said and not telling:
        return said
    if said:
        return f"{said}; {where}" if where else f"{said} (in {len(wrong)} of {len(trials)} cases; the others are right)"
    if plain or not where:
        return ""
    return where.replace("this is so", "wrong") if where.startswith("this") else f"{where}, elsewhere not"


def relation(trials, claims):
    """The first of the claims that is true of all trials, or ''."""
    broken = [~np.isfinite(t.got) & np.isfinite(t.expected) for t in trials]
    if any(mask.any() for mask in broken):
        return unbounded(broken, trials) if all(m.any() or t.right for m, t in zip(broken, trials, strict=True)) else ""
    if not all(np.isfinite(t.expected).all() and np.isfinite(t.got).all() for t in trials):
        return ""
    numbers = Numbers.of(trials)
    for claim in claims(trials, numbers):
        cost, said = claim if isinstance(claim, tuple) else (0, claim)
        if cost <= numbers.evidence:
            return said
    return ""


def plain_claims(trials, numbers, whole=True):
    """What may be true of the trials and says at once what is to be done: sentences, or (digits needed, sentence).

    whole: True if these are all trials, not the wrong ones alone.
    """
    yield from constant(trials) if whole else ()
    yield from sign(numbers)
    yield from orders(trials)
    yield from factors(numbers)
    yield from itself(numbers, numbers.named)
    yield from terms(numbers)
    yield from functions(numbers)


def all_claims(trials, numbers, whole=True):
    """Everything that may be true of the trials, the most telling first."""
    yield from plain_claims(trials, numbers, whole)
    yield from product_terms(numbers)
    yield from itself(numbers, numbers.products)
    yield from partly(trials, numbers)
    yield from product_factors(numbers)
    yield from totals(trials)
    yield from own_factors(trials)
    yield from nearly(numbers)


def constant(trials):
    """The same result whatever the arguments are."""
    first = trials[0].got.flat[0]
    if len(trials) > 1 and all(np.all(t.got == first) for t in trials) and len({str(t.expected) for t in trials}) > 1:
        yield f"you return {number(first)} in every case, whatever the arguments are"
    elif trials[0].expected.size > 1 and all(not t.got.any() for t in trials):
        yield "all your numbers are 0"


def partly(trials, numbers):
    """Some entries are wrong and others right: which, and what is the matter with those."""
    masks = [~close(t.got, t.expected) for t in trials]
    flat = np.concatenate([m.ravel() for m in masks])
    # A 0 that is right by itself says nothing, unless it is zeros that are wrong
    zero_matters = not np.any(numbers.expected[flat])
    matter = [m | (t.expected != 0) | zero_matters for m, t in zip(masks, trials, strict=True)]
    if numbers.scalar or all(np.array_equal(m, c) for m, c in zip(masks, matter, strict=True)):
        return
    where = entries(masks, trials, matter)
    off = numbers.where(flat)
    if not where and not all(m.any() and not m.all() for m in masks):
        return
    more = next(
        (said for cost, said in (*factors(off), *terms(off), *itself(off, off.named)) if cost <= off.evidence), ""
    )
    if np.all(off.got == off.got[0]) and not more.startswith("the size"):
        more = f"there you have {number(off.got[0])}"
    if where:
        yield (
            f"right everywhere but {where.removeprefix('everywhere but ')}" + (f": {more}" if more else "")
            if not where.startswith("everywhere")
            else f"wrong {where}" + (f": {more}" if more else "")
        )
    elif more:
        yield f"{flat.sum()} of {flat.size} numbers are wrong, in the first case those {some(masks)}: {more}"


def unbounded(broken, trials):
    """Entries that are not finite."""
    where = entries(broken, trials)
    if all(m.all() for m, t in zip(broken, trials, strict=True) if not t.right):
        what = "your numbers are" if trials[0].expected.ndim else "your number is"
    else:
        what = f"{sum(m.sum() for m in broken)} of {sum(m.size for m in broken)} numbers, those {where or some(broken)}, are"
    return f"{what} not finite: a division by 0, the logarithm of 0, or a number too large for exp"


def nearly(numbers):
    """Right to a few digits."""
    error = np.max(np.abs(numbers.got - numbers.expected) / np.maximum(np.abs(numbers.expected), 1e-300))
    if error < 0.005:
        yield f"right to about {int(-np.log10(2 * error))} digits: something is rounded, or an approximation"

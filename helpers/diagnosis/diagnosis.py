"""`diagnose`: one sentence about how all wrong results differ from the right ones.

It knows nothing of the task and only compares arrays, so what it says can be recomputed. Each relation is tried on all
trials together; one that is among many tried ones counts only if the numbers have digits enough that it is no chance.
"""

import numpy as np

from helpers.diagnosis.relation import Relation
from helpers.diagnosis.totals import direction
from helpers.diagnosis.trial import Trial, floats, packed, same
from helpers.diagnosis.truth import Truths
from helpers.diagnosis.words import counted, listed


@np.errstate(all="ignore")
def diagnose(trials, inside=None, results=None, solution=None):
    """Return one sentence that is true of every wrong trial, or '' where no relation is seen or nothing is wrong.

    trials: list of (inputs, got, expected): inputs a dict from name to number or array, the others what a function
    returned and should have returned, a number, an array, or a tuple of them. inside: a function of the inputs that
    returns a dict of values inside the computation, such as the hidden h. results: names of the values of a tuple.
    solution: the right function as a `Solution`, of which inside and results follow; then what comes out if one place
    of it is changed is compared as well.
    """
    if solution:
        inside, results = inside or solution.inside, results or solution.results
    trials = [(inputs, packed(got), packed(expected)) for inputs, got, expected in trials]
    size = len(trials[0][2]) if trials else 0
    for _, got, expected in trials:
        if len(got) != len(expected):
            return f"you return {counted(len(got))}, and {counted(size)} {'is' if size == 1 else 'are'} asked"
    known = [{**inputs, **(inside(**inputs) if inside else {}), **inputs} for inputs, _, _ in trials]
    columns = [[(i, g[k], e[k], more) for (i, g, e), more in zip(trials, known, strict=True)] for k in range(size)]
    names = list(results or ()) if len(results or ()) == size else [f"value {k + 1} of {size}" for k in range(size)]
    off = [not all(same(g, e) for _, g, e, _ in column) for column in columns]
    if not any(off):
        return ""
    found = [about(column) for column in columns]
    plain = [each.plain for each in found]
    if said := exchanged(columns, off, names):
        return said
    if solution and any(ill and not text for text, ill in zip(plain, off, strict=True)):
        if said := solution.change([inputs for inputs, _, _ in trials], [got for _, got, _ in trials]):
            return said
    full = [each.full for each in found]
    return (one_direction(columns) if not any(full) else "") or together(full, off, names)


def about(column):
    """What is to be said of one of the values in all trials: `plain`, of what needs no further thought, and `full`."""
    if all(isinstance(expected, bool | np.bool_) for _, _, expected, _ in column):
        return Truths([(inputs, got, expected) for inputs, got, expected, _ in column])
    trials = [Trial(inputs, floats(got), floats(expected), known) for inputs, got, expected, known in column]
    real = all(t.got is not None and t.expected is not None for t in trials)
    return Relation(trials if real else [])


def exchanged(columns, off, names):
    """A sentence about two values that stand in each other's place, or ''."""
    for a in range(len(columns)):
        for b in range(a):
            pairs = list(zip(columns[a], columns[b], strict=True))
            if off[a] and all(same(x[1], y[2]) and same(y[1], x[2]) for x, y in pairs):
                return f"{names[b]} and {names[a]} are exchanged: return them in the other order"
    return ""


def one_direction(columns):
    """A sentence about all values together, or ''."""
    trials = []
    for case in zip(*columns, strict=True):
        got, expected = [floats(each[1]) for each in case], [floats(each[2]) for each in case]
        if any(a is None or b is None or a.shape != b.shape for a, b in zip(got, expected, strict=True)):
            return ""
        flat = (np.concatenate([a.ravel() for a in arrays]) for arrays in (got, expected))
        trials.append(Trial(case[0][0], *flat, {}))
    return next(direction([t for t in trials if not t.right]), "")


def together(said, off, names):
    """The sentences about the wrong values as one: what is right, and what is said of the others."""
    if len(names) == 1:
        return said[0]
    right = [name for name, ill in zip(names, off, strict=True) if not ill]
    texts = {}
    for name, text, ill in zip(names, said, off, strict=True):
        if ill:
            texts.setdefault(text, []).append(name)
    if list(texts) == [""]:
        ill = texts[""]
        return f"only {listed(ill)} {'is' if len(ill) == 1 else 'are'} wrong" if right else ""
    rest = f" ({listed(right)}: right)" if right else ""
    return "; ".join(f"{listed(who)}: {text or 'wrong'}" for text, who in texts.items()) + rest

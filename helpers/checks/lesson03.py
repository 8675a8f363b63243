"""The exercises of lesson 03b, paths and forward."""

import math

from helpers.checks.exercise import exercise


@exercise(
    probes=[([[2.0, 3.0], [4.0]],), ([[0.5, -3.0]],), ([[1.5, -1.0, 2.0], [3.0, 0.2], [-0.5]],)],
    hints=[
        "Each path is a list of numbers: what is to be done with the numbers of *one* path?",
        "`math.prod(path)` multiplies along one path, and `sum(...)` adds up over the paths.",
    ],
    mistakes=[
        ("along", "sum(math.prod(path) for path in found)", "sum(sum(path) for path in found)", "Along a path local derivatives are multiplied; only the paths are added."),
        ("across", "sum(math.prod(path) for path in found)", "math.prod(math.prod(path) for path in found)", "Along a path one multiplies. What two paths bring is added."),
        ("turned", "sum(math.prod(path) for path in found)", "math.prod(sum(path) for path in found)", "The other way round: multiply along a path, and add over the paths."),
        ("first", "sum(math.prod(path) for path in found)", "math.prod(found[0])", "That is the first path alone."),
        ("last", "sum(math.prod(path) for path in found)", "math.prod(found[-1])", "That is the last path alone: is each product added to those before?"),
    ],
)  # fmt: skip
def sum_over_paths(found):
    """Return the derivative; found is a list of paths, each a list of local derivatives."""
    return sum(math.prod(path) for path in found)


@exercise(
    named=("value", "slope"),
    probes=[(2.0, 1.0, 3.0, 0.0), (2.0, 0.5, -1.0, 4.0), (0.7, -2.0, 0.1, 1.5)],
    hints=[
        "Expand (a + da·h)·(b + db·h) on paper. What stands without h is the value.",
        "What stands with one h is the slope: da·b + a·db. What stands with h² shrinks faster than h.",
    ],
    mistakes=[
        ("both", "da * b + a * db", "da * db", "In (a + da·h)·(b + db·h) the product da·db comes with h², and shrinks faster than h. What comes with one h?"),
        ("first", "da * b + a * db", "da * b", "That is the share of a's movement alone: b moves too."),
        ("second", "da * b + a * db", "a * db", "That is the share of b's movement alone: a moves too."),
        ("minus", "da * b + a * db", "da * b - a * db", "The two shares are added; the minus belongs to a quotient."),
        ("sum", "da * b + a * db", "da + db", "That is the rule for a sum. For a product each slope is multiplied by the other value."),
        ("crossed", "da * b + a * db", "da * a + b * db", "Each slope is multiplied by the *other* factor: a′ by b and b′ by a."),
        ("h", "da * b + a * db", "0.001 * (da * b + a * db)", "Leave the h out: the slope is what stands *before* one h, so that the product moves by slope · h."),
        ("square", "da * b + a * db", "da * b + a * db + da * db", "da·db comes with h², and shrinks faster than h: it is no part of the slope."),
    ],
)  # fmt: skip
def dual_product(a, da, b, db):
    """Return (value, slope) of the product of two dual numbers (a, da) and (b, db)."""
    return a * b, da * b + a * db


@exercise(
    named=("value", "slope"),
    probes=[(0.5, 1.0), (-0.7, 2.0), (1.2, -0.3), (0.0, 4.0)],
    hints=[
        "The value is tanh(a). How fast does it move when a moves with the slope da?",
        "The chain rule: the tanh's own slope, 1 − y² with y = tanh(a), times the slope that comes in.",
    ],
    mistakes=[
        ("own", "(1 - y * y) * da", "1 - y * y", "That is the tanh's own slope; what comes in moves with the slope da."),
        ("incoming", "(1 - y * y) * da", "da", "That is the slope that comes in; the tanh has a slope of its own."),
        ("input", "y * y", "a * a", "The slope is 1 − y², with what tanh returned; you squared what goes in."),
        ("sum", "(1 - y * y) * da", "(1 - y * y) + da", "Along a path slopes are multiplied."),
        ("sigmoid", "(1 - y * y)", "y * (1 - y)", "y·(1 − y) is the slope of the sigmoid."),
    ],
)  # fmt: skip
def dual_tanh(a, da):
    """Return (value, slope) of the tanh of a dual number (a, da)."""
    y = math.tanh(a)
    return y, (1 - y * y) * da

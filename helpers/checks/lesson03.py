"""The exercises of lesson 03b, paths and forward."""

import math

from helpers.checks.exercise import exercise


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

"""What the table of a patient says: each gradient beside the nudged one, block by block."""

import numpy as np

from helpers.calculus.differences import numerical_gradient
from helpers.engine.hunt.patients import asked_twice, loss_of

FEW = 4  # numbers of a block that are told one by one
CLOSE = 1e-4  # relative; nudges know about ten digits here


def nudged(case):
    """The gradient of the healthy loss by nudging: pairs (dW, db), first layer first."""
    net, X, labels = case

    def along(layer, kind):
        def loss(values):
            changed = [list(pair) for pair in net]
            changed[layer][kind] = values
            return loss_of(changed, X, labels)

        return loss

    return [tuple(numerical_gradient(along(k, kind), pair[kind]) for kind in (0, 1)) for k, pair in enumerate(net)]


def table(E, case):
    """A table in Markdown for an engine: for each block, last layer first, how many times the nudged number it says."""
    right = nudged(case)
    first, second = asked_twice(E, case)
    rows = ["| | shape | asked once | asked again |", "|---|---|---|---|"]
    for layer in reversed(range(len(right))):
        for kind, name in enumerate(("dW", "db")):
            truth = right[layer][kind]
            once, again = (times(gradient[layer][kind], truth) for gradient in (first, second))
            same = np.array_equal(first[layer][kind], second[layer][kind])
            rows.append(f"| `{name}{layer + 1}` | {truth.shape} | {once} | {'the same' if same else again} |")
    return "\n".join(rows) + kept(E, case)


def kept(E, case):
    """A line with what forward has kept above X, for a network that sees one row."""
    net, X, _ = case
    if len(X) > 1:
        return ""
    hidden = (f"h{k} = {', '.join(map(short, h[0]))}" for k, h in enumerate(E.forward(net, X)[1][1:], start=1))
    return f"\n\nKept by `forward`: {'; '.join(hidden)}."


def times(gradient, truth):
    """How many times the truth a gradient is, in words."""
    ratios = np.asarray(gradient) / truth
    low, high = ratios.min(), ratios.max()
    if np.allclose(ratios, 1, rtol=CLOSE):
        return "right"
    if np.isclose(low, high, rtol=CLOSE):
        return f"all × {short(low)}"
    if ratios.ndim == 2 and np.allclose(ratios, ratios[0], rtol=CLOSE):
        return f"each row: {times(gradient[0], truth[0])}"
    if ratios.size <= FEW:
        return ", ".join(f"× {short(ratio)}" for ratio in ratios.flat)
    return f"between × {short(low)} and × {short(high)}"


def short(x):
    """Three digits, with a minus that is one."""
    return f"{x:.3g}".replace("-", "−")

"""Predict the next number: a question before each backward edge, with words for the mistakes that readers make."""

import math
from dataclasses import dataclass, replace
from sys import float_info

from helpers.drawing.svg import number
from helpers.steppers.gradient_flow.formulas import bracketed, partial

NEAR = "Nearly: give three digits."


@dataclass(frozen=True)
class Case:
    """A typed number within `tolerance` of `number` is answered with these words."""

    number: float
    tolerance: float
    words: str


@dataclass(frozen=True)
class Question:
    """Asked below one frame of a `Player`; the next frame shows the answer.

    answer: the right number; mistakes: known wrong ones, near: the right one rounded too much, tried in this order;
    hints: words for any other number at the first wrong try, at the second, ...; reveal: the answer in words.
    """

    prompt: str
    answer: Case
    mistakes: tuple
    near: Case
    hints: tuple
    reveal: str


def asking(recorded):
    """Put a step of kind 'asked' before each backward step of a `Trace`: same edge, gradients still as they were."""
    steps = []
    for step in recorded.steps:
        if step.kind == "backward" and _answer(recorded, step.edge, steps[-1].gradients):
            e, before = recorded.edges[step.edge], steps[-1].gradients
            here, there = recorded.nodes[e.source].label, recorded.nodes[e.target].label
            sentence = (
                f"Predict the step along {there} → {here}: the local derivative {partial(there, here)} = "
                f"{number(e.local)} stands on the edge, "
                f"the upstream gradient {partial(recorded.nodes[-1].label, there)} in the box of {there}."
            )
            unknown = step.formula.rsplit(" = ", 2)[0] + " = ?"
            steps.append(replace(step, kind="asked", gradients=before, formula=unknown, sentence=sentence))
        steps.append(step)
    return replace(recorded, steps=tuple(steps))


def questions_of(recorded):
    """The `Question` of each asked step, by its place among the steps."""
    return {k: _question(recorded, step) for k, step in enumerate(recorded.steps) if step.kind == "asked"}


def _question(recorded, step):
    e, root = recorded.edges[step.edge], recorded.nodes[-1].label
    here, there = recorded.nodes[e.source].label, recorded.nodes[e.target].label
    answer = _answer(recorded, step.edge, step.gradients)
    local, upstream = number(e.local), number(step.gradients[e.target])
    product = f"{bracketed(local)} × {bracketed(upstream)} = {number(e.local * step.gradients[e.target])}"
    known = []
    for value, words in _mistakes(recorded, e, step.gradients):
        mistake = _case(value, words)
        if mistake and not any(_overlap(mistake, other) for other in [answer, *known]):
            known.append(mistake)
    return Question(
        prompt=f"Edge {there} → {here}: what is local × upstream?",
        answer=replace(answer, words=f"Right: {product}."),
        mistakes=tuple(known),
        near=replace(answer, tolerance=answer.tolerance + 10 * _half_unit(answer.number), words=NEAR),
        hints=(
            "Not yet: take the number on the edge and the gradient in the box it comes from.",
            f"Neither: local is {local}, upstream is {upstream}; multiply them.",
        ),
        reveal=f"Local {partial(there, here)} times upstream {partial(root, there)}: {product}.",
    )


def _answer(recorded, edge, gradients):
    """The right number, or None where it is not finite and nothing can be asked."""
    e = recorded.edges[edge]
    return _case(lambda read: read(e.local) * read(gradients[e.target]), "")


def _mistakes(recorded, e, gradients):
    """Pairs (number, words), the likeliest first; a number is a function of how the factors are read."""
    nodes, root = recorded.nodes, recorded.nodes[-1].label
    here, there = nodes[e.source].label, nodes[e.target].label
    local, upstream = partial(there, here), partial(root, there)
    a, b = e.local, gradients[e.target]
    yield (
        lambda read: read(a),
        f"That is the local derivative {local} alone: the upstream gradient {upstream} is missing.",
    )
    yield (
        lambda read: read(b),
        f"That is the upstream gradient {upstream} alone: the local derivative {local}, on the edge, is missing.",
    )
    yield lambda read: -read(a) * read(b), f"The size is right, the sign is not: {_signs(a, b)}."
    yield lambda read: read(a) + read(b), "You added local and upstream: the chain rule multiplies them."
    if a != 0:
        yield (
            lambda read: read(b) / read(a),
            f"You divided by the local derivative {local}: multiply the upstream gradient by it.",
        )
    if e.source in gradients:
        yield (
            lambda read: read(gradients[e.source]) + read(a) * read(b),
            f"That is the total which {here} has after this edge: give only what this edge adds.",
        )
    for operand, other in enumerate(nodes[e.target].parents):
        if operand != e.operand:
            yield (
                lambda read, factor=nodes[e.target].locals[operand]: read(factor) * read(b),
                f"The local derivative is wrong: that one, {partial(there, nodes[other].label)}, belongs to the other "
                f"operand, {nodes[other].label}.",
            )
    yield (
        lambda read: read(a) * read(nodes[e.target].value),
        f"The upstream factor is wrong: you took the value of {there}; its gradient stands to the right of it.",
    )
    owners = {}
    for i, gradient in gradients.items():
        owners.setdefault(_displayed(gradient), []).append(i)  # the target's own gives the answer, and is left out
    for same in owners.values():
        names = " or ".join([*(nodes[i].label for i in sorted(same)[:3]), *["another node"][: len(same) > 3]])
        yield (
            lambda read, factor=gradients[same[0]]: read(a) * read(factor),
            f"The upstream factor is wrong: that is the gradient of {names}, not of {there}.",
        )


def _signs(local, upstream):
    if (local < 0) == (upstream < 0):
        return f"{'both factors are' if local < 0 else 'neither factor is'} negative, so their product is positive"
    return (
        f"only the {'local derivative' if local < 0 else 'upstream gradient'} is negative, so the product is negative"
    )


def _case(value, words):
    """Cover the exact number and the one from displayed factors; each also as displayed, and to three digits.

    None when one of them is not finite, or so near 0 that it has no three digits.
    """
    numbers = [value(float), value(_displayed)]
    numbers += [read(x) for read in (_displayed, lambda x: float(f"{x:.2e}")) for x in numbers]
    if not all(math.isfinite(x) and (x == 0 or abs(x) >= float_info.min) for x in numbers):
        return None
    unit = _half_unit(numbers[0])  # of the exact one, also for one like 1.000, whose third digit is another
    low, high = min(numbers) - unit, max(numbers) + unit
    return Case(low / 2 + high / 2, high / 2 - low / 2, words)


def _displayed(value):
    return float(number(value).replace("−", "-"))


def _half_unit(x):
    """Half a unit in the third significant digit, and a trifle for round-off."""
    return 0.5000001 * 10.0 ** (math.floor(math.log10(abs(x))) - 2) if x else 0.0


def _overlap(one, other):
    return abs(one.number - other.number) <= one.tolerance + other.tolerance

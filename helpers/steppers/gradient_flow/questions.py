"""Questions on the way back: at an edge first its local derivative, then what arrives; with words for likely mistakes."""

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
    """Asked at an edge before it is walked.

    answer: the right number; mistakes: known wrong ones, near: the right one rounded too much, tried in this order;
    hints: words for any other number at the first wrong try, at the second, ...; reveal: the answer in words.
    """

    prompt: str
    answer: Case
    mistakes: tuple
    near: Case
    hints: tuple
    reveal: str


def questions_of(nodes):
    """Two questions for each edge with a factor other than 1, by its place in the backward pass.

    Edges whose numbers are not finite, or have no three digits, are not asked about.
    """
    asked, gradients = {}, {len(nodes) - 1: 1.0}
    for place, (source, target, operand) in enumerate(backward_edges(nodes)):
        local, upstream = nodes[target].locals[operand], gradients[target]
        if nodes[target].op != "+":
            both = [
                _about_local(nodes, source, target, operand),
                _about_part(nodes, source, target, operand, gradients),
            ]
            if all(both):
                asked[place] = both
        gradients[source] = gradients.get(source, 0.0) + local * upstream
    return asked


def backward_edges(nodes):
    """Edges (source, target, operand) in the order of the backward pass; constants get no gradient."""
    return [
        (source, target, operand)
        for target in reversed(range(len(nodes)))
        for operand, source in enumerate(nodes[target].parents)
        if nodes[source].kind != "constant"
    ]


def _about_local(nodes, source, target, operand):
    node, x, y = nodes[target], nodes[source].value, nodes[target].value
    derivative, local = partial(node.label, nodes[source].label), node.locals[operand]
    rule, mistakes = _rule(nodes, source, target, operand)
    wrong = [(lambda read, v=value: read(v), words) for value, words in mistakes if math.isfinite(value)]
    wrong.append(
        (
            lambda read: read(y),
            f"That is the value of {node.label}; the question is how it answers to {nodes[source].label}.",
        )
    )
    wrong.append((lambda read: -read(local), "The size is right, the sign is not."))
    shown = node.formula.format(*(nodes[i].label for i in node.parents))
    return _question(
        f"{shown}: its slope {derivative} here?",
        lambda read: read(local),
        wrong,
        f"Right: {derivative} = {rule} = {number(local)}.",
        (
            f"Not yet: differentiate {shown} with respect to {nodes[source].label} alone.",
            f"{derivative} = {rule}. Put the numbers in.",
        ),
        f"{derivative} = {rule} = {number(local)}.",
    )


def _rule(nodes, source, target, operand):
    """The local derivative as a formula in labels, and pairs (wrong number, words)."""
    node, x, y = nodes[target], nodes[source].value, nodes[target].value
    here, there = nodes[source].label, _grouped(node.label)
    if node.op == "*":
        other = nodes[node.parents[1 - operand]]
        mine = (
            f"That is {here} itself. When {here} moves by a little, {node.label} moves by {other.label} times as much."
        )
        return other.label, [(x, mine), (1.0, "A sum would have the slope 1; this is a product.")]
    if node.op == "tanh":
        return f"1 − {there}²", [
            (1 - x * x, f"The slope of tanh is 1 minus the square of its *output* {node.label}; you squared {here}."),
            (y * y, "That is the square alone; the slope is 1 minus it."),
            (y * (1 - y), "y(1 − y) is the slope of the sigmoid; this is tanh."),
        ]
    if node.op == "sigmoid":
        return f"{there}(1 − {there})", [
            (x * (1 - x), f"The formula p(1 − p) takes the sigmoid's *output* {node.label}; you put {here} into it."),
            (1 - y, f"The factor {node.label} is missing: the slope is p(1 − p)."),
            (1 - y * y, "1 − y² is the slope of tanh; this is a sigmoid."),
        ]
    if node.op == "log":
        return f"1/{_grouped(here)}", [(x, f"That is {here} itself; the slope of log is 1 divided by it.")]
    if node.op == "exp":
        return there, [(x, f"The slope of exp is its own value, {node.label}; you gave what goes in.")]
    if node.op == "ReLU":
        return "1 where on, 0 where off", [(x, "That is what goes in; the slope of ReLU is 1 or 0.")]
    if node.op == "**":
        k = node.exponent
        power = f"{k:g}·{_grouped(here)}" + (f"^{k - 1:g}" if k != 2 else "")
        return power, [
            (k * y, "The exponent comes down, and one less of it stays above."),
            (y / k if k else 0.0, "You divided by the exponent; it is a factor."),
        ]
    return "what your own code says", []


def _grouped(label):
    return f"({label})" if any(sign in label for sign in "·+^ ") else label


def _about_part(nodes, source, target, operand, gradients):
    here, there, root = nodes[source].label, nodes[target].label, nodes[-1].label
    local, upstream = nodes[target].locals[operand], gradients[target]
    product = f"{bracketed(number(local))} × {bracketed(number(upstream))} = {number(local * upstream)}"
    return _question(
        f"And what arrives at {here} along this edge?",
        lambda read: read(local) * read(upstream),
        _mistakes(nodes, source, target, operand, gradients),
        f"Right: {product}.",
        (
            f"Not yet: take this edge's slope, and the gradient in the box of {there}, where it comes from.",
            f"Slope {number(local)}, gradient so far {number(upstream)}: multiply them.",
        ),
        f"{partial(there, here)} times {partial(root, there)}: {product}.",
    )


def _mistakes(nodes, source, target, operand, gradients):
    """Pairs (number, words), the likeliest first; a number is a function of how the factors are read."""
    here, there, root = nodes[source].label, nodes[target].label, nodes[-1].label
    local, upstream = partial(there, here), partial(root, there)
    a, b = nodes[target].locals[operand], gradients[target]
    yield lambda read: read(a), f"That is the slope {local} alone: the gradient so far, {upstream}, is missing."
    yield (
        lambda read: read(b),
        f"That is the gradient so far, {upstream}, alone: the slope {local} of this edge is missing.",
    )
    yield lambda read: -read(a) * read(b), f"The size is right, the sign is not: {_signs(a, b)}."
    yield lambda read: read(a) + read(b), "You added slope and gradient: the chain rule multiplies them."
    if a != 0:
        yield lambda read: read(b) / read(a), f"You divided by the slope {local}: multiply the gradient so far by it."
    if source in gradients:
        total = f"That is the total which {here} has after this edge: give only what this edge adds."
        yield lambda read: read(gradients[source]) + read(a) * read(b), total
    for other, parent in enumerate(nodes[target].parents):
        if other != operand:
            words = f"The slope is wrong: that one, {partial(there, nodes[parent].label)}, belongs to the other operand, {nodes[parent].label}."
            yield lambda read, factor=nodes[target].locals[other]: read(factor) * read(b), words
    value = f"The gradient is wrong: you took the value of {there}; its gradient stands below it."
    yield lambda read: read(a) * read(nodes[target].value), value
    owners = {}
    for i, gradient in gradients.items():
        owners.setdefault(_displayed(gradient), []).append(i)  # the target's own gives the answer, and is left out
    for same in owners.values():
        names = " or ".join([*(nodes[i].label for i in sorted(same)[:3]), *["another node"][: len(same) > 3]])
        words = f"The gradient is wrong: that is the one of {names}, not of {there}."
        yield lambda read, factor=gradients[same[0]]: read(a) * read(factor), words


def _question(prompt, value, mistakes, right, hints, reveal):
    answer = _case(value, right)
    if answer is None:
        return None
    known = []
    for wrong, words in mistakes:
        mistake = _case(wrong, words)
        if mistake and not any(_overlap(mistake, other) for other in [answer, *known]):
            known.append(mistake)
    near = replace(answer, tolerance=answer.tolerance + 10 * _half_unit(answer.number), words=NEAR)
    return Question(prompt, answer, tuple(known), near, hints, reveal)


def _signs(local, upstream):
    if (local < 0) == (upstream < 0):
        return f"{'both factors are' if local < 0 else 'neither factor is'} negative, so their product is positive"
    return f"only the {'slope' if local < 0 else 'gradient so far'} is negative, so the product is negative"


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

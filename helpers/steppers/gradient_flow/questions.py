"""Questions on the way back: at an edge first its local derivative, then what arrives along it."""

import math
from dataclasses import dataclass, replace
from sys import float_info

from helpers.drawing.svg import number
from helpers.steppers.gradient_flow.formulas import bracketed, partial
from helpers.steppers.gradient_flow.mistakes import displayed, rule_of, wrong_parts, wrong_slopes

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


def questions_of(nodes, along=None):
    """Two questions for each edge with a factor other than 1, by its place in the backward pass.

    along: the place of a node, if only the edges on its paths are asked about; there the second question is left out
    where the upstream is 1, and would be answered by the number just given. Edges whose numbers are not finite, or have
    no three digits, are not asked about.
    """
    asked, gradients = {}, {len(nodes) - 1: 1.0}
    on_path = above(nodes, along)
    for place, (source, target, operand) in enumerate(backward_edges(nodes)):
        if nodes[target].op != "+" and source in on_path:
            edge = nodes, source, target, operand
            both = [_after_slope(*edge), _after_part(*edge, gradients)]
            told = along is not None and gradients[target] == 1
            asked |= {place: both[:1] if told else both} if all(both) else {}
        part = nodes[target].locals[operand] * gradients[target]
        gradients[source] = gradients.get(source, 0.0) + part
    return asked


def above(nodes, along):
    """The nodes on the paths from one node to the last, itself included; all nodes where it is None."""
    found = {*range(len(nodes))} if along is None else {along}
    for i, node in enumerate(nodes):
        found |= {i} if found & {*node.parents} else set()
    return found


def backward_edges(nodes):
    """Edges (source, target, operand) in the order of the backward pass; constants get no gradient."""
    return [
        (source, target, operand)
        for target in reversed(range(len(nodes)))
        for operand, source in enumerate(nodes[target].parents)
        if nodes[source].kind != "constant"
    ]


def _after_slope(nodes, source, target, operand):
    node, here, local = nodes[target], nodes[source].name, nodes[target].locals[operand]
    shown, derivative = node.formula.format(*(nodes[i].name for i in node.parents)), partial(node.name, here)
    rule, _ = rule_of(nodes, source, target, operand)
    return _question(
        f"{shown}: its local {derivative} here?",
        lambda read: read(local),
        wrong_slopes(nodes, source, target, operand),
        f"Right: {derivative} = {rule} = {number(local)}.",
        (f"Not yet: differentiate {shown} by {here} alone.", f"{derivative} = {rule}. Put the numbers in."),
        f"{derivative} = {rule} = {number(local)}.",
    )


def _after_part(nodes, source, target, operand, gradients):
    here, there, root = nodes[source].name, nodes[target].name, nodes[-1].name
    local, upstream = nodes[target].locals[operand], gradients[target]
    product = f"{bracketed(number(local))} × {bracketed(number(upstream))} = {number(local * upstream)}"
    return _question(
        f"And what arrives at {here} along this edge?",
        lambda read: read(local) * read(upstream),
        wrong_parts(nodes, source, target, operand, gradients),
        f"Right: {product}.",
        (
            f"Not yet: take this edge's local derivative, and the upstream, in the box of {there}.",
            f"Local {number(local)}, upstream {number(upstream)}: multiply them.",
        ),
        f"{partial(there, here)} times {partial(root, there)}: {product}.",
    )


def _question(prompt, value, wrong, right, hints, reveal):
    """The `Question`, or None where nothing can be asked."""
    answer, known = _case(value, right), []
    if answer is None:
        return None
    for number_of, words in wrong:
        mistake = _case(number_of, words)
        if mistake and not any(_overlap(mistake, other) for other in [answer, *known]):
            known.append(mistake)
    near = replace(answer, tolerance=answer.tolerance + 10 * _half_unit(answer.number), words=NEAR)
    return Question(prompt, answer, tuple(known), near, hints, reveal)


def _case(value, words):
    """Cover the exact number and the one from displayed factors; each also as displayed, and to three digits.

    None when one of them is not finite, or so near 0 that it has no three digits.
    """
    numbers = [value(float), value(displayed)]
    numbers += [read(x) for read in (displayed, lambda x: float(f"{x:.2e}")) for x in numbers]
    if not all(math.isfinite(x) and (x == 0 or abs(x) >= float_info.min) for x in numbers):
        return None
    unit = _half_unit(numbers[0])  # of the exact one, also for one like 1.000, whose third digit is another
    low, high = min(numbers) - unit, max(numbers) + unit
    return Case(low / 2 + high / 2, high / 2 - low / 2, words)


def _half_unit(x):
    """Half a unit in the third significant digit, and a trifle for round-off."""
    return 0.5000001 * 10.0 ** (math.floor(math.log10(abs(x))) - 2) if x else 0.0


def _overlap(one, other):
    return abs(one.number - other.number) <= one.tolerance + other.tolerance

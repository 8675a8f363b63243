"""The nodes of a `Value` graph as plain data: names, kinds, formulas, and what the reader's own code computed."""

import math
import re
from collections import Counter
from dataclasses import dataclass

from helpers.calculus.graph import Value, topological_order
from helpers.steppers.gradient_flow.formulas import formula_of
from helpers.steppers.gradient_flow.own_nodes import as_values

TABLE = {"+": Value.__add__, "*": Value.__mul__, "exp": Value.exp, "log": Value.log, "tanh": Value.tanh}
TABLE |= {"sigmoid": Value.sigmoid, "ReLU": Value.relu}
WORDS = {"+": "sum", "*": "product"}
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True)
class Node:
    """One node: kind is 'input', 'parameter', 'constant' or 'operation'; parents are places in the list of nodes.

    formula: how it is computed, with {0} and {1} for its operands; op and exponent: as in `Value`, the exponent apart;
    gradient: d(root)/d(node) by the graph itself.
    """

    label: str
    value: float
    kind: str
    op: str
    exponent: float | None
    formula: str
    parents: tuple
    locals: tuple
    gradient: float

    @property
    def name(self):
        """The label with the digits behind a letter as subscripts, as in u₁."""
        return re.sub(r"(?<=[^\W\d_])\d+", lambda digits: digits[0].translate(_SUBSCRIPTS), self.label)


def nodes_of(root, inputs=("x", "y")):
    """Return the list of `Node` of the expression that ends in the `Value` root, in the order of computation.

    inputs: labels of leaves that are data; other labelled leaves are parameters, unlabelled ones constants. An
    operation without a label is named by its formula, or by a word where that is long or taken. The gradients
    are those of `root.backward()`.
    """
    root = as_values(root)
    root.backward()
    order = topological_order(root)
    place = {value: i for i, value in enumerate(order)}
    nodes, words = [], Counter()
    for value in order:
        parents = tuple(place[parent] for parent in value._prev)
        formula = formula_of(value._op, [f"{{{k}}}" for k in range(len(parents))])
        in_labels = formula_of(value._op, [nodes[i].label for i in parents])
        if parents:
            short = len(in_labels) <= (9 if value._op in WORDS else 7) and in_labels not in {n.label for n in nodes}
            kind, label = "operation", value.label or (in_labels if short else _word(value._op, words))
        elif value.label:
            kind, label = "input" if value.label in inputs else "parameter", value.label
        else:
            kind, label = "constant", f"{value.data:g}".replace("-", "−")
        power = value._op.startswith("**")
        op, exponent = ("**", float(value._op[2:])) if power else (value._op, None)
        nodes.append(
            Node(str(label), value.data, kind, op, exponent, formula, parents, tuple(value._locals), value.grad)
        )
    return nodes


def _word(op, words):
    """The operation as a word, with a number from the second one on; words: counts of those that were used."""
    word = WORDS.get(op, "power" if op.startswith("**") else op)
    words[word] += 1
    return word if words[word] == 1 else f"{word}{words[word]}"


def plain(node, nodes, line=None):
    """The node as data for the script; its own numbers go along where they are not those of its operation."""
    data = {"label": node.label, "name": node.name, "kind": node.kind, "value": _finite(node.value)}
    if node.parents:
        data |= {"op": node.op, "parents": node.parents, "formula": node.formula}
        if not _as_expected(node, nodes):
            data["own"] = {"value": _finite(node.value), "slopes": [*map(_finite, node.locals)]}
    return data | {name: value for name, value in (("k", node.exponent), ("line", line)) if value is not None}


def _finite(value):
    """The number, or None for what JSON cannot hold; the script takes it for NaN."""
    return value if math.isfinite(value) else None


def _as_expected(node, nodes):
    """Whether value and local derivatives are what `Value` computes from the operands."""
    operands = [Value(nodes[i].value) for i in node.parents]
    if node.op != "**" and node.op not in TABLE:
        return False
    fresh = operands[0] ** node.exponent if node.op == "**" else TABLE[node.op](*operands)
    pairs = zip((fresh.data, *fresh._locals), (node.value, *node.locals), strict=True)
    return all(math.isclose(expected, own, rel_tol=1e-9, abs_tol=1e-12) for expected, own in pairs)

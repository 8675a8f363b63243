"""The steps of forward and backward through a `Value` graph, as plain data: no drawing, no widget."""

from dataclasses import dataclass
from itertools import count

from helpers.calculus.graph import Value, topological_order
from helpers.drawing.svg import number
from helpers.steppers.gradient_flow.formulas import bracketed, formula_of, partial


@dataclass(frozen=True)
class Node:
    """One node: kind is 'input', 'parameter', 'constant' or 'operation'; parents are places in `Trace.nodes`."""

    label: str
    value: float
    kind: str
    formula: str  # how it is computed, in labels, such as "u1·x + c1"
    numbers: str  # the same with numbers put in
    parents: tuple
    locals: tuple


@dataclass(frozen=True)
class Edge:
    """Edge from an operand to the node computed from it; `local` is d(target)/d(source) along this edge."""

    source: int
    target: int
    operand: int
    local: float


@dataclass(frozen=True)
class Step:
    """One step: kind 'given', 'forward', 'seed', 'backward' or 'done' ('asked': see questions.py).

    node: the node that changes; edge: the place of the edge walked, or None; known: how many operations have a value;
    gradients: node -> gradient so far; formula and sentence: what happens, in symbols with numbers and in words.
    """

    kind: str
    node: int
    edge: int | None
    known: int
    gradients: dict
    formula: str
    sentence: str


@dataclass(frozen=True)
class Trace:
    """Nodes in topological order (the last is the root), edges in backward order, and the steps."""

    nodes: tuple
    edges: tuple
    steps: tuple


def trace(root, inputs=("x", "y")):
    """Record all steps of forward and backward for the expression that ends in the `Value` root.

    inputs: labels of leaves that are data; other labelled leaves are parameters, unlabelled ones constants.
    Constants get no gradient. Raises TypeError when root is not a `Value`.
    """
    if not isinstance(root, Value):
        raise TypeError(f"root must be a Value, the last node of an expression, not {type(root).__name__}")
    nodes = _nodes(root, inputs)
    edges = tuple(
        Edge(source, target, operand, local)
        for target in reversed(range(len(nodes)))
        for operand, (source, local) in enumerate(zip(nodes[target].parents, nodes[target].locals, strict=True))
        if nodes[source].kind != "constant"
    )
    return Trace(nodes, edges, tuple(_steps(nodes, edges)))


def _nodes(root, inputs):
    order = topological_order(root)
    place = {value: i for i, value in enumerate(order)}
    nodes, serial = [], count(1)
    for value in order:
        parents = tuple(place[parent] for parent in value._prev)
        formula = formula_of(value._op, [nodes[i].label for i in parents])
        numbers = formula_of(value._op, [bracketed(number(nodes[i].value)) for i in parents])
        if parents:
            kind, label = "operation", value.label or (formula if len(formula) <= 9 else f"v{next(serial)}")
            label = "out" if value is root and not value.label else label
        elif value.label:
            kind, label = "input" if value.label in inputs else "parameter", value.label
        else:
            kind, label = "constant", f"{value.data:g}".replace("-", "−")
        nodes.append(Node(str(label), value.data, kind, formula, numbers, parents, value._locals))
    return tuple(nodes)


def _steps(nodes, edges):
    root, gradients = len(nodes) - 1, {}
    operations = [i for i, node in enumerate(nodes) if node.kind == "operation"]
    top = nodes[root].label

    def d(i):
        return partial(top, nodes[i].label)

    def step(kind, node, edge, known, formula, sentence):
        return Step(kind, node, edge, known, dict(gradients), formula, sentence)

    leaves = "; ".join(f"{n.label} = {number(n.value)}" for n in nodes if n.kind in ("input", "parameter"))
    yield step("given", 0, None, 0, "inputs and parameters", f"Given: {leaves or 'constants only'}.")
    for known, i in enumerate(operations, start=1):
        n = nodes[i]
        left = n.label if n.label == n.formula else f"{n.label} = {n.formula}"
        formula = f"{left} = {n.numbers} = {number(n.value)}"
        yield step("forward", i, None, known, formula, f"Forward: {formula}.")
    gradients[root] = 1.0
    known = len(operations)
    yield step("seed", root, None, known, f"{d(root)} = 1", f"Backward starts at the end: {d(root)} = 1.")
    arrivals = {}
    for k, e in enumerate(edges):
        upstream, before = gradients[e.target], gradients.get(e.source)
        product = e.local * upstream
        gradients[e.source] = (before or 0.0) + product
        arrivals[e.source] = arrivals.get(e.source, 0) + 1
        expected = sum(other.source == e.source for other in edges)
        here, there = nodes[e.source].label, nodes[e.target].label
        local = partial(there, here)
        factors = f"{bracketed(number(e.local))} × {bracketed(number(upstream))}"
        formula = f"{d(e.source)} {'+=' if expected > 1 else '='} {local} · {d(e.target)}"
        formula += f" = {factors} = {number(product)}"
        sentence = (
            f"Backward along {there} → {here}: local {local} = {number(e.local)}, "
            f"times upstream {d(e.target)} = {number(upstream)}, gives {number(product)}."
        )
        if expected > 1:
            sentence += f" This is contribution {arrivals[e.source]} of {expected} to {d(e.source)}"
            sentence += f", which is now {number(gradients[e.source])}." if before is not None else "."
        yield step("backward", e.source, k, known, formula, sentence)
    result = "; ".join(f"{d(i)} = {number(gradients[i])}" for i, n in enumerate(nodes) if n.kind == "parameter")
    yield step("done", root, None, known, "every gradient is known", f"Done. {result or 'No parameters'}.")

"""The live gradient flow: a `Value` graph drawn once, which the reader drags, steps through and follows without a kernel."""

import math
from dataclasses import asdict

from helpers.calculus.graph import Value, topological_order
from helpers.drawing.library import live_output, svg_image
from helpers.drawing.svg import number, words
from helpers.steppers.gradient_flow.nodes import nodes_of
from helpers.steppers.gradient_flow.picture import draw
from helpers.steppers.gradient_flow.plan import KINDS, plan_of
from helpers.steppers.gradient_flow.program import program_of
from helpers.steppers.gradient_flow.questions import questions_of

MAX_NODES = 60
TABLE = {"+": Value.__add__, "*": Value.__mul__, "exp": Value.exp, "log": Value.log, "tanh": Value.tanh}
TABLE |= {"sigmoid": Value.sigmoid, "ReLU": Value.relu}


def show_gradient_flow(root, inputs=("x", "y"), follow=None, code=None, predict=False):
    nodes = len(topological_order(root)) if isinstance(root, Value) else 0
    if nodes > MAX_NODES:
        raise ValueError(f"root ends a graph of {nodes} nodes, the picture holds up to {MAX_NODES}: show a part of it")
    return GradientFlow(nodes_of(root, inputs), follow, code, predict)


class GradientFlow:
    def __init__(self, nodes, follow=None, code=None, predict=False):
        self.nodes = nodes
        self.code, self.lines = program_of(code, nodes) if code is not None else ([], [None] * len(nodes))
        self.questions = questions_of(nodes) if predict else {}
        self.label = f"Gradient flow through {nodes[-1].label}"
        labels, parents = [node.label for node in nodes], [node.parents for node in nodes]
        self.plans = {kind: plan_of(labels, parents, kind) for kind in KINDS}
        carried = [abs(local * node.gradient) for node in nodes for local in node.locals]
        self.largest = max([1.0, *filter(math.isfinite, carried)])
        self.follow = labels.index(follow) if follow in labels else -1

    def html(self):
        """The whole output."""
        picture = draw(self.nodes, self.plans["wide"], self.largest, self.label)
        still = svg_image(picture, f"{self.label}. {self.text()}") + self.table()
        return live_output("gradient", self.label, still, self.data())

    def text(self):
        """All gradients by parameters in one line."""
        root = self.nodes[-1].label
        return "; ".join(f"∂{root}/∂{n.label} = {number(n.gradient)}" for n in self.nodes if n.kind == "parameter")

    def data(self):
        return {
            "nodes": [_plain(node, self.nodes, line) for node, line in zip(self.nodes, self.lines, strict=True)],
            "code": self.code,
            "follow": self.follow,
            "largest": self.largest,
            "plans": self.plans,
        } | (
            {"questions": {k: [asdict(q) for q in pair] for k, pair in self.questions.items()}}
            if self.questions
            else {}
        )

    def table(self):
        rows = "".join(
            f"<tr><th scope='row'>{words(n.label)}</th><td>{words(n.formula.format(*(self.nodes[i].label for i in n.parents)))}</td>"
            f"<td>{number(n.value)}</td><td>{number(n.gradient)}</td></tr>"
            for n in self.nodes
            if n.kind != "constant"
        )
        return (
            "<details><summary>All numbers as a table</summary><table><thead><tr><th scope='col'>node</th><th scope='col'>computed as</th>"
            f"<th scope='col'>value</th><th scope='col'>gradient</th></tr></thead><tbody>{rows}</tbody></table></details>"
        )

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/html": self.html(), "text/plain": f"{self.label}. {self.text()}"}


def _plain(node, nodes, line):
    own = _own(node, nodes)
    return (
        {"label": node.label, "name": node.name, "kind": node.kind}
        | ({"op": node.op, "parents": node.parents, "formula": node.formula} if node.parents else {"value": node.value})
        | ({"k": node.exponent} if node.exponent is not None else {})
        | ({"line": line} if line is not None else {})
        | ({"own": {"value": node.value, "slopes": node.locals}, "value": node.value} if own else {})
    )


def _own(node, nodes):
    if not node.parents:
        return False
    operands = [Value(nodes[i].value) for i in node.parents]
    if node.op == "**":
        fresh = operands[0] ** node.exponent
    elif node.op in TABLE:
        fresh = TABLE[node.op](*operands)
    else:
        return True
    return not all(
        math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12)
        for a, b in zip((fresh.data, *fresh._locals), (node.value, *node.locals), strict=True)
    )

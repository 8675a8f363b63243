"""The live gradient: a `Value` graph drawn once, which the reader drags, steps through and follows without a kernel."""

import math
from dataclasses import asdict

from helpers.calculus.graph import topological_order
from helpers.drawing.library import bundle, live_output, svg_image
from helpers.drawing.svg import number, words
from helpers.language import said
from helpers.steppers.gradient_flow.formulas import partial
from helpers.steppers.gradient_flow.nodes import nodes_of, plain
from helpers.steppers.gradient_flow.own_nodes import as_values
from helpers.steppers.gradient_flow.picture import draw
from helpers.steppers.gradient_flow.plan import KINDS, plan_of
from helpers.steppers.gradient_flow.program import program_of
from helpers.steppers.gradient_flow.questions import questions_of

MAX_NODES = 60
COLUMNS = (said("node"), said("computed as"), said("value"), said("gradient"))
HEAD = "".join(f"<th scope='col'>{name}</th>" for name in COLUMNS)


def show_gradient_flow(root, inputs=("x", "y"), follow=None, code=None, predict=False):
    """Show forward and backward through the expression that ends in the `Value` root; returns a `GradientFlow`.

    root may be of the class that the reader builds, too: then the numbers are those of the reader's own nodes.

    Leaves with a label in `inputs` are drawn as data, other labelled leaves as parameters. follow: label of the node
    whose path is shown at first; code: a function, or lines of Python, shown beside the picture. With predict=True the
    gradients are hidden, and each edge asks for its slope and for what arrives; with a label only those on the paths of
    this node do. `root.backward()` is run.
    Raises TypeError when root is not a `Value`, ValueError when the expression has more than 60 nodes, when follow or
    predict is none of its labels, or when code is no Python.
    """
    root = as_values(root)
    nodes = len(topological_order(root))  # to look at a large graph takes long
    if nodes > MAX_NODES:
        raise ValueError(f"root ends a graph of {nodes} nodes, the picture holds up to {MAX_NODES}: show a part of it")
    return GradientFlow(nodes_of(root, inputs), follow, code, predict)


class GradientFlow:
    """A live output. nodes: a list of `Node`; the other arguments and errors as in `show_gradient_flow`."""

    def __init__(self, nodes, follow=None, code=None, predict=False):
        labels, parents = [node.label for node in nodes], [node.parents for node in nodes]
        for name, label in (("follow", follow), ("predict", predict)):
            if label not in (None, True, False, *labels):
                raise ValueError(f"{name} must be one of the labels {', '.join(labels)}, not {label!r}")
        self.nodes, self.follow = nodes, -1 if follow is None else labels.index(follow)
        self.code, self.lines = ([], [None] * len(nodes)) if code is None else program_of(code, nodes)
        along = labels.index(predict) if isinstance(predict, str) else None
        self.questions = questions_of(nodes, along) if predict is not False else {}
        self.label = said("Gradient flow through {}").format(labels[-1])
        self.plans = {kind: plan_of(labels, parents, kind) for kind in KINDS}
        carried = [abs(local * node.gradient) for node in nodes for local in node.locals]
        self.largest = max([1.0, *filter(math.isfinite, carried)])

    def html(self):
        """The whole output."""
        picture = draw(self.nodes, self.plans["wide"], self.largest, self.label)
        still = svg_image(picture, f"{self.label}. {self.text()}") + self.table()
        return live_output("gradient", self.label, still, self.data())

    def text(self):
        """The root's derivatives by all parameters, in one line."""
        root, parameters = self.nodes[-1].label, (node for node in self.nodes if node.kind == "parameter")
        return "; ".join(f"{partial(root, node.label)} = {number(node.gradient)}" for node in parameters)

    def data(self):
        """What the script needs."""
        return {
            "nodes": [plain(node, self.nodes, line) for node, line in zip(self.nodes, self.lines, strict=True)],
            "code": self.code,
            "follow": self.follow,
            "largest": self.largest,
            "plans": self.plans,
            "questions": {place: [asdict(question) for question in both] for place, both in self.questions.items()},
        }

    def table(self):
        """All numbers as an HTML table, folded."""
        rows = "".join(map(self._row, [node for node in self.nodes if node.kind != "constant"]))
        table = f"<table><thead><tr>{HEAD}</tr></thead><tbody>{rows}</tbody></table>"
        summary = said("All numbers as a table")
        return f"<details><summary>{summary}</summary>{table}</details>"

    def _row(self, node):
        formula = node.formula.format(*(self.nodes[i].label for i in node.parents))
        cells = "".join(f"<td>{words(text)}</td>" for text in (formula, number(node.value), number(node.gradient)))
        return f"<tr><th scope='row'>{words(node.label)}</th>{cells}</tr>"

    def _repr_mimebundle_(self, include=None, exclude=None):
        return bundle(self.html(), f"{self.label}. {self.text()}")

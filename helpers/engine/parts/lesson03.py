"""The parts of lesson 03: a product and a tanh that remember, one step back, the order, and backward."""

from helpers.engine.part import Draft, Part, register
from helpers.engine.parts.going_back import judge_backward
from helpers.engine.parts.graphs import chain
from helpers.engine.parts.ordering import judge_order
from helpers.engine.parts.passing_back import DRAFT, DRAFT_HINTS, judge_draft, judge_pass_back
from helpers.engine.parts.remembering import judge_product, judge_tanh

GRAPH = "graph"

register(
    Part(
        "Value.__mul__", "03", "a · b", GRAPH, "a product that remembers its factors and its slopes",
        ("Look at `__add__` above: value, parents, local derivatives, and the sign for the pictures.",
         "Raise the first factor a little: how many times as much does the product rise? That number is its local derivative.",
         "Each factor's local derivative is the *other* factor's number: `(other.data, self.data)`."),
        judge_product,
    )
)  # fmt: skip
register(
    Part(
        "Value.tanh", "03", "tanh", GRAPH, "an activation that remembers its slope",
        ("One parent: each of the two tuples has one entry, and `(self,)` needs its comma.",
         "With y = tanh(x), the slope is 1 − y²; keep y in a name, and use it twice."),
        judge_tanh,
    )
)  # fmt: skip
register(
    Part(
        "pass_back", "03", "pass back", GRAPH, "hands a node's gradient on to its parents",
        ("`zip(node.parents, node.local)` gives each parent together with its local derivative.",
         "A parent's share is local × upstream, and the upstream stands in `node.grad`.",
         "A parent may have got a share already: from another child, or from the same one. Shares are added."),
        judge_pass_back,
        draft=Draft(DRAFT, judge_draft, DRAFT_HINTS),
    )
)  # fmt: skip
register(
    Part(
        "topological_order", "03", "order", GRAPH, "lines up the nodes, so that none passes on too early",
        ("Write a function `visit(node)` inside: it does nothing for a node that it has seen.",
         "First visit all parents, and only then append the node.",
         "Remember the nodes that were seen in a set: `seen = set()`, `seen.add(node)`."),
        judge_order,
        work=lambda E: E.topological_order(chain(E, 250)),
    )
)  # fmt: skip
register(
    Part(
        "Value.backward", "03", "backward", GRAPH, "all derivatives of a graph in one pass back",
        ("Three things: what an earlier call has left must go; the gradient must start somewhere; then everybody passes on.",
         "The result moves exactly as fast as itself: its own gradient is 1.",
         "`for node in reversed(topological_order(self)): pass_back(node)`."),
        judge_backward,
        work=lambda E: chain(E, 250).backward(),
    )
)  # fmt: skip

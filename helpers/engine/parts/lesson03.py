"""The parts of lesson 03: a product and a tanh that remember, one step back, the order, and backward."""

import math

from helpers.engine.part import Draft, Part, register
from helpers.engine.parts.graphs import chain, doubled, graphs
from helpers.engine.parts.remembering import said_of_node
from helpers.engine.probing import Probing

GRAPH = "graph"
DRAFT = '''def pass_back(node):
    """Give each parent of the node its share of the node's gradient."""
    for parent, local in zip(node.parents, node.local):
        parent.grad = local * node.grad
'''


def judge_product(E):
    """A product must remember both factors, each with the other one as its local derivative."""
    for a, b in ((2.0, 5.0), (-3.0, 0.5)):
        x, y = E.Value(a), E.Value(b)
        z, what = x * y, f"{a:g} · {b:g}"
        if said := said_of_node(E, z, what, a * b, (x, y), "*"):
            return said
        if tuple(z.local) == (a, b):
            return (
                f"for {what} your local derivatives are ({a:g}, {b:g}). Raise the first factor, {a:g}, by 0.001: the product "
                f"moves by {0.001 * b:g}. So which number belongs to the first factor?"
            )
        if tuple(z.local) != (b, a):
            return (
                f"the product {what} moves {b:g} times as fast as its first factor and {a:g} times as fast as its second; "
                f"your local derivatives are {shown(z.local)}"
            )
    z = E.Value(2.0) * 3.0
    return "" if z.data == 6.0 else f"2 · 3, where 3 is a plain number, is {z.data:g}"


def judge_tanh(E):
    """A tanh must remember its parent and 1 - y**2."""
    for a in (0.5, -2.0, 0.0):
        x = E.Value(a)
        y = x.tanh()
        if said := said_of_node(E, y, f"tanh({a:g})", math.tanh(a), (x,), "tanh"):
            return said
        given, slope = float(y.local[0]), 1 - math.tanh(a) ** 2
        if abs(given - slope) > 1e-9:
            known = {
                1 - a * a: "this is 1 − x²: the slope is 1 − y², with what tanh returned",
                math.tanh(a): "this is tanh itself, and its slope is asked",
                1.0: "this is the slope at 0 alone",
                math.tanh(a) * (1 - math.tanh(a)): "y·(1 − y) is the slope of the sigmoid",
                1 - math.tanh(a): "the square is missing: 1 − y²",
            }
            words = next((words for number, words in known.items() if abs(given - number) < 1e-9), "")
            return (
                f"at {a:g}, nudging says that tanh has the slope {slope:.4g}; your local derivative is {given:.4g}"
                + (f", and {words}" if words else "")
            )
    y = E.Value(1000.0).tanh()
    return "" if y.data == 1.0 else f"tanh(1000) is 1, and yours is {y.data}: `math.tanh` stands large numbers"


def family(E, *local, have=()):
    """A node with one parent for each local derivative; have: gradients that the parents hold already."""
    parents = tuple(E.Value(k + 2.0) for k in range(len(local)))
    for parent, grad in zip(parents, have, strict=False):
        parent.grad = grad
    return E.Value(1.0, parents, local, "test"), parents


def judge_draft(E):
    """Each parent gets local times upstream, however many parents there are."""
    for upstream, local in ((1.0, (-3.0, 2.0)), (10.0, (-3.0, 2.0)), (10.0, (0.25,)), (2.0, (1.0, -4.0, 0.5))):
        node, parents = family(E, *local)
        node.grad = upstream
        E.pass_back(node)
        given, right = [p.grad for p in parents], [each * upstream for each in local]
        if given != right:
            return wrong_share(given, right, local, upstream)
        if node.grad != upstream:
            return (
                f"it has changed the node's own gradient from {upstream:g} to {node.grad:g}; only the parents' change"
            )
    return ""


def wrong_share(given, right, local, upstream):
    """Words for shares that are not local times upstream."""
    if not any(given):
        return "no gradient has arrived: the shares belong into `parent.grad`"
    if len(local) == 2 and given == [local[1] * upstream, local[0] * upstream]:
        return (
            "the two shares are exchanged: each parent has its own local derivative, at the same place in `node.local`"
        )
    if given == [*local]:
        return (
            f"with node.grad = {upstream:g} the shares must be {upstream:g} times as large: "
            "local × upstream, and the upstream stands in `node.grad`"
        )
    if given == [upstream] * len(local):
        return "each parent has got the upstream alone: its local derivative, in `node.local`, is missing"
    if given[: len(given) - 1] == right[: len(given) - 1] or given[1:] == right[1:]:
        return (
            f"of {len(local)} parents only some have got the right share: ({shown(given)}) for ({shown(right)}). "
            "A node may have one parent, or three"
        )
    return (
        f"for local derivatives ({shown(local)}) and node.grad = {upstream:g} the parents get ({shown(given)}), "
        f"and by (3.1) it should be ({shown(right)})"
    )


def judge_pass_back(E):
    """Shares are added to what is there, twice for one parent that stands there twice; nothing else changes."""
    if said := judge_draft(E):
        return said
    a = E.Value(2.0)
    c = E.Value(4.0, (a, a), (1.0, 1.0), "+")
    c.grad = 1.0
    E.pass_back(c)
    if a.grad != 2.0:
        known = {1.0: "the second share has replaced the first. Both must count", 0.0: "nothing is left"}
        return f"for c = a + a, a's gradient must be 2; yours is {a.grad:g}: {known.get(a.grad, 'two shares of 1 are due')}"
    for local, have in (((3.0, -4.0), (100.0, 7.0)), ((2.0,), (0.5,))):
        node, parents = family(E, *local, have=have)
        node.grad = 10.0
        E.pass_back(node)
        for p, each, old in zip(parents, local, have, strict=True):
            if p.grad != old + 10.0 * each:
                lost = p.grad == 10.0 * each
                return (
                    f"a parent that had {old:g} already, from another child, and gets {10 * each:g} more must have {old + 10 * each:g}; "
                    f"yours has {p.grad:g}" + (": what was there before is gone" if lost else "")
                )
    a = E.Value(2.0)
    b = E.Value(3.0, (a,), (5.0,), "test")
    c = E.Value(4.0, (b,), (7.0,), "test")
    c.grad = 1.0
    E.pass_back(c)
    if a.grad != 0.0:
        return "it goes on to the parents of the parents. One step only: who comes next is decided later"
    return ""


def judge_order(E):
    """Any list of all nodes, each once and after its parents, is right."""
    for graph in graphs(E):
        order = E.topological_order(graph.root)
        if said := wrong_order(E, order, graph):
            return said
        again = E.topological_order(graph.root)
        if len(again) != len(order):
            return (
                f"the second call returns {len(again)} nodes, and the first {len(order)}: something is left from the first "
                "call, such as a list made in the line with `def`"
            )
    if len(E.topological_order(chain(E, 100))) != 201:
        return "of a row of 100 sums, with their 201 nodes, some are missing"
    if len(E.topological_order(doubled(E, 30))) != 31:
        return "for x = x + x, 30 times over, there are 31 nodes"
    return ""


def wrong_order(E, order, graph):
    """Words for a list that is no topological order of the graph."""
    nodes, told = {*graph.nodes.values()}, graph.told
    if not isinstance(order, list | tuple):
        return f"a list of nodes is asked; this is {type(order).__name__ if order is not None else '`None`: is the `return` missing?'}"
    if not all(isinstance(node, E.Value) for node in order):
        return "the list must hold the nodes themselves: `node`, not `node.data`"
    numbers = ", ".join(f"{node.data:g}" for node in order)
    if len(order) != len({*order}):
        return f"for {told} your list is {numbers}: a node stands in it twice"
    if {*order} - nodes:
        return f"for {told} your list holds a node that is not below the result: is it left from another call?"
    missing = nodes - {*order}
    if missing == {graph.root}:
        return f"for {told} your list is {numbers or 'empty'}: the result itself is missing, and comes last"
    if missing and all(any(m.data == node.data for node in order) for m in missing):
        return (
            f"for {told} your list is {numbers}. Two nodes with the same number are two nodes: "
            "remember the nodes that were seen, not their `.data`"
        )
    if missing:
        return f"for {told} there are {len(nodes)} nodes; your list has {len(order)}: {numbers or 'none'}"
    place = {node: k for k, node in enumerate(order)}
    early = [(node, parent) for node in order for parent in node.parents if place[parent] > place[node]]
    if not early:
        return ""
    if all(place[parent] > place[node] for node in order for parent in node.parents):
        return f"for {told} your list is {numbers}. That is the row from the wrong end: parents first, the result last"
    node, parent = early[0]
    return (
        f"for {told} your list is {numbers}: {node.data:g} stands before its own parent {parent.data:g}. "
        "Write a node down only after all its parents"
    )


def judge_backward(E):
    """All gradients of all graphs are right, at the first call and at the second, whatever stood there before."""
    for graph in graphs(E):
        right, nodes = gradients(graph.root), graph.nodes
        for call in ("first", "second", "stale"):
            if call == "stale":
                for node in nodes.values():
                    node.grad = 5.0
            graph.root.backward()
            for name, node in nodes.items():
                if abs(node.grad - right[node]) > 1e-9:
                    return told_by_history(E) or KNOWN.named(E) or wrong_gradient(graph, name, node, right, call)
    doubled(E, 30).backward()
    return ""


def all_gradients(E, inputs):
    """Gradients of all nodes of a graph after each of two calls."""
    graph, found = graphs(E)[inputs["graph"]], []
    for _ in range(2):
        graph.root.backward()
        found += [node.grad for node in graph.nodes.values()]
    return tuple(found)


KNOWN = Probing(
    "Value.backward",
    tuple({"graph": k} for k in range(8)),
    ("gradient",),
    (
        (
            "row_forward",
            "in reversed(order)",
            "in order",
            "The row is walked from its beginning: the result, which has the 1, comes last, and then nobody is left to pass on. Walk it `reversed`",
        ),
        (
            "self_again",
            "pass_back(node)",
            "pass_back(self)",
            "In each round the result passes back, and nobody else: `pass_back(node)`, for each node of the row",
        ),
        (
            "no_zero",
            "    for node in order:\n        node.grad = 0.0\n",
            "",
            "A second call starts on top of what the first has left: set all gradients to 0 first",
        ),
        (
            "data",
            "self.grad = 1.0",
            "self.grad = self.data",
            "The result's own gradient is its value here; it moves as fast as itself, so it is 1",
        ),
    ),
    run=all_gradients,
)


def told_by_history(E):
    """Words for a backward that leaves only zeros, or lets the result alone pass on: from what it does one after another."""
    graph, log, passed = graphs(E)[4], [], []
    root, pass_back = graph.root, E.pass_back

    class Watched(E.Value):
        def __setattr__(self, name, value):
            log.append(value) if name == "grad" else None
            super().__setattr__(name, value)

    def watched(node):
        passed.append(node)
        log.append("passed") if node is root else None
        pass_back(node)

    root.__class__, E.pass_back = Watched, watched
    try:
        root.backward()
    finally:
        E.pass_back = pass_back
    if {*passed} == {root} and len(passed) == 1:
        return "Only the result has passed back; every node of the row must, from its end to its beginning"
    if not passed and 1.0 in log and root.grad:
        return "The result has its 1, and nobody has passed it on: `pass_back(node)` for each node of the row, from its end"
    if any(node.grad for node in graph.nodes.values()):
        return ""
    if 1.0 not in log:
        return "All gradients are 0: where does the gradient start? The result moves as fast as itself, so its own is 1"
    after = log[log.index(1.0) + 1 :]
    if "passed" in after[: after.index(0.0) if 0.0 in after else None]:
        return (
            "The gradients are set to 0 after they were passed on, and nothing is left to read. Set them all to 0 first"
        )
    return "The result's 1 is set, and then set to 0 again, before it is passed on: first the zeros, in a loop of their own, then the 1"


def gradients(root):
    """The derivatives of root by all nodes below it, found by adding over all paths, without any part of the engine."""
    found = {}

    def along(node, product):
        found[node] = found.get(node, 0.0) + product
        for parent, local in zip(node.parents, node.local, strict=True):
            along(parent, product * local)

    along(root, 1.0)
    return found


def wrong_gradient(graph, name, node, right, call):
    """Words for a gradient that is wrong."""
    what = (
        f"for {graph.told}, the gradient of {name if not name.startswith('n') else f'the node of value {node.data:g}'}"
    )
    if call == "second":
        return f"{what} is {right[node]:g} at the first call and {node.grad:g} at the second, which starts on top of what the first has left"
    if call == "stale":
        return (
            f"{what} must be {right[node]:g}, whatever stood there before; there was a 5, and now it is {node.grad:g}"
        )
    said = f"{what} is {right[node]:g}; your backward says {node.grad:g}"
    if graph.root.grad != 1.0:
        return f"{said}, and the result's own gradient is {graph.root.grad:g}, which must be 1"
    return f"{said}. Each node passes on once, when all its own shares have come: that is the row, walked from its end"


def shown(numbers):
    """Numbers in a row."""
    return ", ".join(f"{number:g}" if isinstance(number, int | float) else str(number) for number in numbers)


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
        draft=Draft(DRAFT, judge_draft),
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

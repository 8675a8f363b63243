"""Judge of Value.backward: all gradients of some graphs, at the first call, at the second, and with old ones in the way."""

from helpers.engine.parts.graphs import doubled, graphs
from helpers.engine.slips import Slips


def judge_backward(E):
    """All gradients of all graphs are right, at the first call and at the second, whatever stood there before.

    So they must be with another row than the series' own, too: the reader's row need not be the same.
    """
    if said := wrong_gradients(E):
        return said
    E.topological_order = other_order
    if said := wrong_gradients(E):
        return f"With another row of the nodes, which is as right, {said}"
    return ""


def other_order(root):
    """A topological order in which the second parent comes before the first, as far as it can."""
    order = []

    def visit(node):
        if node not in order:
            for parent in reversed(node.parents):
                visit(parent)
            order.append(node)

    visit(root)
    return order


def wrong_gradients(E):
    """Words for the first gradient that is wrong, else ''."""
    for graph in graphs(E):
        right, nodes = gradients(graph.root), graph.nodes
        for call in ("first", "second", "stale"):
            if call == "stale":
                for node in nodes.values():
                    node.grad = 5.0
            graph.root.backward()
            for name, node in nodes.items():
                if not isinstance(node.grad, int | float):
                    return f"a gradient must be a plain number; the one of {name} is {node.grad!r}"
                if not abs(node.grad - right[node]) <= 1e-9:
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


KNOWN = Slips(
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
    graph, log, passed, turned = graphs(E)[4], [], [], []
    root, pass_back, order_of = graph.root, E.pass_back, E.topological_order

    class Watched(E.Value):
        def __setattr__(self, name, value):
            log.append(value) if name == "grad" else None
            super().__setattr__(name, value)

    def watched(node):
        passed.append(node)
        log.append("passed") if node is root else None
        pass_back(node)

    class Row(list):
        def __reversed__(self):
            turned.append(self)
            return super().__reversed__()

    root.__class__, E.pass_back, E.topological_order = Watched, watched, lambda root: Row(order_of(root))
    try:
        root.backward()
    finally:
        E.pass_back, E.topological_order = pass_back, order_of
    if {*passed} == {root} and len(passed) == 1:
        return "Only the result has passed back; every node of the row must, from its end to its beginning"
    if not passed and 1.0 in log and root.grad:
        once = (
            ". A `reversed(...)` that is kept in a name can be walked only once: after one loop nothing is left of it"
        )
        return (
            "The result has its 1, and nobody has passed it on: `pass_back(node)` for each node of the row, from its end"
            + once * bool(turned)
        )
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

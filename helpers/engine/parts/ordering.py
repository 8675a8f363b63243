"""Judge of topological_order: any list of all nodes, each once and after its parents."""

from helpers.engine.parts.graphs import chain, doubled, graphs


def judge_order(E):
    """Any list of all nodes, each once and after its parents, is right; what the nodes hold stays as it is."""
    for graph in graphs(E):
        graph.root.grad = 1.0  # so that whoever passes back is seen
        order = E.topological_order(graph.root)
        if said := passes_back(graph) or wrong_order(E, order, graph):
            return said
        again = E.topological_order(graph.root)
        if len(again) != len(order):
            return (
                f"the second call returns {len(again)} nodes, and the first {len(order)}: something is left from the first "
                "call, such as a list or a set made in the line with `def`"
            )
    if len(E.topological_order(chain(E, 100))) != 201:
        return "of a row of 100 sums, with their 201 nodes, some are missing"
    if len(E.topological_order(doubled(E, 30))) != 31:
        return "for x = x + x, 30 times over, there are 31 nodes"
    return ""


def passes_back(graph):
    """Words for a list that has changed gradients on the way, else ''."""
    if all(node.grad == float(node is graph.root) for node in graph.nodes.values()):
        return ""
    return (
        "a list only: passing back comes later. Yours changes gradients; is the line `pass_back(node)` of plan two "
        "still in it? Write the node into the list instead"
    )


def wrong_order(E, order, graph):
    """Words for a list that is no topological order of the graph."""
    nodes, told = {*graph.nodes.values()}, graph.told
    if isinstance(order, tuple):
        return "a list of nodes is asked; this is a tuple, which `backward` could not turn round by `.reverse()`"
    if not isinstance(order, list):
        return f"a list of nodes is asked; this is {type(order).__name__ if order is not None else '`None`: is the `return` missing?'}"
    if not all(isinstance(node, E.Value) for node in order):
        return "the list must hold the nodes themselves: `node`, not `node.data`"
    numbers = ", ".join(f"{node.data:g}" for node in order)
    if len(order) != len({*order}):
        return f"for {told} your list is {numbers}: a node stands in it twice"
    if {*order} - nodes:
        return f"for {told} your list holds a node that is not below the result: is it left from another call?"
    missing = nodes - {*order}
    if not order:
        return f"for {told} your list is empty: is your inner function ever called, with `root`?"
    if missing == {graph.root}:
        return f"for {told} your list is {numbers}: the result itself is missing, and comes last"
    if missing and all(any(m.data == node.data for node in order) for m in missing):
        return (
            f"for {told} your list is {numbers}. Two nodes with the same number are two nodes: "
            "remember the nodes that were seen, not their `.data`"
        )
    if missing and order == [graph.root]:
        return (
            f"for {told} your list holds the result alone. Are its parents looked after? And each call of "
            "`topological_order` begins a new list: let a function inside it call itself, and write into one"
        )
    if missing:
        return f"for {told} there are {len(nodes)} nodes; your list has {len(order)}: {numbers}"
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

"""Nodes of the class that the reader builds in lesson 03, as nodes of the library's `Value`."""

from helpers.calculus.graph import Value

HELD = ("data", "parents", "local", "op", "label")  # what such a node has


def as_values(root):
    """Return root itself if it is a `Value`, else the last of new ones that hold the numbers of the reader's nodes.

    The reader's nodes have data, parents, local (one derivative for each parent), op and label. Values and local
    derivatives stay the reader's own, right or wrong. TypeError for anything else, and for a graph with a circle.
    """
    if isinstance(root, Value):
        return root
    made, begun, stack = {}, set(), [root]
    while stack:
        node = stack[-1]
        if not all(hasattr(node, name) for name in HELD):
            raise TypeError(f"root must be a Value, the last node of an expression, not {type(node).__name__}")
        begun.add(node)
        waiting = next((parent for parent in node.parents if parent not in made), None)
        if waiting in begun:
            raise TypeError("a node is among those that it was computed from")
        if waiting is not None:
            stack.append(waiting)
        else:
            parents = [made[parent] for parent in node.parents]
            made[stack.pop()] = Value(node.data, parents, node.op, node.label, tuple(map(float, node.local)))
    return made[root]

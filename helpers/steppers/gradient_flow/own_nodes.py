"""Nodes of the reader's own: objects with `data`, `parents`, `local`, `op` and `label`, as lesson 03 builds them."""

from helpers.calculus.graph import Value

FIELDS = ("data", "parents", "local", "op", "label")


def as_values(root):
    """Return root if it is a `Value`, else the last node of a copy of its graph, made of `Value`s; root stays as it is.

    Raises TypeError when root, or a node that it is computed from, is neither a `Value` nor like those of lesson 03.
    """
    if isinstance(root, Value):
        return root
    copies, stack = {}, [root]
    while stack:
        node = stack[-1]
        if not all(hasattr(node, name) for name in FIELDS):
            raise TypeError(f"root must be a Value, the last node of an expression, not {type(node).__name__}")
        missing = [parent for parent in node.parents if id(parent) not in copies]
        if missing:
            stack.append(missing[0])
        else:
            parents = [copies[id(parent)] for parent in node.parents]
            copies[id(stack.pop())] = Value(node.data, parents, node.op, node.label, _locals=tuple(node.local))
    return copies[id(root)]

"""What is said of an operation of `Value` that does not remember what it should."""

import math


def said_of_node(E, node, what, data, parents, op):
    """Words for a node with wrong contents, '' where only its local derivatives can still be wrong.

    what: the operation in words; data, parents, op: what the node should hold.
    """
    if node is None:
        return f"{what} is `None`: is the `return` missing?"
    if not isinstance(node, E.Value):
        return f"{what} is {node!r}, a {type(node).__name__}: return a Value, or the memory ends here"
    if not math.isclose(node.data, data, rel_tol=1e-9, abs_tol=1e-12):
        return f"{what} has the value {node.data:g}, and should be {data:g}"
    for name, held in (("parents", node.parents), ("local derivatives", node.local)):
        if not isinstance(held, tuple | list):
            example = "(self,)" if name == "parents" else "(slope,)"
            return (
                f"the {name} of {what} must be a tuple, also if there is only one: "
                f"`{example}` with its comma; without it these are only brackets"
            )
    if any(a is not b for a, b in zip(node.parents, parents, strict=False)) or len(node.parents) != len(parents):
        if [getattr(parent, "data", parent) for parent in node.parents] == [p.data for p in parents]:
            return f"{what} must remember the Values themselves as its parents: `self`, not `self.data`"
        who = "both factors, the first one first," if len(parents) == 2 else "what it was computed from"
        return f"{what} must remember {who} as its parents; yours remembers {len(node.parents)} Values"
    if len(node.local) != len(parents):
        return f"{what} needs one local derivative for each parent; yours has {len(node.local)}"
    if any(isinstance(each, E.Value) for each in node.local):
        return f"the local derivatives of {what} must be plain numbers: `.data` of the Values"
    if node.op != op:
        return f'the fourth entry is the sign for the pictures, `"{op}"`; yours is {node.op!r}'
    return ""

"""Judges of operations of `Value`: what they compute, and what they remember of it."""

import math


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
                f"your local derivatives are {tuple(z.local)}"
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
                1 / math.cosh(a): "this is 1/cosh(x); the slope is its square",
                1.0: "this is the slope at 0 alone",
                math.tanh(a) * (1 - math.tanh(a)): "y·(1 − y) is the slope of the sigmoid",
                1 - math.tanh(a): "the square is missing: 1 − y²",
            }
            words = next((words for number, words in known.items() if abs(given - number) < 1e-9), "")
            return (
                f"at {a:g}, nudging says that tanh has the slope {slope:.4g}; your local derivative is {given:.4g}"
                + (f", and {words}" if words else "")
            )
    if type(y.local[0]).__module__ == "numpy":
        return "`np.tanh` makes NumPy's numbers, and here are Python's own: `math.tanh`"
    y = E.Value(1000.0).tanh()
    return "" if y.data == 1.0 else f"tanh(1000) is 1, and yours is {y.data}: `math.tanh` stands large numbers"


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
    if isinstance(node.local, str) and node.local == op:
        return f'your third entry is the sign, "{op}": the local derivatives, which come before it, are missing'
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
        if {*map(id, node.parents)} == {*map(id, parents)} and len(node.parents) == len(parents):
            numbers = ", ".join(f"{parent.data:g}" for parent in node.parents)
            return f"{what} has the right parents in the wrong order, ({numbers}): the first factor comes first, and so does its local derivative"
        who = "both factors, the first one first," if len(parents) == 2 else "what it was computed from"
        return f"{what} must remember {who} as its parents; yours remembers {len(node.parents)} Values"
    if len(node.local) != len(parents):
        return f"{what} needs one local derivative for each parent; yours has {len(node.local)}"
    if any(isinstance(each, E.Value) for each in node.local):
        return f"the local derivatives of {what} must be plain numbers: `.data` of the Values"
    if node.op != op:
        return f'the fourth entry is the sign for the pictures, `"{op}"`; yours is {node.op!r}'
    return ""

"""Graphs on which parts of lesson 03 are tried: what they are called, their result, and all their nodes."""

from typing import NamedTuple


class Graph(NamedTuple):
    """told: the expression in words; root: its last node; nodes: all of them, by name."""

    told: str
    root: object
    nodes: dict


def graphs(E):
    """The graphs, the simplest first, made of an engine's own nodes."""
    made = []
    a = E.Value(3.0)
    made.append(Graph("a alone, with a = 3", a, {"a": a}))
    a, b = E.Value(2.0), E.Value(-3.0)
    made.append(Graph("a·b with a = 2 and b = −3", L := a * b, {"a": a, "b": b, "L": L}))
    a = E.Value(3.0)
    made.append(Graph("s = a + a with a = 3", s := a + a, {"a": a, "s": s}))
    a = E.Value(3.0)
    s = a + a
    made.append(Graph("L = s·s, s = a + a, with a = 3", L := s * s, {"a": a, "s": s, "L": L}))
    a = E.Value(3.0)
    s = a + a
    q = s * s
    made.append(Graph("L = s + s·s, s = a + a, with a = 3", L := s + q, {"a": a, "s": s, "s·s": q, "L": L}))
    a = E.Value(3.0)
    s = a + a
    q = s * s
    made.append(Graph("L = s·s + s, s = a + a, with a = 3", L := q + s, {"a": a, "s": s, "s·s": q, "L": L}))
    a, b = E.Value(2.0), E.Value(2.0)
    c, d = a + 2.0, b * 2.0
    made.append(
        Graph("L = (a + 2)·(b·2) with a = 2 and b = 2, where nodes have equal values", L := c * d, nodes_below(L))
    )
    a, b = E.Value(0.5), E.Value(-1.5)
    t = (a * b + b).tanh()
    made.append(Graph("L = t·a + t, t = tanh(a·b + b), with a = 0.5 and b = −1.5", L := t * a + t, nodes_below(L)))
    return made


def nodes_below(root):
    """All nodes below root, by invented names; found without the parts that are to be judged."""
    found, todo = [], [root]
    while todo:
        node = todo.pop()
        if node not in found:
            found.append(node)
            todo += node.parents
    return {f"n{k}": node for k, node in enumerate(found)}


def doubled(E, times):
    """x = x + x, so many times: few nodes, and very many paths."""
    x = E.Value(1.0)
    for _ in range(times):
        x = x + x
    return x


def chain(E, length):
    """x + 1 + 1 ...: a long row of nodes."""
    x = E.Value(0.0)
    for _ in range(length):
        x = x + 1.0
    return x

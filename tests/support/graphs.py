"""Graphs of `Value` nodes: random ones, from the programs, and some that several tests draw."""

from programs import OPERATIONS, Library, assume_moderate, run

from helpers.calculus.graph import Value

VALUES = Library(Value.tanh, Value.exp, Value.log, Value.relu)
ON_GRAPHS = OPERATIONS | {
    "sigmoid": lambda a, b, lib: a.sigmoid() if lib is VALUES else OPERATIONS["sigmoid"](a, b, lib),
    "relu": lambda a, b, lib: lib.relu(a + 0.1) + b,
}


def graph_of(program, x):
    """Inputs and root of a program run on `Value` nodes."""
    inputs = [Value(value) for value in x]
    results = run(program, inputs, VALUES, ON_GRAPHS)
    assume_moderate(node.data for node in results)
    return inputs, results[-1]


def labelled_graph(program, x, labels="xyw"):
    """The same, with labelled inputs."""
    inputs, root = graph_of(program, x)
    for node, label in zip(inputs, labels, strict=True):
        node.label = label
    return inputs, root


def big_graph():
    """A graph of exactly 60 nodes: a sum of products with a shared weight."""
    w, total = Value(0.5, label="weight"), Value(0.1, label="start").exp()
    for k in range(14):
        total = total + (w * Value(k - 7.25, label=f"input {k}")).tanh()
    return total * w


def neuron(w=2.0, x=-1.0, b=0.5):
    """sigmoid(w x + b)."""
    w, x, b = Value(w, label="w"), Value(x, label="x"), Value(b, label="b")
    z = w * x + b
    z.label = "z"
    p = z.sigmoid()
    p.label = "p"
    return p

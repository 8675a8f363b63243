"""Programs on single numbers in micrograd's style, for its `Value` and for ours, and the time of backward alone.

A kind is a pair (class of the numbers, its tanh).
"""

import math
import sys
import timeit
from functools import partial
from importlib.util import find_spec

import numpy as np

from benchmarks.timing import interleaved
from helpers.calculus.graph import Value, topological_order

CHAINS = (100, 1000, 10_000)


def our_kind():
    """`helpers.calculus.graph.Value`."""
    return Value, Value.tanh


def micrograd_kind():
    """micrograd's `Value`, with a tanh as in its author's lecture; it walks its graph by recursion."""
    from micrograd.engine import Value as Scalar

    sys.setrecursionlimit(100_000)

    def tanh(value):
        out = Scalar(math.tanh(value.data), (value,), "tanh")

        def _backward():
            value.grad += (1 - out.data**2) * out.grad

        out._backward = _backward
        return out

    return Scalar, tanh


KINDS = {"micrograd": micrograd_kind, "our Value": our_kind}


def scalar_network(network, Scalar, tanh):
    """(step, gradient) of a `Network` in single numbers, as in peers.py."""
    params = [
        ([[Scalar(w) for w in row] for row in W.T.tolist()], [Scalar(z) for z in b.tolist()]) for W, b in network.params
    ]
    leaves = [leaf for rows, biases in params for leaf in (*biases, *(w for row in rows for w in row))]
    X, Y = (array.tolist() for array in network.data)

    def step():
        for leaf in leaves:
            leaf.grad = 0
        outputs = (scalar_output(params, [Scalar(x) for x in row], tanh) for row in X)
        errors = [
            (z - y) ** 2 for output, row in zip(outputs, Y, strict=True) for z, y in zip(output, row, strict=True)
        ]
        loss = sum(errors) * (1 / len(errors))
        loss.backward()
        return loss

    def gradient():
        return [
            (np.array([[w.grad for w in row] for row in rows]).T, np.array([b.grad for b in biases]))
            for rows, biases in params
        ]

    return step, gradient


def scalar_output(params, h, tanh):
    """Outputs for one row of inputs; params: for each layer (a row of weights for each neuron, its biases)."""
    for k, (rows, biases) in enumerate(params):
        h = [sum((w * x for w, x in zip(row, h, strict=True)), b) for row, b in zip(rows, biases, strict=True)]
        if k < len(params) - 1:
            h = [tanh(z) for z in h]
    return h


def readme(Scalar, tanh):
    """The example of micrograd's README (MIT licence, Copyright (c) 2020 Andrej Karpathy)."""
    a = Scalar(-4.0)
    b = Scalar(2.0)
    c = a + b
    d = a * b + b**3
    c += c + 1
    c += 1 + c + (-a)
    d += d * 2 + (b + a).relu()
    d += 3 * d + (b - a).relu()
    e = c - d
    f = e**2
    g = f / 2.0
    g += 10.0 / f
    return g, [a, b]


def mlp(Scalar, tanh):
    """The squared output of a tanh network 2-16-16-1 for one input."""
    rng = np.random.default_rng(0)
    params = [
        ([[Scalar(w) for w in row] for row in rng.normal(size=(o, i)).tolist()], [Scalar(0.1) for _ in range(o)])
        for i, o in ((2, 16), (16, 16), (16, 1))
    ]
    x = [Scalar(0.3), Scalar(-0.2)]
    return scalar_output(params, x, tanh)[0] ** 2, x


def chain(nodes):
    """A program of about that many nodes, each computed from the one before."""

    def program(Scalar, tanh):
        x = root = Scalar(0.5)
        for _ in range(nodes // 3):
            root = (root + x) * 0.999
        return root, [x]

    return program


PROGRAMS = {"README example": readme, "network 2-16-16-1": mlp} | {f"chain of {n:,}": chain(n) for n in CHAINS}


def backward_times(repeats, programs=PROGRAMS):
    """Interleaved medians: program -> {"nodes": number, kind: seconds of one backward on a fresh graph}.

    Kinds that are not installed are left out. AssertionError unless the gradients agree.
    """
    kinds = {name: kind() for name, kind in KINDS.items() if name != "micrograd" or find_spec(name)}
    return {name: times_of(program, kinds, repeats) for name, program in programs.items()}


def times_of(program, kinds, repeats):
    """One row of `backward_times`."""
    built = {name: program(*kind) for name, kind in kinds.items()}
    for root, _ in built.values():
        root.backward()
    ours, reference = built["our Value"]
    for name, (_, leaves) in built.items():
        same = np.allclose([leaf.grad for leaf in leaves], [leaf.grad for leaf in reference], rtol=1e-9)
        assert same, f"{name}: another gradient than our Value's"
    timings = {name: partial(backward_time, program, kind) for name, kind in kinds.items()}
    return {"nodes": len(topological_order(ours))} | interleaved(timings, repeats)


def backward_time(program, kind, min_time=0.002):
    """Mean seconds of backward over fresh graphs, for at least `min_time` seconds."""
    timer = timeit.Timer("root.backward()", "root, _ = program(*kind)", globals={"program": program, "kind": kind})
    seconds = [timer.timeit(1)]
    while sum(seconds) < min_time:
        seconds.append(timer.timeit(1))
    return sum(seconds) / len(seconds)

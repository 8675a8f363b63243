"""Small networks in two forms each, to time two ways to their derivatives: one wide neuron, and one layer."""

import math
import time
from dataclasses import dataclass

from helpers.dual import Dual
from helpers.graph import Value


def wide_neuron(weights):
    """tanh of the weighted sum of n inputs, in plain Python; weights: shape (n,)."""
    return math.tanh(sum(w * x for w, x in zip(weights, inputs(len(weights)), strict=True)))


@dataclass(frozen=True)
class ValueNeuron:
    """weights: list of n `Value` leaves; output: the `Value` computed from them."""

    weights: list
    output: Value


def wide_neuron_of_values(weights):
    """Build the same neuron from `Value` nodes."""
    leaves = [Value(w) for w in weights]
    return ValueNeuron(leaves, sum(w * x for w, x in zip(leaves, inputs(len(leaves)), strict=True)).tanh())


def inputs(n):
    """The n inputs of the wide neuron, alternating in sign and small enough that tanh does not saturate."""
    return [(-1) ** i / n for i in range(n)]


def seconds_for(function, argument, enough=0.03):
    """Shortest wall time of one call, in seconds; calls are repeated until `enough` seconds have passed."""
    times = []
    while sum(times) < enough:
        start = time.perf_counter()
        function(argument)
        times.append(time.perf_counter() - start)
    return min(times)


def layer_outputs(inputs_of_layer, n_outputs):
    """A layer of n_outputs tanh neurons over numbers of any kind; output j weighs its inputs with 1, 1 + j, 1, ..."""
    kind = type(inputs_of_layer[0])
    outputs = []
    for j in range(n_outputs):
        z = kind(0.1)
        for i, x in enumerate(inputs_of_layer):
            z = z + kind((1 + i % 2 * j) / len(inputs_of_layer) / n_outputs) * x
        outputs.append(z.tanh())
    return outputs


def jacobian_forward(size):
    """All derivatives of a layer of size (n inputs, m outputs) by dual numbers: n passes; a list of n lists of m."""
    n, m = size
    one_moving = [[Dual(x, float(i == k)) for i, x in enumerate(inputs(n))] for k in range(n)]
    return [[output.slope for output in layer_outputs(duals, m)] for duals in one_moving]


def jacobian_backward(size):
    """The same by backward passes over one graph: m passes; a list of n lists of m."""
    n, m = size
    leaves = [Value(x) for x in inputs(n)]
    columns = []
    for output in layer_outputs(leaves, m):
        output.backward()
        columns.append([leaf.grad for leaf in leaves])
    return [list(row) for row in zip(*columns, strict=True)]

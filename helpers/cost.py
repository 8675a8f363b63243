"""One wide neuron, as a plain program and as a `Value` expression, to time two ways to its gradient."""

import math
import time
from dataclasses import dataclass

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

"""Small networks in two forms each, to time two ways to their derivatives: one wide neuron, and a narrow stack."""

import math
import timeit
from typing import NamedTuple

from helpers.calculus.dual import Dual
from helpers.calculus.graph import Value

MEASURABLE = 1e-3  # seconds that a coarse clock measures well enough


def wide_neuron(weights):
    """tanh of the weighted sum of n inputs, in plain Python; weights: shape (n,)."""
    return math.tanh(sum(w * x for w, x in zip(weights, inputs(len(weights)), strict=True)))


class ValueNeuron(NamedTuple):
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


def seconds_for(function, *arguments, enough=0.03):
    """Shortest wall time of one call, in seconds; measured again and again until `enough` seconds have passed.

    A measurement is of as many calls as the clock can tell from none: a browser's stands still for 0.1 ms and longer.
    """
    calls, times = 1, []
    while sum(times) * calls < enough:
        seconds = timeit.timeit(lambda: function(*arguments), number=calls)
        if seconds < MEASURABLE:
            calls, times = 2 * calls, []
        else:
            times.append(seconds / calls)
    return min(times)


def narrow_network(numbers, n_outputs):
    """Outputs of a network over numbers of any kind: their sum, ten layers of two tanh neurons, then n_outputs of them.

    What all outputs share, the layers, is most of it: a pass back from any output walks through them.
    """
    kind = type(numbers[0])
    h1 = h2 = sum((kind((1 + i % 2) / len(numbers)) * x for i, x in enumerate(numbers)), kind(0.1))
    for _ in range(10):
        h1, h2 = (h1 + h2).tanh(), (h1 + kind(-0.5) * h2).tanh()
    return [(h1 + kind(1 / (2 + j)) * h2).tanh() for j in range(n_outputs)]


def all_forward(size):
    """All derivatives of a narrow network, size (n inputs, m outputs), by dual numbers: n passes; n lists of m."""
    n, m = size
    one_moving = [[Dual(x, float(i == k)) for i, x in enumerate(inputs(n))] for k in range(n)]
    return [[output.slope for output in narrow_network(duals, m)] for duals in one_moving]


def all_backward(size):
    """The same by backward passes over one graph: m passes."""
    n, m = size
    leaves = [Value(x) for x in inputs(n)]
    columns = []
    for output in narrow_network(leaves, m):
        output.backward()
        columns.append([leaf.grad for leaf in leaves])
    return [list(row) for row in zip(*columns, strict=True)]

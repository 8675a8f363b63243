"""Small networks in two forms each, to time two ways to their derivatives: one wide neuron, a narrow stack,
a network 2-n-1."""

import math
import timeit
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np

from helpers.calculus.differences import numerical_gradient
from helpers.calculus.dual import Dual
from helpers.calculus.graph import Value
from helpers.networks.network import backward, forward, init_params

MEASURABLE = 1e-3  # seconds that a coarse clock measures well enough


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


def narrow_network(numbers, n_outputs, layers=10):
    """Outputs of a network over numbers of any kind: their sum, layers of two tanh neurons, then n_outputs of them.

    What all outputs share, the layers, is most of it: a pass back from any output walks through them.
    """
    kind = type(numbers[0])
    h1 = h2 = sum((kind((1 + i % 2) / len(numbers)) * x for i, x in enumerate(numbers)), kind(0.1))
    for _ in range(layers):
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


def gradient_methods(width):
    """Ways to the gradient of a tanh network 2-width-1 at one input, by name: functions that return an array (n,).

    PyTorch is among them where it is installed.
    """
    params = init_params((2, width, 1), np.random.default_rng(0))
    theta = np.concatenate([values.ravel() for layer in params for values in layer])
    X = np.array([[0.5, -1.0]])

    def output(theta):
        W, b, w = theta[: 2 * width].reshape(2, width), theta[2 * width : 3 * width], theta[3 * width : -1]
        return forward([(W, b), (w[:, None], theta[-1:])], X)[0][0, 0]

    def by_differences():
        return numerical_gradient(output, theta)

    def by_graph():
        W, b = ([[Value(w) for w in row] for row in np.atleast_2d(values).tolist()] for values in params[0])
        w, last = [Value(v) for v in params[1][0][:, 0].tolist()], Value(float(params[1][1][0]))
        hidden = [(W[0][j] * 0.5 + W[1][j] * -1.0 + b[0][j]).tanh() for j in range(width)]
        sum((v * h for v, h in zip(w, hidden, strict=True)), last).backward()
        return np.array([v.grad for v in [*W[0], *W[1], *b[0], *w, last]])

    def by_hand():
        out, cache = forward(params, X)
        gradient = backward(params, cache, np.ones_like(out))
        return np.concatenate([values.ravel() for layer in gradient for values in layer])

    methods = {"finite differences": by_differences, "graph of scalars": by_graph, "by hand, matrices": by_hand}
    if find_spec("torch"):
        methods["PyTorch"] = gradient_by_torch(params, X)
    return methods


def gradient_by_torch(params, X):
    """The same with PyTorch's automatic differentiation."""
    import torch

    layers = [tuple(torch.tensor(values, requires_grad=True) for values in layer) for layer in params]
    flat = [values for layer in layers for values in layer]

    def by_torch():
        (W, b), (w, last) = layers
        out = torch.tanh(torch.tensor(X) @ W + b) @ w + last
        return np.concatenate([g.numpy().ravel() for g in torch.autograd.grad(out.sum(), flat)])

    return by_torch

"""The one network and the one weight that every lesson follows: the corridor's actor at theta0.

The actor has two hidden neurons and seven parameters, theta = (u1, u2, c1, c2, w1, w2, b):
h_j = tanh(u_j x + c_j), z = w1 h1 + w2 h2 + b, pi(right | x) = sigmoid(z).
"""

import numpy as np

from helpers.calculus.graph import Value, topological_order
from helpers.networks.activations import sigmoid

NAMES = ("u1", "u2", "c1", "c2", "w1", "w2", "b")
THETA0 = np.array([0.8, -0.5, 0.1, 0.3, 0.7, -1.2, 0.2])
THETA0.flags.writeable = False
CELLS = np.array([-1.0, 0.0, 1.0])
CELLS.flags.writeable = False
STEPS = ("u1·x", "z1", "h1", "w1·h1", "u2·x", "z2", "h2", "w2·h2", "sum", "z", "π", "log π")


def actor_output(theta, x, tanh=np.tanh):
    """Pre-activation z of the actor's last neuron.

    theta: the seven numbers, x: a number or an array; of any kind that has `+` and `*`, with the kind's own tanh:
    arrays real or complex, sympy's symbols with `sympy.tanh`, `Value` with `Value.tanh`, `Dual` with `Dual.tanh`.
    """
    u1, u2, c1, c2, w1, w2, b = theta
    h1 = tanh(u1 * x + c1)
    h2 = tanh(u2 * x + c2)
    return w1 * h1 + w2 * h2 + b


def probabilities(theta):
    """Return pi(right | cell) for the cells 0, 1, 2, shape (3,)."""
    return sigmoid(actor_output(theta, CELLS))


def log_probability(theta, x):
    """Return log pi(right | x)."""
    return np.log(sigmoid(actor_output(theta, x)))


def followed(u1):
    """Return log pi(right | x = -1) as a function of the followed weight u1 alone; the other six stay at theta0."""
    return log_probability((u1, *THETA0[1:]), -1.0)


def actor_graph(x=-1.0, theta=THETA0):
    """Build log pi(right | x) from labelled `Value` nodes, one per operation; returns its last node."""
    weights = [Value(value, label=name) for name, value in zip(NAMES, theta, strict=True)]
    log_pi = actor_output(weights, Value(x, label="x"), Value.tanh).sigmoid().log()
    operations = [node for node in topological_order(log_pi) if node._prev]
    for node, label in zip(operations, STEPS, strict=True):
        node.label = label
    return log_pi


def as_layers(theta):
    """Return the seven numbers as two layers, [(u, c), (w, b)], of shapes (1, 2), (2,), (2, 1), (1,)."""
    u, c, w, b = np.split(np.asarray(theta), [2, 4, 6])
    return [(u[None, :], c), (w[:, None], b)]


def as_theta(layers):
    """Return the seven numbers of two layers, or of their gradient, in the order of `NAMES`."""
    (u, c), (w, b) = layers
    return np.concatenate([u[0], c, w[:, 0], b])

"""The one network and the one weight that every lesson follows: the corridor's actor at theta0.

The actor has two hidden neurons and seven parameters, theta = (u1, u2, c1, c2, w1, w2, b):
h_j = tanh(u_j x + c_j), z = w1 h1 + w2 h2 + b, pi(right | x) = sigmoid(z).
"""

import numpy as np

from helpers.calculus.graph import Value, topological_order
from helpers.calculus.validation import as_numbers
from helpers.networks.activations import log_sigmoid, sigmoid
from helpers.networks.validation import pairs

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


def check_seven(theta, name="theta", many=False):
    """Return theta as an array of floating-point numbers, shape (7,), or (7, n) as well where there may be many.

    Raises ValueError for another shape, NaN and infinities, TypeError for what holds no numbers; both say `name`.
    """
    array = as_numbers(theta, name)
    if array.shape[:1] != (7,) or array.ndim > 1 + many:
        raise ValueError(f"{name} must hold seven numbers, {', '.join(NAMES)}; its shape is {array.shape}")
    if not np.isfinite(array).all():
        raise ValueError(f"{name} must hold finite numbers, it is {array}")
    return array


def probabilities(theta):
    """Return pi(right | cell) for the cells 0, 1, 2, shape (3,); theta: seven numbers, or (7, n) for (3, n).

    Errors are those of `check_seven`.
    """
    theta = check_seven(theta, many=True)
    return sigmoid(actor_output(theta, CELLS if theta.ndim == 1 else CELLS[:, None]))


def log_probability(theta, x):
    """Return log pi(right | x), also where the probability rounds to 0; errors as above."""
    return log_sigmoid(actor_output(check_seven(theta, many=True), as_numbers(x, "x")))


def followed(u1):
    """Return log pi(right | x = -1) as a function of the followed weight u1 alone; the other six stay at theta0."""
    return log_probability(np.append(as_numbers(u1, "u1"), THETA0[1:]), -1.0)


def actor_graph(x=-1.0, theta=THETA0):
    """Build log pi(right | x) from labelled `Value` nodes, one per operation; returns its last node."""
    weights = [Value(value, label=name) for name, value in zip(NAMES, check_seven(theta), strict=True)]
    log_pi = actor_output(weights, Value(x, label="x"), Value.tanh).sigmoid().log()
    operations = [node for node in topological_order(log_pi) if node._prev]
    for node, label in zip(operations, STEPS, strict=True):
        node.label = label
    return log_pi


def as_layers(theta):
    """Return the seven numbers as two layers, [(u, c), (w, b)], of shapes (1, 2), (2,), (2, 1), (1,).

    theta (7, n) gives n actors side by side, of shapes (n, 1, 2), (n, 1, 2), (n, 2, 1), (n, 1, 1). Errors as above.
    """
    u, c, w, b = np.split(check_seven(theta, many=True).T, [2, 4, 6], axis=-1)
    if u.ndim > 1:
        c, b = c[:, None], b[:, None]
    return [(u[..., None, :], c), (w[..., None], b)]


def as_theta(layers):
    """Return the seven numbers of two layers, or of their gradient, in the order of `NAMES`; (7, n) for n actors.

    Raises ValueError where the arrays have other shapes than those that `as_layers` returns.
    """
    shapes = [(W.shape, b.shape) for W, b in pairs(layers, "layers")]
    n = shapes[0][0][:-2] if shapes else ()
    one = n and (1,)
    if shapes != [((*n, 1, 2), (*n, *one, 2)), ((*n, 2, 1), (*n, *one, 1))]:
        raise ValueError(f"layers must have the shapes (1, 2), (2,) and (2, 1), (1,), not {shapes}")
    (u, c), (w, b) = layers
    return np.concatenate([array.reshape(*n, -1) for array in (u, c, w, b)], axis=-1).T

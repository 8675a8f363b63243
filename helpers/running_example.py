"""The one network and the one weight that every lesson follows: the corridor's actor at theta0.

The actor has two hidden neurons and seven parameters, theta = (u1, u2, c1, c2, w1, w2, b):
h_j = tanh(u_j x + c_j), z = w1 h1 + w2 h2 + b, pi(right | x) = sigmoid(z).
"""

from dataclasses import dataclass, field
from html import escape

import numpy as np

from helpers.derivatives import central_difference, complex_step, forward_difference
from helpers.dual import Dual
from helpers.graph import Value
from helpers.network import backward, forward

NAMES = ("u1", "u2", "c1", "c2", "w1", "w2", "b")
THETA0 = np.array([0.8, -0.5, 0.1, 0.3, 0.7, -1.2, 0.2])
THETA0.flags.writeable = False
CELLS = np.array([-1.0, 0.0, 1.0])
CELLS.flags.writeable = False


def sigmoid(z):
    """Logistic function 1 / (1 + exp(-z)), elementwise, for real or complex z."""
    return 1 / (1 + np.exp(-z))


def actor_output(theta, x):
    """Pre-activation z of the actor's last neuron; theta: the seven numbers, x: a number or an array."""
    u1, u2, c1, c2, w1, w2, b = theta
    h1 = np.tanh(u1 * x + c1)
    h2 = np.tanh(u2 * x + c2)
    return w1 * h1 + w2 * h2 + b


def probabilities(theta):
    """Return pi(right | cell) for the cells 0, 1, 2, shape (3,)."""
    return sigmoid(actor_output(theta, CELLS))


def log_probability(theta, x):
    """Return log pi(right | x)."""
    return np.log(sigmoid(actor_output(theta, x)))


def as_layers(theta):
    """Return the seven numbers as two layers, [(u, c), (w, b)], of shapes (1, 2), (2,), (2, 1), (1,)."""
    u, c, w, b = np.split(np.asarray(theta), [2, 4, 6])
    return [(u[None, :], c), (w[:, None], b)]


def as_theta(layers):
    """Return the seven numbers of two layers, or of their gradient, in the order of `NAMES`."""
    (u, c), (w, b) = layers
    return np.concatenate([u[0], c, w[:, 0], b])


def log_pi_of(theta, x):
    """Return log pi(right | x) for numbers of any kind that has `+`, `*`, `tanh()`, `sigmoid()` and `log()`."""
    u1, u2, c1, c2, w1, w2, b = theta
    h1 = (u1 * x + c1).tanh()
    h2 = (u2 * x + c2).tanh()
    z = w1 * h1 + w2 * h2 + b
    return z.sigmoid().log()


def actor_graph(x=-1.0, theta=THETA0):
    """Build log pi(right | x) from labelled `Value` nodes, one per operation; returns its last node."""
    u1, u2, c1, c2, w1, w2, b = (Value(value, label=name) for name, value in zip(NAMES, theta, strict=True))
    x = Value(x, label="x")
    z1 = _labelled(_labelled(u1 * x, "u1·x") + c1, "z1")
    z2 = _labelled(_labelled(u2 * x, "u2·x") + c2, "z2")
    h1, h2 = _labelled(z1.tanh(), "h1"), _labelled(z2.tanh(), "h2")
    total = _labelled(_labelled(w1 * h1, "w1·h1") + _labelled(w2 * h2, "w2·h2"), "sum")
    z = _labelled(total + b, "z")
    return _labelled(_labelled(z.sigmoid(), "π").log(), "log π")


def _labelled(node, label):
    node.label = label
    return node


def followed(u1):
    """Return log pi(right | x = -1) as a function of the followed weight u1 alone; the other six stay at theta0."""
    return log_probability((u1, *THETA0[1:]), -1.0)


@dataclass
class AgreementTable:
    """The derivative at the followed weight by every method so far; all rows must agree.

    quantity: what is tabulated; exact: its value, against which `error` is measured; rows: one tuple a method,
    (lesson, method, value, cost, tolerance).
    """

    quantity: str
    exact: float
    rows: list = field(default_factory=list)

    def add(self, lesson, method, value, cost, tolerance=1e-8):
        """Append a row and return the table.

        AssertionError, which names both, if `value` is further than its tolerance from the exact value, or further
        than the larger of the two tolerances from an earlier row. Adding a method twice changes nothing.
        """
        value = float(value)
        for _, other, earlier, _, earlier_tolerance in [*self.rows, ("", "the exact value", self.exact, "", 0)]:
            assert abs(value - earlier) <= max(tolerance, earlier_tolerance), (
                f"{method} gives {value:.12f} for {self.quantity}, but {other} gives {earlier:.12f}"
            )
        if (lesson, method) not in [row[:2] for row in self.rows]:
            self.rows.append((lesson, method, value, cost, tolerance))
        return self

    def _cells(self):
        head = ("lesson", "method", self.quantity, "error", "cost")
        return head, [(n, m, f"{v:.12f}", f"{abs(v - self.exact):.0e}", c) for n, m, v, c, _ in self.rows]

    def __repr__(self):
        head, rows = self._cells()
        widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
        return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in [head, *rows])

    def _repr_html_(self):
        head, rows = self._cells()
        th = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
        body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
        return f"<table><thead><tr>{th}</tr></thead><tbody>{body}</tbody></table>"


def _followed_by_backprop():
    layers = as_layers(THETA0)
    z, cache = forward(layers, CELLS[:, None])
    dz = np.where(CELLS[:, None] == -1, 1 - sigmoid(z), 0.0)
    return as_theta(backward(layers, cache, dz))[0]


def agreement_table(lesson):
    """Return the table of d log pi(right | x = -1) / d u1 with the rows of all lessons before `lesson`, recomputed."""
    from helpers.symbolic import followed_derivative  # sympy takes longer to import than everything else here

    formula, exact = followed_derivative()
    theta = [Value(number) for number in THETA0]
    log_pi_of(theta, Value(-1.0)).backward()
    duals = [Dual(number, slope=float(name == "u1")) for name, number in zip(NAMES, THETA0, strict=True)]
    u1 = THETA0[0]
    table = AgreementTable("∂ log π/∂u1", exact)
    earlier = [
        ("01", "sympy, the printed formula", formula, "one formula for each weight", 1e-12),
        ("02", "forward difference", forward_difference(followed, u1), "2 evaluations", 1e-7),
        ("02", "central difference", central_difference(followed, u1), "2 evaluations", 1e-9),
        ("02", "complex step", complex_step(followed, u1), "1 complex evaluation", 1e-12),
        ("03", "dual numbers, forward", log_pi_of(duals, Dual(-1.0)).slope, "1 pass for each weight", 1e-12),
        ("03", "graph, backward", theta[0].grad, "1 pass back for all weights", 1e-12),
        ("04", "hand-written backprop", _followed_by_backprop(), "1 pass back for all weights and cells", 1e-12),
    ]
    for number, method, value, cost, tolerance in earlier:
        if number < lesson:
            table.add(number, method, value, cost, tolerance)
    return table

"""Networks as sympy formulas: the actor's closed form, and how such formulas grow with depth."""

import time
from dataclasses import dataclass

import sympy as sp

from helpers.running_example import NAMES, THETA0


def actor_formula():
    """Return z, the actor's output before the last sigmoid, as one sympy expression in x and the seven weights."""
    x, u1, u2, c1, c2, w1, w2, b = sp.symbols(("x", *NAMES))
    h1 = sp.tanh(u1 * x + c1)
    h2 = sp.tanh(u2 * x + c2)
    return w1 * h1 + w2 * h2 + b


def followed_derivative():
    """Return d log pi(right | x = -1) / d u1 at theta0, from its formula: (by lambdify, exact to 30 digits)."""
    log_pi = sp.log(1 / (1 + sp.exp(-actor_formula())))
    slope = sp.diff(log_pi, "u1")
    exact = {"x": sp.Integer(-1)} | {name: sp.Rational(str(value)) for name, value in zip(NAMES, THETA0, strict=True)}
    by_formula = sp.lambdify(("x", *NAMES), slope, "numpy")(-1.0, *THETA0)
    return float(by_formula), float(slope.evalf(30, subs=exact))


def return_formula():
    """Return J(p0, p1, p2), the expected return of the switched corridor, by solving its three value equations.

    The equations: V(s) = -1 + sum over a of pi(a | s) V(next cell), with V(goal) = 0; J = V(0).
    """
    p0, p1, p2, V0, V1, V2 = sp.symbols("p0 p1 p2 V0 V1 V2")
    equations = [
        sp.Eq(V0, -1 + p0 * V1 + (1 - p0) * V0),
        sp.Eq(V1, -1 + p1 * V0 + (1 - p1) * V2),
        sp.Eq(V2, -1 + (1 - p2) * V1),
    ]
    return sp.factor(sp.solve(equations, [V0, V1, V2])[V0])


def return_of_actor():
    """Return J as one formula in the actor's seven weights: `return_formula` with p_i = sigmoid(z(x_i))."""
    pi = 1 / (1 + sp.exp(-actor_formula()))
    return return_formula().subs({f"p{cell}": pi.subs("x", cell - 1) for cell in range(3)})


def followed_return_derivative():
    """Return dJ/du1 at theta0 from its formula: (with floats put in, exact to 30 digits)."""
    slope = sp.diff(return_of_actor(), "u1")
    exact = {name: sp.Rational(str(value)) for name, value in zip(NAMES, THETA0, strict=True)}
    return float(slope.subs(dict(zip(NAMES, THETA0, strict=True)))), float(slope.evalf(30, subs=exact))


def network_formula(sizes):
    """Return (output, parameters) of a tanh network with the given layer sizes; its one output is one expression.

    Raises ValueError unless sizes has at least two entries and the last is 1.
    """
    if len(sizes) < 2 or sizes[-1] != 1 or min(sizes) < 1:
        raise ValueError(f"sizes must hold at least two positive numbers, the last of them 1, not {sizes}")
    h = sp.symbols(f"x:{sizes[0]}", real=True)
    parameters = []
    for layer, n_out in enumerate(sizes[1:], start=1):
        W = [sp.symbols(f"w{layer}_{j}_:{len(h)}", real=True) for j in range(n_out)]
        b = sp.symbols(f"b{layer}_:{n_out}", real=True)
        h = [sp.tanh(sp.Add(*map(sp.Mul, row, h)) + bias) for row, bias in zip(W, b, strict=True)]
        parameters += [w for row in W for w in row] + list(b)
    return h[0], parameters


@dataclass(frozen=True)
class Swell:
    """What the full symbolic gradient of one network costs, in arithmetic operations and seconds."""

    sizes: tuple
    n_parameters: int
    operations: int  # of all derivative formulas, written out
    shared: int  # after common-subexpression elimination
    by_hand: int  # of hand-written forward and backward
    seconds: float  # to differentiate and count


def measure_swell(sizes):
    """Differentiate `network_formula(sizes)` by every parameter and count operations; returns a `Swell`."""
    output, parameters = network_formula(sizes)
    start = time.perf_counter()
    gradient = [sp.diff(output, parameter) for parameter in parameters]
    operations = int(sum(map(sp.count_ops, gradient)))
    seconds = time.perf_counter() - start
    definitions, rest = sp.cse(gradient)
    shared = sum(sp.count_ops(formula) for _, formula in definitions) + sum(map(sp.count_ops, rest))
    return Swell(tuple(sizes), len(parameters), operations, int(shared), operations_by_hand(sizes), seconds)


def operations_by_hand(sizes):
    """Count the operations of one hand-written forward and backward pass of a tanh network, layer by layer."""
    total = 0
    for layer, (n_in, n_out) in enumerate(zip(sizes, sizes[1:], strict=False)):
        total += n_out * (2 * n_in + 1)  # z = W h + b, then tanh: n_in products, n_in sums, 1 tanh
        total += n_out * 3  # dz = dh * (1 - h**2)
        total += n_out * n_in  # dW = dz * h for each weight; db = dz is free
        if layer > 0:
            total += n_in * (2 * n_out - 1)  # dh of the layer below: n_out products, n_out - 1 sums
    return total

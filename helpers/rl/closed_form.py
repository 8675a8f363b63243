"""The corridor's expected return, and the actor's derivative of it, as sympy formulas."""

import sympy as sp

from helpers.running_actor import NAMES, THETA0, actor_output

Z = actor_output(sp.symbols(NAMES), sp.Symbol("x"), sp.tanh)  # of the actor, in x and its seven weights


def followed_derivative():
    """Return d log pi(right | x = -1) / d u1 at theta0, from its formula: (by lambdify, exact to 30 digits)."""
    log_pi = sp.log(1 / (1 + sp.exp(-Z)))
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
    pi = 1 / (1 + sp.exp(-Z))
    return return_formula().subs({f"p{cell}": pi.subs("x", cell - 1) for cell in range(3)})


def followed_return_derivative():
    """Return dJ/du1 at theta0 from its formula: (with floats put in, exact to 30 digits)."""
    slope = sp.diff(return_of_actor(), "u1")
    exact = {name: sp.Rational(str(value)) for name, value in zip(NAMES, THETA0, strict=True)}
    return float(slope.subs(dict(zip(NAMES, THETA0, strict=True)))), float(slope.evalf(30, subs=exact))

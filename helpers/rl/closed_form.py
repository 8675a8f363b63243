"""The corridor's expected return, and the actor's derivatives at the followed weight, as sympy formulas.

sympy takes a second to load and to derive: what the agreement tables need of it is printed once, by
`tools/printed_derivatives.py`, into `helpers/rl/printed_derivatives.py`.
"""

import sympy as sp

from helpers.rl.corridor import N_CELLS, NEXT, OBSERVATIONS, REWARD
from helpers.running_actor import NAMES, actor_output

Z = actor_output(sp.symbols(NAMES), sp.Symbol("x"), sp.tanh)  # of the actor, in x and its seven weights
PI = 1 / (1 + sp.exp(-Z))


def followed_derivative():
    """Return d log pi(right | x = -1) / d u1, a formula in the actor's seven weights."""
    return sp.diff(sp.log(PI), "u1").subs("x", -1)


def return_formula():
    """Return J(p0, p1, p2), the expected return of the switched corridor, by solving its three value equations.

    The equations: V(s) = REWARD + sum over a of pi(a | s) V(next cell), with V(goal) = 0; J = V(0).
    """
    V = [*sp.symbols(f"V:{N_CELLS}"), 0]
    equations = [
        sp.Eq(V[cell], sp.Rational(REWARD) + p * V[right] + (1 - p) * V[left])
        for cell, (p, (left, right)) in enumerate(zip(sp.symbols(f"p:{N_CELLS}"), NEXT.tolist(), strict=False))
    ]
    return sp.factor(sp.solve(equations, V[:N_CELLS])[V[0]])


def return_of_actor():
    """Return J as one formula in the actor's seven weights: `return_formula` with p_i = sigmoid(z(x_i))."""
    return return_formula().subs({f"p{cell}": PI.subs("x", sp.Rational(OBSERVATIONS[cell])) for cell in range(N_CELLS)})


def followed_return_derivative():
    """Return dJ/du1, a formula in the actor's seven weights."""
    return sp.diff(return_of_actor(), "u1")

"""One number by every method so far: d log pi/du1 until lesson 05, dJ/du1 from lesson 06 on; all methods must agree."""

from dataclasses import dataclass, field
from decimal import Decimal, localcontext

import numpy as np

from helpers.calculus.differences import central_difference, complex_step, forward_difference
from helpers.calculus.dual import Dual
from helpers.calculus.graph import Value
from helpers.calculus.validation import as_numbers, check_each, real_array, seeded
from helpers.rl.actor_critic import td_error
from helpers.rl.corridor import RIGHT, exact_action_values, exact_return, exact_values, exact_visits
from helpers.rl.policy_gradient import exact_gradient, gradient_estimates, rewards_to_go, sample_episodes, score_table
from helpers.rl.printed_derivatives import followed_derivative, followed_return_derivative
from helpers.running_actor import CELLS, NAMES, THETA0, actor_output, followed, probabilities
from helpers.table import Tabular


@dataclass(repr=False)
class AgreementTable(Tabular):
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


def by_formula(derivative):
    """Return a printed derivative at theta0: (in floating-point numbers, exact to 30 digits and then rounded)."""

    def tanh(z):
        return 1 - 2 / ((2 * z).exp() + 1)

    with localcontext(prec=40):
        exact = derivative([Decimal(str(weight)) for weight in THETA0], Decimal.exp, tanh)
    return float(derivative(THETA0, np.exp, np.tanh)), float(exact)


def agreement_table(lesson):
    """Return the table of d log pi(right | x = -1) / d u1 with the rows of all lessons before `lesson`, recomputed."""
    formula, exact = by_formula(followed_derivative)
    theta = [Value(number) for number in THETA0]
    actor_output(theta, Value(-1.0), Value.tanh).sigmoid().log().backward()
    duals = [Dual(number, slope=float(name == "u1")) for name, number in zip(NAMES, THETA0, strict=True)]
    dual = actor_output(duals, Dual(-1.0), Dual.tanh).sigmoid().log()
    u1, by_backprop = THETA0[0], score_table(THETA0)[0, RIGHT, 0]
    table = AgreementTable("∂ log π/∂u1", exact)
    earlier = [
        ("01", "sympy, the printed formula", formula, "one formula for each weight", 1e-12),
        ("02", "central difference", central_difference(followed, u1, 1e-5), "2 evaluations", 1e-9),
        ("02b", "forward difference", forward_difference(followed, u1), "2 evaluations", 1e-7),
        ("02b", "complex step", complex_step(followed, u1), "1 complex evaluation", 1e-12),
        ("03", "graph, backward", theta[0].grad, "1 pass back for all weights", 1e-12),
        ("03b", "dual numbers, forward", dual.slope, "1 pass for each weight", 1e-12),
        ("04", "hand-written backprop", by_backprop, "1 pass back for all weights and cells", 1e-12),
    ]
    for row in earlier:
        if row[0] < lesson:
            table.add(*row)
    return table


def return_of_followed(u1):
    """Return J as a function of the followed weight u1 alone; the other six stay at theta0."""
    return exact_return(probabilities((as_numbers(u1, "u1"), *THETA0[1:])))


def return_table(lesson):
    """Return the agreement table of dJ/du1 at theta0 with the rows of all lessons before `lesson`, recomputed."""
    formula, exact = by_formula(followed_return_derivative)
    table = AgreementTable("∂J/∂u1", exact)
    if lesson > "06":
        u1 = THETA0[0]
        nudged, by_step = central_difference(return_of_followed, u1), complex_step(return_of_followed, u1)
        table.add("06", "sympy, the value equations", formula, "one formula for each weight", 1e-10)
        table.add("06", "central difference of J", nudged, "2 evaluations of J", 1e-7)
        table.add("06", "complex step of J", by_step, "1 complex evaluation of J", 1e-10)
        table.add("06", "policy-gradient theorem", exact_gradient(THETA0)[0], "visits, Q, 1 pass back", 1e-10)
        mean, band = followed_by_episodes()
        table.add("06", "REINFORCE, 20,000 episodes", mean, "20,000 episodes", band)
    if lesson > "07":
        table.add("07", "δ with the true V, exact mean", mean_of_td_errors()[0], "visits, V", 1e-10)
        mean, band = followed_by_episodes(td_errors)
        table.add("07", "δ with the true V, 20,000 episodes", mean, "20,000 episodes", band)
    return table


def followed_by_episodes(weights_of=lambda episodes: rewards_to_go(episodes.rewards), n=20_000, seed=0):
    """Return (mean, 3 standard errors) of estimates of dJ/du1 at theta0 from n episodes.

    weights_of(episodes) gives what multiplies grad log pi at each step, shape (T, n).
    """
    episodes = sample_episodes(probabilities(THETA0), n, seeded(seed))
    estimates = gradient_estimates(THETA0, episodes, weights_of(episodes))[:, 0]
    return estimates.mean(), 3 * estimates.std() / np.sqrt(n)


def td_errors(episodes, values=None):
    """Return delta_t = r_t + V(s_(t+1)) - V(s_t) for every step, shape (T, n).

    values: V of the three cells, theta0's true ones unless given; ValueError unless they are three finite numbers.
    """
    check_each(lambda given: hasattr(given, "cells"), "`Episodes`", {"episodes": episodes}, TypeError)
    V = exact_values(probabilities(THETA0)) if values is None else real_array(values, "values")
    check_each(lambda V: V.shape == CELLS.shape, "three numbers, one for each cell", {"values": V})
    v = np.append(V, 0.0)[episodes.cells]  # V(goal) = 0
    return td_error(episodes.rewards, v, np.append(v[1:], np.zeros((1, v.shape[1])), axis=0), False, 1.0)


def mean_of_td_errors():
    """Return the exact mean of delta grad log pi over an episode's steps, theta0's true V as critic, shape (7,)."""
    p = probabilities(THETA0)
    delta = exact_action_values(p) - exact_values(p)[:, None]  # r + V(s') - V(s) for each cell and action
    pi = np.stack([1 - p, p], axis=1)
    return np.einsum("s,sa,sa,sak->k", exact_visits(p), pi, delta, score_table(THETA0))

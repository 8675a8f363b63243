"""The number that lessons 06 to 08 follow: dJ/du1 at theta0, the return's derivative at the followed weight."""

import numpy as np

from helpers.corridor import exact_action_values, exact_return, exact_values, exact_visits
from helpers.derivatives import central_difference, complex_step
from helpers.policy import exact_gradient, gradient_estimates, rewards_to_go, sample_episodes, score_table
from helpers.running_example import THETA0, AgreementTable, probabilities


def return_of_followed(u1):
    """Return J as a function of the followed weight u1 alone; the other six stay at theta0."""
    return exact_return(probabilities((u1, *THETA0[1:])))


def return_table(lesson):
    """Return the agreement table of dJ/du1 at theta0 with the rows of all lessons before `lesson`, recomputed."""
    from helpers.symbolic import followed_return_derivative  # sympy takes longer to import than everything else here

    formula, exact = followed_return_derivative()
    table = AgreementTable("∂J/∂u1", exact)
    if lesson > "06":
        u1 = THETA0[0]
        table.add("06", "sympy, the value equations", formula, "one formula for each weight", 1e-10)
        table.add(
            "06", "central difference of J", central_difference(return_of_followed, u1), "2 evaluations of J", 1e-7
        )
        table.add("06", "complex step of J", complex_step(return_of_followed, u1), "1 complex evaluation of J", 1e-10)
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
    episodes = sample_episodes(probabilities(THETA0), n, np.random.default_rng(seed))
    estimates = gradient_estimates(THETA0, episodes, weights_of(episodes))[:, 0]
    return estimates.mean(), 3 * estimates.std() / np.sqrt(n)


def td_errors(episodes):
    """Return delta_t = r_t + V(s_(t+1)) - V(s_t) with theta0's true V for every step, shape (T, n)."""
    V = np.append(exact_values(probabilities(THETA0)), 0.0)  # V(goal) = 0
    v = V[episodes.cells]
    return episodes.rewards + np.append(v[1:], np.zeros((1, v.shape[1])), axis=0) - v


def mean_of_td_errors():
    """Return the exact mean of delta grad log pi over an episode's steps, theta0's true V as critic, shape (7,)."""
    p = probabilities(THETA0)
    delta = exact_action_values(p) - exact_values(p)[:, None]  # r + V(s') - V(s) for each cell and action
    pi = np.stack([1 - p, p], axis=1)
    return np.einsum("s,sa,sa,sak->k", exact_visits(p), pi, delta, score_table(THETA0))

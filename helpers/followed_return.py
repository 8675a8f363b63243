"""The number that lessons 06 to 08 follow: dJ/du1 at theta0, the return's derivative at the followed weight."""

import numpy as np

from helpers.corridor import exact_return
from helpers.derivatives import central_difference, complex_step
from helpers.policy import exact_gradient, gradient_estimates, rewards_to_go, sample_episodes
from helpers.running_example import THETA0, AgreementTable, probabilities


def return_of_followed(u1):
    """Return J as a function of the followed weight u1 alone; the other six stay at theta0."""
    return exact_return(probabilities((u1, *THETA0[1:])))


def return_table(lesson):
    """Return the agreement table of dJ/du1 at theta0 with the rows of all lessons before `lesson`, recomputed."""
    from helpers.symbolic import followed_return_derivative  # sympy takes longer to import than everything else here

    formula, exact = followed_return_derivative()
    estimate, band = followed_by_episodes()
    table = AgreementTable("∂J/∂u1", exact)
    earlier = [
        ("06", "sympy, the value equations", formula, "one formula for each weight", 1e-10),
        (
            "06",
            "central difference of J",
            central_difference(return_of_followed, THETA0[0]),
            "2 evaluations of J",
            1e-7,
        ),
        ("06", "complex step of J", complex_step(return_of_followed, THETA0[0]), "1 complex evaluation of J", 1e-10),
        ("06", "policy-gradient theorem", exact_gradient(THETA0)[0], "visits, Q, 1 pass back", 1e-10),
        ("06", "REINFORCE, 20,000 episodes", estimate, "20,000 episodes", band),
    ]
    for number, method, value, cost, tolerance in earlier:
        if number < lesson:
            table.add(number, method, value, cost, tolerance)
    return table


def followed_by_episodes(n=20_000, seed=0):
    """Return (mean, 3 standard errors) of REINFORCE's estimates of dJ/du1 at theta0."""
    episodes = sample_episodes(probabilities(THETA0), n, np.random.default_rng(seed))
    estimates = gradient_estimates(THETA0, episodes, rewards_to_go(episodes.rewards))[:, 0]
    return estimates.mean(), 3 * estimates.std() / np.sqrt(n)

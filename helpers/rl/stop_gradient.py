"""Forgotten stop-gradients: of the three programs of lesson 07 one has both cuts, two have one of them."""

from typing import NamedTuple

import numpy as np

from helpers.calculus.validation import check_choice, check_counts, seeded
from helpers.networks.network import forward
from helpers.rl.corridor import exact_return, exact_values
from helpers.rl.corridor_batch import network_actor_critic
from helpers.rl.gradient_ledger import PHI0
from helpers.running_actor import CELLS, THETA0, as_layers, probabilities

PROGRAMS = {"both cuts": {}, "A": {"leak": True}, "B": {"through_target": True}, "C": {}}
EVERY = 250  # steps


class Learners(NamedTuple):
    """What became of n learners; arrays."""

    J: np.ndarray  # every 250 steps, the start included, (steps / 250 + 1, n)
    said: np.ndarray  # what the critics say of the three cells in the end, (n, 3)
    true: np.ndarray  # what they should say of their actors, (n, 3)


def learners(program, steps=3000, alpha=0.02, beta=0.05, n=50, seed=0):
    """Let n learners of one of the `PROGRAMS` walk so many steps from theta0 and phi0; returns `Learners`.

    Raises ValueError for another program, and what `network_actor_critic` raises.
    """
    check_choice(PROGRAMS, program=program)
    check_counts(1, n=n)
    theta, phi = (np.repeat(each[:, None], n, axis=1) for each in (THETA0, PHI0))
    J = [exact_return(probabilities(theta))]

    def note(step, theta):
        if (step + 1) % EVERY == 0:
            J.append(exact_return(probabilities(theta)))

    theta, phi = network_actor_critic(theta, phi, steps, alpha, beta, seeded(seed), callback=note, **PROGRAMS[program])
    said, _ = forward(as_layers(phi), np.broadcast_to(CELLS[:, None], (n, 3, 1)))
    return Learners(np.array(J), said[..., 0], np.array([exact_values(each) for each in probabilities(theta).T]))

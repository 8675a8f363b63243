"""The gradient-flow ledger: which loss sends which gradient into which network of an actor-critic.

Everything is an exact mean: over the cells as often as the actor visits them, and over its actions. Networks are those
of lesson 04: the actor and the critic 1-2-1, tanh, each given by seven numbers in the order of `running_actor.NAMES`.
Sources: Sutton & Barto, Reinforcement Learning (2nd ed.), section 9.3 for the semi-gradient, section 11.5 for the full
gradient of the TD error, the naive residual gradient (that of Baird, 1995, needs two independent next states).
"""

import math
from typing import NamedTuple

import numpy as np

from helpers.calculus.validation import check_range, check_switches, checked, real_array
from helpers.networks.activations import log_sigmoid
from helpers.networks.network import backward, forward
from helpers.rl.actor_critic import td_error
from helpers.rl.corridor import GOAL, NEXT, OBSERVATIONS, REWARD, exact_visits
from helpers.rl.policy import score
from helpers.rl.policy_gradient import EVERY_ACTION, EVERY_CELL
from helpers.running_actor import THETA0, as_layers, as_theta, check_seven, probabilities

PHI0 = np.array([1.0, -0.5, 0.2, 0.4, 1.5, -2.0, -6.0])  # a critic that has begun to learn
PHI0.flags.writeable = False
TINY = 1e-10  # a gradient that short is none
LOSSES, NETWORKS = ("actor", "critic", "sum"), ("actor", "critic")


def check_losses(log_pi, dlog_pi, delta, gamma, leak=False, through_target=False):
    """The arguments of loss_gradients as arrays."""
    log_pi, dlog_pi, delta = real_array(log_pi, "log_pi"), real_array(dlog_pi, "dlog_pi"), real_array(delta, "delta")
    if not log_pi.shape == dlog_pi.shape == delta.shape:
        raise ValueError(f"log_pi, dlog_pi, delta must have one shape: {log_pi.shape}, {dlog_pi.shape}, {delta.shape}")
    cuts = check_switches(leak=leak, through_target=through_target)
    return log_pi, dlog_pi, delta, *check_range(1, gamma=gamma), *cuts


@checked(check_losses)
def loss_gradients(log_pi, dlog_pi, delta, gamma, leak=False, through_target=False):
    """Return (dz, dv, dv_next) of the actor's loss -delta log pi, and of the critic's loss delta**2 / 2.

    These are the derivatives by what the networks put out: z(s), V(s) and V(s'). delta = r + gamma V(s') - V(s);
    dlog_pi: d log pi / dz; all arrays of one shape, and finite, else ValueError. leak: delta is not cut in the actor's
    loss; through_target: V(s') is not cut in delta; the textbook's algorithm cuts both.
    """
    actor = -delta * dlog_pi, leak * log_pi, -leak * through_target * gamma * log_pi
    critic = 0.0 * delta, -delta, through_target * gamma * delta
    return actor, critic


class Entry(NamedTuple):
    """One loss and one network: the gradient that arrives, and the one that the textbook's algorithm would send."""

    loss: str  # one of LOSSES
    network: str  # one of NETWORKS
    gradient: np.ndarray
    textbook: np.ndarray

    @property
    def norm(self):
        """Length of the gradient."""
        return math.hypot(*self.gradient)  # which squares nothing that is too large for it

    @property
    def turned(self):
        """Degrees between the two gradients, each longer than `TINY`."""
        one, other = (part / math.hypot(*part) for part in (self.gradient, self.textbook))
        return float(np.degrees(2 * np.arctan2(np.linalg.norm(one - other), np.linalg.norm(one + other))))

    @property
    def verdict(self):
        """In words: 'nothing', 'leak', 'as it should be', 'not finite', or by how many degrees it is turned."""
        should = math.hypot(*self.textbook)
        if not np.isfinite([self.norm, should]).all():
            return "not finite"
        if self.norm <= TINY:
            return "nothing"
        if should <= TINY:
            return "leak"
        if np.allclose(self.gradient, self.textbook, atol=TINY):
            return "as it should be"
        return f"turned by {self.turned:.0f}°"


def ledger(theta=THETA0, phi=PHI0, leak=False, through_target=False):
    """Return a list of `Entry`, loss by loss; losses are sums over an episode's steps, on average.

    The losses are the actor's, the critic's, and their sum. leak, through_target: what a program forgot to cut, as in
    `loss_gradients`.
    """
    theta, phi = check_seven(theta, "theta"), check_seven(phi, "phi")
    arriving, textbook = (arriving_gradients(theta, phi, *cuts) for cuts in ((leak, through_target), (False, False)))
    rows = zip(LOSSES, *([*part, part.sum(axis=0)] for part in (arriving, textbook)), strict=True)
    return [Entry(loss, name, row[k], goal[k]) for loss, row, goal in rows for k, name in enumerate(NETWORKS)]


def arriving_gradients(theta, phi, leak, through_target):
    """Return the gradients of the actor's and the critic's loss by theta and by phi, shape (2, 2, 7)."""
    actor, critic, cell_next = as_layers(theta), as_layers(phi), NEXT[EVERY_CELL, EVERY_ACTION]
    seen, seen_next, going = OBSERVATIONS[EVERY_CELL], OBSERVATIONS[cell_next], (cell_next != GOAL)[:, None]
    z, actor_cache = forward(actor, seen[:, None])
    values, critic_cache = forward(critic, np.concatenate([seen, seen_next])[:, None])
    v, v_next = np.split(values, 2)
    log_pi = log_sigmoid(np.where(EVERY_ACTION[:, None] == 1, z, -z))
    weights = exact_visits(probabilities(theta))[EVERY_CELL][:, None] * np.exp(log_pi)
    delta, gradients = td_error(REWARD, v, v_next, ~going, 1.0), []
    for dz, dv, dv_next in loss_gradients(log_pi, score(z, EVERY_ACTION), delta, 1.0, leak, through_target):
        upstream = np.concatenate([weights * dv, weights * going * dv_next])
        dtheta, dphi = backward(actor, actor_cache, weights * dz), backward(critic, critic_cache, upstream)
        gradients.append((as_theta(dtheta), as_theta(dphi)))
    return np.array(gradients)

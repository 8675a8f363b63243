"""The gradient-flow ledger: which loss sends which gradient into which parameters of an actor-critic.

Everything is an exact mean: over the cells as often as the actor visits them, and over its actions. Networks are those
of lesson 04: the actor and the critic 1-2-1, tanh, each given by seven numbers in the order of `running_actor.NAMES`.
Sources: Sutton & Barto, Reinforcement Learning (2nd ed.), section 9.3 for the semi-gradient, section 11.5 for the full
gradient of the TD error (Baird, Residual algorithms, 1995, calls it the residual gradient).
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from helpers.calculus.validation import checked
from helpers.networks.activations import log_sigmoid
from helpers.networks.network import backward, forward
from helpers.networks.validation import check_range, real_array
from helpers.rl.corridor import GOAL, NEXT, OBSERVATIONS, REWARD, exact_values, exact_visits
from helpers.rl.policy import score
from helpers.rl.policy_gradient import EVERY_ACTION, EVERY_CELL, exact_gradient
from helpers.running_actor import CELLS, THETA0, as_layers, as_theta, check_seven, probabilities

PHI0 = np.array([1.0, -0.5, 0.2, 0.4, 1.5, -2.0, -6.0])  # a critic that has begun to learn
PHI0.flags.writeable = False
TINY = 1e-10  # a gradient that short is none
LOSSES = ("actor", "critic", "sum", "own")


@dataclass(frozen=True)
class Switches:
    """What a program may do: all off is the textbook's algorithm."""

    leak: bool = False  # delta is not cut in the actor's loss
    through_target: bool = False  # V(s') is not cut in delta
    dead: bool = False  # the critic has never been updated, V = 0 everywhere
    shared: bool = False  # actor and critic have their hidden layer in common, the actor's


def check_losses(log_pi, dlog_pi, delta, gamma, leak=False, through_target=False):
    """The arguments of loss_gradients as arrays."""
    check_range(1, gamma=gamma)
    log_pi, dlog_pi, delta = real_array(log_pi, "log_pi"), real_array(dlog_pi, "dlog_pi"), real_array(delta, "delta")
    if not log_pi.shape == dlog_pi.shape == delta.shape:
        raise ValueError(f"log_pi, dlog_pi, delta must have one shape: {log_pi.shape}, {dlog_pi.shape}, {delta.shape}")
    return log_pi, dlog_pi, delta, gamma, bool(leak), bool(through_target)


@checked(check_losses)
def loss_gradients(log_pi, dlog_pi, delta, gamma, leak=False, through_target=False):
    """Return (dz, dv, dv_next) of the actor's loss -delta log pi, and of the critic's loss delta**2 / 2.

    These are the derivatives by what the networks put out: z(s), V(s) and V(s'). delta = r + gamma V(s') - V(s);
    dlog_pi: d log pi / dz; all arrays of one shape, and finite, else ValueError.
    """
    actor = -delta * dlog_pi, leak * log_pi, -leak * through_target * gamma * log_pi
    critic = 0.0 * delta, -delta, through_target * gamma * delta
    return actor, critic


class Entry(NamedTuple):
    """One loss and one block of parameters: the gradient that arrives, and the one that should."""

    loss: str  # one of LOSSES
    block: str  # 'actor hidden', 'actor output', 'critic hidden', 'critic output' or 'shared hidden'
    gradient: np.ndarray
    exact: np.ndarray

    @property
    def norm(self):
        """Length of the gradient."""
        return float(np.linalg.norm(self.gradient))

    @property
    def agreement(self):
        """How many entries have the sign of the exact gradient."""
        return int(np.sum(np.sign(self.gradient) == np.sign(self.exact)))

    @property
    def verdict(self):
        """In words: 'nothing, as it should be', 'leak', 'dead', 'exact', 'not finite', or how many signs are right."""
        arrives, should = self.norm > TINY, np.linalg.norm(self.exact) > TINY
        if not np.isfinite([self.gradient, self.exact]).all():
            return "not finite"
        if not should:
            return "leak" if arrives else "nothing, as it should be"
        if not arrives:
            return "dead"
        if np.allclose(self.gradient, self.exact, atol=TINY):
            return "exact"
        return f"{self.agreement} of {len(self.exact)} signs right"


def ledger(theta=THETA0, phi=PHI0, switches=Switches()):
    """Return a list of `Entry`, loss by loss and block by block; losses are sums over an episode's steps, on average.

    The losses are the actor's, the critic's, their sum for one optimiser of all parameters, and 'own': two optimisers,
    of which each steps only the parameters of its own network (of a shared hidden layer, both).
    What should arrive: of the actor's loss -dJ/dtheta, and nothing in what belongs to the critic alone; of the critic's
    loss the gradient of the value error, and nothing in what belongs to the actor alone.
    """
    theta, phi = check_seven(theta, "theta"), check_seven(phi, "phi")
    (hidden, (w, b)), (hidden_of_actor, _) = as_layers(phi), as_layers(theta)
    critic = [hidden_of_actor if switches.shared else hidden, (0 * w, 0 * b) if switches.dead else (w, b)]
    exact = np.zeros((2, 2, 7))
    exact[0, 0], exact[1, 1] = -exact_gradient(theta), value_error_gradient(theta, critic)
    arriving = arriving_gradients(theta, critic, switches)
    rows = zip(LOSSES, *(all_losses(gradients, switches.shared) for gradients in (arriving, exact)), strict=True)
    return [Entry(loss, block, row[block], goal[block]) for loss, row, goal in rows for block in row]


def arriving_gradients(theta, critic, switches):
    """Return the gradients of the actor's and the critic's loss by theta and by phi, shape (2, 2, 7)."""
    actor, cell_next = as_layers(theta), NEXT[EVERY_CELL, EVERY_ACTION]
    seen, seen_next, going = OBSERVATIONS[EVERY_CELL], OBSERVATIONS[cell_next], (cell_next != GOAL)[:, None]
    z, actor_cache = forward(actor, seen[:, None])
    values, critic_cache = forward(critic, np.concatenate([seen, seen_next])[:, None])
    v, v_next = np.split(values, 2)
    log_pi = log_sigmoid(np.where(EVERY_ACTION[:, None] == 1, z, -z))
    weights = exact_visits(probabilities(theta))[EVERY_CELL][:, None] * np.exp(log_pi)
    delta, cuts, gradients = REWARD + going * v_next - v, (switches.leak, switches.through_target), []
    for dz, dv, dv_next in loss_gradients(log_pi, score(z, EVERY_ACTION), delta, 1.0, *cuts):
        upstream = np.concatenate([weights * dv, weights * going * dv_next])
        dtheta, dphi = backward(actor, actor_cache, weights * dz), backward(critic, critic_cache, upstream)
        gradients.append((as_theta(dtheta), as_theta(dphi)))
    return np.array(gradients)


def value_error_gradient(theta, critic):
    """Return d/dphi, shape (7,), of half the squares of V(s) - V_pi(s) over all visits: Sutton & Barto, eq. (9.1)."""
    p = probabilities(theta)
    v, cache = forward(critic, CELLS[:, None])
    return as_theta(backward(critic, cache, (exact_visits(p) * (v[:, 0] - exact_values(p)))[:, None]))


def all_losses(gradients, shared):
    """Return a dictionary, gradients by block, for each of `LOSSES`; gradients: as of `arriving_gradients`."""
    both, own = gradients.sum(axis=0), gradients[[0, 1], [0, 1]]  # of two optimisers, each steps its own network
    if shared:
        own[:, :4] = both[:, :4]
    return [by_block(row, shared) for row in (*gradients, both, own)]


def by_block(row, shared):
    """Return a loss's gradients, (2, 7), by the names of the blocks; a shared layer collects from both networks."""
    dtheta, dphi = row
    if shared:
        return {"shared hidden": dtheta[:4] + dphi[:4], "actor output": dtheta[4:], "critic output": dphi[4:]}
    actor = {"actor hidden": dtheta[:4], "actor output": dtheta[4:]}
    return actor | {"critic hidden": dphi[:4], "critic output": dphi[4:]}

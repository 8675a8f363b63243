"""The gradient-flow ledger: which loss sends which gradient into which parameters of an actor-critic.

Everything is an exact mean: over the cells as often as the actor visits them, and over its actions. Networks are those
of lesson 04: the actor and the critic 1-2-1, tanh, each given by seven numbers in the order of `running_example.NAMES`.
Sources: Sutton & Barto, Reinforcement Learning (2nd ed.), section 9.3 for the semi-gradient, section 11.5 for the full
gradient of the TD error (Baird, Residual algorithms, 1995, calls it the residual gradient).
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from helpers.networks.network import backward, forward
from helpers.rl.corridor import GOAL, N_CELLS, NEXT, exact_values, exact_visits
from helpers.rl.policy import action_probabilities, score
from helpers.rl.policy_gradient import check_seven, exact_gradient
from helpers.running_actor import CELLS, THETA0, as_layers, as_theta, probabilities

PHI0 = np.array([1.0, -0.5, 0.2, 0.4, 1.5, -2.0, -6.0])  # a critic that has begun to learn
PHI0.flags.writeable = False
TINY = 1e-10  # a gradient that short is none
LOSSES = ("actor", "critic", "sum", "own")
SHARED = np.array([1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0])  # of seven numbers, those of the hidden layer


@dataclass(frozen=True)
class Switches:
    """What a program may do: all off is the textbook's algorithm.

    leak: delta is not cut in the actor's loss; through_target: V(s') is not cut in delta; dead: the critic has never
    been updated, V = 0 everywhere; shared: actor and critic have their hidden layer in common, the actor's.
    """

    leak: bool = False
    through_target: bool = False
    dead: bool = False
    shared: bool = False


class OutputGradients(NamedTuple):
    """Derivatives of a loss with respect to what the networks put out: z(s), V(s) and V(s')."""

    dz: np.ndarray
    dv: np.ndarray
    dv_next: np.ndarray


def loss_gradients(log_pi, dlog_pi, delta, gamma, leak=False, through_target=False):
    """Return the `OutputGradients` of the actor's loss -delta log pi and of the critic's loss delta**2 / 2.

    delta = r + gamma V(s') - V(s); dlog_pi: d log pi / dz; all arrays of one shape.
    """
    actor = OutputGradients(-delta * dlog_pi, leak * log_pi, -leak * through_target * gamma * log_pi)
    critic = OutputGradients(0.0 * delta, -delta, through_target * gamma * delta)
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
        """In words: 'nothing, as it should be', 'leak', 'dead', 'exact', or how many signs are right."""
        arrives, should = self.norm > TINY, np.linalg.norm(self.exact) > TINY
        if not should:
            return "leak" if arrives else "nothing, as it should be"
        if not arrives:
            return "dead"
        if np.allclose(self.gradient, self.exact, atol=TINY):
            return "exact"
        return f"{self.agreement} of {len(self.exact)} signs right"


class Situation(NamedTuple):
    """All six (cell, action) pairs with their weights, and the networks at them; arrays of shape (6, ...)."""

    weights: np.ndarray  # visits of the cell times pi(action | cell)
    actor: list
    critic: list
    actor_cache: object
    critic_cache: object
    next_cache: object
    log_pi: np.ndarray
    dlog_pi: np.ndarray
    delta: np.ndarray
    going: np.ndarray  # False where the next cell is the goal


def situation(theta, phi, switches):
    """Return the `Situation` for actor theta and critic phi, seven numbers each."""
    check_seven(theta, "theta")
    check_seven(phi, "phi")
    actor, critic = as_layers(theta), as_layers(phi)
    if switches.dead:
        critic[1] = tuple(np.zeros_like(each) for each in critic[1])
    if switches.shared:
        critic[0] = actor[0]
    cell, a = np.repeat(np.arange(N_CELLS), 2), np.tile([0, 1], N_CELLS)
    cell_next = NEXT[cell, a]
    z, actor_cache = forward(actor, CELLS[cell][:, None])
    v, critic_cache = forward(critic, CELLS[cell][:, None])
    v_next, next_cache = forward(critic, cell_next[:, None] - 1.0)
    going = (cell_next != GOAL)[:, None]
    pi = action_probabilities(z)[np.arange(6), a][:, None]
    log_pi = -np.logaddexp(0.0, np.where(a == 1, -z[:, 0], z[:, 0]))[:, None]  # finite even where pi rounds to 0
    weights = exact_visits(probabilities(theta))[cell][:, None] * pi
    delta = -1 + going * v_next - v
    return Situation(
        weights, actor, critic, actor_cache, critic_cache, next_cache, log_pi, score(z, a), delta, going
    )  # fmt: skip


def ledger(theta=THETA0, phi=PHI0, switches=Switches()):
    """Return a list of `Entry`, loss by loss and block by block; losses are sums over an episode's steps, on average.

    The losses are the actor's, the critic's, their sum for one optimiser of all parameters, and 'own': two optimisers,
    of which each steps only the parameters of its own network (of a shared hidden layer, both).
    What should arrive: of the actor's loss -dJ/dtheta, and nothing in what belongs to the critic alone; of the critic's
    loss the gradient of the value error, and nothing in what belongs to the actor alone.
    """
    here = situation(theta, phi, switches)
    losses = loss_gradients(here.log_pi, here.dlog_pi, here.delta, 1.0, switches.leak, switches.through_target)
    arriving = [np.array(arriving_gradients(here, loss)) for loss in losses]
    nothing = np.zeros(7)
    should = [np.array([-exact_gradient(theta), nothing]), np.array([nothing, value_error_gradient(theta, here)])]
    both, wanted = sum(arriving), sum(should)
    shared = SHARED if switches.shared else np.zeros(7)
    own = np.array([both[0], arriving[1][1] + arriving[0][1] * shared])
    rows = zip(LOSSES, [*arriving, both, own], [*should, wanted, wanted], strict=True)
    return [
        Entry(loss, block, gradient, exact)
        for loss, arrives, goal in rows
        for (block, gradient), exact in zip(
            blocks(*arrives, switches.shared).items(), blocks(*goal, switches.shared).values(), strict=True
        )
    ]


def arriving_gradients(here, loss):
    """Return (dtheta, dphi), seven numbers each, of a loss with these `OutputGradients`."""
    w = here.weights
    dtheta = as_theta(backward(here.actor, here.actor_cache, w * loss.dz))
    dphi = as_theta(backward(here.critic, here.critic_cache, w * loss.dv))
    return dtheta, dphi + as_theta(backward(here.critic, here.next_cache, w * here.going * loss.dv_next))


def value_error_gradient(theta, here):
    """Return d/dphi, shape (7,), of the value error: half the mean square of V(s) - V_pi(s), summed over the visits.

    Sutton & Barto, eq. (9.1), with V_pi from the value equations.
    """
    p = probabilities(theta)
    v, cache = forward(here.critic, CELLS[:, None])
    return as_theta(backward(here.critic, cache, (exact_visits(p) * (v[:, 0] - exact_values(p)))[:, None]))


def blocks(dtheta, dphi, shared):
    """Return the gradients by the names of the blocks; a shared hidden layer collects from both networks."""
    if shared:
        return {"shared hidden": dtheta[:4] + dphi[:4], "actor output": dtheta[4:], "critic output": dphi[4:]}
    return {
        "actor hidden": dtheta[:4], "actor output": dtheta[4:], "critic hidden": dphi[:4], "critic output": dphi[4:]
    }  # fmt: skip

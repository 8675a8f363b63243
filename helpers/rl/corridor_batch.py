"""Many learners side by side in the corridor, each with its own luck: actor-critic with a table, and with a network.

A learner's numbers stand in a column: theta is (7, n), V is (4, n), and every formula is that of a single learner; the
n actors are one list of layers, whose arrays are views of theta. callback(step, theta) sees every step; given arrays
are not changed. ValueError for what does not fit.
Source: Sutton & Barto, Reinforcement Learning (2nd ed.), section 13.5, box "One-step Actor-Critic (episodic)", and
section 11.5 for the gradient through the target.
"""

from inspect import unwrap

import numpy as np

from helpers.calculus.validation import check_choice, check_generator, check_switches, real_array
from helpers.networks.activations import sigmoid
from helpers.networks.network import backward, forward
from helpers.rl.actor_critic import td_error
from helpers.rl.corridor import GOAL, NEXT, OBSERVATIONS, REWARD
from helpers.rl.gradient_ledger import loss_gradients
from helpers.rl.validation import check_learning
from helpers.running_actor import as_layers, as_theta

# What fits before the first step fits at every step: the loops run what is computed, without its checks.
functions = forward, backward, sigmoid, td_error, loss_gradients
forward, backward, sigmoid, td_error, loss_gradients = map(unwrap, functions)


def columns(array, name, rows, like=None):
    """Return a float64 copy of an array of so many rows, a column for each learner, one at least; else ValueError."""
    array, n = real_array(array, name), "n" if like is None else like.shape[1]
    if array.ndim != 2 or len(array) != rows or array.size == 0 or n not in ("n", array.shape[1]):
        raise ValueError(f"{name} must have the shape ({rows}, {n}), a column for each learner; not {array.shape}")
    return array.astype(float)


def one_step_actor_critic(theta, V, steps, alpha, beta, rng, gamma=1.0, with_factor=True, callback=None):
    """Return (theta, V) of n learners after each has taken `steps` steps, updating actor and table at every step.

    theta: (7, n); V: (4, n), a row for each cell and one for the goal, which is never updated and stays 0; with_factor:
    whether the actor's steps have the factor gamma**t, which is I in the box.
    """
    alpha, beta, gamma = check_learning(alpha, beta, gamma, steps=steps)
    check_generator(rng)
    check_switches(with_factor=with_factor)
    theta = columns(theta, "theta", 7)
    V, n, actors = columns(V, "V", 4, like=theta), theta.shape[1], as_layers(theta)
    if V[GOAL].any():
        raise ValueError(f"V must be 0 in its last row, the goal's, where nothing is left to get; it is {V[GOAL]}")
    learner, cell, I = np.arange(n), np.zeros(n, dtype=int), np.ones(n)
    for step in range(steps):
        z, cache = forward(actors, OBSERVATIONS[cell][:, None, None])
        p = sigmoid(z[:, 0, 0])
        a = (rng.random(n) < p).astype(int)
        cell_next = NEXT[cell, a]
        ended = cell_next == GOAL
        delta = td_error(REWARD, V[cell, learner], V[cell_next, learner], ended, gamma)
        V[cell, learner] += beta * delta
        theta += alpha * as_theta(backward(actors, cache, (I * delta * (a - p))[:, None, None]))
        I = np.where(ended, 1.0, gamma * I) if with_factor else I
        cell = np.where(ended, 0, cell_next)
        if callback is not None:
            callback(step, theta)
    return theta, V


def network_actor_critic(
    theta, phi, steps, alpha, beta, rng, *, leak=False, through_target=False, terminal="zero", callback=None
):
    """Return (theta, phi) with a network as critic: phi, (7, n), in the running network's form; gamma is 1.

    The sum of both losses is descended, with step alpha for theta and beta for phi.
    leak, through_target: as in `gradient_ledger.loss_gradients`. terminal: what stands for V(goal), 'zero', 'network'
    (what the network says for x = 2) or 'next episode' (V of the cell where the next episode starts).
    """
    alpha, beta, _ = check_learning(alpha, beta, steps=steps)
    check_generator(rng)
    leak, through_target = check_switches(leak=leak, through_target=through_target)
    check_choice(("zero", "network", "next episode"), terminal=terminal)
    theta = columns(theta, "theta", 7)
    phi = columns(phi, "phi", 7, like=theta)
    n, actors, critics = theta.shape[1], as_layers(theta), as_layers(phi)
    cell = np.zeros(n, dtype=int)
    for step in range(steps):
        z, actor_cache = forward(actors, OBSERVATIONS[cell][:, None, None])
        p = sigmoid(z[:, 0, 0])
        a = (rng.random(n) < p).astype(int)
        cell_next = NEXT[cell, a]
        ended = cell_next == GOAL
        start = np.where(ended, 0, cell_next)
        both = np.array([cell, start if terminal == "next episode" else cell_next]).T
        values, critic_cache = forward(critics, OBSERVATIONS[both][:, :, None])
        cut = ended & (terminal == "zero")
        delta = td_error(REWARD, values[:, 0, 0], values[:, 1, 0], cut, 1.0)
        log_pi = np.log(np.where(a == 1, p, 1 - p))
        actor, critic = loss_gradients(log_pi, a - p, delta, 1.0, leak, through_target)
        dz, dv, dv_next = (by_actor + by_critic for by_actor, by_critic in zip(actor, critic, strict=True))
        dphi = as_theta(backward(critics, critic_cache, np.array([dv, dv_next * ~cut]).T[:, :, None]))
        theta -= alpha * as_theta(backward(actors, actor_cache, dz[:, None, None]))
        phi -= beta * dphi
        cell = start
        if callback is not None:
            callback(step, theta)
    return theta, phi

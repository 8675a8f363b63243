"""Many learners side by side in the corridor, each with its own luck: one-step actor-critic and REINFORCE.

A learner's numbers stand in a column: theta is (7, n), V is (4, n), and every formula is that of a single learner.
callback(step, theta) sees every step; given arrays are not changed.
Source: Sutton & Barto, Reinforcement Learning (2nd ed.), section 13.5, box "One-step Actor-Critic (episodic)", and
section 13.3, box "REINFORCE"; Baird, Residual algorithms (1995), for the gradient through the target.
"""

import numpy as np

from helpers.networks.network import sigmoid
from helpers.rl.corridor import GOAL, NEXT
from helpers.rl.gradient_ledger import loss_gradients
from helpers.running_actor import CELLS

X = np.append(CELLS, 2.0)  # what is observed in the three cells and at the goal


def output_gradient(theta, x):
    """Return (z, dz/dtheta) of the running network by hand: shapes (n,) and (7, n); theta: (7, n), x: (n,)."""
    u1, u2, c1, c2, w1, w2, b = theta
    h1, h2 = np.tanh(u1 * x + c1), np.tanh(u2 * x + c2)
    dz1, dz2 = w1 * (1 - h1**2), w2 * (1 - h2**2)
    return w1 * h1 + w2 * h2 + b, np.array([dz1 * x, dz2 * x, dz1, dz2, h1, h2, np.ones_like(x)])


def columns(array, name, rows, like=None):
    """Return a floating-point copy of an array of so many rows, a column for each learner; else ValueError."""
    shape, n = np.shape(array), "n" if like is None else like.shape[1]
    if len(shape) != 2 or shape[0] != rows or n not in ("n", shape[1]):
        raise ValueError(f"{name} must have the shape ({rows}, {n}), a column for each learner; not {shape}")
    return np.array(array, dtype=float)


def checked_start(theta, V):
    """Return floating-point copies; ValueError unless theta is (7, n), V is (4, n) and V(goal) = 0."""
    theta = columns(theta, "theta", 7)
    V = columns(V, "V", 4, like=theta)
    if V[GOAL].any():
        raise ValueError(f"V must be 0 in its last row, the goal's, where nothing is left to get; it is {V[GOAL]}")
    return theta, V


def one_step_actor_critic(theta, V, steps, alpha, beta, rng, gamma=1.0, with_factor=True, callback=None):
    """Return (theta, V) of n learners after each has taken `steps` steps, updating actor and table at every step.

    theta: (7, n); V: (4, n), a row for each cell and one for the goal, which is never updated and stays 0; with_factor:
    whether the actor's steps have the factor gamma**t, which is I in the box.
    """
    theta, V = checked_start(theta, V)
    n = theta.shape[1]
    learner, cell, I = np.arange(n), np.zeros(n, dtype=int), np.ones(n)
    for step in range(steps):
        z, dz_dtheta = output_gradient(theta, X[cell])
        p = sigmoid(z)
        a = (rng.random(n) < p).astype(int)
        cell_next = NEXT[cell, a]
        delta = -1 + gamma * V[cell_next, learner] - V[cell, learner]
        V[cell, learner] += beta * delta
        theta += alpha * I * delta * (a - p) * dz_dtheta
        I = np.where(cell_next == GOAL, 1.0, gamma * I) if with_factor else I
        cell = np.where(cell_next == GOAL, 0, cell_next)
        if callback is not None:
            callback(step, theta)
    return theta, V


def reinforce(theta, steps, alpha, rng, gamma=1.0, callback=None):
    """Return theta of n learners after `steps` steps each, updating at the end of every episode.

    The sum over t of gamma**t G_t grad log pi(a_t) is gathered on the way: each reward times the sum of all gradients
    of log pi so far.
    """
    theta = columns(theta, "theta", 7)
    n = theta.shape[1]
    cell, discount, so_far, gradient = np.zeros(n, dtype=int), np.ones(n), np.zeros_like(theta), np.zeros_like(theta)
    for step in range(steps):
        z, dz_dtheta = output_gradient(theta, X[cell])
        p = sigmoid(z)
        a = (rng.random(n) < p).astype(int)
        so_far += (a - p) * dz_dtheta
        gradient += -1 * discount * so_far
        cell, discount = NEXT[cell, a], gamma * discount
        ended = cell == GOAL
        theta += alpha * np.where(ended, gradient, 0.0)
        so_far[:, ended], gradient[:, ended], cell[ended], discount[ended] = 0.0, 0.0, 0, 1.0
        if callback is not None:
            callback(step, theta)
    return theta


def network_actor_critic(
    theta,
    phi,
    steps,
    alpha,
    beta,
    rng,
    *,
    leak=False,
    through_target=False,
    shared=False,
    terminal="zero",
    callback=None,
):
    """Return (theta, phi) with a network as critic: phi, (7, n), in the running network's form; gamma is 1.

    One optimiser descends the sum of both losses, with step alpha for theta and beta for phi.
    leak, through_target: as in `ledger.loss_gradients`. shared: the critic's hidden layer is the actor's, and of phi
    only the last three rows count. terminal: what stands for V(goal), 'zero', 'network' (what the network says for
    x = 2) or 'next episode' (V of the cell where the next episode starts).
    """
    if terminal not in ("zero", "network", "next episode"):
        raise ValueError(f"terminal must be 'zero', 'network' or 'next episode', not {terminal!r}")
    theta, phi = columns(theta, "theta", 7), columns(phi, "phi", 7, like=theta)
    n = theta.shape[1]
    cell = np.zeros(n, dtype=int)
    for step in range(steps):
        z, dz_dtheta = output_gradient(theta, X[cell])
        p = sigmoid(z)
        a = (rng.random(n) < p).astype(int)
        cell_next = NEXT[cell, a]
        ended = cell_next == GOAL
        after = np.where(ended, 0, cell_next) if terminal == "next episode" else cell_next
        if shared:
            phi[:4] = theta[:4]
        v, dv_dphi = output_gradient(phi, X[cell])
        v_next, dv_next_dphi = output_gradient(phi, X[after])
        if terminal == "zero":
            v_next, dv_next_dphi = np.where(ended, 0.0, v_next), np.where(ended, 0.0, dv_next_dphi)
        delta = -1 + v_next - v
        log_pi = np.log(np.where(a == 1, p, 1 - p))
        actor, critic = loss_gradients(log_pi, a - p, delta, 1.0, leak, through_target)
        dphi = (actor.dv + critic.dv) * dv_dphi + (actor.dv_next + critic.dv_next) * dv_next_dphi
        theta -= alpha * actor.dz * dz_dtheta
        if shared:
            theta[:4] -= alpha * dphi[:4]
        phi -= beta * dphi
        cell = np.where(ended, 0, cell_next)
        if callback is not None:
            callback(step, theta)
    return theta, phi

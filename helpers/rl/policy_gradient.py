"""The gradient of J: episodes of the corridor, REINFORCE's estimates, and the policy-gradient theorem.

theta stands for the running actor's seven numbers.
Sources: Sutton & Barto, Reinforcement Learning (2nd ed.), eq. (13.5), the policy-gradient theorem, and
eq. (13.8), REINFORCE; Williams, Machine Learning 8 (1992).
"""

from typing import NamedTuple

import numpy as np

from helpers.networks.network import backward, forward
from helpers.rl.corridor import GOAL, N_CELLS, NEXT, RIGHT, exact_action_values, exact_visits, reaches_goal
from helpers.rl.policy import score
from helpers.running_actor import CELLS, as_layers, as_theta, probabilities


def check_seven(theta, name):
    """Raise ValueError unless theta holds seven numbers."""
    if np.shape(theta) != (7,):
        raise ValueError(f"{name} must hold seven numbers, u1, u2, c1, c2, w1, w2, b; its shape is {np.shape(theta)}")


def exact_gradient(theta, gamma=1.0):
    """Return dJ/dtheta, shape (7,), by the policy-gradient theorem with exact visits and action values.

    Source: Sutton & Barto, eq. (13.5). J is the expected return from cell 0, discounted by gamma.
    Raises ValueError for a policy that never, or hardly ever, reaches the goal.
    """
    check_seven(theta, "theta")
    p = probabilities(theta)
    Q = exact_action_values(p, gamma)
    advantage_of_right = Q[:, RIGHT] - Q[:, 1 - RIGHT]
    dz = exact_visits(p, gamma) * p * (1 - p) * advantage_of_right
    layers = as_layers(theta)
    _, cache = forward(layers, CELLS[:, None])
    return as_theta(backward(layers, cache, dz[:, None]))


def score_table(theta):
    """Return d log pi(a | cell) / dtheta for every cell and action, shape (3, 2, 7)."""
    check_seven(theta, "theta")
    layers = as_layers(theta)
    table = np.empty((N_CELLS, 2, len(theta)))
    for cell in range(N_CELLS):
        z, cache = forward(layers, CELLS[[cell], None])
        for a in (0, 1):
            table[cell, a] = as_theta(backward(layers, cache, score(z, np.array([a]))))
    return table


class Episodes(NamedTuple):
    """n episodes side by side, each in its column; T is the length of the longest."""

    cells: np.ndarray  # (T, n), GOAL from the end of the episode on
    actions: np.ndarray  # (T, n)
    rewards: np.ndarray  # (T, n), -1 on each step, 0 after the end

    @property
    def lengths(self):
        """Number of steps of each episode, shape (n,)."""
        return (self.cells != GOAL).sum(axis=0)


def sample_episodes(p, n, rng, longest=10_000):
    """Walk n times through the corridor from cell 0; p: the three probabilities of right. Returns `Episodes`.

    ValueError when n < 1 or p never reaches the goal, RuntimeError when an episode has not ended after `longest` steps.
    """
    if not reaches_goal(p):
        raise ValueError(f"p must reach the goal (p0 > 0, p1 < 1, p2 > 0), it is {p}")
    if n < 1:
        raise ValueError(f"n must be a number of episodes, at least 1, it is {n}")
    cell, walked = np.zeros(n, dtype=np.int8), []
    while np.any(cell != GOAL):
        if len(walked) == longest:
            raise RuntimeError(f"an episode has not ended after longest = {longest} steps; p is {p}")
        a = (rng.random(n) < np.append(p, 0)[cell]).astype(np.int8)
        walked.append((cell, a, np.where(cell == GOAL, 0.0, -1.0)))
        cell = NEXT[cell, a]
    return Episodes(*map(np.array, zip(*walked, strict=True)))


def rewards_to_go(rewards, gamma=1.0):
    """Return G_t = r_t + gamma r_(t+1) + ... for every step; rewards: (T,) or (T, n). Sutton & Barto, eq. (3.8)."""
    G = np.zeros_like(rewards, dtype=float)
    after = np.zeros(G.shape[1:])
    for t in reversed(range(len(rewards))):
        G[t] = after = rewards[t] + gamma * after
    return G


def broadcast_weights(weights, shape):
    """Return weights in that shape, (T, n); ValueError when they do not broadcast to it."""
    try:
        return np.broadcast_to(weights, shape)
    except ValueError:
        message = f"weights must have the shape (T, n) = {shape}, or broadcast to it; not {np.shape(weights)}"
        raise ValueError(message) from None


def gradient_estimates(theta, episodes, weights):
    """Return the sum over t of weights[t] * grad log pi(a_t | s_t) for each episode, shape (n, 7).

    weights: (T, n), or what broadcasts to it: returns, rewards to go, advantages. Sutton & Barto, eq. (13.8).
    """
    table = np.append(score_table(theta), np.zeros((1, 2, len(theta))), axis=0)  # nothing happens at the goal
    weights = broadcast_weights(weights, episodes.cells.shape)
    estimates = np.zeros((episodes.cells.shape[1], len(theta)))
    for cells, actions, w in zip(episodes.cells, episodes.actions, weights, strict=True):
        estimates += w[:, None] * table[cells, actions]
    return estimates

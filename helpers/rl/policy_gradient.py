"""The gradient of J: episodes of the corridor, REINFORCE's estimates, and the policy-gradient theorem.

theta stands for the running actor's seven numbers.
Sources: Sutton & Barto, Reinforcement Learning (2nd ed.), eq. (13.5), the policy-gradient theorem, and
eq. (13.8), REINFORCE; Williams, Machine Learning 8 (1992).
"""

from typing import NamedTuple

import numpy as np

from helpers.calculus.validation import any_array, check_counts, check_each, check_generator, check_range, real_array
from helpers.networks.network import backward, forward
from helpers.rl.corridor import GOAL, N_CELLS, NEXT, REWARD, RIGHT, exact_action_values, exact_visits
from helpers.rl.policy import score
from helpers.running_actor import CELLS, as_layers, as_theta, check_seven, probabilities

TOO_LATE = 1e9  # steps to the goal on average: rounding of the probabilities would decide the gradient
EVERY_CELL, EVERY_ACTION = np.repeat(np.arange(N_CELLS), 2), np.tile([0, 1], N_CELLS)  # the six pairs


def exact_gradient(theta, gamma=1.0):
    """Return dJ/dtheta, shape (7,), by the policy-gradient theorem with exact visits and action values.

    Source: Sutton & Barto, eq. (13.5). J is the expected return from cell 0, discounted by gamma.
    Raises ValueError for a policy that never, or hardly ever, reaches the goal.
    """
    theta = check_seven(theta)
    layers, p = as_layers(theta), probabilities(theta)
    visits, Q = exact_visits(p, gamma), exact_action_values(p, gamma)
    if not visits.sum() < TOO_LATE:
        raise ValueError(f"theta hardly ever reaches the goal, after more than {TOO_LATE:g} steps on average")
    advantage_of_right = Q[:, RIGHT] - Q[:, 1 - RIGHT]
    dz = visits * p * (1 - p) * advantage_of_right
    _, cache = forward(layers, CELLS[:, None])
    return as_theta(backward(layers, cache, dz[:, None]))


def score_table(theta):
    """Return d log pi(a | cell) / dtheta for every cell and action, shape (3, 2, 7)."""
    theta = check_seven(theta, "theta")
    actors = as_layers(np.repeat(theta[:, None], 6, axis=1))  # one for each pair
    z, cache = forward(actors, CELLS[EVERY_CELL][:, None, None])
    return as_theta(backward(actors, cache, score(z, EVERY_ACTION[:, None]))).T.reshape(N_CELLS, 2, 7)


class Episodes(NamedTuple):
    """n episodes side by side, each in its column; T is the length of the longest."""

    cells: np.ndarray  # (T, n), GOAL from the end of the episode on
    actions: np.ndarray  # (T, n)
    rewards: np.ndarray  # (T, n), REWARD on each step, 0 after the end


def sample_episodes(p, n, rng, longest=10_000):
    """Walk n times through the corridor from cell 0; p: the three probabilities of right. Returns `Episodes`.

    ValueError when n < 1 or p never reaches the goal, RuntimeError when an episode has not ended after `longest` steps.
    """
    p = real_array(p, "p")
    exact_visits(p)  # which raises unless p reaches the goal
    check_counts(1, n=n, longest=longest)
    check_generator(rng)
    cell, walked = np.zeros(n, dtype=np.int8), []
    while np.any(cell != GOAL):
        if len(walked) == longest:
            raise RuntimeError(f"an episode has not ended after longest = {longest} steps; p is {p}")
        a = (rng.random(n) < np.append(p, 0)[cell]).astype(np.int8)
        walked.append((cell, a, np.where(cell == GOAL, 0.0, REWARD)))
        cell = NEXT[cell, a]
    return Episodes(*map(np.array, zip(*walked, strict=True)))


def rewards_to_go(rewards, gamma=1.0):
    """Return G_t = r_t + gamma r_(t+1) + ... for every step; rewards: (T,) or (T, n). Sutton & Barto, eq. (3.8).

    float64, whatever the rewards are. ValueError for rewards that are not finite and real, and gamma not in [0, 1].
    """
    (gamma,) = check_range(1, gamma=gamma)
    G = real_array(rewards, "rewards").astype(float)
    if G.ndim == 0:
        raise ValueError(f"rewards must have the shape (T,) or (T, n), it is {rewards!r}")
    for t in reversed(range(len(G) - 1)):
        G[t] += gamma * G[t + 1]
    return G


def gradient_estimates(theta, episodes, weights):
    """Return the sum over t of weights[t] * grad log pi(a_t | s_t) for each episode, shape (n, 7).

    weights: (T, n), or a number: returns, rewards to go, advantages. Sutton & Barto, eq. (13.8).
    ValueError for weights that are not finite, or not one for each step of the episodes.
    """
    scores = np.append(score_table(theta), np.zeros((1, 2, len(theta))), axis=0)  # nothing happens at the goal
    check_each(lambda e: isinstance(e, tuple) and len(e) == 3, "`Episodes`", {"episodes": episodes}, TypeError)
    cells, actions, _ = map(any_array, episodes)
    fits = cells.ndim == 2 and cells.shape == actions.shape and {cells.dtype.kind, actions.dtype.kind} <= {*"iu"}
    if not fits or not ((cells >= 0) & (cells <= GOAL) & (actions >= 0) & (actions <= 1)).all():
        raise ValueError(f"episodes must hold cells from 0 to 3 and actions 0 and 1, of one shape (T, n): {episodes}")
    weights = real_array(weights, "weights")
    if weights.shape not in ((), cells.shape):
        raise ValueError(f"weights must have the shape (T, n) = {cells.shape}, not {weights.shape}")
    estimates = np.zeros((cells.shape[1], len(theta)))
    for cell, a, weight in zip(cells, actions, np.broadcast_to(weights, cells.shape), strict=True):
        estimates += weight[:, None] * scores[cell, a]
    return estimates

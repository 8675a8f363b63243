"""REINFORCE of many actors of the corridor at once, each with the coin of a walker of its own."""

from typing import NamedTuple

import numpy as np
from truths_of_lesson07 import output_gradient

from helpers.rl import GOAL, NEXT
from helpers.running_actor import CELLS, THETA0, actor_output, sigmoid

LEADS = NEXT.tolist()


class Learnt(NamedTuple):
    """The actors in the end, (7, n); and of each walk: p before it, its steps, and whether its gradient was cut."""

    theta: np.ndarray
    p: np.ndarray  # (walks, 3, n)
    lengths: np.ndarray  # (walks, n)
    cut: np.ndarray  # (walks, n)


def reinforced(n, walks, alpha, prize=0.0, limit=np.inf):
    """What becomes of n actors with the coins 0 to n - 1; prize: paid besides at the end; limit: of a gradient."""
    theta, coins, told = np.repeat(THETA0[:, None], n, axis=1), [*map(_tosses, range(n))], []
    for _ in range(walks):
        p = sigmoid(actor_output(theta[:, None], CELLS[:, None]))
        pushes, lengths = zip(*map(_walked, coins, p.T.tolist(), [prize] * n), strict=True)
        gradient = np.sum(output_gradient(theta[:, None], CELLS[:, None]) * np.transpose(pushes), axis=1)
        size = np.linalg.norm(gradient, axis=0)
        theta = theta + alpha * np.minimum(1, limit / size) * gradient
        told.append((p, lengths, size > limit))
    return Learnt(theta, *map(np.array, zip(*told, strict=True)))


def _tosses(seed):
    """The numbers that a generator gives one at a time, of which many at once cost a fifth."""
    rng = np.random.default_rng(seed)
    while True:
        yield from rng.random(100).tolist()


def _walked(coin, p, prize):
    """(the push on z in each cell, the steps) of one walk: at each step G (a - p)."""
    cell, walk = 0, []
    while cell != GOAL and len(walk) < 100:
        right = next(coin) < p[cell]
        walk.append((cell, right - p[cell]))
        cell = LEADS[cell][right]
    pushes = [0.0] * 3
    for left, (cell, score) in enumerate(reversed(walk), start=1):
        pushes[cell] += (prize - left) * score
    return pushes, len(walk)

"""What the poles of the judge of train have earned when they end, and why a reader's sums are others."""

import numpy as np

from helpers.engine.parts.poles import STEPS, Poles


def ended_episodes():
    """(step in which it ends, pole, length) of each episode that ends within the steps, in that order."""
    ends = [(t, k, life) for k, life in enumerate(Poles.LIFE) for t in range(life, STEPS + 1, life + 1)]
    return np.array(sorted(ends))


def expected_returns():
    """The returns of these episodes, in their order: a reward is the pole's age and its number."""
    _, pole, lengths = ended_episodes().T
    return lengths * (lengths + 1) / 2 + pole * lengths


def misadded(returns):
    """Why so many returns, in their order, are wrong; '' where that can't be told."""
    _, pole, lengths = ended_episodes().T
    if np.all(np.isin(returns - lengths, (0, 1))):
        return ". It counts steps: add r"
    right = expected_returns()
    if all(np.allclose(np.diff(returns[pole == k]), right[pole == k][1:]) for k in range(len(Poles.LIFE))):
        return ". The sum is not set to 0 where an episode has ended"
    return ""

"""A policy: its actions, their probabilities, and the derivative of their logarithm.

A policy is a network whose outputs are the logits of its actions, or one number z with pi(1 | s) = sigmoid(z) and
pi(0 | s) = 1 - sigmoid(z), like the running actor.
"""

import numpy as np

from helpers.networks.network import sigmoid


def action_probabilities(z):
    """Return pi(a | s), shape (N, actions), from a policy network's output z of shape (N, actions), or (N, 1)."""
    check_logits(z)
    if z.shape[1] == 1:
        p = sigmoid(z)
        return np.concatenate([1 - p, p], axis=1)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def sample_actions(z, rng):
    """Draw one action for each row of z; returns whole numbers, shape (N,)."""
    reached = action_probabilities(z).cumsum(axis=1)[:, :-1]
    return (rng.random((len(z), 1)) >= reached).sum(axis=1)


def score(z, a):
    """Return d log pi(a | s) / dz, z's shape: a - p for one output, onehot(a) - softmax(z) for several.

    a: actions (N,). It is what lesson 04's `backward` takes as dz. Sutton & Barto, exercise 13.3.
    """
    pi = action_probabilities(z)
    a = checked_actions(a, pi)
    if z.shape[1] == 1:
        return a[:, None] - pi[:, 1:]
    dz = -pi
    dz[np.arange(len(z)), a] += 1
    return dz


def check_logits(z):
    """Raise ValueError unless z is a finite array of the shape (N, actions)."""
    if not isinstance(z, np.ndarray) or z.ndim != 2 or z.shape[1] == 0 or not np.isfinite(z).all():
        raise ValueError(f"z must be a finite array of the shape (N, actions) or (N, 1), it is {z!r}")


def checked_actions(a, pi):
    """Return a as an array; ValueError unless it holds one action for each row of pi, (N, actions)."""
    a, (N, n) = np.asarray(a), pi.shape
    if a.shape != (N,) or a.dtype.kind not in "iu" or (N > 0 and not 0 <= a.min() <= a.max() < n):
        raise ValueError(f"a must hold {N} whole numbers from 0 to {n - 1}, one for each row of z; it is {a!r}")
    return a

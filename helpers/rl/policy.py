"""A policy: its actions, their probabilities, and the derivative of their logarithm.

A policy is a network whose outputs are the logits of its actions, or one number z with pi(1 | s) = sigmoid(z) and
pi(0 | s) = sigmoid(-z), like the running actor. z has the shape (N, actions) or (N, 1), and more axes in front for
many policies at once. Integers and float16 are computed in float64; ValueError for what is not finite, or no table.
"""

from itertools import accumulate

import numpy as np

from helpers.calculus.validation import any_array, check_generator, checked, real_array
from helpers.networks.activations import sigmoid, softmax


def logits(z):
    """Return z as an array; errors as above."""
    z = real_array(z, "z")
    if z.ndim < 2 or z.shape[-1] == 0:
        raise ValueError(f"z must have the shape (N, actions) or (N, 1), it has {z.shape}")
    return z


def check_actions(z, a):
    """The arguments of score, as arrays; ValueError unless a holds one action for each row of z."""
    z, a = logits(z), any_array(a)
    last = max(z.shape[-1], 2) - 1
    if a.shape != z.shape[:-1] or (a.size > 0 and (a.dtype.kind not in "iu" or a.min() < 0 or a.max() > last)):
        raise ValueError(f"a must hold whole numbers from 0 to {last}, one for each row of z {z.shape}; it is {a!r}")
    return z, a


def action_probabilities(z):
    """Return pi(a | s), shape (N, actions), from a policy network's output z of shape (N, actions), or (N, 1)."""
    z = logits(z)
    return np.concatenate([sigmoid(-z), sigmoid(z)], axis=-1) if z.shape[-1] == 1 else softmax(z)


def sample_actions(z, rng):
    """Draw one action for each row of z; returns whole numbers, shape (N,)."""
    check_generator(rng)
    reached = accumulate(action_probabilities(z).T[:-1])
    drawn = rng.random(np.shape(z)[:-1]).T
    return sum(drawn >= each for each in reached).T


def likelier_actions(z):
    """Return the likeliest action of each row of z, the first of several alike; whole numbers, shape (N,)."""
    z = logits(z)
    return (z[..., 0] > 0).astype(int) if z.shape[-1] == 1 else z.argmax(axis=-1)


@checked(check_actions)
def score(z, a):
    """Return d log pi(a | s) / dz, z's shape: a - p for one output, onehot(a) - softmax(z) for several.

    a: actions (N,). It is what lesson 04's `backward` takes as dz. Sutton & Barto, exercise 13.3. With one output
    it keeps all its digits where the policy is saturated, with several it is right to 16 decimals.
    """
    pi = action_probabilities(z)
    if z.shape[-1] == 1:
        return np.where(a == 1, pi[..., 0], -pi[..., 1])[..., None]  # 1 - p and 0 - p
    return (np.arange(z.shape[-1]) == a[..., None]) - pi

"""Poles for a few learners, small networks for them, and actors whose fate is known."""

import gymnasium
import numpy as np

from helpers.networks.network import init_params
from helpers.rl.cartpole import SCALE


def poles(n=8):
    return gymnasium.make_vec("CartPole-v1", num_envs=n, vectorization_mode="vector_entry_point")


def pole_networks(seed=0):
    rng = np.random.default_rng(seed)
    return init_params((4, 8, 2), rng), init_params((4, 8, 1), rng)


def linear_actor(weights):
    """z(right) = weights . s / SCALE, z(left) = 0, with one layer."""
    return [(np.column_stack([np.zeros(4), weights]), np.zeros(2))]


GOOD = linear_actor(200 * np.array([0.1, 0.3, 1.0, 0.5]) * SCALE)  # pushes to where the pole falls
LEFT = [(np.zeros((4, 2)), np.array([50.0, -50.0]))]

"""Gymnasium's poles, reset in the very step in which an episode ends, as stable-baselines3 and CleanRL expect."""

import gymnasium
import numpy as np


class SameStepPoles:
    """n CartPole-v1 environments of Gymnasium's vectorised class, which by itself would reset one step later."""

    def __init__(self, n):
        self.poles = gymnasium.make_vec("CartPole-v1", num_envs=n, vectorization_mode="vector_entry_point").unwrapped
        self.num_envs = n

    def reset(self, seed=None):
        """Start all; returns the observations (n, 4)."""
        return self.poles.reset(seed=seed)[0]

    def step(self, actions):
        """Return (observations, rewards, terminated, truncated, last): last are the observations before any reset."""
        poles = self.poles
        last, rewards, terminated, truncated, _ = poles.step(actions)
        over = terminated | truncated
        if not over.any():
            return last, rewards, terminated, truncated, last
        poles.state[:, over] = poles.np_random.uniform(poles.low, poles.high, size=(4, int(over.sum())))
        poles.steps[over] = 0
        poles.prev_done = np.zeros(self.num_envs, dtype=bool)  # else the next step would reset them once more
        return poles.state.T.astype(np.float32), rewards, terminated, truncated, last

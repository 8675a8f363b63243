"""Environments that follow a script, and others that no training takes."""

import gymnasium
import numpy as np
from gymnasium.spaces import Box, Discrete
from gymnasium.vector import AutoresetMode


class Scripted(gymnasium.vector.VectorEnv):
    """Environments that give the observations, rewards and ends that are written down, whatever one does."""

    metadata = {"autoreset_mode": AutoresetMode.NEXT_STEP}
    single_action_space, single_observation_space = Discrete(2), Box(-np.inf, np.inf, (1,))

    def __init__(self, start, *steps):
        self.start, self.script, self.num_envs, self.actions = start, steps, len(start), []

    def reset(self, *, seed=None, options=None):
        self.steps = iter(self.script)
        return np.array(self.start, dtype=float)[:, None], {}

    def step(self, actions):
        self.actions.append(actions)
        s, r, terminated, truncated = next(self.steps)
        ends = np.array(terminated, dtype=bool), np.array(truncated, dtype=bool)
        return np.array(s, dtype=float)[:, None], np.array(r, dtype=float), *ends, {}

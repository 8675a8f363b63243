"""Poles that are reset in the step in which an episode ends."""

import gymnasium
import numpy as np

from benchmarks.cartpole.same_step import SameStepPoles


def test_poles_are_reset_in_the_step_in_which_an_episode_ends():
    poles, single = SameStepPoles(2), gymnasium.make("CartPole-v1")
    s, fell = poles.reset(seed=0), 0
    single.reset(seed=0)
    for _ in range(60):
        single.unwrapped.state = tuple(poles.poles.state[:, 0])  # one of them, followed by Gymnasium's single pole
        single.unwrapped.steps_beyond_terminated = None
        expected, *_ = single.unwrapped.step(1)
        s, rewards, terminated, truncated, last = poles.step(np.array([1, 0]))
        assert np.allclose(last[0], expected, atol=1e-6) and np.all(rewards == 1) and not truncated.any()
        for k in terminated.nonzero()[0]:
            fell += 1
            assert abs(last[k, 2]) > 0.2 and np.all(abs(s[k]) <= 0.05) and poles.poles.steps[k] == 0
        assert np.array_equal(s[~terminated], last[~terminated])
    assert fell > 4
    poles.poles.steps[:] = 499
    poles.poles.state[:] = 0
    s, _, terminated, truncated, last = poles.step(np.array([1, 0]))
    assert truncated.all() and not terminated.any() and not np.array_equal(s, last)

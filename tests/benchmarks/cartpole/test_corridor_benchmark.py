"""Our gradients on the corridor are timed, and stable-baselines3 learns there."""

import pytest

from benchmarks.cartpole.corridor import EXACT, PPO, SAMPLED, our_times, trained


def test_our_gradients_on_the_corridor_are_timed():
    times = our_times(timings=1, episodes=10)
    assert set(times) == {EXACT, SAMPLED} and min(times.values()) > 0


def test_stable_baselines3_learns_in_the_corridor():
    pytest.importorskip("stable_baselines3")
    run = trained(PPO, 0, 1024)
    assert run.method == PPO and run.steps == 1024 and run.exact < -3 and len(run.p) == 3

"""The corridor: how long our gradients take, and what stable-baselines3 learns in our environment."""

import time
import timeit
from typing import NamedTuple

import numpy as np

from helpers.rl.corridor import SwitchedCorridor, exact_return
from helpers.rl.policy_gradient import exact_gradient, gradient_estimates, rewards_to_go, sample_episodes
from helpers.running_actor import CELLS, THETA0, probabilities

EXACT, SAMPLED = "exact gradient", "20,000 episodes of REINFORCE"
LIMIT = 100  # steps, by gymnasium's TimeLimit
EVALUATED = 200  # episodes after training
PPO, A2C = "PPO", "A2C with default settings"
METHODS = (PPO, A2C)
SETTINGS = {"n_steps": 128, "batch_size": 256, "learning_rate": 0.001, "gamma": 1.0}  # of PPO, chosen for the corridor


class CorridorRun(NamedTuple):
    """What stable-baselines3 has learnt in the corridor."""

    method: str
    seed: int
    steps: int
    seconds: float
    p: list  # probabilities of right in the three cells
    mean: float  # mean return of episodes of the final policy, as drawn
    exact: float  # exact_return(p)


def our_times(timings=20, episodes=20_000):
    """Return {what: the slowest of so many times, in seconds}, after one that does not count."""
    rng, p = np.random.default_rng(0), probabilities(THETA0)

    def sampled():
        walked = sample_episodes(p, episodes, rng)
        return gradient_estimates(THETA0, walked, rewards_to_go(walked.rewards)).mean(axis=0)

    functions = {EXACT: lambda: exact_gradient(THETA0), SAMPLED: sampled}
    return {what: max(timeit.repeat(each, number=1, repeat=timings + 1)[1:]) for what, each in functions.items()}


def trained(method, seed, steps):
    """Train one of `METHODS` in eight corridors with a time limit; returns the `CorridorRun`."""
    import torch
    from gymnasium.wrappers import TimeLimit
    from stable_baselines3 import A2C as A2CMethod
    from stable_baselines3 import PPO as PPOMethod
    from stable_baselines3.common.env_checker import check_env
    from stable_baselines3.common.env_util import make_vec_env
    from stable_baselines3.common.evaluation import evaluate_policy

    check_env(SwitchedCorridor())
    envs = make_vec_env(lambda: TimeLimit(SwitchedCorridor(), LIMIT), n_envs=8)
    algorithm, settings = (PPOMethod, SETTINGS) if method == PPO else (A2CMethod, {})
    model = algorithm("MlpPolicy", envs, **settings, seed=seed, device="cpu")
    start = time.perf_counter()
    model.learn(steps)
    seconds = time.perf_counter() - start
    with torch.no_grad():
        seen = torch.tensor(CELLS[:, None].copy(), dtype=torch.float32)
        p = model.policy.get_distribution(seen).distribution.probs[:, 1].double().numpy()
    mean, _ = evaluate_policy(model, envs, EVALUATED, deterministic=False)
    return CorridorRun(method, seed, model.num_timesteps, seconds, p.tolist(), float(mean), float(exact_return(p)))

"""CartPole by A2C in PyTorch in the manner of CleanRL: one loop from top to bottom, no framework.

The shape of the networks, the orthogonal weights and the loop are those of CleanRL's ppo.py. The settings are A2C's,
as in Huang et al., "A2C is a special case of PPO" (2022), and in stable-baselines3: rollouts of 5 steps on 8 poles,
lambda = 1, RMSprop, no normalised advantage. Observations are not scaled. As in CleanRL, an episode that the time limit
ends counts as one that has failed.
"""

import numpy as np
import torch
from torch.distributions import Categorical

from benchmarks.cartpole.evaluation import layers_of
from benchmarks.cartpole.same_step import SameStepPoles

N_ENVS, N_STEPS, GAMMA, LEARNING_RATE, VALUE_COEFFICIENT, LARGEST_NORM = 8, 5, 0.99, 7e-4, 0.5, 0.5


def linear(d_in, d_out, gain=2**0.5):
    """A layer with orthogonal weights and zero biases."""
    layer = torch.nn.Linear(d_in, d_out)
    torch.nn.init.orthogonal_(layer.weight, gain)
    torch.nn.init.constant_(layer.bias, 0.0)
    return layer


def tanh_network(d_out, gain):
    """4-64-64-d_out; gain: of the last layer."""
    return torch.nn.Sequential(
        linear(4, 64), torch.nn.Tanh(), linear(64, 64), torch.nn.Tanh(), linear(64, d_out, gain)
    )  # fmt: skip


def solve(evaluator, limit):
    """Train until the evaluator says solved, or `limit` environment steps."""
    torch.manual_seed(evaluator.seed)
    actor, critic, envs = tanh_network(2, 0.01), tanh_network(1, 1.0), SameStepPoles(N_ENVS)
    params = [*actor.parameters(), *critic.parameters()]
    optimiser = torch.optim.RMSprop(params, lr=LEARNING_RATE, alpha=0.99, eps=1e-5)
    obs = torch.zeros(N_STEPS, N_ENVS, 4)
    actions = torch.zeros(N_STEPS, N_ENVS, dtype=torch.int64)
    rewards, dones = torch.zeros(N_STEPS, N_ENVS), torch.zeros(N_STEPS, N_ENVS)
    taken = 0
    evaluator.start()
    next_obs = torch.from_numpy(envs.reset(seed=evaluator.seed))
    while taken < limit:
        for t in range(N_STEPS):
            obs[t] = next_obs
            with torch.no_grad():
                actions[t] = Categorical(logits=actor(next_obs)).sample()
            next_array, r, terminated, truncated, _ = envs.step(actions[t].numpy())
            next_obs, rewards[t] = torch.from_numpy(next_array), torch.from_numpy(r)
            dones[t] = torch.from_numpy((terminated | truncated).astype(np.float32))
        taken += N_STEPS * N_ENVS

        with torch.no_grad():
            returns, after = torch.zeros(N_STEPS, N_ENVS), critic(next_obs)[:, 0]
            for t in reversed(range(N_STEPS)):
                returns[t] = after = rewards[t] + GAMMA * (1 - dones[t]) * after

        b_obs, b_returns = obs.reshape(-1, 4), returns.reshape(-1)
        value = critic(b_obs)[:, 0]
        advantage = b_returns - value.detach()
        log_prob = Categorical(logits=actor(b_obs)).log_prob(actions.reshape(-1))
        loss = -(advantage * log_prob).mean() + VALUE_COEFFICIENT * ((value - b_returns) ** 2).mean()
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(params, LARGEST_NORM)
        optimiser.step()

        if evaluator.solved(taken, lambda: layers_of(actor[::2])):
            break
    return evaluator.run()

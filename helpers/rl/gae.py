"""A fancier actor-critic: rollouts of several steps, generalised advantages, normalised, and Adam for both networks.

Sources: Schulman, Moritz, Levine, Jordan & Abbeel, High-dimensional continuous control using generalized advantage
estimation (2016), eq. (16); Kingma & Ba (2015) for Adam.
"""

import numpy as np

from helpers.networks.network import backward, forward
from helpers.networks.training import adam
from helpers.rl.actor_critic import Finished, check_autoreset, check_shapes, td_error
from helpers.rl.policy import sample_actions, score


def generalised_advantages(delta, ended, gamma, lam):
    """Return A_t = delta_t + gamma lam A_(t+1), cut off where an episode ended; delta, ended: shape (T, n)."""
    check_shapes(delta=delta, ended=ended)
    A = np.zeros_like(delta, dtype=float)
    after = np.zeros(A.shape[1:])
    for t in reversed(range(len(delta))):
        A[t] = after = delta[t] + gamma * lam * np.where(ended[t], 0.0, after)
    return A


def train_with_gae(
    envs, actor, critic, updates, alpha, gamma, lam, seed, rollout=5, scale=1.0, reward=1.0, callback=None
):
    """Return (actor, critic, `Finished`) after so many updates, each from `rollout` steps of every environment.

    envs, scale, seed: as in `actor_critic.train`; alpha: Adam's step size, the same for both networks.
    callback(step, params, grads) as in `training.adam`, params being the actor's layers and then the critic's.
    """
    check_autoreset(envs)
    if rollout < 1:
        raise ValueError(f"rollout must be at least 1 step, it is {rollout}")
    n_layers = len(actor)
    rng, taken, finished = np.random.default_rng(seed), 0, []
    s, over, returns = envs.reset(seed=seed)[0] / scale, np.zeros(envs.num_envs, dtype=bool), np.zeros(envs.num_envs)

    def walk(actor):
        """One rollout: arrays s, a, r, s_next, terminated, ended, going, each with `rollout` rows."""
        nonlocal s, over, returns, taken
        rows = []
        for _ in range(rollout):
            a = sample_actions(forward(actor, s)[0], rng)
            s_next, r, terminated, truncated, _ = envs.step(a)
            s_next, ended, going = s_next / scale, terminated | truncated, ~over
            rows.append((s, a, r, s_next, terminated, ended | over, going))
            taken, returns = taken + going.sum(), returns + r
            finished.extend((taken, value) for value in returns[ended])
            s, over, returns = s_next, ended, np.where(ended, 0.0, returns)
        return map(np.array, zip(*rows, strict=True))

    def descent_gradient(params, step):
        """Minus the ascent directions of actor and critic, since `adam` descends."""
        actor, critic = params[:n_layers], params[n_layers:]
        s, a, r, s_next, terminated, ended, going = walk(actor)
        v, v_next = (forward(critic, each[going])[0][:, 0] for each in (s, s_next))
        delta = np.zeros(a.shape)
        delta[going] = td_error(reward * r[going], v, v_next, terminated[going], gamma)
        A = generalised_advantages(delta, ended, gamma, lam)[going][:, None]
        z, actor_cache = forward(actor, s[going])
        _, critic_cache = forward(critic, s[going])
        normalised = (A - A.mean()) / (A.std() + 1e-8) if len(A) else A  # there may be resets only
        upward = backward(actor, actor_cache, normalised * score(z, a[going]) / len(A))
        upward += backward(critic, critic_cache, A / len(A))
        return [(-dW, -db) for dW, db in upward]

    params = adam(descent_gradient, [*actor, *critic], updates, alpha, callback=callback)
    return params[:n_layers], params[n_layers:], Finished(*np.array(finished).reshape(-1, 2).T)

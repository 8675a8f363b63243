"""A fancier actor-critic: rollouts of several steps, generalised advantages, normalised, and Adam for both networks.

Sources: Schulman, Moritz, Levine, Jordan & Abbeel, High-dimensional continuous control using generalized advantage
estimation (2016), eq. (16); Kingma & Ba (2015) for Adam.
"""

import numpy as np

from helpers.networks.network import backward, forward
from helpers.networks.training import adam
from helpers.networks.validation import check_counts, check_range, real_array
from helpers.rl.actor_critic import Finished, td_error
from helpers.rl.policy import sample_actions, score
from helpers.rl.validation import check_learner, true_or_false


def generalised_advantages(delta, ended, gamma, lam):
    """Return A_t = delta_t + gamma lam A_(t+1), cut off where an episode ended; delta, ended: shape (T, n)."""
    check_range(1, gamma=gamma, lam=lam)
    delta, ended = real_array(delta, "delta"), true_or_false(ended, "ended")
    if delta.ndim == 0 or delta.shape != ended.shape:
        raise ValueError(f"delta and ended must have one shape (T, n), they have {delta.shape} and {ended.shape}")
    A = np.zeros_like(delta)
    after = np.zeros(A.shape[1:])
    for t in reversed(range(len(delta))):
        A[t] = after = delta[t] + gamma * lam * np.where(ended[t], 0.0, after)
    return A


def train_with_gae(
    envs, actor, critic, updates, alpha, gamma, lam, seed, rollout=5, scale=1.0, reward=1.0, callback=None
):
    """Return (actor, critic, `Finished`) after so many updates, each from `rollout` steps of every environment.

    envs, scale, seed: as in `actor_critic.train`, and the same errors; alpha: Adam's step size, the same for both
    networks; reward: rewards are multiplied by it.
    callback(step, params, grads) as in `training.adam`, params being the actor's layers and then the critic's.
    """
    check_counts(0, updates=updates)
    check_counts(1, rollout=rollout)
    check_range(np.inf, alpha=alpha, reward=reward)
    check_range(1, gamma=gamma, lam=lam)
    check_learner(envs, scale, actor, critic)
    n_layers = len(actor)
    rng, taken, finished = np.random.default_rng(seed), 0, []
    s, done, returns = envs.reset(seed=seed)[0] / scale, np.zeros(envs.num_envs, dtype=bool), np.zeros(envs.num_envs)

    def walk(actor):
        """One rollout: arrays s, a, r, s_next, terminated, ended, going, each with `rollout` rows."""
        nonlocal s, done, taken
        rows = []
        for _ in range(rollout):
            a = sample_actions(forward(actor, s)[0], rng)
            s_next, r, terminated, truncated, _ = envs.step(a)
            s_next, ended, going = s_next / scale, terminated | truncated, ~done
            rows.append((s, a, r, s_next, terminated, ended, going))
            returns[going] += r[going]
            taken, s, done = taken + going.sum(), s_next, ended
            finished.extend((taken, value) for value in returns[ended])
            returns[ended] = 0.0
        return map(np.array, zip(*rows, strict=True))

    def descent_gradient(params, step):
        """Minus the ascent directions of actor and critic, since `adam` descends."""
        actor, critic = params[:n_layers], params[n_layers:]
        s, a, r, s_next, terminated, ended, going = walk(actor)
        z, actor_cache = forward(actor, s[going])
        v, critic_cache = forward(critic, s[going])
        v_next, _ = forward(critic, s_next[going])
        delta = np.zeros(a.shape)
        delta[going] = td_error(reward * r[going], v[:, 0], v_next[:, 0], terminated[going], gamma)
        A = generalised_advantages(delta, ended, gamma, lam)[going][:, None]
        normalised = (A - A.mean()) / (A.std() + 1e-8) if len(A) else A  # there may be resets only
        upward = backward(actor, actor_cache, normalised * score(z, a[going]) / len(A))
        upward += backward(critic, critic_cache, A / len(A))
        return [(-dW, -db) for dW, db in upward]

    params = adam(descent_gradient, [*actor, *critic], updates, alpha, callback=callback)
    return params[:n_layers], params[n_layers:], Finished(*np.array(finished).reshape(-1, 2).T)

"""A batch of CartPole learners: `actor_critic.train` for n of them at once, each with its own networks and poles.

Every array has one axis more, in front, for the learners: W is (n, d_in, d_out), b is (n, 1, d_out), X is (n, N, d_in).
The lines are those of `update` and `train`; for one learner the numbers are the same.
"""

import numpy as np

from helpers.calculus.validation import check_counts, seeded
from helpers.networks.gradient_scale import upstream
from helpers.networks.network import forward
from helpers.rl.actor_critic import Finished, td_error
from helpers.rl.cartpole import N_POLES, SCALE, Evaluation, make_poles, new_networks
from helpers.rl.policy import action_probabilities, sample_actions, score
from helpers.rl.validation import check_learner, check_learning

# A training checks its networks once, and `td_error` its numbers at every update: in between, the computations alone.
forward, upstream, score = forward.__wrapped__, upstream.__wrapped__, score.__wrapped__


def stacked(networks):
    """Return one list of (W, b) with a leading axis from n networks of one shape, each a list of (W, b)."""
    return [
        (np.array([W for W, _ in layers]), np.array([b for _, b in layers])[:, None])
        for layers in zip(*networks, strict=True)
    ]


def ascend_together(params, cache, dz, alpha):
    """Return the parameters after a step up the gradient that dz, (n, N, d_out), sends back through the networks.

    It is `ascend` with the gradient of `backward`, but for rounding: alpha meets h first. 2,000 updates after another
    rounding some of lesson 08's learners are others.
    """
    return [
        (W + alpha * h.mT @ d, b + alpha * d.sum(axis=-2, keepdims=True))
        for (W, b), h, d in zip(params, cache.inputs, upstream(params, cache, dz), strict=True)
    ]


def train_learners(
    n, updates, alpha, beta, gamma, seed=0, scale=SCALE, make=make_poles, poles=N_POLES, start=new_networks
):
    """Train n learners with 32 poles each; learner k starts from `start(seed + k)`, an actor and a critic.

    make(number) returns that many poles as one `VectorEnv`; the other arguments as for `actor_critic.train`, and the
    same errors. Returns the actors, as stacked parameters, and a list of `Finished`, one for each learner.
    """
    check_counts(1, n=n, poles=poles)
    alpha, beta, gamma = check_learning(alpha, beta, gamma, updates=updates, seed=seed)
    actor, critic = map(stacked, zip(*(start(seed + k) for k in range(n)), strict=True))
    envs = make(n * poles)
    check_learner(envs, scale, 3, actor=actor, critic=critic)
    rng, taken, finished = seeded(seed), np.zeros(n), [[] for _ in range(n)]

    def by_learner(array):
        return array.reshape(n, poles, *array.shape[1:])

    s = by_learner(envs.reset(seed=int(seed))[0]) / np.asarray(scale, float)
    done, returns = np.zeros((n, poles), dtype=bool), np.zeros((n, poles))
    for _ in range(updates):
        z, actor_cache = forward(actor, s)
        a = sample_actions(z, rng)
        s_next, r, terminated, truncated = map(by_learner, envs.step(a.ravel())[:4])
        s_next, going = s_next / np.asarray(scale, float), ~done
        v, critic_cache = forward(critic, s)
        v_next, _ = forward(critic, s_next)
        delta = td_error(r[..., None], v, v_next, terminated[..., None], gamma)
        transitions = going.sum(axis=1)  # a reset is none
        mean = going[..., None] / np.maximum(transitions, 1)[:, None, None]
        actor = ascend_together(actor, actor_cache, mean * delta * score(z, a), alpha)
        critic = ascend_together(critic, critic_cache, mean * delta, beta)
        returns += going * r
        taken, s, done = taken + transitions, s_next, terminated | truncated
        for k, pole in zip(*np.nonzero(done), strict=True):
            finished[k].append((taken[k], returns[k, pole]))
        returns[done] = 0.0
    return actor, [Finished(*np.array(each).reshape(-1, 2).T) for each in finished]


def evaluate_learners(actor, seed, episodes=100, scale=SCALE):
    """Return the `Evaluation` of each of the stacked actors, by the rule of `cartpole.evaluate`, on fresh poles."""
    check_counts(1, episodes=episodes)
    check_learner(make_poles(1), scale, 3, actor=actor)
    n = len(actor[0][0])
    poles, rng = make_poles(2 * n * episodes), seeded(seed)
    s = poles.reset(seed=int(seed))[0]
    returns, going = np.zeros((n, 2, episodes)), np.ones((n, 2, episodes), dtype=bool)
    right = np.zeros(going.shape)
    while going.any():
        still = going.any(axis=(1, 2))  # of the others every pole has fallen
        z, _ = forward([(W[still], b[still]) for W, b in actor], s.reshape(n, 2 * episodes, 4)[still] / scale)
        right[still] = action_probabilities(z)[..., 1].reshape(-1, 2, episodes)
        chance = np.stack([rng.random((n, episodes)), np.full((n, episodes), 0.5)], axis=1)  # drawn, and the likelier
        s, r, terminated, truncated, _ = poles.step((right > chance).astype(int).ravel())
        returns += going * r.reshape(going.shape)
        going &= ~(terminated | truncated).reshape(going.shape)
    return [Evaluation(*means) for means in returns.mean(axis=2)]

"""Many CartPole trainings side by side: `actor_critic.train` for n learners, each with its own networks and poles.

Every array has one axis more, in front, for the learners: W is (n, d_in, d_out), b is (n, 1, d_out), X is (n, N, d_in).
The lines are those of `network`, `policy` and `actor_critic`; for one learner the numbers are the same.
"""

import numpy as np

from helpers.rl.actor_critic import Finished, check_autoreset, td_error
from helpers.rl.cartpole import N_POLES, SCALE, Evaluation, make_poles, new_networks


def stacked(networks):
    """Return one list of (W, b) with a leading axis from n networks of one shape, each a list of (W, b)."""
    return [
        (np.array([W for W, _ in layers]), np.array([b for _, b in layers])[:, None])
        for layers in zip(*networks, strict=True)
    ]


def forward(params, X):
    """Return (output, inputs of each layer) of n tanh networks; X: (n, N, d_in)."""
    inputs = [np.asarray(X, float)]  # alpha times an observation in float32 would lose nine digits
    for W, b in params[:-1]:
        inputs.append(np.tanh(inputs[-1] @ W + b))
    W, b = params[-1]
    return inputs[-1] @ W + b, inputs


def ascended(params, inputs, dz, alpha):
    """Return the parameters after a step up the gradient that dz, (n, N, d_out), sends back through the networks."""
    moved = []
    for (W, b), h in zip(params[::-1], inputs[::-1], strict=True):
        moved.append((W + alpha * h.mT @ dz, b + alpha * dz.sum(axis=1, keepdims=True)))
        dz = (dz @ W.mT) * (1 - h * h)
    return moved[::-1]


def softmax(z):
    """Softmax over the last axis."""
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def check_numbers(**numbers):
    """Raise ValueError unless all are at least 1."""
    for name, number in numbers.items():
        if number < 1:
            raise ValueError(f"{name} must be at least 1, it is {number}")


def train_side_by_side(n, updates, alpha, beta, gamma, seed=0, scale=SCALE, make=make_poles, poles=N_POLES):
    """Train n learners with 32 poles each; learner k starts from `new_networks(seed + k)`.

    make(number) returns that many poles as one `VectorEnv`; the other arguments as for `actor_critic.train`.
    Returns the actors, as stacked parameters, and a list of `Finished`, one for each learner.
    """
    check_numbers(n=n, poles=poles)
    envs = make(n * poles)
    check_autoreset(envs)
    rng, taken, finished = np.random.default_rng(seed), np.zeros(n), [[] for _ in range(n)]
    actor, critic = map(stacked, zip(*(new_networks(seed + k) for k in range(n)), strict=True))

    def by_learner(array):
        return array.reshape(n, poles, *array.shape[1:])

    s = by_learner(envs.reset(seed=seed)[0]) / scale
    over, returns = np.zeros((n, poles), dtype=bool), np.zeros((n, poles))
    for _ in range(updates):
        z, actor_inputs = forward(actor, s)
        pi = softmax(z)
        a = (rng.random((n, poles)) >= pi[..., 0]).astype(int)
        s_next, r, terminated, truncated = map(by_learner, envs.step(a.ravel())[:4])
        s_next, going = s_next / scale, ~over
        v, critic_inputs = forward(critic, s)
        v_next, _ = forward(critic, s_next)
        delta = td_error(r[..., None], v, v_next, terminated[..., None], gamma)
        transitions = going.sum(axis=1)  # a reset is none
        mean = going[..., None] / np.maximum(transitions, 1)[:, None, None]
        actor = ascended(actor, actor_inputs, mean * delta * (np.eye(2)[a] - pi), alpha)
        critic = ascended(critic, critic_inputs, mean * delta, beta)
        taken, returns, over = taken + transitions, returns + r, terminated | truncated
        for k, pole in zip(*np.nonzero(over), strict=True):
            finished[k].append((taken[k], returns[k, pole]))
        s, returns = s_next, np.where(over, 0.0, returns)
    return actor, [Finished(*np.array(each).reshape(-1, 2).T) for each in finished]


def evaluate_side_by_side(actor, seed, episodes=100, scale=SCALE):
    """Return the `Evaluation` of each of the stacked actors, by the rule of `cartpole.evaluate`, on fresh poles."""
    check_numbers(episodes=episodes)
    n = len(actor[0][0])
    poles, rng = make_poles(2 * n * episodes), np.random.default_rng(seed)
    s = poles.reset(seed=seed)[0]
    returns, going = np.zeros((n, 2, episodes)), np.ones((n, 2, episodes), dtype=bool)
    while going.any():
        right = softmax(forward(actor, s.reshape(n, 2 * episodes, 4) / scale)[0])[..., 1].reshape(n, 2, episodes)
        chance = np.stack([rng.random((n, episodes)), np.full((n, episodes), 0.5)], axis=1)  # drawn, and the likelier
        s, r, terminated, truncated, _ = poles.step((right > chance).astype(int).ravel())
        returns += going * r.reshape(going.shape)
        going &= ~(terminated | truncated).reshape(going.shape)
    return [Evaluation(*means) for means in returns.mean(axis=2)]

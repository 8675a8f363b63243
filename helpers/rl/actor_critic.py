"""Actor-critic: the TD error, one update of two networks from a batch of transitions, and the training loop.

Actor and critic are lists of (W, b) as in `helpers.networks.network`. The actor is a policy network as in
`helpers.rl.policy`, the critic has one output, V(s).
Source: Sutton & Barto, Reinforcement Learning (2nd ed.), section 13.5, box "One-step Actor-Critic (episodic)"; here
with a mean over several environments side by side, and without the factor gamma**t.
"""

from typing import NamedTuple

import numpy as np

from helpers.networks.network import backward, forward
from helpers.rl.policy import sample_actions, score


class Transitions(NamedTuple):
    """N transitions: what was seen, done, got, and seen next."""

    s: np.ndarray  # observations (N, d_in)
    a: np.ndarray  # actions (N,), whole numbers
    r: np.ndarray  # rewards (N,)
    s_next: np.ndarray  # observations (N, d_in)
    terminated: np.ndarray  # (N,), True where s_next is terminal; a time limit does not count


class Finished(NamedTuple):
    """One entry for each episode that ended in a training, in order."""

    at: np.ndarray  # environment steps, of all environments together, until then
    returns: np.ndarray  # sum of its rewards, not discounted


def td_error(r, v, v_next, terminated, gamma):
    """Return delta = r + gamma V(s') - V(s), with V(terminal) = 0; all arrays of one shape, or numbers.

    Source: Sutton & Barto, eq. (6.5). Raises ValueError for different shapes, such as (N,) and (N, 1).
    """
    check_shapes(r=r, v=v, v_next=v_next, terminated=terminated)
    return r + gamma * np.where(terminated, 0.0, v_next) - v


def check_shapes(**arrays):
    """Raise ValueError, with all shapes, unless all arrays have one shape; numbers go with any."""
    shapes = {name: np.shape(array) for name, array in arrays.items()}
    if len(set(shapes.values()) - {()}) > 1:
        raise ValueError(f"{', '.join(shapes)} must have one shape, they have {shapes}")


def update(actor, critic, batch, alpha, beta, gamma):
    """Return (actor, critic) after one step along the means of delta grad log pi and delta grad V over the batch.

    batch: `Transitions`; alpha, beta: step sizes of actor and critic. delta is a number: nothing flows through it.
    """
    s, a, r, s_next, terminated = batch
    v, critic_cache = forward(critic, s)
    v_next, _ = forward(critic, s_next)
    delta = td_error(r[:, None], v, v_next, terminated[:, None], gamma)
    z, actor_cache = forward(actor, s)
    actor_gradient = backward(actor, actor_cache, delta * score(z, a) / len(s))
    critic_gradient = backward(critic, critic_cache, delta / len(s))
    return ascended(actor, actor_gradient, alpha), ascended(critic, critic_gradient, beta)


def ascended(params, gradient, alpha):
    """Return the parameters after one step of gradient ascent, theta + alpha g."""
    return [(W + alpha * dW, b + alpha * db) for (W, b), (dW, db) in zip(params, gradient, strict=True)]


def train(envs, actor, critic, steps, alpha, beta, gamma, seed, scale=1.0, callback=None):
    """Return (actor, critic, `Finished`) after `steps` updates, each with one transition of every environment.

    envs: a `gymnasium.vector.VectorEnv` that resets in the step after an episode's end (`AutoresetMode.NEXT_STEP`, else
    ValueError); scale: observations are divided by it. callback(step, actor, critic, batch) sees every update, and ends
    the training by returning True. The same seed gives the same numbers; the given parameters are not changed.
    """
    check_autoreset(envs)
    rng, taken, finished = np.random.default_rng(seed), 0, []
    s, over, returns = envs.reset(seed=seed)[0] / scale, np.zeros(envs.num_envs, dtype=bool), np.zeros(envs.num_envs)
    for step in range(steps):
        a = sample_actions(forward(actor, s)[0], rng)
        s_next, r, terminated, truncated, _ = envs.step(a)
        s_next, going = s_next / scale, ~over  # where the episode was over, this step was the reset
        batch = Transitions(s, a, r, s_next, terminated)
        if not going.all():
            batch = Transitions(*(each[going] for each in batch))
        actor, critic = update(actor, critic, batch, alpha, beta, gamma)
        taken, returns, over = taken + len(batch.a), returns + r, terminated | truncated
        finished += [(taken, value) for value in returns[over]]
        s, returns = s_next, np.where(over, 0.0, returns)
        if callback is not None and callback(step, actor, critic, batch):
            break
    return actor, critic, Finished(*np.array(finished).reshape(-1, 2).T)


def check_autoreset(envs):
    """Raise ValueError unless the environments reset in the step after an episode's end."""
    mode = getattr(envs, "metadata", {}).get("autoreset_mode")
    if getattr(mode, "name", None) != "NEXT_STEP":
        raise ValueError(f"envs must be a gymnasium VectorEnv with AutoresetMode.NEXT_STEP, its mode is {mode}")

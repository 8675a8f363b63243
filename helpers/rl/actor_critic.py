"""Actor-critic: the TD error, one update of two networks from a batch of transitions, and the training loop.

Actor and critic are lists of (W, b) as in `helpers.networks.network`. The actor is a policy network as in
`helpers.rl.policy`, the critic has one output, V(s).
Source: Sutton & Barto, Reinforcement Learning (2nd ed.), section 13.5, box "One-step Actor-Critic (episodic)"; here
with a mean over several environments side by side, and without the factor gamma**t.
"""

from typing import NamedTuple

import numpy as np

from helpers.calculus.validation import any_array, check_range, checked, real_array, seeded
from helpers.networks.network import backward, forward
from helpers.rl.policy import sample_actions, score
from helpers.rl.validation import check_learner, check_learning, outputs, true_or_false


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


def check_td_error(r, v, v_next, terminated, gamma):
    """The arguments of td_error as arrays; what v_next holds beyond a terminal state is not looked at."""
    r, v, v_next = real_array(r, "r"), real_array(v, "v"), any_array(v_next)
    terminated = true_or_false(terminated, "terminated")
    shapes = r.shape, v.shape, v_next.shape, terminated.shape
    if len({*shapes} - {()}) > 1:  # a number goes with any
        raise ValueError(f"r, v, v_next, terminated must have one shape, they have {', '.join(map(str, shapes))}")
    return r, v, real_array(v_next, "v_next", ignored=terminated), terminated, *check_range(1, gamma=gamma)


@checked(check_td_error)
def td_error(r, v, v_next, terminated, gamma):
    """Return delta = r + gamma V(s') - V(s), with V(terminal) = 0; all arrays of one shape, or numbers.

    gamma: from 0 to 1; terminated: True and False, or 1 and 0. Source: Sutton & Barto, eq. (6.5). Raises ValueError
    for different shapes, such as (N,) and (N, 1), and for what is not finite.
    """
    return r + gamma * np.where(terminated, 0.0, v_next) - v


def ascend(params, gradient, alpha):
    """Return the parameters after one step of gradient ascent, theta + alpha g."""
    return [(W + alpha * dW, b + alpha * db) for (W, b), (dW, db) in zip(params, gradient, strict=True)]


def update(actor, critic, batch, alpha, beta, gamma):
    """Return (actor, critic) after one step along the means of delta grad log pi and delta grad V over the batch.

    batch: `Transitions`; alpha, beta: step sizes of actor and critic. delta is a number: nothing flows through it.
    Without transitions nothing changes.
    """
    alpha, beta, gamma = check_learning(alpha, beta, gamma)
    if not isinstance(batch, list | tuple) or len(batch) != len(Transitions._fields):
        raise TypeError(f"batch must be Transitions, five arrays, it is {batch!r}")
    s, a, r, s_next, terminated = batch = Transitions(*map(any_array, batch))
    if s.ndim != 2 or s_next.shape != s.shape or not a.shape == r.shape == terminated.shape == s.shape[:1]:
        shapes = Transitions(*map(np.shape, batch))
        raise ValueError(f"batch must have s and s_next of shape (N, d_in), the rest of shape (N,), it has {shapes}")
    v, critic_cache = outputs("critic", critic, s)
    v_next, _ = forward(critic, s_next)
    delta = td_error(r[:, None], v, v_next, terminated[:, None], gamma)
    z, actor_cache = outputs("actor", actor, s)
    actor_gradient = backward(actor, actor_cache, delta * score(z, a) / len(s))
    critic_gradient = backward(critic, critic_cache, delta / len(s))
    return ascend(actor, actor_gradient, alpha), ascend(critic, critic_gradient, beta)


def train(envs, actor, critic, steps, alpha, beta, gamma, seed, scale=1.0, callback=None):
    """Return (actor, critic, `Finished`) after `steps` updates, each with one transition of every environment.

    envs: a `gymnasium.vector.VectorEnv` with discrete actions that resets in the step after an episode's end
    (`AutoresetMode.NEXT_STEP`); scale: observations are divided by it. callback(step, actor, critic, batch) sees every
    update, and ends the training by returning True. The same seed gives the same numbers; the given parameters are not
    changed. ValueError for environments and networks that do not fit, and when rewards or weights are not finite.
    """
    check_learning(alpha, beta, gamma, steps=steps)
    check_learner(envs, scale, actor=actor, critic=critic)
    rng, taken, finished = seeded(seed), 0, []
    s, done, returns = envs.reset(seed=int(seed))[0] / scale, np.zeros(envs.num_envs, bool), np.zeros(envs.num_envs)
    for step in range(steps):
        a = sample_actions(forward(actor, s)[0], rng)
        s_next, r, terminated, truncated, _ = envs.step(a)
        s_next, going = s_next / scale, ~done  # where an episode was done, this step was its reset
        batch = Transitions(*(each[going] for each in (s, a, r, s_next, terminated)))
        actor, critic = update(actor, critic, batch, alpha, beta, gamma)
        returns[going] += batch.r
        taken, s, done = taken + len(batch.a), s_next, terminated | truncated
        finished += [(taken, value) for value in returns[done]]
        returns[done] = 0.0
        if callback is not None and callback(step, actor, critic, batch):
            break
    return actor, critic, Finished(*np.array(finished).reshape(-1, 2).T)

"""CartPole: Gymnasium's poles side by side, our networks for them, and the rule by which the task counts as solved.

Source of the task: Barto, Sutton & Anderson, Neuronlike adaptive elements that can solve difficult learning control
problems (1983); of its equations and of the limit of 475: Gymnasium's CartPole-v1.
"""

from typing import NamedTuple

import gymnasium
import numpy as np

from helpers.calculus.validation import check_counts, seeded
from helpers.networks.network import forward, init_params
from helpers.rl.policy import likelier_actions, sample_actions
from helpers.rl.validation import check_learner

N_POLES = 32
SCALE = np.array([2.4, 2.0, 0.21, 2.0])  # position and angle at which an episode ends, and usual velocities
SCALE.flags.writeable = False
SOLVED = 475.0
LONGEST = 500


def make_poles(n=N_POLES):
    """Return n CartPole-v1 environments as one `VectorEnv`; a step of all of them is one computation with arrays."""
    check_counts(1, n=n)
    return gymnasium.make_vec("CartPole-v1", num_envs=n, vectorization_mode="vector_entry_point")


def new_networks(seed):
    """Return (actor, critic), 4-32-2 and 4-32-1, with Glorot's weights; the actor's last layer is zero: a fair coin."""
    rng = seeded(seed)
    hidden, (W, b) = init_params((4, 32, 2), rng)
    return [hidden, (np.zeros_like(W), b)], init_params((4, 32, 1), rng)


class Evaluation(NamedTuple):
    """Mean return over the evaluation's episodes, of the actions as drawn and of the likelier action each time."""

    sampled: float
    greedy: float

    @property
    def solved(self):
        """True if both means are at least 475."""
        return bool(self.sampled >= SOLVED and self.greedy >= SOLVED)


def evaluate(actor, seed, episodes=100, scale=SCALE):
    """Return the `Evaluation` of an actor that learns no more, on fresh poles."""
    return Evaluation(*(np.mean(episode_returns(actor, seed, episodes, scale, greedy)) for greedy in (False, True)))


def episode_returns(actor, seed, episodes, scale=SCALE, greedy=False):
    """Return the return of each of the episodes, shape (episodes,); greedy: take the likelier action, do not draw.

    actor: with an output for either action, or one number. ValueError unless its weights are finite.
    """
    check_counts(1, episodes=episodes)
    poles, rng = make_poles(episodes), seeded(seed)
    check_learner(poles, scale, actor=actor)
    s, _ = poles.reset(seed=int(seed))
    returns, going = np.zeros(episodes), np.ones(episodes, dtype=bool)
    while going.any():
        z, _ = forward(actor, s / scale)
        s, r, terminated, truncated, _ = poles.step(likelier_actions(z) if greedy else sample_actions(z, rng))
        returns += going * r
        going &= ~(terminated | truncated)
    return returns

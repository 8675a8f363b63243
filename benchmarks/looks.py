"""When a learner counts as having solved CartPole: the one rule for all, and the clock that stops while it is applied.

Every learner here ends up with a tanh network, so all of them hand over their actor as a list of (W, b), and
`helpers.rl.cartpole.evaluate` does the rest.
"""

import time
from typing import NamedTuple

import numpy as np

from helpers.rl.cartpole import Evaluation, evaluate

EVERY = 1600  # environment steps from one look to the next
EPISODES = 100  # of an evaluation, on as many poles side by side
AGAIN = 20_000  # added to the seed for the poles of the second evaluation
THE_RULE, GREEDY_ONLY = "sampled and greedy", "greedy only"
RULES = {THE_RULE: lambda look: look.evaluation.solved, GREEDY_ONLY: lambda look: look.greedy_solved}


class Look(NamedTuple):
    """One evaluation during a training; steps and seconds are those of the training until then."""

    steps: int  # of all environments together
    seconds: float  # evaluations not counted
    evaluation: Evaluation

    @property
    def greedy_solved(self):
        """Whether the likelier action alone would do, judged by the same number."""
        return Evaluation(self.evaluation.greedy, self.evaluation.greedy).solved


class Course(NamedTuple):
    """One training, from the first look to the last."""

    seed: int
    looks: list
    again: Evaluation  # of the last actor, on poles that it was not stopped by
    compiling: float = 0.0  # seconds before the training, where something is compiled

    def first(self, rule=THE_RULE):
        """The first `Look` that passes this rule of `RULES`, None where there is none."""
        return next((look for look in self.looks if RULES[rule](look)), None)


class Watch:
    """A stopwatch that looks at a learner every so many environment steps, and stands still meanwhile."""

    def __init__(self, seed, scale, every=EVERY, episodes=EPISODES, clock=time.perf_counter):
        self.seed, self.scale, self.every, self.episodes, self.clock = seed, scale, every, episodes, clock
        self.looks, self.next, self.pausing = [], every, 0.0
        self.actor = None

    def start(self):
        """The training begins now."""
        self.started = self.clock()

    def due(self, steps):
        """Whether it is time for a look."""
        return steps >= self.next

    def look(self, steps, layers):
        """Evaluate the actor that `layers()` returns as a list of (W, b); True when the task is solved."""
        stopped = self.clock()
        self.next = (steps // self.every + 1) * self.every
        self.actor = layers()
        evaluation = Evaluation(*map(float, evaluate(self.actor, self.seed + AGAIN // 2, self.episodes, self.scale)))
        self.looks.append(Look(steps, stopped - self.started - self.pausing, evaluation))
        self.pausing += self.clock() - stopped
        return evaluation.solved

    def course(self, compiling=0.0):
        """The `Course` that was watched, with a second evaluation of its last actor on other poles."""
        again = evaluate(self.actor, self.seed + AGAIN, self.episodes, self.scale)
        return Course(self.seed, self.looks, Evaluation(*map(float, again)), compiling)


def layers_of(linears):
    """The (W, b) of PyTorch's linear layers, W of shape (d_in, d_out); copies, that later training leaves alone."""
    return [
        (np.array(linear.weight.detach().numpy().T, order="C"), linear.bias.detach().numpy().copy())
        for linear in linears
    ]

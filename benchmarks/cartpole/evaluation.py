"""When a learner counts as having solved CartPole: the one rule for all, and the clock that stops while it is applied.

Every learner here ends up with a tanh network, so all of them hand over their actor as a list of (W, b), and
`helpers.rl.cartpole.evaluate` does the rest.
"""

import time
from typing import NamedTuple

import numpy as np

from helpers.rl.cartpole import Evaluation, evaluate

EVERY = 1600  # environment steps from one evaluation to the next
EPISODES = 100  # of an evaluation, on as many poles side by side
AGAIN = 20_000  # added to the seed for the poles of the second evaluation
THE_RULE, GREEDY_ONLY = "sampled and greedy", "greedy only"
RULES = {THE_RULE: lambda point: point.evaluation.solved, GREEDY_ONLY: lambda point: point.greedy_solved}


class Checkpoint(NamedTuple):
    """One evaluation during a training; steps and seconds are those of the training until then."""

    steps: int  # of all environments together
    seconds: float  # evaluations not counted
    evaluation: Evaluation

    @property
    def greedy_solved(self):
        """Whether the likelier action alone would do, judged by the same number."""
        return Evaluation(self.evaluation.greedy, self.evaluation.greedy).solved


class TrainingRun(NamedTuple):
    """One training, from the first checkpoint to the last."""

    seed: int
    checkpoints: list
    again: Evaluation  # of the last actor, on poles that it was not stopped by
    compiling: float = 0.0  # seconds before the training, where something is compiled

    def first(self, rule=THE_RULE):
        """The first `Checkpoint` that passes this rule of `RULES`, None where there is none."""
        return next(filter(RULES[rule], self.checkpoints), None)


class Evaluator:
    """Evaluates a learner every so many environment steps, and keeps the time of its training meanwhile."""

    def __init__(self, seed, scale, every=EVERY, episodes=EPISODES, clock=time.perf_counter):
        self.seed, self.scale, self.every, self.episodes, self.clock = seed, scale, every, episodes, clock
        self.checkpoints, self.next, self.paused = [], every, 0.0

    def start(self):
        """The training begins now."""
        self.started = self.clock()

    def solved(self, steps, layers):
        """Whether the task is solved: False until the next evaluation is due, of the (W, b) that `layers()` returns."""
        if steps < self.next:
            return False
        stopped = self.clock()
        self.next = (steps // self.every + 1) * self.every
        self.actor = layers()
        evaluation = self.evaluation(AGAIN // 2)
        self.checkpoints.append(Checkpoint(steps, stopped - self.started - self.paused, evaluation))
        self.paused += self.clock() - stopped
        return evaluation.solved

    def evaluation(self, shift):
        """The `Evaluation` of the last actor, on poles of a seed so much larger."""
        return Evaluation(*map(float, evaluate(self.actor, self.seed + shift, self.episodes, self.scale)))

    def run(self, compiling=0.0):
        """The `TrainingRun` that has ended, with a second evaluation of its last actor on other poles."""
        return TrainingRun(self.seed, self.checkpoints, self.evaluation(AGAIN), compiling)


def layers_of(linears):
    """The (W, b) of PyTorch's linear layers, W of shape (d_in, d_out); copies, that later training leaves alone."""
    return [
        (np.array(linear.weight.detach().numpy().T, order="C"), linear.bias.detach().numpy().copy())
        for linear in linears
    ]

"""What happened in a training: the loss at every step, and the parameters at a few."""

import numpy as np

from helpers.networks.training import copy_of


class History:
    """A callback(step, params, grads) for an optimiser's `steps` steps; step 0 is the state before the first.

    loss_of(params) -> number; losses: steps + 1 numbers; snapshots: about `count` tuples (step, loss, params), close
    together at first, when much happens, and ever farther apart. ValueError for fewer than one step.
    """

    def __init__(self, loss_of, params, steps, count=24):
        if steps < 1:
            raise ValueError(f"steps must be at least 1, it is {steps}")
        self.loss_of, self.losses, self.snapshots = loss_of, [], []
        self.kept = {0, *np.geomspace(1, steps, count - 1).round().astype(int).tolist()}
        self(-1, params, None)

    def __call__(self, step, params, grads):
        """Note the loss after this step, and a copy of the parameters if it is one of those kept."""
        self.losses.append(float(self.loss_of(params)))
        if step + 1 in self.kept:
            self.snapshots.append((step + 1, self.losses[-1], copy_of(params)))

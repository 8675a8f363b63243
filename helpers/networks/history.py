"""What happened in a training: the loss at every step, and the parameters at a few."""

import numpy as np

from helpers.calculus.validation import check_counts
from helpers.networks.training import copy_of
from helpers.networks.validation import pairs


class History:
    """A callback(step, params, grads) for an optimiser's `steps` steps; step 0 is the state before the first.

    loss_of(params) -> number; losses: steps + 1 numbers; snapshots: about `count` tuples (step, loss, params), close
    together at first, when much happens, and ever farther apart. ValueError for fewer than one step or snapshot, or a
    loss that is not one number.
    """

    def __init__(self, loss_of, params, steps, count=24):
        check_counts(1, steps=steps, count=count)
        self.loss_of, self.losses, self.snapshots = loss_of, [], []
        self.kept = {0, *np.geomspace(1, steps, count - 1).round().astype(int).tolist()}
        self(-1, pairs(params, "params"), None)

    def __call__(self, step, params, grads):
        """Note the loss after this step, and a copy of the parameters if it is one of those kept."""
        loss = self.loss_of(params)
        if np.ndim(loss) != 0 or np.asarray(loss).dtype.kind not in "fiu":
            raise ValueError(f"loss_of must return one real number, it returned {loss!r}")
        self.losses.append(float(loss))
        if step + 1 in self.kept:
            self.snapshots.append((step + 1, self.losses[-1], copy_of(params)))

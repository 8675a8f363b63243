"""Walks through the corridor for the reader's REINFORCE loop, one episode at a time."""

import numpy as np

from helpers.networks.activations import sigmoid
from helpers.networks.network import forward
from helpers.rl.corridor import GOAL, NEXT, REWARD
from helpers.running_actor import CELLS


def walker(seed):
    """Return walk(net): one episode from cell 0, as what was seen (T, 1), done (T,) and paid (T,).

    net: the running actor's two layers; its own coin, begun with seed, decides each action. A walk ends at the goal, or
    after 100 steps. The errors are those of `forward`.
    """
    rng = np.random.default_rng(seed)

    def walk(net):
        z, _ = forward(net, CELLS[:, None])
        right, cell, cells, actions = sigmoid(z[:, 0]), 0, [], []
        while cell != GOAL and len(cells) < 100:
            a = int(rng.random() < right[cell])
            cells.append(cell)
            actions.append(a)
            cell = NEXT[cell, a]
        return CELLS[cells][:, None], np.array(actions), np.full(len(cells), REWARD)

    return walk

"""Walks through the corridor, one at a time, for the REINFORCE that the reader has built."""

from functools import wraps

import numpy as np

from helpers.calculus.validation import checked, real_array, seeded
from helpers.networks.activations import sigmoid
from helpers.networks.network import forward
from helpers.rl.corridor import GOAL, NEXT, REWARD
from helpers.running_actor import CELLS


def walker(seed):
    """Return walk(net), which walks once from cell 0: what was seen, done and paid.

    Their shapes are (T, 1), (T,), (T,). net: the running actor's two layers; a coin of the walker's own, begun with
    seed, decides each action. A walk ends at the goal, or after 100 steps. ValueError for a seed that is no whole
    number and a net whose output is not finite; the other errors are those of `forward`.
    """
    rng = np.random.default_rng(seed)

    def walk(net):
        z, _ = forward(net, CELLS[:, None])  # a row for each cell
        p_right = sigmoid(z[:, 0])
        cell, cells, actions = 0, [], []
        while cell != GOAL and len(cells) < 100:
            a = int(rng.random() < p_right[cell])  # the coin: 1 is right, 0 is left
            cells.append(cell)
            actions.append(a)
            cell = NEXT[cell, a]  # where the action leads
        return CELLS[cells][:, None], np.array(actions), np.full(len(cells), REWARD)

    return walk


def check_walk(net):
    """The argument of a walk; ValueError where what net puts out is no probability."""
    real_array(forward(net, CELLS[:, None])[0], "net's output")
    return (net,)


walker = wraps(walker)(lambda seed, walker=walker: checked(check_walk)(walker(seeded(seed))))  # shown without checks

"""Walks through the corridor for what the reader has built: one at a time for REINFORCE, many in a batch for update."""

import numpy as np

from helpers.networks.activations import sigmoid
from helpers.networks.network import forward
from helpers.rl.corridor import GOAL, NEXT, REWARD, exact_values
from helpers.rl.policy_gradient import sample_episodes
from helpers.running_actor import CELLS, THETA0, probabilities


def walker(seed):
    """Return walk(net), which walks once from cell 0: what was seen, done and paid.

    Their shapes are (T, 1), (T,), (T,). net: the running actor's two layers; a coin of the walker's own, begun with
    seed, decides each action. A walk ends at the goal, or after 100 steps. Errors are those of `forward`.
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


def walks_in_a_batch(n, seed=0):
    """Return all transitions of n walks of theta0's actor as one batch (s, a, r, s_next, terminated) for `update`."""
    walks = sample_episodes(probabilities(THETA0), n, np.random.default_rng(seed))
    cell, a = walks.cells[walks.cells != GOAL], walks.actions[walks.cells != GOAL]
    after = NEXT[cell, a]
    return cell[:, None] - 1.0, a, np.full(len(a), REWARD), after[:, None] - 1.0, after == GOAL


def knowing_critic():
    """Return a critic of three tanh units that says theta0's true V in each cell: its last layer is solved for."""
    W, b = np.array([[0.5, 1.0, 2.0]]), np.array([-0.5, 0.3, 1.0])
    last = np.linalg.solve(np.tanh(CELLS[:, None] @ W + b), exact_values(probabilities(THETA0)))
    return [(W, b), (last[:, None], np.zeros(1))]

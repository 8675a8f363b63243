"""The switched corridor: three cells, a goal to the right, and a middle cell in which the two actions are switched.

It is the short corridor with switched actions of Sutton & Barto, Reinforcement Learning (2nd ed.), Example 13.1,
plus an observation of the cell. Reward -1 on every step, the last one included; the discount is 1.
"""

import gymnasium
import numpy as np

N_CELLS = 3
GOAL = 3
RAREST = 1e-9  # of p0 (1 - p1) p2: below it, the value equations lose too many digits
LEFT, RIGHT = 0, 1


def next_cell(cell, action):
    """Where `action` (0 left, 1 right) leads from `cell` (0, 1, 2); `GOAL` is 3, left in cell 0 stays."""
    step = 1 if action == RIGHT else -1
    return max(0, cell - step) if cell == 1 else max(0, cell + step)


NEXT = np.array([[next_cell(cell, action) for action in (LEFT, RIGHT)] for cell in range(N_CELLS)] + [[GOAL, GOAL]])
NEXT.flags.writeable = False  # the same as a table, [cell, action]; the goal leads to itself


class SwitchedCorridor(gymnasium.Env):
    """Gymnasium environment. Observation: x = cell - 1, shape (1,), so -1, 0, 1 for the cells and 2 for the goal.

    Action: 0 left, 1 right (ValueError otherwise). There is no time limit: wrap it in
    `gymnasium.wrappers.TimeLimit` where a policy may never arrive.
    """

    metadata = {"render_modes": []}

    def __init__(self):
        self.observation_space = gymnasium.spaces.Box(-1.0, 2.0, shape=(1,), dtype=np.float64)
        self.action_space = gymnasium.spaces.Discrete(2)
        self.cell = 0

    def reset(self, *, seed=None, options=None):
        """Start in cell 0; returns (observation, {})."""
        super().reset(seed=seed)
        self.cell = 0
        return self._observation(), {}

    def step(self, action):
        """Take one step; returns (observation, -1.0, terminated, False, {})."""
        if action not in (LEFT, RIGHT):
            raise ValueError(f"action must be 0 (left) or 1 (right), it is {action!r}")
        if self.cell == GOAL:
            raise RuntimeError("the episode has ended: call reset() before the next step")
        self.cell = next_cell(self.cell, action)
        return self._observation(), -1.0, self.cell == GOAL, False, {}

    def _observation(self):
        return np.array([self.cell - 1.0])


def transition_matrix(p):
    """Return P, shape (3, 3): P[i, j] is the probability to be in cell j one step after cell i.

    p: the three probabilities of going right, shape (3,), real or complex. What a row lacks to 1 reaches the goal.
    """
    p = _probabilities(p)
    P = np.zeros((N_CELLS, N_CELLS + 1), dtype=p.dtype)
    for cell in range(N_CELLS):
        P[cell, next_cell(cell, RIGHT)] += p[cell]
        P[cell, next_cell(cell, LEFT)] += 1 - p[cell]
    return P[:, :N_CELLS]


def exact_return(p):
    """Return J(p0, p1, p2), the expected return from cell 0, where p_i is the probability of right in cell i.

    J is -inf when the goal is never reached: p0 = 0, p1 = 1 or p2 = 0. p may be complex, for the complex step.
    Raises ValueError for anything but three probabilities.
    """
    p0, p1, p2 = p = _probabilities(p)
    if not reaches_goal(p):
        return -np.inf
    return (-p0 * p1 + 2 * p0 - p1 * p2 + p1 + p2) / (p0 * p2 * (p1 - 1))


def exact_values(p, gamma=1.0):
    """Return V, shape (3,): the expected return from each cell, the solution of V = -1 + gamma P V.

    Sutton & Barto, eq. (4.4). Raises ValueError when the goal is never, or hardly ever, reached, and gamma is 1.
    """
    return np.linalg.solve(_identity_minus_transitions(p, gamma), -np.ones(N_CELLS))


def exact_action_values(p, gamma=1.0):
    """Return Q, shape (3, 2): the expected return from each cell after action 0 and 1, -1 + gamma V(next cell).

    Sutton & Barto, eq. (4.6). Errors as in `exact_values`.
    """
    V = np.append(exact_values(p, gamma), 0.0)  # V(goal) = 0
    return -1 + gamma * V[NEXT[:N_CELLS]]


def exact_visits(p, gamma=1.0):
    """Return the expected number of visits to each cell in an episode from cell 0, shape (3,).

    A visit at time t counts gamma**t. The solution of eta = e0 + gamma P^T eta: Sutton & Barto, section 9.2, box
    "The On-policy Distribution in Episodic Tasks". Errors as in `exact_values`.
    """
    return np.linalg.solve(_identity_minus_transitions(p, gamma).T, np.eye(N_CELLS)[0])


def reaches_goal(p):
    """True unless the goal is never reached: p0 = 0, p1 = 1 or p2 = 0 (or so near that p0 (1 - p1) p2 < 2.3e-308)."""
    return _way_through(_probabilities(p)) >= np.finfo(float).tiny


def _way_through(p):
    """Probability of the shortest way, right-left-right."""
    p = p.real
    return p[0] * (1 - p[1]) * p[2]


def _identity_minus_transitions(p, gamma):
    p = _probabilities(p)
    if not 0 <= gamma <= 1:
        raise ValueError(f"gamma must be a number from 0 to 1, it is {gamma!r}")
    if gamma == 1 and not reaches_goal(p):
        raise ValueError("p never reaches the goal: it needs p0 > 0, p1 < 1 and p2 > 0")
    if 1 - gamma + _way_through(p) < RAREST:  # rounding would decide
        raise ValueError(f"p hardly ever reaches the goal: p0 (1 - p1) p2 must be at least {RAREST}, p is {p}")
    return np.eye(N_CELLS) - gamma * transition_matrix(p)


def _probabilities(p):
    p = np.asarray(p)
    if p.shape != (N_CELLS,) or not np.issubdtype(p.dtype, np.number):
        raise ValueError(f"p must hold three probabilities of going right, it is {p!r}")
    p = p if np.iscomplexobj(p) else p.astype(float)
    if not np.all((p.real >= 0) & (p.real <= 1)):
        raise ValueError(f"p must hold probabilities between 0 and 1, it is {p}")
    return p

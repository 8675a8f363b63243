"""The switched corridor: three cells, a goal to the right, and a middle cell in which the two actions are switched.

It is the short corridor with switched actions of Sutton & Barto, Reinforcement Learning (2nd ed.), Example 13.1,
plus an observation of the cell. Reward -1 on every step, the last one included; the discount is 1.
The world is `NEXT` and `REWARD`: all that is computed here, and in the modules after it, follows from these two.
"""

import gymnasium
import numpy as np

from helpers.calculus.validation import any_array, check_range

REWARD = -1.0
N_CELLS = GOAL = 3
LEFT, RIGHT = 0, 1
NEXT = np.array([[0, 1], [2, 0], [1, GOAL], [GOAL, GOAL]])  # [cell, action]; left in cell 0 stays, so does the goal
OBSERVATIONS = np.array([-1.0, 0.0, 1.0, 2.0])  # x in the three cells and at the goal
NEXT.flags.writeable = OBSERVATIONS.flags.writeable = False


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
        return OBSERVATIONS[[self.cell]], {}

    def step(self, action):
        """Take one step; returns (observation, `REWARD`, terminated, False, {})."""
        if self.cell == GOAL:
            raise RuntimeError("the episode has ended: call reset() before the next step")
        if np.ndim(action) != 0 or action not in (LEFT, RIGHT):
            raise ValueError(f"action must be 0 (left) or 1 (right), it is {action!r}")
        self.cell = int(NEXT[self.cell, int(action)])
        return OBSERVATIONS[[self.cell]], REWARD, self.cell == GOAL, False, {}


def transition_matrix(p):
    """Return P, shape (3, 3): P[i, j] is the probability to be in cell j one step after cell i.

    p: the three probabilities of going right, shape (3,), real or complex. What a row lacks to 1 reaches the goal.
    """
    return np.array(_ways(checked_probabilities(p)))[:, :N_CELLS]


def exact_return(p):
    """Return J(p0, p1, p2), the expected return from cell 0, where p_i is the probability of right in cell i.

    p: shape (3,), or (3, n) for n policies at once, whose returns then have the shape (n,); complex for the complex
    step. J is -inf when the goal is never reached: p0 = 0, p1 = 1 or p2 = 0.
    Raises ValueError for anything but three probabilities.
    """
    J = _expected(checked_probabilities(p, many=True), [REWARD] * N_CELLS)[0]
    return np.where(np.isfinite(J), J, REWARD * np.inf)[()]


def exact_values(p, gamma=1.0):
    """Return V, shape (3,): the expected return from each cell, the solution of V = REWARD + gamma P V.

    Sutton & Barto, eq. (4.4). Raises ValueError when the goal is never reached and gamma is 1.
    """
    return _finite_sums(p, gamma, [REWARD] * N_CELLS)


def exact_action_values(p, gamma=1.0):
    """Return Q, shape (3, 2): the expected return from each cell after action 0 and 1, REWARD + gamma V(next cell).

    Sutton & Barto, eq. (4.6). Errors as in `exact_values`.
    """
    V = np.append(exact_values(p, gamma), 0.0)  # V(goal) = 0
    return REWARD + float(gamma) * V[NEXT[:N_CELLS]]


def exact_visits(p, gamma=1.0):
    """Return the expected number of visits to each cell in an episode from cell 0, shape (3,).

    A visit at time t counts gamma**t. The solution of eta = e0 + gamma P^T eta: Sutton & Barto, section 9.2, box
    "The On-policy Distribution in Episodic Tasks". Errors as in `exact_values`.
    """
    return _finite_sums(p, gamma, np.eye(N_CELLS))[0]


def reaches_goal(p):
    """True unless the goal is never reached from cell 0, or so late that J is below all floating-point numbers."""
    return np.isfinite(exact_return(p))


def checked_probabilities(p, many=False):
    """Return p as an array; ValueError unless it holds three probabilities, shape (3,), or with many also (3, n)."""
    p = any_array(p)
    if p.shape[:1] != (N_CELLS,) or p.ndim > 1 + many or p.dtype.kind not in "iufc":
        raise ValueError(f"p must hold three probabilities of going right, it is {p!r}")
    p = p.astype(complex if p.dtype.kind == "c" else float)
    if not ((p.real >= 0) & (p.real <= 1) & np.isfinite(p)).all():
        raise ValueError(f"p must hold probabilities between 0 and 1, it is {p}")
    return p


def _ways(p, gamma=1.0):
    """For each cell, the probabilities to come to cell 0, 1 and 2, and to an end: at the goal, or by gamma."""
    ways = [[0.0] * N_CELLS + [1 - gamma] for _ in range(N_CELLS)]
    for way, right, (after_left, after_right) in zip(ways, p, NEXT[:N_CELLS].tolist(), strict=True):
        way[after_right] += gamma * right
        way[after_left] += gamma * (1 - right)
    return ways


@np.errstate(divide="ignore", over="ignore", invalid="ignore")
def _expected(p, rewards, gamma=1.0):
    """What a walk adds up on average from each cell on, if a visit to cell i at time t adds gamma**t rewards[i]."""
    return _sums([[*way, reward] for way, reward in zip(_ways(p, gamma), rewards, strict=True)])


def _sums(rows):
    """The sums of rewards, given a row for each cell: its ways, and its reward.

    The first cell is taken out: who came to it goes on where it leads, and takes its reward along. Probabilities are
    only added, multiplied and divided, so nothing cancels, however small they are.
    Source: Grassmann, Taksar & Heyman, Operations Research 33 (1985), the state reduction.
    """
    if not rows:
        return []
    (_, *onward), *others = rows
    leaving = sum(onward[:-1])
    leaving = leaving * (leaving.real > 0)  # where it is 0, a complex step is none either
    *chances, _, reward = onward = [entry / leaving for entry in onward]
    later = _sums([[a + chance * b for a, b in zip(row, onward, strict=True)] for chance, *row in others])
    return [reward + sum(chance * value for chance, value in zip(chances, later, strict=True)), *later]


def _finite_sums(p, gamma, rewards):
    sums = np.array(_expected(checked_probabilities(p), rewards, *check_range(1, gamma=gamma)))
    if not np.isfinite(sums).all():
        raise ValueError(f"p never reaches the goal: it needs p0 > 0, p1 < 1 and p2 > 0, it is {p}")
    return sums

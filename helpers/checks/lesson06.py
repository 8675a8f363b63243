"""The exercises of lessons 06 and 06b: a prize; log P of a walk, visits and values, the theorem, the best baseline."""

import numpy as np

from helpers.checks.exercise import exercise

THREE_CELLS = np.array([[-4.0, -2.0], [-1.0, -5.0], [-2.5, -1.0]])


@exercise(
    probes=[
        (np.array([-1.0, -1.0, -1.0]), 12.0),
        (np.array([-1.0, -2.0, 0.5, -1.0, -3.0]), 4.0),
        (np.array([2.0]), 3.0),
        (np.array([-1.0, -1.0]), 0.0),
    ],
    hints=["The last entry of an array is `[-1]`.", "`paid = rewards.copy()` is an array of its own; add to its last entry."],
    mistakes=[
        ("all", "paid[-1] += prize", "paid += prize", "Every step is paid more. It is the last one alone: reward to go hands it to all steps before."),
        ("first", "paid[-1]", "paid[0]", "The first step is paid more. It is the last one, which reaches the goal."),
        ("in_place_of", "paid[-1] += prize", "paid[-1] = prize", "The prize stands in the place of the last reward. It is paid *more*: add it."),
        ("taken", "+= prize", "-= prize", "The prize is taken away. It is paid: add it."),
        ("appended", "paid[-1] += prize", "paid = np.append(paid, prize)", "This is one step more. The prize is paid with the last step: add it to its reward."),
        ("sum", "return paid", "return np.sum(paid)", "This is what the walk is paid in all. Asked is what each step is paid."),
        ("to_go", "return paid", "return np.cumsum(paid[::-1])[::-1]", "These are the rewards to go. Asked is what each step is paid; your loop does the rest."),
        ("last_alone", "return paid", "return paid[-1]", "This is the last step's reward alone. Asked is the whole array."),
        ("unchanged", "paid[-1] += prize", "paid[-1] + prize", "Nothing has changed: a sum that nobody keeps is lost. `+=` keeps it."),
    ],
)  # fmt: skip
def with_prize(rewards, prize):
    """Return a new array, (T,): the rewards, with the prize added to the last."""
    paid = rewards.copy()
    paid[-1] += prize
    return paid


@exercise(
    probes=[
        (np.array([0.5, 0.25, 0.75]), [0, 1, 2], [1, 0, 1]),
        (np.array([0.2, 0.5, 0.6]), [0, 0, 0, 1, 2], [0, 0, 1, 0, 1]),
        (np.array([0.3, 0.9, 0.4]), [0, 0, 1, 0, 1, 2], [0, 1, 1, 1, 0, 1]),
        (np.array([0.6, 0.5, 0.5]), [0, 0], [0, 0]),
    ],
    hints=[
        "Three zeros to begin with, `np.zeros(len(p))`. Then step by step: in which cell, and what is its score?",
        "`for s, a in zip(cells, actions):` gives the cell and the action of each step; the score is a − p[s].",
        "A cell that is visited twice gets both scores: `slope[s] += ...`.",
    ],
    mistakes=[
        ("one_visit", "+= a", "= a", "Of each cell only the last visit counts. Add them: `+=`, in a loop over the steps. (`slope[cells] += …` adds once to each cell, however often it stands in the list.)"),
        ("for_each_step", "return slope", "return np.array(actions) - p[cells]", "This is a score for each step. Asked is a number for each cell: what was visited twice gets the sum, and what was never visited 0."),
        ("one_number", "return slope", "return slope.sum()", "This adds all cells up. Asked is a number for each of them."),
        ("right_only", "a - p[s]", "1 - p[s]", "This takes the score of right, whatever was done. For left it is −p: with a = 1 for right and 0 for left, a − p is both."),
        ("sign", "a - p[s]", "p[s] - a", "The sign is flipped: where right was taken, P grows with z, and the score is 1 − p."),
        ("counts", "a - p[s]", "a", "This counts how often right was taken. A step's score is a − p."),
        ("plus_p", "a - p[s]", "(1 - p[s] if a else p[s])", "For left the sign is flipped: its score is −p."),
        ("log_pi", "a - p[s]", "np.log(p[s] if a else 1 - p[s])", "This is log π itself. Asked is its derivative by z, the score."),
        ("by_p", "a - p[s]", "(a / p[s] - (1 - a) / (1 - p[s]))", "This is the derivative by p. z comes before the sigmoid, and then it is a − p."),
        ("of_pi", "a - p[s]", "(2 * a - 1) * p[s] * (1 - p[s])", "This is the derivative of π itself; that of log π is it divided by π: a − p."),
        ("mean", "return slope", "return slope / len(cells)", "This is a mean over the steps. The logarithm makes a sum of the product: nothing is divided."),
        ("of_P", "return slope", "return slope * np.prod([p[s] if a else 1 - p[s] for s, a in zip(cells, actions)])", "This is the derivative of P. That of log P is without the factor P."),
        ("first_step", "p[s]\n    return", "p[s]\n        return", "It returns after the first step: `return` stands inside the loop."),
        ("whole_numbers", "np.zeros(len(p))", "np.zeros(len(p), dtype=int)", "`dtype=int` makes an array of whole numbers, which cuts off what stands after the point: leave it out."),
        ("action_of_cell", "a - p[s]", "actions[s] - p[s]", "`actions[s]` is the action of step number s, and not the one taken in this cell: go through both lists at once, `zip(cells, actions)`."),
    ],
    failing=[
        ("p_for_each_step", "np.zeros(len(p))", "actions - p", "`actions` has an entry for each step, p one for each cell: p at each step is `p[cells]`."),
        ("p_of_all_cells", "a - p[s]", "a - p", "p has a number for each cell, and a step is taken in one of them: here `p[c]`, where c is the step's cell."),
        ("place_of_step", "for s, a in zip(cells, actions, strict=True):\n        slope[s]", "for t, (s, a) in enumerate(zip(cells, actions, strict=True)):\n        slope[t]", "There are more steps than cells. In p, and in what is returned, the place is the cell's number, and not the step's."),
    ],
)  # fmt: skip
def log_slope(p, cells, actions):
    """Return d log P/dz for each cell, shape (N,).

    p: probability of right in each cell, (N,).
    cells, actions: lists, where each step was taken, and which: 1 is right, 0 left.
    """
    slope = np.zeros(len(p))
    for s, a in zip(cells, actions, strict=True):
        slope[s] += a - p[s]
    return slope


COUNTED_CELLS = np.array([[0, 0, 0], [1, 0, 1], [2, 1, 0], [3, 2, 0], [3, 1, 1], [3, 2, 2]])
COUNTED_ACTIONS = np.array([[1, 0, 1], [0, 1, 1], [1, 0, 0], [0, 0, 1], [1, 0, 0], [0, 1, 1]])
COUNTED_G = np.array(
    [
        [-3.0, -6.0, -7.0],
        [-2.0, -5.0, -6.0],
        [-1.0, -4.0, -5.0],
        [0.0, -3.0, -4.0],
        [0.0, -2.0, -2.5],
        [0.0, -1.0, -1.5],
    ]
)
AND = "Two conditions on arrays are joined by `&`, each in brackets: `(cells == s) & (actions == 0)`."


@exercise(
    probes=[
        (COUNTED_CELLS, COUNTED_ACTIONS, COUNTED_G, 0),
        (COUNTED_CELLS[:, 1:], COUNTED_ACTIONS[:, 1:], 2 * COUNTED_G[:, 1:], 0),
        (COUNTED_CELLS, COUNTED_ACTIONS, COUNTED_G - 1, 2),
        (COUNTED_CELLS[:, [2, 1, 2, 0]], COUNTED_ACTIONS[:, [2, 1, 2, 0]], COUNTED_G[:, [2, 1, 2, 0]], 1),
    ],
    hints=[
        "`cells == s` is True at each visit of s, in whatever walk. How many are there, and among how many walks?",
        "The number of walks is the number of columns, `cells.shape[1]`. An array in brackets chooses: `G[cells == s]` are the G of the visits alone.",
        "The visits with left are `(cells == s) & (actions == 0)`; of G there, the mean.",
    ],
    named=("visits", "Q left", "Q right"),
    mistakes=[
        ("of_all_walks", "here.sum() / cells.shape[1]", "here.sum()", "The visits are those of all walks together. Asked is what one walk has on average: divide by the number of walks, the columns."),
        ("share_of_entries", "here.sum() / cells.shape[1]", "here.mean()", "The visits are divided by all entries of `cells`, rows times columns. Walks are the columns alone."),
        ("of_all_steps", "cells.shape[1]", "(cells < 3).sum()", "This is the share of all steps that are taken in s. Asked is how many a walk has on average: divide by the number of walks, the columns."),
        ("of_the_lesson", "cells.shape[1]", "20_000", "The lesson has 20,000 walks, this case fewer: the number of walks is that of the columns, `cells.shape[1]`."),
        ("brackets", "G[here & (actions == 0)].mean(), G[here & (actions == 1)].mean()", "G[(here & actions) == 0].mean(), G[(here & actions) == 1].mean()", "`here & actions == 0` is read as `(here & actions) == 0`: put `actions == 0` between brackets."),
        ("brackets_first", "G[here & (actions == 0)].mean(), G[here & (actions == 1)].mean()", "G[cells == s & (actions == 0)].mean(), G[cells == s & (actions == 1)].mean()", "`cells == s & (actions == 0)` is read as `cells == (s & (actions == 0))`: put `cells == s` between brackets."),
        ("by_rows", "cells.shape[1]", "cells.shape[0]", "The visits are divided by the number of rows, the steps of the longest walk. Walks are the columns."),
        ("ever", "here.sum() / cells.shape[1]", "here.any(axis=0).mean()", "This is the share of the walks that come to s at all. A walk that comes twice counts twice."),
        ("exchanged", "G[here & (actions == 0)].mean(), G[here & (actions == 1)].mean()", "G[here & (actions == 1)].mean(), G[here & (actions == 0)].mean()", "Left and right are exchanged: action 0 is left, and its mean comes first."),
        ("summed", ".mean()", ".sum()", "After each action G is added up. Asked is the mean over the visits."),
        ("all_cells", "here & ", "", "G is averaged over all cells. Only the visits of s count: `cells == s`, too."),
        ("no_action", "G[here & (actions == 0)].mean(), G[here & (actions == 1)].mean()", "G[here].mean(), G[here].mean()", "Both means are over all visits of s, whatever was done there. Each action has its own."),
        ("with_zeros", "G[here & (actions == 0)].mean(), G[here & (actions == 1)].mean()", "(G * (here & (actions == 0))).mean(), (G * (here & (actions == 1))).mean()", "The mean is over all entries, with a 0 wherever nothing was chosen. `G[...]` keeps the chosen ones alone."),
        ("per_walk", "G[here & (actions == 0)].mean(), G[here & (actions == 1)].mean()", "(G * (here & (actions == 0))).sum() / cells.shape[1], (G * (here & (actions == 1))).sum() / cells.shape[1]", "G is added up and divided by the walks. Q is the mean over the *visits* with this action."),
        ("per_visit", "G[here & (actions == 0)].mean(), G[here & (actions == 1)].mean()", "(G * (here & (actions == 0))).sum() / here.sum(), (G * (here & (actions == 1))).sum() / here.sum()", "G is divided by all visits of s. Each action's mean is over the visits where it was taken."),
    ],
    failing=[
        ("and", "here & (actions == 0)", "here and (actions == 0)", AND),
        ("chosen_before", "G[here & (actions == 0)]", "G[here][actions == 0]", "`G[here]` has only the visits of s, and `actions` still has all. Choose once, by both conditions: `G[(cells == s) & (actions == 0)]`."),
        ("no_brackets", "here & (actions == 0)", "cells == s & actions == 0", AND),
    ],
)  # fmt: skip
def counted(cells, actions, G, s):
    """Return three numbers of cell s: its visits in a walk, the mean G of left there, and of right.

    cells, actions, G: a column for each walk, (T, walks).
    """
    here = cells == s
    return here.sum() / cells.shape[1], G[here & (actions == 0)].mean(), G[here & (actions == 1)].mean()


@exercise(
    probes=[
        (np.array([1.0, 2.0, 1.0]), np.array([0.5, 0.5, 0.2]), np.array([[-4.0, -2.0], [-3.0, -5.0], [-1.0, -2.0]])),
        (np.array([8.0, 3.0, 1.5]), np.array([0.25, 0.5, 0.7]), THREE_CELLS),
        (np.array([2.0, 0.4, 1.0, 0.6]), np.array([0.9, 0.4, 0.6, 0.2]), np.array([[1.0, 3.0], [-2.0, 0.5], [2.0, 1.0], [4.0, 1.0]])),
    ],
    hints=[
        "One visit to a cell: with probability p the actor goes right, and the push on z is Q(right) times the score of right. And with probability 1 − p?",
        "The score of right is 1 − p, that of left is −p. The average of a visit is p · Q(right) · (1 − p) + (1 − p) · Q(left) · (−p).",
        "Each cell counts as often as it is visited: times eta. Q[:, 1] is right, Q[:, 0] is left.",
    ],
    mistakes=[
        ("no_eta", "eta * p", "p", "This is the push of one visit. A cell counts as often as it is visited: times η."),
        ("no_pi", "p * (1 - p)", "(1 - p)", "p is missing: each action's push counts with the probability that it is taken."),
        ("scores_missing", "p * (1 - p) * (Q[:, 1] - Q[:, 0])", "(p * Q[:, 1] + (1 - p) * Q[:, 0])", "The scores are missing: Q is multiplied by 1 − p for right and by −p for left."),
        ("sign_for_score", "p * (1 - p) * (Q[:, 1] - Q[:, 0])", "(p * Q[:, 1] - (1 - p) * Q[:, 0])", "The signs are those of the scores, but not their sizes: 1 − p for right and −p for left."),
        ("pi_missing", "p * (1 - p) * (Q[:, 1] - Q[:, 0])", "((1 - p) * Q[:, 1] - p * Q[:, 0])", "π is missing: each action's push counts with the probability that it is taken."),
        ("no_score", "p * (1 - p)", "p", "The factor 1 − p is missing, which comes from the scores, 1 − p for right and −p for left."),
        ("right_only", "(Q[:, 1] - Q[:, 0])", "Q[:, 1]", "This is right's half. Left is taken with probability 1 − p, and has the score −p."),
        ("added", "Q[:, 1] - Q[:, 0]", "Q[:, 1] + Q[:, 0]", "The score of left is −p: its half comes with a minus."),
        ("exchanged", "Q[:, 1] - Q[:, 0]", "Q[:, 0] - Q[:, 1]", "Left and right are exchanged: column 1 of Q is right, and z makes right more likely."),
        ("V_for_Q", "p * (1 - p) * (Q[:, 1] - Q[:, 0])", "(1 - p) * (p * Q[:, 1] + (1 - p) * Q[:, 0])", "This is V, the mean of Q over the actions, times the score of right. Each action's own Q goes with its own score; then comes the mean."),
        ("no_Q", "eta * p * (1 - p) * (Q[:, 1] - Q[:, 0])", "eta * p * (1 - p)", "Q is missing: what multiplies the score is how it goes on."),
        ("not_summed", "eta * p * (1 - p) * (Q[:, 1] - Q[:, 0])", "(eta * p * (1 - p) * Q.T * [[-1], [1]]).T", "These are the two actions apart, (N, 2). The sum over a is missing: `.sum(axis=1)`."),
        ("eta_of_right", "eta * p * (1 - p) * (Q[:, 1] - Q[:, 0])", "eta * p * Q[:, 1] * (1 - p) + (1 - p) * Q[:, 0] * -p", "η multiplies the half of right alone. Both halves belong to each visit: put their sum between brackets."),
        ("eta_of_left", "eta * p * (1 - p) * (Q[:, 1] - Q[:, 0])", "eta * (1 - p) * Q[:, 0] * -p + p * Q[:, 1] * (1 - p)", "η multiplies the half of left alone. Both halves belong to each visit: put their sum between brackets."),
        ("left_added", "p * (1 - p) * (Q[:, 1] - Q[:, 0])", "(p * (1 - p) * (Q[:, 1] - Q[:, 0]) + p * (1 - p))", "There is p · (1 − p) too much in the brackets, and without a Q: each score is multiplied by its own Q."),
        ("three_cells", "return eta * p * (1 - p) * (Q[:, 1] - Q[:, 0])", "return np.where(np.arange(len(p)) < 3, eta * p * (1 - p) * (Q[:, 1] - Q[:, 0]), 0)", "Only the first three cells are filled. There may be more: `len(p)`."),
        ("summed_over_cells", "eta * p * (1 - p) * (Q[:, 1] - Q[:, 0])", "np.sum(eta * p * (1 - p) * (Q[:, 1] - Q[:, 0]))", "This adds all cells up. Asked is a number for each: each cell has its own z."),
        ("actions_summed_over_cells", "eta * p * (1 - p) * (Q[:, 1] - Q[:, 0])", "(eta * p * (1 - p) * Q.T * [[-1], [1]]).T.sum(axis=0)", "The cells were added, one sum for each action. Asked is the sum over the actions, for each cell: `.sum(axis=1)`."),
    ],
    failing=[
        ("rows", "Q[:, 1] - Q[:, 0]", "Q[1] - Q[0]", "A row of Q, or a sum over axis 0, has two numbers, one for each action; eta and p have three, one for each cell. Right in all cells is `Q[:, 1]`, and a sum over the actions is `.sum(axis=1)`."),
        ("rows_first", "eta * p * (1 - p) * (Q[:, 1] - Q[:, 0])", "Q[1] * p", "A row of Q, or a sum over axis 0, has two numbers, one for each action; eta and p have three, one for each cell. Right in all cells is `Q[:, 1]`, and a sum over the actions is `.sum(axis=1)`."),
        ("no_column", "eta * p * (1 - p) * (Q[:, 1] - Q[:, 0])", "eta * Q", "(3,) has a number for each cell, (3, 2) one for each cell and action. As a column, `eta[:, None]`, the first goes with the second; or take the columns of Q one by one."),
        ("no_column_after", "eta * p * (1 - p) * (Q[:, 1] - Q[:, 0])", "Q * eta", "(3,) has a number for each cell, (3, 2) one for each cell and action. As a column, `eta[:, None]`, the first goes with the second; or take the columns of Q one by one."),
    ],
)  # fmt: skip
def output_slope(eta, p, Q):
    """Return dJ/dz for each cell, shape (N,).

    eta: visits, p: probability of right, both (N,); Q: (N, 2), of left and of right.
    """
    return eta * p * (1 - p) * (Q[:, 1] - Q[:, 0])


@exercise(
    probes=[
        (np.array([0.5, 0.5]), np.array([2.0, 4.0]), np.array([1.0, -1.0])),
        (np.array([0.8, 0.2]), np.array([-1.0, 2.0]), np.array([0.5, -2.0])),
        (np.array([0.2, 0.5, 0.3]), np.array([3.0, -1.0, 0.5]), np.array([1.0, -1.0, 1.0])),
        (np.array([0.25, 0.5, 0.25]), np.array([3.0, -1.0, 0.5]), np.array([2.0, -0.5, -1.0])),
    ],
    hints=[
        "The mean is a sum with pi: Σ pi · (r − b)² · score². Where is its derivative by b equal to 0?",
        "Σ pi · score² · (r − b) = 0. Bring b to the other side.",
        "It is a mean of r, in which each action counts by pi · score², divided by the sum of these.",
    ],
    mistakes=[
        ("V", "pi * score**2", "pi", "This is V, the plain mean of r. The score multiplies r − b: where it is large, r counts for more."),
        ("no_pi", "pi * score**2", "score**2", "pi is missing: an action counts as often as it is taken."),
        ("no_square", "pi * score**2", "pi * abs(score)", "The mean of a *square* is to be small: the score counts by its square."),
        ("no_pi_below", " / np.sum(weight)", " / np.sum(score**2)", "Above the line each action counts by pi · score², below it by score² alone. Divide by the sum of the same weights."),
        ("score_alone", "pi * score**2", "pi * score", "Σ pi · score is 0, the mean of the score, and can't be divided by: in the mean of a square the score counts by its square."),
        ("unsquared_above", "np.sum(weight * r)", "np.sum(pi * score * r)", "Above the line the score counts by itself, below it by its square. Both sums have the weights pi · score²."),
        ("b_forgotten", "np.sum(weight * r) / np.sum(weight)", "np.sum(weight * r**2)", "This is the mean of the square for b = 0. Asked is the b for which it is smallest: set its derivative by b to 0."),
        ("undivided", " / np.sum(weight)", "", "To be a mean of r, it is divided by the sum of the weights."),
        ("sign", "return np", "return -np", "The sign is flipped: b is subtracted from r already."),
    ],
)  # fmt: skip
def best_baseline(pi, r, score):
    """Return the b for which the mean of ((r - b) * score)**2 is smallest, a number.

    pi, r, score: of each action, (actions,).
    """
    weight = pi * score**2
    return np.sum(weight * r) / np.sum(weight)

"""The exercises of lesson 06b: the policy-gradient theorem in one line, and the best baseline of one step."""

import numpy as np

from helpers.checks.exercise import exercise

THREE_CELLS = np.array([[-4.0, -2.0], [-1.0, -5.0], [-2.5, -1.0]])


@exercise(
    probes=[
        (np.array([1.0]), np.array([0.5]), np.array([[-4.0, -2.0]])),
        (np.array([8.0, 3.0, 1.5]), np.array([0.25, 0.5, 0.7]), THREE_CELLS),
        (np.array([2.0, 0.4]), np.array([0.9, 0.35]), np.array([[1.0, 3.0], [-2.0, 0.5]])),
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
        ("no_Q", "eta * p * (1 - p) * (Q[:, 1] - Q[:, 0])", "eta * p * (1 - p)", "Q is missing: what multiplies the score is how it goes on."),
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
        ("undivided", " / np.sum(weight)", "", "To be a mean of r, it is divided by the sum of the weights."),
        ("sign", "return np", "return -np", "The sign is flipped: b is subtracted from r already."),
    ],
)  # fmt: skip
def best_baseline(pi, r, score):
    """Return the number b for which the mean of ((r - b) * score)**2 is smallest; pi, r, score: (actions,)."""
    weight = pi * score**2
    return np.sum(weight * r) / np.sum(weight)

"""The exercise of lesson 04: probabilities of logits."""

import numpy as np

from helpers.checks.exercise import exercise


@exercise(
    probes=[
        (np.array([[0.0, 0.0]]),),
        (np.array([[1.0, 0.0, -1.0]]),),
        (np.array([[0.0, 1.0], [2.0, -1.0]]),),
        (np.array([[0.3, -0.2, 1.1], [1.0, 2.0, -0.7]]),),
    ],
    hints=[
        "`np.exp` takes the whole table at once. Then each row is to be divided by its own sum.",
        "`e.sum(axis=1, keepdims=True)` is a column with the sums of the rows, and a table can be divided by a column.",
    ],
    mistakes=[
        ("columns", "axis=1", "axis=0", "The columns add up to 1. Each *row* belongs to one point and has to: `axis=1`."),
        ("all", "e.sum(axis=1, keepdims=True)", "e.sum()", "All entries together add up to 1. Each *row* has to by itself: `axis=1`."),
        ("no_division", "e / e.sum(axis=1, keepdims=True)", "e", "The exponentials are positive, and do not yet add up to 1: divide by their sum."),
        ("no_exp", "np.exp(logits)", "logits * 1.0", "The logits themselves were divided by their sum, which may be 0 or negative: first `np.exp`."),
        ("upside_down", "e / e.sum(axis=1, keepdims=True)", "e.sum(axis=1, keepdims=True) / e", "Upside down: an exponential is divided by the sum, not the sum by it."),
        ("sum_of_logits", "e / e.sum(", "e / logits.sum(", "Below the line stands the sum of the exponentials, not of the logits."),
        ("exp_of_sum", "e.sum(axis=1, keepdims=True)", "np.exp(logits.sum(axis=1, keepdims=True))", "The exponential of a sum is no sum of exponentials: first `np.exp`, then the sum."),
        ("minus", "np.exp(logits)", "np.exp(-logits)", "With e^(−l) the largest logit gets the smallest probability: there is no minus in (4.5)."),
        ("log", "e / e.sum(axis=1, keepdims=True)", "np.log(e / e.sum(axis=1, keepdims=True))", "That is the logarithm of the probabilities; here they are asked themselves."),
        ("loss", "e / e.sum(axis=1, keepdims=True)", "-np.log(e / e.sum(axis=1, keepdims=True))", "That is −log p, which comes next; here the probabilities are asked."),
    ],
)  # fmt: skip
def softmax(logits):
    """Return the probabilities of (4.5), row by row: (N, C) -> (N, C)."""
    e = np.exp(logits)
    return e / e.sum(axis=1, keepdims=True)

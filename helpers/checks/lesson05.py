"""The exercises of lesson 05b, repairs: the way back through a skip, and a normalised batch with its way back."""

import numpy as np

from helpers.checks.exercise import exercise

W = np.array([[0.5, 1.0], [-0.4, 2.0]])


@exercise(
    probes=[
        (np.array([[0.3]]), np.array([[0.0]]), np.array([[2.0]])),
        (np.zeros((2, 2)), np.array([[0.5, -0.2]]), np.array([[1.0, 3.0]])),
        (W, np.array([[0.6, -0.5], [0.1, 0.9], [-0.3, 0.2]]), np.array([[1.0, -2.0], [0.5, 3.0], [-1.0, 0.7]])),
    ],
    named=("dz", "dh"),
    hints=[
        "First dz: what arrives at the branch is dh_out, and the branch is a tanh, whose slope its own values tell.",
        "Then dh: two edges lead from h to h_out. Straight on comes dh_out itself, through the layer dz @ W.T, and over two edges shares add up.",
    ],
    mistakes=[
        ("through", "dh_out + dz @ W.T", "dz @ W.T", "That is the way through the layer alone. h_out contains h itself as well: that is the second edge."),
        ("edge", "dh_out + dz @ W.T", "1 + dz @ W.T", "1 is the local derivative of the edge straight on. What arrives at its end is multiplied by it: 1 · dh_out."),
        ("unsloped", "dh_out + dz @ W.T", "dh_out + dh_out @ W.T", "The way through the layer meets the tanh first: what goes on through W.T is dz, and not dh_out."),
        ("inner", "dh_out + dz @ W.T", "dh_out * (1 + dz @ W.T)", "dz has dh_out in it already: multiply 1 by dh_out, and add dz @ W.T as it is."),
        ("logistic", "(1 - branch**2)", "branch * (1 - branch)", "That is the slope of σ. The branch is a tanh: 1 − branch²."),
        ("after", "dh_out + dz @ W.T", "dh_out * (1 + (1 - branch**2) @ W.T)", "dh_out is multiplied by the slopes before it goes through W.T, and not behind it: dz @ W.T."),
        ("past", "dh_out + dz @ W.T", "dh_out", "That is the way straight on alone. h also goes through the layer."),
        ("no_slope", "dh_out * (1 - branch**2)", "dh_out", "The slope of the tanh is missing in dz."),
        ("sloped", "dh_out + dz @ W.T", "dz + dz @ W.T", "Straight on no tanh is met: dh_out itself comes by, and not dz."),
        ("transpose", "dz @ W.T", "dz @ W", "On the way back W is transposed: dz @ W.T."),
        ("both", "dz = dh_out *", "dz = (dh_out + dh_out @ W.T) *", "At the branch arrives dh_out alone: the share through W comes after the tanh, on the way to the front."),
        ("tanh_twice", "branch**2", "np.tanh(branch)**2", "The branch is what tanh returned already: its slope is 1 − branch²."),
    ],
)  # fmt: skip
def skip_backward(W, branch, dh_out):
    """Return (dz, dh), given dL/dh_out.

    h_out = h + branch, branch = tanh(z), z = h @ W + b.
    """
    dz = dh_out * (1 - branch**2)
    return dz, dh_out + dz @ W.T


@exercise(
    probes=[
        (np.array([[1.0], [1.0], [5.0], [5.0]]),),
        (np.array([[1.0, 10.0, -2.0], [2.0, 30.0, 0.0], [6.0, 20.0, 1.0]]),),
        (np.array([[0.1, -3.0, 2.0, 1.0], [0.4, 5.0, 2.5, -1.0], [-0.2, 1.0, -1.0, 4.0], [0.3, 0.0, 7.0, 0.5]]),),
    ],
    named=("n", "s"),
    hints=[
        "`z.mean(axis=0)` is the mean of each column, `z.std(axis=0)` the root of its variance.",
        "n = (z − mean) / s, with s = z.std(axis=0); return both.",
    ],
    mistakes=[
        ("whole_mean", "z.mean(axis=0)", "z.mean()", "One mean was taken for all neurons. Each column has its own: axis=0."),
        ("whole_std", "z.std(axis=0)", "z.std()", "One s was taken for all neurons. Each column has its own: axis=0."),
        ("variance", "z.std(axis=0)", "z.var(axis=0)", "You divided by the variance. Its root makes the mean square 1."),
        ("rows", "axis=0", "axis=1", "With axis=1 you take mean and s over the neurons of one point. They belong to each neuron, over the batch: axis=0."),
        ("rows_kept", "axis=0", "axis=1, keepdims=True", "With axis=1 you take mean and s over the neurons of one point. They belong to each neuron, over the batch: axis=0."),
        ("no_mean", "(z - z.mean(axis=0))", "z", "The mean was not subtracted."),
        ("square", "z.std(axis=0)", "np.sqrt(np.mean(z**2, axis=0))", "s is the root of the mean square of z itself. The variance is that of z − mean."),
        ("epsilon", "z.std(axis=0)", "np.sqrt(z.var(axis=0) + 1e-5)", "That is the textbook's line: its ε guards a column of equal numbers. No column here is one, so leave ε out, or s is a little too large."),
        ("one_less", "z.std(axis=0)", "z.std(axis=0, ddof=1)", "With ddof=1 the sum of squares is divided by one less than the number of rows; here the mean is asked."),
    ],
)  # fmt: skip
def normalise(z):
    """Return (n, s), for each column of z.

    n: z with mean 0 and mean square 1; s: what it was divided by, shape (H,).
    """
    s = z.std(axis=0)
    return (z - z.mean(axis=0)) / s, s


FIVE = np.array([[-0.5, 2.0], [-0.5, -0.5], [-0.5, -0.5], [-0.5, -0.5], [2.0, -0.5]])  # means 0, mean squares 1
FOUR = np.array([[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]])  # so here

MIXED = "`n.T @ dn` mixes the neurons. Each column needs only its own mean of n · dn."
BRACKET = "All three parts are divided by s: put them into one bracket."


@exercise(
    probes=[
        (np.array([[-1.0], [-1.0], [1.0], [1.0]]), np.array([2.0]), np.array([[1.0], [0.0], [0.0], [0.0]])),
        (FIVE, np.array([2.0, 0.5]), np.array([[1.0, 2.0], [0.0, 3.0], [2.0, -1.0], [-1.0, 0.0], [3.0, 1.0]])),
        (FOUR, np.array([4.0, 5.0]), np.array([[2.0, 1.0], [5.0, -3.0], [0.0, 4.0], [1.0, 1.0]])),
    ],
    hints=[
        "Three steps, as by hand: from dn subtract its mean; subtract the part along n; divide by s.",
        "The part along n is n times a number for each column, and that number is the mean of n · dn.",
        "Means over the batch are those of each column: `.mean(axis=0)`.",
    ],
    mistakes=[
        ("mean_kept", "dn - dn.mean(axis=0) - ", "dn - ", "The mean of dn is still in it. A column of n adds up to 0 whatever z is, so it is lost."),
        ("along_kept", " - n * (n * dn).mean(axis=0)", "", "The part of dn along n is still in it. The mean of n² is 1 whatever z is, so it is lost."),
        ("fixed", "(dn - dn.mean(axis=0) - n * (n * dn).mean(axis=0))", "dn", "This takes mean and s for fixed numbers. Both move with z: two parts of dn are lost first."),
        ("no_s", " / s", "", "The division by s is missing: n is (z − mean) / s."),
        ("times_s", ") / s", ") * s", "n is (z − mean) / s: on the way back, too, s divides."),
        ("sign", "- n * (n", "+ n * (n", "The part along n is lost: it is subtracted."),
        ("number_alone", "n * (n * dn)", "(n * dn)", "The mean of n · dn is how much of n is in dn. The part itself is this number times n."),
        ("summed", "(n * dn).mean(axis=0)", "(n * dn).sum(axis=0)", "The number before n is a mean of n · dn, as n² is 1 on average; this is a sum."),
        ("sums", "mean", "sum", "Both are means over the batch; these are sums."),
        ("one_mean", "dn.mean(axis=0)", "dn.mean()", "One mean of dn was taken for all neurons. Each column has its own: axis=0."),
        ("one_number", "(n * dn).mean(axis=0)", "(n * dn).mean()", "One mean of n · dn was taken for all neurons. Each column has its own: axis=0."),
        ("one_for_all", "axis=0", "", "Means were taken over all neurons. Each column has its own: axis=0."),
        ("rows_kept", "axis=0", "axis=1, keepdims=True", "With axis=1 the means are over the neurons of one point. They belong to each neuron, over the batch: axis=0."),
        ("n_forgotten", "n * (n * dn).mean(axis=0)", "n * dn.mean(axis=0)", "The number before n is the mean of n · dn, and not that of dn."),
        ("each_for_itself", "n * (n * dn).mean(axis=0)", "n * n * dn", "n · dn was not averaged: the number before n is one for each column, a mean over the batch."),
        ("dn_alone", "n * (n * dn).mean(axis=0)", "n * dn", "The number before n is one for each column: the mean of n · dn over the batch."),
        ("mixed", "n * (n * dn).mean(axis=0)", "n @ (n.T @ dn) / len(n)", MIXED),
        ("mixed_sum", "n * (n * dn).mean(axis=0)", "n @ (n.T @ dn)", MIXED),
        ("twice", "(n * dn).mean(axis=0)", "(n * dn).mean(axis=0) / (n * n).sum(axis=0)", "The mean of n · dn is divided by the number of rows already, and the sum of the n² is that number."),
        ("dn_by_s", "(dn - dn.mean(axis=0) - n * (n * dn).mean(axis=0)) / s", "dn / s - dn.mean(axis=0) - n * (n * dn).mean(axis=0)", BRACKET),
        ("last_by_s", "(dn - dn.mean(axis=0) - n * (n * dn).mean(axis=0)) / s", "dn - dn.mean(axis=0) - n * (n * dn).mean(axis=0) / s", BRACKET),
    ],
    failing=[
        ("crossed", "n * (n * dn).mean(axis=0)", "n * (n.T @ dn)", MIXED),
        ("rows", "axis=0", "axis=1", "With axis=1 the means are over the neurons of one point. They belong to each neuron, over the batch: axis=0."),
    ],
)  # fmt: skip
def normalise_backward(n, s, dn):
    """Return dz, given what normalise returned, n and s, and dn (N, H)."""
    return (dn - dn.mean(axis=0) - n * (n * dn).mean(axis=0)) / s

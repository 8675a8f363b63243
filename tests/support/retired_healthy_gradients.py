"""Exercises of lesson 05 that no lesson asks any more, as in `retired_exercises`."""

import numpy as np
from retired_exercises import retired

SLOPES = np.array([1.0, 0.4, 0.9, 0.0, 0.25])
UNITS = np.array([[0.0, 1.2, 0.0, 0.3, 0.0], [0.0, 0.0, 0.0, 2.0, 0.0], [0.0, 0.7, 0.0, 0.1, 0.4]])
LIVELY = np.array([[0.0, 0.5, 1.0], [0.3, 0.0, 0.0]])
TANHS = np.array([[0.995, -0.999, 0.2], [-1.0, 0.5, -0.98], [0.1, 0.0, 0.993], [-0.4, 0.3, 0.9]])
CALM = np.array([[0.3, -0.5], [0.1, -0.2]])


@retired(
    probes=[(64, 0.125, SLOPES), (64, 0.5, np.array([1.0, 1.0])), (10, 0.3, np.array([0.0, 1.0, 0.0])), (2, 0.7, SLOPES[:3])],
    mistakes=[
        ("variance", "np.sqrt(n * std**2 * np.mean(slopes**2))", "(n * std**2 * np.mean(slopes**2))", "This is the factor of the mean *square*. The size is its root: take the square root of all three factors."),
        ("square_of_mean", "np.mean(slopes**2)", "np.mean(slopes) ** 2", "You squared the mean of the slopes. Needed is the mean of their squares, which is larger as soon as they differ."),
        ("no_square", "np.mean(slopes**2)", "np.mean(slopes)", "The slopes must be squared before the mean is taken: it is mean squares that multiply."),
        ("std", "std**2", "std", "Under the root stands the variance of the weights, std². You used the standard deviation."),
        ("no_n", "n * std**2", "std**2", "The number of units n is missing: what arrives at a unit is a sum of n products."),
        ("n_squared", "n * std**2", "n**2 * std**2", "n counts once under the root: n independent products have n times the mean square of one, not n² times."),
        ("no_slope", " * np.mean(slopes**2)", "", "The slopes are missing: this is the factor of a network without activations."),
        ("sum", "np.mean(slopes**2)", "np.sum(slopes**2)", "You summed the squared slopes; take their mean. The sum over the units is already in n."),
    ],
)  # fmt: skip
def factor_per_layer(n, std, slopes):
    """Return the factor by which the size of dz changes on its way back through one layer of n units."""
    return np.sqrt(n * std**2 * np.mean(slopes**2))


@retired(
    probes=[(64, 64), (2, 32), (300, 100), (1, 1)],
    mistakes=[
        ("variance", "np.sqrt(2 / (n_in + n_out))", "(2 / (n_in + n_out))", "This is the variance. The weights are drawn with the standard deviation, its square root."),
        ("n_in", "(n_in + n_out)", "(n_in + n_in)", "Only n_in occurs: that is the forward wish alone. Glorot's compromise has n_in + n_out below the line."),
        ("n_out", "(n_in + n_out)", "(n_out + n_out)", "Only n_out occurs: that is the backward wish alone. Glorot's compromise has n_in + n_out below the line."),
        ("he", "2 / (n_in + n_out)", "2 / n_in", "This is He's initialisation, for ReLU. Glorot's has n_in + n_out below the line."),
        ("one", "2 / (n_in", "1 / (n_in", "The 2 is missing: 1/n_in and 1/n_out become 2/(n_in + n_out)."),
        ("uniform", "2 / (n_in", "6 / (n_in", "√(6 / (n_in + n_out)) is the *limit* of Glorot's uniform distribution; its standard deviation is smaller by √3."),
        ("product", "(n_in + n_out)", "(n_in * n_out)", "The two numbers of units are added, not multiplied."),
    ],
)  # fmt: skip
def glorot_std(n_in, n_out):
    """Return the standard deviation of Glorot's normal initialisation for a layer with n_in inputs and n_out units."""
    return np.sqrt(2 / (n_in + n_out))


@retired(
    probes=[(TANHS,), (CALM,), (np.array([[0.9899, 0.9901, -0.9901, -0.9901]]),)],
    mistakes=[
        ("no_abs", "np.abs(h)", "h", "Units at −1 are saturated as well: look at |h|."),
        ("count", "np.mean", "np.sum", "This is the number of saturated entries; asked is their share, between 0 and 1."),
        ("reversed", "> 0.99", "<= 0.99", "This is the share of the entries that are *not* saturated."),
        ("percent", "np.mean(np.abs(h) > 0.99)", "100 * np.mean(np.abs(h) > 0.99)", "This is in per cent; a share lies between 0 and 1."),
        ("slope", "np.abs(h) > 0.99", "1 - h**2 < 0.01", "You looked at the slope, 1 − h² < 0.01. That is |h| > 0.995; asked is |h| > 0.99."),
        ("any", "np.abs(h) > 0.99", "np.any(np.abs(h) > 0.99, axis=0)", "This counts units that are saturated for at least one input; asked is the share of all entries."),
    ],
)  # fmt: skip
def saturated_share(h):
    """Return the share of the entries of the array h with |h| > 0.99."""
    return np.mean(np.abs(h) > 0.99)


@retired(
    probes=[(UNITS,), (UNITS.T.copy(),), (LIVELY,), (np.zeros((2, 3)),), (np.array([[0.0, 0.005, 1.0], [0.0, 0.0, 0.0]]),)],
    mistakes=[
        ("any", "np.all", "np.any", "A unit that is 0 for *some* inputs is alive; ReLU is meant to do that. Dead is 0 for *all* of them."),
        ("rows", "axis=0", "axis=1", "These are the inputs (rows) for which all units are 0. A unit is a column: go down along axis 0."),
        ("entries", "np.all(h == 0, axis=0)", "(h == 0)", "You counted entries that are 0. Count units (columns) that are 0 in every row."),
        ("alive", "np.sum(np.all(h == 0, axis=0))", "h.shape[1] - np.sum(np.all(h == 0, axis=0))", "This is the number of units that are alive."),
        ("share", "np.sum", "np.mean", "This is a share; asked is the number of dead units."),
        ("sum", "np.all(h == 0, axis=0)", "h[0] == 0", "You looked at the first input only. A unit is dead if it is 0 for every input."),
        ("small", "h == 0", "h < 0.01", "A unit whose outputs are small is alive, and its gradient is not 0: dead is exactly 0 for every input."),
    ],
)  # fmt: skip
def dead_units(h):
    """Return how many units are 0 for every input; h: outputs of a ReLU layer, one row for each input."""
    return np.sum(np.all(h == 0, axis=0))


@retired(
    named=("dW", "db"),
    probes=[
        (np.array([[3.0, 0.0], [0.0, -4.0]]), np.array([12.0, 0.0]), 6.5),
        (np.array([[0.3, -0.1]]), np.array([0.2, 0.5]), 2.0),
        (np.array([[30.0]]), np.array([-0.4, 0.2]), 1.0),
        (np.array([[0.6, -0.6]]), np.array([0.6, 0.6]), 1.0),
        (np.array([[3.0, -4.0]]), np.array([12.0, 5.0]), 2.0),
    ],
    mistakes=[
        ("entries", "dW * factor, db * factor", "np.clip(dW, -limit, limit), np.clip(db, -limit, limit)", "Each entry was clipped for itself. That bends the gradient into another direction; multiply all entries by one factor."),
        ("lengthens", "min(1, limit / norm)", "limit / norm", "A gradient shorter than the limit was lengthened. Clipping leaves short gradients as they are."),
        ("only_lengthens", "min(1, limit / norm)", "max(1, limit / norm)", "Long gradients stayed as they were and short ones became longer: min and max are exchanged."),
        ("separately", "dW * factor, db * factor", "dW * min(1, limit / np.linalg.norm(dW)), db * min(1, limit / np.linalg.norm(db))", "dW and db were clipped each by its own norm, with two factors. That changes the direction of the whole gradient; take one norm of both."),
        ("no_root", "np.sqrt(np.sum(dW**2) + np.sum(db**2))", "(np.sum(dW**2) + np.sum(db**2))", "The root is missing: this is the square of the norm."),
        ("sum_of_norms", "np.sqrt(np.sum(dW**2) + np.sum(db**2))", "np.linalg.norm(dW) + np.linalg.norm(db)", "Norms of parts do not add. Add the squares of all entries, and take one root."),
        ("weights_only", "np.sum(dW**2) + np.sum(db**2)", "np.sum(dW**2)", "The biases belong to the gradient: their squares are missing in the norm."),
        ("largest", "np.sqrt(np.sum(dW**2) + np.sum(db**2))", "max(np.abs(dW).max(), np.abs(db).max())", "You took the largest entry for the norm. The norm is the root of the sum of all squares."),
        ("no_limit", "limit / norm", "1 / norm", "The result has length 1, whatever the limit is."),
        ("bias_kept", "dW * factor, db * factor", "dW * factor, db", "Only dW was shortened. The same factor belongs to db, or the direction changes."),
        ("swapped", "return dW * factor, db * factor", "return db * factor, dW * factor", "The two are swapped: return dW first."),
    ],
)  # fmt: skip
def clip_by_norm(dW, db, limit):
    """Return (dW, db) shortened by one common factor to the norm `limit` if together they are longer, else unchanged."""
    norm = np.sqrt(np.sum(dW**2) + np.sum(db**2))
    factor = min(1, limit / norm)
    return dW * factor, db * factor


@retired(
    probes=[
        (np.array([[0.5, -1.0]]), np.array([[0.2, 0.7], [-0.4, 0.3]]), np.array([[1.0, 2.0]])),
        (np.array([[1.5, 0.1], [-0.3, 0.8], [0.2, -0.7]]), np.array([[0.6, -0.9], [0.5, 0.4]]), np.array([[0.5, -1.0], [2.0, 0.3], [0.9, 1.6]])),
    ],
    mistakes=[
        ("branch_only", "dout + dz @ W.T", "dz @ W.T", "The way straight on is missing: out contains h itself, with the local derivative 1."),
        ("straight_only", "dout + dz @ W.T", "dout", "The branch is missing: h also reaches out through W and tanh."),
        ("no_transpose", "dz @ W.T", "dz @ W", "On the way back W is transposed (lesson 04): dz @ W.T."),
        ("no_slope", "dout * (1 - f**2)", "dout", "The slope of tanh is missing in the branch: dz = dout · (1 − f²)."),
        ("slope_on_both", "dout + dz @ W.T", "dz + dz @ W.T", "The way straight on has no tanh: there dout arrives as it is, without the slope."),
        ("product", "dout + dz @ W.T", "dout * (dz @ W.T)", "Along a path one multiplies; over two paths one adds."),
        ("slope_of_sum", "1 - f**2", "1 - (h + f) ** 2", "The slope belongs to the branch's own output f = tanh(h @ W), not to h + f."),
        ("minus", "dout + dz @ W.T", "dout - dz @ W.T", "The two ways are added; the minus is wrong."),
        ("slope_late", "dout + dz @ W.T", "dout + (dout @ W.T) * (1 - f**2)", "The slope of tanh was multiplied after W.T. Going back one meets tanh first, then W: (dout · (1 − f²)) @ W.T."),
        ("slope_of_h", "1 - f**2", "1 - h**2", "The slope belongs to the tanh of the branch, f = tanh(h @ W); you took it at h."),
        ("one_for_dout", "dout + dz @ W.T", "1 + dz @ W.T", "Straight on, the local derivative is 1, and it is multiplied by what arrives: dout, not 1."),
    ],
)  # fmt: skip
def residual_gradient(h, W, dout):
    """Return dL/dh, given dout = dL/d(out), for the residual layer out = h + tanh(h @ W)."""
    f = np.tanh(h @ W)
    dz = dout * (1 - f**2)
    return dout + dz @ W.T

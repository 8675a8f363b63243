"""Known mistakes of homework 3, a new layer."""

import numpy as np

from course.tasks.task import Task

X3 = np.array([[1.0, -2.0, 0.5, 3.0], [0.2, 2.5, -1.5, 0.6], [4.0, 1.0, -3.0, 2.0]])
GAIN, BIAS = np.array([1.5, -0.5, 0.8, 2.0]), np.array([0.3, 1.0, -0.7, 0.1])
DY = np.array([[0.1, -0.4, 0.8, 0.3], [-0.6, 0.9, 0.2, 0.5], [1.1, -0.3, 0.7, -0.2]])
XHAT = np.array([[1.2, -0.4, 0.3, -1.1], [0.5, 1.4, -1.3, -0.6], [-1.5, 0.7, 0.9, -0.1]])
S = np.array([[0.5], [2.0], [1.25]])
LOGITS = np.array([[0.5, -1.0, 2.0], [1.5, 0.3, -0.2], [-2.0, 0.1, 0.4], [0.0, 1.0, 3.0]])
LARGE = np.array([[1000.0, 2500.0, 1001.0], [-3000.0, -1001.0, -998.5]])

TASKS = {
    "norm_shapes": Task(
        probes=[(5, 3), (1, 4), (2, 7)],
        hints=[
            "A gradient has its variable's shape. Which shape has X, which the gain?",
            "Every row has its own s, so there are N of them; to divide the rows of an (N, D) array, they must stand in a column.",
        ],
        mistakes=[
            ("per_feature", "s = (N, 1)", "s = (1, D)", "Your s has one number for each feature: that is *batch* normalisation, which goes along the columns. Here every row has its own s."),
            ("flat", "s = (N, 1)", "s = (N,)", "N numbers are right, but an array of shape (N,) divides the *columns* of an (N, D) array, or none if N is not D. A column, of shape (N, 1), divides the rows."),
            ("one", "s = (N, 1)", "s = ()", "You have one s for the whole batch; every row has its own."),
            ("gain_rows", "dgain = (D,)", "dgain = (N, D)", "The gain is one array for all rows, so its gradient has no rows either: the shares of the rows are added up (formula 4.3)."),
            ("bias_rows", "dbias = (D,)", "dbias = (N, D)", "The bias is one array for all rows, so its gradient has no rows either: the shares of the rows are added up (formula 4.3)."),
            ("number", "dgain = (D,)", "dgain = ()", "The gain has one number for each feature, not one in all."),
            ("transposed", "dX = (N, D)", "dX = (D, N)", "dX is the gradient of X, and has X's shape, not that of X.T."),
        ],
        other_algebra=[
            "def norm_shapes(N, D):\n    X = np.ones((N, D))\n    return [X.shape, X[:, :1].shape, X.shape, X[0].shape, X.sum(axis=0).shape]",
        ],
    ),
    "layer_norm": Task(
        probes=[(X3, GAIN, BIAS, 1e-5), (2 * X3[:2] - 1, BIAS, GAIN, 0.5), (X3[1:2], GAIN, BIAS, 0.1)],
        hints=[
            "Four lines, in the order of formula (1): centre the rows, then s, then Xhat, then Y.",
            "`X.mean(axis=1, keepdims=True)` is the column of the rows' means; the variance is the same kind of mean, of the squares of the centred rows.",
        ],
        mistakes=[
            ("over_batch", "axis=1", "axis=0", "Your means go down the columns, over the batch: that is batch normalisation. Layer normalisation takes each *row* for itself, axis=1."),
            ("over_everything", "axis=1", "axis=None", "You took one mean and one s over the whole array; every row needs its own, axis=1."),
            ("sample_variance", "(C**2).mean(axis=1, keepdims=True)", "(C**2).sum(axis=1, keepdims=True) / (X.shape[1] - 1)", "You divided the variance by D − 1, the estimate for a sample. Formula (1) divides by D."),
            ("eps_outside", "np.sqrt((C**2).mean(axis=1, keepdims=True) + eps)", "np.sqrt((C**2).mean(axis=1, keepdims=True)) + eps", "You added ε after the root; in formula (1) it stands under it. (Outside, a row of equal features would have the slope 1/ε on the way back.)"),
            ("no_eps", " + eps", "", "ε is missing: a row whose features are all equal would divide 0 by 0."),
            ("variance_for_s", "np.sqrt((C**2).mean(axis=1, keepdims=True) + eps)", "(C**2).mean(axis=1, keepdims=True) + eps", "The root is missing: you divided by the variance, and the rows do not get size 1."),
            ("not_centred", "Xhat = C / s", "Xhat = X / s", "The mean was used for s, but not subtracted in Xhat."),
            ("no_gain_and_bias", "return gain * Xhat + bias, Xhat, s", "return Xhat, Xhat, s", "Y is the normalised row itself: gain and bias are missing, the last line of (1)."),
            ("exchanged", "gain * Xhat + bias", "bias * Xhat + gain", "Gain and bias are exchanged: the gain multiplies, the bias is added."),
        ],
        other_algebra=[
            "def layer_norm(X, gain, bias, eps):\n    s = (X.var(axis=1) + eps)[:, None] ** 0.5\n    Xhat = ((X.T - X.mean(axis=1)) / s[:, 0]).T\n    return [bias + Xhat @ np.diag(gain), Xhat, s]",
        ],
        # On another machine the digits that are left would be others, so the visible check could not know this answer.
        hidden_only=[("cancelling", "(C**2).mean(axis=1, keepdims=True)", "((X**2).mean(axis=1, keepdims=True) - X.mean(axis=1, keepdims=True) ** 2)")],
    ),
    "centre_backward": Task(
        probes=[(DY,), (3 * DY[:2] - 1,), (X3[2:],)],
        hints=[
            "Upstream times local, summed over k: Σₖ dc_k ([k = i] − 1/D). Split it into two sums.",
            "The first sum is dc_i. The second is the same for every i: the mean of the row of dC.",
        ],
        mistakes=[
            ("direct_only", "dC - dC.mean(axis=1, keepdims=True)", "dC * 1.0", "This is the direct path alone. x_i also stands in the mean, which is subtracted from every feature of its row."),
            ("own_output_only", "dC - dC.mean(axis=1, keepdims=True)", "dC * (1 - 1 / dC.shape[1])", "You followed the mean into c_i only. It is subtracted from *all* c_k of the row, so each of them sends a share back."),
            ("plus", "dC - dC", "dC + dC", "The sign of the path through the mean is flipped: the mean is subtracted."),
            ("sum", "dC.mean(axis=1, keepdims=True)", "dC.sum(axis=1, keepdims=True)", "You subtracted the sum of the row; each share carries the factor 1/D of the mean."),
            ("over_batch", "axis=1", "axis=0", "You took the mean of the columns, over the batch. Rows have nothing to do with each other here."),
            ("over_everything", "axis=1, keepdims=True", "", "You subtracted the mean of the whole array; each row collects from its own outputs only."),
            ("mean_only", "dC - dC.mean(axis=1, keepdims=True)", "-dC.mean(axis=1, keepdims=True) + 0 * dC", "This is the path through the mean alone; the direct one is missing."),
        ],
        other_algebra=["def centre_backward(dC):\n    D = dC.shape[1]\n    return dC @ (np.eye(D) - np.full((D, D), 1 / D))"],
    ),
    "my_row": Task(
        per_seed=True,
        probes=[()],
        rtol=1e-3,
        atol=1e-4,
        hints=[
            "∂(c_k / s)/∂x_i by the quotient rule: (∂c_k/∂x_i) / s − c_k (∂s/∂x_i) / s². Put in (2) and (3), and write x̂_k for c_k / s.",
            "([k = i] − 1/4 − x̂_k x̂_i / 4) / s. The four must add up to 0.",
        ],
        mistakes=[
            ("sample_variance", "np.mean(c**2)", "np.sum(c**2) / 3", "You divided the variance by 3, D − 1; formula (1) divides by D."),
            ("variance_for_s", "s = np.sqrt(np.mean(c**2))", "s = np.mean(c**2)", "You divided by the variance; s is its root."),
            ("not_centred", "xhat = c / s", "xhat = row / s", "The mean was not subtracted from the features."),
            ("direct_only", " - 1 / 4 - xhat[k] * xhat / 4", "", "This is the direct path alone, 1/s for i = k and 0 otherwise. The mean and s depend on every feature."),
            ("no_spread", " - xhat[k] * xhat / 4", "", "The path through s is missing: stretching the row away from its mean must change no x̂."),
            ("no_mean", " - 1 / 4", "", "The path through the mean is missing: your four derivatives do not add up to 0."),
            ("not_divided", " - xhat[k] * xhat / 4) / s", " - xhat[k] * xhat / 4)", "The division by s is missing in the derivatives: x̂ has no unit, so its derivative has one over that of x."),
            ("no_share", "xhat[k] * xhat / 4", "xhat[k] * xhat", "In the path through s the factor 1/D is missing: ∂s/∂x_i is x̂_i / D."),
        ],
        other_algebra=[
            "def my_row():\n    x = row.astype(complex)\n    def hats(x):\n        c = x - x.mean()\n        return c / (c @ c / 4) ** 0.5\n    slopes = [hats(x + 1e-20j * (np.arange(4) == i))[k].imag * 1e20 for i in range(4)]\n    return [hats(x).real.tolist(), slopes]",
        ],
    ),
    "layer_norm_backward": Task(
        probes=[(DY, XHAT, S, GAIN), (DY[:1] + 1, XHAT[1:2], S[:1], BIAS), (XHAT[:2], DY[1:], S[1:], GAIN)],
        hints=[
            "dgain and dbias come from y = g x̂ + b alone, and collect from all rows. dX̂ = dY · g, entry by entry.",
            "dx_i = Σₖ dx̂_k ([k = i] − 1/D − x̂_k x̂_i / D) / s: the first term is dx̂_i, the second the row's mean of dX̂, and in the third x̂_i can be taken out of the sum.",
            "dX = (dXhat − mean(dXhat) − Xhat · mean(dXhat · Xhat)) / s, with means over each row, kept as columns.",
        ],
        mistakes=[
            ("constants", "dXhat - average - Xhat * along", "dXhat", "You treated the mean and s as constants. Both depend on every feature of the row: two paths are missing."),
            ("no_mean", "dXhat - average - Xhat * along", "dXhat - Xhat * along", "The path through the mean is missing in dX, the one of task 3."),
            ("no_spread", "dXhat - average - Xhat * along", "dXhat - average", "The path through s is missing in dX: every feature of a row also changes the s by which all are divided."),
            ("no_gain", "dXhat = dY * gain", "dXhat = dY * 1.0", "The gain is missing on the way back: y = g x̂ + b, so dX̂ = dY · g."),
            ("not_divided", "(dXhat - average - Xhat * along) / s", "(dXhat - average - Xhat * along)", "The division by s is missing in dX."),
            ("sums", ".mean(axis=1", ".sum(axis=1", "You took sums over the row where means belong: each share carries 1/D."),
            ("over_batch", "axis=1", "axis=0", "Your means go over the batch. The rows of X have nothing to do with each other; the paths stay within a row, axis=1."),
            ("gain_alone", "dgain = (dY * Xhat).sum(axis=0)", "dgain = dY.sum(axis=0)", "In dgain the local factor is missing: the gain is multiplied with Xhat."),
            ("rows_not_summed", "dgain = (dY * Xhat).sum(axis=0)", "dgain = dY * Xhat", "dgain was not summed over the batch: one gain serves all rows, so their shares are added."),
            ("rows_averaged", "sum(axis=0)", "mean(axis=0)", "dgain and dbias were averaged over the batch. The shares of the rows are *added*; a mean over the batch belongs to the loss, and is in dY already."),
        ],
        other_algebra=[
            "def layer_norm_backward(dY, Xhat, s, gain):\n    D = len(gain)\n    rows = [(np.eye(D) - 1 / D - np.outer(h, h) / D) @ (d * gain) / t for d, h, t in zip(dY, Xhat, s[:, 0])]\n    return [np.array(rows), np.einsum('nd,nd->d', dY, Xhat), np.ones(len(dY)) @ dY]",
        ],
    ),
    "scaled_weights": Task(
        probes=[(0.5,), (3.0,), (10.0,)],
        hints=[
            "C and s are both multiplied by k, so x̂ and Y are not changed. On the way back there is one division by s.",
            "dW = Hᵀ dX takes dX as it is. dH = dX Wᵀ multiplies it with the new W, which is k times the old.",
        ],
        mistakes=[
            ("output_scaled", "Y = 1.0", "Y = k", "Y does not change: C and s are both multiplied by k, and Y depends on C / s."),
            ("dx_same", "dX = 1 / k", "dX = 1.0", "dX does change: the way back divides by s, and s has become k times as large."),
            ("dx_times", "dX = 1 / k", "dX = k", "dX goes the other way: the way back *divides* by s, which has become k times as large."),
            ("dw_same", "dW = 1 / k", "dW = 1.0", "dW = Hᵀ dX changes as dX does, since H stays as it is."),
            ("dw_times", "dW = 1 / k", "dW = k", "dW = Hᵀ dX contains dX, which shrinks when k grows, and no W."),
            ("dw_square", "dW = 1 / k", "dW = 1 / k**2", "dW = Hᵀ dX has the factor of dX once; no second factor comes in."),
            ("dh_shrinks", "dH = 1.0", "dH = 1 / k", "dH = dX Wᵀ has the factor of dX *and* the k of the new W."),
            ("dh_grows", "dH = 1.0", "dH = k", "That is the factor of the new W alone; dH = dX Wᵀ contains dX as well."),
        ],
        other_algebra=["def scaled_weights(k): return np.array([1, k**-1, k**-1, k / k])"],
    ),
    "smoothed_cross_entropy": Task(
        probes=[
            (LOGITS, np.array([2, 0, 1, 2]), 0.1),
            (LOGITS[:2, :2], np.array([1, 0]), 0.3),
            (LOGITS[:3], np.array([0, 1, 1]), 0.0),
            (LARGE, np.array([0, 2]), 0.2),
        ],
        hints=[
            "`np.eye(C)[labels]` is the one-hot array; formula (4) turns it into the targets.",
            "log_p = shifted − log of the row's sum of exp(shifted), as a column. The loss is −(targets · log_p), summed, divided by N.",
            "Softmax minus one-hot becomes softmax minus targets, divided by N.",
        ],
        mistakes=[
            ("no_max", "logits - logits.max(axis=1, keepdims=True)", "logits", "Without subtracting each row's maximum exp(1000) overflows. Subtract it first, as in lesson 04."),
            ("log_of_p", "shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))", "np.log(np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True))", "You took the logarithm of p. A small p is rounded to 0, and its logarithm is −∞, which now stands in the loss. Write log p as a difference."),
            ("others_only", "(1 - sigma) * np.eye(C)[labels] + sigma / C", "(1 - sigma) * np.eye(C)[labels] + sigma / (C - 1) * (1 - np.eye(C)[labels])", "You gave σ to the *other* classes, σ/(C − 1) each. In formula (4) all C classes share it, the right one too."),
            ("not_reduced", "(1 - sigma) * np.eye(C)[labels]", "np.eye(C)[labels]", "The factor 1 − σ is missing: the targets of a row must add up to 1."),
            ("not_spread", " + sigma / C", "", "The σ/C for every class is missing: the targets of a row must add up to 1."),
            ("not_shared", "+ sigma / C", "+ sigma", "Every class got the whole σ; it is shared out, σ/C for each."),
            ("loss_not_averaged", "(targets * log_p).sum() / N", "(targets * log_p).sum()", "The loss is the *mean* over the batch: divide it by N."),
            ("loss_by_entries", "(targets * log_p).sum() / N", "(targets * log_p).mean()", "You averaged the loss over all N·C entries; it is summed over the classes and averaged over the N rows."),
            ("gradient_not_averaged", "(np.exp(log_p) - targets) / N", "np.exp(log_p) - targets", "The 1/N is missing in the gradient: the loss is a mean."),
            ("one_hot_gradient", "(np.exp(log_p) - targets) / N", "(np.exp(log_p) - np.eye(C)[labels]) / N", "The gradient still has the one-hot row of lesson 04; it is softmax minus the *smoothed* targets."),
            ("sign", "(np.exp(log_p) - targets) / N", "(targets - np.exp(log_p)) / N", "The sign of the gradient is flipped: softmax minus targets, for a loss that is to fall."),
        ],
        other_algebra=[
            "def smoothed_cross_entropy(logits, labels, sigma):\n    z = (logits.T - logits.max(axis=1)).T\n    log_sum = np.log(np.exp(z).sum(axis=1))\n    rows = np.arange(len(z))\n    loss = np.mean(log_sum - (1 - sigma) * z[rows, labels] - sigma * z.mean(axis=1))\n    d = np.exp(z - log_sum[:, None]) - sigma / z.shape[1]\n    d[rows, labels] -= 1 - sigma\n    return [loss, d / len(z)]",
        ],
    ),
    "best_gap": Task(
        probes=[(2, 0.1), (10, 0.3), (3, 0.9)],
        hints=[
            "The gradient is (softmax − targets)/N. When is it 0?",
            "At p = t. And p of the right class divided by p of another is the exponential of the gap.",
        ],
        mistakes=[
            ("not_logarithm", "np.log(right / other)", "right / other", "This is the ratio of the two probabilities; the gap of the logits is its logarithm."),
            ("reversed", "np.log(right / other)", "np.log(other / right)", "The sign is flipped: the right class has the *larger* logit."),
            ("right_alone", "np.log(right / other)", "np.log(right)", "log p of the right class is not yet a gap: the other classes' logits are not 0, and softmax knows differences only."),
            ("not_spread", "1 - sigma + sigma / C", "1 - sigma", "The right class gets its share σ/C as well: its target is 1 − σ + σ/C."),
            ("others_only", "other = sigma / C", "other = sigma / (C - 1)", "σ is shared by all C classes: the target of each other class is σ/C."),
            ("not_shared", "other = sigma / C", "other = sigma", "σ is shared out: the target of each other class is σ/C, not σ."),
            ("difference", "np.log(right / other)", "right - other", "This is the difference of the targets; of the logits it is asked, so take logarithms first."),
        ],
        other_algebra=["def best_gap(C, sigma): return np.log1p(C / sigma - C)"],
    ),
}  # fmt: skip

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
    "layer_norm": Task(
        probes=[(X3, GAIN, BIAS, 1e-5), (2 * X3[:2] - 1, BIAS, GAIN, 0.5), (X3[1:2], GAIN, BIAS, 0.1)],
        hints=[
            "Four lines, in the order of (H3.1): centre the rows, then s, then Xhat, then Y.",
            "`X.mean(axis=1, keepdims=True)` is the column of the rows' means; the variance is the same kind of mean, of the squares of the centred rows.",
        ],
        mistakes=[
            ("over_batch", "axis=1", "axis=0", "Your means go down the columns, over the batch: that is batch normalisation. Layer normalisation takes each *row* for itself, axis=1."),
            ("over_everything", "axis=1", "axis=None", "You took one mean and one s over the whole array; every row needs its own, axis=1."),
            ("sample_variance", "(C**2).mean(axis=1, keepdims=True)", "(C**2).sum(axis=1, keepdims=True) / (X.shape[1] - 1)", "You divided the variance by D − 1, the estimate for a sample. (H3.1) divides by D."),
            ("eps_outside", "np.sqrt((C**2).mean(axis=1, keepdims=True) + eta)", "np.sqrt((C**2).mean(axis=1, keepdims=True)) + eta", "You added η after the root; in (H3.1) it stands under it. (Outside, a row of equal features would have the slope 1/η on the way back.)"),
            ("no_eps", " + eta", "", "η is missing: a row whose features are all equal would divide 0 by 0."),
            ("variance_for_s", "np.sqrt((C**2).mean(axis=1, keepdims=True) + eta)", "(C**2).mean(axis=1, keepdims=True) + eta", "The root is missing: you divided by the variance, and the rows do not get size 1."),
            ("not_centred", "Xhat = C / s", "Xhat = X / s", "The mean was used for s, but not subtracted in Xhat."),
            ("no_gain_and_bias", "return gain * Xhat + bias, Xhat, s", "return Xhat, Xhat, s", "Y is the normalised row itself: gain and bias are missing, the last line of (H3.1)."),
            ("exchanged", "gain * Xhat + bias", "bias * Xhat + gain", "Gain and bias are exchanged: the gain multiplies, the bias is added."),
            ("swapped", "return gain * Xhat + bias, Xhat, s", "return Xhat, gain * Xhat + bias, s", "The first two results are swapped: return Y first, with gain and bias in it, and then Xhat."),
            ("variance_returned", "Xhat, s", "Xhat, s**2", "Y and Xhat are right, but the third result is the variance (with η). Return s, its root: the backward pass divides by s."),
            ("flat", "Xhat, s", "Xhat, s[:, 0]", "Y and Xhat are right, but s lies flat, (N,). Keep it a column, (N, 1), so that in the backward pass it divides the rows."),
        ],
        other_algebra=[
            "def layer_norm(X, gain, bias, eta):\n    s = (X.var(axis=1) + eta)[:, None] ** 0.5\n    Xhat = ((X.T - X.mean(axis=1)) / s[:, 0]).T\n    return [bias + Xhat @ np.diag(gain), Xhat, s]",
        ],
        # On another machine the digits that are left would be others, so the visible check could not know this answer.
        hidden_only=[("cancelling", "(C**2).mean(axis=1, keepdims=True)", "((X**2).mean(axis=1, keepdims=True) - X.mean(axis=1, keepdims=True) ** 2)")],
    ),
    "my_row": Task(
        per_seed=True,
        probes=[(np.array([12.0, 4.0, 20.0, 8.0]),), (np.array([-3.0, 5.5, 1.0, 2.5]),)],
        rtol=1e-3,
        atol=1e-4,
        hints=[
            "Mean, then the four centred features c, then s, the root of the mean of c². The four x̂ are c / s.",
            "For your k, three terms for each i: 1 if i is k and else 0, minus 1/4, minus x̂ₖ x̂ᵢ / 4; all of it divided by s. The four must add up to 0.",
        ],
        mistakes=[
            ("sample_variance", "np.mean(c**2)", "np.sum(c**2) / 3", "You divided the variance by 3, D − 1; (H3.1) divides by D."),
            ("variance_for_s", "s = np.sqrt(np.mean(c**2))", "s = np.mean(c**2)", "You divided by the variance; s is its root."),
            ("not_centred", "xhat = c / s", "xhat = row / s", "The mean was not subtracted from the features."),
            ("direct_only", " - 1 / 4 - xhat[k] * xhat / 4", "", "This is the direct path alone, 1/s for i = k and 0 otherwise. The mean and s depend on every feature."),
            ("no_spread", " - xhat[k] * xhat / 4", "", "The path through s is missing: stretching the row away from its mean must change no x̂."),
            ("no_mean", " - 1 / 4", "", "The path through the mean is missing: your four derivatives do not add up to 0."),
            ("not_divided", " - xhat[k] * xhat / 4) / s", " - xhat[k] * xhat / 4)", "The division by s is missing in the derivatives: x̂ has no unit, so its derivative has the unit 1/x."),
            ("no_share", "xhat[k] * xhat / 4", "xhat[k] * xhat", "In the path through s the factor 1/D is missing: ∂s/∂xᵢ is x̂ᵢ / D."),
            ("plus", "- xhat[k] * xhat / 4", "+ xhat[k] * xhat / 4", "The sign of the path through s is flipped: s stands in the denominator, so a larger s makes x̂ₖ smaller."),
            ("other_alone", "xhat[k] * xhat / 4", "xhat / 4", "In the path through s the factor x̂ₖ is missing: it is −cₖ/s² · ∂s/∂xᵢ, and cₖ/s is x̂ₖ."),
            ("own_alone", "xhat[k] * xhat / 4", "xhat[k] / 4", "In the path through s the factor x̂ᵢ is missing: ∂s/∂xᵢ is x̂ᵢ / D, and differs from feature to feature."),
            ("own_square", "xhat[k] * xhat / 4", "xhat[k] ** 2 / 4", "In the path through s you took x̂ₖ twice: one factor is x̂ₖ, the other x̂ᵢ, of the feature by which you differentiate."),
        ],
        other_algebra=[
            "def my_row(row):\n    x = row.astype(complex)\n    def hats(x):\n        c = x - x.mean()\n        return c / (c @ c / 4) ** 0.5\n    slopes = [hats(x + 1e-20j * (np.arange(4) == i))[k].imag * 1e20 for i in range(4)]\n    return [hats(x).real.tolist(), slopes]",
        ],
    ),
    "layer_norm_backward": Task(
        probes=[(DY, XHAT, S, GAIN), (DY[:1] + 1, XHAT[1:2], S[:1], BIAS), (XHAT[:2], DY[1:], S[1:], GAIN)],
        hints=[
            "dgain and dbias come from y = g x̂ + b alone, and collect from all rows. dX̂ = dY · g, entry by entry.",
            "dxᵢ = Σₖ dx̂ₖ ([k = i] − 1/D − x̂ₖ x̂ᵢ / D) / s: the first term is dx̂ᵢ, the second the row's mean of dX̂, and in the third x̂ᵢ can be taken out of the sum.",
            "dX = (dXhat − mean(dXhat) − Xhat · mean(dXhat · Xhat)) / s, with means over each row, kept as columns.",
        ],
        mistakes=[
            ("constants", "dXhat - average - Xhat * along", "dXhat", "You treated the mean and s as constants. Both depend on every feature of the row: two paths are missing."),
            ("no_mean", "dXhat - average - Xhat * along", "dXhat - Xhat * along", "The path through the mean is missing in dX: the term 1/D of (H3.4)."),
            ("no_spread", "dXhat - average - Xhat * along", "dXhat - average", "The path through s is missing in dX: every feature of a row also changes the s by which all are divided."),
            ("no_gain", "dXhat = dY * gain", "dXhat = dY * 1.0", "The gain is missing on the way back: y = g x̂ + b, so dX̂ = dY · g."),
            ("not_divided", "(dXhat - average - Xhat * along) / s", "(dXhat - average - Xhat * along)", "The division by s is missing in dX."),
            ("sums", ".mean(axis=1", ".sum(axis=1", "You took sums over the row where means belong: each share carries 1/D."),
            ("over_batch", "axis=1", "axis=0", "Your means go over the batch. The rows of X have nothing to do with each other; the paths stay within a row, axis=1."),
            ("gain_alone", "dgain = (dY * Xhat).sum(axis=0)", "dgain = dY.sum(axis=0)", "In dgain the local factor is missing: the gain is multiplied with Xhat."),
            ("rows_not_summed", "dgain = (dY * Xhat).sum(axis=0)", "dgain = dY * Xhat", "dgain was not summed over the batch: one gain serves all rows, so their shares are added."),
            ("rows_averaged", "sum(axis=0)", "mean(axis=0)", "dgain and dbias were averaged over the batch. The shares of the rows are *added*; a mean over the batch belongs to the loss, and is in dY already."),
            ("plus", "- Xhat * along", "+ Xhat * along", "The sign of the path through s is flipped in dX: in (H3.4) its term has a minus."),
            ("gain_from_dxhat", "dgain = (dY * Xhat).sum(axis=0)", "dgain = (dY * gain * Xhat).sum(axis=0)", "You made dgain from dX̂, which has the gain in it. y = g x̂ + b: upstream is dY, local is x̂."),
            ("bias_from_dxhat", "dbias = dY.sum(axis=0)", "dbias = (dY * gain).sum(axis=0)", "You made dbias from dX̂, which has the gain in it. The bias stands in y with the factor 1: its shares are those of dY."),
            ("swapped", "return dX, dgain, dbias", "return dX, dbias, dgain", "dgain and dbias are swapped: the order is dX, dgain, dbias."),
            ("along_not_centred", "(dXhat * Xhat).mean(axis=1, keepdims=True)", "dXhat.mean(axis=1, keepdims=True)", "In the path through s the factor x̂ₖ is missing inside the sum over k: the mean of dX̂ · X̂ belongs there, not that of dX̂."),
        ],
        other_algebra=[
            "def layer_norm_backward(dY, Xhat, s, gain):\n    D = len(gain)\n    rows = [(np.eye(D) - 1 / D - np.outer(h, h) / D) @ (d * gain) / t for d, h, t in zip(dY, Xhat, s[:, 0])]\n    return [np.array(rows), np.einsum('nd,nd->d', dY, Xhat), np.ones(len(dY)) @ dY]",
        ],
    ),
    "scaled_weights": Task(
        probes=[(3.0,), (0.4,)],
        rtol=1e-3,
        atol=1e-5,
        hints=[
            "The centred rows and s are both m times as large: what does that say of x̂? On the way back there is one division by s.",
            "dW = Hᵀ dX takes dX as it is. dH = dX Wᵀ multiplies it with the new W. And the fifth is the factor of dW divided by the factor of W.",
        ],
        mistakes=[
            ("output_scaled", "Y = 1.0", "Y = m", "Y does not grow with the weights: it depends on c / s, and both c and s do."),
            ("dx_same", "dX = 1 / m", "dX = 1.0", "dX does change: the way back divides by s. What has become of s?"),
            ("dx_times", "dX = 1 / m", "dX = m", "dX goes the other way: the way back *divides* by s."),
            ("dw_same", "dW = 1 / m", "dW = 1.0", "dW = Hᵀ dX changes as dX does, since H stays as it is."),
            ("dw_times", "dW = 1 / m", "dW = m", "dW goes the other way: Hᵀ dX contains dX, and no W."),
            ("dw_square", "dW = 1 / m", "dW = 1 / m**2", "dW = Hᵀ dX has the factor of dX once; no second factor comes in."),
            ("dh_shrinks", "dH = 1.0", "dH = 1 / m", "dH = dX Wᵀ has the factor of dX *and* that of the new W."),
            ("dh_grows", "dH = 1.0", "dH = m", "That is the factor of the new W alone; dH = dX Wᵀ contains dX as well."),
            ("step_alone", "share = 1 / m**2", "share = 1 / m", "That is the factor of the step α dW itself. It is measured against the weights, which have a factor of their own."),
            ("share_same", "share = 1 / m**2", "share = 1.0", "The step measured against the weights does change: dW has a factor, and the weights by which you divide have another."),
            ("share_times", "share = 1 / m**2", "share = m**2", "The fifth goes the other way: the step is above the fraction bar, the weights below."),
        ],
        other_algebra=["def scaled_weights(m): return np.array([1, m**-1.0, m**-1.0, m / m, (1 / m) ** 2])"],
    ),
    "smoothed_cross_entropy": Task(
        probes=[
            (LOGITS, np.array([2, 0, 1, 2]), 0.1),
            (LOGITS[:2, :2], np.array([1, 0]), 0.3),
            (LOGITS[:3], np.array([0, 1, 1]), 0.0),
            (LARGE, np.array([0, 2]), 0.2),
        ],
        hints=[
            "`np.eye(K)[labels]` is the one-hot array; (H3.6) turns it into the targets.",
            "log_p = shifted − log of the row's sum of exp(shifted), as a column. The loss is −(targets · log_p), summed, divided by N.",
            "Softmax minus one-hot becomes softmax minus targets, divided by N.",
        ],
        mistakes=[
            ("no_max", "logits - logits.max(axis=1, keepdims=True)", "logits", "Without subtracting each row's maximum exp(1000) overflows. Subtract it first, as in lesson 04."),
            ("log_of_p", "shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))", "np.log(np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True))", "You took the logarithm of p. A small p is rounded to 0, and its logarithm is −∞, which now stands in the loss. Write log p as a difference."),
            ("others_only", "(1 - epsilon) * np.eye(K)[labels] + epsilon / K", "(1 - epsilon) * np.eye(K)[labels] + epsilon / (K - 1) * (1 - np.eye(K)[labels])", "You gave ε to the *other* classes, ε/(K − 1) each. In (H3.6) all K classes share it, the right one too."),
            ("not_reduced", "(1 - epsilon) * np.eye(K)[labels]", "np.eye(K)[labels]", "The factor 1 − ε is missing: the targets of a row must add up to 1."),
            ("not_spread", " + epsilon / K", "", "The ε/K for every class is missing: the targets of a row must add up to 1."),
            ("not_shared", "+ epsilon / K", "+ epsilon", "Every class got the whole ε; it is shared out, ε/K for each."),
            ("loss_not_averaged", "(targets * log_p).sum() / N", "(targets * log_p).sum()", "The loss is the *mean* over the batch: divide it by N."),
            ("loss_by_entries", "(targets * log_p).sum() / N", "(targets * log_p).mean()", "You averaged the loss over all N·K entries; it is summed over the classes and averaged over the N rows."),
            ("gradient_not_averaged", "(np.exp(log_p) - targets) / N", "np.exp(log_p) - targets", "The 1/N is missing in the gradient: the loss is a mean."),
            ("one_hot_gradient", "(np.exp(log_p) - targets) / N", "(np.exp(log_p) - np.eye(K)[labels]) / N", "The gradient still has the one-hot row of lesson 04; it is softmax minus the *smoothed* targets."),
            ("sign", "(np.exp(log_p) - targets) / N", "(targets - np.exp(log_p)) / N", "The sign of the gradient is flipped: softmax minus targets, for a loss that is to fall."),
            ("assigned", "(1 - epsilon) * np.eye(K)[labels] + epsilon / K", "np.where(np.eye(K)[labels] == 1, 1 - epsilon, epsilon / K)", "You gave the right class 1 − ε in place of its ε/K. It gets both: 1 − ε + ε/K (`+=`, not `=`)."),
            ("loss_sign", "loss = -(targets", "loss = (targets", "The minus of the loss is missing: log p is negative, and the loss is not."),
            ("half_shifted", "shifted - np.log(", "logits - np.log(", "You took the logarithm of the sum of the *shifted* exponentials from the logits as they were. Shift both or neither."),
        ],
        other_algebra=[
            "def smoothed_cross_entropy(logits, labels, epsilon):\n    z = (logits.T - logits.max(axis=1)).T\n    log_sum = np.log(np.exp(z).sum(axis=1))\n    rows = np.arange(len(z))\n    loss = np.mean(log_sum - (1 - epsilon) * z[rows, labels] - epsilon * z.mean(axis=1))\n    d = np.exp(z - log_sum[:, None]) - epsilon / z.shape[1]\n    d[rows, labels] -= 1 - epsilon\n    return [loss, d / len(z)]",
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
            ("not_spread", "1 - epsilon + epsilon / K", "1 - epsilon", "The right class gets its share ε/K as well: its target is 1 − ε + ε/K."),
            ("others_only", "other = epsilon / K", "other = epsilon / (K - 1)", "ε is shared by all K classes: the target of each other class is ε/K."),
            ("not_shared", "other = epsilon / K", "other = epsilon", "ε is shared out: the target of each other class is ε/K, not ε."),
            ("difference", "np.log(right / other)", "right - other", "This is the difference of the targets; of the logits it is asked, so take logarithms first."),
        ],
        other_algebra=["def best_gap(K, epsilon): return np.log1p(K / epsilon - K)"],
    ),
}  # fmt: skip

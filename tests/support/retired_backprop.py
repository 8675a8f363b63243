"""Exercises of lesson 04 that no lesson asks any more, as in `retired_exercises`."""

import numpy as np
from retired_exercises import retired

X3 = np.array([[1.0, -2.0], [0.5, 3.0], [-1.5, 0.2]])
W2 = np.array([[0.3, -0.7], [1.1, 0.4]])
DZ = np.array([[0.1, -0.4], [0.8, 0.3], [-0.6, 0.9]])
LOGITS = np.array([[1000.0, 998.0, 1001.0], [-1000.0, -1001.0, -998.5]])
PROBABILITIES = np.array([[0.2, 0.5, 0.3], [0.7, 0.1, 0.2], [0.25, 0.25, 0.5], [0.1, 0.6, 0.3]])


@retired(
    probes=[
        (np.array([[1.0, 2.0]]), np.array([[3.0, 5.0], [-1.0, 4.0]]), np.array([[2.0, -3.0]])),
        (X3, W2, DZ),
        (np.vstack([X3 + 1, [[0.7, -0.6]]]), 2 * W2 - 1, np.vstack([DZ[::-1], [[0.2, 0.7]]])),
    ],
    mistakes=[
        ("transposed_result", "dW = X.T @ dz", "dW = dz.T @ X", "Your dW is transposed: it should have W's shape, one row for each input. Write X.T @ dz."),
        ("transposed_weight", "dX = dz @ W.T", "dX = dz @ W", "W is not transposed in dX. Its shape fits here only because W is square; forward goes from inputs to outputs, backward the other way: dz @ W.T."),
        ("bias_mean", "dz.sum(axis=0)", "dz.mean(axis=0)", "b is used once for each row of the batch, and the shares are *added*: sum, not mean. (A mean over the batch belongs to the loss, and is in dz already.)"),
        ("bias_rows", "db = dz.sum(axis=0)", "db = dz", "db was not summed over the batch: b has one number for each column and is used in every row, so `+=` over the rows."),
        ("bias_axis", "dz.sum(axis=0)", "dz.sum(axis=1)", "db was summed over the wrong axis: one number for each *column* of dz is wanted, that is axis 0."),
        ("bias_first_row", "dz.sum(axis=0)", "dz[0]", "db holds the first row only; every row of the batch uses b, so add them up."),
        ("divided", "dW = X.T @ dz", "dW = X.T @ dz / len(X)", "dW was divided by the batch size. The mean belongs to the loss; dz contains it already."),
        ("swapped", "return dW, db, dX", "return dX, db, dW", "dW and dX are exchanged: return dW, db, dX."),
    ],
)  # fmt: skip
def linear_backward(X, W, dz):
    """Return (dW, db, dX) of the layer z = X @ W + b, given dz; X: (N, d_in), W: (d_in, d_out), dz: (N, d_out)."""
    dW = X.T @ dz
    db = dz.sum(axis=0)
    dX = dz @ W.T
    return dW, db, dX


@retired(
    probes=[(np.array([0.0, 1.0, -2.0]), np.array([3.0, 2.0, -5.0])), (X3, DZ), (0.3 * X3 - 0.2, DZ[::-1] + 0.1)],
    mistakes=[
        ("slope", "dh * (1 - h**2)", "dh", "The activation's slope is missing: this is the upstream, passed on unchanged."),
        ("slope_alone", "dh * (1 - h**2)", "1 - h**2", "This is the local slope alone; the upstream dh is missing."),
        ("at_z", "h = np.tanh(z)", "h = z", "1 − h² takes the output h = tanh(z); you put z into it."),
        ("not_squared", "h**2", "h", "The slope of tanh is 1 − h², with the square."),
        ("sigmoid", "1 - h**2", "h * (1 - h)", "h(1 − h) is the slope of the sigmoid; for tanh it is 1 − h²."),
        ("square_outside", "(1 - h**2)", "(1 - h) ** 2", "The square belongs to h alone: 1 − h², not (1 − h)²."),
    ],
)  # fmt: skip
def tanh_backward(z, dh):
    """Return dz of h = tanh(z), given dh; both arrays have one shape."""
    h = np.tanh(z)
    return dh * (1 - h**2)


@retired(
    probes=[(LOGITS,), (LOGITS[::-1] / 100,), (np.array([[0.0, 1.0], [2.0, -3.0]]),)],
    mistakes=[
        ("no_max", "logits - logits.max(axis=1, keepdims=True)", "logits", "Without subtracting the row's maximum, exp(1000) overflows and the result is not a number. Subtract it first."),
        ("global_max", "logits.max(axis=1, keepdims=True)", "logits.max()", "You subtracted the maximum of the whole array; a row far below it then becomes 0/0. Each row needs its own maximum."),
        ("column_max", "logits.max(axis=1, keepdims=True)", "logits.max(axis=0)", "You subtracted the maximum of each *column*, which changes the result; each row needs its own maximum (axis=1)."),
        ("sum_all", "e.sum(axis=1, keepdims=True)", "e.sum()", "You divided by the sum over the whole array; each *row* has to add up to 1."),
        ("sum_columns", "e.sum(axis=1, keepdims=True)", "e.sum(axis=0, keepdims=True)", "You divided by the sums of the columns; each *row* is one distribution and has to add up to 1."),
        ("not_divided", "return e / e.sum(axis=1, keepdims=True)", "return e", "The exponentials are not yet probabilities: divide each row by its sum."),
        ("columns", "axis=1", "axis=0", "You took the softmax down the columns; each *row* is one distribution, so take maximum and sum along axis 1."),
    ],
)  # fmt: skip
def stable_softmax(logits):
    """Return the softmax of each row of logits, shape (N, C), for logits of any size."""
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@retired(
    probes=[(PROBABILITIES, np.array([0, 0, 2, 1])), (PROBABILITIES[1:3], np.array([2, 1]))],
    mistakes=[
        ("no_mean", "return dlogits / len(labels)", "return dlogits", "The 1/N is missing: the loss is the mean over the batch."),
        ("no_label", "dlogits[np.arange(len(labels)), labels] -= 1", "pass", "These are the probabilities; at the label of each row, 1 has to be taken off."),
        ("sign", "return dlogits / len(labels)", "return -dlogits / len(labels)", "The sign is flipped: it is softmax minus one-hot, so that a descent step raises the label's logit."),
        ("by_probability", "return dlogits / len(labels)", "return -np.eye(probabilities.shape[1])[labels] / probabilities / len(labels)", "That is the derivative with respect to the probabilities. With respect to the logits it is softmax minus one-hot, divided by N."),
        ("plus", "labels] -= 1", "labels] += 1", "At the label 1 is subtracted, not added: p − 1 is negative, so descent raises this logit."),
        ("by_classes", "/ len(labels)", "/ probabilities.size", "You divided by the number of all entries; the mean is over the N rows."),
        ("by_columns", "/ len(labels)", "/ probabilities.shape[1]", "You divided by the number of classes C; the mean is over the N rows."),
        ("all_columns", "dlogits[np.arange(len(labels)), labels] -= 1", "dlogits[:, labels] -= 1", "`[:, labels]` takes these columns in *every* row. Each row has its own label: `[np.arange(len(labels)), labels]`."),
    ],
)  # fmt: skip
def cross_entropy_gradient(probabilities, labels):
    """Return dL/dlogits of the mean cross-entropy, from the softmax probabilities (N, C) and the N labels."""
    dlogits = probabilities.copy()
    dlogits[np.arange(len(labels)), labels] -= 1
    return dlogits / len(labels)


@retired(
    probes=[(np.array([3.0, -1.0, 5.0]), np.array([2.0, 4.0, -1.0]), 0.5), (np.array([1.0, -2.0]), np.array([0.5, 4.0]), 0.1), (W2, X3[:2], 0.01)],
    mistakes=[
        ("ascent", "theta - alpha * gradient", "theta + alpha * gradient", "This goes uphill: the gradient points to where the loss grows. Subtract it."),
        ("no_alpha", "theta - alpha * gradient", "theta - gradient", "The step size alpha is missing."),
        ("step_only", "theta - alpha * gradient", "-alpha * gradient", "That is the step; the new parameters are the old ones plus it."),
        ("sign_only", "alpha * gradient", "alpha * np.sign(gradient)", "You took the gradient's sign only; a step is proportional to the gradient."),
        ("decay", "theta - alpha * gradient", "(1 - alpha) * theta - alpha * gradient", "Theta was shrunk as well: that is weight decay, which nobody asked for here."),
    ],
)  # fmt: skip
def descent_step(theta, gradient, alpha):
    """Return the parameters after one step of gradient descent with step size alpha; theta stays as it is."""
    return theta - alpha * gradient

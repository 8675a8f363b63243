"""The patients of the bug hunt: one right forward and backward pass, and eight bugs, each an edit of its source.

All matrices of weights are square, so that a transposed one still fits.
"""

import numpy as np

from helpers.calculus.gradient_checking import gradient_check
from helpers.checks.exercise import Exercise, Mistake
from helpers.networks.losses import softmax_cross_entropy
from helpers.networks.network import forward

BLOCKS = ("W2", "b2", "W1", "b1", "X")  # in the order in which their gradients are computed


def backward_pass(params, X, labels):
    """Return the gradient of the loss by each block of weights and by X: name -> array."""
    (W1, b1), (W2, b2) = params
    N, Y = len(X), np.eye(len(b2))[labels]
    z1 = X @ W1 + b1
    h = np.tanh(z1)
    logits = h @ W2 + b2 + X
    shifted = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True)
    dlogits = (p - Y) / N
    dW2 = h.T @ dlogits
    db2 = dlogits.sum(axis=0)
    dh = dlogits @ W2.T
    dz1 = dh * (1 - h * h)
    dW1 = X.T @ dz1
    db1 = dz1.sum(axis=0)
    dX = dz1 @ W1.T
    dX += dlogits
    return {"W2": dW2, "b2": db2, "W1": dW1, "b1": db1, "X": dX}


BUGS = (  # in the order of the patients: name, right, wrong, what the evidence says
    (
        "sign", "(p - Y) / N", "(Y - p) / N",
        "Every number has the right size and the opposite sign, which makes the relative error 2 everywhere. "
        "So the fault lies where all gradients start.",
    ),
    (
        "bias not summed", "db1 = dz1.sum(axis=0)", "db1 = dz1[0]",
        "Only b1 is wrong. W1 is right, and it comes from the same dz1. "
        "The bias acts on every row of the batch, so its gradient collects from all rows.",
    ),
    (
        "missing 1/N", "dlogits = (p - Y) / N", "dlogits = p - Y",
        "Every gradient is too large by one and the same factor, the size of the batch: "
        "the loss is a mean, and a mean divides.",
    ),
    (
        "missing slope", "dz1 = dh * (1 - h * h)", "dz1 = dh",
        "W2 and b2 are right; everything that lies before tanh is wrong. "
        "On its way back the gradient has passed tanh as if its slope were 1.",
    ),
    (
        "= for +=", "dX += dlogits", "dX = dlogits",
        "Only X is wrong. X is used twice, in the first layer and beside the second; "
        "one share has overwritten the other.",
    ),
    (
        "transposed weight", "dh = dlogits @ W2.T", "dh = dlogits @ W2",
        "W2 and b2 are right; everything before the second layer is wrong. "
        "The shapes fit, since W2 is square, but the gradient has gone back by the wrong index.",
    ),
    (
        "stale cache", "dW2 = h.T @ dlogits", "dW2 = z1.T @ dlogits",
        "Only W2 is wrong. b2 is right, so its upstream is; "
        "the local factor is a value from before the activation, where the one from after it belongs.",
    ),
    (
        "softmax shift", "logits.max(axis=1, keepdims=True)", "logits.max(axis=0)",
        "Everything is wrong, and by no common factor: the probabilities themselves are off. "
        "A shift leaves softmax alone only if it is the same for all logits of a row.",
    ),
)  # fmt: skip
PATIENTS = Exercise(backward_pass, probes=(), hints=(), mistakes=tuple(Mistake(*bug) for bug in BUGS))


def data(n=4, d=3, scale=1.0, seed=4):
    """Return (params, X, labels) on which a pass is tried: n rows, d inputs, hidden units and classes."""
    rng = np.random.default_rng(seed)
    params = [(rng.normal(size=(d, d)), 0.5 * rng.normal(size=d)) for _ in range(2)]
    return params, scale * rng.normal(size=(n, d)), rng.integers(0, d, n)


def loss_of(params, X, labels):
    """The loss that `backward_pass` differentiates: a two-layer tanh network whose logits also get X itself."""
    logits, _ = forward(params, X)
    return softmax_cross_entropy(logits + X, labels)[0]


def gradient_by(function, case):
    """Run a pass on copies of the case and return its gradient as float arrays; ValueError for a wrong shape."""
    (((W1, b1), (W2, b2)), X, labels) = case
    with np.errstate(all="ignore"):
        gradient = function([(W1.copy(), b1.copy()), (W2.copy(), b2.copy())], X.copy(), labels.copy())
    for block, value in blocks(case).items():
        if np.shape(gradient[block]) != value.shape:
            raise ValueError(
                f"d{block} has the shape {np.shape(gradient[block])}, {block} has {value.shape} (the shape rule)"
            )
    return {block: np.asarray(gradient[block], float) for block in BLOCKS}


def blocks(case):
    """The arrays by which the loss is differentiated: name -> array."""
    (((W1, b1), (W2, b2)), X, _) = case
    return {"W2": W2, "b2": b2, "W1": W1, "b1": b1, "X": X}


def check_blocks(gradient, case):
    """Return the `GradientReport` of each block: name -> report."""
    values, labels = blocks(case), case[2]

    def along(block):
        def f(value):
            v = {**values, block: value}
            return loss_of([(v["W1"], v["b1"]), (v["W2"], v["b2"])], v["X"], labels)

        return f

    return {block: gradient_check(along(block), values[block], gradient[block]) for block in BLOCKS}


def flaw_elsewhere(function):
    """Words for where a pass differs from the right one, though it passes the check; empty if nowhere."""
    for case, where in (
        (data(n=7, d=4, seed=1), "for a batch of 7 rows they are wrong. Which number belongs to this batch only?"),
        (
            data(n=2, d=3, scale=3000.0, seed=2),
            "for logits of some thousands exp overflows, or a whole row becomes 0/0: each row needs its own shift.",
        ),
    ):
        got, expected = gradient_by(function, case), gradient_by(backward_pass, case)
        if not all(np.allclose(got[block], expected[block], 1e-6, 1e-9) for block in BLOCKS):
            return f"All five blocks pass here, but {where}"
    return ""

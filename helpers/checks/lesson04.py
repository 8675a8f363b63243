"""The exercises of lesson 04: probabilities of logits, and one step of a training."""

from types import SimpleNamespace

import numpy as np

from helpers.checks.exercise import exercise
from helpers.networks.losses import softmax_cross_entropy
from helpers.networks.network import Cache, backward, forward

RNG = np.random.default_rng(4)


def small(*sizes):
    """Some network with layers of these sizes."""
    pairs = zip(sizes[:-1], sizes[1:], strict=True)
    return [(RNG.normal(size=(i, o)).round(1), RNG.normal(size=o).round(1)) for i, o in pairs]


def passed_forward(net, X):
    """As the engine's forward: the output, and the input of each layer."""
    output, cache = forward(net, X)
    return output, cache.inputs


my = SimpleNamespace(  # the parts of an engine that a step calls
    forward=passed_forward,
    softmax_cross_entropy=softmax_cross_entropy,
    backward=lambda net, inputs, doutput: backward(net, Cache(inputs, "tanh"), doutput),
    ascend=lambda net, gradient, alpha: [
        (W + alpha * dW, b + alpha * db) for (W, b), (dW, db) in zip(net, gradient, strict=True)
    ],
)


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


@exercise(
    probes=[
        (small(2, 1, 2), np.array([[1.0, 2.0]]), np.array([1]), 1.0),
        (small(2, 3, 2), np.array([[1.0, -1.0], [0.5, 2.0], [-2.0, 1.0]]), np.array([0, 1, 1]), 0.5),
        (small(3, 4, 3), RNG.normal(size=(4, 3)).round(1), np.array([0, 1, 2, 1]), 0.3),
    ],
    calls={
        "my.forward": "`my.forward` takes (net, X).",
        "my.softmax_cross_entropy": "`my.softmax_cross_entropy` takes (output, labels); `my.forward` returns (output, inputs).",
        "my.backward": "`my.backward` takes (net, inputs, dlogits): `my.forward` returns (output, inputs), and `my.softmax_cross_entropy` (loss, dlogits), in this order.",
        "my.ascend": "`my.ascend` takes (net, gradient, a number), with the gradient as `my.backward` returns it; the number may be negative.",
    },
    failing=[
        ("no_arrays", "my.ascend(net, gradient, -alpha)", "net - alpha * gradient", "`net` and `gradient` are lists of pairs: `my.ascend` steps through them."),
    ],
    named=("W of layer 1", "b of layer 1", "W of layer 2", "b of layer 2"),
    hints=[
        "Four calls, in the order of the way: forward, the loss, back, and a step. Each needs what the one before has returned.",
        "`my.backward` takes the network, the inputs that `my.forward` has kept, and what arrives at the output: dlogits.",
    ],
    mistakes=[
        ("up", "-alpha", "alpha", "That is a step *up*: the loss would rise. `my.ascend` adds α times the gradient."),
        ("output_back", "my.backward(net, inputs, dlogits)", "my.backward(net, inputs, output)", "What goes back is dlogits, by which the loss tells the output where to go, and not the output."),
        ("no_alpha", "-alpha", "-1.0", "The step is the gradient itself: `alpha` is never used."),
        ("twice_divided", "inputs, dlogits)", "inputs, dlogits / len(X))", "It was divided by the number of points once more: in dlogits the 1/N is already."),
        ("times_loss", "inputs, dlogits)", "inputs, loss * dlogits)", "The loss itself does not go back, only its derivative, dlogits."),
        ("twice", "-alpha)", "-2 * alpha)", "The step is twice as long as asked."),
        ("gradient", "my.ascend(net, gradient, -alpha)", "gradient", "That is the gradient. Asked is the network after the step."),
        ("still", "my.ascend(net, gradient, -alpha)", "net", "That is the network as it was: `my.ascend` returns a new one, and leaves the old one as it is."),
    ],
)  # fmt: skip
def step_down(net, X, labels, alpha):
    """Return the network after one step of alpha down the cross-entropy."""
    output, inputs = my.forward(net, X)
    loss, dlogits = my.softmax_cross_entropy(output, labels)
    gradient = my.backward(net, inputs, dlogits)
    return my.ascend(net, gradient, -alpha)

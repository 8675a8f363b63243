"""Fully connected networks with hand-written forward and backward passes.

A network is a list of (W, b), one pair a layer: W of shape (d_in, d_out), b of shape (d_out,). A layer is h @ W + b; an
activation stands between layers, and the last layer has none. float32 in, float32 out; float64 in, float64 out.
Source: Goodfellow, Bengio & Courville, Deep Learning, section 6.5, algorithms 6.3 and 6.4.
"""

from typing import NamedTuple

import numpy as np


class Cache(NamedTuple):
    """What forward leaves for backward."""

    inputs: list  # of each layer: X, then the hidden activations h, each (N, d_in)
    activation: str


def tanh(z):
    """tanh of z, written over z."""
    return np.tanh(z, out=z)


def tanh_slope(h):
    """Slope of tanh where its output is h."""
    return 1 - h * h


def sigmoid(z):
    """1 / (1 + exp(-z)) by tanh, which never overflows."""
    return 0.5 * (1 + np.tanh(0.5 * z))


def sigmoid_slope(h):
    """Slope of the sigmoid where its output is h."""
    return h * (1 - h)


def relu(z):
    """max(z, 0), written over z."""
    return np.maximum(z, 0, out=z)


def relu_slope(h):
    """Slope of ReLU where its output is h; 0 at the kink."""
    return h > 0


ACTIVATIONS = {"tanh": (tanh, tanh_slope), "sigmoid": (sigmoid, sigmoid_slope), "relu": (relu, relu_slope)}


def forward(params, X, activation="tanh"):
    """Return (output, cache) for inputs X of shape (N, d_in); output: (N, d_out), without activation.

    Raises ValueError that names the layer and both shapes where they do not fit, or for another activation.
    """
    check_layers(params, X)
    activate, _ = activation_named(activation)
    inputs = [np.asarray(X)]
    for W, b in params[:-1]:
        z = inputs[-1] @ W
        z += b
        inputs.append(activate(z))
    W, b = params[-1]
    return inputs[-1] @ W + b, Cache(inputs, activation)


def backward(params, cache, doutput):
    """Return the gradient as a list of (dW, db), given dL/doutput of shape (N, d_out) and forward's cache.

    Raises ValueError when doutput does not have the output's shape.
    """
    check_upstream(params, cache, doutput)
    _, slope = activation_named(cache.activation)
    gradient, dz = [], np.asarray(doutput)
    for (W, _), h in zip(params[:0:-1], cache.inputs[:0:-1], strict=True):
        gradient.append((h.T @ dz, dz.sum(axis=0)))
        dh = dz @ W.T
        dh *= slope(h)
        dz = dh
    gradient.append((cache.inputs[0].T @ dz, dz.sum(axis=0)))
    return gradient[::-1]


def softmax_cross_entropy(logits, labels):
    """Return (loss, dlogits): mean over the batch of -log softmax(logits)[label], and its gradient.

    logits: (N, C), N >= 1; labels: N whole numbers below C. The largest logit of each row is subtracted first, so that
    nothing overflows. ValueError names what does not fit. Source: Goodfellow et al., sections 4.1 and 6.2.2.
    """
    logits, labels = np.asarray(logits), np.asarray(labels)
    if logits.ndim != 2 or logits.size == 0:
        raise ValueError(f"logits must have a shape (N, C) without zeros, it is {logits.shape}")
    N, C = logits.shape
    whole = labels.shape == (N,) and np.issubdtype(labels.dtype, np.integer)
    if not whole or labels.min() < 0 or labels.max() >= C:
        raise ValueError(f"labels must be {N} whole numbers from 0 to {C - 1}, one for each row; it is {labels!r}")
    rows = np.arange(N)
    shifted = logits - logits.max(axis=1, keepdims=True)
    exponentials = np.exp(shifted)
    sums = exponentials.sum(axis=1, keepdims=True)
    loss = np.mean(np.log(sums[:, 0]) - shifted[rows, labels])
    dlogits = exponentials / sums
    dlogits[rows, labels] -= 1
    dlogits /= N
    return loss, dlogits


def mean_squared_error(output, target):
    """Return (loss, doutput): the mean of (output - target)**2 over all entries, and its gradient.

    Both have one shape, not empty; else ValueError.
    """
    output, target = np.asarray(output), np.asarray(target)
    if output.shape != target.shape or output.size == 0:
        raise ValueError(f"target must have output's shape {output.shape}, not empty; it has {target.shape}")
    difference = output - target
    return np.sum(difference**2) / difference.size, 2 / difference.size * difference


def init_params(sizes, rng, scheme="glorot", dtype=np.float64):
    """Return a list of (W, b) for layers of the given sizes: normal weights, zero biases.

    rng: a `numpy.random.Generator`; scheme: 'glorot' (variance 2 / (d_in + d_out); Glorot & Bengio, 2010, eq. 12),
    'he' (variance 2 / d_in; He et al., 2015, eq. 10), 'zero', or a number, the standard deviation.
    Raises ValueError for fewer than two sizes, sizes below 1 or another scheme.
    """
    if len(sizes) < 2 or min(sizes) < 1:
        raise ValueError(f"sizes must hold at least two positive numbers, it is {sizes}")
    scales = {"glorot": lambda i, o: (2 / (i + o)) ** 0.5, "he": lambda i, o: (2 / i) ** 0.5, "zero": lambda i, o: 0.0}
    if scheme not in scales and (isinstance(scheme, str) or not scheme >= 0):
        raise ValueError(f"scheme must be one of {', '.join(scales)} or a standard deviation, not {scheme!r}")
    scale = scales.get(scheme, lambda i, o: scheme)
    pairs = zip(sizes[:-1], sizes[1:], strict=True)
    return [((scale(i, o) * rng.normal(size=(i, o))).astype(dtype), np.zeros(o, dtype)) for i, o in pairs]


def activation_named(name):
    """Return (activation, slope) of that name; ValueError for another."""
    if name not in ACTIVATIONS:
        raise ValueError(f"activation must be one of {', '.join(ACTIVATIONS)}, not {name!r}")
    return ACTIVATIONS[name]


def check_layers(params, X):
    """Raise ValueError, with the layer's number and both shapes, unless X and all layers fit together."""
    shape = np.shape(X)
    if len(shape) != 2:
        raise ValueError(f"X must have the shape (N, d_in), one row for each input; it has {shape}")
    for layer, (W, b) in enumerate(params):
        if W.ndim != 2 or b.shape != W.shape[1:]:
            raise ValueError(f"layer {layer}: W of shape {W.shape} and b of shape {b.shape} do not make a layer")
        if shape[1] != W.shape[0]:
            source = "X" if layer == 0 else f"the output of layer {layer - 1}"
            raise ValueError(f"layer {layer}: W of shape {W.shape} does not fit {source} of shape {shape}")
        shape = (shape[0], W.shape[1])


def check_upstream(params, cache, doutput):
    """Raise ValueError unless doutput has the output's shape (the shape rule)."""
    expected = (len(cache.inputs[0]), params[-1][0].shape[1])
    if np.shape(doutput) != expected:
        raise ValueError(f"doutput must have the output's shape {expected}, it has {np.shape(doutput)}")

"""Fully connected networks with hand-written forward and backward passes, for one network or many side by side.

A network is a list of (W, b), one pair a layer: W of shape (d_in, d_out), b of shape (d_out,). A layer is h @ W + b; an
activation stands between layers, and the last layer has none. float32 in, float32 out; float64 in, float64 out.
n networks of one form are such a list as well, with W of shape (n, d_in, d_out) and b of shape (n, 1, d_out).
Source: Goodfellow, Bengio & Courville, Deep Learning, section 6.5, algorithms 6.3 and 6.4.
"""

from typing import NamedTuple

import numpy as np

from helpers.calculus.validation import checked
from helpers.networks.activations import ACTIVATIONS, activation_named, numbers, sigmoid, sigmoid_slope, tanh_slope  # noqa: F401
from helpers.networks.losses import mean_squared_error, softmax_cross_entropy  # noqa: F401


class Cache(NamedTuple):
    """What forward leaves for backward."""

    inputs: list  # of each layer: X, then the hidden activations h, each (N, d_in)
    activation: str


def check_layers(params, X):
    """Raise an error, with the layer's number and both shapes, unless the array X and all layers fit together."""
    if X.ndim < 2:
        raise ValueError(f"X must have the shape (N, d_in), one row for each input; it has {X.shape}")
    if not isinstance(params, (list, tuple)) or len(params) == 0:
        raise ValueError(f"params must be a list of (W, b), one for each layer; it is {params!r}")
    *networks, N, width = X.shape
    for k, layer in enumerate(params):
        if not is_pair(layer):
            raise TypeError(f"layer {k} must be (W, b), two floating-point arrays of one kind, not {layer!r}")
        W, b = layer
        *side_by_side, d_in, d_out = W.shape if W.ndim > 1 else (0, *W.shape)
        if W.ndim < 2 or b.shape != ((*side_by_side, 1, d_out) if side_by_side else (d_out,)):
            raise ValueError(f"layer {k}: W of shape {W.shape} and b of shape {b.shape} do not make a layer")
        if k == 0 and X.ndim == 2:
            networks = side_by_side  # which all get the same X
        if d_in != width or side_by_side != networks:
            source = f"the output of layer {k - 1} of shape {(*networks, N, width)}" if k else f"X of shape {X.shape}"
            raise ValueError(f"layer {k}: W of shape {W.shape} does not fit {source}")
        width = d_out


def is_pair(layer):
    """Whether layer is a pair of arrays of one kind, floating-point or complex."""
    try:
        W, b = layer
        return W.dtype == b.dtype and W.dtype.kind in "fc"
    except (AttributeError, TypeError, ValueError):
        return False


def check_forward(params, X, activation="tanh"):
    """The arguments of forward; errors as there."""
    activation_named(activation)
    X = numbers(X, "X")
    check_layers(params, X)
    return params, X, activation


@checked(check_forward)
def forward(params, X, activation="tanh"):
    """Return (output, cache) for inputs X of shape (N, d_in); output: (N, d_out), without activation.

    For n networks X is (n, N, d_in), or (N, d_in) for all of them, and output is (n, N, d_out).
    Raises ValueError that names the layer and both shapes where they do not fit, or for another activation; TypeError
    for what holds no floating-point numbers.
    """
    activate, _ = ACTIVATIONS[activation]
    inputs = [X]
    for W, b in params[:-1]:
        z = inputs[-1] @ W
        z += b
        inputs.append(activate(z))
    W, b = params[-1]
    return inputs[-1] @ W + b, Cache(inputs, activation)


def check_backward(params, cache, doutput):
    """The arguments of backward; errors as there."""
    doutput, inputs = numbers(doutput, "doutput"), getattr(cache, "inputs", ())
    if len(inputs) != len(params) or any(h.shape[-1] != W.shape[-2] for (W, _), h in zip(params, inputs, strict=True)):
        raise ValueError(f"cache must be what forward returned for params, their shapes do not fit: {cache!r}")
    W = params[-1][0]
    expected = (*W.shape[:-2], inputs[0].shape[-2], W.shape[-1])
    if doutput.shape != expected:
        raise ValueError(f"doutput must have the output's shape {expected}, it has {doutput.shape}")
    return params, cache, doutput


@checked(check_backward)
def backward(params, cache, doutput):
    """Return the gradient as a list of (dW, db), given dL/doutput of the output's shape and forward's cache.

    Raises ValueError when doutput does not have the output's shape, or the cache is another network's.
    """
    _, slope = ACTIVATIONS[cache.activation]
    gradient, dz = [], doutput
    for layer in reversed(range(len(params))):
        (W, b), h = params[layer], cache.inputs[layer]
        gradient.append((h.mT @ dz, dz.sum(axis=-2, keepdims=b.ndim > 1)))
        if layer > 0:
            dh = dz @ W.mT
            dh *= slope(h)
            dz = dh
    return gradient[::-1]


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

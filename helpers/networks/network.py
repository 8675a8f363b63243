"""Fully connected networks with hand-written forward and backward passes, for one network or many side by side.

A network is a list of (W, b), one pair a layer: W of shape (d_in, d_out), b of shape (d_out,). A layer is h @ W + b; an
activation stands between layers, and the last layer has none. float32 in, float32 out; float64 in, float64 out.
n networks of one form are such a list as well, with W of shape (n, d_in, d_out) and b of shape (n, 1, d_out).
Source: Goodfellow, Bengio & Courville, Deep Learning, section 6.5, algorithms 6.3 and 6.4.
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from helpers.calculus.validation import LARGEST, check_choice, check_generator, checked, in_range, numbers
from helpers.networks.activations import ACTIVATIONS
from helpers.networks.validation import check_layers, check_sizes, pairs


class Cache(NamedTuple):
    """What forward leaves for backward."""

    inputs: list  # of each layer: X, then the hidden activations h, each (N, d_in)
    activation: str


def check_forward(params, X, activation="tanh"):
    """The arguments of forward; errors as there."""
    X = numbers(X, "X")
    check_layers(params, X)
    check_choice(ACTIVATIONS, activation=activation)
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
    try:
        widths, lengths = [W.shape[-2] for W, _ in pairs(params, "params")], {h.shape[-2] for h in inputs}
        fits = [h.shape[-1] for h in inputs] == widths and len(lengths) == 1 and cache.activation in ACTIVATIONS
        expected = (*params[-1][0].shape[:-2], *lengths, params[-1][0].shape[-1])
    except (AttributeError, IndexError, TypeError, ValueError):
        fits = False
    if not fits:
        raise ValueError(f"params and cache must be those of one call of forward: {params!r} and {cache!r} do not fit")
    if doutput.shape != expected:
        raise ValueError(f"doutput must have the output's shape {expected}, it has {doutput.shape}")
    return params, cache, doutput.astype(np.result_type(doutput, *inputs), copy=False)


def checked_cache(params, cache, doutput, kind):
    """Return (*cache, doutput) for a network of another form, whose forward pass leaves this kind of cache."""
    if not isinstance(cache, kind) or len(cache[1]) != len(pairs(params, "params")) - 1:
        raise TypeError(f"cache must be what the forward pass of params left, a {kind.__name__}, not {cache!r}")
    return *cache, check_backward(params, Cache(cache.inputs, "tanh"), doutput)[-1]


def going_back(params, cache, dz):
    """Yield dz = dL/dz of each layer, last layer first, given that of the last."""
    _, slope = ACTIVATIONS[cache.activation]
    yield dz
    for (W, _), h in zip(params[:0:-1], cache.inputs[:0:-1], strict=True):
        dz = dz @ W.mT
        dz *= slope(h)
        yield dz


@checked(check_backward)
def backward(params, cache, doutput):
    """Return the gradient as a list of (dW, db), given dL/doutput of the output's shape and forward's cache.

    Raises ValueError when doutput does not have the output's shape, or the cache is another network's.
    """
    layers = zip(params[::-1], cache.inputs[::-1], going_back(params, cache, doutput), strict=True)
    return [(h.mT @ dz, dz.sum(axis=-2, keepdims=b.ndim > 1)) for (_, b), h, dz in layers][::-1]


def init_params(sizes, rng, scheme="glorot", dtype=np.float64):
    """Return a list of (W, b) for layers of the given sizes: normal weights, zero biases.

    rng: a `numpy.random.Generator`; scheme: 'glorot' (variance 2 / (d_in + d_out); Glorot & Bengio, 2010, eq. 12),
    'he' (variance 2 / d_in; He et al., 2015, eq. 10), 'zero', or a number, the standard deviation, for a
    hundred times which dtype must have room.
    Raises ValueError for fewer than two sizes, sizes below 1, another scheme or a dtype that is not floating-point.
    """
    sizes = check_sizes(sizes)
    check_generator(rng)
    if not isinstance(dtype, type | str | np.dtype) or not any(np.dtype(kind) == dtype for kind in "efdg"):
        raise ValueError(f"dtype must be a kind of floating-point numbers, such as 'float32', not {dtype!r}")
    scales = {"glorot": lambda i, o: (2 / (i + o)) ** 0.5, "he": lambda i, o: (2 / i) ** 0.5, "zero": lambda i, o: 0.0}
    most = 0.01 * min(float(np.finfo(dtype).max), LARGEST)  # no weight drawn is a hundred times the standard deviation
    if in_range(scheme, most):
        scales[scheme] = lambda i, o: scheme
    elif not isinstance(scheme, str) or scheme not in scales:
        raise ValueError(f"scheme must be {', '.join(scales)} or a standard deviation up to {most:.0e}, not {scheme!r}")
    return [
        ((scales[scheme](d_in, d_out) * rng.normal(size=(d_in, d_out))).astype(dtype), np.zeros(d_out, dtype))
        for d_in, d_out in pairwise(sizes)
    ]

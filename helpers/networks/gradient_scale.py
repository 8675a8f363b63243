"""How large the numbers in a network are, layer by layer; clipping.

Arrays of different shapes are compared by their rms, the root of the mean of the squares: the norm divided by the root
of the number of entries. It is what the lesson calls an array's size.
"""

from typing import NamedTuple

import numpy as np

from helpers.calculus.validation import checked
from helpers.networks.activations import ACTIVATIONS
from helpers.networks.network import check_backward, forward
from helpers.networks.validation import check_range, filled, pairs, squarable


class LayerSizes(NamedTuple):
    """One number for each layer, in three arrays of shape (layers,)."""

    h: np.ndarray  # rms of what goes into the layer
    dz: np.ndarray  # rms of what arrives from behind, at the layer's z
    dW: np.ndarray  # rms of the weights' gradient h.T @ dz, divided by sqrt(N)


@checked(lambda array: squarable([filled(array, "array")], "array"))
def rms(array):
    """Root of the mean square of the entries.

    Raises ValueError where there are none, or one that is infinite, NaN or out of the range of squares.
    """
    return np.sqrt(np.mean(np.square(array)))


@checked(check_backward)
def upstream(params, cache, doutput):
    """Return dz of every layer, first layer first: what lesson 04's backward computes on its way and does not keep.

    Arguments and errors are those of `backward`.
    """
    _, slope = ACTIVATIONS[cache.activation]
    found = [doutput]
    for (W, _), h in zip(params[:0:-1], cache.inputs[:0:-1], strict=True):
        found.append((found[-1] @ W.mT) * slope(h))
    return found[::-1]


@checked(lambda params, X, doutput, activation="tanh": (params, filled(X, "X", ndim=2), doutput, activation))
def layer_sizes(params, X, doutput, activation="tanh"):
    """Measure the `LayerSizes` of a network for inputs X of shape (N, d_in) and doutput of shape (N, d_out).

    Raises ValueError where N is 0; the other errors are those of `forward`, `backward` and `rms`.
    """
    _, cache = forward(params, X, activation)
    dz = upstream(params, cache, doutput)
    dW = [h.mT @ d / np.sqrt(len(X)) for h, d in zip(cache.inputs, dz, strict=True)]
    return LayerSizes(*(np.array([rms(each) for each in arrays]) for arrays in (cache.inputs, dz, dW)))


@checked(lambda gradient: ([squarable([d for pair in pairs(gradient, "gradient") for d in pair], "gradient")],))
def global_norm(gradient):
    """Norm of a list of (dW, db), all entries taken together as one long vector.

    Raises TypeError unless it is such a list, ValueError unless it is finite and in the range of squares.
    """
    return np.sqrt(sum(np.sum(d**2) for layer in gradient for d in layer))


def check_clip(gradient, limit):
    """The arguments of clip_by_global_norm; errors as there, and global_norm checks the gradient."""
    if np.ndim(limit) > 0 or limit != np.inf:
        check_range(np.inf, limit=limit)
    return gradient, limit


@checked(check_clip)
def clip_by_global_norm(gradient, limit):
    """Return a list of (dW, db) no longer than limit: shortened where it is longer, else as it is.

    Raises ValueError for a limit that is negative or NaN, and for a gradient the errors of `global_norm`.
    Source: Pascanu, Mikolov & Bengio (2013), algorithm 1.
    """
    norm = global_norm(gradient)
    if norm <= limit:
        return gradient
    return [tuple((limit / norm * d).astype(d.dtype) for d in layer) for layer in gradient]

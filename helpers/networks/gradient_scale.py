"""How large the numbers in a network are, layer by layer.

Arrays of different shapes are compared by their rms, the root of the mean of the squares: the norm divided by the root
of the number of entries. It is what the lesson calls an array's size.
"""

from typing import NamedTuple

import numpy as np

from helpers.calculus.validation import check_counts, checked, real_array
from helpers.networks.network import check_backward, forward, going_back
from helpers.networks.validation import filled, pairs, squarable


class LayerSizes(NamedTuple):
    """One number for each layer, in three arrays of shape (layers,)."""

    h: np.ndarray  # rms of what goes into the layer
    dz: np.ndarray  # rms of what arrives from behind, at the layer's z
    dW: np.ndarray  # rms of the weights' gradient h.T @ dz, divided by sqrt(N)


def rms(array):
    """Root of the mean square of the entries.

    Raises ValueError where there are none, or one that is infinite, NaN or out of the range of squares.
    """
    (array,) = squarable([filled(array, "array")], "array")
    return np.sqrt(np.mean(np.square(array)))


@checked(check_backward)
def upstream(params, cache, doutput):
    """Return dz of every layer, first layer first: what lesson 04's backward computes on its way and does not keep.

    Arguments and errors are those of `backward`.
    """
    return [*going_back(params, cache, doutput)][::-1]


def layer_sizes(params, X, doutput, activation="tanh"):
    """Measure the `LayerSizes` of a network for inputs X of shape (N, d_in) and doutput of shape (N, d_out).

    Raises ValueError where N is 0; the other errors are those of `forward`, `backward` and `rms`.
    """
    X, doutput = filled(X, "X", ndim=2), real_array(doutput, "doutput")
    _, cache = forward(params, X, activation)
    dz = upstream(params, cache, doutput)
    dW = [h.mT @ d / np.sqrt(len(X)) for h, d in zip(cache.inputs, dz, strict=True)]
    return LayerSizes(*(np.array([rms(each) for each in arrays]) for arrays in (cache.inputs, dz, dW)))


def global_norm(gradient):
    """Norm of a list of (dW, db), all entries taken together as one long vector.

    Raises TypeError unless it is such a list, ValueError unless it is finite and in the range of squares.
    """
    arrays = [d for pair in pairs(gradient, "gradient") for d in pair]
    return np.sqrt(sum(np.sum(d**2) for d in squarable(arrays, "gradient")))


def gone_back(net, forward, backward, N):
    """The gradient [(dW, db), ...] where N random rows go in and random numbers arrive from behind."""
    check_counts(1, N=N)
    (W, _), (_, b) = pairs(net, "net")[0], net[-1]
    rng = np.random.default_rng(1)
    X, doutput = rng.normal(size=(N, len(W))), rng.normal(size=(N, len(b)))
    _, cache = forward(net, X)
    return backward(net, cache, doutput)


def sizes_of_dz(net, forward, backward):
    """Size of dz in each layer, shape (layers,), for one row: there db is dz itself.

    net: [(W, b), ...]; forward, backward: as those of `helpers.networks`, whose errors they raise.
    """
    return np.array([rms(db) for _, db in gone_back(net, forward, backward, 1)])


def sizes_of_dW(net, forward, backward, N=100):
    """Size of dW in each layer, shape (layers,), for N rows, divided by the root of N; the rest is as above."""
    return np.array([rms(dW) / np.sqrt(N) for dW, _ in gone_back(net, forward, backward, N)])

"""How large the numbers in a network are, layer by layer, measured and predicted; saturation, dead units, clipping.

The *size* of an array is the root of the mean of its squares: its norm divided by the root of the number of entries.
"""

from typing import NamedTuple

import numpy as np

from helpers.networks.activations import activation_named
from helpers.networks.network import forward


class LayerSizes(NamedTuple):
    """One number for each layer, in three arrays of shape (layers,)."""

    h: np.ndarray  # size of what goes into the layer
    dz: np.ndarray  # size of what arrives from behind, at the layer's z
    dW: np.ndarray  # size of the weights' gradient h.T @ dz, divided by sqrt(N)


def rms(array):
    """Root of the mean square of the entries."""
    return np.sqrt(np.mean(np.square(array)))


def upstream(params, cache, doutput):
    """Return dz of every layer, first layer first: what lesson 04's backward computes on its way and does not keep."""
    _, slope = activation_named(cache.activation)
    found = [doutput]
    for (W, _), h in zip(params[:0:-1], cache.inputs[:0:-1], strict=True):
        found.append((found[-1] @ W.mT) * slope(h))
    return found[::-1]


def layer_sizes(params, X, doutput, activation="tanh"):
    """Measure the `LayerSizes` of a network for inputs X of shape (N, d_in) and doutput of shape (N, d_out)."""
    _, cache = forward(params, X, activation)
    dz = upstream(params, cache, doutput)
    dW = [h.T @ d / np.sqrt(len(X)) for h, d in zip(cache.inputs, dz, strict=True)]
    return LayerSizes(*(np.array([rms(each) for each in arrays]) for arrays in (cache.inputs, dz, dW)))


def mean_squares(activation, spread):
    """Return the means of A(z)**2 and A'(z)**2 when z is normal with mean 0 and standard deviation `spread`."""
    activate, slope = activation_named(activation)
    t = np.linspace(-8, 8, 800)  # an even number, so that ReLU's kink at 0 is not among them
    density = np.exp(-(t**2) / 2) / np.exp(-(t**2) / 2).sum()
    h = activate(spread * t)
    return density @ h**2, density @ slope(h).astype(float) ** 2


def predicted_sizes(depth, width, std, activation="tanh"):
    """Predict the `LayerSizes` of `depth` layers of equal width, for X and doutput of size 1 and zero biases.

    Every mean square is multiplied by width * std**2 in a layer, and by the mean square of the slope on the way back.
    Source: Glorot & Bengio (2010), eqs. 5 and 6, where all slopes are 1; He et al. (2015), section 2.2, where their
    mean square is 1/2; Schoenholz et al., Deep information propagation (2017), who average over normal z, as here.
    """
    h, slopes = [1.0], []
    for _ in range(depth - 1):
        h_square, slope_square = mean_squares(activation, std * np.sqrt(width) * h[-1])
        h.append(np.sqrt(h_square))
        slopes.append(slope_square)
    shrink = std * np.sqrt(width * np.array(slopes[::-1]))
    dz = np.cumprod([1.0, *shrink])[::-1]
    return LayerSizes(np.array(h), dz, np.array(h) * dz)


def saturation(h, bound=0.99):
    """Share of the entries of h beyond the bound: for tanh, where the slope is below 1 - bound**2, about 0.02."""
    return np.mean(np.abs(h) > bound)


def count_dead(h):
    """How many units (columns of h) are 0 for every input (row)."""
    return int(np.all(h == 0, axis=0).sum())


def global_norm(gradient):
    """Norm of a list of (dW, db), all entries taken together as one long vector."""
    return np.sqrt(sum(np.sum(d**2) for layer in gradient for d in layer))


def clip_by_global_norm(gradient, limit):
    """Return a list of (dW, db) no longer than limit: shortened where it is longer, else as it is.

    Source: Pascanu, Mikolov & Bengio (2013), algorithm 1.
    """
    norm = global_norm(gradient)
    if norm <= limit:
        return gradient
    return [(limit / norm * dW, limit / norm * db) for dW, db in gradient]

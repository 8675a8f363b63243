"""How large the numbers in a network are, layer by layer, measured and predicted; saturation, dead units, clipping.

Arrays of different shapes are compared by their rms, the root of the mean of the squares: the norm divided by the root
of the number of entries. It is what the lesson calls an array's size.
"""

from typing import NamedTuple

import numpy as np

from helpers.calculus.validation import checked
from helpers.networks.activations import ACTIVATIONS, known
from helpers.networks.network import check_backward, forward
from helpers.networks.validation import check_counts, check_range, filled, pairs, squarable


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


@checked(lambda activation, spread: (known(activation), *check_range(np.inf, spread=spread)))
def mean_squares(activation, spread):
    """Return the means of A(z)**2 and A'(z)**2 when z is normal with mean 0 and standard deviation `spread`.

    Raises ValueError for another activation, or a spread that is negative or not finite.
    """
    activate, slope = ACTIVATIONS[activation]
    t = np.linspace(-8, 8, 800)  # an even number, so that ReLU's kink at 0 is not among them
    density = np.exp(-(t**2) / 2) / np.exp(-(t**2) / 2).sum()
    h = activate(spread * t)
    return density @ h**2, density @ slope(h).astype(float) ** 2


def check_predicted(depth, width, std, activation="tanh"):
    """The arguments of predicted_sizes; errors as there."""
    return *check_counts(1, depth=depth, width=width), *check_range(np.inf, std=std), known(activation)


@checked(check_predicted)
def predicted_sizes(depth, width, std, activation="tanh"):
    """Predict the `LayerSizes` of `depth` layers of equal width, for X and doutput of rms 1 and zero biases.

    Every mean square is multiplied by width * std**2 in a layer, and by the mean square of the slope on the way back.
    Raises ValueError for a depth or width below 1, a negative or infinite std, or another activation.
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


@checked(lambda h, bound=0.99: (filled(h, "h"), *check_range(np.inf, bound=bound)))
def saturation(h, bound=0.99):
    """Share of the entries of h beyond the bound: for tanh, where the slope is below 1 - bound**2, about 0.02.

    Raises ValueError for an h that is empty or not finite, or a negative bound.
    """
    return np.mean(np.abs(h) > bound)


@checked(lambda h: (filled(h, "h", ndim=2),))
def count_dead(h):
    """How many units (columns of h) are 0 for every input (row).

    Raises ValueError unless h is finite and (N, units), with at least one input.
    """
    return int(np.all(h == 0, axis=0).sum())


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

"""Batch normalisation before each tanh: z with mean 0 and mean square 1, over the batch.

Source: Ioffe & Szegedy, Batch normalization (2015), algorithm 1; their learned scale and shift are left out here.
"""

from typing import NamedTuple

import numpy as np

from helpers.networks.network import check_forward, checked_cache


class NormalisedCache(NamedTuple):
    """What normalised_forward leaves: the inputs of each layer, and what `normalise` returned for each but the last."""

    inputs: list
    normalised: list


def normalise(z):
    """Return (n, s): columns of mean 0 and mean square 1, and what z was divided by."""
    s = np.sqrt(z.var(axis=0) + 1e-12)  # never 0
    return (z - z.mean(axis=0)) / s, s


def normalise_backward(n, s, dn):
    """Return dz, given what normalise returned, and dn."""
    return (dn - dn.mean(axis=0) - n * (n * dn).mean(axis=0)) / s


def normalised_forward(params, X):
    """Return (output, cache) of a network whose z are normalised over the batch X, each before its tanh.

    Raises ValueError for fewer than two inputs, and the errors of `forward`.
    """
    params, X, _ = check_forward(params, X)
    if X.ndim != 2 or len(X) < 2:
        raise ValueError(f"X must hold two inputs or more, which have a mean; its shape is {X.shape}")
    if params[0][0].ndim != 2:
        raise ValueError(f"params must be those of one network, its first W has the shape {params[0][0].shape}")
    inputs, normalised = [X], []
    for W, b in params[:-1]:
        normalised.append(normalise(inputs[-1] @ W + b))
        inputs.append(np.tanh(normalised[-1][0]))
    W, b = params[-1]
    return inputs[-1] @ W + b, NormalisedCache(inputs, normalised)


def normalised_backward(params, cache, doutput, through=normalise_backward):
    """Return the gradient as a list of (dW, db), given dL/doutput and normalised_forward's cache.

    through: a function like `normalise_backward`.
    Raises TypeError for another cache, and the errors of `backward`.
    """
    inputs, normalised, dz = checked_cache(params, cache, doutput, NormalisedCache)
    gradient = []
    for k in reversed(range(len(params))):
        h, (W, _) = inputs[k], params[k]
        gradient.insert(0, (h.T @ dz, dz.sum(axis=0)))
        if k > 0:
            dz = through(*normalised[k - 1], (dz @ W.T) * (1 - h**2))
    return gradient

"""Networks whose inner layers add to what they get: h becomes h + tanh(h @ W + b).

Source: He, Zhang, Ren & Sun, Deep residual learning (2016), eq. 1; their branch has two layers, this one has one.
"""

from typing import NamedTuple

import numpy as np

from helpers.networks.network import check_forward, checked_cache


class ResidualCache(NamedTuple):
    """What residual_forward leaves: the inputs of each layer, and tanh(z) of each but the last, before h is added."""

    inputs: list
    branches: list


def residual_forward(params, X):
    """Return (output, cache) of a network whose inner layers add to what they get.

    params: as in helpers.networks.network, all layers but the first and the last square.
    Raises ValueError for other layers, and the errors of `forward`.
    """
    params, X, _ = check_forward(params, X)
    shapes = [W.shape for W, _ in params]
    if len(shapes) < 2 or any(len(shape) > 2 for shape in shapes) or any(m != n for m, n in shapes[1:-1]):
        raise ValueError(f"params must hold two layers or more, square between the first and the last; not {shapes}")
    W, b = params[0]
    h = np.tanh(X @ W + b)
    inputs, branches = [X], [h]
    for W, b in params[1:-1]:
        branches.append(np.tanh(h @ W + b))
        inputs.append(h)
        h = h + branches[-1]
    inputs.append(h)
    W, b = params[-1]
    return h @ W + b, ResidualCache(inputs, branches)


def skip_backward(W, branch, dh_out):
    """Return (dz, dh) of h_out = h + branch, branch = tanh(z), z = h @ W + b, given dL/dh_out."""
    dz = dh_out * (1 - branch**2)
    return dz, dh_out + dz @ W.T  # past the branch, and through it


def residual_backward(params, cache, doutput, skip=skip_backward):
    """Return the gradient [(dW, db), ...], given dL/doutput and this cache.

    skip: a function like `skip_backward`.
    Raises TypeError for a cache that is not residual_forward's, and the errors of `backward`.
    """
    inputs, branches, doutput = checked_cache(params, cache, doutput, ResidualCache)
    gradient = [(inputs[-1].T @ doutput, doutput.sum(axis=0))]
    dh = doutput @ params[-1][0].T
    for layer in reversed(range(1, len(params) - 1)):
        dz, dh = skip(params[layer][0], branches[layer], dh)
        gradient.append((inputs[layer].T @ dz, dz.sum(axis=0)))
    dz = dh * (1 - branches[0] ** 2)
    return [(inputs[0].T @ dz, dz.sum(axis=0)), *gradient[::-1]]

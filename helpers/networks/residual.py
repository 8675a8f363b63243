"""Networks whose inner layers add to what they get: h becomes h + A(h @ W + b).

Source: He, Zhang, Ren & Sun, Deep residual learning (2016), eq. 1; their branch has two layers, this one has one.
"""

from typing import NamedTuple

from helpers.networks.activations import activation_named


class ResidualCache(NamedTuple):
    """What residual_forward leaves for residual_backward."""

    inputs: list  # of each layer, as in helpers.networks.network
    branches: list  # A(z) of each layer but the last, before h is added
    activation: str


def residual_forward(params, X, activation="tanh"):
    """Return (output, cache); params: as in helpers.networks.network, all layers but the first and the last square."""
    activate, _ = activation_named(activation)
    W, b = params[0]
    h = activate(X @ W + b)
    inputs, branches = [X], [h]
    for W, b in params[1:-1]:
        branches.append(activate(h @ W + b))
        inputs.append(h)
        h = h + branches[-1]
    inputs.append(h)
    W, b = params[-1]
    return h @ W + b, ResidualCache(inputs, branches, activation)


def residual_backward(params, cache, doutput):
    """Return the gradient as a list of (dW, db), given dL/doutput and residual_forward's cache."""
    _, slope = activation_named(cache.activation)
    gradient = [(cache.inputs[-1].T @ doutput, doutput.sum(axis=0))]
    dh = doutput @ params[-1][0].T
    for layer in range(len(params) - 2, -1, -1):
        h, (W, _) = cache.inputs[layer], params[layer]
        dz = dh * slope(cache.branches[layer])
        gradient.append((h.T @ dz, dz.sum(axis=0)))
        if layer > 0:
            dh = dh + dz @ W.T  # past the branch, and through it
    return gradient[::-1]

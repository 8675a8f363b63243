"""Networks that something is wrong with, for lesson 05: what is seen of them are the sizes in their layers."""

import numpy as np

from helpers.calculus.validation import any_array, check_choice
from helpers.networks.gradient_scale import layer_sizes
from helpers.networks.network import init_params
from helpers.networks.validation import filled

DEPTH, WIDTH, SEED = 20, 100, 7
LEAST, MOST = 0.1, 10.0  # between these is the size of what a healthy network lets through
SICK = {  # name: (std times the root of the width, activation, the layer that is 1000 times too small)
    "A": (1.0, "sigmoid", None),
    "B": (1.0, "tanh", 10),
    "C": (3.0, "tanh", None),
    "D": (1.0, "relu", None),
}


def patient(name, factor=1.0, layers=()):
    """Return the sizes of h, dz and dW, an array with a number for each layer.

    name: one of SICK; the weights of these layers (or of this one), counted from 1, are multiplied by the factor.
    Raises ValueError for another name, a factor that is no number, a layer that it has not, and the errors of
    `layer_sizes`.
    """
    check_choice(SICK, name=name)
    layers, factor = any_array(layers).ravel().tolist(), filled(factor, "factor", ndim=0)
    if wrong := [layer for layer in layers if layer not in range(1, DEPTH + 1)]:
        raise ValueError(f"layers must be between 1 and {DEPTH}; there is no layer {wrong[0]!r}")
    scale, activation, small = SICK[name]
    rng = np.random.default_rng(SEED)
    front, back = rng.normal(size=(2, 1, WIDTH))
    params = init_params([WIDTH] * (DEPTH + 1), rng, scale / WIDTH**0.5)
    for layer, (W, _) in enumerate(params, 1):
        W /= 1000 if layer == small else 1
        W *= factor if layer in layers else 1
    h, dz, dW = layer_sizes(params, front, back, activation)
    return {"h, comes in": h, "dz, comes back": dz, "dW": dW}


def ends_of(sizes):
    """What arrives at the ends, in words."""
    return "h {:.2g} in layer {} and dz {:.2g} in layer 1".format(
        sizes["h, comes in"][-1], len(sizes["dW"]), sizes["dz, comes back"][0]
    )


def state(sizes):
    """Whether h and dz have a healthy size in every layer, and if not where the first is met that has not, in words."""
    h, dz = ([*enumerate(sizes[name], 1)] for name in ("h, comes in", "dz, comes back"))
    for name, met in (("h", h), ("dz", dz[::-1])):
        for layer, size in met:
            if not LEAST < size < MOST:
                return f"ill, {name} is too {'large' if size >= MOST else 'small'} in layer {layer} ({size:.2g})"
    return f"well, {ends_of(sizes)}"

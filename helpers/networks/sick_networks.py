"""Networks that something is wrong with, for lesson 05: what is seen of them are the sizes in their layers."""

import numpy as np

from helpers.networks.gradient_scale import layer_sizes
from helpers.networks.network import init_params

DEPTH, WIDTH, SEED = 20, 100, 7
SICK = {  # name: (std times the root of the width, activation, the layer that is 1000 times too small)
    "A": (1.0, "sigmoid", None),
    "B": (1.0, "tanh", 10),
    "C": (3.0, "tanh", None),
    "D": (0.7, "tanh", None),
}


def patient(name):
    """Return the sizes of h, dz and dW, an array with a number for each layer; name: one of SICK."""
    scale, activation, small = SICK[name]
    rng = np.random.default_rng(SEED)
    front, back = rng.normal(size=(2, 1, WIDTH))
    params = init_params([WIDTH] * (DEPTH + 1), rng, scale / WIDTH**0.5)
    if small:
        params[small - 1][0][:] /= 1000
    h, dz, dW = layer_sizes(params, front, back, activation)
    return {"h, comes in": h, "dz, comes back": dz, "dW": dW}

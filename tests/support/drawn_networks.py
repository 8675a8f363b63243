"""Networks whose every number is drawn, with inputs and what arrives from behind."""

import numpy as np

from helpers.networks.network import init_params


def network(sizes, seed, inputs=7):
    """Parameters with biases, inputs and upstream gradient."""
    rng = np.random.default_rng(seed)
    params = [(W, 0.1 * rng.normal(size=b.shape)) for W, b in init_params(sizes, rng)]
    return params, rng.normal(size=(inputs, sizes[0])), rng.normal(size=(inputs, sizes[-1]))

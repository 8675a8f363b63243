"""Where the time of our forward and backward pass goes: each kind of operation alone, on the same arrays."""

from functools import partial

import numpy as np

from benchmarks.timing import interleaved, seconds_per_call
from helpers.networks.activations import tanh_slope
from helpers.networks.losses import mean_squared_error
from helpers.networks.network import backward, forward


def operations(network):
    """Return {kind: a function that does all operations of that kind in one pass}."""
    params, (X, Y) = network.params, network.data
    output, cache = forward(params, X)
    doutput = mean_squared_error(output, Y)[1]
    h = cache.inputs
    dz = [*(np.ones_like(a) for a in h[1:]), doutput]
    layers = range(len(params))

    def products():
        for k in layers:
            h[k] @ params[k][0]
            h[k].T @ dz[k]
            if k > 0:
                dz[k] @ params[k][0].T

    def activations():
        for k in layers[1:]:
            np.tanh(dz[k - 1])
            dz[k - 1] * tanh_slope(h[k])

    def biases():
        for k in layers:
            dz[k] + params[k][1]
            dz[k].sum(axis=0)

    def everything():
        output, cache = forward(params, X)
        backward(params, cache, mean_squared_error(output, Y)[1])

    return {
        "all": everything,
        "matrix products": products,
        "tanh and its slope": activations,
        "biases": biases,
        "loss": lambda: mean_squared_error(output, Y),
    }


def operation_times(network, repeats, min_time):
    """Return {kind: median seconds}, measured in turns."""
    kinds = operations(network)
    return interleaved({kind: partial(seconds_per_call, kinds[kind], min_time) for kind in kinds}, repeats)

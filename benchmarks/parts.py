"""Where the time of our forward and backward pass goes: each kind of operation alone, on the same arrays."""

import statistics
import time

import numpy as np

from helpers.networks.network import backward, forward, mean_squared_error, tanh_slope


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


def seconds_of_parts(network, rounds, enough):
    """Return {kind: median seconds}, measured in turns."""
    times, functions = {}, operations(network)
    for _ in range(rounds):
        for kind, function in functions.items():
            start, calls = time.perf_counter(), 0
            while (spent := time.perf_counter() - start) < enough or calls == 0:
                function()
                calls += 1
            times.setdefault(kind, []).append(spent / calls)
    return {kind: statistics.median(values) for kind, values in times.items()}

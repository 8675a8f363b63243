"""Lesson 05's workbench: random rows go through a network, random numbers come back, and sizes are taken on the way."""

import numpy as np

from helpers.networks.gradient_scale import rms


def gone_back(net, forward, backward, N):
    """The gradient [(dW, db), ...] for N random inputs, with random numbers arriving from behind."""
    (W, _), (_, b) = net[0], net[-1]
    rng = np.random.default_rng(1)
    X, doutput = rng.normal(size=(N, len(W))), rng.normal(size=(N, len(b)))
    _, cache = forward(net, X)
    return backward(net, cache, doutput)


def sizes_of_dz(net, forward, backward):
    """Size of dz in each layer, shape (layers,), for one row: there db is dz itself.

    net: [(W, b), ...]; forward, backward: as those of `helpers.networks`, whose errors they raise.
    """
    return np.array([rms(db) for _, db in gone_back(net, forward, backward, 1)])


def sizes_of_dW(net, forward, backward, N=100):
    """Size of dW in each layer, shape (layers,), for N rows, divided by the root of N; the rest is as above."""
    return np.array([rms(dW) / np.sqrt(N) for dW, _ in gone_back(net, forward, backward, N)])

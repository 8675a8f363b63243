"""Gradient descent on networks: plain, with momentum, and Adam; and a data set to try it on.

An optimiser calls `gradient_of(params, step)`, which returns a list of (dW, db), and moves a copy of the parameters
against it. `callback(step, params, grads)` sees every step and a copy of the parameters after it, so recording a
history costs the algorithm nothing.
"""

import numpy as np


def sgd(gradient_of, params, steps, alpha, momentum=0.0, callback=None):
    """Return the parameters after `steps` steps of v = momentum v - alpha g, theta = theta + v.

    Source: Goodfellow et al., Deep Learning, algorithm 8.2. The given params are not changed.
    """
    params = copy_of(params)
    velocity = [(np.zeros_like(W), np.zeros_like(b)) for W, b in params]
    for step in range(steps):
        grads = gradient_of(params, step)
        for layer, speeds, slopes in zip(params, velocity, grads, strict=True):
            for theta, v, g in zip(layer, speeds, slopes, strict=True):
                v *= momentum
                v -= alpha * g
                theta += v
        if callback is not None:
            callback(step, copy_of(params), grads)
    return params


def adam(gradient_of, params, steps, alpha=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8, callback=None):
    """Return the parameters after `steps` steps of Adam (Kingma & Ba, 2015, algorithm 1)."""
    params = copy_of(params)
    moments = [[(np.zeros_like(theta), np.zeros_like(theta)) for theta in layer] for layer in params]
    for step in range(steps):
        grads = gradient_of(params, step)
        for layer, pairs, slopes in zip(params, moments, grads, strict=True):
            for theta, (m, v), g in zip(layer, pairs, slopes, strict=True):
                m += (1 - beta1) * (g - m)
                v += (1 - beta2) * (g * g - v)
                unbiased = m / (1 - beta1 ** (step + 1)), v / (1 - beta2 ** (step + 1))
                theta -= alpha * unbiased[0] / (np.sqrt(unbiased[1]) + epsilon)
        if callback is not None:
            callback(step, copy_of(params), grads)
    return params


def copy_of(params):
    """A copy of a list of (W, b) that shares no memory with it."""
    return [(W.copy(), b.copy()) for W, b in params]


def two_spirals(n, rng, noise=0.1):
    """Return (X, labels): n points in two interleaved spirals, X of shape (n, 2) within about 1, labels 0 and 1."""
    labels = np.arange(n) % 2
    distance = np.sqrt(rng.uniform(0.02, 1, n))
    angle = 1.5 * np.pi * distance + np.pi * labels
    X = np.stack([distance * np.cos(angle), distance * np.sin(angle)], axis=1)
    return X + noise * 0.3 * rng.normal(size=X.shape), labels

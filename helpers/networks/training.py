"""Gradient descent on networks: plain and with momentum; and a data set to try it on.

An optimiser calls `gradient_of(params, step)`, which returns a list of (dW, db), and moves a copy of the parameters
against it. `callback(step, params, grads)` sees every step and the parameters after it, which no later step changes, so
recording a history costs the algorithm nothing.
"""

import numpy as np

from helpers.calculus.validation import check_counts, check_generator, check_range, real_array
from helpers.networks.validation import pairs


def copy_of(params):
    """A copy of a list of (W, b) that shares no memory with it."""
    return [(W.copy(), b.copy()) for W, b in params]


def fitting(grads, params):
    """Return what gradient_of returned, in the dtypes of params; ValueError unless it has their shapes."""
    shapes = [(W.shape, b.shape) for W, b in params]
    try:
        grads = list(grads)
        found = [(np.shape(dW), np.shape(db)) for dW, db in grads]
    except (TypeError, ValueError):
        found = "anything else"
    if found != shapes:
        raise ValueError(f"gradient_of must return pairs (dW, db) of the shapes {shapes}, not {found}")
    name = "what gradient_of returns"
    with np.errstate(over="ignore"):  # of what is too large for the dtype of params, which is refused as well
        return [
            tuple(real_array(real_array(d, name).astype(theta.dtype), name) for d, theta in zip(*pair, strict=True))
            for pair in zip(grads, params, strict=True)
        ]


def sgd(gradient_of, params, steps, alpha, momentum=0.0, callback=None):
    """Return the parameters after `steps` steps of v = momentum v - alpha g, theta = theta + v.

    The given params are not changed. Raises ValueError for a gradient of other shapes than params or one that is not
    finite, and for negative steps, alpha or momentum. Source: Goodfellow et al., Deep Learning, algorithm 8.2.
    """
    params = copy_of(pairs(params, "params"))
    check_counts(0, steps=steps)
    alpha, momentum = check_range(np.inf, alpha=alpha, momentum=momentum)
    velocity = [(np.zeros_like(W), np.zeros_like(b)) for W, b in params]
    for step in range(steps):
        grads = fitting(gradient_of(params, step), params)
        velocity = [
            (momentum * vW - alpha * dW, momentum * vb - alpha * db)
            for (vW, vb), (dW, db) in zip(velocity, grads, strict=True)
        ]
        params = [(W + vW, b + vb) for (W, b), (vW, vb) in zip(params, velocity, strict=True)]
        if callback is not None:
            callback(step, params, grads)
    return params


def two_spirals(n, rng, noise=0.1):
    """Return (X, labels): n points in two interleaved spirals, X of shape (n, 2) within about 1, labels 0 and 1.

    Raises ValueError unless n is a whole number, and noise a number, of at least 0.
    """
    check_counts(0, n=n)
    check_generator(rng)
    (noise,) = check_range(np.inf, noise=noise)
    labels = np.arange(n) % 2
    distance = np.sqrt(rng.uniform(0.02, 1, n))
    angle = 1.5 * np.pi * distance + np.pi * labels
    X = np.stack([distance * np.cos(angle), distance * np.sin(angle)], axis=1)
    return X + noise * 0.3 * rng.normal(size=X.shape), labels

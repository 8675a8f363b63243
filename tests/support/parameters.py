"""Networks as lists of (W, b): as one vector, compared, copied; and written once more for autograd."""

import autograd.numpy as anp
import numpy as np


def flat(params):
    return np.concatenate([part.ravel() for layer in params for part in layer])


def same(params, others):
    return np.array_equal(flat(params), flat(others))


def copied(params):
    return [(W.copy(), b.copy()) for W, b in params]


def output(params, X):
    """A tanh network, for autograd."""
    for W, b in params[:-1]:
        X = anp.tanh(anp.dot(X, W) + b)
    return anp.dot(X, params[-1][0]) + params[-1][1]


def log_pi(params, s, a):
    """log pi(a | s) of a policy network, for autograd; one output is the second of two logits, the first being 0."""
    z = output(params, s)
    z = anp.concatenate([anp.zeros_like(z), z], axis=1) if z.shape[1] == 1 else z
    return z[np.arange(len(a)), a] - anp.log(anp.sum(anp.exp(z), axis=1))

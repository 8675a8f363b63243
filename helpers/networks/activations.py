"""Activations and their slopes.

A slope is computed from the activation's output h, which forward has kept. An h near 1 has lost in rounding by how much
it differs from 1, so the slope there is right to about 1.1e-16 in float64 and no further: from z = 37 on, sigmoid_slope
gives 0 for a number below 1e-16. At negative z the sigmoid's h is small and keeps all digits of the slope.
"""

import numpy as np

from helpers.calculus.validation import checked
from helpers.networks.validation import numbers


def as_numbers(z):
    """Lists, integers and float16 as floating-point arrays; all else stays as it is, whatever its class."""
    dtype = getattr(z, "dtype", np.dtype(int))
    return (z if dtype.kind in "fc" and dtype.itemsize > 2 else numbers(z, "z")[()],)


def tanh(z):
    """tanh of z, written over z."""
    return np.tanh(z, out=z)


def tanh_slope(h):
    """Slope of tanh where its output is h."""
    return 1 - h * h


@checked(as_numbers)
def sigmoid(z):
    """Logistic function 1 / (1 + exp(-z)), elementwise, for real or complex z.

    Right to the last digits for all z; float32 stays float32. Raises TypeError when z holds no numbers.
    """
    negative = np.asarray(z).real < 0
    e = np.exp(np.where(negative, z, -z))  # never above 1, so nothing overflows
    return np.where(negative, e, 1) / (1 + e)


@checked(as_numbers)
def log_sigmoid(z):
    """log of sigmoid(z), elementwise, for real or complex z; -800, and not -inf, where z is -800. Raises as sigmoid."""
    negative = np.asarray(z).real < 0
    return np.where(negative, z, 0) - np.log1p(np.exp(np.where(negative, z, -z)))


def sigmoid_slope(h):
    """Slope of the sigmoid where its output is h."""
    return h * (1 - h)


def relu(z):
    """max(z, 0), written over z."""
    return np.maximum(z, 0, out=z)


def relu_slope(h):
    """Slope of ReLU where its output is h; 0 at the kink."""
    return h > 0


ACTIVATIONS = {"tanh": (tanh, tanh_slope), "sigmoid": (sigmoid, sigmoid_slope), "relu": (relu, relu_slope)}


def known(activation):
    """Return the activation's name; ValueError for one that is not in `ACTIVATIONS`."""
    if not isinstance(activation, str) or activation not in ACTIVATIONS:
        raise ValueError(f"activation must be one of {', '.join(ACTIVATIONS)}, not {activation!r}")
    return activation


def activation_named(name):
    """Return (activation, slope) of that name; ValueError for another."""
    return ACTIVATIONS[known(name)]

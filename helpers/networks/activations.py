"""Activations and their slopes.

A slope is computed from the activation's output h, which forward has kept. An h near 1 has lost in rounding by how much
it differs from 1, so the slope there is right to about 1.1e-16 in float64 and no further: from z = 37 on, sigmoid_slope
gives 0 for a number below 1e-16. At negative z the sigmoid's h is small and keeps all digits of the slope.
"""

import numpy as np

from helpers.calculus.validation import checked


def numbers(array, *name):
    """Return array as a NumPy array of floating-point or complex numbers; integers and booleans become float64.

    Raises TypeError, with the words of `name`, for anything but numbers.
    """
    try:
        array = np.asarray(array)
    except ValueError:  # a list of rows of several lengths
        raise TypeError(f"{' '.join(map(str, name))} must be an array of numbers, not {array!r}") from None
    kind = array.dtype.kind
    if kind in "fc":
        return array
    if kind not in "biu":
        raise TypeError(f"{' '.join(map(str, name))} must hold numbers, not {array.dtype}")
    return array.astype(float)


def check_sigmoid(z):
    """Let lists and integers through as floats; TypeError for what holds no numbers."""
    return (z if getattr(z, "dtype", np.dtype(object)).kind in "fc" else numbers(z, "z"),)


def tanh(z):
    """tanh of z, written over z."""
    return np.tanh(z, out=z)


def tanh_slope(h):
    """Slope of tanh where its output is h."""
    return 1 - h * h


@checked(check_sigmoid)
def sigmoid(z):
    """Logistic function 1 / (1 + exp(-z)), elementwise, for real or complex z.

    Right to the last digits for all z; float32 stays float32. Raises TypeError when z holds no numbers.
    """
    negative = np.asarray(z).real < 0
    e = np.exp(np.where(negative, z, -z))  # never above 1, so nothing overflows
    return np.where(negative, e, 1) / (1 + e)


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


def activation_named(name):
    """Return (activation, slope) of that name; ValueError for another."""
    if not isinstance(name, str) or name not in ACTIVATIONS:
        raise ValueError(f"activation must be one of {', '.join(ACTIVATIONS)}, not {name!r}")
    return ACTIVATIONS[name]

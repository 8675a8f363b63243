"""Activations and their slopes.

A slope is computed from the activation's output h, which forward has kept. An h near 1 has lost in rounding by how much
it differs from 1, so the slope there is right to about 1.1e-16 in float64 and no further: from z = 37 on, sigmoid_slope
gives 0 for a number below 1e-16. At negative z the sigmoid's h is small and keeps all digits of the slope.
"""

from functools import reduce

import numpy as np

from helpers.calculus.analytic import log_add_exp
from helpers.calculus.validation import as_numbers, checked


def plain_complex(z):
    """Whether z holds NumPy's own complex numbers, and is no complex probe."""
    return isinstance(z, np.ndarray | np.generic) and z.dtype.kind == "c"


def check_sigmoid(z):
    """The argument of sigmoid; TypeError for what holds no numbers."""
    z = as_numbers(z, "z")
    if plain_complex(z):  # an overflow would make the imaginary part NaN
        z = np.where(z.real < -np.log(np.finfo(z.dtype).max), -np.inf, z)[()]
    return (z,)


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
    with np.errstate(over="ignore"):  # exp(-z) is infinite where z is below -709, and 1 / inf is 0
        return 1 / (1 + np.exp(-z))


def log_sigmoid(z):
    """log of sigmoid(z), elementwise, for real or complex z: -800, and not -inf, where z is -800. Raises as sigmoid."""
    z = as_numbers(z, "z")
    return -(log_add_exp if plain_complex(z) else np.logaddexp)(0, -z)


def sigmoid_slope(h):
    """Slope of the sigmoid where its output is h."""
    return h * (1 - h)


def softmax(z):
    """exp(z) divided by its sum over the last axis, of an array of two axes or more; no finite z overflows."""
    z = z.T  # so that maximum and sum over the few columns are whole arrays at a time
    e = np.exp(z - reduce(np.maximum, z))
    return (e / sum(e)).T


def relu(z):
    """max(z, 0), written over z."""
    return np.maximum(z, 0, out=z)


def relu_slope(h):
    """Slope of ReLU where its output is h; 0 at the kink."""
    return h > 0


ACTIVATIONS = {"tanh": (tanh, tanh_slope), "sigmoid": (sigmoid, sigmoid_slope), "relu": (relu, relu_slope)}

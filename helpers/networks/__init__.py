"""Fully connected networks: forward and backward by hand, training, and how large their gradients are."""

from helpers.networks.activations import ACTIVATIONS, activation_named, sigmoid
from helpers.networks.gradient_cost import (
    gradient_methods,
    jacobian_backward,
    jacobian_forward,
    seconds_for,
    wide_neuron,
    wide_neuron_of_values,
)
from helpers.networks.gradient_scale import LayerSizes
from helpers.networks.history import History
from helpers.networks.losses import mean_squared_error, softmax_cross_entropy
from helpers.networks.network import Cache, backward, forward, init_params
from helpers.networks.training import copy_of, sgd, two_spirals

__all__ = [
    "ACTIVATIONS",
    "Cache",
    "History",
    "LayerSizes",
    "activation_named",
    "backward",
    "copy_of",
    "forward",
    "gradient_methods",
    "init_params",
    "jacobian_backward",
    "jacobian_forward",
    "mean_squared_error",
    "seconds_for",
    "sgd",
    "sigmoid",
    "softmax_cross_entropy",
    "two_spirals",
    "wide_neuron",
    "wide_neuron_of_values",
]

"""Fully connected networks: forward and backward by hand, training, and how large their gradients are."""

from helpers.networks.gradient_cost import all_backward, all_forward, seconds_for, wide_neuron, wide_neuron_of_values
from helpers.networks.history import History
from helpers.networks.losses import mean_squared_error, softmax_cross_entropy
from helpers.networks.network import backward, forward, init_params
from helpers.networks.training import sgd, two_spirals

__all__ = [
    "History",
    "backward",
    "forward",
    "init_params",
    "all_backward",
    "all_forward",
    "mean_squared_error",
    "seconds_for",
    "sgd",
    "softmax_cross_entropy",
    "two_spirals",
    "wide_neuron",
    "wide_neuron_of_values",
]

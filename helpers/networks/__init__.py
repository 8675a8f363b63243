"""Fully connected networks: forward and backward by hand, training, and how large their gradients are."""

from helpers.networks.batch_normalisation import normalised_backward, normalised_forward
from helpers.networks.expression_swell import measure_swell
from helpers.networks.gradient_cost import all_backward, all_forward, seconds_for, wide_neuron, wide_neuron_of_values
from helpers.networks.gradient_scale import global_norm, sizes_of_dW, sizes_of_dz
from helpers.networks.history import History
from helpers.networks.losses import mean_squared_error, softmax_cross_entropy
from helpers.networks.network import backward, forward, init_params
from helpers.networks.residual import residual_backward, residual_forward
from helpers.networks.sick_networks import ends_of, patient, state
from helpers.networks.training import sgd, two_spirals

__all__ = [
    "History",
    "all_backward",
    "all_forward",
    "backward",
    "ends_of",
    "forward",
    "global_norm",
    "init_params",
    "mean_squared_error",
    "measure_swell",
    "normalised_backward",
    "normalised_forward",
    "patient",
    "residual_backward",
    "residual_forward",
    "seconds_for",
    "sgd",
    "sizes_of_dW",
    "sizes_of_dz",
    "softmax_cross_entropy",
    "state",
    "two_spirals",
    "wide_neuron",
    "wide_neuron_of_values",
]

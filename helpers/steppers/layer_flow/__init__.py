"""The layer stepper: forward and backward through the matrices of a network."""

from helpers.steppers.layer_flow.view import show_layer_flow

__all__ = ["show_layer_flow"]

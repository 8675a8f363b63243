"""The gradient-flow stepper: a graph of boxes, forward and backward, one edge at a time."""

from helpers.steppers.gradient_flow.view import show_gradient_flow

__all__ = ["show_gradient_flow"]

"""Steppers: pictures of a computation that the reader moves through one step at a time, without a kernel."""

from helpers.steppers.decision_boundary import show_training
from helpers.steppers.difference import show_differences
from helpers.steppers.gradient_flow import show_gradient_flow
from helpers.steppers.layer_flow import show_layer_flow

__all__ = ["show_differences", "show_gradient_flow", "show_layer_flow", "show_training"]

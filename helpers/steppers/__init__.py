"""Steppers: pictures of a computation that the reader moves through one step at a time, without a kernel."""

from helpers.steppers.decision_boundary import show_training
from helpers.steppers.difference import show_differences
from helpers.steppers.gradient_flow.view import show_gradient_flow
from helpers.steppers.layer_flow.view import show_layer_flow
from helpers.steppers.pole import show_pole
from helpers.steppers.transition.view import show_transition

__all__ = [
    "show_differences",
    "show_gradient_flow",
    "show_layer_flow",
    "show_pole",
    "show_training",
    "show_transition",
]

"""Steppers: pictures of a computation that the reader moves through one step at a time, without a kernel."""

from helpers.steppers.difference import show_differences
from helpers.steppers.gradient_flow import show_gradient_flow

__all__ = ["show_differences", "show_gradient_flow"]

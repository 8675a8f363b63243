"""Derivatives: by differences and their check, by the complex step, by dual numbers, on a graph."""

from helpers.calculus.differences import (
    central_difference,
    complex_step,
    default_step,
    forward_difference,
    numerical_gradient,
)
from helpers.calculus.dual import Dual
from helpers.calculus.gradient_checking import gradient_check
from helpers.calculus.graph import Value

__all__ = [
    "Dual",
    "Value",
    "central_difference",
    "complex_step",
    "default_step",
    "forward_difference",
    "gradient_check",
    "numerical_gradient",
]

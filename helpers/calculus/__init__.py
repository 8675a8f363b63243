"""Derivatives: by differences and their check, by the complex step, by dual numbers, on a graph."""

from helpers.calculus.complex_probe import imaginary_part
from helpers.calculus.differences import (
    central_difference,
    complex_step,
    default_step,
    forward_difference,
    numerical_gradient,
)
from helpers.calculus.dual import Dual
from helpers.calculus.gradient_checking import gradient_check, measured_slopes
from helpers.calculus.gradient_report import judged
from helpers.calculus.graph import Value

__all__ = [
    "Dual",
    "Value",
    "central_difference",
    "complex_step",
    "default_step",
    "forward_difference",
    "gradient_check",
    "imaginary_part",
    "judged",
    "measured_slopes",
    "numerical_gradient",
]

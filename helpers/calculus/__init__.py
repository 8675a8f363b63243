"""Derivatives: by differences and their check, by the complex step, by dual numbers, on a graph."""

from helpers.calculus.complex_probe import NotAnalyticError, imaginary_part
from helpers.calculus.differences import (
    FORMULAS,
    along_entry,
    central_difference,
    complex_step,
    default_step,
    forward_difference,
    numerical_gradient,
    remembered_at,
    step_for,
)
from helpers.calculus.dual import Dual
from helpers.calculus.gradient_checking import gradient_check, has_kink, resolution
from helpers.calculus.gradient_report import GradientReport
from helpers.calculus.graph import Value, as_value, topological_order
from helpers.calculus.validation import finite_real, scalar_function

__all__ = [
    "topological_order",
    "NotAnalyticError",
    "central_difference",
    "forward_difference",
    "FORMULAS",
    "Dual",
    "GradientReport",
    "Value",
    "along_entry",
    "as_value",
    "complex_step",
    "default_step",
    "finite_real",
    "gradient_check",
    "has_kink",
    "imaginary_part",
    "numerical_gradient",
    "remembered_at",
    "resolution",
    "scalar_function",
    "step_for",
]

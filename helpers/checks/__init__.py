"""Checks of the exercises: `check(your_function)` says what is right, or which mistake was made."""

from helpers.checks import (  # noqa: F401  (importing them registers their exercises)
    lesson01,
    lesson02,
    lesson03,
    lesson04,
    lesson05,
    lesson06,
    lesson07,
    lesson08,
)
from helpers.checks.checker import check
from helpers.checks.key import homework

__all__ = ["check", "homework"]

"""Dual numbers: forward-mode differentiation, a value and its derivative carried along together.

Source: Griewank & Walther, Evaluating Derivatives (2nd ed.), section 3.1.
"""

import math


class Dual:
    """value: a number; slope: its derivative with respect to the one input whose slope was set to 1."""

    def __init__(self, value, slope=0.0):
        self.value, self.slope = value, slope

    def __add__(self, other):
        return Dual(self.value + other.value, self.slope + other.slope)

    def __mul__(self, other):
        return Dual(self.value * other.value, self.slope * other.value + self.value * other.slope)

    def tanh(self):
        """Hyperbolic tangent."""
        y = math.tanh(self.value)
        return Dual(y, (1 - y * y) * self.slope)

    def sigmoid(self):
        """Logistic function."""
        y = 0.5 * (1 + math.tanh(self.value / 2))
        return Dual(y, y * (1 - y) * self.slope)

    def log(self):
        """Natural logarithm; ValueError unless the value is positive."""
        return Dual(math.log(self.value), self.slope / self.value)

    def __repr__(self):
        return f"Dual(value={self.value}, slope={self.slope})"

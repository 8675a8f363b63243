"""Dual numbers: forward-mode differentiation, a value and its derivative carried along together.

Source: Griewank & Walther, Evaluating Derivatives (2nd ed.), section 3.1.
"""

import math

from helpers.calculus.arithmetic import Arithmetic, power, real


class Dual(Arithmetic):
    """value: a number; slope: its derivative with respect to the one input whose slope was set to 1.

    Raises TypeError for what is no real number; outside their domain, operations raise what those of `Value` raise.
    """

    __slots__ = ("slope", "value")

    def __init__(self, value, slope=0.0):
        self.value = value if type(value) is float else real(value, "Dual")
        self.slope = slope if type(slope) is float else real(slope, "Dual")

    def __add__(self, other):
        other = other if isinstance(other, Dual) else Dual(other)
        return Dual(self.value + other.value, self.slope + other.slope)

    def __mul__(self, other):
        other = other if isinstance(other, Dual) else Dual(other)
        return Dual(self.value * other.value, self.slope * other.value + self.value * other.slope)

    def __pow__(self, exponent):
        y, slope = power(self.value, exponent, repr(self))
        return Dual(y, slope * self.slope)

    def tanh(self):
        """Hyperbolic tangent."""
        e = math.exp(-2 * abs(self.value))
        return Dual(math.tanh(self.value), 4 * e / (1 + e) ** 2 * self.slope)  # 1 - tanh(x)**2

    def sigmoid(self):
        """Logistic function."""
        e = math.exp(-abs(self.value))
        return Dual((1 if self.value >= 0 else e) / (1 + e), e / (1 + e) ** 2 * self.slope)

    def log(self):
        """Natural logarithm; ValueError unless the value is positive."""
        if self.value <= 0:
            raise ValueError(f"log of {self}: needs a positive value")
        return Dual(math.log(self.value), self.slope / self.value)

    def __repr__(self):
        return f"Dual(value={self.value}, slope={self.slope})"

"""Reverse-mode differentiation of scalar expressions on a graph of `Value` nodes.

The public surface is that of Andrej Karpathy's micrograd (https://github.com/karpathy/micrograd), so a program
written for it runs unchanged. Each operation stands beside its local derivatives, one for each operand.
Source for reverse accumulation: Griewank & Walther, Evaluating Derivatives (2nd ed.), section 3.2.
"""

import math
from numbers import Real


class Value:
    """A number that remembers how it was computed.

    data: the number; grad: d(root)/d(this) after `root.backward()`; label: a name for pictures and errors.
    Raises TypeError when data is not a real number. Operations outside their domain raise ValueError,
    ZeroDivisionError or OverflowError and name the node.
    """

    __slots__ = ("_locals", "_op", "_prev", "data", "grad", "label")
    __array_ufunc__ = None  # numpy_number * Value is left to Value.__rmul__

    def __init__(self, data, _children=(), _op="", label="", _locals=()):
        if not isinstance(data, Real):
            raise TypeError(f"Value needs a real number as data, not {type(data).__name__}")
        self.data = float(data)
        self.grad = 0.0
        self.label = label
        self._prev = tuple(_children)
        self._locals = _locals
        self._op = _op

    def __add__(self, other):
        other = as_value(other)
        return Value(self.data + other.data, (self, other), "+", _locals=(1.0, 1.0))

    def __mul__(self, other):
        other = as_value(other)
        return Value(self.data * other.data, (self, other), "*", _locals=(other.data, self.data))

    def __pow__(self, exponent):
        if not isinstance(exponent, Real):
            raise TypeError(f"the exponent must be a real number, not {type(exponent).__name__}")
        x, k = self.data, float(exponent)  # a NumPy exponent would overflow to inf instead of raising
        if x < 0 and k != int(k):
            raise ValueError(f"{_name(self)} ** {k:g}: a fractional power needs a base that is not negative")
        if x == 0 and k < 0:
            raise ZeroDivisionError(f"{_name(self)} ** {k:g}: division by zero")
        if x == 0 and 0 < k < 1:
            raise ValueError(f"{_name(self)} ** {k:g}: the slope is infinite at 0")
        slope = k * _finite(pow, self, k - 1) if k != 0 else 0.0
        return Value(_finite(pow, self, k), (self,), f"**{k!r}".removesuffix(".0"), _locals=(slope,))

    def exp(self):
        """e to the power of this node."""
        y = _finite(math.exp, self)
        return Value(y, (self,), "exp", _locals=(y,))

    def log(self):
        """Natural logarithm; ValueError unless the node is positive."""
        if self.data <= 0:
            raise ValueError(f"log of {_name(self)}: needs a positive number")
        return Value(math.log(self.data), (self,), "log", _locals=(1 / self.data,))

    def tanh(self):
        """Hyperbolic tangent."""
        y = math.tanh(self.data)
        return Value(y, (self,), "tanh", _locals=(1 - y * y,))

    def sigmoid(self):
        """Logistic function 1 / (1 + exp(-x)), computed so that no x overflows."""
        e = math.exp(-abs(self.data))
        y = 1 / (1 + e) if self.data >= 0 else e / (1 + e)
        return Value(y, (self,), "sigmoid", _locals=(e / (1 + e) ** 2,))

    def relu(self):
        """max(0, x), with slope 0 at the kink."""
        on = not self.data <= 0  # so that NaN stays NaN
        return Value(self.data if on else 0.0, (self,), "ReLU", _locals=(1.0 if on else 0.0,))

    def backward(self):
        """Set `grad` of every node below this one to d(self)/d(node); a second call gives the same numbers."""
        order = topological_order(self)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            upstream, k = node.grad, 0  # counted by hand: a zip for each node costs more than the arithmetic
            for parent in node._prev:
                parent.grad += node._locals[k] * upstream
                k += 1

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + other * -1.0  # -other would wrap an unsigned NumPy integer

    def __truediv__(self, other):
        return self * as_value(other) ** -1

    def __rsub__(self, other):
        return other + (-self)

    def __rtruediv__(self, other):
        return other * self**-1

    __radd__ = __add__
    __rmul__ = __mul__

    def __repr__(self):
        return f"Value(data={self.data}, grad={self.grad})"


def as_value(x):
    """Return x if it is a `Value`, else a new leaf that holds the number x."""
    return x if isinstance(x, Value) else Value(x)


def topological_order(root):
    """List the nodes below `root`, each after all nodes it is computed from; `root` comes last.

    Depth first with a stack of its own, so that no graph is too deep; the order is the same in every run.
    """
    order, seen, stack = [], {root}, [(root, iter(root._prev))]
    while stack:
        node, parents = stack[-1]
        for parent in parents:
            if parent not in seen:
                seen.add(parent)
                if parent._prev:
                    stack.append((parent, iter(parent._prev)))
                    break
                order.append(parent)
        else:
            order.append(node)
            stack.pop()
    return order


def _name(node):
    return f"node {node.label!r} (value {node.data:g})" if node.label else f"a node of value {node.data:g}"


def _finite(function, node, *arguments):
    try:
        return function(node.data, *arguments)
    except OverflowError:
        raise OverflowError(f"{function.__name__} of {_name(node)} is too large for a float") from None

"""Reverse-mode differentiation of scalar expressions on a graph of `Value` nodes.

The public surface is that of Andrej Karpathy's micrograd (https://github.com/karpathy/micrograd). A program written for
it runs unchanged, unless it wants a second `backward` to add to the gradients of the first (here it replaces them),
sets a node's `_backward` itself (there is none), or changes `data` between building a graph and `backward` (the local
derivatives are those of the building). Each operation stands beside its local derivatives, one for each operand.
Source for reverse accumulation: Griewank & Walther, Evaluating Derivatives (2nd ed.), section 3.2.
"""

import math

from helpers.calculus.arithmetic import Arithmetic, power, real


class Value(Arithmetic):
    """A number that remembers how it was computed.

    data: the number; grad: d(root)/d(this) after `root.backward()`; label: a name for pictures and errors.
    Raises TypeError when data is not a single real number. Operations outside their domain raise ValueError,
    ZeroDivisionError or OverflowError and name the node.
    """

    __slots__ = ("_locals", "_op", "_prev", "data", "grad", "label")

    def __init__(self, data, _children=(), _op="", label="", _locals=()):
        self.data = data if type(data) is float else real(data, "Value")  # the usual case first: it is quicker
        self.grad = 0.0
        self.label = label
        self._prev = tuple(_children)
        self._locals = _locals
        self._op = _op

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, (self, other), "+", _locals=(1.0, 1.0))

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, (self, other), "*", _locals=(other.data, self.data))

    def __pow__(self, exponent):
        if isinstance(exponent, Value):
            return (exponent * self.log()).exp()
        y, slope = power(self.data, exponent, _name(self))
        return Value(y, (self,), f"**{float(exponent)!r}".removesuffix(".0"), _locals=(slope,))

    def exp(self):
        """e to the power of this node."""
        try:
            y = math.exp(self.data)
        except OverflowError:
            raise OverflowError(f"exp of {_name(self)} is too large for a float") from None
        return Value(y, (self,), "exp", _locals=(y,))

    def log(self):
        """Natural logarithm; ValueError unless the node is positive."""
        if self.data <= 0:
            raise ValueError(f"log of {_name(self)}: needs a positive number")
        return Value(math.log(self.data), (self,), "log", _locals=(1 / self.data,))

    def tanh(self):
        """Hyperbolic tangent."""
        e = math.exp(-2 * abs(self.data))
        return Value(math.tanh(self.data), (self,), "tanh", _locals=(4 * e / (1 + e) ** 2,))  # 1 - tanh(x)**2

    def sigmoid(self):
        """Logistic function 1 / (1 + exp(-x)), computed so that no x overflows."""
        e = math.exp(-abs(self.data))
        return Value((1 if self.data >= 0 else e) / (1 + e), (self,), "sigmoid", _locals=(e / (1 + e) ** 2,))

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

    def __repr__(self):
        return f"Value(data={self.data}, grad={self.grad})"


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

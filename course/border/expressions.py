"""Expressions of sympy on the trusted side: a tree that is evaluated at numbers, and never built again by sympy."""

import cmath
import math
from dataclasses import dataclass

from course.border.wire import Refused

MOST_NODES = 20_000
CONSTANTS = {"Pi": math.pi, "Exp1": math.e, "ImaginaryUnit": 1j, "Infinity": math.inf, "NegativeInfinity": -math.inf}
CONSTANTS |= {"NaN": math.nan, "ComplexInfinity": math.nan, "GoldenRatio": (1 + 5**0.5) / 2, "true": 1.0, "false": 0.0}

RECIPROCALS = {"sec": "cos", "csc": "sin", "cot": "tan", "sech": "cosh", "csch": "sinh", "coth": "tanh"}


def real(function):
    """A function of real numbers, for numbers that may come as complex ones without an imaginary part."""

    def of_complex(*values):
        if any(abs(value.imag) > 1e-12 * abs(value) for value in values):
            raise ValueError("not real")
        return function(*(value.real for value in values))

    return of_complex


FUNCTIONS = {
    "Add": lambda *terms: sum(terms),
    "Mul": lambda *factors: math.prod(factors),
    "Pow": lambda base, exponent: base**exponent,
    "exp": cmath.exp,
    "log": lambda x, base=None: cmath.log(x) if base is None else cmath.log(x) / cmath.log(base),
    **{name: getattr(cmath, name) for name in "sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh".split()},
    **{name: lambda x, of=of: 1 / getattr(cmath, of)(x) for name, of in RECIPROCALS.items()},
    "UnevaluatedExpr": lambda x: x,
    "exp2": lambda x: 2**x,  # and those that follow, of sympy.codegen: of C
    "log2": lambda x: cmath.log(x) / math.log(2),
    "log10": cmath.log10,
    "expm1": real(math.expm1),
    "log1p": real(math.log1p),
    "hypot": real(math.hypot),
    "Abs": abs,
    "conjugate": lambda x: x.conjugate(),
    "re": lambda x: x.real,
    "im": lambda x: x.imag,
    "sign": real(lambda x: (x > 0) - (x < 0)),
    "Heaviside": real(lambda x, at_zero=0.5: at_zero if x == 0 else float(x > 0)),
    "Max": real(max),
    "Min": real(min),
    "StrictLessThan": real(lambda a, b: a < b),
    "StrictGreaterThan": real(lambda a, b: a > b),
    "LessThan": real(lambda a, b: a <= b),
    "GreaterThan": real(lambda a, b: a >= b),
    "Equality": lambda a, b: a == b,
    "Unequality": lambda a, b: a != b,
    "And": lambda *parts: all(parts),
    "Or": lambda *parts: any(parts),
    "Not": lambda part: not part,
}


@dataclass(frozen=True)
class Symbol:
    """A symbol of sympy's, real, that is sent as an argument."""

    name: str


@dataclass(frozen=True)
class Expression:
    """tree: a number, ['Symbol', name], [constant], or [function, trees of its arguments]."""

    tree: object

    @classmethod
    def checked(cls, tree):
        """The expression, if each node is known; Refused otherwise."""
        waiting, nodes = [tree], 0
        while waiting:
            node, nodes = waiting.pop(), nodes + 1
            if nodes > MOST_NODES:
                raise Refused(f"has more than {MOST_NODES} nodes")
            if isinstance(node, int | float) and not isinstance(node, bool):
                continue
            if not (isinstance(node, list) and node and isinstance(node[0], str)):
                raise Refused("is no expression")
            name, *parts = node
            if name == "Symbol" and len(parts) == 1 and isinstance(parts[0], str):
                continue
            if not (name in CONSTANTS and not parts or name in FUNCTIONS or name in ("Rational", "Piecewise", "Pair")):
                raise Refused(f"contains {name[:40]!r}, which can't be evaluated here")
            waiting += parts
        return cls(tree)

    @property
    def symbols(self):
        """Names of the symbols in it."""
        found, waiting = set(), [self.tree]
        while waiting:
            node = waiting.pop()
            if isinstance(node, list) and node[0] == "Symbol":
                found.add(node[1])
            elif isinstance(node, list):
                waiting += node[1:]
        return found

    def at(self, **numbers):
        """Its value with these numbers for its symbols; nan where it has none, or none that is real."""
        try:
            value = complex(value_of(self.tree, numbers))
        except (ValueError, TypeError, KeyError, ZeroDivisionError, OverflowError, RecursionError):
            return math.nan
        return value.real if abs(value.imag) <= 1e-9 * max(1, abs(value)) else math.nan


def value_of(node, numbers):
    """The value of a checked tree."""
    if not isinstance(node, list):
        return float(node)
    name, *parts = node
    if name == "Symbol":
        return numbers[parts[0]]
    if name in CONSTANTS:
        return CONSTANTS[name]
    if name == "Rational":
        numerator, denominator = parts
        return numerator / denominator  # of integers of any length, without overflow on the way
    if name == "Piecewise":
        true = (value_of(value, numbers) for _, value, condition in parts if value_of(condition, numbers))
        return next(true, math.nan)
    value = FUNCTIONS[name](*(value_of(part, numbers) for part in parts))
    return float(value) if isinstance(value, int) else value  # of integers a power would be worked out in full

"""What numbers that carry derivatives have in common: operators that follow from `+`, `*`, `**`, and the power rule."""

import math
from numbers import Real


class Arithmetic:
    """The other operators of a class that defines `+` and `*` with numbers of its own and ordinary ones, and `**`."""

    __slots__ = ()
    __array_ufunc__ = None  # numpy_number * x is left to x.__rmul__

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + (-other if isinstance(other, type(self)) else -real(other, type(self).__name__))

    def __rsub__(self, other):
        return -self + other

    def __truediv__(self, other):
        return self * (other if isinstance(other, type(self)) else type(self)(other)) ** -1

    def __rtruediv__(self, other):
        return self**-1 * other

    def __rpow__(self, base):
        return type(self)(base) ** self


def real(number, kind):
    """Return number as a float; TypeError, which says the kind that needs it, for anything but one real number."""
    if not isinstance(number, Real):
        raise TypeError(f"{kind} needs a single real number, not {type(number).__name__}")
    return float(number)


def power(x, exponent, name):
    """Return x ** exponent and its slope for numbers; name: words for x in errors.

    Raises TypeError, ValueError, ZeroDivisionError or OverflowError where there is no such real number or slope.
    """
    if not isinstance(exponent, Real):
        raise TypeError(f"the exponent must be a real number, not {type(exponent).__name__}")
    k = float(exponent)  # a NumPy exponent would overflow to inf instead of raising
    if not math.isfinite(k):
        raise ValueError(f"{name} ** {k:g}: the exponent must be finite")
    if x < 0 and k != int(k):
        raise ValueError(f"{name} ** {k:g}: a fractional power needs a base that is not negative")
    if x == 0 and k < 0:
        raise ZeroDivisionError(f"{name} ** {k:g}: division by zero")
    if x == 0 and 0 < k < 1:
        raise ValueError(f"{name} ** {k:g}: the slope is infinite at 0")
    try:
        return x**k, k * x ** (k - 1) if k != 0 else 0.0
    except OverflowError:
        raise OverflowError(f"pow of {name} is too large for a float") from None

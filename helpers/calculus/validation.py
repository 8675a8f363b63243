"""Checks of numbers, arrays and functions, for all the maths: each error names the argument and what was expected."""

from functools import wraps
from numbers import Integral, Real

import numpy as np


def checked(check):
    """Decorate a function that only computes: its arguments first pass through `check`, which raises or returns them.

    check: a function with the same signature; it returns the tuple of positional arguments to compute with. A loop
    that has checked once calls the computation alone, which is the decorated function's `__wrapped__`.
    """

    def decorate(core):
        @wraps(core)
        def public(*arguments, **options):
            return core(*check(*arguments, **options))

        return public

    return decorate


def check_counts(least, **counts):
    """Return the values; ValueError unless each is a whole number, at least `least`."""
    for name, count in counts.items():
        if not isinstance(count, Integral) or count < least:
            raise ValueError(f"{name} must be a whole number, at least {least}, it is {count!r}")
    return counts.values()


def check_range(high, **numbers):
    """Return the values; ValueError unless each is a finite number from 0 to `high`."""
    for name, number in numbers.items():
        if not isinstance(number, Real) or not 0 <= number <= high or number == np.inf:
            raise ValueError(f"{name} must be a number from 0 to {high}, it is {number!r}")
    return numbers.values()


def check_switches(**switches):
    """Return the values as booleans; ValueError unless each is True or False, or 1 or 0."""
    for name, value in switches.items():
        if not isinstance(value, Integral | np.bool) or value not in (0, 1):
            raise ValueError(f"{name} must be True or False, it is {value!r}")
    return map(bool, switches.values())


def any_array(value):
    """Return value as an array; rows of several lengths make one of objects, which the checks refuse."""
    try:
        return np.asarray(value)
    except ValueError:
        return np.array(value, dtype=object)


def numbers(value, name):
    """Return value as an array of floating-point or complex numbers; integers, booleans and float16 become float64.

    Raises TypeError, which says `name`, for what holds no numbers.
    """
    array = any_array(value)
    kind = array.dtype.kind
    if kind in "fc" and array.itemsize > 2:
        return array
    if kind not in "biuf":
        raise TypeError(f"{name} must hold numbers, it is {value!r}")
    return array.astype(float)


def as_numbers(value, name):
    """Return value as it is where its numbers are floating-point or complex, be it a probe; else as `numbers` does."""
    dtype = getattr(value, "dtype", np.dtype(int))
    return value if dtype.kind in "fc" and dtype.itemsize > 2 else numbers(value, name)[()]


def real_array(value, name, ignored=False):
    """Return value as an array of floating-point numbers, as `numbers` does.

    Raises ValueError for what is no real number, and for NaN and infinity except where `ignored` is True.
    """
    array = any_array(value)
    if array.dtype.kind not in "biuf" or not (np.isfinite(array) | ignored).all():
        raise ValueError(f"{name} must hold finite real numbers, it is {value!r}")
    return numbers(array, name)


def check_generator(rng):
    """Raise TypeError unless rng is a NumPy generator."""
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng must be a numpy.random.Generator, such as np.random.default_rng(0), it is {rng!r}")


def float_copy(value, name):
    """Return a floating-point copy of `value`, a real array of any shape (integers become float64).

    Raises TypeError, which names the argument, for anything but real numbers in rows of one length.
    """
    array = any_array(value)
    if array.dtype.kind not in "iuf":
        raise TypeError(f"{name} must hold real numbers, in rows of one length, not {array.dtype}")
    return array.astype(array.dtype if array.dtype.kind == "f" else float)


def finite_copy(value, name):
    """Return a `float_copy` of value, a finite one; ValueError, which names the argument, for NaN and infinities."""
    array = float_copy(value, name)
    if not np.all(np.isfinite(array)):
        raise ValueError(f"{name} must be finite, it is {array}")
    return array


def scalar_function(f):
    """Return f with a check of its results: TypeError unless each is one real number; whole ones become floats."""

    def checked(x):
        value = f(x)
        if np.ndim(value) != 0:
            raise TypeError(f"f must return a single number, it returned an array of shape {np.shape(value)}")
        if not np.issubdtype(np.asarray(value).dtype, np.number) or np.iscomplexobj(value):
            raise TypeError(f"f must return a single real number, it returned {value!r}")
        return value if np.asarray(value).dtype.kind == "f" else float(value)

    return checked

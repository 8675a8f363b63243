"""Checks of arguments, shared by the maths modules: each names the argument and says what was expected."""

from functools import wraps

import numpy as np


def checked(check):
    """Decorate a function that only computes: its arguments first pass through `check`, which raises or returns them.

    check: a function with the same signature; it returns the tuple of positional arguments to compute with. What a
    lesson shows of the decorated function is the computation alone.
    """

    def decorate(core):
        @wraps(core)
        def public(*arguments, **options):
            return core(*check(*arguments, **options))

        return public

    return decorate


def float_copy(value, name):
    """Return a floating-point copy of `value`, a real array of any shape (integers become float64).

    Raises TypeError, which names the argument, for anything but real numbers in rows of one length.
    """
    try:
        array = np.array(value)
    except ValueError:
        raise TypeError(f"{name} must be an array of numbers, in rows of one length") from None
    if not (np.issubdtype(array.dtype, np.floating) or np.issubdtype(array.dtype, np.integer)):
        raise TypeError(f"{name} must hold real numbers, not {array.dtype}")
    return array if np.issubdtype(array.dtype, np.floating) else array.astype(float)


def finite_copy(value, name):
    """Return a `float_copy` of value, a finite one; ValueError, which names the argument, for NaN and infinities."""
    array = float_copy(value, name)
    if not np.all(np.isfinite(array)):
        raise ValueError(f"{name} must be finite, it is {array}")
    return array


def scalar_function(f):
    """Return f with a check of its results: TypeError unless each is one real number."""

    def checked(x):
        value = f(x)
        if np.ndim(value) != 0:
            raise TypeError(f"f must return a single number, it returned an array of shape {np.shape(value)}")
        if not np.issubdtype(np.asarray(value).dtype, np.number) or np.iscomplexobj(value):
            raise TypeError(f"f must return a single real number, it returned {value!r}")
        return value

    return checked

"""Checks of numbers, arrays and functions, for all the maths: each error names the argument and what was expected."""

from functools import wraps
from numbers import Integral, Real

import numpy as np

LARGEST = float(np.finfo(float).max)


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


def check_each(fits, what, values, error=ValueError):
    """Return the values, given by name; raise the error, which says what each must be, unless each fits."""
    for name, value in values.items():
        if not fits(value):
            raise error(f"{name} must be {what}, it is {value!r}")
    return values.values()


def check_counts(least, **counts):
    """Raise ValueError unless each is a whole number, at least `least`; True is none."""
    whole = f"a whole number, at least {least}"
    check_each(lambda n: isinstance(n, Integral) and not isinstance(n, bool) and n >= least, whole, counts)


def in_range(x, high):
    """Whether x is a number from 0 to `high`, and a float may be as large; x of few digits is compared with many."""
    return isinstance(x, Real) and 0 <= (x.item() if isinstance(x, np.generic) else x) <= min(high, LARGEST)


def check_range(high, **numbers):
    """Return the values as floats; ValueError unless each is a finite number from 0 to `high`."""
    return map(float, check_each(lambda x: in_range(x, high), f"a number from 0 to {high}", numbers))


def check_choice(choices, **names):
    """Raise ValueError unless each is one of the names in `choices`."""
    check_each(lambda name: isinstance(name, str) and name in choices, f"one of {', '.join(choices)}", names)


def check_switches(**switches):
    """Return the values as booleans; ValueError unless each is True or False, or 1 or 0."""
    return map(bool, check_each(lambda x: isinstance(x, Integral | np.bool) and x in (0, 1), "True or False", switches))


def any_array(value):
    """Return value as an array; rows of several lengths make one of objects, which the checks refuse."""
    try:
        return np.asarray(value)
    except ValueError:
        return np.array([*value, None], object)[:-1]  # the None keeps NumPy from looking deeper than the first axis


def numbers(value, name):
    """Return value as an array of floating-point or complex numbers; integers, booleans and float16 become float64.

    Raises TypeError, which says `name`, for what holds no numbers.
    """
    array = any_array(value)
    if array.dtype.kind in "fc" and array.itemsize > 2:
        return array
    if array.dtype.kind not in "biuf":
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


def seeded(seed):
    """Return the NumPy generator that begins with seed; ValueError unless this is a whole number, at least 0."""
    check_counts(0, seed=seed)
    return np.random.default_rng(seed)


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
    check_each(callable, "a function", {"f": f}, TypeError)

    def checked(x):
        value = f(x)
        if np.ndim(value) != 0:
            raise TypeError(f"f must return a single number, it returned an array of shape {np.shape(value)}")
        if not np.issubdtype(np.asarray(value).dtype, np.number) or np.iscomplexobj(value):
            raise TypeError(f"f must return a single real number, it returned {value!r}")
        return value if np.asarray(value).dtype.kind == "f" else float(value)

    return checked

"""A complex number that refuses whatever the complex step cannot differentiate.

The complex step reads the derivative of f from the imaginary part of f(x + ih), which carries it through analytic
operations only. The probe below travels through f in place of x + ih: it lets pass what is known to be analytic, and
raises at anything else. It cannot see what f does with plain numbers that it has taken out, with `np.asarray` for
example; it notes that, and then the result must be confirmed by differences.
"""

import warnings

import numpy as np

from helpers.calculus.analytic import ANALYTIC, NotAnalyticError, log_add_exp, refuse_edge
from helpers.calculus.measured_slope import measured_slope


def _refuse(operation):
    def method(self, *args, **kwargs):
        raise NotAnalyticError(operation)

    return method


class ComplexProbe(np.lib.mixins.NDArrayOperatorsMixin):
    """Complex array of any shape; analytic NumPy operations work on it, all others raise `NotAnalyticError`.

    escapes: a list, shared by all that comes from the probe; it grows when plain complex numbers go out or come in.
    """

    def __init__(self, value, escapes):
        self.array, self.escapes = np.asarray(value, complex), escapes

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        """Run an analytic ufunc on the plain numbers and wrap its result."""
        if ufunc is np.logaddexp and method == "__call__":
            return self._run(log_add_exp, inputs, options)
        if ufunc.__name__ not in ANALYTIC:
            raise NotAnalyticError(ufunc.__name__)
        refuse_edge(ufunc.__name__, *self._plain(inputs))
        return self._run(getattr(ufunc, method), inputs, options)

    def __array_function__(self, function, types, arguments, options):
        """Run an analytic NumPy function on the plain numbers and wrap its result."""
        if function.__name__ not in ANALYTIC:
            raise NotAnalyticError(function.__name__)
        return self._run(function, arguments, options)

    def __getattr__(self, name):
        if name.startswith("__") or not hasattr(np.ndarray, name):
            raise AttributeError(f"an array has no attribute {name!r}")
        if name not in ANALYTIC:
            raise NotAnalyticError(f".{name}")
        attribute = getattr(self.array, name)
        if not callable(attribute):
            return self._watched(attribute)
        return lambda *arguments, **options: self._run(attribute, arguments, options)

    def _run(self, function, arguments, options):
        plain = {name: self._plain(value) for name, value in options.items()}
        return self._watched(function(*self._plain(arguments), **plain))

    def _plain(self, value):
        """The numbers in a probe, and in lists and tuples of probes."""
        if isinstance(value, ComplexProbe):
            return value.array
        if isinstance(value, list | tuple):
            return type(value)(map(self._plain, value))
        if np.iscomplexobj(value):
            self.escapes.append(value)
        return value

    def _watched(self, result):
        """A result as a probe, if it is complex; a number that has overflown does not depend on x any more."""
        if isinstance(result, list | tuple):
            return type(result)(map(self._watched, result))
        if not np.iscomplexobj(result):
            return result
        infinite = np.isinf(np.real(result))
        return ComplexProbe(np.where(infinite, np.real(result), result) if infinite.any() else result, self.escapes)

    def __array__(self, dtype=None, copy=None):
        self.escapes.append(self)
        return np.array(self.array, dtype)

    def __complex__(self):
        return complex(np.asarray(self)[()])

    def __getitem__(self, index):
        return ComplexProbe(self.array[index], self.escapes)

    def __setitem__(self, index, value):
        self.array[index] = self._plain(value)

    def __len__(self):
        return len(self.array)

    def __iter__(self):
        return iter([self[k] for k in range(len(self))])

    def __copy__(self, memo=None):
        return self.copy()

    def __repr__(self):
        return repr(self.array)

    __deepcopy__ = __copy__
    __float__ = _refuse("float(), or a function of the math module")
    __int__ = __index__ = _refuse("int()")
    __round__ = _refuse("round()")
    __bool__ = _refuse("if, and, or, not")


def imaginary_part(f, z):
    """Return Im f(z) for a complex number z close to the real line, where f: number -> number is real.

    Raises `NotAnalyticError` when f loses the imaginary part, ValueError when f is not real, finite and differentiable
    near z, TypeError when f returns an array.
    """
    escapes = []
    value = complex_value(f, z, escapes)
    if escapes:  # confirm by differences
        slope = measured_slope(lambda x: complex_value(f, x, []).real, z.real, value.real)
        distance = abs(value.imag / z.imag - slope.value)
        if not distance <= slope.error <= 1e-4 * max(1, abs(slope.value), slope.nearby):
            raise NotAnalyticError("plain numbers, taken out by np.asarray or complex()")
    return value.imag


def complex_value(f, z, escapes):
    """Return f(z) as a plain complex number, where f is given a probe."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("error", np.exceptions.ComplexWarning)
        try:
            value = f(ComplexProbe(z, escapes))
        except np.exceptions.ComplexWarning:
            raise NotAnalyticError("a cast to a real dtype") from None
        except ValueError as error:  # NumPy's words for what the probe has refused
            raise error.__cause__ if isinstance(error.__cause__, NotAnalyticError) else error from None
    if np.ndim(value) != 0:
        raise TypeError(f"f must return a single number, it returned an array of shape {np.shape(value)}")
    if not np.iscomplexobj(value):
        raise NotAnalyticError(f"something that turned x + ih into the real value {value!r}")
    if not isinstance(value, ComplexProbe):
        escapes.append(value)
    value = complex(value.array if isinstance(value, ComplexProbe) else value)
    if not np.isfinite(value):
        raise ValueError(f"f must be finite at x, it is {value.real}")
    return value

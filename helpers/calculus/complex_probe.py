"""A complex number that refuses whatever the complex step cannot differentiate.

The complex step reads the derivative of f from the imaginary part of f(x + ih).
That part carries the derivative only through complex-analytic operations.
`abs`, comparisons, rounding and casts to real drop it, and the answer is then wrong without a sign of it.
The probe below travels through f in place of a plain complex number and raises at the first such operation.
"""

import warnings

import numpy as np

_BREAKING_UFUNCS = {
    np.absolute, np.fabs, np.sign, np.conjugate, np.rint, np.floor, np.ceil, np.trunc, np.maximum, np.minimum,
    np.fmax, np.fmin, np.greater, np.greater_equal, np.less, np.less_equal, np.heaviside, np.copysign, np.hypot,
    np.arctan2, np.fmod, np.remainder, np.floor_divide, np.logaddexp2, np.vecdot,
    getattr(np, "vecmat", np.vecdot),  # new in NumPy 2.2
}  # fmt: skip
_BREAKING_FUNCTIONS = {
    np.real, np.imag, np.angle, np.round, np.around, np.clip, np.ptp, np.sort, np.argsort, np.argmax, np.argmin,
    np.searchsorted, np.vdot, np.correlate, np.var, np.std, np.cov, np.corrcoef, np.linalg.norm, np.linalg.cholesky,
    np.linalg.eigh, np.linalg.eigvalsh, np.linalg.lstsq, np.linalg.pinv, np.linalg.qr, np.linalg.svd,
}  # fmt: skip


class NotAnalyticError(TypeError):
    """f uses an operation through which the imaginary part, and so the derivative, is lost."""

    def __init__(self, operation: str):
        super().__init__(
            f"f uses `{operation}`, which is not complex-analytic: it loses the imaginary part in which the "
            "complex step keeps the derivative. Use a central difference for this f."
        )


def _refuse(operation):
    def method(self, *args, **kwargs):
        raise NotAnalyticError(operation)

    return method


def _log_add_exp(a, b):
    """log(exp(a) + exp(b)) of two probes; the larger real part is taken out, so that nothing overflows."""
    a, b = np.asarray(a), np.asarray(b)
    larger = np.where(a.real > b.real, a, b)
    return AnalyticProbe(larger + np.log1p(np.exp(a + b - 2 * larger)))


class AnalyticProbe(np.ndarray):
    """Complex array of any shape; analytic NumPy operations work on it, all others raise `NotAnalyticError`."""

    def __new__(cls, value):
        """Copy `value` (any shape) into a complex array of this class."""
        return np.array(value, dtype=complex).view(cls)

    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        """Run the plain ufunc and wrap its result, unless the ufunc is not analytic."""
        if ufunc in _BREAKING_UFUNCS or (ufunc is np.logaddexp and method != "__call__"):
            raise NotAnalyticError(ufunc.__name__)
        if ufunc is np.logaddexp:
            return _log_add_exp(*map(AnalyticProbe, inputs))
        if any(isinstance(value, AnalyticProbe) and not np.iscomplexobj(value) for value in inputs):
            raise NotAnalyticError("view(), with a real dtype")
        plain = [np.asarray(value) if isinstance(value, AnalyticProbe) else value for value in inputs]
        if kwargs.get("out"):  # x += 1 and the like: the result goes into the memory of the probe itself
            kwargs["out"] = tuple(np.asarray(value) for value in kwargs["out"])
        result = getattr(ufunc, method)(*plain, **kwargs)
        return AnalyticProbe(result) if np.iscomplexobj(result) else result

    def __array_function__(self, function, types, args, kwargs):
        """Refuse the NumPy functions that order, round or split complex numbers."""
        if function in _BREAKING_FUNCTIONS:
            raise NotAnalyticError(function.__name__)
        result = super().__array_function__(function, types, args, kwargs)
        return result.view(AnalyticProbe) if isinstance(result, np.ndarray) and np.iscomplexobj(result) else result

    def __getitem__(self, index):
        """Return an element or a slice, still a probe (NumPy would hand out a plain complex number)."""
        return np.asarray(super().__getitem__(index)).view(AnalyticProbe)

    def astype(self, dtype, *args, **kwargs):
        """Cast between complex types; a cast to a real type is refused."""
        if not np.issubdtype(dtype, np.complexfloating):
            raise NotAnalyticError(f"astype({np.dtype(dtype).name})")
        return super().astype(dtype, *args, **kwargs)

    def __repr__(self):
        return repr(np.asarray(self))

    def __format__(self, form):
        return format(np.asarray(self)[()], form)

    __str__ = __repr__
    real = property(_refuse(".real"))
    imag = property(_refuse(".imag"))
    __float__ = _refuse("float(), or a function of the math module")
    __int__ = _refuse("int()")
    __round__ = _refuse("round()")
    argmax = argmin = sort = argsort = _refuse("ordering")
    max = min = clip = _refuse("max, min or clip")
    round = _refuse("round()")
    item = tolist = _refuse("a cast to a plain Python number")


def imaginary_part(f, x):
    """Return Im f(x) for a complex number x close to the real line, where f: number -> number is real.

    Raises `NotAnalyticError` when f loses the imaginary part, ValueError when f is not real near x,
    TypeError when f returns an array.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error", np.exceptions.ComplexWarning)
        try:
            value = f(AnalyticProbe(x))
        except np.exceptions.ComplexWarning:
            raise NotAnalyticError("a cast to a real dtype") from None
    if np.ndim(value) != 0:
        raise TypeError(f"f must return a single number, it returned an array of shape {np.shape(value)}")
    if not np.iscomplexobj(value):
        raise NotAnalyticError(f"something that turned x + ih into the real value {value!r}")
    imaginary = np.asarray(value).imag.item()
    if abs(imaginary) > 1e15 * np.imag(x):  # a slope of 1e15 is not believed
        raise ValueError(
            f"f(x + ih) has the imaginary part {imaginary:.3g}, far larger than h: f is not real near x "
            "(log, sqrt or a fractional power of a negative number?)"
        )
    return imaginary

"""Which operations of NumPy are complex-analytic, and where: there the complex step can differentiate them."""

import numpy as np

ANALYTIC = set(
    """add subtract multiply divide negative positive power float_power square sqrt reciprocal matmul exp exp2 expm1 log
    log2 log10 log1p sin cos tan arcsin arccos arctan sinh cosh tanh arcsinh arccosh arctanh isfinite isnan isinf
    sum prod mean average cumsum cumprod diff trapezoid dot inner outer tensordot einsum kron trace convolve cross
    polyval where concatenate stack hstack vstack dstack column_stack split array_split append roll flip tile repeat
    reshape ravel flatten squeeze expand_dims transpose matrix_transpose T mT moveaxis swapaxes broadcast_to
    broadcast_arrays diag diagonal tril triu take take_along_axis copy atleast_1d atleast_2d zeros_like ones_like
    full_like empty_like astype shape ndim size dtype iscomplexobj result_type
    solve inv det matrix_power multi_dot""".split()
)
ROOM = {  # how far a real argument is from the edge of where the operation is analytic
    **dict.fromkeys(("sqrt", "log", "log2", "log10"), lambda x: x),
    **dict.fromkeys(("arcsin", "arccos", "arctanh"), lambda x: 1 - abs(x)),
    **dict.fromkeys(("divide", "reciprocal"), abs),
    "log1p": lambda x: 1 + x,
    "arccosh": lambda x: x - 1,
}


class NotAnalyticError(TypeError):
    """f uses an operation through which the imaginary part, and so the derivative, is lost."""

    def __init__(self, operation: str):
        super().__init__(
            f"f uses `{operation}`, which is not complex-analytic: it loses the imaginary part in which the "
            "complex step keeps the derivative. Use a central difference for this f."
        )


def refuse_edge(name, z, *others):
    """Raise ValueError unless the arguments of an operation are further from an edge than their imaginary parts.

    On the edge the operation is not real or has no slope, and nearer to it its Taylor series in ih says nothing.
    """
    operation = name
    if name == "divide":
        z = others[0]
        if not np.iscomplexobj(z):
            return
    if name in ("power", "float_power"):
        exponent = np.asarray(others[0])
        whole = np.all(exponent == np.round(exponent.real))
        name = "sqrt" if not whole else "reciprocal" if np.any(exponent.real < 0) else ""
    if name in ROOM:
        room, reach = ROOM[name](np.real(z)), np.abs(np.imag(z))
        if not np.all(np.where(reach > 0, room > 1e4 * reach, room > 1e-38)):  # an h times an h has no imaginary part
            raise ValueError(f"f is not real near x, or its slope is infinite: it takes `{operation}` of {np.real(z)}")


def log_add_exp(a, b):
    """Return log(exp(a) + exp(b)) of complex arrays; the larger real part is taken out, so that nothing overflows."""
    larger = np.where(np.real(a) > np.real(b), a, b)
    return larger + np.log1p(np.exp(a + b - 2 * larger))

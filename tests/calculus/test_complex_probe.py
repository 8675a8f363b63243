"""The complex step is exact where f is analytic, and refuses f where it is not."""

import cmath
import copy
import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from programs import COMPLEX, assume_moderate, gradient_by_autograd, points, programs, run

from helpers.calculus.analytic import NotAnalyticError
from helpers.calculus.complex_probe import ComplexProbe
from helpers.calculus.differences import central_difference, complex_step, numerical_gradient


@given(programs(), points())
def test_exact_on_random_programs(program, x):
    assume_moderate(run(program, x.astype(complex), COMPLEX))
    exact = gradient_by_autograd(program, x)
    ours = numerical_gradient(lambda x: run(program, x, COMPLEX)[-1] + 0 * x[0], x, "complex")
    assert np.allclose(ours, exact, rtol=1e-11, atol=1e-11 * (1 + np.abs(exact).max()))


def cast(x):
    out = np.zeros(1)
    out[0] = x
    return out[0]


def rounded_branch(x):
    return x if round(x) == 1 else -x


def with_math(x):
    return math.sin(x)


NOT_ANALYTIC = {
    "np.abs": (np.abs, "absolute"),
    "abs": (abs, "absolute"),
    "np.fabs": (np.fabs, "fabs"),
    "np.sign": (np.sign, "sign"),
    "greater": (lambda x: x if x > 0 else -x, "greater"),
    "less_equal": (lambda x: x if 3 <= x else -x, "greater_equal"),
    "max": (lambda x: max(x, 0.0), "less|greater"),
    "np.maximum": (lambda x: np.maximum(x, 0), "maximum"),
    "np.clip": (lambda x: np.clip(x, 0, 1), "clip"),
    "float": (lambda x: float(x) ** 2, r"float\(\)"),
    "int": (int, r"int\(\)"),
    "math": (with_math, "math module"),
    "real": (lambda x: x.real * x, "real"),
    "imag": (lambda x: x + x.imag, "imag"),
    "np.real": (lambda x: np.real(x) * x, "real"),
    "np.imag": (lambda x: np.imag(x) + x, "imag"),
    "conj": (lambda x: x.conj() * x, "conj"),
    "conjugate": (lambda x: x.conjugate() * x, "conj"),
    "np.conj": (lambda x: np.conj(x) * x, "conj"),
    "np.where": (lambda x: np.where(x > 0, x, 0), "greater"),
    "round": (rounded_branch, "round"),
    "np.round": (lambda x: np.round(x, 1) + x, "round"),
    "np.floor": (lambda x: x - np.floor(x), "floor"),
    "np.rint": (lambda x: x - np.rint(x), "rint"),
    "remainder": (lambda x: x % 1, "remainder"),
    "floor_divide": (lambda x: x + x // 1, "floor_divide"),
    "astype": (lambda x: x.astype(float) + x, "cast to a real dtype"),
    "cast": (lambda x: x + cast(x), "cast|float"),
    "item": (lambda x: x + x.item(), "item"),
    "constant": (lambda x: 3.0, "real value 3.0"),
    "constant array": (lambda x: np.float64(3.0), "real value"),
}


@pytest.mark.parametrize("f, operation", NOT_ANALYTIC.values(), ids=NOT_ANALYTIC)
def test_what_is_not_analytic_is_named(f, operation):
    with pytest.raises(NotAnalyticError, match=f"f uses `.*({operation})") as caught:
        complex_step(f, 1.25)
    assert "Use a central difference for this f" in str(caught.value)


W = np.array([[2.0, 1.0, 0.5], [1.0, 3.0, -1.0], [0.5, -1.0, 4.0]])

NOT_ANALYTIC_ON_ARRAYS = {
    "argmax": lambda x: x[np.argmax(x)],
    "method argmax": lambda x: x[x.argmax()],
    "argsort": lambda x: x[np.argsort(x)[0]],
    "sort": lambda x: np.sort(x)[0],
    "np.max": lambda x: np.max(x) + x.sum(),
    "method max": lambda x: x.max() + x.sum(),
    "max of entries": lambda x: max(list(x)),
    "sorted": lambda x: sorted(x)[0],
    "norm": lambda x: np.linalg.norm(x) + x.sum(),
    "vdot": lambda x: np.vdot(x, x),
    "vecdot": lambda x: np.linalg.vecdot(x, x),
    "correlate": lambda x: np.correlate(W[0], x)[0],
    "var": lambda x: np.var(x) + x.sum(),
    "std": lambda x: np.std(x) + x.sum(),
    "cov": lambda x: np.cov(np.stack([x, x**2]))[0, 1] + x.sum(),
    "svd": lambda x: np.linalg.svd(W * x)[1].sum() + x.sum(),
    "eigvalsh": lambda x: np.linalg.eigvalsh(W + np.diag(x))[0] + x.sum(),
    "eigh": lambda x: np.linalg.eigh(W + np.diag(x))[0][0] + x.sum(),
    "cholesky": lambda x: np.linalg.cholesky(W + np.diag(x)).sum(),
    "pinv": lambda x: np.linalg.pinv(np.outer(x, x) + W[:, :2] @ W[:2]).sum(),
    "qr": lambda x: np.linalg.qr(W * x)[1].sum(),
    "view": lambda x: x.view(float)[0] + x.sum(),
    "mask": lambda x: np.sum(x * (x > 0)),
    "any": lambda x: x.sum() if np.any(x < 0) else x.sum(),
    "tolist": lambda x: sum(x.tolist()),
    "entry": lambda x: math.exp(x[0]) + x.sum(),
    "allclose": lambda x: x.sum() if np.allclose(x, 0) else x.sum(),
    "nan_to_num": lambda x: np.nan_to_num(x).sum(),
}


@pytest.mark.parametrize("f", NOT_ANALYTIC_ON_ARRAYS.values(), ids=NOT_ANALYTIC_ON_ARRAYS)
def test_refused_on_arrays(f):
    with pytest.raises(NotAnalyticError, match="f uses `"):
        numerical_gradient(f, np.array([0.5, -1.0, 2.0]), "complex")


def in_place(x):
    y = x.copy()
    y *= 2
    y[0] += x[1]
    return y.sum()


def filled(x):
    y = np.zeros_like(x)
    y[:] = x**2
    return y.sum()


def added_at(x):
    y = x.copy()
    np.add.at(y, [0, 2, 0], x**2)
    return y @ W[0]


ANALYTIC = {
    "add.at": added_at,
    "sum": lambda x: x.sum() ** 2,
    "mean": lambda x: np.mean(x**3),
    "prod": lambda x: np.prod(x),
    "dot": lambda x: np.dot(x, W @ x),
    "matmul": lambda x: np.tanh(x @ W) @ W[0],
    "einsum": lambda x: np.einsum("i,ij,j->", x, W, x),
    "entries": lambda x: x[0] * np.exp(x[1]) / (1 + x[2] ** 2),
    "unpacked": lambda x: sum(a * b for a, b in zip(x, W[0], strict=True)),
    "slice": lambda x: (x[1:] * x[:-1]).sum(),
    "in place": in_place,
    "filled": filled,
    "stack": lambda x: np.concatenate([x, x**2]).sum() + np.stack([x, x])[1, 0],
    "reshape": lambda x: (x.reshape(3, 1) * x[None]).T.sum(),
    "outer": lambda x: np.outer(x, x).sum(),
    "log-sum-exp": lambda x: np.log(np.sum(np.exp(x))),
    "solve": lambda x: np.linalg.solve(W, x) @ np.linalg.solve(W + np.diag(x), W[0]),
    "det": lambda x: np.linalg.det(W + np.outer(x, x)),
    "fractional power": lambda x: np.sum((x * x + 1) ** 0.3),
    "convolve": lambda x: np.convolve(W[0], x) @ np.arange(5.0),
    "cumsum": lambda x: np.cumsum(x)[-1] * x[0],
    "plain Python": lambda x: (1 + 2j).real * x[0] + 0 * x[1],
}


@pytest.mark.parametrize("f", ANALYTIC.values(), ids=ANALYTIC)
def test_analytic_code_is_differentiated(f):
    x = np.array([0.5, -1.0, 2.0])
    assert np.allclose(numerical_gradient(f, x, "complex"), numerical_gradient(f, x, "central"), rtol=1e-7, atol=1e-8)


LARGE = {
    "exp at 36": (np.exp, 36.0, np.exp(36.0)),
    "exp at 40": (np.exp, 40.0, np.exp(40.0)),
    "exp at 700": (np.exp, 700.0, np.exp(700.0)),
    "x**4": (lambda x: x**4, 1e5, 4e15),
    "x**20": (lambda x: x**20, 100.0, 2e39),
    "1/x": (lambda x: 1 / x, 1e-8, -1e16),
    "log": (np.log, 1e-12, 1e12),
    "a large factor": (lambda x: 1e200 * np.sin(x), 0.0, 1e200),
    "a small factor": (lambda x: 1e-200 * np.sin(x), 0.0, 1e-200),
}


@pytest.mark.parametrize("f, x, slope", LARGE.values(), ids=LARGE)
def test_large_slopes_are_believed(f, x, slope):
    assert complex_step(f, x) == pytest.approx(slope, rel=1e-13)


OVERFLOWING = {
    "sigmoid": (lambda x: 1 / (1 + np.exp(-x)), -800.0),
    "reciprocal": (lambda x: np.reciprocal(1 + np.exp(-x)), -1e4),
    "1/cosh": (lambda x: 1 / np.cosh(x), 800.0),
    "tanh of exp": (lambda x: np.tanh(np.exp(x)), 800.0),
    "in an array": (lambda x: np.sum(1 / (1 + np.exp(-x * np.array([1.0, 2.0])))), -800.0),
}


@pytest.mark.parametrize("f, x", OVERFLOWING.values(), ids=OVERFLOWING)
def test_what_overflows_in_between_has_the_slope_zero(f, x):
    assert complex_step(f, x) == 0


@pytest.mark.parametrize(
    "f", [lambda x: np.exp(x), lambda x: x * np.nan, lambda x: x * np.inf, lambda x: x - x * 1e400]
)
def test_f_that_is_not_finite_is_refused(f):
    with pytest.raises(ValueError, match="f must be finite at x, it is (nan|inf|-inf)"):
        complex_step(f, 800.0)


def test_digits_that_f_loses_stay_lost():
    x = 1e-4
    exact = float(mpmath.diff(lambda x: (1 - mpmath.cos(x)) / x**2, x))
    assert complex_step(lambda x: 2 * (np.sin(x / 2) / x) ** 2, x) == pytest.approx(exact, rel=1e-6)
    assert complex_step(lambda x: (1 - np.cos(x)) / x**2, x) != pytest.approx(exact, rel=1)


# Plain numbers, taken out of the probe


ESCAPES = {
    "asarray": lambda x: np.asarray(x),
    "array": lambda x: np.array([x])[0],
    "complex": lambda x: complex(x),
    "filled": lambda x: filled_with(np.zeros(2, complex), x),
    "in place": lambda x: added_to(np.zeros(1, complex), x),
    "out": lambda x: np.multiply(1.0, x, out=np.zeros((), complex)),
    "deepcopy": lambda x: np.asarray(copy.deepcopy(x)),
    "copy": lambda x: np.asarray(copy.copy(x)),
    "a list": lambda x: np.asarray([x, 1.0])[0],
}


def filled_with(array, x):
    array[1] = x
    return array[1]


def added_to(array, x):
    row = array[:1]
    row += x
    return array[0]


@pytest.mark.parametrize("out", ESCAPES.values(), ids=ESCAPES)
@pytest.mark.parametrize("x", [-2.0, 0.7, 3.0])
def test_what_leaves_the_probe_is_right_or_refused(out, x):
    assert complex_step(lambda x: np.sin(out(x)) + x * out(x), x) == pytest.approx(np.cos(x) + 2 * x, rel=1e-14)
    for f in (
        lambda x: x * abs(out(x)) + x,
        lambda x: x * out(x).real,
        lambda x: x * np.conj(out(x)),
        lambda x: x + np.hypot(out(x).real, 1.0),
    ):
        with pytest.raises(NotAnalyticError, match="plain numbers, taken out by np.asarray|absolute|real|conj|imag"):
            complex_step(f, x)


@pytest.mark.parametrize("f", [lambda x: abs(np.asarray(x)) + x, lambda x: np.sqrt(np.asarray(x)), lambda x: 1j * x])
def test_what_leaves_the_probe_at_a_kink_or_an_edge_is_refused(f):
    with pytest.raises((NotAnalyticError, ValueError)):
        complex_step(f, 0.0)


@pytest.mark.parametrize(
    "f, x",
    [
        (lambda x: 1e14 + x * abs(np.asarray(x)), -2.0),
        (lambda x: 1e16 + np.asarray(x).conj() ** 2, 3.0),
        (lambda x: x + 1e-6 * abs(np.asarray(x)), 1.0),
    ],
)
def test_what_leaves_the_probe_is_not_hidden_by_a_large_or_a_steep_part_of_f(f, x):
    with pytest.raises(NotAnalyticError, match="plain numbers, taken out by np.asarray"):
        complex_step(f, x)


def test_plain_numbers_that_only_are_looked_at_do_not_matter():
    def f(x):
        assert np.isfinite(np.asarray(x)).all()
        return np.sin(x)

    assert complex_step(f, 1.0) == np.cos(1.0)


def test_cmath_is_confirmed():
    assert complex_step(cmath.sin, 1.25) == pytest.approx(np.cos(1.25), rel=1e-15)


def test_a_probe_in_a_plain_matrix():
    W = np.array([[0.5, -1.0], [2.0, 0.3]])

    def f(w):
        moved = W.astype(complex)
        moved[0, 1] = w
        return np.sum(np.tanh(moved @ moved))

    assert complex_step(f, -1.0) == pytest.approx(central_difference(lambda w: f(w).real, -1.0), rel=1e-8)


# The probe as an array


def test_array_and_complex_zero_slope():
    with pytest.raises(TypeError, match=r"array of shape \(2,\)"):
        complex_step(lambda x: np.array([1, 2]) * x, 1.0)
    assert complex_step(lambda x: 0 * x + 3, 1.0) == 0.0


@pytest.mark.parametrize("operation", [lambda x: x + 1, np.exp, np.sum, lambda x: x @ W, lambda x: W @ x, np.stack])
def test_results_stay_probes(operation):
    assert isinstance(operation(ComplexProbe([1.0, 2.0, 3.0], [])), ComplexProbe)


def test_parts_of_a_probe_share_its_memory_and_copies_do_not():
    probe = ComplexProbe(np.arange(4.0), [])
    probe.reshape(2, 2)[0] = 5
    probe.copy()[1] = 7
    probe[2:] += 1
    assert np.array_equal(probe.array, [5, 5, 3, 4]) and not probe.escapes
    assert len(probe) == 4 and probe.dtype == complex and [entry.shape for entry in probe] == [()] * 4


@pytest.mark.parametrize("operation", [len, list, sum, bool, hash])
def test_a_single_number_is_no_sequence_and_no_truth(operation):
    with pytest.raises(TypeError):
        operation(ComplexProbe(1.0, []))


def test_unknown_attributes_are_errors_of_an_array():
    assert not hasattr(ComplexProbe(1.0, []), "requires_grad")
    with pytest.raises(NotAnalyticError, match="`.view`"):
        _ = ComplexProbe(1.0, []).view

"""Dual numbers against the complex step and against `Value`."""

import mpmath
import numpy as np
import pytest
from graphs import VALUES
from hypothesis import assume, given
from hypothesis import strategies as st
from programs import OPERATIONS, Library, gradient_by_complex_step, points, programs, run

from helpers.calculus.differences import complex_step
from helpers.calculus.dual import Dual
from helpers.calculus.graph import Value
from helpers.running_actor import NAMES, THETA0, actor_output, log_probability

DUALS = Library(Dual.tanh, None, Dual.log, None)
ON_DUALS = {name: f for name, f in OPERATIONS.items() if name not in ("sigmoid", "exp")} | {
    "sigmoid": lambda a, b, lib: a.sigmoid() if lib in (DUALS, VALUES) else OPERATIONS["sigmoid"](a, b, lib),
}
numbers = st.floats(-3, 3)


@given(programs(tuple(ON_DUALS)), points(), st.integers(0, 2))
def test_random_programs(program, x, k):
    results = run(program, [Dual(value, float(i == k)) for i, value in enumerate(x)], DUALS, ON_DUALS)
    assume(all(abs(result.value) < 50 for result in results))
    exact = gradient_by_complex_step(program, x, ON_DUALS)[k]
    assert results[-1].slope == pytest.approx(exact, rel=1e-9, abs=1e-10)


@given(numbers, numbers)
def test_sums_products_and_tanh(x, a):
    dual = (Dual(x, 1.0) * Dual(a) + Dual(x, 1.0) * Dual(x, 1.0)).tanh()
    assert dual.value == pytest.approx(np.tanh(a * x + x * x))
    assert dual.slope == pytest.approx(complex_step(lambda x: np.tanh(a * x + x * x), x), abs=1e-14)


def test_the_examples_of_an_issue():
    dual = Dual(1.0) + 2.0
    assert (dual.value, dual.slope) == (3.0, 0.0)
    assert repr(-(3 - Dual(1.0, 1.0)) / 2) == "Dual(value=-1.0, slope=0.5)"


# Saturation: exact values by mpmath, to relative 1e-12


def slopes(method, name, x):
    if method == "complex step":
        return complex_step({"tanh": np.tanh, "sigmoid": lambda x: 1 / (1 + np.exp(-x))}[name], x)
    if method == "Dual":
        return getattr(Dual(x, 1.0), name)().slope
    node = Value(x)
    getattr(node, name)().backward()
    return node.grad


def exact_slope(name, x):
    with mpmath.workdps(800):
        x = mpmath.mpf(x)
        return float(1 / mpmath.cosh(x) ** 2 if name == "tanh" else 1 / (2 * mpmath.cosh(x / 2)) ** 2)


@pytest.mark.parametrize("method", ["Value", "Dual", "complex step"])
@pytest.mark.parametrize("name", ["tanh", "sigmoid"])
@pytest.mark.parametrize("x", [0.0, 1e-9, 0.5, 5.0, 20.0, 37.0, 40.0, 340.0, 700.0, 800.0, 1e300])
def test_slopes_where_the_functions_are_flat(method, name, x):
    for sign in (1, -1):
        assert slopes(method, name, sign * x) == pytest.approx(exact_slope(name, x), rel=1e-12, abs=1e-285)


@given(st.floats(-1000, 1000), st.sampled_from(["tanh", "sigmoid"]))
def test_value_and_dual_have_the_same_slopes(x, name):
    assert slopes("Value", name, x) == slopes("Dual", name, x) == pytest.approx(exact_slope(name, x), rel=1e-14)


@given(st.floats(-700, 700))
def test_log_of_sigmoid(x):
    dual = Dual(x, 1.0).sigmoid().log()
    assert dual.slope == pytest.approx(float(1 / (1 + mpmath.exp(mpmath.mpf(x)))), rel=1e-12)


def test_values_do_not_overflow():
    assert Dual(1e4, 1.0).sigmoid().value == Dual(1e4, 1.0).tanh().value == 1.0
    assert Dual(-1e4, 1.0).sigmoid().value == 0.0


# Errors


@pytest.mark.parametrize(
    "operation, error, words",
    [
        (lambda x: (-x).log(), ValueError, r"log of Dual\(value=-2.0, slope=-1.0\): needs a positive value"),
        (lambda x: (x - 2).log(), ValueError, "log of Dual"),
        (lambda x: 1 / (x - 2), ZeroDivisionError, r"Dual\(value=0.0, slope=1.0\) \*\* -1: division by zero"),
        (lambda x: (-x) ** 0.5, ValueError, "a fractional power needs a base that is not negative"),
        (lambda x: (x - 2) ** 0.5, ValueError, "the slope is infinite at 0"),
        (lambda x: x**np.inf, ValueError, r"\*\* inf: the exponent must be finite"),
        (lambda x: x**2000, OverflowError, "pow of Dual.* is too large for a float"),
        (lambda x: x**x, TypeError, "the exponent must be a real number, not Dual"),
        (lambda x: 2**x, TypeError, "the exponent must be a real number, not Dual"),
        (lambda x: x**1j, TypeError, "the exponent must be a real number, not complex"),
        (lambda x: x + "1", TypeError, "Dual needs a single real number, not str"),
        (lambda x: None * x, TypeError, "Dual needs a single real number, not NoneType"),
        (lambda x: x * np.ones(2), TypeError, "Dual needs a single real number, not ndarray"),
        (lambda x: np.ones(2) * x, TypeError, "Dual needs a single real number, not ndarray"),
        (lambda x: x - 1j, TypeError, "Dual needs a single real number, not complex"),
        (lambda x: x - None, TypeError, "Dual needs a single real number, not NoneType"),
        (lambda x: x - "1", TypeError, "Dual needs a single real number, not str"),
        (lambda x: x - np.array(2.0), TypeError, "Dual needs a single real number, not ndarray"),
        (lambda x: x + Value(1.0), TypeError, "Dual needs a single real number, not Value"),
        (lambda x: Dual("1"), TypeError, "Dual needs a single real number, not str"),
        (lambda x: Dual(1.0, [1.0]), TypeError, "Dual needs a single real number, not list"),
    ],
)
def test_errors_name_the_number(operation, error, words):
    with pytest.raises(error, match=words):
        operation(Dual(2.0, 1.0))


@pytest.mark.parametrize("k", range(7))
def test_every_weight_of_the_actor(k):
    duals = [Dual(number, slope=float(i == k)) for i, number in enumerate(THETA0)]

    def along(value):
        return log_probability([value if i == k else number for i, number in enumerate(THETA0)], -1.0)

    assert NAMES[k] and actor_output(duals, Dual(-1.0), Dual.tanh).sigmoid().log().slope == pytest.approx(
        complex_step(along, THETA0[k]), rel=1e-12
    )

"""Where operations are analytic: beside an edge they are right, on it refused; sums of exponentials do not overflow."""

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.calculus.analytic import ANALYTIC, ROOM, NotAnalyticError, log_add_exp, refuse_edge
from helpers.calculus.differences import complex_step, numerical_gradient


def test_every_operation_with_an_edge_is_analytic_inside():
    assert {*ROOM} <= ANALYTIC and not ANALYTIC & {"absolute", "maximum", "real", "conjugate", "sign"}


def test_an_error_names_the_operation():
    assert issubclass(NotAnalyticError, TypeError)
    assert "f uses `floor`, which is not complex-analytic" in str(NotAnalyticError("floor"))


@pytest.mark.parametrize(
    "name, inside, edge",
    [
        ("sqrt", 2.0, 0.0),
        ("log1p", -0.5, -1.0),
        ("arcsin", 0.9, 1.0),
        ("arccosh", 1.5, 1.0),
        ("reciprocal", -1.0, 0.0),
    ],
)
def test_one_number_of_an_array_on_the_edge_is_enough(name, inside, edge):
    refuse_edge(name, np.array([inside, inside]) + 1e-20j)
    refuse_edge(name, np.array([inside, edge + 0.01 * np.sign(inside - edge)]) + 1e-20j)
    for near in (edge, edge + 1e-17 * np.sign(inside - edge)):
        with pytest.raises(ValueError, match=f"it takes `{name}` of "):
            refuse_edge(name, np.array([inside, near]) + 1e-20j)


def test_the_edge_of_a_quotient_is_that_of_what_divides():
    refuse_edge("divide", np.array(0 + 1e-20j), np.array(0.0))  # a plain number has no slope
    with pytest.raises(ValueError, match="it takes `divide` of 0.0"):
        refuse_edge("divide", np.array(1.0), np.array(0 + 1e-20j))


@pytest.mark.parametrize("exponent, edge", [(3, False), (0, False), (-1, True), (0.5, True), (2.5, True)])
def test_only_some_powers_have_an_edge(exponent, edge):
    if edge:
        with pytest.raises(ValueError, match="it takes `power` of"):
            refuse_edge("power", np.array(0 + 1e-20j), exponent)
    else:
        refuse_edge("power", np.array(0 + 1e-20j), exponent)


def test_log_add_exp_of_real_numbers_is_numpys():
    a, b = np.array([0.0, 1e4, -1e4, 3.0]), np.array([0.0, -1e4, -1e4, 3.5])
    assert log_add_exp(a, b) == pytest.approx(np.logaddexp(a, b), rel=1e-15)


# Through the complex step


AT_AN_EDGE = {
    "sqrt": (np.sqrt, 0.0),
    "sqrt of a square": (lambda x: np.sqrt(x**2), 0.0),
    "the same elsewhere": (lambda x: np.sqrt((x - 1) * (x - 1)), 1.0),
    "two roots": (lambda x: np.sqrt(np.sqrt(x**4)), 0.0),
    "two roots elsewhere": (lambda x: np.sqrt(np.sqrt((x - 1) ** 4)), 1.0),
    "power": (lambda x: (x * x) ** 0.5, 0.0),
    "power 1.01": (lambda x: x**1.01, 0.0),
    "power 1.5": (lambda x: x**1.5, 0.0),
    "float_power": (lambda x: np.float_power(x, 0.5), 0.0),
    "root of a negative number, squared": (lambda x: np.sqrt(x) ** 2, -2.0),
    "log": (np.log, 0.0),
    "log of a power": (lambda x: np.log(x**4), 0.0),
    "negative log": (np.log, -2.0),
    "negative sqrt": (np.sqrt, -2.0),
    "negative power": (lambda x: x**1.5, -2.0),
    "negative base": (lambda x: (-2.0) ** x, 3.0),
    "log2": (np.log2, 0.0),
    "log10": (np.log10, -1.0),
    "log1p": (np.log1p, -1.0),
    "below log1p": (np.log1p, -2.0),
    "arcsin": (np.arcsin, 1.0),
    "arccos": (np.arccos, -1.0),
    "beyond arcsin": (np.arcsin, 2.0),
    "arctanh": (np.arctanh, 1.0),
    "arccosh": (np.arccosh, 1.0),
    "below arccosh": (np.arccosh, 0.5),
    "1/x": (lambda x: 1 / x, 0.0),
    "1/x**2": (lambda x: 1 / x**2, 0.0),
    "1/x**4": (lambda x: 1 / x**4, 0.0),
    "x**-2": (lambda x: x**-2, 0.0),
    "reciprocal": (np.reciprocal, 0.0),
    "x/x": (lambda x: x / x, 0.0),
}


@pytest.mark.parametrize("f, x", AT_AN_EDGE.values(), ids=AT_AN_EDGE)
def test_refused_where_there_is_no_slope(f, x):
    with pytest.raises(ValueError, match="f is not real near x, or its slope is infinite: it takes `"):
        complex_step(f, x)


@pytest.mark.parametrize("x", [[0.0, 0.0], [0.0], [[0.0, 0.0], [0.0, 0.0]]])
@pytest.mark.parametrize("norm", [lambda x: np.sqrt(np.sum(x**2)), lambda x: np.sum(x * x) ** 0.5])
def test_a_norm_at_zero_is_refused_and_elsewhere_right(norm, x):
    x = np.array(x)
    with pytest.raises(ValueError, match="f is not real near x, or its slope is infinite"):
        numerical_gradient(norm, x, "complex") if x.ndim == 1 else complex_step(lambda t: norm(x * t), 1.0)


def test_a_norm_beside_zero():
    x = np.array([0.0, 3.0, -4.0])
    assert numerical_gradient(lambda x: np.sqrt(np.sum(x**2)), x, "complex") == pytest.approx([0, 0.6, -0.8], rel=1e-14)


@given(st.floats(-300, 2).map(lambda e: 10.0**e), st.sampled_from(["sqrt", "log", "1/x", "x**-1.5", "entropy"]))
def test_near_an_edge_right_or_refused(x, name):
    f, exact = {
        "sqrt": (np.sqrt, lambda x: 0.5 / np.sqrt(x)),
        "log": (np.log, lambda x: 1 / x),
        "1/x": (lambda x: 1 / x, lambda x: -1 / x / x),
        "x**-1.5": (lambda x: x**-1.5, lambda x: -1.5 * x**-2.5),
        "entropy": (lambda x: -x * np.log(x), lambda x: -np.log(x) - 1),
    }[name]
    try:
        slope = complex_step(f, x)
    except ValueError:
        assert x < 2e-16
    else:
        assert slope == pytest.approx(exact(x), rel=1e-7)


@pytest.mark.parametrize("z", [0.0, 20.0, 37.0, 40.0, 300.0, 800.0])
@pytest.mark.parametrize("sign", [1, -1])
def test_log_add_exp(z, sign):
    z = sign * z
    exact = float(1 / (1 + mpmath.exp(mpmath.mpf(z))))
    assert complex_step(lambda z: -np.logaddexp(0, -z), z) == pytest.approx(exact, rel=1e-14, abs=0)
    assert complex_step(lambda z: np.sum(np.logaddexp(2 * z, z)), z) == pytest.approx(
        float(2 - 1 / (1 + mpmath.exp(mpmath.mpf(z)))), rel=1e-14
    )
    with pytest.raises(NotAnalyticError, match="logaddexp"):
        complex_step(lambda z: np.logaddexp.reduce(np.stack([z, 0 * z])), z)

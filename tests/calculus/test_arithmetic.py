"""What `Dual` and `Value` share: the operators that follow from others, one real number, powers and their slopes."""

import operator
from fractions import Fraction

import numpy as np
import pytest

from helpers.calculus.arithmetic import power, real
from helpers.calculus.dual import Dual
from helpers.calculus.graph import Value


@pytest.mark.parametrize("exponent", [3, -1, 0.5, 0, 1, np.int8(2), -2.5, Fraction(1, 2)])
def test_powers(exponent):
    dual = Dual(2.0, 3.0) ** exponent
    assert dual.value == pytest.approx(2.0 ** float(exponent), rel=1e-15)
    assert dual.slope == pytest.approx(3 * float(exponent) * 2.0 ** (float(exponent) - 1), rel=1e-15)


@pytest.mark.parametrize("number", [3.0, 3, np.float64(3), np.float32(3), np.int64(3), np.uint8(3), Fraction(3), True])
@pytest.mark.parametrize("operation", [operator.add, operator.sub, operator.mul, operator.truediv])
def test_numbers_on_either_side(operation, number):
    for f in (lambda x: operation(x, number), lambda x: operation(number, x)):
        dual, node = f(Dual(2.0, 1.0)), Value(2.0)
        root = f(node)
        root.backward()
        assert (dual.value, dual.slope) == (root.data, node.grad)
        assert type(dual.value) is type(dual.slope) is float


def test_an_operator_asks_its_operands_kind_alone():
    with pytest.raises(TypeError, match="Dual needs a single real number, not Value"):
        Dual(1.0) - Value(1.0)
    with pytest.raises(TypeError, match="Value needs a single real number, not Dual"):
        Value(1.0) / Dual(1.0)
    assert (2.0 ** Value(3.0)).data == pytest.approx(8.0)


@pytest.mark.parametrize("number", [2, 2.0, np.float32(2), np.int8(2), Fraction(2), True])
def test_a_real_number_becomes_a_float(number):
    assert type(real(number, "x")) is float and real(number, "x") == number


@pytest.mark.parametrize("number", [None, "2", 2j, [2.0], np.ones(1), np.array(2.0), Dual(2.0)])
def test_no_real_number(number):
    with pytest.raises(TypeError, match=f"^x needs a single real number, not {type(number).__name__}$"):
        real(number, "x")


@pytest.mark.parametrize("x, k", [(2.0, 3), (-2.0, 3), (-2.0, -1), (4.0, 0.5), (0.0, 1), (0.0, 2), (5.0, 0), (0.0, 0)])
def test_a_power_and_its_slope(x, k):
    assert power(x, k, "x") == (x**k, k * x ** (k - 1) if k else 0.0)


@pytest.mark.parametrize(
    "x, k, error, words",
    [
        (2.0, "1", TypeError, "the exponent must be a real number, not str"),
        (2.0, np.nan, ValueError, r"it \*\* nan: the exponent must be finite"),
        (2.0, -np.inf, ValueError, r"it \*\* -inf: the exponent must be finite"),
        (-2.0, 0.5, ValueError, r"it \*\* 0.5: a fractional power"),
        (0.0, -2, ZeroDivisionError, r"it \*\* -2: division by zero"),
        (0.0, 0.5, ValueError, r"it \*\* 0.5: the slope is infinite at 0"),
        (10.0, 400, OverflowError, "pow of it is too large"),
        (1e-200, -1.6, OverflowError, "pow of it is too large"),
    ],
)
def test_where_there_is_no_power_or_no_slope(x, k, error, words):
    with pytest.raises(error, match=words):
        power(x, k, "it")

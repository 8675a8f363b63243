"""Dual numbers against the complex step."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.calculus.differences import complex_step
from helpers.calculus.dual import Dual
from helpers.running_actor import NAMES, THETA0, actor_output, log_probability

numbers = st.floats(-3, 3)


@given(numbers, numbers)
def test_sums_products_and_tanh(x, a):
    dual = (Dual(x, 1.0) * Dual(a) + Dual(x, 1.0) * Dual(x, 1.0)).tanh()
    assert dual.value == pytest.approx(np.tanh(a * x + x * x))
    assert dual.slope == pytest.approx(complex_step(lambda x: np.tanh(a * x + x * x), x), abs=1e-14)


@given(st.floats(-30, 30))
def test_log_of_sigmoid(x):
    dual = Dual(x, 1.0).sigmoid().log()
    assert dual.slope == pytest.approx(1 / (1 + np.exp(x)), rel=1e-9, abs=1e-12)


def test_no_overflow_and_domain():
    assert Dual(1e4, 1.0).sigmoid().value == 1.0
    assert Dual(-1e4, 1.0).sigmoid().value == 0.0
    with pytest.raises(ValueError):
        Dual(-1.0).log()


@pytest.mark.parametrize("k", range(7))
def test_every_weight_of_the_actor(k):
    duals = [Dual(number, slope=float(i == k)) for i, number in enumerate(THETA0)]

    def along(value):
        return log_probability([value if i == k else number for i, number in enumerate(THETA0)], -1.0)

    assert NAMES[k] and actor_output(duals, Dual(-1.0), Dual.tanh).sigmoid().log().slope == pytest.approx(
        complex_step(along, THETA0[k]), rel=1e-12
    )

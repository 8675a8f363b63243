"""Checks of arguments name the argument and what was expected."""

import numpy as np
import pytest

from helpers.calculus.validation import checked, finite_copy, float_copy, scalar_function


def test_finite_real_copies_and_keeps_the_precision():
    x = np.ones(2, np.float32)
    copy = finite_copy(x, "x")
    copy[0] = 5
    assert x[0] == 1 and copy.dtype == np.float32
    assert finite_copy([1, 2], "x").dtype == float


@pytest.mark.parametrize(
    "value, error",
    [([1j], TypeError), (["a"], TypeError), ([None], TypeError), ([True], TypeError), ([np.nan], ValueError)],
)
def test_finite_real_names_the_argument(value, error):
    with pytest.raises(error, match="theta must"):
        finite_copy(value, "theta")


@pytest.mark.parametrize("value", [2.5, np.float32(2.5), np.array(2.5)])
def test_a_scalar_function_passes_its_value_through(value):
    assert scalar_function(lambda x: value)(0) is value


@pytest.mark.parametrize("value", [2, np.uint8(2), np.array(2)])
def test_a_whole_value_becomes_a_float(value):
    found = scalar_function(lambda x: value)(0)
    assert type(found) is float and found == 2


@pytest.mark.parametrize(
    "value, words", [(np.ones(1), r"array of shape \(1,\)"), (1j, "1j"), (None, "None"), (True, "True")]
)
def test_a_function_that_is_not_scalar(value, words):
    with pytest.raises(TypeError, match=f"^f must return a single.* {words}"):
        scalar_function(lambda x: value)(0)


def test_real_arrays_may_hold_nan():
    assert np.isnan(float_copy([1, np.nan], "x")).tolist() == [False, True]
    with pytest.raises(TypeError, match="x must hold real numbers, in rows of one length"):
        float_copy([[1.0], [2.0, 3.0]], "x")


def test_a_checked_function_computes_with_what_its_check_returns():
    def check(x, times=2):
        if x < 0:
            raise ValueError("x must not be negative")
        return float(x), times

    @checked(check)
    def product(x, times=2):
        """Return x times times."""
        return x * times

    assert product(1) == product(times=2, x=1) == 2.0 and product.__doc__ == "Return x times times."
    with pytest.raises(ValueError, match="x must not be negative"):
        product(-1)

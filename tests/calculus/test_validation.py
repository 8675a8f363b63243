"""Checks of arguments name the argument and what was expected."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from helpers.calculus.validation import (
    any_array,
    check_choice,
    check_counts,
    check_generator,
    check_range,
    check_switches,
    checked,
    finite_copy,
    float_copy,
    numbers,
    real_array,
    scalar_function,
    seeded,
)

NO_NUMBERS = [None, "1", 1j, [1], np.ones(1), {}, Decimal(1), np.nan, int]
RAGGED = [[[1.0], [1.0, 2.0]], [np.ones((2, 3)), np.ones((2, 4))]]


@pytest.mark.parametrize("count", [*NO_NUMBERS, 0, 2.0, True, np.inf, Fraction(2)], ids=repr)
def test_a_count_is_a_whole_number_and_no_truth(count):
    with pytest.raises(ValueError, match="^n must be a whole number, at least 1, it is "):
        check_counts(1, steps=1, n=count)


@pytest.mark.parametrize("kind", [int, np.int8, np.uint64])
def test_whole_numbers_of_any_kind_count(kind):
    check_counts(3, n=kind(3))


@pytest.mark.parametrize(
    "number", [*NO_NUMBERS, -0.1, -1, np.inf, np.float32(np.inf), 10**400, Fraction(10**400)], ids=repr
)
@pytest.mark.parametrize("high", [1, np.inf])
def test_a_number_out_of_range(high, number):
    with pytest.raises(ValueError, match=f"^alpha must be a number from 0 to {high}, it is "):
        check_range(high, gamma=1.0, alpha=number)
    with pytest.raises(ValueError, match="from 0 to 1, it is 1.5"):
        check_range(1, alpha=1.5)


@pytest.mark.parametrize("kind", [int, np.int8, np.float16, np.float32, float, np.longdouble, Fraction])
def test_numbers_of_any_kind_become_floats(kind):
    found = [*check_range(np.inf, alpha=kind(1), beta=kind(0))]
    assert found == [1.0, 0.0] and {*map(type, found)} == {float}


@pytest.mark.parametrize("name", [None, 1, ["A"], {}, "", "AB", "a", np.array("A"), np.ones(2)], ids=repr)
def test_a_choice_is_one_of_the_names(name):
    with pytest.raises(ValueError, match="^method must be one of A, B, it is "):
        check_choice({"A": 1, "B": 2}, other="A", method=name)


def test_switches_become_booleans():
    assert [*check_switches(a=1, b=np.False_, c=True, d=np.int8(0))] == [True, False, True, False]
    for value in (None, "True", 2, 1.0, [True], np.ones(1)):
        with pytest.raises(ValueError, match="^leak must be True or False, it is "):
            check_switches(leak=value)


@pytest.mark.parametrize(
    "seed", [None, -1, 2.5, True, "3", [3], np.nan, np.random.default_rng(0), Fraction(3)], ids=repr
)
def test_a_seed_is_a_whole_number(seed):
    with pytest.raises(ValueError, match="^seed must be a whole number, at least 0, it is "):
        seeded(seed)


def test_a_seed_has_its_own_numbers():
    for seed in (3, np.int64(3), np.uint8(3)):
        assert seeded(seed).random() == np.random.default_rng(3).random()


@pytest.mark.parametrize("rng", [None, 0, np.random, np.random.RandomState(0)], ids=repr)
def test_a_generator_is_numpys(rng):
    with pytest.raises(TypeError, match="^rng must be a numpy.random.Generator"):
        check_generator(rng)


@pytest.mark.parametrize("rows", RAGGED, ids=["numbers", "arrays"])
def test_rows_of_several_lengths_are_no_numbers(rows):
    assert any_array(rows).dtype == object and len(any_array(rows)) == 2
    for check, error in ((numbers, TypeError), (float_copy, TypeError), (real_array, ValueError)):
        with pytest.raises(error, match="^theta must hold "):
            check(rows, "theta")


@pytest.mark.parametrize("f", [None, 1.0, "f", [len], np.ones(2)], ids=repr)
def test_no_function(f):
    with pytest.raises(TypeError, match="^f must be a function, it is "):
        scalar_function(f)


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

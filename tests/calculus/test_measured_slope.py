"""A slope and how far off it may be: the bound holds, and where there is no slope it says why."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.calculus.measured_slope import (
    AT_BETWEEN,
    BETWEEN,
    FOURTH_ORDER,
    NODES,
    SIXTH_DIFFERENCE,
    SIXTH_ORDER,
    STEP,
    MeasuredSlope,
    Stencil,
    measured_slope,
    or_nan,
)

SMOOTH = {
    "exp": (np.exp, np.exp),
    "sin": (np.sin, np.cos),
    "a square": (lambda x: x * x, lambda x: 2 * x),
    "beside an offset": (lambda x: 1e6 + np.tanh(x), lambda x: 1 - np.tanh(x) ** 2),
    "steep": (lambda x: np.sin(300 * x), lambda x: 300 * np.cos(300 * x)),
}


def test_the_formulas_are_exact_for_polynomials():
    for k in range(7):
        values = NODES.astype(float) ** k
        assert SIXTH_ORDER @ values == pytest.approx(float(k == 1), abs=1e-12)
        assert k > 4 or FOURTH_ORDER @ values == pytest.approx(float(k == 1), abs=1e-12)
        assert AT_BETWEEN @ values == pytest.approx(BETWEEN**k, rel=1e-12)
        assert k > 5 or SIXTH_DIFFERENCE @ values == pytest.approx(0, abs=1e-12)
    assert np.linalg.norm(SIXTH_DIFFERENCE) == pytest.approx(1)


@settings(max_examples=25)
@given(st.sampled_from(sorted(SMOOTH)), st.floats(-2, 2))
def test_the_error_bounds_how_far_off_the_slope_is(name, x):
    f, slope = SMOOTH[name]
    found = measured_slope(f, x, f(x))
    assert abs(found.value - slope(x)) <= found.error <= 1e-5 * max(1, found.nearby)
    assert not found.constant and found.kink is None and found.reason == ""


def test_coarser_numbers_make_a_wider_bound():
    fine, coarse = (measured_slope(np.exp, 0.5, np.exp(0.5), grain) for grain in (0.0, 1e-6))
    assert fine.error < 1e-9 < 1e-6 < coarse.error and abs(coarse.value - np.exp(0.5)) <= coarse.error


def test_a_kink_has_the_slopes_of_both_sides():
    found = measured_slope(lambda x: 3 * x if x > 1 else -x, 1.0, -1.0)
    assert found.kink is None and found.reason.startswith("f jumps, bends or swings within")
    found = measured_slope(lambda x: max(3 * (x - 1), 1 - x), 1.0, 0.0)
    assert found.kink == pytest.approx((-1, 3)) and found.error == np.inf


@pytest.mark.parametrize("value", [0.0, 7.0, -1e-3])
def test_a_plateau_is_constant(value):
    found = measured_slope(lambda x: value, 2.0, value)
    assert found.constant and found.value == 0 and found.error < 1e-4
    assert not measured_slope(lambda x: 1e13, 2.0, 1e13).constant  # too large to show a slope


def test_f_that_is_nowhere_finite():
    assert measured_slope(lambda x: np.nan, 1.0, np.nan).reason == "f is not finite at x or beside it"


def test_a_stencil_that_leaves_the_domain_says_nothing():
    outside, inside = (Stencil(math.sqrt, 1e-3, h, math.sqrt(1e-3), 0.0) for h in (STEP, STEP / 100))
    assert not outside.finite and outside.error == np.inf
    assert inside.finite and inside.slope == pytest.approx(0.5 / math.sqrt(1e-3), rel=1e-3)


@pytest.mark.parametrize("f", [math.sqrt, math.log, lambda x: 1 // 0, lambda x: math.exp(1e4)])
def test_outside_its_domain_f_is_nan(f):
    assert np.isnan(or_nan(f, -1.0)) and or_nan(abs, -1.0) == 1


def test_other_errors_of_f_are_passed_on():
    with pytest.raises(KeyError):
        measured_slope(lambda x: {}[x], 1.0, 0.0)


def test_two_slopes_alike_are_equal():
    assert MeasuredSlope(1.0, 0.5) == MeasuredSlope(1.0, 0.5, nearby=0.0) != MeasuredSlope(1.0, 0.5, kink=(0, 1))

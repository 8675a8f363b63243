"""Heat maps: short numbers are right and have room, and ink is legible on every tint."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pictures import contrast, luminance, measured

from helpers.drawing import svg
from helpers.drawing.heat_map import TINTS, cells_of, short_number, text_width, tint


@given(st.floats(-1e6, 1e6) | st.floats(-0.01, 0.01))
def test_short_numbers_are_right_to_their_last_digit(value):
    text = short_number(value).replace("−", "-")
    unit = 10.0 ** Decimal(text).as_tuple().exponent
    assert abs(float(text) - value) <= 0.5001 * unit
    assert np.sign(float(text)) == np.sign(value)


@pytest.mark.parametrize(
    "value, text",
    [
        (0.0, "0.00"),
        (-0.0, "0.00"),
        (0.005, "0.01"),
        (-0.0049, "−5e−3"),
        (9.996, "10.0"),
        (-99.96, "−100"),
        (1e4, "1e4"),
    ],
)
def test_short_numbers(value, text):
    assert short_number(value) == text


@pytest.mark.parametrize("text", ["−0.123", "upstream: tanh_slope(h0)", "loss_function(", ".sum(axis=0) =", "−4e−12"])
@pytest.mark.parametrize("bold", [False, True])
def test_estimated_width_is_enough(text, bold):
    assert measured(text, 12, bold) <= text_width(text, 12, bold) <= 1.2 * measured(text, 12, bold)


def test_three_decimals_as_long_as_they_fit():
    assert cells_of(np.full((2, 4), -0.1234)).texts[0][0] == "−0.123"
    assert cells_of(np.full((2, 7), -0.1234)).texts[0][0] == "−0.123"
    assert cells_of(np.full((2, 8), -0.1234)).texts[0][0] == "−0.12"
    assert cells_of(np.float64(2.5)).texts == [["2.500"]]


def test_ink_is_legible_on_every_tint():
    for colour in (svg.POSITIVE, svg.NEGATIVE):
        tints = [tint(colour, share) for share in TINTS]
        assert all(contrast(svg.INK, t) >= 4.5 for t in tints)
        assert np.all(np.diff([luminance(t) for t in tints]) < 0)

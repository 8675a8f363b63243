"""Numbers beside an axis: each is the tick's, and all are written in one way."""

import numpy as np
import pytest
from figures import labels_of, read, written_in_one_way
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.drawing.figure import lesson_figure
from helpers.drawing.ticks import number_ticks, written

NUMBERS = st.builds(
    lambda digit, power: digit * 10.0**power, st.sampled_from([-2, -1, 1, 2, 2.5, 5]), st.integers(-30, 30)
)


@pytest.mark.parametrize(
    "values, texts",
    [
        ([100, 1000, 1e4, 1e5], ["100", "1,000", "10,000", "100,000"]),
        ([100, 1e4, 1e6], ["1e2", "1e4", "1e6"]),
        ([1e-4, 0.01, 1], ["0.0001", "0.01", "1"]),
        ([1e-8, 1e-4, 1], ["1e−8", "1e−4", "1"]),
        ([2e-5, 0.5, 1], ["2e−5", "5e−1", "1"]),
        ([-0.5, 0, 0.5], ["−0.5", "0", "0.5"]),
        ([0.1 + 0.2, 10.0**-4], ["0.3", "0.0001"]),
    ],
)
def test_known_axes(values, texts):
    assert written(values) == texts


@given(st.lists(NUMBERS | st.just(0.0), min_size=1, max_size=8))
def test_all_numbers_of_an_axis_are_written_in_one_way_and_are_right(values):
    texts = written(values)
    assert written_in_one_way(texts), texts
    assert [read(text) for text in texts] == pytest.approx(values, rel=1e-5)


@settings(max_examples=30)
@given(st.integers(-20, 3), st.integers(1, 20))
def test_axes_write_what_is_in_view(low, decades):
    axes = lesson_figure().subplots()
    axes.loglog([1, 30], [10.0**low, 10.0 ** (low + decades)])
    axes.set_xlim(0.5, 5000)
    number_ticks(axes.xaxis, axes.yaxis)
    for axis in (axes.xaxis, axes.yaxis):
        low, high = axis.get_view_interval()
        labels = [label.get_text() for label in labels_of(axis) if label.get_text()]
        assert labels and written_in_one_way(labels)
        assert all(low * 0.999 <= read(label) <= high * 1.001 for label in labels)
    assert [label.get_text() for label in labels_of(axes.xaxis) if label.get_text()] == ["1", "10", "100", "1,000"]


def test_a_linear_axis_of_large_numbers_has_commas():
    axes = lesson_figure().subplots()
    axes.plot([0, 60_000], [0, 1])
    number_ticks(axes.xaxis)
    axes.figure.draw_without_rendering()
    labels = [label.get_text() for label in labels_of(axes.xaxis)]
    assert labels[0] == "0" and "20,000" in labels and np.all([written_in_one_way(labels)])

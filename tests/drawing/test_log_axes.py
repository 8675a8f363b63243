"""Logarithmic axes and the loss curve on one: powers and ticks that can be read."""

import numpy as np
import pytest
from figures import read, written_in_one_way

from helpers.drawing.figure import lesson_figure
from helpers.drawing.loss_curve import draw_loss


def test_loss_curves_carry_their_numbers():
    axes = lesson_figure().subplots()
    artists = draw_loss(axes, {"plain": [1.0, 0.5, 0.0], "momentum": [1.0, 0.1, np.nan]})
    assert [line.get_label() for line in artists] == ["plain", "momentum"] and axes.get_legend() is not None
    assert artists[0].get_ydata().tolist() == [1.0, 0.5, 1e-16] and np.isnan(artists[1].get_ydata()[2])
    assert len({(line.get_color(), line.get_linestyle()) for line in artists}) == 2
    assert axes.get_yscale() == "log"


@pytest.mark.parametrize(
    "losses", [[1, 0.1], [0.69, 0.5], [0.5, 0.5], [0.5, 0.499], [3, 2e-5], [1e3, 1e-12], [0.9, 0.02]]
)
def test_loss_axis_has_readable_ticks(losses):
    axes = lesson_figure().subplots()
    draw_loss(axes, {"loss": losses})
    low, high = axes.get_ylim()
    axes.figure.draw_without_rendering()
    labels = [tick.get_text() for tick in axes.get_yticklabels()]
    assert 3 <= len(labels) <= 10 and len(set(labels)) == len(labels)
    assert written_in_one_way(labels)
    for tick, label in zip(axes.get_yticks(), labels, strict=True):
        assert low <= tick <= high and read(label) == pytest.approx(tick, rel=0.01)

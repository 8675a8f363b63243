"""The drawings: their artists carry the data, their pictures a description, and pyplot stays out of it."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers import plots
from helpers.drawing.figure import lesson_figure, lesson_style
from helpers.networks.expression_swell import Swell
from helpers.rl.actor_critic import Finished

STEPS = np.logspace(0, -8, 9)
SWELLS = [Swell((2, 2, 1), 9, 223, 31, 32, 0.1), Swell((2, 2, 2, 1), 15, 1069, 73, 58, 0.2)]
P = np.linspace(0.1, 0.9, 9)
COUNTS = np.arange(50, 550, 50)
ANGLE, TURNING = np.radians([-12.0, 0.0, 6.0, 12.0]), np.array([-2.0, 0.0, 2.0])
LONG, SHORT = Finished(np.arange(30) * 9, np.arange(30.0)), Finished(np.arange(5), np.ones(5))
CALLS = {
    "draw_activations": ({"tanh": (np.tanh, np.cosh)},),
    "draw_actor": (),
    "draw_corridor": (),
    "draw_cost": ([10, 100], {"slow": [1, 100], "fast": [1, 10]}),
    "draw_errors": (STEPS, {"forward": STEPS, "central": STEPS**2}, [("central", 2.0, (1.0, 1e-4))]),
    "draw_kink": (0.5,),
    "draw_neuron": (),
    "draw_swell": (SWELLS,),
    "draw_clipping": ([3.0, 0.8], 1.0),
    "draw_followed": ([0, 5], {"plain": np.array([[1.0, 0.1], [2.0, 0.2], [4.0, 0.3]])}),
    "draw_initialisations": ({"tanh": {"zero": (np.zeros(3), None), "Glorot": (np.ones(3), np.ones(3))}},),
    "draw_action_map": (ANGLE, TURNING, np.add.outer([0.2, 0.4, 0.6], [0.0, 0.1, 0.2, 0.35])),
    "draw_band": (COUNTS, 1 / COUNTS - 2, 10 / np.sqrt(COUNTS), -2.0),
    "draw_learning": (
        [0, 9],
        {"plain": -np.array([[4.0, 6.0, 8.0], [3.0, 3.0, 20_000.0]]), "other": -np.full((2, 3), 5)},
    ),
    "draw_norms": (range(3), {"hidden": np.array([0.0, 0.1, 1.0]), "output": np.array([2.0, 3.0, 40.0])}),
    "draw_returns": (P, -20 + 8 * P - 8 * P**2, {"neuron": -17.5, "network": -3.05}),
    "draw_seeds": ({"plain": [LONG, SHORT, LONG], "other": [SHORT, LONG]}, 475),
    "draw_luck": ({"short": np.array([9.0, 3.5, 20_000.0]), "long": np.array([4.0, 5.0])}, 12.7),
    "draw_push": (),
    "draw_totals": ({"return": 5688.4, "to go": 2204.0},),
    "draw_training": ([0, 100, 200], [12.0, 14.0, 3.5]),
    "draw_sizes": ({"dz": np.array([0.1, 1.0])}, {"dz": np.array([0.2, 2.0])}),
}
TWO_AXES = {"draw_activations", "draw_kink", "draw_swell"}


def drawn(name):
    figure = lesson_figure()
    axes = figure.subplots(1, 1 + (name in TWO_AXES), squeeze=False)[0]
    return axes, getattr(plots, name)(*axes, *CALLS[name])


def test_every_drawing_is_tried_here():
    elsewhere = {"draw_loss"}  # in tests/drawing
    assert {name for name in plots.__all__ if name.startswith("draw_")} == set(CALLS) | elsewhere


@pytest.mark.parametrize("name", CALLS)
def test_drawing_returns_artists_on_the_given_axes(name):
    axes, artists = drawn(name)
    assert artists and all(artist.axes in axes for artist in artists)
    assert plt.get_fignums() == []


def lines(artists):
    return {line.get_label(): line.get_xydata() for line in artists}


def test_curves_are_those_of_the_data():
    _, artists = drawn("draw_errors")
    assert np.array_equal(lines(artists)["central"], np.stack([STEPS, STEPS**2], axis=1))
    _, artists = drawn("draw_swell")
    assert np.array_equal(lines(artists)["written out"], [[2, 223], [3, 1069]])
    _, artists = drawn("draw_cost")
    assert np.array_equal(lines(artists)["slow"], [[10, 1], [100, 100]])


def test_fitted_line_lies_on_its_points():
    _, artists = drawn("draw_errors")
    h, error = artists[-1].get_xydata().T
    assert error == pytest.approx(h**2)


def test_an_error_of_zero_is_still_seen():
    axes = lesson_figure().subplots()
    (line,) = plots.draw_errors(axes, STEPS, {"exact": np.zeros(9)})
    assert np.all(line.get_ydata() == 1e-17)


def test_kink_secants():
    _, artists = drawn("draw_kink")
    forward, central = artists[1].get_xydata(), artists[2].get_xydata()
    assert np.diff(forward[:, 1]) / np.diff(forward[:, 0]) == 1
    assert np.diff(central[:, 1]) / np.diff(central[:, 0]) == 0.5


def test_no_texts_overlap_in_the_diagrams():
    for name in ("draw_corridor", "draw_neuron", "draw_actor"):
        figure = lesson_figure((8, 4))
        with lesson_style():
            axes = figure.subplots()
            getattr(plots, name)(axes)
        figure.canvas.draw()
        boxes = [text.get_window_extent() for text in axes.texts if text.get_text()]
        assert not any(a.overlaps(b) for k, a in enumerate(boxes) for b in boxes[:k]), name


def test_sizes_stand_at_their_layers_beside_the_theory():
    _, (measured, theory) = drawn("draw_sizes")
    assert np.array_equal(measured.get_xydata(), [[1, 0.1], [2, 1.0]])
    assert np.array_equal(theory.get_xydata(), [[1, 0.2], [2, 2.0]])
    (_, artists) = drawn("draw_initialisations")
    assert len(artists) == 3 and np.all(artists[0].get_ydata() == 1e-21), "zeros stand at the bottom, without theory"


def test_clipped_arrows_end_where_they_should():
    _, arrows = drawn("draw_clipping")
    gradient, by_norm, by_entry = (np.array(arrow.xy) for arrow in arrows)
    assert np.linalg.norm(by_norm) == pytest.approx(1) and np.cross([*gradient, 0], [*by_norm, 0])[2] == pytest.approx(
        0
    )
    assert tuple(by_entry) == (1.0, 0.8)


def test_followed_line_is_the_median():
    _, (line, band) = drawn("draw_followed")
    assert np.array_equal(line.get_xydata(), [[0, 2.0], [5, 0.2]])
    assert np.allclose(np.ptp(band.get_paths()[0].vertices[:, 1]), 3.0 - 0.15)


# Lessons 06 to 08


def test_returns_mark_their_best_and_draw_levels():
    _, (curve, best, *levels) = drawn("draw_returns")
    assert np.array_equal(curve.get_xydata().T, [P, CALLS["draw_returns"][1]])
    assert best.get_xydata().tolist() == [[0.5, -18.0]] and "p = 0.500, J = −18.000" in best.axes.texts[0].get_text()
    assert [(line.get_ydata()[0], line.get_label()) for line in levels] == [
        (-17.5, "neuron: −17.500"),
        (-3.05, "network: −3.050"),
    ]


def test_band_lies_around_the_means_and_the_axis_around_the_exact_value():
    counts, means, half_widths, exact = CALLS["draw_band"]
    (axes,), (mean, band, level) = drawn("draw_band")
    assert np.array_equal(mean.get_xydata().T, [counts, means]) and set(level.get_ydata()) == {exact}
    edges = band.get_paths()[0].vertices
    for n, middle, half in zip(counts, means, half_widths, strict=True):
        assert sorted({*np.round(edges[edges[:, 0] == n, 1], 9)}) == pytest.approx([middle - half, middle + half])
    assert axes.get_ylim() == pytest.approx((exact - 1.1, exact + 1.1))  # a little more than the band at n = 100
    assert axes.get_xscale() == "log"


def test_band_of_few_episodes():
    axes = lesson_figure().subplots()
    plots.draw_band(axes, np.array([10, 20]), np.zeros(2), np.array([3.0, 2.0]), 0.5)
    assert axes.get_ylim() == pytest.approx((0.5 - 2.2, 0.5 + 2.2))


def test_totals_are_bars_from_top_to_bottom_with_their_numbers():
    (axes,), bars = drawn("draw_totals")
    assert [(bar.get_y() + bar.get_height() / 2, bar.get_width()) for bar in bars] == [(1, 5688.4), (0, 2204.0)]
    assert [text.get_text() for text in axes.texts] == ["5,688", "2,204"]
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["return", "to go"]


def test_training_is_drawn_from_zero_with_the_shortest_way():
    (axes,), (curve, least) = drawn("draw_training")
    assert curve.get_xydata().tolist() == [[0, 12.0], [100, 14.0], [200, 3.5]]
    assert set(least.get_ydata()) == {3} and axes.get_ylim() == pytest.approx((0, 15.4))


def test_luck_is_sorted_and_the_lost_stand_at_the_edge():
    (axes,), artists = drawn("draw_luck")
    assert lines(artists)["short"].tolist() == [[1, 3.5], [2, 9.0], [3, 10_000.0]]
    assert set(artists[-1].get_ydata()) == {12.7} and axes.get_ylim()[1] > 10_000


def test_learning_is_the_median_and_the_middle_of_the_learners():
    (axes,), artists = drawn("draw_learning")
    assert len(artists) == 4
    line, band = artists[:2]
    assert line.get_xydata().tolist() == [[0, 6.0], [9, 3.0]]
    low, high = np.quantile([[4, 6, 8], [3, 3, 10_000]], [0.1, 0.9], axis=1)  # 20,000 steps stand at the upper edge
    edges = band.get_paths()[0].vertices
    for step, below, above in zip([0, 9], low, high, strict=True):
        assert sorted({*edges[edges[:, 0] == step, 1]}) == pytest.approx([below, above])
    labels = [tick.get_text() for tick in axes.get_yticklabels()]
    assert axes.get_ylim() == (2.7, 20) and labels == ["3", "5", "10", "20"]


def test_seeds_are_moving_means_one_line_each_where_there_are_enough_episodes():
    _, artists = drawn("draw_seeds")
    *curves, limit = artists
    assert len(curves) == 3 and set(limit.get_ydata()) == {475}
    for line in curves:
        at, means = line.get_xydata().T
        assert np.array_equal(at, LONG.at[19:])
        assert means == pytest.approx([LONG.returns[k - 19 : k + 1].mean() for k in range(19, 30)])
    labels = [line.get_label() for line in curves if not line.get_label().startswith("_")]
    assert labels == ["plain, 3 seeds", "other, 2 seeds"], (
        "named once, though the first seed of the second is too short"
    )
    assert limit.get_label() == "475"


def test_seeds_of_which_none_is_long_enough():
    assert plots.draw_seeds(lesson_figure().subplots(), {"plain": [SHORT]}) == []


def test_action_map_has_right_at_its_place_and_a_line_of_a_half():
    angle, turning, p = CALLS["draw_action_map"]
    _, (image, contours) = drawn("draw_action_map")
    assert np.array_equal(np.reshape(image.get_array(), p.shape), p) and image.get_clim() == (0, 1)
    corners = image.get_coordinates()
    assert corners[0, 0, 0] < -12 < corners[0, 1, 0] and corners[0, 0, 1] < -2 < corners[1, 0, 1]
    assert list(contours.levels) == [0.1, 0.5, 0.9]
    for x, y in contours.get_paths()[1].vertices:
        assert p_at(np.degrees(angle), turning, p, x, y) == pytest.approx(0.5, abs=0.01)
    left, right = image.cmap(0.0), image.cmap(1.0)
    assert right[2] > right[0] and left[0] > left[2]  # right is blue, left is rust


def p_at(angle, turning, p, x, y):
    """Bilinear interpolation."""
    return np.interp(y, turning, [np.interp(x, angle, row) for row in p])


@pytest.mark.parametrize("p", [0.5, 0.0, 0.7])
def test_an_actor_that_does_the_same_everywhere_has_a_map_too(p):
    image, *_ = plots.draw_action_map(lesson_figure().subplots(), ANGLE, TURNING, np.full((3, 4), p))
    assert np.all(image.get_array() == p)


def test_norms_are_drawn_over_updates_and_zero_leaves_a_gap():
    (axes,), artists = drawn("draw_norms")
    assert np.array_equal(lines(artists)["output"], [[0, 2], [1, 3], [2, 40]])
    assert axes.get_yscale() == "log" and len(axes.get_yticks()) >= 3
    assert len({(line.get_color(), line.get_linestyle()) for line in artists}) == 2
    assert 0 < axes.get_ylim()[0] <= 0.1


@pytest.mark.parametrize(
    "name", ["draw_band", "draw_learning", "draw_norms", "draw_luck", "draw_returns", "draw_seeds"]
)
def test_every_line_is_named_in_the_legend(name):
    (axes, *_), artists = drawn(name)
    named = {text.get_text() for text in axes.get_legend().get_texts()}
    assert named == {artist.get_label() for artist in artists if not artist.get_label().startswith("_")} - {""}
    assert len(named) >= 2

"""The drawings: their artists carry the data, their pictures a description, and pyplot stays out of it."""

from functools import cache
from itertools import combinations

import matplotlib.pyplot as plt
import numpy as np
import pytest
from figures import loose_texts, numbers_on, overlapping_texts, written_in_one_way
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.collections import PolyCollection
from matplotlib.patches import Circle, FancyArrowPatch

from helpers import plots
from helpers.drawing.figure import lesson_figure
from helpers.engine.patients import Course
from helpers.networks.expression_swell import Swell
from helpers.rl.actor_critic import Finished

STEPS = np.logspace(0, -8, 9)
SWELLS = [Swell((2, 2, 1), 9, 223), Swell((2, 2, 2, 1), 15, 1069)]
P = np.linspace(0.1, 0.9, 9)
COUNTS = np.arange(50, 550, 50)
ANGLE, TURNING = np.radians([-12.0, 0.0, 6.0, 12.0]), np.array([-2.0, 0.0, 2.0])
LONG, OTHER = Finished(np.arange(30) * 900, 10 * np.arange(30.0)), Finished(np.arange(40) * 500, np.full(40, 90.0))
SEEN = Course(np.arange(30), np.arange(30.0), np.arange(50.0))
CALLS = {
    "draw_activations": ({"tanh": (np.tanh, np.cosh)},),
    "draw_actor": (),
    "draw_corridor": (),
    "draw_ways": ([1, 50], {"n inputs, 1 output": [0.4, 20], "1 input, n outputs": [0.4, 0.06]}),
    "draw_errors": (STEPS, {"forward": STEPS, "central": STEPS**2}, {"h": (STEPS, 1e-4), "h³": (STEPS**3, 1e-2)}),
    "draw_four_paths": (),
    "draw_kink": (0.5,),
    "draw_kink_slopes": (0.5,),
    "draw_layers": (),
    "draw_neuron": (),
    "draw_passes": (),
    "draw_swell": (SWELLS,),
    "draw_boundaries": (
        np.array([[-1.0, 0.5], [1.0, 0.2], [0.3, -1.0]]),
        np.array([0, 1, 1]),
        {"straight": lambda x: np.stack([-x[:, 0], x[:, 0]], axis=1), "bent": lambda x: x * [1, 0] - x**2},
    ),
    "draw_clipping": ([3.0, 0.8], 1.0),
    "draw_action_map": (ANGLE, TURNING, np.add.outer([0.2, 0.4, 0.6], [0.0, 0.1, 0.2, 0.35])),
    "draw_critic": ([0, 100, 200], [12.0, 9.0, 3.1], [8.0, 14.0, 3.1]),
    "draw_values": (
        [0, 100],
        {"seed 0": np.array([-8.0, -266]), "seed 1": np.array([-8.0, -14])},
        np.array([-8.0, -3]),
    ),
    "draw_learning": (
        [0, 9],
        {"plain": -np.array([[4.0, 6.0, 8.0], [3.0, 3.0, 20_000.0]]), "other": -np.full((2, 3), 5)},
    ),
    "draw_episodes": ([20.0, 9.0, 500.0],),
    "draw_outcomes": ({"+1 each step": np.array([500.0, 20.0, 475.0]), "−100, V from −100": np.array([9.0, 9.5])}, 475),
    "draw_patient": (SEEN, SEEN._replace(values=SEEN.values + 60), "A"),
    "draw_seeds": ([LONG, OTHER, LONG], 475, 1),
    "draw_luck": ({"short": np.array([9.0, 3.5, 20_000.0]), "long": np.array([5.0, 4.0, 1e9])}, 12.7),
    "draw_shares": ([3, 4, 7, 12, 90], np.array([1.0, 0.5, -2.0, 4.0, -20.0])),
    "draw_baselines": (np.array([-30.0, -13.0, 0.0]), np.array([3147.0, 824.0, 2204.0]), 820.0),
    "draw_totals": ({"return": 5688.4, "to go": 2204.0},),
    "draw_training": ([0, 100, 200], [12.0, 14.0, 3.5]),
    "draw_dead": ({"first layer": [0, 2, 2], "second layer": [6, 8, 3]},),
    "draw_death": ([0.9, 345.0, 1.0], [1.3, 115.0, 0.5], {"first layer": [0, 2, 9], "second layer": [6, 8, 32]}),
    "draw_patients": ({"A": {"dz": np.array([0.1, 1.0])}, "B": {"dz": np.array([1.0, 100.0])}},),
    "draw_sizes": ({"dz": np.array([0.1, 1.0])},),
    "draw_softmax": (np.array([0.6, 0.3, 0.1]), np.array([0.6, -0.7, 0.1])),
}
SIZES = {"draw_corridor": (5, 2.5), "draw_neuron": (8, 3.9), "draw_actor": (5, 2.8), "draw_clipping": (8, 3.6)}
SIZES |= {"draw_patient": (4.8, 2.4), "draw_outcomes": (4.6, 2.6), "draw_episodes": (4.8, 3.4)}
SIZES |= {"draw_layers": (5, 2.1), "draw_four_paths": (4.6, 2.2), "draw_passes": (4.6, 2.5), "draw_swell": (4.6, 3.2)}
SIZES |= {"draw_totals": (4.6, 2.8), "draw_training": (8, 3.6), "draw_action_map": (4.6, 3.8), "draw_seeds": (4.8, 3.6)}
SIZES |= {"draw_critic": (4.6, 3.6), "draw_values": (4.6, 3.6), "draw_learning": (4.8, 4)}
DIAGRAMS = {"draw_actor", "draw_corridor", "draw_four_paths", "draw_layers", "draw_neuron", "draw_passes"}
TWO_AXES = {"draw_boundaries", "draw_death", "draw_activations", "draw_patient", "draw_patients", "draw_softmax"}


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
    assert np.array_equal(lines(artists)["operations,\nwritten out"], [[1, 223], [2, 1069]])
    _, artists = drawn("draw_ways")
    assert np.array_equal(lines(artists)["n inputs, 1 output"], [[1, 0.4], [50, 20]])


def test_bars_are_as_high_as_what_they_stand_for():
    _, bars = drawn("draw_softmax")
    assert [bar.get_height() for bar in bars] == [0.6, 0.3, 0.1, 0.6, -0.7, 0.1]


def test_an_error_of_zero_is_still_seen():
    axes = lesson_figure().subplots()
    (line,) = plots.draw_errors(axes, STEPS, {"exact": np.zeros(9)})
    assert np.all(line.get_ydata() == 1e-17)


def test_kink_secants():
    _, artists = drawn("draw_kink")
    forward, central = artists[1].get_xydata(), artists[2].get_xydata()
    assert np.diff(forward[:, 1]) / np.diff(forward[:, 0]) == 1
    assert np.diff(central[:, 1]) / np.diff(central[:, 0]) == 0.5


def pictured(name, data=None, size=(8, 4)):
    """The figure of a drawing as the lessons show it."""
    columns = 1 + (name in TWO_AXES)
    return plots.picture(
        getattr(plots, name), *(data or CALLS[name]), caption="", columns=columns, size=SIZES.get(name, size)
    ).figure


@cache
def as_lessons_show(name):
    """The figure of one of the calls, which no test changes."""
    return pictured(name)


@pytest.mark.parametrize("name", CALLS)
def test_no_two_texts_overlap_and_none_is_cut_off(name):
    figure = as_lessons_show(name)
    assert overlapping_texts(figure) == [] and loose_texts(figure) == []


@pytest.mark.parametrize("name", CALLS)
def test_the_numbers_of_an_axis_are_written_in_one_way(name):
    assert [texts for texts in numbers_on(as_lessons_show(name)) if not written_in_one_way(texts)] == []


@settings(max_examples=25)
@given(st.lists(st.floats(-1, 3), min_size=2, max_size=4), st.sampled_from([(8, 4), (8, 4.4), (7, 3)]))
def test_names_at_the_ends_of_lines_never_meet(ends, size):
    names = ["REINFORCE, α = 0.002", "α = 0.05, β = 0.001", "what the network says", "V(goal) = 0"]
    returns = {name: -3 - 10 ** np.full((2, 5), end) for name, end in zip(names, ends, strict=False)}
    figure = pictured("draw_learning", ([0, 5000], returns), size)
    assert overlapping_texts(figure) == [] and loose_texts(figure) == []


@pytest.mark.parametrize("name", CALLS)
def test_bands_of_two_colours_never_mix(name):
    """Areas that let others shine through: at most one of them in each axes."""
    for axes in as_lessons_show(name).axes:
        areas = [*(area for area in axes.collections if isinstance(area, PolyCollection)), *axes.patches]
        assert len([area for area in areas if (area.get_alpha() or 1) < 1]) <= 1


def test_the_corridors_arrows_share_no_end_point():
    (axes,), _ = drawn("draw_corridor")
    arrows = [patch for patch in axes.patches if isinstance(patch, FancyArrowPatch)]
    curves = [arrow._path_original for arrow in arrows if arrow._path_original is not None]
    assert len(curves) == 6
    ends = [tuple(end) for curve in curves for end in (curve.vertices[0], curve.vertices[-1])]
    assert min(np.hypot(*np.subtract(a, b)) for a, b in combinations(ends, 2)) > 0.25
    leads = sorted(
        (round(curve.vertices[0][0]), round(curve.vertices[-1][0]), curve.vertices[0][1] > 0) for curve in curves
    )
    assert leads == [(0, 0, False), (0, 1, True), (1, 0, True), (1, 2, False), (2, 1, False), (2, 3, True)]
    texts = {text.get_text() for text in axes.texts}
    assert {"start", "right", "left", "in cell 1 the two are switched"} <= texts


def test_neuron_and_actor_are_drawn_alike():
    """Sums and activations have their own nodes and arrows in both."""
    for name, nodes in (("draw_neuron", ["x", "z", "p"]), ("draw_actor", ["x", "z1", "h1", "z2", "h2", "z", "π"])):
        (axes,), _ = drawn(name)
        assert sum(isinstance(patch, Circle) for patch in axes.patches) == len(nodes)
        assert set(nodes) <= {text.get_text() for text in axes.texts}


def test_the_followed_path_is_thick():
    ax = lesson_figure().subplots()
    plots.draw_actor(ax, followed=True)
    thick = [patch for patch in ax.patches if isinstance(patch, FancyArrowPatch) and patch.get_linewidth() > 3]
    assert len(thick) == 5 and "log π" in {text.get_text() for text in ax.texts}


def thick_arrows(artists):
    return [artist for artist in artists if isinstance(artist, FancyArrowPatch) and artist.get_linewidth() > 2]


def test_paths_are_drawn_as_often_as_there_are():
    """Four of three arrows; each arrow behind h twice forward and once backward, beside one arrow for each weight."""
    counts = [len(thick_arrows(drawn(name)[1])) for name in ("draw_layers", "draw_four_paths", "draw_passes")]
    assert counts == [4, 4 * 3, 2 * (1 + 8) + (2 + 8)]
    letters = [artist.get_text() for artist in drawn("draw_layers")[1] if hasattr(artist, "get_text")]
    assert {*"aAbBcCgGuv"} <= {*letters}


def test_axes_say_what_they_show():
    """Every axis with numbers has a name, or its panel a title."""
    for name in sorted(set(CALLS) - DIAGRAMS):
        axes = [ax for ax in pictured(name).axes if ax.get_label() != "<colorbar>"]
        assert all(ax.get_xlabel() for ax in axes), name
        assert all(ax.get_ylabel() or ax.get_title() for ax in axes[:1]), name


def test_kink_shows_the_true_slope_with_a_gap_at_the_kink():
    _, artists = drawn("draw_kink_slopes")
    x, slope = next(line for line in artists if line.get_label() == "true slope").get_xydata().T
    assert np.all(slope[x < 0] == 0) and np.all(slope[x > 0] == 1) and np.isnan(slope[x == 0]).all() and 0 in x


@settings(max_examples=25)
@given(st.floats(-1, 0), st.floats(0.5, 1.5))
def test_no_text_of_ways_covers_another(start, power):
    counts = np.array([1, 3, 10, 50])
    ways = {"n inputs, 1 output": power, "1 input, n outputs": -power}
    ratios = {name: 10**start * counts**way for name, way in ways.items()}
    figure = pictured("draw_ways", (counts, ratios))
    assert overlapping_texts(figure) == [] and loose_texts(figure) == []


def test_sizes_stand_at_their_layers():
    _, (measured,) = drawn("draw_sizes")
    assert np.array_equal(measured.get_xydata(), [[1, 0.1], [2, 1.0]])
    _, artists = drawn("draw_patients")
    assert [list(artist.get_ydata()) for artist in artists] == [[0.1, 1.0], [1.0, 100.0]]
    assert artists[0].axes.get_ylim() == artists[1].axes.get_ylim()
    axes = lesson_figure().subplots(1, 2)
    for low in (1e-9, 1e9):
        plots.draw_patients(*axes, *CALLS["draw_patients"], low=low)
        assert axes[0].get_ylim()[0] == axes[1].get_ylim()[0] <= min(low, 0.1)


def test_clipped_arrows_end_where_they_should():
    _, arrows = drawn("draw_clipping")
    gradient, by_norm, by_entry = (np.array(arrow.xy) for arrow in arrows)
    assert np.linalg.norm(by_norm) == pytest.approx(1) and np.cross([*gradient, 0], [*by_norm, 0])[2] == pytest.approx(
        0
    )
    assert tuple(by_entry) == (1.0, 0.8)


def spans(bars):
    """(low, high) of every bar."""
    return [tuple(part[:, 1]) for part in bars.get_segments()]


def test_the_dead_are_counted_beside_loss_and_length():
    axes, artists = drawn("draw_death")
    assert {name: line[:, 1].tolist() for name, line in lines(artists).items()} == {
        "loss": [0.9, 345.0, 1.0], "length of the gradient": [1.3, 115.0, 0.5],
        "first layer": [0, 2, 9], "second layer": [6, 8, 32],
    }  # fmt: skip
    assert [ax.get_yscale() for ax in axes] == ["log", "linear"]


# Lessons 06 to 08


def test_totals_are_bars_from_top_to_bottom_with_their_numbers():
    (axes,), bars = drawn("draw_totals")
    assert [(bar.get_y() + bar.get_height() / 2, bar.get_width()) for bar in bars] == [(1, 5688.4), (0, 2204.0)]
    assert [text.get_text() for text in axes.texts] == ["5,688", "2,204"]
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["return", "to go"]


def test_one_baseline_is_a_curve_and_V_a_line():
    (axes,), (curve, line) = drawn("draw_baselines")
    assert curve.get_xydata().tolist() == [[-30, 3147], [-13, 824], [0, 2204]]
    assert set(line.get_ydata()) == {820} and line.get_linestyle() == "--" and axes.get_ylim()[0] == 0


def test_shares_of_a_mean_stand_by_length_and_side():
    (axes,), (*bars, _) = drawn("draw_shares")
    assert [bar.get_height() for bar in bars] == [0, -0.4, 0, -4, 0.3, 0, 0.8, 0]
    assert all((bar.get_facecolor()[3] > 0) == (k < 4) for k, bar in enumerate(bars))
    groups = [tick.get_text() for tick in axes.get_xticklabels()]
    assert groups == ["3–4\n40 %", "5–9\n20 %", "10–19\n20 %", "20+\n20 %"]


def test_training_is_drawn_from_zero_with_the_shortest_way():
    (axes,), (curve, least) = drawn("draw_training")
    assert curve.get_xydata().tolist() == [[0, 12.0], [100, 14.0], [200, 3.5]]
    assert set(least.get_ydata()) == {3} and axes.get_ylim() == pytest.approx((0, 15.4))


def test_luck_has_one_place_for_each_coin_and_the_lost_stand_in_a_band():
    (axes,), artists = drawn("draw_luck")
    assert lines(artists)["short"].tolist() == [[1, 3.5], [2, 9.0], [3, 30_000.0]]
    assert lines(artists)["long"].tolist() == [[1, 4.0], [2, 5.0], [3, 75_000.0]]  # the last name sorts
    assert set(artists[-1].get_ydata()) == {12.7} and axes.get_ylim()[1] > 75_000
    assert axes.texts[-1].get_text() == "more than\n10,000"
    assert axes.get_xlabel() == "coin, sorted by: long"


def test_learning_is_the_median_and_the_middle_of_the_learners():
    (axes,), artists = drawn("draw_learning")
    assert len(artists) == 4
    line, bars = artists[:2]
    assert line.get_xydata().tolist() == [[0, 6.0], [9, 3.0]]
    low, high = np.quantile([[4, 6, 8], [3, 3, 10_000]], [0.1, 0.9], axis=1)  # 20,000 steps stand at the upper edge
    assert spans(bars) == [pytest.approx((low[1], high[1]))]
    labels = [tick.get_text() for tick in axes.get_yticklabels()]
    # room for bars up to three times the largest median, which is 6
    assert axes.get_ylim() == (2.7, pytest.approx(1.2 * 3 * 6)) and labels == ["3", "5", "10", "20"]


def test_bars_of_several_learners_stand_side_by_side():
    steps = np.arange(0, 5001, 100)
    returns = {name: -np.tile(np.arange(4.0, 13.0), (51, 1)) for name in "abcd"}
    axes = lesson_figure().subplots()
    places = [bar[0, 0] for bars in plots.draw_learning(axes, steps, returns)[1::2] for bar in bars.get_segments()]
    assert len(places) == 24 and np.diff(sorted(places)).min() > 60


def test_seeds_are_a_median_of_moving_means_with_bars_and_one_by_itself():
    (axes,), (median, bars, single) = drawn("draw_seeds")

    def level(finished, step):
        ended = np.flatnonzero(finished.at <= step)[-1]
        return finished.returns[ended - 19 : ended + 1].mean()

    at, means = median.get_xydata().T
    assert at[0] == LONG.at[19] and at[-1] == LONG.at[-1]
    each = np.array([[level(finished, step) for step in at] for finished in (LONG, OTHER, LONG)])
    assert means == pytest.approx(np.median(each, axis=0)) and single.get_ydata() == pytest.approx(each[1])
    for bar in bars.get_segments():
        column = each[:, np.flatnonzero(at == bar[0, 0])[0]]
        assert bar[:, 1] == pytest.approx(np.quantile(column, [0.1, 0.9]))
    assert {"475", "median of 3", "seed 1"} == {text.get_text() for text in axes.texts}


def test_a_patient_is_beside_a_healthy_one_on_both_axes():
    (left, right), (well_V, ill_V, well, ill) = drawn("draw_patient")
    assert {well_V.axes, ill_V.axes} == {left} and {well.axes, ill.axes} == {right}
    assert ill_V.get_ydata()[3] == 3 and well_V.get_ydata()[3] == 63
    assert ill.get_ydata() == pytest.approx([np.mean(SEEN.returns[k - 19 : k + 1]) for k in range(19, 30)])
    assert ill.get_linestyle() != well.get_linestyle()


def test_outcomes_are_sorted_marks_of_which_no_two_meet():
    (axes,), rows = drawn("draw_outcomes")
    assert rows[0].get_xdata().tolist() == [500, 475, 20] and np.diff(rows[0].get_ydata()).min() > 0.3
    assert max(rows[0].get_ydata()) < min(rows[1].get_ydata())
    names = [text.get_text() for text in axes.get_yticklabels()]
    assert names == ["+1 each step\n2 of 3", "−100, V from −100\n0 of 2"]


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


@pytest.mark.parametrize("name", ["draw_learning"])
def test_every_line_has_its_name_at_its_end_in_its_colour(name):
    (axes,), artists = drawn(name)
    beside = {(text.get_text(), text.get_color()) for text in axes.texts}
    assert beside == {(line.get_label(), line.get_color()) for line in artists[::2]} and axes.get_legend() is None


@pytest.mark.parametrize("name", ["draw_luck"])
def test_every_line_is_named_in_the_legend(name):
    (axes, *_), artists = drawn(name)
    named = {text.get_text() for text in axes.get_legend().get_texts()}
    assert named == {artist.get_label() for artist in artists if not artist.get_label().startswith("_")} - {""}
    assert len(named) >= 2

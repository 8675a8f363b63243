"""The drawings: their artists carry the data, their pictures a description, and pyplot stays out of it."""

import base64

import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers import plots
from helpers.plots.figure import lesson_figure, lesson_style, plain_powers
from helpers.symbolic import Swell

STEPS = np.logspace(0, -8, 9)
SWELLS = [Swell((2, 2, 1), 9, 223, 31, 32, 0.1), Swell((2, 2, 2, 1), 15, 1069, 73, 58, 0.2)]
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
    "draw_sizes": ({"dz": np.array([0.1, 1.0])}, {"dz": np.array([0.2, 2.0])}),
}
TWO_AXES = {"draw_activations", "draw_kink", "draw_swell"}


def drawn(name):
    figure = lesson_figure()
    axes = figure.subplots(1, 1 + (name in TWO_AXES), squeeze=False)[0]
    return axes, getattr(plots, name)(*axes, *CALLS[name])


def test_every_drawing_is_tried_here():
    assert {name for name in plots.__all__ if name.startswith("draw_")} >= set(CALLS)


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


@pytest.mark.parametrize("value, label", [(1, "1"), (100, "100"), (1e4, "1e4"), (1e-8, "1e−8")])
def test_plain_powers(value, label):
    axes = lesson_figure().subplots()
    axes.set_xscale("log")
    plain_powers(axes.xaxis)
    assert axes.xaxis.get_major_formatter()(value, 0) == label


def test_picture_has_its_caption_as_alt_text():
    shown = plots.picture(plots.draw_neuron, caption='A neuron & "more".')
    bundle = shown._repr_mimebundle_()
    assert bundle["text/plain"] == 'A neuron & "more".'
    assert "alt='A neuron &amp; &quot;more&quot;.'" in bundle["text/html"]
    data = bundle["text/html"].partition("base64,")[2].partition("'")[0]
    assert base64.b64decode(data).startswith(b"\x89PNG")
    assert plt.get_fignums() == []


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


def test_style_stays_inside():
    before = dict(plt.rcParams)
    plots.picture(plots.draw_neuron, caption="A neuron.")._repr_mimebundle_()
    assert dict(plt.rcParams) == before

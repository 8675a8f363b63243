"""The training stepper: numbers, marks and words belong together."""

import base64
import io
import re
from urllib.parse import unquote

import numpy as np
import pytest
from figures import loose_texts, numbers_on, overlapping_texts, texts_of, written_in_one_way
from matplotlib.image import imread
from outputs import assert_complete, saved_size
from pictures import assert_frames_sound, assert_sound

from helpers.drawing import svg
from helpers.networks.history import History
from helpers.networks.losses import softmax_cross_entropy
from helpers.networks.network import backward, forward, init_params
from helpers.networks.training import sgd, two_spirals
from helpers.steppers import show_training
from helpers.steppers.decision_boundary import COLOURS, PIXELS, _static_axes, percent

X, LABELS = two_spirals(200, np.random.default_rng(0))


def loss_of(params):
    return softmax_cross_entropy(forward(params, X)[0], LABELS)[0]


def gradient_of(params, step):
    logits, cache = forward(params, X)
    return backward(params, cache, softmax_cross_entropy(logits, LABELS)[1])


def probability(params, points):
    logits, _ = forward(params, points)
    return 1 / (1 + np.exp(logits[:, 0] - logits[:, 1]))


@pytest.fixture(scope="module")
def history():
    params = init_params([2, 16, 16, 2], np.random.default_rng(0))
    history = History(loss_of, params, 300)
    sgd(gradient_of, params, 300, 0.5, momentum=0.9, callback=history)
    return history


@pytest.fixture(scope="module")
def player(history):
    return show_training(history, X, LABELS, probability)


class Told:
    """A history made by hand: one parameter, the place of a vertical boundary."""

    def __init__(self, losses, places):
        self.losses = losses
        self.snapshots = [(step, losses[step], place) for step, place in places.items()]


SQUARE = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])


def step_at(place, points):
    return 1 / (1 + np.exp(-20 * (points[:, 0] - place)))


def test_frames_are_sound_and_small(player):
    assert_frames_sound(player.frames, player.captions)
    assert_complete(player)
    assert saved_size(player) < 150_000


def test_captions_are_computed(history, player):
    for (step, loss, params), caption in zip(history.snapshots, player.captions, strict=True):
        right = np.sum(np.argmax(forward(params, X)[0], axis=1) == LABELS)
        assert caption == f"Step {step}: loss {svg.number(loss)}, {percent(right / 200)} % of the points right."
    assert player.captions[-1].endswith("100 % of the points right.")


@pytest.mark.parametrize("share, words", [(0, "0"), (0.875, "88"), (0.996, "99"), (1, "100")])
def test_a_hundred_percent_is_all(share, words):
    assert str(percent(share)) == words


def marks_of(drawn):
    """(boundary's vertices, middle of the moving mark or None) of a frame."""
    border = re.findall(r"<path d='(M[^']*)' fill='none'", drawn)
    mark = re.findall(r"<circle cx='([^']*)' cy='([^']*)'", drawn)
    vertices = [tuple(map(float, p.split())) for p in re.split("[ML]", border[0]) if p] if border else []
    return vertices, tuple(map(float, mark[0])) if mark else None


def tints_of(drawn):
    """(x, y, width, height, pixels) of the background."""
    x, y, width, height, data = re.search(
        r"<image x='(.*?)' y='(.*?)' width='(.*?)' height='(.*?)' preserve.*?base64,(.*?)'", drawn
    ).groups()
    return *map(float, (x, y, width, height)), imread(io.BytesIO(base64.b64decode(data)))


def test_the_boundary_runs_where_the_probability_is_a_half():
    told = Told([0.5, 0.1], {0: 0.25, 1: 0.75})
    shown = show_training(told, SQUARE, [0, 1, 0, 1], step_at)
    for drawn, place in zip(shown.frames, (0.25, 0.75), strict=True):
        x, y, width, height, pixels = tints_of(drawn)
        vertices, _ = marks_of(drawn)
        assert width == pytest.approx(height, abs=0.3)
        at = (0.5 + (place - 0.5) / 1.12) * width + x  # the plane reaches 0.56 to each side of the middle
        assert [u for u, _ in vertices] == pytest.approx([at] * len(vertices), abs=1)
        assert np.ptp([v for _, v in vertices]) == pytest.approx(height, rel=0.03)
        left, right = pixels[:, 0, :3], pixels[:, -1, :3]
        assert left == pytest.approx(np.tile(COLOURS(0.0)[:3], (PIXELS, 1)), abs=0.01)
        assert right == pytest.approx(np.tile(COLOURS(1.0)[:3], (PIXELS, 1)), abs=0.01)


def test_up_is_up():
    shown = show_training(
        Told([0.5], {0: 0.25}), SQUARE, [0, 0, 1, 1], lambda place, points: step_at(place, points[:, ::-1])
    )
    x, y, width, height, pixels = tints_of(shown.frames[0])
    assert pixels[0, 0, 0] > pixels[0, 0, 2] and pixels[-1, 0, 2] > pixels[-1, 0, 0]  # rust above, blue below
    vertices, _ = marks_of(shown.frames[0])
    assert vertices[0][1] == pytest.approx(y + height * (0.5 - (0.25 - 0.5) / 1.12), abs=1)
    discs, triangles = (re.findall(rf"M(\S+) ([\d.]+)m{start}", shown.frames[0]) for start in ("-3.4", "0-4.6"))
    assert len(discs) == len(triangles) == 2
    assert max(float(v) for _, v in triangles) < vertices[0][1] < min(float(v) for _, v in discs)


def test_classes_differ_in_shape_and_colour(player):
    for drawn in player.frames:
        assert drawn.count("m-3.4 0a3.4") == np.sum(LABELS == 0) and drawn.count("m0-4.6l4.4") == np.sum(LABELS == 1)
        assert re.search(f"a3.4[^>]*fill='{svg.POSITIVE}'", drawn) and re.search(
            f"l4.4[^>]*fill='{svg.NEGATIVE}'", drawn
        )


def test_mark_moves_right_along_a_falling_curve(history, player):
    marks = [marks_of(drawn)[1] for drawn in player.frames]
    assert np.all(np.diff([u for u, _ in marks]) > 0)
    losses = np.log([loss for _, loss, _ in history.snapshots])
    heights = np.array([v for _, v in marks])
    slope, offset = np.polyfit(losses, heights, 1)
    assert slope < 0 and heights == pytest.approx(slope * losses + offset, abs=0.1)


def test_mark_stands_at_its_step_and_loss():
    told = Told([1.0, *[0.5] * 9, 0.1], {0: 0.5, 5: 0.5, 10: 0.5})
    shown = show_training(told, SQUARE, [0, 1, 0, 1], step_at)
    axes = unquote(re.search("svg.xml,([^']*)", shown.frames[0])[1])
    at_tick = {label: float(x) for x, label in re.findall(r"anchor: middle[^>]* x=.([\d.]+).[^>]*>(0|5|10)<", axes)}
    heights = {label: float(y) for y, label in re.findall(r"anchor: end[^>]* y=.([\d.]+).[^>]*>(1|0\.5|0\.1)<", axes)}
    for drawn, step, height in zip(shown.frames, ("0", "5", "10"), ("1", "0.5", "0.1"), strict=True):
        u, v = marks_of(drawn)[1]
        assert u == pytest.approx(at_tick[step], abs=0.2)
        assert v - heights[height] == pytest.approx(marks_of(shown.frames[0])[1][1] - heights["1"], abs=0.3)


def test_tints_mean_the_same_in_every_frame():
    shown = show_training(Told([1.0, 1.0], {0: 0.99, 1: 0.7}), SQUARE, [0, 1, 0, 1], lambda p, x: 0 * x[:, 0] + p)
    for drawn, value in zip(shown.frames, (0.99, 0.7), strict=True):
        assert np.ptp(tints_of(drawn)[-1], axis=(0, 1)).max() == 0
        assert tints_of(drawn)[-1][0, 0] == pytest.approx(COLOURS(value), abs=0.01)


def test_what_does_not_move_is_stored_once(player):
    first, last = player.frames[0].split("\n"), player.frames[-1].split("\n")
    assert len(set(first) & set(last)) == 4  # axes, two classes, the closing tag


@pytest.mark.parametrize("loss", [np.nan, np.inf])
def test_a_loss_that_blew_up_has_no_mark(loss):
    shown = show_training(Told([0.5, loss], {0: 0.5, 1: np.nan}), SQUARE, [0, 1, 0, 1], step_at)
    assert_sound(shown.frames[0])
    assert marks_of(shown.frames[1]) == ([], None) and f"loss {loss}" in shown.captions[1]


def test_no_boundary_where_one_class_is_everywhere():
    shown = show_training(Told([0.5, 0.0], {0: 7.0, 1: -7.0}), SQUARE, [0, 1, 0, 1], step_at)
    assert [marks_of(drawn)[0] for drawn in shown.frames] == [[], []]
    assert all("50 % of the points right." in caption for caption in shown.captions)


def test_one_point_is_enough():
    shown = show_training(Told([0.5], {0: 0.0}), [[0.0, 3.0]], [1], step_at)
    assert_frames_sound(shown.frames, shown.captions)


@pytest.mark.parametrize(
    "points, labels, words",
    [
        (SQUARE[:, :1], [0, 1, 0, 1], r"points of the shape \(N, 2\)"),
        (SQUARE[:0], [], r"its shape is \(0, 2\)"),
        (SQUARE * np.nan, [0, 1, 0, 1], "finite"),
        (SQUARE, [0, 1], "0 or 1 for each of the 4 points"),
        (SQUARE, [0, 1, 2, 1], "0 or 1 for each of the 4 points"),
    ],
)
def test_points_and_labels_must_fit(points, labels, words):
    with pytest.raises(ValueError, match=words):
        show_training(Told([0.5], {0: 0.5}), points, labels, step_at)


@pytest.mark.parametrize("answer", [lambda p, x: 0.5, lambda p, x: np.ones((len(x), 1)), lambda p, x: 2 + 0 * x[:, 0]])
def test_probability_must_be_one_for_each_point(answer):
    with pytest.raises(ValueError, match="probability must give 4 numbers between 0 and 1 for 4 points"):
        show_training(Told([0.5], {0: 0.5}), SQUARE, [0, 1, 0, 1], answer)


def test_the_texts_around_the_axes_keep_apart_and_the_tints_are_explained():
    losses = list(np.logspace(0, -4, 500))
    axes = _static_axes(losses, np.zeros(2), 1.2)
    assert overlapping_texts(axes.figure) == [] and loose_texts(axes.figure) == []
    assert "probability of class 1; the line: 0.5" in axes.element
    assert all(written_in_one_way(texts) for texts in numbers_on(axes.figure))
    assert axes.cuts[0] > max(box.x1 for _, box in texts_of_panel(axes.figure, axes.axes[0]))


def texts_of_panel(figure, panel):
    """Texts of a figure that stand left of the right edge of one of its panels."""
    return [(text, box) for text, box in texts_of(figure) if box.x0 < panel.bbox.x1]


def test_the_plane_takes_more_than_a_third_of_the_picture():
    axes = _static_axes([1.0, 0.1], np.zeros(2), 1.2)
    box = axes.axes[0].bbox
    assert box.width == pytest.approx(box.height) and box.width > 0.36 * axes.width

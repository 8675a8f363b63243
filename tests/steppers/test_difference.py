"""The difference stepper: every frame is sound, and its captions tell both errors."""

import re

import matplotlib
import numpy as np
import pytest
from figures import loose_texts, numbers_on, overlapping_texts, written_in_one_way
from outputs import Reader, assert_complete, saved_size
from pictures import assert_frames_sound

from helpers.drawing import svg
from helpers.steppers import show_differences
from helpers.steppers.difference import STEPS, _static_axes

STEPPERS = {
    "sin": show_differences,
    "exp": lambda: show_differences(np.exp, np.exp, 0.5, "exp"),
    "square": lambda: show_differences(lambda x: x**2, lambda x: 2 * x, 1.0, "square"),
    "line": lambda: show_differences(lambda x: 3 * x, lambda x: 3 + 0 * x, 0.0, "line"),
    "sin, few steps": lambda: show_differences(x=-2, steps=[0.5]),
}


@pytest.fixture(scope="module", params=STEPPERS)
def player(request):
    return STEPPERS[request.param]()


def test_frames_are_sound(player):
    assert_frames_sound(player.frames, player.captions)


def test_captions_are_table_rows_and_text(player):
    assert_complete(player)


def test_saved_size(player):
    assert saved_size(player) < 150_000


def test_nothing_is_left_in_pyplot(player):
    pyplot = __import__("sys").modules.get("matplotlib.pyplot")
    assert pyplot is None or pyplot.get_fignums() == []


def test_captions_tell_the_two_errors():
    shown = show_differences()
    assert len(shown.frames) == 33
    for caption, h in zip(shown.captions, 10.0 ** -np.arange(0, 16.01, 0.5), strict=True):
        forward = abs((np.sin(1 + h) - np.sin(1)) / h - np.cos(1))
        central = abs((np.sin(1 + h) - np.sin(1 - h)) / (2 * h) - np.cos(1))
        start = f"h = {h:.1e}: ".replace("-", "−")
        assert caption.startswith(start)
        assert f"its error {forward:.1e}; the central difference's error is {central:.1e}.".replace("-", "−") in caption
        assert ("Here x + h rounds back to x" in caption) == (1 + h == 1)


def test_exact_differences_have_no_mark_on_the_error_curve():
    shown = show_differences(lambda x: x**2, lambda x: 2 * x, 1.0, "square")
    exact = [k for k, caption in enumerate(shown.captions) if "central difference's error is 0.0e+00" in caption]
    assert exact
    marks = [drawn.count("r='9'") for drawn in shown.frames]
    assert all(marks[k] < 2 for k in exact) and max(marks) == 2


def numbers_in(path):
    return [float(part) for part in re.findall(r"-?[\d.]+", path)]


def test_both_secants_go_through_their_points():
    axes = _static_axes(np.sin, np.cos, 1.0, "sin", STEPS, (STEPS,))
    for h, drawn in zip(10.0 ** -np.arange(0, 3.1, 0.5), show_differences().frames, strict=False):
        secants = re.findall(r"<path d='(M[^']*L[^']*)' fill='none' stroke='(#\w+)' stroke-width='2.2'", drawn)
        assert [colour for _, colour in secants] == [svg.POSITIVE, svg.NEGATIVE]
        for (path, _), start in zip(secants, (1.0, 1.0 - h), strict=True):
            x1, y1, x2, y2 = numbers_in(path)
            for at in (start, 1.0 + h):
                u, v = axes.point(at, np.sin(at))
                assert y1 + (u - x1) / (x2 - x1) * (y2 - y1) == pytest.approx(v, abs=0.2)


def test_errors_appear_step_by_step_and_what_comes_stays_open():
    for k, drawn in enumerate(show_differences().frames):
        discs, squares = drawn.count("m-3 0a3 3"), drawn.count("m-3-3h6")
        assert discs <= k + 1 and squares <= k + 1 and discs + squares >= k + 1
    assert discs > 30


def test_a_smaller_h_stands_further_left():
    axes = _static_axes(np.sin, np.cos, 1.0, "sin", STEPS, (STEPS,))
    assert axes.point(1e-8, 1e-3, panel=1)[0] < axes.point(1e-2, 1e-3, panel=1)[0]


@pytest.mark.parametrize("name", ["sin", "a function with a name"])
@pytest.mark.parametrize(
    ("steps", "errors"), [(STEPS, (STEPS**2,)), (STEPS[:9], (STEPS[:9], STEPS[:9] ** 2)), (STEPS[:1], ([0.0],))]
)
def test_the_texts_around_the_axes_keep_apart(name, steps, errors):
    figure = _static_axes(np.sin, np.cos, 1.0, name, steps, errors).figure
    assert overlapping_texts(figure) == [] and loose_texts(figure) == []
    assert all(written_in_one_way(texts) for texts in numbers_on(figure))


def test_name_of_the_function_is_escaped_and_no_mathtext():
    shown = show_differences(name="<b>$x_$")
    assert "b" not in Reader(shown.html()).tags
    assert_frames_sound(shown.frames, shown.captions)


@pytest.mark.parametrize("last", [4, 8, 16])
def test_the_axes_reach_as_far_as_the_steps(last):
    steps = 10.0 ** -np.arange(0, last + 0.1, 0.5)
    axes = _static_axes(np.sin, np.cos, 1.0, "sin", steps, (steps, steps**2)).axes[1]
    assert axes.get_xlim()[0] == pytest.approx(steps[-1] / 3) and axes.get_ylim()[0] == pytest.approx(
        steps[-1] ** 2 / 3
    )
    assert 3 <= len(axes.get_xticks()) <= 9 and 3 <= len(axes.get_yticks()) <= 9


@pytest.mark.parametrize("steps", [[0.0], [1e-3, -1e-3], [np.nan]])
def test_steps_must_be_positive(steps):
    with pytest.raises(ValueError, match="steps must be positive numbers"):
        show_differences(steps=steps)


def test_style_outside_is_untouched():
    before = {key: value for key, value in matplotlib.rcParams.items() if key != "backend"}
    show_differences(steps=[0.1])
    assert {key: matplotlib.rcParams[key] for key in before} == before

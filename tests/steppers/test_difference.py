"""The difference stepper: every frame is sound, and its captions tell both errors."""

import matplotlib
import numpy as np
import pytest
from outputs import Reader, assert_complete, saved_size
from pictures import assert_frames_sound

from helpers.steppers import show_differences

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


def test_name_of_the_function_is_escaped_and_no_mathtext():
    shown = show_differences(name="<b>$x_$")
    assert "b" not in Reader(shown.html()).tags
    assert_frames_sound(shown.frames, shown.captions)


@pytest.mark.parametrize("steps", [[0.0], [1e-3, -1e-3], [np.nan]])
def test_steps_must_be_positive(steps):
    with pytest.raises(ValueError, match="steps must be positive numbers"):
        show_differences(steps=steps)


def test_style_outside_is_untouched():
    before = {key: value for key, value in matplotlib.rcParams.items() if key != "backend"}
    show_differences(steps=[0.1])
    assert {key: matplotlib.rcParams[key] for key in before} == before

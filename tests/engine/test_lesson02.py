"""Lesson 02's parts: attempts of readers, and the words that name what is wrong with each."""

import re

import numpy as np
import pytest

from helpers.engine.assembly import assemble
from helpers.engine.judging import judge
from helpers.engine.part import PARTS
from helpers.engine.parts.gradient_cases import LEVEL, right_gradients

NUDGING = """def numerical_gradient(f, x):
    h = 1e-5
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        {}
    return gradient
"""
SLOPE = "gradient[i] = (f(a) - f(b)) / (2 * h)"
ATTEMPTS = [
    (f"a = x; b = x; a[i] += h; b[i] -= h; {SLOPE}", "f sees the same x in both calls"),
    (f"a = x[:]; b = x[:]; a[i] += h; b[i] -= h; {SLOPE}", "f sees the same x in both calls"),
    (f"a = x.copy(); b = a; a[i] += h; b[i] -= h; {SLOPE}", "f sees the same x in both calls"),
    (f"a = x.copy(); a[i] += h; b = x; b[i] -= h; {SLOPE}", "x itself is moved, and stays moved"),
    ("x[i] += h; up = f(x); x[i] -= h; gradient[i] = (up - f(x)) / (2 * h)", "looks to one side only"),
    ("x[i] += h; up = f(x); x[i] -= h; gradient[i] = (up - f(x)) / h", "looks to one side only"),
    (f"a = x[i] + h; b = x[i] - h; {SLOPE}", "f is called with a single number"),
    ("gradient[i] = (f(x + h) - f(x - h)) / (2 * h)", "All entries were moved at once"),
    ("gradient[i] = (f(x * (np.arange(x.size) == i)) - f(x)) / h", ""),  # no known place: told by its numbers
    (
        "x[i] += h; up = f(x); x[i] -= 2 * h; down = f(x); x[i] += h; gradient[i] = (up - down) / (2 * h)",
        "there and back",
    ),
    (f"a = x.copy(); b = x.copy(); h = 1e-18; a[i] += h; b[i] -= h; {SLOPE}", "h is below the last digit"),
    ("pass", ""),
    (f"a = x; a[i] += h; b = x.copy(); b[i] -= h; {SLOPE}", "x itself is moved, and stays moved"),
    (f"h = 1e-12; a = x.copy(); b = x.copy(); a[i] += h; b[i] -= h; {SLOPE}", "so small that rounding decides"),
    ("b = x.copy(); b[i] -= h; gradient[i] = (f(x) - f(b)) / h", "looks to one side only"),
    ("a = x.copy(); b = x.copy(); a[i] += h; b[i] -= h; gradient[i] = f(a) - f(b) / (2 * h)", "Without brackets"),
    (f"h = 10^-5; a = x.copy(); b = x.copy(); a[i] += h; b[i] -= h; {SLOPE}", "`^` is no power"),
    (f"a = x.copy(); b = x.copy(); a[i] += h; b[i] -= h; {SLOPE}; return gradient", "inside the loop"),
    (f"a = x.copy(); a[i] += h; b = a.copy(); b[i] -= h; {SLOPE}", "looks to one side only"),
    ("a = x.copy(); b = x.copy(); a[i] += h; b[i] -= h; gradient[i] = (a - b) / (2 * h)", "written into one place"),
    (f"i = x[i]; a = x.copy(); b = x.copy(); a[i] += h; b[i] -= h; {SLOPE}", "An index is a place"),
]


@pytest.mark.parametrize(("line", "words"), ATTEMPTS)
def test_a_wrong_place_is_told_before_the_numbers(line, words):
    said = judge(PARTS["numerical_gradient"], NUDGING.format(line))
    assert said and words in said
    others = {each for _, each in ATTEMPTS if each} - {words}
    assert not words or not [each for each in others if each in said]


IN_PLACE = """def numerical_gradient(f, x):
    h = 1e-5
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        old = x[i]
        x[i] = old + h
        up = f(x)
        x[i] = old - h
        down = f(x)
        x[i] = old
        gradient[i] = (up - down) / (2 * h)
    return gradient
"""
COPIES = NUDGING.format(f"a, b = x.copy(), x.copy(); a[i] += h; b[i] -= h; {SLOPE}")


def with_floats(text):
    """The text of a `numerical_gradient`, which begins with a copy of x in floats."""
    return text.replace("(f, x):\n", "(f, x):\n    x = np.array(x, dtype=float)\n")


SLIPS = [  # which are the same whether x is moved and put back, or a copy
    ("/ (2 * h)", "/ h", "2h apart; you divided by h"),
    ("/ (2 * h)", "/ 2 * h", "*multiplies* by h"),
    ("gradient[i] = (", "gradient[i] = -(", "The sign is flipped"),
    ("h = 1e-5", "h = 0.1", "h is too large"),
    ("h = 1e-5", "h = 0.001", "h is too large"),
    ("h = 1e-5", "h = 10^-5", "`^` is no power"),
    ("h = 1e-5", "h = 1e-12", "so small that rounding decides"),
    ("h = 1e-5", "h = 1e-14", "so small that rounding decides"),
    ("h = 1e-5", "h = 1e-18", "h is below the last digit"),
    ("    return gradient\n", "", "is the `return` missing?"),
    ("    return", "        return", "inside the loop"),
    ("gradient[i] =", "gradient =", "It returns one number"),
    ("return gradient", "return gradient.sum()", "It returns one number"),
    ("gradient[i] =", "gradient +=", "adds to every entry"),
    ("np.ndindex(x.shape)", "range(x.size)", "x may be a table"),
    ("np.ndindex(x.shape)", "range(len(x))", "np.ndindex(x.shape)"),
]


@pytest.mark.parametrize(("right", "wrong", "words"), SLIPS)
@pytest.mark.parametrize("text", [IN_PLACE, COPIES, with_floats(COPIES)], ids=["in place", "copies", "floats"])
def test_a_slip_is_told_as_such_whether_x_is_put_back_or_copied(text, right, wrong, words):
    said = judge(PARTS["numerical_gradient"], text.replace(right, wrong))
    assert words in said and "stays moved" not in said and "leads back to x" not in said


@pytest.mark.parametrize("text", [IN_PLACE, COPIES], ids=["in place", "copies"])
def test_whole_numbers_are_asked_for_last(text):
    said = judge(PARTS["numerical_gradient"], text)
    assert "For whole numbers, x = [1, 2], it returns" in said and "and should return [2, 8]" in said
    assert "Begin with `x = np.array(x, dtype=float)`" in said
    assert judge(PARTS["numerical_gradient"], with_floats(text)) == ""
    like = with_floats(text).replace("    x =", "    whole, x =").replace("dtype=float)", "dtype=float), x")
    assert "cuts it off" in judge(PARTS["numerical_gradient"], like)
    adds = text.replace("h = 1e-5", "h = 1e-5 * np.ones(x.shape)\n    x += 0 * h\n    h = 1e-5")
    assert "ends in an error. An array of whole numbers" in judge(PARTS["numerical_gradient"], adds)


def test_x_that_is_not_put_back_stays_moved():
    said = judge(PARTS["numerical_gradient"], IN_PLACE.replace("        x[i] = old\n", ""))
    assert "x itself is moved, and stays moved" in said


def test_one_side_in_place_is_told_by_its_order():
    first, last = "        old = x[i]\n", "        down = f(x)\n"
    before = IN_PLACE.replace(first, "        old, down = x[i], f(x)\n").replace(last, "").replace("(2 * h)", "h")
    after = IN_PLACE.replace("x[i] = old - h", "x[i] = old")
    assert "is off in the fifth digit" in judge(PARTS["numerical_gradient"], before)
    assert "leads back to x" in judge(PARTS["numerical_gradient"], after)


def test_a_list_that_is_collected_by_rows_is_told_of_tables():
    text = COPIES.replace("np.zeros(x.shape)", "[]").replace(SLOPE, f"gradient.append({SLOPE[14:]})")
    text = text.replace("np.ndindex(x.shape)", "range(len(x))").replace("return gradient", "return np.array(gradient)")
    assert "x may be a table" in judge(PARTS["numerical_gradient"], text)


def test_all_at_once_without_a_loop_is_told():
    text = "def numerical_gradient(f, x):\n    h = 1e-5\n    return (f(x + h) - f(x - h)) / (2 * h)\n"
    assert "All entries were moved at once" in judge(PARTS["numerical_gradient"], text)


def test_copies_that_are_moved_and_used_are_right():
    for body in (f"a = x.copy(); a[i] += h; b = x.copy(); b[i] -= h; {SLOPE}", f"e = np.zeros(x.shape); e[i] = h; a = x + e; b = x - e; {SLOPE}"):  # fmt: skip
        assert judge(PARTS["numerical_gradient"], with_floats(NUDGING.format(body))) == ""


CHECK = """def gradient_check(f, x, gradient):
    n = numerical_gradient(f, x)
    if np.shape(gradient) != x.shape:
        return False
    d, m = np.abs(gradient - n), np.maximum(np.abs(gradient), np.abs(n))
    {}
"""


def test_a_gradient_of_another_shape_is_wrong():
    right = CHECK.format("return bool(np.all(d <= 1e-5 * m + 1e-9))")
    without = right.replace("    if np.shape(gradient) != x.shape:\n        return False\n", "")
    said = judge(PARTS["gradient_check"], without)
    assert "It lets pass a gradient that is of the wrong shape, ()," in said and "The shape rule comes first" in said
    said = judge(PARTS["gradient_check"], right.replace("np.shape(gradient) != x.shape", "gradient.size != x.size"))
    assert "of the wrong shape, (3, 2), for x of shape (2, 3), ends it in an error. The shape rule" in said
    own, x = assemble().gradient_check, np.ones((2, 3))
    assert own(np.sum, x, np.ones((2, 3))) and own(np.sum, x.astype(int), np.ones((2, 3)).tolist())
    for gradient in (1.0, np.ones(3), np.ones((2, 1)), np.ones((3, 2)), np.ones((1, 2, 3))):
        assert not own(np.sum, x, gradient)


@pytest.mark.parametrize("line", ["return bool(np.all(d / m < 1e-5))", "return bool(np.max(d / m) < 1e-5)"])
def test_nothing_divided_by_nothing_is_named(line):
    assert "divides 0 by 0" in judge(PARTS["gradient_check"], CHECK.format(line))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("return bool(np.all(d < 1e-6))", "rejects a gradient that is right, with slopes of thousands"),
        ("return bool(np.mean(d / (m + 1e-12)) < 1e-5)", "one entry of three hundred. A mean thins"),
        ("return np.allclose(gradient, n)", "as small as 10⁻⁸"),
        ("return bool(np.all(gradient == n))", "rejects a gradient that is right"),
    ],
)
def test_other_slips_of_a_check_get_no_word_of_nan(line, words):
    said = judge(PARTS["gradient_check"], CHECK.format(line))
    assert words in said and "0 by 0" not in said


@pytest.mark.parametrize(
    "line",
    [
        "return np.all((d < 1e-9) | (d / m < 1e-5))",
        "return bool(np.all(d <= 1e-5 * m + 1e-9))",
        "return bool(np.all(d / np.maximum(m, 1e-4) < 1e-5))",
        "return bool(np.all((d < 1e-5 * m) | (m < 1e-9)))",
    ],
)
def test_other_forms_of_a_right_check_are_right(line):
    assert judge(PARTS["gradient_check"], CHECK.format(line)) == ""


@pytest.mark.parametrize(
    "line",
    [
        "return np.all(d / (m + 1e-9) < 1e-5)",
        "return np.all(d / np.maximum(m, 1e-9) < 1e-5)",
        "return np.all(d / np.maximum(m, 1e-8) < 1e-5)",
        "return np.all(d < 1e-9) or np.all(d / m < 1e-5)",
        "return bool(np.all(d <= 1e-5 * m))",
    ],
)
def test_a_distance_of_a_billionth_must_pass_by_itself(line):
    said = judge(PARTS["gradient_check"], CHECK.format(line))
    assert "0 in one entry, where nudging leaves 10⁻¹¹" in said and "off by less than 10⁻⁹" in said


def test_what_nudging_leaves_where_the_slope_is_0():
    *_, (told, f, x, gradient) = right_gradients()
    left = np.abs(assemble().numerical_gradient(f, x) - gradient)
    assert told == LEVEL and 5e-12 < left[1] < 5e-11 and left[0] > 1e-9


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("return np.all(d < 1e-9 | d / m < 1e-5)", "put brackets round both comparisons"),
        ("m = np.max(np.abs(gradient), np.abs(n)); return np.all(d < 1e-5 * m)", "`np.maximum(a, b)`"),
        ("return all(d[i] < 1e-9 + 1e-5 * m[i] for i in range(x.size))", "not with a table"),
        ("return (d / m < 1e-5 or d < 1e-9).all()", "`or` takes one True or False: entry by entry it is `|`"),
        ("return np.all(not (d > 1e-9 and d > 1e-5 * m))", "entry by entry it is `&`"),
        ("m = max(abs(gradient), abs(n)); return np.all(d < 1e-5 * m)", "`np.maximum` go entry by entry"),
        ("return np.all(numerical_gradient(x, f) == n)", "are two arguments exchanged?"),
        ("return not np.any((d > 1e-9) & (d > 1e-5 * m))", "A comparison with nan is False"),
        ("return all(d[i] < 1e-9 + 1e-5 * m[i] for i in range(len(x)))", "not with a table"),
    ],
)
def test_slips_with_arrays_are_named(line, words):
    assert words in judge(PARTS["gradient_check"], CHECK.format(line))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("return bool(np.all(d <= 1e-5 * m.max() + 1e-9))", "One scale for all entries"),
        (
            "L = np.linalg.norm; return bool(L(gradient - n) <= 1e-5 * max(L(gradient), L(n)) + 1e-9)",
            "One scale for all entries",
        ),
        ("return bool(np.all(gradient - n <= 1e-5 * m + 1e-9))", "passes whatever is too small"),
        ("return bool(np.all((gradient - n) / (m + 1e-12) <= 1e-5))", "passes whatever is too small"),
        ("return bool(np.max(gradient - n) <= 1e-5 * m.max())", "passes whatever is too small"),
        ("return bool(np.all(n - gradient <= 1e-5 * m + 1e-9))", "passes whatever is too large"),
    ],
)
def test_one_scale_and_a_missing_abs_are_named(line, words):
    said = judge(PARTS["gradient_check"], CHECK.format(line))
    others = {"One scale for all entries", "whatever is too small", "whatever is too large"}
    assert words in said and sum(other in said for other in others) == 1


def test_a_loose_limit_gets_no_word_of_abs():
    said = judge(PARTS["gradient_check"], CHECK.format("return bool(np.all(d <= 1e-2 * m + 1e-9))"))
    assert "0.1 % too large in all entries" in said and "abs" not in said


def test_text_is_not_true():
    assert "returns `'True'`" in judge(PARTS["gradient_check"], CHECK.format("return 'True'"))


@pytest.mark.parametrize(
    "line",
    [
        f"a = x.copy(); b = x.copy(); h = 3e-3; a[i] += h; b[i] -= h; {SLOPE}",
        f"a = x.copy(); b = x.copy(); a[i] += h; b[i] -= h; {SLOPE} * (1 + 1e-6)",
    ],
)
def test_numbers_that_differ_are_shown_as_different(line):
    said = judge(PARTS["numerical_gradient"], NUDGING.format(line))
    returned, right = re.search(r"returns? (\[.*?\]+), and should return (\[.*?\]+)", said).groups()
    assert returned != right


def test_below_its_floor_a_right_check_is_blind_as_the_lesson_says():
    E = assemble()
    x = np.array([1.0, 2.0])

    def passes(size, factor):
        return E.gradient_check(lambda x: size * np.sum(x**2) / 4, x, factor * size * x / 2)

    assert passes(1e-10, 2) and not passes(1e-8, 2)  # blind, and not
    assert passes(2e-8, 1.02) and not passes(1e-3, 1.00003)  # by the distance, and by the quotient

"""Comparisons of hidden tests: right answers in any form pass, wrong ones and odd ones fail in words."""

import functools
import math

import numpy as np
import pytest

from course.border.asking import Handle
from course.border.expressions import Expression
from course.tasks.comparisons import compare, formulas, number, parts, unchanged


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (0.5, 0.5 + 1e-9),
        (np.array([1.0, 2.0]), [1, 2]),
        ((1, 2), [1.0, 2.0]),
        ([[1], [2]], np.array([[1], [2]])),
        ([], []),
        (np.float32(0.5), 0.5),
        (np.array([1 + 0j]), [1.0]),
        (Expression(["Rational", 1, 2]), 0.5),
        (True, 1.0),
    ],
)
def test_equal_answers_pass(answer, expected):
    compare(answer, expected, "here")


@pytest.mark.parametrize(
    ("answer", "expected", "words"),
    [
        (None, 1.0, "here: your function returned None"),
        (1.001, 1.0, "here: your function returned 1.001, expected is 1"),
        (float("nan"), 1.0, "returned nan"),
        (np.array([[1.0, 2.0]]), [1.0, 2.0], r"the shape is \(1, 2\), expected is \(2,\)"),
        ([[1, 2], [3]], [[1, 2], [3, 4]], "rows of different lengths"),
        (2e6 + 3, 2e6, "expected is 2e"),
        ("1.0", 1.0, "returned a str, which is no number"),
        ({"a": 1}, 1.0, "returned a dict, which is no number"),
        (1 + 2j, 1.0, r"returned the complex number \(1\+2j\)"),
        (Handle(None, 0, "generator"), 1.0, "returned <generator>, which is no number"),
        (Expression(["Symbol", "x"]), 1.0, r"an expression with \['x'\] in it"),
        (10**400, 1.0, "more than 300 digits"),
        ([None, 1.0], [1.0, 1.0], "returned None"),
        (
            functools.reduce(lambda inner, _: [inner], range(400), 1.0),
            1.0,
            "here: .* more than 16 lists in one another",
        ),
    ],
)
def test_wrong_answers_fail_in_words(answer, expected, words):
    with pytest.raises(AssertionError, match=words):
        compare(answer, expected, "here")


@pytest.mark.parametrize("relative", [False, True])
def test_a_tolerance_may_be_relative_everywhere(relative):
    compare(1e-9 * (1 + 1e-7), 1e-9, "here", relative=relative)
    if relative:
        with pytest.raises(AssertionError):
            compare(2e-9, 1e-9, "here", relative=True)
    else:
        compare(2e-9, 1e-9, "here")


@pytest.mark.parametrize("answer", [1.0, None, "ab", np.array(1.0), {"a": 1, "b": 2}, [1], (1, 2, 3)])
def test_parts_are_as_many_as_they_have_names(answer):
    with pytest.raises(AssertionError, match=r"expected are 2 results \(a, b\)"):
        parts(answer, ["a", "b"], "f")


@pytest.mark.parametrize("answer", [(1, [2, 3]), [np.ones((2, 1)), np.ones(3)], np.array([1, 2])])
def test_parts_of_any_shape(answer):
    assert len(parts(answer, ["a", "b"], "f")) == 2


def test_one_number():
    assert number(np.array(2.0), "f") == 2.0
    with pytest.raises(AssertionError, match="expected is one number"):
        number([2.0], "f")


def test_formulas_hold_the_given_symbols_alone():
    x = Expression(["Symbol", "x"])
    assert formulas([x, 2], ["line 1", "line 2"], ["x"], "f")[1].at() == 2
    for other, words in ((Expression(["Symbol", "y"]), "contains y"), ("x", "is a str"), (True, "is a bool")):
        with pytest.raises(AssertionError, match=words):
            formulas([x, other], ["line 1", "line 2"], ["x"], "f")


def test_changed_arguments_are_seen():
    unchanged([np.ones(2), 3.0], [np.ones(2), 3.0], "f")
    for after in ([np.zeros(2), 3.0], [np.ones(2, int), 3.0], [np.ones(2), math.nan], ["no array", 3.0]):
        with pytest.raises(AssertionError, match="f changed its argument"):
            unchanged([np.ones(2), 3.0], after, "f")

"""The report: one entry's verdict, the worst of many, and its words."""

import numpy as np
import pytest

from helpers.calculus.gradient_checking import gradient_check
from helpers.calculus.gradient_report import HEADS, LADDER, SEVERITY, WORDS, GradientReport, judge, judged, on_ladder
from helpers.calculus.measured_slope import MeasuredSlope


@pytest.mark.parametrize(
    "factor, verdict", [(1, "good"), (1 + 1e-6, "fair"), (1 + 1e-3, "suspicious"), (1.1, "wrong"), (-1, "wrong")]
)
def test_ladder(factor, verdict):
    x = np.array([0.5, 1.5])
    report = gradient_check(lambda x: np.sum(np.exp(x)), x, factor * np.exp(x))
    assert report.verdict == verdict and report.passed == (verdict in ("good", "fair"))
    assert str(report).startswith(f"relative error {report.relative_error:.1e} at index ({report.worst_index[0]},): ")
    assert {"wrong": "is wrong", "suspicious": "suspicious", "fair": "fair", "good": "good"}[verdict] in str(report)
    assert repr(report) == str(report)


def test_report_holds_both_gradients():
    report = gradient_check(lambda x: x[0] * x[1], [2, 3], [3, 2])
    assert isinstance(report, GradientReport)
    assert np.array_equal(report.gradient, [3, 2]) and np.allclose(report.numerical, [3, 2])


def test_the_text_of_an_empty_check_can_be_read():
    assert "good" in str(gradient_check(np.sum, np.ones((0, 2)), np.ones((0, 2))))


def test_a_wrong_entry_outweighs_one_that_cannot_be_told_and_a_kink():
    def f(x, wave=0.0):
        return abs(x[0]) + wave * np.sin(1e7 * x[1]) + x[2] ** 2

    x = np.array([0.0, 1.0, 3.0])
    assert gradient_check(lambda x: f(x, 1.0), x, [0.0, 0.0, 6.3]).worst_index == (2,)
    assert gradient_check(lambda x: f(x, 1.0), x, [0.0, 0.0, 6.0]).verdict == "cannot tell"
    assert gradient_check(f, x, [0.0, 0.0, 6.0]).verdict == "kink"


def test_every_verdict_has_its_words_and_a_severity():
    assert {*SEVERITY} == {*WORDS} | {*HEADS} and {word for _, word in LADDER} < {*WORDS}


@pytest.mark.parametrize("error, verdict", [(0, "good"), (1e-7, "good"), (2e-7, "fair"), (1e-3, "suspicious")])
def test_steps_of_the_ladder(error, verdict):
    assert on_ladder(error) == verdict and on_ladder(np.inf) == "wrong"


@pytest.mark.parametrize(
    "gradient, slope, verdict, relative",
    [
        (2.0, MeasuredSlope(2.0, 1e-9), "good", 1e-10),  # off by no more than the slope's own error, beside a 10
        (2.0, MeasuredSlope(2.0, 1e-4), "fair", 1e-5),
        (2.0, MeasuredSlope(2.0, 1e-2), "cannot tell", 1e-3),
        (2.0, MeasuredSlope(2.0, np.inf, reason="noise"), "cannot tell", np.inf),
        (2.0, MeasuredSlope(2.1, 1e-9), "wrong", 0.1 / 2.1),
        (np.nan, MeasuredSlope(np.nan, np.inf, reason="noise"), "wrong", np.inf),
        (0.0, MeasuredSlope(0.0, 1e-4, constant=True), "good", 0.0),
        (0.5, MeasuredSlope(0.5, np.inf, kink=(0.0, 1.0)), "kink", 0.0),
        (1.5, MeasuredSlope(0.5, np.inf, kink=(0.0, 1.0)), "wrong", 1.0 / 1.5),
    ],
)
def test_the_verdict_on_one_entry(gradient, slope, verdict, relative):
    error = abs(gradient - slope.value) / max(abs(gradient), abs(slope.value), 1e-300)
    found, error = judge(gradient, error, slope, 10.0)
    assert found == verdict and error == pytest.approx(relative)


def test_where_all_slopes_are_0_and_may_be_off_nothing_can_be_told():
    assert judge(0.0, 0.0, MeasuredSlope(0.0, 1e-9), 0.0) == ("cannot tell", np.inf)


def test_of_no_entries_nothing_is_wrong():
    report = judged(np.ones((0, 2)), np.ones((0, 2)), np.ones((0, 2)), [])
    assert (report.verdict, report.worst_index, report.relative_error) == ("good", (), 0.0)


def test_a_good_gradient_of_another_sign_says_what_it_is_relative_to():
    report = gradient_check(lambda x: np.cos(x) + 5, 1e-12, 3e-12)  # its slope is -1e-12
    assert report.verdict == "good" and "the error is relative to larger slopes" in str(report)
    assert "relative to" not in str(gradient_check(np.sin, 0.5, np.cos(0.5)))
    assert "relative to" not in str(gradient_check(lambda x: 7, 1.0, 0.0))
    assert "relative to" not in str(gradient_check(np.sin, 0.5, 1.0))

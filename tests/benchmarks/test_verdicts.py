"""Verdicts in words."""

import pytest

from benchmarks.verdicts import at_least, at_most


@pytest.mark.parametrize(
    "verdict, text",
    [
        (at_least(10, []), "not measured"),
        (at_least(10, [(12, "there"), (1011, "here")]), "met: smallest 12 (there)"),
        (at_least(10, [(10, "here")]), "met: smallest 10 (here)"),
        (at_least(10, [(8.6, "here"), (12, "there")]), "**missed** in 1 of 2 cases by up to 14%: smallest 8.6 (here)"),
        (at_least(10, [(9.9999, "here")]), "**missed** in 1 of 1 cases by less than 1%: smallest 10 (here)"),
        (at_most(1, [(0.2, "here"), (0.9, "there")]), "met: largest 0.9 (there)"),
        (at_most(1, [(1.00008, "here"), (1, "there")]), "**missed** in 1 of 2 cases by less than 1%: largest 1 (here)"),
        (at_most(1, [(1.28, "here"), (9.0, "there")]), "**missed** in 2 of 2 cases by up to 800%: largest 9 (there)"),
        (at_least(-3.5, [(-3.045, "here")], ".3f"), "met: smallest -3.045 (here)"),
        (at_least(-3.5, [(-3.6, "here"), (-3, "")], ".3f"), "**missed** in 1 of 2 cases: smallest -3.600 (here)"),
        (at_least(1, [(float("nan"), "here")]), "**missed** in 1 of 1 cases by up to nan%: smallest nan (here)"),
    ],
)
def test_the_worst_figure_decides(verdict, text):
    assert str(verdict) == text
    assert bool(verdict.missed) == text.startswith("**missed**")

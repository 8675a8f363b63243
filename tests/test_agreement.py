"""The two tables in which all methods agree, which refuse a number that does not: of d log π/du1, and of dJ/du1."""

import subprocess
import sys

import numpy as np
import pytest

from helpers.agreement import (
    AgreementTable,
    agreement_table,
    followed_by_episodes,
    return_of_followed,
    return_table,
    td_errors,
)
from helpers.calculus.graph import topological_order
from helpers.rl.corridor import exact_return
from helpers.rl.policy_gradient import exact_gradient, sample_episodes
from helpers.running_actor import THETA0, actor_graph, followed, probabilities

FOLLOWED = -1.96023939
SCORE = -0.326552825269


# The table of d log π/du1


def table():
    return AgreementTable("slope", 2.0)


def test_rows_are_added_and_shown():
    shown = table().add("01", "formula", 2.0, "1 formula").add("02", "difference", 2.0 + 3e-9, "2 evaluations")
    assert [row[:2] for row in shown.rows] == [("01", "formula"), ("02", "difference")]
    lines = repr(shown).split("\n")
    assert lines[0].split() == ["lesson", "method", "slope", "error", "cost"]
    assert lines[2].split() == ["02", "difference", "2.000000003000", "3e-09", "2", "evaluations"]
    html = shown._repr_html_()
    assert html.count("<tr>") == 3 and html.count('<th scope="col">') == 5 and "<td>2.000000003000</td>" in html


def test_a_disagreeing_number_is_refused_and_both_are_named():
    started = table().add("01", "formula", 2.0, "")
    with pytest.raises(
        AssertionError, match=r"tape gives 2\.000001000000 for slope, but formula gives 2\.000000000000"
    ):
        started.add("03", "tape", 2.000001, "")
    with pytest.raises(AssertionError, match="tape gives nan"):
        started.add("03", "tape", np.nan, "")
    assert len(started.rows) == 1
    with pytest.raises(AssertionError, match="but the exact value gives 2.0"):
        table().add("01", "formula", 2.1, "")


def test_tolerance_of_the_rougher_of_two_methods_counts():
    started = table().add("02", "forward", 2.0 + 5e-6, "", tolerance=1e-5)
    assert len(started.add("02", "central", 2.0, "", tolerance=1e-12).rows) == 2
    with pytest.raises(AssertionError, match="central again"):
        started.add("02", "central again", 2.0 + 1e-11, "", tolerance=1e-12)


def test_adding_twice_changes_nothing():
    started = table().add("01", "formula", 2.0, "one")
    assert started.add("01", "formula", 2.0 + 1e-12, "another") is started
    assert len(started.rows) == 1
    with pytest.raises(AssertionError):
        started.add("01", "formula", 3.0, "one")
    assert len(started.add("02", "formula", 2.0, "one").rows) == 2


def test_table_escapes_html():
    assert "<b>" not in AgreementTable("<b>", 0.0).add("<b>", "<b>", 0.0, "<b>")._repr_html_()


@pytest.mark.parametrize(
    "lesson, lessons",
    [("01", []), ("02", ["01"]), ("03", ["01", "02", "02b", "02b"]), ("03b", ["01", "02", "02b", "02b", "03"])],
)
def test_agreement_table_of_a_lesson(lesson, lessons):
    started = agreement_table(lesson)
    assert [row[0] for row in started.rows] == lessons
    assert abs(started.exact - SCORE) < 5e-13
    assert all(f"{SCORE:.7f}" == f"{row[2]:.7f}" for row in started.rows)
    root = actor_graph()
    root.backward()
    u1 = next(node for node in topological_order(root) if node.label == "u1")
    assert len(started.add("03", "backward on the graph", u1.grad, "1 backward pass", 1e-12).rows) == len(lessons) + 1


# The table of dJ/du1


def test_the_return_as_a_function_of_the_followed_weight():
    assert return_of_followed(0.8) == exact_return(probabilities(THETA0)) == pytest.approx(-12.686771631124, abs=5e-13)
    assert return_of_followed(0.9) == exact_return(probabilities([0.9, *THETA0[1:]])) != return_of_followed(0.8)


def test_lesson_06_begins_with_an_empty_table():
    table = return_table("06")
    assert table.rows == [] and abs(table.exact - FOLLOWED) < 5e-9


def test_lesson_07_begins_with_the_five_rows_of_lesson_06():
    table = return_table("07")
    assert [row[0] for row in table.rows] == ["06"] * 5
    assert [row[1] for row in table.rows] == [
        "sympy, the value equations",
        "central difference of J",
        "complex step of J",
        "policy-gradient theorem",
        "REINFORCE, 20,000 episodes",
    ]
    *exact, reinforce = (row[2] for row in table.rows)
    assert np.allclose(exact, FOLLOWED, rtol=0, atol=5e-9)
    assert abs(reinforce - FOLLOWED) <= table.rows[-1][4] < 0.3
    assert reinforce != pytest.approx(FOLLOWED, abs=1e-6)  # it is an average, not the formula again


def test_no_table_waits_for_sympy():
    code = "from helpers.agreement import *; agreement_table('06'), return_table('08'); import sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    ).stdout.split()
    assert "helpers.rl.printed_derivatives" in loaded and "sympy" not in loaded


def test_rows_go_on_from_lesson_to_lesson():
    earlier, later = return_table("07").rows, return_table("08").rows
    assert later[: len(earlier)] == earlier
    assert all(abs(row[2] - FOLLOWED) <= max(row[4], 5e-9) for row in later)


@pytest.mark.parametrize("seed", range(5))
def test_an_average_of_episodes_lies_in_its_band(seed):
    mean, band = followed_by_episodes(n=5000, seed=seed)
    assert abs(mean - exact_gradient(THETA0)[0]) < band < 0.5


def test_the_band_is_three_standard_errors_and_narrows_as_the_root_of_n():
    _, wide = followed_by_episodes(n=1000)
    _, narrow = followed_by_episodes(n=16_000)
    assert wide / narrow == pytest.approx(4, rel=0.1)
    means = [followed_by_episodes(n=500, seed=seed)[0] for seed in range(100)]
    assert 3 * np.std(means) == pytest.approx(4 * followed_by_episodes(n=8000)[1], rel=0.25)


def test_the_same_seed_gives_the_same_average():
    assert followed_by_episodes(n=200, seed=4) == followed_by_episodes(n=200, seed=4)
    assert followed_by_episodes(n=200, seed=4) != followed_by_episodes(n=200, seed=5)


# TD errors


def few_episodes():
    return sample_episodes(probabilities(THETA0), 5, np.random.default_rng(0))


def test_td_errors_are_what_came_less_what_was_expected():
    episodes, V = few_episodes(), [1.0, 2.0, 4.0]
    delta = td_errors(episodes, V)
    for t, n in np.ndindex(delta.shape):
        here, there = ([*V, 0.0][cells[n]] for cells in [*episodes.cells, np.full(5, 3)][t : t + 2])
        assert delta[t, n] == episodes.rewards[t, n] + there - here


ODD_VALUES = [
    [1.0, 2.0, 4.0, 5.0],
    [1.0, 2.0, np.nan],
    [1.0, np.inf, 2.0],
    "abc",
    [],
    1.0,
    np.eye(3),
    [[1.0], [1.0, 2.0]],
]


@pytest.mark.parametrize("values", ODD_VALUES, ids=repr)
def test_td_errors_take_a_finite_value_for_each_cell_and_none_for_the_goal(values):
    with pytest.raises(ValueError, match="^values must (hold finite real numbers|be three numbers, one for each cell)"):
        td_errors(few_episodes(), values)


@pytest.mark.parametrize("episodes", [None, "episodes", 3, (1, 2, 3), np.ones(3)], ids=repr)
def test_td_errors_are_those_of_episodes(episodes):
    with pytest.raises(TypeError, match="^episodes must be `Episodes`, it is "):
        td_errors(episodes)


@pytest.mark.parametrize("seed", [None, -1, 2.5, True, "3", [3], np.nan], ids=repr)
def test_the_seed_of_an_average_is_a_whole_number(seed):
    with pytest.raises(ValueError, match="^seed must be a whole number, at least 0, it is "):
        followed_by_episodes(n=1, seed=seed)


@pytest.mark.parametrize("u1", [None, "u1", {}], ids=repr)
def test_the_followed_weight_is_named(u1):
    for function in (return_of_followed, followed):
        with pytest.raises(TypeError, match="^u1 must hold numbers"):
            function(u1)

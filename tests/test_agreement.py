"""The number of lessons 06 to 08: dJ/du1 at theta0, and the table in which all methods agree."""

import subprocess
import sys

import numpy as np
import pytest

from helpers.agreement import followed_by_episodes, return_of_followed, return_table
from helpers.rl.corridor import exact_return
from helpers.rl.policy_gradient import exact_gradient
from helpers.running_actor import THETA0, probabilities

FOLLOWED = -1.96023939


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
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
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

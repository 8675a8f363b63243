"""What lessons 06 and 06b state in prose and captions: each number is computed here, by other means where it can."""

import ast
import re
from functools import cache

import numpy as np
import pytest
from many_walkers import reinforced
from notebook_runs import LESSONS, code_cells, read
from stated_numbers import as_stated, stated_in

from helpers.engine.assembly import assemble
from helpers.rl import (
    GOAL,
    NEXT,
    exact_return,
    exact_values,
    exact_visits,
    gradient_estimates,
    rewards_to_go,
    sample_episodes,
    walker,
)
from helpers.running_actor import THETA0, as_layers, as_theta, probabilities

IT_LEARNS, WHY = (path for path in LESSONS if path.stem.startswith("06"))
RIGHT = probabilities(THETA0)


def J(theta):
    return exact_return(probabilities(theta))


def slope(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)


def gradient():
    return np.array([slope(lambda t, step=step: J(THETA0 + t * step), 0.0) for step in np.eye(7)])


@cache
def walks(n=20_000, seed=0):
    """Episodes, where somebody walks, and G; 20,000 with seed 0 are the lesson's own."""
    episodes = sample_episodes(RIGHT, n, np.random.default_rng(seed))
    return episodes, episodes.cells != GOAL, rewards_to_go(episodes.rewards)


@cache
def estimates(weight):
    """The lesson's estimates of the gradient, each step weighted by the whole return, by G, by G - V, or by 1."""
    episodes, walked, G = walks()
    V = np.append(exact_values(RIGHT), 0.0)[episodes.cells]
    weights = {"whole": G[0], "G": G, "G - V": G - V, "1": np.ones_like(G)}[weight]
    return gradient_estimates(THETA0, episodes, weights * walked)


def variance(kind):
    """Of those estimates, summed over the weights; kind: what weights them, or a number that is subtracted from G."""
    each = estimates(kind) if isinstance(kind, str) else estimates("G") - kind * estimates("1")
    return np.cov(each.T, ddof=0).trace()


def best_baseline_of_rare_action():
    """The mean of G weighted by the squared score, and the variance that it leaves."""
    pi, G, score = np.array([0.9, 0.1]), np.array([1.0, 0.0]), np.array([0.1, -0.9])
    best = pi @ (G * score**2) / (pi @ score**2)
    each = (G - best) * score
    return best, pi @ each**2 - (pi @ each) ** 2


def longest_walk():
    never = as_layers(np.array([0, 0, 0, 0, 0, 0, -50.0]))
    return len(walker(0)(never)[1])


@cache
def true_slopes():
    """The squared length of J's gradient at the start, and what a step of 1 along it gains."""
    return gradient() @ gradient(), J(THETA0 + gradient()) - J(THETA0)


def along_the_slopes():
    """Steps on average after 300 steps of 0.02 along J's own slopes."""
    theta = THETA0
    for _ in range(300):
        theta = theta + 0.02 * np.array(
            [slope(lambda t, at=theta, step=step: J(at + t * step), 0.0) for step in np.eye(7)]
        )
    return -J(theta)


def dz_du1():
    """Of z in each of the cells, by nudging u1."""
    step = 1e-6 * np.eye(7)[0]
    p = [probabilities(THETA0 + sign * step) for sign in (1, -1)]
    up, down = (np.log(each / (1 - each)) for each in p)
    return (up - down) / 2e-6


def one_visit():
    """The mean push on z of a visit, in each cell, from V where right and left lead."""
    V = np.append(exact_values(RIGHT), 0.0)
    Q_left, Q_right = V[NEXT[:3]].T - 1
    return RIGHT * (1 - RIGHT) * (Q_right - Q_left)


def two_states():
    """The best single b for states that pay 0 and -100 whatever is done, and the variance that it leaves."""
    G, score = np.array([0, 0, -100.0, -100]), np.array([0.5, -0.5, 0.5, -0.5])
    b = min(range(-100, 1), key=lambda b: np.var((G - b) * score))
    assert np.var((G - [0, 0, -100, -100]) * score) == 0
    return b, np.var((G - b) * score)


STATED = {  # lesson -> cell -> number as it is written -> what it is
    IT_LEARNS: {
        "walker-why": {"100": longest_walk},
        "learns": {"12.7": lambda: -J(THETA0), "100": longest_walk},
        "why-log": {"0.9": None},  # chosen
        "policy-why": {"3.3": lambda: steps_of_the_shown(), "200": None},  # below
        "uphill": {"−12.7": lambda: J(THETA0), "100": longest_walk},
        "uphill-read": {
            "24": lambda: true_slopes()[0],
            "10": None,  # below
            "84": lambda: -true_slopes()[1],
        },
        "your-limit-why": {"50": None, "500": None},  # to be tried
        "your-limit-read": dict.fromkeys(("50", "500", "0.1", "300", "100", "2.9", "4.9")),  # below
        "prize": {"12": lambda: 12},
        "prize-code-why": {"100": longest_walk, "12": lambda: 12},
        "prize-why": {"12": lambda: 12, "10": lambda: 12 - (1 + 2 + 3) / 3},
        "baseline": {"−12": lambda: -12},
        "your-prize-why": {"12": None, "40": None},  # to be tried
        "your-prize-read": {"12": None, "20": None, "40": None},  # below
        "stuck-read": {"4.9": lambda: np.sqrt(true_slopes()[0])}
        | {"3.6": lambda: along_the_slopes(), "300": lambda: 300}
        | dict.fromkeys(("44", "149", "0.21", "0.19", "0.15", "0.97", "0.96", "0.94")),  # below
        "followed": {"−0.3266": None},
        "followed-walks-why": {"−0.88": None},
        "followed-read": {"−1.96": lambda: gradient()[0]},
        "learn-why": {"2,000": lambda: 20 * 100},
        "hurry": {"1,200": lambda: 4 * 300, "0.005": lambda: 0.02 / 4},
        "hurry-why": {"1,200": lambda: 4 * 300, "0.02": lambda: 4 * 0.005, "300": lambda: 300},
    },
    WHY: {
        "by-nudging-read": {"−1.96": lambda: gradient()[0]},
        "walk-it": {"5,000": lambda: 5000},
        "means-why": {"5,000": lambda: 5000},
        "one-walk": {"0.265": lambda: RIGHT[0], "0.735": lambda: 1 - RIGHT[0]},
        "in-cells-read": {
            "−0.444": lambda: dz_du1()[0],
            "−1.96": lambda: gradient()[0],
        },
        "cells": {"20,000": lambda: 20_000},
        "bridge-read": {
            "0.735": lambda: one_visit()[0],
            "−0.444": lambda: dz_du1()[0],
            "−0.3266": lambda: one_visit()[0] * dz_du1()[0],
            "8.62": lambda: exact_visits(RIGHT)[0],
            "−2.815": lambda: exact_visits(RIGHT)[0] * one_visit()[0] * dz_du1()[0],
            "0.855": lambda: exact_visits(RIGHT)[2] * one_visit()[2] * dz_du1()[2],
            "−1.96": lambda: gradient()[0],
        },
        "agreement-read": {"0.06": None},  # below
        "whole": {"20,000": lambda: 20_000},
        "missing": {"20,000": lambda: 20_000},
        "visit-why": {"13.69": lambda: 1 - exact_values(RIGHT)[0], "9.91": lambda: 1 - exact_values(RIGHT)[1]},
        "theorem-to-go": {"100": longest_walk},
        "best": {
            "0.9": lambda: 0.9,
            "0.1": lambda: 1 - 0.9,
            "−0.9": lambda: -0.9,
            "0.0009": lambda: 0.9 * 0.1 * 0.1**2,
        },
        "advantage": {
            "0.09": lambda: (1 - best_baseline_of_rare_action()[0]) * 0.1,
            "−100": lambda: -100,
            "−50": lambda: two_states()[0],
            "25": lambda: np.sqrt(two_states()[1]),
        },
    },
}
EACH = [(path, cell, number) for path, cells in STATED.items() for cell, numbers in cells.items() for number in numbers]


@pytest.mark.parametrize("path", STATED, ids=lambda path: path.stem)
def test_every_number_in_prose_is_computed_here(path):
    assert stated_in(path) == {c: {*n} for c, n in STATED[path].items()}


@pytest.mark.parametrize("path, cell, number", EACH, ids=lambda value: getattr(value, "stem", value))
def test_a_number_in_prose_is_right(path, cell, number):
    truth = STATED[path][cell][number]
    if truth is not None:
        assert as_stated(truth(), number) == number


def test_the_rest_that_prose_says():
    assert exact_return([1.0, 0.0, 1.0]) == -3
    assert abs(best_baseline_of_rare_action()[1]) < 1e-15
    assert abs((0 - best_baseline_of_rare_action()[0]) * -0.9 - 0.09) < 1e-9  # the rare action's push
    assert np.allclose(two_states()[1], 25**2) and abs(one_visit()[0] - (1 - RIGHT[0])) < 1e-12
    assert variance("whole") > 2 * variance(0.0)
    assert 0.5 * 0.25 + 0.25 * 0.5 == 0.25  # both steps of the small world
    assert round(100 * variance(-13.0) / variance(0.0)) == 37
    halves = [RIGHT[0] * (1 - RIGHT[0]) * sign * (exact_values(RIGHT)[cell] - 1) for sign, cell in ((1, 1), (-1, 0))]
    assert [*np.round([*halves, sum(halves)], 3)] == [-1.931, 2.666, 0.735]


def test_the_variance_is_a_parabola_in_b():
    scan = {b: variance(-float(b)) for b in range(31)}
    assert min(scan, key=scan.get) == 13 and round(scan[13]) == 824 and scan[26] < scan[0] < scan[27]
    assert (
        [round(scan[b]) for b in (24, 25, 30)] == [1793, 1978, 3147]
        and round(scan[27]) == 2397
        and scan[20] < 0.6 * scan[0]
    )
    assert scan[12] < 1.02 * scan[13]
    assert np.ptp(np.diff([*scan.values()], 2)) < 1e-6 * scan[0]
    episodes, walked, G = walks()
    at_once = gradient_estimates(THETA0, episodes, (G + 13) * walked)
    assert np.allclose(at_once, estimates("G") + 13 * estimates("1"), rtol=1e-9, atol=1e-9)


# What the output must bear out


def shown(notebook, cell_id):
    """A cell's last output as a value where it is one; a table as a dict of its rows."""
    (cell,) = [cell for cell in code_cells(notebook) if cell.id == cell_id]
    text = cell.outputs[-1]["data"]["text/plain"]
    if "text/html" in cell.outputs[-1]["data"]:
        columns, *rows = [re.split(r"\s{2,}", line.strip()) for line in text.splitlines()]
        return {name: dict(zip(columns, map(float, numbers), strict=False)) for name, *numbers in rows}
    if text.startswith("{"):
        return ast.literal_eval(text)
    return ast.literal_eval(re.sub(r"array\(|(?<=\])\)(?=,|\)|$)|\s", "", text))


def printed(notebook, cell_id):
    """The lines that a cell prints."""
    (cell,) = [cell for cell in code_cells(notebook) if cell.id == cell_id]
    return cell.outputs[0]["text"].splitlines()


in_06 = pytest.mark.parametrize("path", [IT_LEARNS], ids=lambda path: path.stem)
in_06b = pytest.mark.parametrize("path", [WHY], ids=lambda path: path.stem)


@in_06
def test_the_walk_is_the_one_that_is_told(path, empty):
    x, actions, rewards = shown(empty, "one-walk")
    assert len(actions) == 6 and set(rewards) == {-1.0}
    cells = [int(each) + 1 for each in x]
    assert [NEXT[cell][action] for cell, action in zip(cells, actions, strict=True)] == [*cells[1:], GOAL]
    assert sum(cell == 0 and action == 0 for cell, action in zip(cells, actions, strict=True)) == 3


@in_06
def test_it_learns_and_single_walks_say_little(path, empty):
    first, second, third = shown(empty, "policy")
    assert first > 0.9 and second < 0.1 and third > 0.9
    slow = np.array(shown(empty, "twenty"))
    assert len(slow) == 20 and np.sum(slow <= 4) == 18 and slow.max() < 20
    stuck = np.array(shown(empty, "stuck"))
    assert np.all(stuck < 0.001) or np.all(stuck > 0.999)
    means = [ast.literal_eval(line.partition(":")[2]) for line in printed(empty, "prize-code")]
    assert means == [{T: p - (T + 1) / 2 for T in (3, 12, 100)} for p in (0, 12, 100)]
    assert 3 * means[2][3] == 294 and 100 * means[2][100] == 4950
    assert shown(empty, "why-log-numbers") == (-0.072, 0)
    for line, kept in zip(printed(empty, "uphill-steps"), (0.99, 0.9, -3.5), strict=True):
        alpha, promised, gained = map(float, line.replace(":", "").split())
        assert promised == pytest.approx(alpha * true_slopes()[0], abs=1e-3)
        assert gained == pytest.approx(kept * promised, rel=0.02)
    assert -3 - J(THETA0) < 10  # all that is to be had
    moved, slope_of_J = shown(empty, "followed-walks")
    assert slope_of_J == -1.96
    steps = printed(empty, "followed-steps")
    assert steps[3].endswith("-0.3266 · -3 =  0.98") and shown(empty, "by-u1") == pytest.approx(-0.3266, abs=5e-5)
    assert round(sum(float(line.rpartition("=")[2]) for line in steps), 1) == round(moved[4], 1) and moved[4] == -0.88
    moved = [*moved.values()]
    assert len(moved) == 5 and sum(each > 0 for each in moved) == 2 and not [m for m in moved if abs(m + 1.96) < 0.5]


@in_06b
def test_the_ways_agree_and_the_bands_hold(path, empty):
    exact = gradient()
    assert np.allclose([*shown(empty, "by-nudging").values()], exact, atol=0.006)
    walked = shown(empty, "three-walks").values()
    assert [walk["R"] for walk in walked] == [-4, -5, -5] and np.all(np.diff([walk["P"] for walk in walked]) < 0)
    means = np.array([[*row.values()] for row in shown(empty, "means").values()])
    assert means.shape == (7, 3) and np.all(np.abs(means[:, 0] - exact) < 3 * means[:, 2])
    rows = shown(empty, "map-of-values")
    assert rows["0, map"] == {"visits": 8.62, "Q left": -13.69, "Q right": -9.91}
    for s in range(3):
        assert np.allclose([*rows[f"{s}, counted"].values()], [*rows[f"{s}, map"].values()], rtol=0.03)


@in_06b
def test_the_old_number_leads_to_the_new_one(path, empty):
    assert [shown(empty, "bridge")[f"cell {s}"]["product"] for s in range(3)] == [-2.815, 0.0, 0.855]
    assert np.allclose(shown(empty, "in-cells"), dz_du1(), atol=0.0006)
    guess = str(next(cell for cell in code_cells(empty) if cell.id == "one-walk-guess").outputs)
    assert "add −3.70 to the mean, all pushes up 1.67, together −2.02" in guess and "19 % of all, bring −1.70" in guess


@in_06b
def test_the_parts_of_the_luck(path, empty):
    assert [*shown(empty, "variance").values()] == [round(variance("whole")), round(variance(0.0))]
    values = shown(empty, "values").values()
    assert np.allclose([cell["V"] for cell in values], exact_values(RIGHT), atol=0.05)
    visits = [cell["visits"] for cell in values]
    assert abs(visits[0] / sum(visits) - 2 / 3) < 0.02
    assert variance("G - V") < 1.1 * variance(-13.0)
    guess = str(next(cell for cell in code_cells(empty) if cell.id == "map-guess").outputs)
    assert f"with the best b {variance(-13.0):.0f}, with V {variance('G - V'):.0f}" in guess


@in_06b
def test_what_is_written_or_lent_gives_the_followed_number(path, empty, solution):
    for done in (empty, solution):
        cells = {cell.id: cell for cell in code_cells(done)}
        assert [*shown(done, "through")["u1"].values()] == [-1.96, -1.96]
        assert shown(done, "map-of-values") == shown(empty, "map-of-values")
        by_u1 = [re.findall(r"-?\d\.\d{4}", line) for line in cells["to-weights"].outputs[0]["text"].splitlines()]
        assert len(by_u1) == 3 and all(one == other for one, other in by_u1)
        assert abs(shown(done, "best-of-two") - 0.1) < 1e-12
        assert [row["error"] for row in shown(done, "agreement").values()] == [0, 0, 0.06]
        assert np.allclose(shown(done, "by-sympy"), gradient()[0], atol=1e-8)


def test_most_actors_are_better_after_200_walks_and_the_shown_one_is_unlucky():
    E = assemble()
    steps = [-J(as_theta(E.reinforce(as_layers(THETA0), walker(seed), 200, 0.005))) for seed in range(20)]
    assert np.sum(np.array(steps) < -J(THETA0)) > 12 and steps[4] > -J(THETA0)
    (words,) = [cell.source for cell in read(IT_LEARNS).cells if cell.id == "policy-why"]
    assert "after 200 walks it is worse than at the start." in words


@cache
def steps_of_the_shown():
    return -J(as_theta(assemble().reinforce(as_layers(THETA0), walker(4), 2000, 0.005)))


@cache
def hurried(limit):
    """A hundred actors after 300 walks, gradients cut to a limit; and their average steps."""
    learnt = reinforced(100, 300, 0.02, limit=limit)
    return learnt, -J(learnt.theta)


def test_many_actors_at_once_learn_what_each_learns_from_its_own_walks():
    E, together = assemble(), reinforced(4, 40, 0.005, prize=2.0).theta
    for seed, theta in enumerate(together.T):
        alone = as_theta(E.reinforce(as_layers(THETA0), with_prize(walker(seed), 2.0), 40, 0.005))
        assert theta == pytest.approx(alone, abs=1e-8) and theta != pytest.approx(THETA0, abs=0.01)


def with_prize(walk, prize):
    """The same walks, with so much more for the last step."""

    def walk_for_prize(net):
        x, a, rewards = walk(net)
        rewards[-1] += prize
        return x, a, rewards

    return walk_for_prize


@pytest.mark.parametrize("lost", range(21))
def test_however_many_are_lost_one_option_says_it(lost):
    """How many it is depends on the last digits of a processor."""
    path = next(path for path in LESSONS if path.stem.startswith("06_"))
    (cell,) = [cell for cell in code_cells(read(path)) if cell.id == "hurry-guess"]
    line = next(line for line in cell.source.splitlines() if line.startswith("share = "))
    names = {"np": np, "hasty": np.where(np.arange(20) < lost, 21.0, 4.0)}
    exec(line, names)
    said = "about half or more" if lost > 5 else "one to five" if lost else "none: the steps add up to the same"
    assert names["share"] == said


def test_what_a_limit_does_to_the_hurried():
    """Of a hundred, since the steps are so long that the rounding of another machine moves single ones."""
    many = -J(reinforced(400, 300, 0.02).theta) > 20
    free, (high, middle, low) = np.sum(many[:100]), (np.sum(hurried(limit)[1] > 20) for limit in (500, 50, 5))
    assert abs(free - high) <= 10 and middle <= 4 and low == 0
    assert 0.45 <= np.mean(many) <= 0.55  # the lesson's "about 50" of 100
    assert np.sum(hurried(50)[1] <= 4) > 50
    learnt, steps = hurried(5)
    assert np.sum(steps <= 4) == 0 and np.median(steps) > 9
    assert np.mean(learnt.cut) > 0.5 and np.mean(learnt.lengths[learnt.cut]) > 2 * np.mean(learnt.lengths[~learnt.cut])
    episodes, _, G = walks()
    each = gradient_estimates(THETA0, episodes, G)
    cut = (each * np.minimum(1, 50 / np.linalg.norm(each, axis=1))[:, None]).mean(axis=0)
    length = np.linalg.norm(cut)
    assert f"{length:.1f}" == "2.9" and 0.99 < cut @ gradient() / length / np.sqrt(true_slopes()[0]) < 0.998


def test_the_prize_makes_pushes_smaller_by_a_third():
    """From the first network, by the root mean square of G."""
    episodes, walked, G = walks()
    shrunk = np.sqrt(np.mean((G + 12)[walked] ** 2) / np.mean(G[walked] ** 2))
    assert 0.62 < shrunk < 0.72


def lost(prize):
    """How many of twenty need more than 20 steps, with so much more for the last step."""
    return np.sum(-J(reinforced(20, 300, 0.02, prize).theta) > 20)


def test_prizes_from_8_to_20_differ_by_two_at_most_and_40_loses_most():
    assert max(lost(prize) for prize in (8, 12, 20)) <= 2 and lost(40) > 10


def test_one_walk_carries_the_worst_actor_from_one_side_to_the_other():
    E, told = assemble(), []
    for seed in range(20):
        net, walk, seen = as_layers(THETA0), walker(seed), []

        def keep(net, walk=walk, seen=seen):
            episode = walk(net)
            seen.append((probabilities(as_theta(net)), len(episode[1])))
            return episode

        net = E.reinforce(net, keep, 300, 0.02)
        told.append((-J(as_theta(net)), seen))
    (before, length), (after, _) = max(told, key=lambda each: each[0])[1][10:12]
    assert length == 44 and [*before.round(2)] == [0.21, 0.19, 0.15] and [*after.round(2)] == [0.97, 0.96, 0.94]

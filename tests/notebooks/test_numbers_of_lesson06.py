"""What lessons 06 and 06b state in prose and captions: each number is computed here, by other means where it can."""

import ast
import re
from functools import cache

import numpy as np
import pytest
from notebook_runs import LESSONS, code_cells
from stated_numbers import as_stated, stated_in

from helpers.engine.assembly import assemble
from helpers.guesses.lesson06 import QUESTIONS
from helpers.rl import (
    GOAL,
    NEXT,
    exact_action_values,
    exact_return,
    exact_values,
    gradient_estimates,
    rewards_to_go,
    sample_episodes,
    score_table,
    transition_matrix,
    walker,
)
from helpers.running_actor import THETA0, as_layers, as_theta, followed, probabilities

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
def variance(kind):
    """Of the lesson's estimates, summed over the weights; kind: "whole", or what is subtracted from G, or "V"."""
    episodes, walked, G = walks()
    V = np.append(exact_values(RIGHT), 0.0)[episodes.cells]
    weights = {"whole": G[0], "V": G - V}.get(kind)
    weights = G - kind if weights is None else weights
    return np.cov(gradient_estimates(THETA0, episodes, weights * walked).T, ddof=0).trace()


def earlier_rewards():
    """At u1: mean of what an estimate gets from rewards before each action, and three standard errors."""
    episodes, walked, G = walks()
    each = gradient_estimates(THETA0, episodes, (G[0] - G) * walked)[:, 0]
    return each.mean(), 3 * each.std() / np.sqrt(len(each))


def mean_square():
    """Of G over all steps: the whole, the square of its mean, the variance of V, and what V does not explain."""
    episodes, walked, G = walks()
    g, v = G[walked], np.append(exact_values(RIGHT), 0.0)[episodes.cells][walked]
    return np.array([g @ g / len(g), g.mean() ** 2, np.mean(v**2) - v.mean() ** 2, (g - v) @ (g - v) / len(g)])


def shares(kept=(1, 4, 16), n=80_000, seed=2):
    """Shares of the gradient that are left if batches subtract the mean of their advantages."""
    episodes, walked, G = walks(n, seed)
    A = np.where(walked, G - np.append(exact_values(RIGHT), 0.0)[episodes.cells], 0.0)
    sums, lengths, exact = A.sum(axis=0), walked.sum(axis=0), gradient()
    scores = gradient_estimates(THETA0, episodes, walked * 1.0) @ exact  # of whole episodes
    for size in kept:
        means = sums.reshape(-1, size).sum(axis=1) / lengths.reshape(-1, size).sum(axis=1)
        yield 1 - np.mean(np.repeat(means, size) * scores) / (exact @ exact)


def step_terms(steps):
    """Sum over the first steps of the theorem's terms for u1, by following the walk through the corridor."""
    here, total = np.array([1.0, 0.0, 0.0]), 0.0
    pull = np.stack([1 - RIGHT, RIGHT], axis=1) * exact_action_values(RIGHT)
    for _ in range(steps):
        total += here @ (pull * score_table(THETA0)[:, :, 0]).sum(axis=1)
        here = here @ transition_matrix(RIGHT)
    return total


def visits_to_start():
    """By adding up where the walk may be, step by step."""
    here, total = np.array([1.0, 0.0, 0.0]), 0.0
    for _ in range(2000):
        total += here[0]
        here = here @ transition_matrix(RIGHT)
    return total


def best_constant():
    """(p, steps) of the best constant policy, on a fine grid."""
    p = np.linspace(0.5, 0.7, 200_001)
    returns = exact_return([p] * 3)
    return p[returns.argmax()], -returns.max()


def rooms(baseline):
    """Variance of an estimate in the two rooms, from its definition."""
    values = []
    for mean in (10, -10):
        for action, pays in ((-1, mean - 0.5), (1, mean + 0.5)):
            values.append((pays - baseline(mean)) * action / 2)
    return np.var(values)


def best_baseline_of_rare_action():
    """The mean of G weighted by the squared score, and the variance that it leaves."""
    pi, G, score = np.array([0.9, 0.1]), np.array([-1.0, 0.0]), np.array([0.1, -0.9])
    best = pi @ (G * score**2) / (pi @ score**2)
    each = (G - best) * score
    return best, pi @ each**2 - (pi @ each) ** 2


def longest_walk():
    never = as_layers(np.array([0, 0, 0, 0, 0, 0, -50.0]))
    return len(walker(0)(never)[1])


def first_that_does_not_pull_up():
    return min(T for T in range(1, 100) if 12 * T <= sum(range(T + 1)))


STATED = {  # lesson -> cell -> number as it is written -> what it is
    IT_LEARNS: {
        "walker-why": {"100": longest_walk},
        "learns": {"12.7": lambda: -J(THETA0)},
        "prize": {"100": longest_walk, "12": lambda: 12},
        "prize-why": {"12": lambda: 12, "30": lambda: 3 * 12 - (1 + 2 + 3), "100": longest_walk},
        "baseline": {
            "−12": lambda: -12,
            "23": first_that_does_not_pull_up,
        },
        "your-prize-why": {"20": None, "40": None, "100": None},  # to be tried
        "followed-read": {"−1.96": lambda: gradient()[0]},
        "learn-why": {"2,000": lambda: 20 * 100},
        "hurry": {"1,200": lambda: 4 * 300, "0.005": lambda: 0.02 / 4},
        "hurry-why": {"1,200": lambda: 4 * 300, "0.02": lambda: 4 * 0.005, "300": lambda: 300},
    },
    WHY: {
        "value-equations-text": {"100": longest_walk},
        "constant-read": {"0.586": lambda: best_constant()[0], "11.657": lambda: best_constant()[1]},
        "two-ways-read": {"−1.96": lambda: gradient()[0]},
        "step-by-step-read": {
            "10": lambda: 10,
            "50": lambda: 50,
            "200": lambda: 200,
            "−1.9602": lambda: step_terms(200),
            "−0.3266": lambda: slope(followed, THETA0[0]),
        },
        "visits-read": {
            "8.6": visits_to_start,
            "13.7": lambda: 1 - exact_values(RIGHT)[0],
            "9.9": lambda: 1 - exact_values(RIGHT)[1],
        },
        "fourth-way": {"5,000": lambda: 5000},
        "rounds-read": {"20,000": lambda: 20_000},
        "variance-read": {
            "5,688": lambda: variance("whole"),
            "2,204": lambda: variance(0.0),
            "0.00": lambda: earlier_rewards()[0],
            "0.17": lambda: earlier_rewards()[1],
        },
        "split-read": {
            "213": lambda: mean_square()[0],
            "116": lambda: mean_square()[1],
            "89": lambda: mean_square()[3],
        },
        "scan-read": {"11": None, "12": lambda: 12, "13": None, "15": None},  # below
        "advantage": {"−0.1": lambda: best_baseline_of_rare_action()[0]},
        "when-v": {"10": lambda: 10, "−10": lambda: -10},
        "two-rooms-read": {"25": lambda: rooms(lambda mean: 0.0)},
        "normalise": {"100": lambda: 100},
        "normalise-why": {"16": lambda: 16},
        "normalise-read": {"0.02": lambda: 0.02, "0.69": None, "0.87": None, "0.96": None},  # below
        "discount-read": {"0.99": lambda: 0.99, "0.5": lambda: 0.5},
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


def test_shares_that_the_mean_of_a_batch_leaves():
    assert np.allclose([*shares()], [0.69, 0.87, 0.96], atol=0.015)


def test_the_rest_that_prose_says():
    assert exact_return([1.0, 0.0, 1.0]) == -3
    p = np.where([0, 1, 0, 1], RIGHT[[0, 0, 1, 2]], 1 - RIGHT[[0, 0, 1, 2]])  # stay, right, left, right
    assert round(100 * p.prod()) == 7
    assert abs(RIGHT[0] * np.diff(exact_values(RIGHT))[0] - 1) < 1e-12
    assert np.isclose(step_terms(1), slope(followed, THETA0[0]))
    assert round(mean_square()[2]) == 9 and abs(mean_square()[0] - mean_square()[1:].sum()) < 1  # nearly
    assert variance(-12.0) < variance("V") < variance(-10.75) < variance(0.0) < variance("whole")
    assert round(variance(-10.75)) == 867 and round(walks()[2][walks()[1]].mean(), 2) == -10.75
    assert rooms(lambda mean: mean) == 0
    assert abs(best_baseline_of_rare_action()[1]) < 1e-15
    here = np.array([1.0, 0.0, 0.0]) @ np.linalg.matrix_power(transition_matrix(RIGHT), 100)
    assert here.sum() < 1e-4  # hardly a walk is that long


def test_the_scan_is_flat_near_13():
    scan = {added: variance(-float(added)) for added in range(21)}
    assert min(scan, key=scan.get) == 13
    assert [added for added in scan if scan[added] <= variance("V")] == [11, 12, 13, 14, 15]


# What the output must bear out


def shown(notebook, cell_id):
    """The plain text of a cell's last output, as a value where it is one."""
    (cell,) = [cell for cell in code_cells(notebook) if cell.id == cell_id]
    text = cell.outputs[-1]["data"]["text/plain"]
    return ast.literal_eval(re.sub(r"array\(|(?<=\])\)(?=,|\)|$)|\s", "", text))


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
    assert shown(empty, "prize-code") == {p: [p * T - T * (T + 1) // 2 for T in (3, 12, 100)] for p in (0, 12, 100)}
    moved = [*shown(empty, "followed-walks").values()]
    assert len(moved) == 5 and sum(each > 0 for each in moved) == 2 and not [m for m in moved if abs(m + 1.96) < 0.5]


@in_06b
def test_the_ways_agree_and_the_bands_hold(path, empty):
    exact = gradient()
    assert np.allclose(shown(empty, "by-sympy"), exact, atol=1e-6)
    assert np.allclose(shown(empty, "by-differences"), exact, atol=1e-6)
    for cell_id in ("fact-2", "fact-3-4-code"):
        one, other = shown(empty, cell_id)
        assert np.allclose(one, other, atol=1e-8)
    assert shown(empty, "fact-5") < 1e-15
    mean, truth, error = np.array(shown(empty, "means")).T
    assert np.allclose(truth, exact, atol=1e-6) and np.all(np.abs(mean - truth) < 3 * error)
    mean, error = shown(empty, "many-episodes")
    assert abs(mean - exact[0]) < 3 * error and round(3 * error, 1) == 0.2
    assert round(3 * error * np.sqrt(20_000 / 100)) == 3  # of the caption
    assert np.allclose(shown(empty, "normalise-share"), [0.69, 0.87, 0.96], atol=0.025)
    assert [*shown(empty, "discount").values()] == [0.8, 10.4, 51.1, 80.0]


@in_06b
def test_the_band_holds_the_exact_value_throughout(path):
    episodes, _, G = walks()
    u1 = gradient_estimates(THETA0, episodes, G)[:, 0]
    counts = np.arange(10, 20_001)
    means = (u1.cumsum() / np.arange(1, 20_001))[9:]
    assert np.all(np.abs(means - gradient()[0]) < 3 * u1.std() / np.sqrt(counts))


@in_06b
def test_the_pseudo_loss_rises_with_the_return(path, empty):
    J_and_loss = np.array([*shown(empty, "pseudo-values").values()])
    assert len(J_and_loss) == 3 and np.all(np.diff(J_and_loss, axis=0) > 0)


def test_most_actors_are_better_after_200_walks_and_the_shown_one_is_unlucky():
    E = assemble()
    steps = [-J(as_theta(E.reinforce(as_layers(THETA0), walker(seed), 200, 0.005))) for seed in range(20)]
    assert np.sum(np.array(steps) < -J(THETA0)) > 12 and steps[4] > -J(THETA0)
    assert "after 200 walks it is worse than at the start." in QUESTIONS["06 after training"].says

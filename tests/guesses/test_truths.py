"""Every truth that stands in a module, and every number that a question states, computed by other means."""

import re
from fractions import Fraction
from functools import cache
from importlib import import_module
from itertools import pairwise, product

import numpy as np
import pytest
import sympy as sp
from truths_of_lesson02 import TRUTHS_02
from truths_of_lesson04 import TRUTHS_04
from truths_of_lesson05 import TRUTHS_05
from truths_of_lesson07 import TRUTHS_07
from truths_of_lesson08 import TRUTHS_08

from helpers.calculus.graph import Value
from helpers.guesses.prediction import QUESTIONS
from helpers.guesses.questions import Choice, Number, written
from helpers.networks.expression_swell import measure_swell, network_formula
from helpers.networks.network import backward, forward
from helpers.plots.paths import ARROWS, PATHS
from helpers.rl.corridor import GOAL, LEFT, NEXT, RIGHT, exact_return, exact_values
from helpers.rl.policy_gradient import gradient_estimates, rewards_to_go, sample_episodes
from helpers.running_actor import THETA0, as_layers, as_theta, probabilities

# 00 and 01


def coin_steps():
    """Mean steps of a coin, by the equations of the three cells: each is left in one of two ways."""
    A = np.array([[0.5, -0.5, 0.0], [-0.5, 1.0, -0.5], [0.0, -0.5, 1.0]])
    return np.linalg.solve(A, np.ones(3))[0]


def in_three_cells():
    """Neurons that say right, left, right, with w and b in tenths."""
    tenths = range(-40, 41)
    return float(sum(b - w > 0 and b < 0 and b + w > 0 for w in tenths for b in tenths))


def u1_raised():
    """The change of log pi and of z in cell 0 when u1 rises by 0.001."""
    z = [0.7 * np.tanh(-u1 + 0.1) - 1.2 * np.tanh(0.5 + 0.3) + 0.2 for u1 in (0.8, 0.801)]
    log_pi = -np.log1p(np.exp(-np.array(z)))
    return np.diff(log_pi)[0], np.diff(z)[0]


def logistic(z):
    return (1 + np.tanh(z / 2)) / 2


def most_moved():
    moved = [abs(logistic(1.501 * x + 0.5) - logistic(1.5 * x + 0.5)) for x in (-1, 0, 1)]
    return f"cell {np.argmax(moved)}"


def slope_of_logistic():
    z = np.linspace(-6, 6, 121)
    return z, 0.25 / np.cosh(z / 2) ** 2


def slopes_at_the_kink():
    z = sp.Symbol("z")
    by_cases = sp.Piecewise((0, z <= 0), (z, True)).diff(z).subs(z, 0)
    return f"{sp.Max(0, z).diff(z).subs(z, 0)} and {by_cases}"


U2 = {"slope": 1 - np.tanh(0.8) ** 2, "w2": -1.2, "x": -1.0}  # of hidden neuron 2 in cell 0
PROGRAMS = {"A": "0.559", "B": "−0.671", "C": "0.671"}  # what lesson 01 says of them


def program_without(*left_out):
    said = written(np.prod([factor for name, factor in U2.items() if name not in left_out]), 3)
    return next(name for name, number in PROGRAMS.items() if number == said)


@cache
def swells(hidden):
    return measure_swell([2] + [2] * hidden + [1])


def operations_with_named_tanhs(hidden):
    """Operations of the printed derivatives by all weights where each tanh is one name, without its argument."""
    output, parameters = network_formula([2] + [2] * hidden + [1])
    gradient = [output.diff(parameter) for parameter in parameters]
    return sum(sp.count_ops(each.xreplace({call: sp.Dummy() for call in each.atoms(sp.tanh)})) for each in gradient)


# 03: the programs of the lesson, on nodes as plain as can be


class Node:
    """Parents with their local derivatives, and a gradient."""

    def __init__(self, *edges):
        self.edges, self.grad = edges, 0.0


def pass_back(node, adds=True, upstream=True):
    """One step back; an engine may write = for +=, or forget the upstream."""
    for parent, local in node.edges:
        share = local * (node.grad if upstream else 1.0)
        parent.grad = parent.grad + share if adds else share


def double(a, value=3.0):
    """Nodes a, s = a + a, and the value of s."""
    return Node((a, 1.0), (a, 1.0)), 2 * value


def depth_first(node, visited=None):
    if visited is None or node not in visited:
        pass_back(node)
        for parent, _ in node.edges:
            depth_first(parent, visited if visited is None else visited | {node})


def depth_first_once(node, visited):
    if node not in visited:
        visited.add(node)
        pass_back(node)
        for parent, _ in node.edges:
            depth_first_once(parent, visited)


def square_of_double(sum_as_well=False):
    a = Node()
    s, value = double(a)
    product = Node((s, value), (s, value))
    L = Node((s, 1.0), (product, 1.0)) if sum_as_well else product
    L.grad = 1.0
    return a, s, L


def same_parent(adds):
    a = Node()
    c = Node((a, 1.0), (a, 1.0))
    c.grad = 1.0
    pass_back(c, adds)
    return a.grad


def depth_first_says():
    a, _, L = square_of_double()
    depth_first(L)
    return a.grad


def once_each_says():
    a, _, L = square_of_double(sum_as_well=True)
    depth_first_once(L, set())
    return a.grad


def two_rounds_say():
    a, s, L = square_of_double()
    for _ in range(2):
        L.grad = 1.0
        for node in (L, s, a):
            pass_back(node)
    return a.grad


def engine(**mistake):
    """(dL/da, dL/db) of L = (a + b) * a at a = 2, b = 3 by a faulty engine; swapped: a factor gets its own value."""
    a, b = Node(), Node()
    s = Node((a, 1.0), (b, 1.0))
    L = Node((s, 5.0), (a, 2.0)) if mistake.pop("swapped", False) else Node((s, 2.0), (a, 5.0))
    L.grad = 1.0
    for node in (L, s):
        pass_back(node, **mistake)
    return a.grad, b.grad


ENGINES = {"A": (2, 2), "B": (6, 1), "C": (7, 5)}  # what the lesson says of them


def engine_that_says(gradients):
    return next(name for name, said in ENGINES.items() if said == gradients)


def mistake_of_third():
    """The mistake, of those that are offered, with which an engine says what C says."""
    offered = [*QUESTIONS["03 engines, third"].options]
    said = [engine(adds=False), engine(upstream=False), engine(swapped=True), (5, 0)]  # the last: only L has passed on
    return offered[said.index(ENGINES["C"])]


def test_each_engine_makes_its_mistake():
    assert engine(swapped=True) == ENGINES["C"] and engine() == (7, 2)
    assert engine_that_says(engine(adds=False)) == "A"  # as the answer on B says


def neuron():
    w, x, b = Value(1.5), Value(-1.0), Value(0.5)
    p = (w * x + b).sigmoid()
    p.backward()
    assert abs(b.grad - 0.197) < 0.001 and abs(w.grad + 0.197) < 0.001  # as the question says
    return x.grad


def paths(layers):
    """Paths to the output, by counting those to each neuron; and the number of edges, of sums and of tanh."""
    first = second = 1  # the input, in both places
    for _ in range(layers):
        first, second = first + second, first + second
    return first + second, sum(2 * 2 + 2 * 1 for _ in range(layers)) + 2


def fewest_passes(inputs, outputs):
    """By rows or by columns of the table of all derivatives, one pass for each."""
    table = np.zeros((inputs, outputs))
    return float(min(map(len, (table, table.T))))


# 06

WALKED, DONE = [0, 0, 0, 0, 1, 2], [0, 0, 0, 1, 0, 1]  # the walk that the lesson shows


def bill():
    fourth = [step for step, (cell, action) in enumerate(zip(WALKED, DONE, strict=True)) if NEXT[cell][action] > cell][
        0
    ]
    assert fourth == 3
    return -1.0 * len(DONE[fourth:])


def by_slope_of_pi(p=0.9, h=1e-6):
    """Where z goes on average if what was done is pushed by -1 times the slope of its probability."""
    z = np.log(p / (1 - p)) + np.array([-h, h])
    right = 1 / (1 + np.exp(-z))
    by_pi = sum(pi * -np.diff(each)[0] / (2 * h) for pi, each in ((p, right), (1 - p, 1 - right)))
    assert abs(p * np.diff(right)[0] / (2 * h) - 9 * 0.009) < 1e-6 and round(by_pi, 3) == -0.072
    return "down, against right" if by_pi < 0 else "up, towards right"


def four_steps(h=1e-6):
    """Which of left and right, done in cell 0 with a negative G, moves u1 up."""
    up = {}
    for name, sign in (("the three to the left", -1), ("the one to the right", 1)):
        log_pi = [-np.log1p(np.exp(-sign * z_of_cell_0(0.8 + step))) for step in (-h, h)]
        up[name] = -3 * (log_pi[1] - log_pi[0]) / (2 * h)
    assert round(up["the one to the right"] / -3, 4) == -0.3266
    return next(name for name, push in up.items() if push > 0 and sum(each > 0 for each in up.values()) == 1)


def z_of_cell_0(u1):
    return 0.7 * np.tanh(-u1 + 0.1) - 1.2 * np.tanh(0.5 + 0.3) + 0.2


def score_of_left(p, h=1e-6):
    z = np.log(p / (1 - p))
    log_left = -np.log1p(np.exp(z + np.array([-h, h])))
    return np.diff(log_left)[0] / (2 * h)


def push():
    """Signs of the change of log pi(a) by a small step along G * score, whatever was done."""
    z, changes = np.linspace(-3, 3, 7), []
    for G in (-1.0, -7.0):
        for sign in (-1, 1):  # log sigmoid(sign * z) has the slope sign * sigmoid(-sign * z)
            step = 1e-3 * G * sign / (1 + np.exp(sign * z))
            changes += [*(np.log1p(np.exp(-sign * z)) - np.log1p(np.exp(-sign * (z + step))))]
    assert np.all(np.array(changes) < 0)
    sums = [sum(range(T + 1)) for T in (3, 100)]
    return "both walks' become less likely, the long one's more so" if sums[1] > sums[0] else ""


MOVES = NEXT.tolist()


def steps_after(seed, alpha, episodes, baseline=0.0):
    """The actor's average steps to the goal after REINFORCE, one episode at a time."""
    layers = as_layers(THETA0)
    draws = iter(np.random.default_rng(seed).random(100 * episodes).tolist())
    for _ in range(episodes):
        right, cell, cells, actions = probabilities(as_theta(layers)).tolist(), 0, [], []
        while cell != GOAL and len(cells) < 100:
            cells.append(cell)
            actions.append(int(next(draws) < right[cell]))
            cell = MOVES[cell][actions[-1]]
        z, cache = forward(layers, np.array(cells)[:, None] - 1.0)
        G = -np.arange(len(cells), 0, -1.0)[:, None]
        upstream = (G - baseline) * (np.array(actions)[:, None] - 1 / (1 + np.exp(-z)))
        gradient = backward(layers, cache, upstream)
        layers = [(W + alpha * dW, b + alpha * db) for (W, b), (dW, db) in zip(layers, gradient, strict=True)]
    return -exact_return(probabilities(as_theta(layers)))


@cache
def stuck(baseline):
    return sum(steps_after(seed, 0.02, 300, baseline) > 20 for seed in range(20))


def shortest_walk():
    """By walking each sequence of three actions."""
    right, share = np.array([0.265, 0.48, 0.719]), 0.0
    for actions in product((LEFT, RIGHT), repeat=GOAL):
        cell, chance = 0, 1.0
        for action in actions:
            chance *= right[cell] if action == RIGHT else 1 - right[cell]
            cell = NEXT[cell, action]
        share += chance * (cell == GOAL)
    assert np.round(probabilities(THETA0), 3).tolist() == right.tolist()
    assert np.isclose(share, 0.265 * (1 - 0.48) * 0.719)
    return share


def paid_before(p=0.3, paid=-7.0):
    """Mean of what was paid before, times the score, whatever p is."""
    grid = np.linspace(0.1, 0.9, 9)
    assert np.allclose(grid * paid * (1 - grid) + (1 - grid) * paid * -grid, 0)
    return round(p * paid * (1 - p) + (1 - p) * paid * -p, 12)


def second_of_two_steps(h=1e-6):
    """The slope of J = p · p by the θ of the second factor alone."""
    J = lambda theta: 0.5 / (1 + np.exp(-theta))  # noqa: E731
    return round((J(h) - J(-h)) / (2 * h), 9)


def one_visit(s=0):
    """Which way z of a cell is pushed: J with this cell's z nudged alone."""
    J = lambda z: exact_return(1 / (1 + np.exp(-(logits + z * (np.arange(3) == s)))))  # noqa: E731
    p = probabilities(THETA0)
    logits = np.log(p / (1 - p))
    return "up" if J(1e-5) > J(-1e-5) else "down"


def back_again():
    """The b other than 0 with the summed variance of b = 0: twice a covariance over a variance."""
    p = probabilities(THETA0)
    episodes = sample_episodes(p, 20_000, np.random.default_rng(0))  # the lesson's own: others give 26 to 27
    of_G, of_1 = (gradient_estimates(THETA0, episodes, w) for w in (rewards_to_go(episodes.rewards), 1.0))
    of_G, of_1 = of_G - of_G.mean(axis=0), of_1 - of_1.mean(axis=0)
    return round(2 * (of_G * of_1).sum() / (of_1**2).sum(), 1)


def shortest_walk_pushes():
    """Which way right, left, right moves u1: G times the slope of log pi, nudged, in each of its steps."""
    log_pi = lambda u1, s, a: np.log(a * right(u1)[s] + (1 - a) * (1 - right(u1)[s]))  # noqa: E731
    right = lambda u1: probabilities(np.array([u1, *THETA0[1:]]))  # noqa: E731
    steps = [(-3, 0, 1), (-2, 1, 0), (-1, 2, 1)]
    u1, h = THETA0[0], 1e-5
    parts = [G * (log_pi(u1 + h, s, a) - log_pi(u1 - h, s, a)) / (2 * h) for G, s, a in steps]
    assert np.allclose(parts, [0.98, 0, -0.10], atol=0.005)
    return "up" if sum(parts) > 0 else "down"


@cache
def estimates():
    """Estimates from the same walks, (n, 7) for each weight of the score."""
    p = probabilities(THETA0)
    episodes = sample_episodes(p, 40_000, np.random.default_rng(1))
    G, walked = rewards_to_go(episodes.rewards), episodes.cells != GOAL
    V = np.append(exact_values(p), 0.0)[episodes.cells]
    weights = {"to go": G, "constant": G + 13 * walked, "V": G - V}
    return {name: gradient_estimates(THETA0, episodes, weight) for name, weight in weights.items()}


def share_of_variance(name):
    """Of the estimate, in per cent of that with the reward to go."""
    return 100 * estimates()[name].var(axis=0).sum() / estimates()["to go"].var(axis=0).sum()


def smallest_loss():
    """It falls with p all the way to 0, so it is smallest for whoever would hardly have done so."""
    p, G = np.logspace(-12, -1e-9, 50), -3.0
    loss = -G * np.log(p)
    assert np.all(np.diff(loss) > 0) and loss[0] < -80
    return "one that would hardly ever have walked so"


def variances_of_rare_action():
    """Without V and with it, for two actions: probabilities, rewards, scores."""
    pi, r, score = np.array([0.9, 0.1]), np.array([1.0, 0.0]), np.array([0.1, -0.9])
    return [pi @ (w * score) ** 2 - (pi @ (w * score)) ** 2 for w in (r, r - pi @ r)]


def rare_action():
    without, with_V = variances_of_rare_action()
    assert round(with_V / without) == 64
    return "it grows" if with_V > without else "it falls"


TRUTHS = {
    **TRUTHS_02,
    **TRUTHS_05,
    **TRUTHS_07,
    **TRUTHS_08,
    "00 coin": lambda: f"about {coin_steps():.0f}",
    "00 one path": lambda: "it rises" if u1_raised()[0] > 0 else "it falls",
    "01 right, left, right": in_three_cells,
    "01 most moved": most_moved,
    "01 slope": slope_of_logistic,
    "01 kink": lambda: "there is none" if slopes_at_the_kink() == "1/2 and 0" else "",
    "01 nudged weight": lambda: "it falls" if u1_raised()[1] < 0 else "",
    "01 programs, first": lambda: program_without("x"),
    "01 paths": lambda: len(PATHS),
    "01 operations": lambda: "more than 10,000" if swells(5).operations > 10_000 else "",
    "01 many inputs": lambda: len(ARROWS) + 100,
    "03 nudged factor": lambda: float((2 + Fraction(1, 1000)) * -3 - 2 * -3),
    "03 nudged twice": lambda: (2.001 + 1) * 2.001 - 6,
    "03 same parent": lambda: same_parent(adds=False),
    "03 depth-first": depth_first_says,
    "03 once each": once_each_says,
    "03 two rounds": two_rounds_say,
    "03 diamond": lambda: engine()[0],
    "03 engines, third": mistake_of_third,
    "03 engines, second": lambda: engine_that_says(engine(upstream=False)),
    "03 neuron": neuron,
    "03b forward": lambda: (np.tanh(0.5 - 1e-6 + 0.3) - np.tanh(0.5 + 1e-6 + 0.3)) / 2e-6,
    "03b paths": lambda: paths(10)[0],
    "03b edges": lambda: paths(10)[1],
    "03b passes": lambda: fewest_passes(50, 3),
    **TRUTHS_04,
    "06 bill": bill,
    "06 left": lambda: score_of_left(0.3),
    "06 cells": lambda: "in 0 and 2" if exact_return([1.0, 0.0, 1.0]) == -3 else "",
    "06 pushes": push,
    "06 often": by_slope_of_pi,
    "06 four steps": four_steps,
    "06 impatient": lambda: "about half or more" if stuck(0.0) > 5 else "",
    "06 prize": lambda: "fewer than without" if stuck(-12.0) < stuck(0.0) else "",
    "06 hundred": lambda: "all of them, or nearly" if stuck(-100.0) > 17 else "",
    "06b episode": shortest_walk,
    "06b earlier rewards": paid_before,
    "06b one visit": one_visit,
    "06b twice": second_of_two_steps,
    "06b back again": back_again,
    "06b one walk": shortest_walk_pushes,
    "06b map": lambda: "about as far" if abs(share_of_variance("V") - share_of_variance("constant")) < 2 else "",
    "06b smallest loss": smallest_loss,
    "06b rare action": rare_action,
}


@pytest.mark.parametrize("key", QUESTIONS)
def test_a_fixed_truth_is_what_a_computation_says(key):
    question = QUESTIONS[key]
    if question.truth is None and key not in TRUTHS:
        return  # its lesson computes it
    truth = TRUTHS[key]()
    if question.truth is None:
        question.checked(truth)
    elif isinstance(question, Choice):
        assert question.truth == truth
    else:
        assert abs(truth - question.truth) <= max(question.tolerance, 1e-9) * abs(truth)


EXPECTED = [key for key, question in QUESTIONS.items() if getattr(question, "expected", None) is not None]


@pytest.mark.parametrize("key", EXPECTED)
def test_what_a_readers_program_is_expected_to_say_is_so(key):
    """And any other number of it is told apart, and not explained by the words for this one."""
    question, truth = QUESTIONS[key], TRUTHS[key]()
    assert question.words(truth) == question.says
    for other in (192.0, truth + 0.01, 0.0):
        assert written(question.expected) in question.words(other) and question.says not in question.words(other)


def test_a_draft_that_adds_already_is_told_so():
    asked = QUESTIONS["03 same parent"]
    assert "wiped out" in asked.words(1.0) and "wiped out" not in asked.words(2.0) + asked.words(4.0)
    assert "already" in asked.words(2.0) and "something in a part of yours" in asked.words(4.0)


def test_an_answer_gives_away_no_later_cell():
    before_the_nudge = [QUESTIONS[key].says for key in ("03 nudged factor", "03 same parent")]
    assert not any("add" in says or "+=" in says for says in before_the_nudge)
    assert "62" not in QUESTIONS["03b paths"].says


def test_what_the_words_state_is_so():
    assert depth_first_says() == 48 and once_each_says() == 2 and two_rounds_say() == 72
    assert (same_parent(adds=False), same_parent(adds=True)) == (1, 2)
    assert paths(10) == (2048, 62)
    assert [round(share_of_variance(name)) for name in ("constant", "V")] == [37, 39]
    assert 8 <= stuck(0.0) <= 12  # here 12, with the last digits of another processor 8
    assert (stuck(-12.0), stuck(-100.0)) == (2, 20)
    assert round(steps_after(4, 0.005, 2000), 1) == 3.3
    assert steps_after(4, 0.005, 200) > steps_after(4, 0.005, 0)  # at first it gets worse
    assert np.allclose(variances_of_rare_action(), [0.0009, 0.0576], rtol=1e-9)
    assert abs(-exact_return(probabilities(THETA0)) - 12.7) < 0.05


def test_what_the_words_of_lesson_01_state():
    assert 81**2 == 6561 and round(6561 / 8) == 820
    for p in (0.1, 0.5, 0.8):
        z = np.log(p / (1 - p))
        slope = (logistic(z + 1e-6) - logistic(z - 1e-6)) / 2e-6
        assert f"p = {p:g} has {'the slope ' if p == 0.1 else ''}{round(slope, 4):g}" in QUESTIONS["01 slope"].says
    by_w = [abs(x) * 0.25 / np.cosh((1.5 * x + 0.5) / 2) ** 2 for x in (-1, 1)]
    assert "by {:.3f} and by {:.3f} times".format(*by_w) in QUESTIONS["01 most moved"].says
    assert program_without("w2", "x") == "A" and program_without() == "C"
    assert f"By {-u1_raised()[1]:.6f}, that is −{-1000 * u1_raised()[1]:.3f} for" in QUESTIONS["01 nudged weight"].says
    few, many = swells(1), swells(5)
    assert (few.n_parameters, few.operations, many.n_parameters) == (9, 223, 33)
    says = QUESTIONS["01 operations"].says
    assert f"{many.operations:,}, and that is {many.operations / few.operations:.0f} times as many" in says
    assert few.operations * 33 / 9 == pytest.approx(800, rel=0.05) and few.operations * 16 == pytest.approx(
        3600, rel=0.01
    )
    named = [operations_with_named_tanhs(hidden) for hidden in (1, 5)]
    assert named[1] / named[0] < 50  # so the tanhs that are written out do count
    assert f"{len(ARROWS)} each time, {100 * (1 + len(ARROWS))} in all" in QUESTIONS["01 many inputs"].ask


# What holds for every question


@pytest.mark.parametrize("key", QUESTIONS)
def test_a_key_tells_nothing(key):
    lesson, name = re.fullmatch(r"(\d\db?) ([a-z, -]+)", key).groups()  # no number
    assert key in import_module(f"helpers.guesses.lesson{lesson}").QUESTIONS
    options = getattr(QUESTIONS[key], "options", ())
    assert not [option for option in options if len(option) > 1 and option in name]


@pytest.mark.parametrize("key", QUESTIONS)
def test_a_question_does_not_say_its_answer(key):
    question = QUESTIONS[key]
    if isinstance(question, Number) and key in TRUTHS:
        numbers = re.findall(r"−?\d+(?:\.\d+)?", question.ask)
        assert not {number for number in numbers if len(number) > 1} & {written(TRUTHS[key]())}  # 2 is in formulas


@pytest.mark.parametrize("key", QUESTIONS)
def test_words_for_guesses_are_for_wrong_ones(key):
    question = QUESTIONS[key]
    if isinstance(question, Choice):
        assert question.truth is None or not question.options[question.truth]
    if not isinstance(question, Number):
        return
    share = min(max(question.tolerance, 1e-6), 0.02)
    for known in question.known if question.truth is not None else ():
        assert abs(known - question.truth) > share * abs(question.truth)
    for one, other in pairwise(sorted(question.known)):  # no guess is known by two names
        assert other - one > share * (abs(one) + abs(other)) or question.known[one] == question.known[other]

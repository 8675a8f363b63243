"""What lesson 07 and homework 4 state in prose: each number is computed here, by other means where it can."""

import ast
import json
import re
from functools import cache

import numpy as np
import pytest
import truths_of_lesson07 as truths
from notebook_runs import LESSONS, code_cells, read
from truths_of_lesson07 import CELLS, RIGHT, average_push, learners, outputs, steps_of, walked

from helpers.guesses.lesson07 import QUESTIONS
from helpers.rl import PHI0, exact_values, gradient_estimates, rewards_to_go, sample_episodes, transition_matrix, walker
from helpers.running_actor import THETA0, actor_output, as_layers, as_theta, probabilities, sigmoid

ROOT = LESSONS[0].parents[1]
[LESSON] = (path for path in LESSONS if path.stem.startswith("07"))
HOMEWORK = ROOT / "course" / "source" / "hw4" / "hw4.ipynb"
in_07 = pytest.mark.parametrize("path", [LESSON], ids=lambda path: path.stem)


def squared_slopes():
    return np.sum(truths.gradient(lambda phi: actor_output(phi, -1.0), PHI0) ** 2)


def turned(**missing):
    """By how many degrees the critic's gradient is turned in the ledger, over a whole walk."""
    right, wrong = (truths.critics_gradient(**cuts) for cuts in ({}, missing))
    return np.degrees(np.arccos(right @ wrong / np.linalg.norm(right) / np.linalg.norm(wrong)))


def right_after_one_step():
    z, v, v_next = outputs()
    push = (-1 + v_next - v) * (1 - sigmoid(z)) * truths.output_gradient(THETA0, -1.0)
    return sigmoid(actor_output(THETA0 + 0.1 * push, -1.0))


@cache
def stuck(prize):
    """How many of twenty actors need more than 20 steps after 500 walks of REINFORCE with alpha = 0.05."""
    return sum(steps_of(reinforced(seed, prize)) > 20 for seed in range(20))


def reinforced(seed, prize):
    walk = walker(seed)

    def paid(net):
        x, a, rewards = walk(net)
        rewards[-1] += prize
        return x, a, rewards

    return as_theta(truths.E.reinforce(as_layers(THETA0), paid, 500, 0.05))


@cache
def variances():
    """Of the estimates from the lesson's own 20,000 walks, for each of seven weights: with G, G - V(s) and delta."""
    episodes = sample_episodes(RIGHT, 20_000, np.random.default_rng(0))
    G, V = rewards_to_go(episodes.rewards), np.append(exact_values(RIGHT), 0.0)[episodes.cells]
    after = np.append(V[1:], np.zeros((1, V.shape[1])), axis=0)
    weights = {"G": G, "G - V": G - V, "delta": episodes.rewards + after - V}
    return {name: gradient_estimates(THETA0, episodes, each).var(axis=0) for name, each in weights.items()}


def agreed():
    """(what the critic says, what the actor needs) of cell 0 in the end."""
    theta, phi = walked(0, 2000)[:2]
    return -actor_output(phi, -1.0), steps_of(theta)


@cache
def of_deletion(name):
    """V of the three cells in the cell `forget`, without the .data of this name; with "", as it stands."""
    (cell,) = [cell.source for cell in code_cells(read(LESSON)) if cell.id == "forget"]
    text = cell.replace(f"{name}.data", name) if name else cell
    names = {"np": np, "Value": truths.E.Value, "NEXT": truths.NEXT, "GOAL": truths.GOAL, "THETA0": THETA0}
    names["probabilities"] = probabilities
    exec(text.replace("\nat_rest(", "\nV = at_rest("), names)
    return names["V"]


def value(cell):
    return lambda: exact_values(RIGHT)[cell]


def said(cell):
    return lambda: actor_output(PHI0, CELLS[cell])


STATED = {  # cell -> number as it is written -> what it is
    "surprise": {"8.43": lambda: -actor_output(PHI0, -1.0), "12.69": lambda: steps_of(THETA0)},
    "one-step-read": {
        "0.265": lambda: RIGHT[0],
        "0.310": right_after_one_step,
        "−8.43": said(0),
        "6.46": lambda: -outputs()[2],
        "−7.46": lambda: -1 + outputs()[2],
    },
    "beta-text": {"5.26": squared_slopes},
    "of-what": {
        "5.26": squared_slopes,
        "0.19": lambda: 1 / squared_slopes(),
        "−7.37": lambda: truths.after_one_step(0.19),
    },
    "elsewhere": {"0.05": lambda: 0.05},
    "elsewhere-read": {"100": lambda: 100},
    "learn-why": {
        "0.05": lambda: 0.05,
        "16": lambda: stuck(0),
        "10": lambda: stuck(12),
        "12": lambda: 12,
        "20": lambda: 20,
        "400": lambda: 400,
        "500": lambda: 500,
        "2,000": lambda: 2000,
        "100": lambda: 100,
        "−100": lambda: -100,
    },
    "right-read": {"−1.96": lambda: average_push(exact_values(RIGHT))[0]},
    "crooked-why": {
        "−8.43": said(0), "−6.46": said(1), "−4.55": said(2), "−12.69": value(0), "−8.91": value(1), "−3.51": value(2)
    },
    "bargain": {"−12.7": value(0), "−25": lambda: -25},
    "target-why": {
        "0.96": lambda: -1 + outputs()[2] - outputs()[1],
        "−0.96": lambda: outputs()[1] - outputs()[2] + 1,
        "−1.33": lambda: np.log(RIGHT[0]),
    },
    "ledger-why": {"90": lambda: 90},
    "forget-text": {"300": lambda: 300, "−12.69": value(0), "−8.91": value(1), "−3.51": value(2)},
    "curves": {"3,000": lambda: 3000},
    "curves-read": {
        **{number: lambda k=k: of_deletion("delta")[k] for k, number in enumerate(("−5.02", "−3.43", "−1.37"))},
        **{number: lambda k=k: of_deletion("target")[k] for k, number in enumerate(("−1.01", "−1.30", "−1.00"))},
        "0.02": lambda: 0.02, "0.05": lambda: 0.05, "3.3": lambda: 3.3,
    },
    "followed-weight": {"20,000": lambda: 20_000},
    "more": {"0.3": lambda: 0.3, "0.7": lambda: 0.7},
}  # fmt: skip
EACH = [(cell, number) for cell, numbers in STATED.items() for number in numbers]


def prose():
    """Text of each cell of prose, without formulas, code, links, and the numbers of lessons, sections and years."""
    for cell in read(LESSON).cells:
        if cell.cell_type == "markdown" and cell.id not in ("sources", "goals", "way", "title"):
            text = re.sub(r"```.*?```|\$\$.*?\$\$|\[[^]]*\]\([^)]*\)|`[^`]*`", "", cell.source, flags=re.DOTALL)
            yield cell.id, re.sub(r"(lessons?|to) \d\d|06b|\(7\.\d\)|section \d+\.\d+|10⁻⁵", "", text)


def numbers_in(text):
    """Decimals, and whole numbers of two digits or more, as they are written."""
    return re.findall(r"(?<![\w.,])−?(?:\d[\d,]*\.\d+|\d{1,3}(?:,\d{3})+|\d\d+)(?!\w)", text)


def test_every_number_in_prose_is_computed_here():
    found = {cell: {*numbers_in(text)} for cell, text in prose()}
    assert {cell: numbers for cell, numbers in found.items() if numbers} == {c: {*n} for c, n in STATED.items()}


@pytest.mark.parametrize("cell, number", EACH)
def test_a_number_in_prose_is_right(cell, number):
    decimals = len(number.partition(".")[2])
    truth = STATED[cell][number]()
    assert abs(truth - float(number.replace("−", "-").replace(",", ""))) <= (0.5 + 1e-9) * 10.0**-decimals


# What else is said


def test_a_goal_held_where_it_is_does_no_harm():
    """The story told of the flag, by ablation: only the goal's value is held, near what it is; terminated is False."""
    assert truths.without_flag(2000)[0] > 15
    for seed in range(6):
        assert steps_of(walked(seed, 2000, end=False, goal=-3.46)[0]) < 3.3
    assert steps_of(walked(0, 2000, end=False, goal=-50.0)[0]) > 20  # so it is not said of any number


def test_the_goal_runs_away_from_cell_2():
    moved = PHI0 - 0.05 * truths.gradient(lambda phi: actor_output(phi, 1.0), PHI0)
    change = [actor_output(moved, cell) - actor_output(PHI0, cell) for cell in (1.0, 2.0)]
    told = "cell 2 goes down by {:.2f}, the goal goes down by {:.2f}".format(*-np.array(change))
    assert told in QUESTIONS["07 no flag"].says


def test_without_the_flag_hardly_anybody_arrives():
    stuck = [steps_of(walked(seed, 2000, end=False)[0]) for seed in range(8)]
    assert np.sum(np.array(stuck) > 5) >= 6
    for treatment in ("network", "next episode"):
        assert np.median(learners(0.05, 3000, terminal=treatment)[0]) > 12.7


def test_2000_steps_are_some_500_walks_and_no_walk_of_100_has_a_smaller_bill():
    for seed in range(3):
        assert 350 < walked(seed, 2000)[2] < 510
    V = np.append(actor_output(PHI0, CELLS[:3]), 0.0)
    deltas = [-1 + V[truths.NEXT[cell, a]] - V[cell] for cell, a in truths.OCCURS]
    assert f"never larger than {max(np.abs(deltas)):.2f}, on arriving" in QUESTIONS["07 while walking"].says
    assert np.argmax(np.abs(deltas)) == len(deltas) - 1  # right from cell 2


def test_the_first_step_in_the_answer():
    _, v, v_next = outputs()
    step, says = 0.1 * (-1 + v_next - v), QUESTIONS["07 one step"].says
    squares = np.sum(truths.gradient(lambda phi: actor_output(phi, -1.0), PHI0) ** 2)
    assert f"add up to {squares:.2f}, and {squares:.2f} · β δ is {squares * step:.2f}" in says
    assert f"V(s) has moved by {truths.after_one_step() - v:.2f}" in says


def test_some_step_size_takes_v_onto_the_target():
    off = [truths.after_one_step(beta) - (-1 + outputs()[2]) for beta in (0.1, 0.15, 0.25)]
    assert off[0] < off[1] < 0 < off[2]


def test_the_pushes_in_the_answer():
    wrong, true = truths.cell_pushes(actor_output(PHI0, CELLS[:3])), truths.cell_pushes(exact_values(RIGHT))
    told = "{:.2f}, {:.2f} and {:.2f}, and with the true V {:.2f}, {:.2f} and {:.2f}".format(*wrong, *true)
    assert told.replace("-", "−") in QUESTIONS["07 three cells"].says
    average = np.linalg.norm(average_push(actor_output(PHI0, CELLS[:3])) - average_push(exact_values(RIGHT)))
    assert average > 1  # "so where the critic is wrong, the average push is wrong as well"


def test_one_walk_of_ten_is_long():
    episodes = sample_episodes(RIGHT, 40_000, np.random.default_rng(2))
    assert 0.08 < np.mean(rewards_to_go(episodes.rewards)[0] < -25) < 0.13


def test_what_a_leak_does_by_average():
    """Its critic rests where doubt is paid; its advice has the right direction, and less than half the length."""
    doubt = -(RIGHT * np.log(RIGHT) + (1 - RIGHT) * np.log(1 - RIGHT))
    leaking = average_push(np.linalg.solve(np.eye(3) - transition_matrix(RIGHT), -1 + doubt))
    true = average_push(exact_values(RIGHT))
    length = np.linalg.norm(leaking) / np.linalg.norm(true)
    assert leaking @ true / np.linalg.norm(true) ** 2 / length > 0.99 and 0.4 < length < 0.5


def test_what_v_comes_to_where_a_reader_forgets_one_cut():
    P, doubt = transition_matrix(RIGHT), -(RIGHT * np.log(RIGHT) + (1 - RIGHT) * np.log(1 - RIGHT))
    rows = [np.eye(4)[cell] - np.eye(4)[truths.NEXT[cell, a]] for cell, a in truths.OCCURS]
    often = np.sqrt(np.ravel(np.column_stack([1 - RIGHT, RIGHT])))
    flat = np.linalg.lstsq(often[:, None] * np.array(rows)[:, :3], -often, rcond=None)[0]
    truth = {"": exact_values(RIGHT), "delta": np.linalg.solve(np.eye(3) - P, -1 + doubt), "target": flat}
    for name, values in truth.items():
        assert np.allclose(of_deletion(name), values, atol=0.02)
    assert np.ptp(flat) < 0.5 and truth["delta"][0] > truth[""][0] + 5


def test_the_fifty_of_each_program():
    """What the words for the curves say, with other coins than the lesson's."""
    said, true = {}, {}
    for name, mistake in {"A": {"leak": True}, "B": {"through_target": True}, "C": {}}.items():
        _, theta, phi = learners(**mistake)
        said[name] = np.median(actor_output(phi[:, None, :], CELLS[:3, None]), axis=-1)
        true[name] = np.median([exact_values(probabilities(each)) for each in theta.T], axis=0)
    assert round(said["A"][0]) == -3 and round(true["A"][0]) == -9
    assert np.all(np.abs(said["B"] + 1) < 0.25) and true["B"][0] < -12.7
    assert np.all(np.abs(said["C"] - true["C"]) < 0.1)
    delta = -1 + np.append(said["B"], 0.0)[[0, 1, 2, 0]] - said["B"][[0, 0, 1, 1]]  # steps that do not end a walk
    assert np.all(np.abs(delta + 1) < 0.2) and np.abs(-1 - said["B"][2]) < 0.2  # and the last is near 0
    assert np.sum(learners(leak=True)[0] < 3.3) == 0
    assert 15 <= np.sum(learners(0.05, 3000, leak=True)[0] < 3.3) <= 35  # "half of the fifty"
    assert np.sum(learners(0.05, 3000, through_target=True)[0] < 3.3) <= 1


def test_what_is_left_with_v_is_the_known_guess():
    left = round(100 * variances()["G - V"].sum() / variances()["G"].sum())
    assert f"G − V(s), {left} per cent" in QUESTIONS["07 noise"].options["about a half"]


def test_two_shares_arrive_where_nothing_is_cut():
    log_pi, delta = np.log(RIGHT[0]), -1 + outputs()[2] - outputs()[1]
    assert abs(truths.nothing_cut() - (log_pi - delta)) < 1e-6
    assert abs(log_pi - delta) > 2 * delta  # "by more than twice what it should"
    known = QUESTIONS["07 nothing cut"].known
    assert np.allclose([*known], [-delta, -delta - log_pi, log_pi, log_pi * delta], atol=0.01)


# What the output must bear out


def shown(notebook, cell_id):
    """The plain text of a cell's last output, as a value where it is one."""
    (cell,) = [cell for cell in code_cells(notebook) if cell.id == cell_id]
    text = cell.outputs[-1]["data"]["text/plain"]
    return ast.literal_eval(re.sub(r"array\(|(?<=\])\)(?=,|\)|\}|$)", "", text))


@in_07
def test_outputs_are_as_told(path, empty):
    told = shown(empty, "right-code")
    assert np.allclose(told["δ"], told["more than average"]) and np.allclose(told["push"], [0.73, -2.29, 1.8])
    assert np.max(np.abs(told["δ"])) < 6.45  # "no δ above is larger than 6.4"
    assert shown(empty, "uphill") == pytest.approx(average_push(exact_values(RIGHT))[0])
    told = shown(empty, "of-what-code")
    assert told["log π"] == -0.327
    assert told["δ log π"] == told["your update"]
    change = shown(empty, "elsewhere-code")
    assert change["step in cell 2"][2:] == [-0.5, -0.58] and np.all(np.abs([*change.values()]) > 0.01)
    first, second, third = shown(empty, "learnt")
    assert first > 0.9 and second < 0.1 and third > 0.9
    critics = shown(empty, "curves-critics")
    assert critics["A"]["says"][0] == -3.2 and critics["A"]["true"][0] < -8.5 and np.ptp(critics["B"]["says"]) < 0.3
    ends = shown(empty, "leak-fast")
    assert ends["α = 0.05"]["A"][1] == "25 of 50" and {ends[alpha]["B"][1] for alpha in ends} == {"0 of 50"}


@in_07
def test_the_flags_picture_bears_out_what_is_said_of_six_seeds(path, empty):
    (cell,) = [cell for cell in code_cells(empty) if cell.id == "flag-guess"]
    html = cell.outputs[-1]["data"]["text/html"]
    ends = re.search(r"V and what the actor needs: (.*?)\.(?!\d)", html)[1].split("; ")
    V, steps = np.array([[float(n) for n in re.findall(r"[\d.]+", each)] for each in ends]).T
    assert np.all((V > 100) == (np.arange(6) != 1)) and np.all((steps > 10) == (np.arange(6) != 1))
    (cell,) = [cell for cell in code_cells(empty) if cell.id == "learn-guess"]
    worst = re.search(
        r"Twenty more, with other seeds, need 3\.\d\d to (\d\.\d\d) steps", cell.outputs[-1]["data"]["text/html"]
    )
    assert float(worst[1]) < 3.5


def test_critic_and_actor_agree_in_the_end():
    word, need = agreed()
    assert abs(word - need) < 0.1


def test_only_one_missing_cut_turns_the_critics_step_backwards():
    assert turned(leak=True) < 90 < turned(through_target=True)


@in_07
def test_the_compatible_critic_is_wrong_in_all_six(path, empty):
    (truth, right), (word, push) = shown(empty, "compatible-code").values()
    assert np.all(np.abs(np.array(truth) - word) > 0.2)
    assert np.all(np.sign(truth[1]) != np.sign(word))
    own_word, own_push, exact, _ = truths.compatible()
    assert np.allclose(word, own_word, atol=0.005) and push == pytest.approx(right) == pytest.approx(exact) == own_push


# Homework 4


def test_homework_4_says_why_the_error_of_n_steps_shrinks():
    cells = {cell["id"]: "".join(cell["source"]) for cell in json.loads(HOMEWORK.read_text("utf-8"))["cells"]}
    P, wrong = transition_matrix(RIGHT), actor_output(PHI0, CELLS[:3]) - exact_values(RIGHT)
    going_on = {n: np.linalg.matrix_power(P, n)[0] for n in (10, 20, 21, 40)}
    error = {n: here @ wrong / here.sum() for n, here in going_on.items()}
    assert {f"{each:.2f}" for each in error.values()} == {"3.15"}
    ended = [round(100 * (1 - going_on[n].sum())) for n in (10, 21)]
    assert f"{ended[0]} of 100 episodes have ended after 10 steps, and {ended[1]} after 21" in cells["nstep-read"]
    assert "wrong by 3.15 on average, for n = 10 as for n = 40" in cells["nstep-read"]
    assert going_on[21] @ wrong < 0.5 < going_on[20] @ wrong and "Twenty-one" in cells["nstep-read"]


def test_without_the_flag_v_sinks_with_nearly_all_seeds():
    """With other coins than the lesson's, and fifty of them."""
    V = actor_output(learners(0.05, 3000, terminal="network")[2], -1.0)
    assert 0.75 <= np.mean(V < -100) < 1 and "with nearly all seeds" in QUESTIONS["07 no flag"].ask

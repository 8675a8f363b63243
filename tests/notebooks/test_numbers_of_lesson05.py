"""What lessons 05 and 05b state in prose and in the words of guesses: each number is computed here, or is a setting."""

import re
from functools import cache

import numpy as np
import pytest
from notebook_runs import LESSONS, code_cells, read
from stated_numbers import as_stated, stated_in
from truths_of_lesson05 import all_zero, bench, he_start, health, middle, net, relu_steps, size

from helpers.engine.assembly import assemble
from helpers.guesses.prediction import QUESTIONS
from helpers.networks.batch_normalisation import normalised_backward, normalised_forward
from helpers.networks.network import backward, forward
from helpers.networks.residual import residual_backward, residual_forward
from helpers.networks.sick_networks import LEAST, MOST, patient, state
from helpers.networks.training import two_spirals

SILENT, REPAIRS = (path for path in LESSONS if path.stem.startswith("05"))
DEEP = [2, *20 * [32], 2]
X, LABELS = two_spirals(200, np.random.default_rng(5))
E = assemble()


def loss_and_gradient(params, activation="tanh"):
    logits, kept = forward(params, X, activation)
    log_p = logits - np.logaddexp(*logits.T)[:, None]
    return -np.mean(log_p[np.arange(200), LABELS]), backward(params, kept, (np.exp(log_p) - np.eye(2)[LABELS]) / 200)


def norm(gradient):
    return np.sqrt(sum(np.sum(d**2) for pair in gradient for d in pair))


@cache
def losses(name, limit=np.inf, seed=0):
    """The losses of 300 steps of 0.02, and the end of a training of another form."""
    sizes, scheme = {"shallow": ([2, 32, 2], 0.1), "good": (DEEP, "glorot"), "silent": (DEEP, 0.1)}[name]
    start = net(sizes, scheme, seed)
    found = []
    for _ in range(300):
        loss, gradient = loss_and_gradient(start)
        found.append(loss)
        share = 0.02 * min(1, limit / norm(gradient))
        start = [(W - share * dW, b - share * db) for (W, b), (dW, db) in zip(start, gradient, strict=True)]
    return np.array(found)


@cache
def clipped():
    """Loss at the end, dead neurons, the longest step, and how often a limit of 0.1 acts on steps of 5."""
    params, longest, acted = he_start(), 0.0, 0
    for _ in range(300):
        loss, gradient = loss_and_gradient(params, "relu")
        share = 5 * min(1, 0.1 / norm(gradient))
        longest, acted = max(longest, share * norm(gradient)), acted + (norm(gradient) > 0.1)
        params = [(W - share * dW, b - share * db) for (W, b), (dW, db) in zip(params, gradient, strict=True)]
    hidden = forward(params, X, "relu")[1].inputs[1:]
    return loss, [int(np.all(h == 0, axis=0).sum()) for h in hidden], longest, acted


@cache
def wild():
    """(loss, norm) before each of the ten steps of 5."""
    walked = [he_start(), *(params for _, params in relu_steps(he_start(), 5.0, 9))]
    pairs = [loss_and_gradient(params, "relu") for params in walked]
    return [(loss, norm(gradient)) for loss, gradient in pairs]


def killed():
    """Dead neurons of both layers after ten steps of 5."""
    *_, (dead, _) = relu_steps(he_start(), 5.0, 10)
    return [int(each.sum()) for each in dead]


@cache
def straight():
    """How many points lie on their own side of the line of one neuron, descended on its own, from equal weights."""
    w, c, v = np.array([0.1, 0.1]), 0.0, 0.2 * 32  # the difference of the outputs, of 32 neurons alike
    b, sign = 0.0, 1 - 2 * LABELS
    for _ in range(300):
        h = np.tanh(X @ w + c)
        d = -sign / (1 + np.exp(sign * (v * h + b))) / 200  # of the mean loss, by that difference
        dh = d * (v / 32) * (1 - h**2)
        w, c = w - 0.5 * dh @ X, c - 0.5 * dh.sum()
        v, b = v - 0.5 * 64 * d @ h, b - 0.5 * 2 * d.sum()
    return int(np.sum((v * np.tanh(X @ w + c) + b > 0) == (sign > 0)))


def skips_in_the_lesson():
    """By how much dz grows from layer 19 to layer 1."""
    front, back = np.random.default_rng(1).normal(size=(2, 1, 100))
    params = net(21 * [100], 0.05)
    gradient = residual_backward(params, residual_forward(params, front)[1], back)
    return size(gradient[0][1]) / size(gradient[-2][1])


def normalised_dW():
    rows, back = np.random.default_rng(1).normal(size=(2, 100, 100))
    params = net(21 * [100], 0.05)
    return [size(dW) / 10 for dW, _ in normalised_backward(params, normalised_forward(params, rows)[1], back)]


SET = None  # chosen by the lesson: sizes, steps, numbers of papers
STATED = {  # lesson -> cell -> number as it is written -> what it is
    SILENT: {
        "deep": {"0.1": SET, "200": lambda: len(X), "32": SET},
        "learn-deep-why": {"0.34": lambda: losses("shallow")[-1], "0.69": lambda: losses("shallow")[0]},
        "suspect": {"0.6931": lambda: losses("silent")[-1]},
        "length-why": {"0.02": SET, "300": SET},
        "both-read": {"0.1": SET, "32": SET, "0.57": lambda: np.sqrt(32) * 0.1},
        "one-weight-why": {"0.01": SET},
        "one-weight-read": {"0.02": SET, "300": SET},
        "bench": {"100": SET},
        "sum": {"100": SET},
        "factor": {"0.05": SET, "100": SET},
        "mended-losses-read": {"0.5": SET},
        "twice": {"0.9": SET, "0.1": lambda: 1 / np.sqrt(100), "0.2": lambda: 2 / np.sqrt(100)},
        "twice-slopes-read": {"0.9": SET},
        "explorer-why": {"20": SET, "64": SET},
        "he": {"100": SET, "400": SET},
        "he-read": {"10": SET, "14": SET, "1.6": lambda: 0.5 * 400 * 4 / 500, "0.4": lambda: 0.5 * 100 * 4 / 500},
        "patients-why": {"100": SET},
        "treat-why": {"0.1": lambda: LEAST, "10": lambda: MOST},
        "treat-fold": dict.fromkeys(("12", "500", "5,000", "0.4", "0.7")),
    },
    REPAIRS: {
        "alike-why": {"0.1": SET, "32": SET},
        "alike-long-why": {"200": lambda: len(X), "300": SET, "3,000": SET},
        "alike-long-read": {"300": SET, "3,000": SET, "22": lambda: 200 - straight()},
        "alike-picture-read": {"178": straight},
        "ten-steps-why": {"32": SET},
        "dead-read": {"0.1": SET, "25": lambda: killed()[0], "32": lambda: killed()[1]},
        "one-dead-why": {"400": SET},
        "clip-why": {"1.3": lambda: wild()[0][1], "115": lambda: wild()[3][1]},
        "zeros-learn-read": {"22": lambda: 200 - straight(), "300": SET},
        "clipped-why": {"0.1": SET},
        "clipped-read": {"0.001": SET, "0.5": lambda: clipped()[2], "30": lambda: clipped()[3], "300": SET},
        "skip-bench": {"0.05": lambda: 0.5 / np.sqrt(100), "100": SET, "19": SET},
        "normalise-check-why": {"200": lambda: len(X)},
        "batch-scale-why": {"10": SET, "100": SET},
        "batch-bench-why": {"0.05": SET, "100": SET},
        "zero-again-why": {"−0.3266": all_zero},
        "all-why": {"0.1": SET},
        "closing-table": {
            "345": lambda: max(loss for loss, _ in wild()),
            "0.001": SET,
            "100": SET,
            "3.7": lambda: normalised_dW()[0],
            "0.6": lambda: normalised_dW()[-1],
        },
        "he-words": {"2016": SET},
    },
}
EACH = [(p, cell, n) for p, cells in STATED.items() for cell, numbers in cells.items() for n in numbers if numbers[n]]


@pytest.mark.parametrize("path", STATED, ids=lambda path: path.stem)
def test_every_number_in_prose_is_known_here(path):
    assert stated_in(path) == {cell: {*numbers} for cell, numbers in STATED[path].items()}


@pytest.mark.parametrize("path, cell, number", EACH, ids=lambda value: getattr(value, "stem", value))
def test_a_number_in_prose_is_right(path, cell, number):
    assert as_stated(STATED[path][cell][number](), number) == number


# What prose says in words


def test_the_gradient_is_right_and_nothing():
    """Five billionths, by the complex step; none in its layer is a millionth; norms near 2e-6."""
    params = net(DEEP, 0.1)
    _, gradient = loss_and_gradient(params)
    moved = [(params[0][0].astype(complex), params[0][1]), *params[1:]]
    moved[0][0][0, 0] += 1e-30j
    h = X
    for W, b in moved[:-1]:
        h = np.tanh(h @ W + b)
    z = h @ moved[-1][0] + moved[-1][1]
    slope = np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(200), LABELS]).imag / 1e-30
    assert gradient[0][0][0, 0] == pytest.approx(slope, rel=1e-9) and f"{slope:.0e}" == "5e-09"
    assert slope < np.abs(gradient[0][0]).max() < 1e-6
    assert np.ptp(losses("silent")) < 1e-4
    norms = [np.linalg.norm(dW) for dW, _ in gradient]
    assert 1e-6 < min(norms) and max(norms) < 3e-6 and f"{norm(gradient):.1e}" == "8.7e-06"
    assert 0.57**20 == pytest.approx(1e-5, rel=0.5)


def test_h_and_dz_fade_to_a_millionth_and_so_is_their_product_everywhere():
    h, dz = bench(0.05, 0)
    assert 3e-7 < h[-1] < 3e-6 and 3e-7 < dz[0] < 3e-6
    assert np.all((3e-7 < h * dz) & (h * dz < 3e-6))


def test_what_the_sum_does_to_a_size():
    rng = np.random.default_rng(0)
    for n, std in ((25, 0.3), (400, 0.05)):
        dz, W = rng.normal(size=(200, n)), std * rng.normal(size=(n, n))
        assert size(dz @ W.T) == pytest.approx(np.sqrt(n) * std, rel=0.1)


def test_a_good_start_keeps_a_tenth_and_the_slopes_are_what_is_lost():
    kept, by_slopes = [], []
    for seed in range(30):
        front, back = np.random.default_rng(100 + seed).normal(size=(2, 1, 100))
        params = net(21 * [100], 0.1, seed)
        _, cache = forward(params, front)
        kept.append(size(backward(params, cache, back)[0][1]) / size(back))
        by_slopes.append(np.prod([size(1 - h**2) for h in cache.inputs[1:]]))
    assert np.mean(np.array(kept) < by_slopes) > 0.6 and any(np.array(kept) > by_slopes)  # the draw
    assert 0.1 < middle(kept) < 0.3 and middle(by_slopes) == pytest.approx(middle(kept), rel=0.25)


def shown(notebook, cell_id):
    """The plain text of a cell's last output, as a value."""
    (cell,) = [cell for cell in code_cells(notebook) if cell.id == cell_id]
    text = cell.outputs[-1]["data"]["text/plain"]
    return eval(text, {"array": np.array})


in_05 = pytest.mark.parametrize("path", [SILENT], ids=lambda path: path.stem)
in_05b = pytest.mark.parametrize("path", [REPAIRS], ids=lambda path: path.stem)


@in_05
def test_outputs_of_05_bear_out_what_is_read(path, empty):
    assert shown(empty, "one-weight")[0] == pytest.approx(shown(empty, "one-weight")[1], rel=1e-4)
    assert f"{shown(empty, 'fallen'):.1e}" == "4.5e-10"
    assert [round(each) for each in shown(empty, "squares")] == [1, 1, 2, 0, 1]
    slopes, mean = shown(empty, "mended-slopes")
    assert len(slopes) == 19 and round(mean, 2) == 0.92  # whose power the guess's words take
    (kept,) = [cell for cell in code_cells(empty) if cell.id == "mended-sizes"]
    assert "back in layer 1 with size 0.13" in kept.outputs[-1]["data"]["text/plain"]
    slopes, beyond = shown(empty, "twice-slopes")
    assert len(slopes) == 19 and min(slopes) > 0.5 and max(slopes) < 0.65  # a little more than half
    assert 0.28 < beyond < 0.38  # a third
    twenty, one = shown(empty, "again")  # far from where they were, and no more of it is said
    assert twenty > 10 * losses("good")[-1] and one < 0.6 * losses("shallow")[-1]


def test_what_is_left_at_the_factors_of_the_explorer():
    """The words for wrong factors, and 1.4 between too little and too much."""
    assert f"{0.5**19:.0e}" == "2e-06" and 0.01 < 0.8**19 < 0.02
    assert 0.05 < health("tanh", 0.9) < 0.1 and f"{health('tanh', 0.7):.0e}" == "9e-04"
    assert 0.45 < health("relu", 1.4) < 0.6 and 1.8 < health("relu", 1.5) < 2.2
    assert 1e-13 < health("sigmoid", 1.0) < 1e-11


def test_the_patients_are_ill_and_can_be_healed():
    """By the treatments that the fold names, and the explorer."""
    every = range(1, 21)
    for name, how in {"A": (10, every), "B": (1000, [10]), "C": (0.5, every), "D": (np.sqrt(2), every)}.items():
        assert state(patient(name)).startswith("ill") and state(patient(name, *how)).startswith("well")
    assert np.array_equal(patient("B", 1000, 10)["dW"], patient("B", 1000, [10])["dW"])
    for factor in (0.0, -1.0, 1e6):  # odd, and told like any other
        assert state(patient("C", factor, every)).startswith("ill")
    assert "h is too small in layer 11" in state(patient("B", 1000, [11])) and "too large" in state(
        patient("C", 2.0, every)
    )
    for name, where, factors in (("A", every, (9, 12)), ("B", [10], (500, 5000)), ("C", every, (0.4, 0.7))):
        assert all(state(patient(name, factor, where)).startswith("well") for factor in factors)
    with pytest.raises(ValueError, match="no layer 0"):
        patient("A", 2.0, [0])


def test_what_the_words_of_guesses_state():
    rules = {"0.40": lambda i, o: 2 / i, "0.79": lambda i, o: 2 / o, "0.07": lambda i, o: 4 / (i + o)}
    widths, front = 10 * [100, 400] + [100], np.random.default_rng(1).normal(size=(2, 1, 100))
    for said, rule in rules.items():
        params = [(W * np.sqrt(rule(*W.shape)), b) for W, b in net(widths, 1.0)]
        _, cache = forward(params, front[0], "relu")
        assert f"{size(backward(params, cache, front[1])[0][1]):.2f}" == said
        assert said in QUESTIONS["05 two wishes"].says
    assert 0.64**10 == pytest.approx(0.01, rel=0.2)
    exploded = [bench(0.4, seed)[1][0] for seed in range(20)]  # hundreds or thousands
    assert 200 < min(exploded) < 1000 and 2000 < max(exploded) < 20_000


@in_05b
def test_outputs_of_05b_bear_out_what_is_read(path, empty):
    first, last = shown(empty, "alike")
    table = shown(empty, "alike-long")
    assert last < 0.3 < first and table[0, 0] == pytest.approx(last, abs=1e-4)
    assert np.all(table[:, 1] == 200 - straight()) and [*table[:, 3]] == [200 - straight(), 0, 0, 0, 0]
    loss, dead = shown(empty, "careful")
    assert dead == killed() and dead[1] == 32 and loss == pytest.approx(np.log(2), abs=0.001)
    loss, dead, acted = shown(empty, "clipped")
    assert loss < 0.001 and dead[1] == 3 and dead == clipped()[1] and loss == pytest.approx(clipped()[0])
    assert acted == clipped()[3]
    hidden = forward(he_start(), X, "relu")[1].inputs[1:]
    assert [np.all(h == 0, axis=0).sum() for h in hidden] == [0, 6]
    loss, off, moved = shown(empty, "zeros-learn")
    assert loss == pytest.approx(last, abs=0.002) and off == 200 - straight() and moved > 0.01
    assert shown(empty, "normalise-check") is True


def test_spikes_are_long_steps_and_clipping_makes_nothing_faster():
    """The jumps go with the limit, in this draw as in others."""
    free, limited = losses("good"), losses("good", 1.0)
    assert np.sum(np.diff(free) > 0.05) > 3 and not np.any(np.diff(limited) > 0.05)
    assert free.max() > 1 > limited.max() and limited[-1] > free[-1]
    ends = [(losses("good", 1.0, seed)[-1], losses("good", seed=seed)[-1]) for seed in range(4)]
    assert sum(limited > free for limited, free in ends) == 3
    assert losses("good")[-1] < 0.02 < losses("shallow")[-1]


def test_dz_grows_nearly_eightfold():
    assert 7.5 < skips_in_the_lesson() < 8


def test_zeros_learn_nothing():
    zeros = [(np.zeros((2, 32)), np.zeros(32)), (np.zeros((32, 2)), np.zeros(2))]
    assert all(np.abs(d).max() < 1e-15 for pair in loss_and_gradient(zeros)[1] for d in pair)


def test_each_repair_alone():
    """Skips and normalising end below 0.02, with spikes on the way; clipping changes nothing."""
    for ways in ((residual_forward, residual_backward), (normalised_forward, normalised_backward)):
        params, found = net(DEEP, 0.1), []
        for _ in range(300):
            logits, kept = ways[0](params, X)
            loss, d = E.softmax_cross_entropy(logits, LABELS)
            params = E.ascend(params, ways[1](params, kept, d), -0.02)
            found.append(loss)
        assert found[-1] < 0.02 and np.diff(found).max() > 0.02
    assert norm(loss_and_gradient(net(DEEP, 0.1))[1]) < 0.1 and losses("silent")[-1] == pytest.approx(np.log(2), 1e-4)


def test_four_rows_by_nudging():
    """What is read of z = 1, 1, 5, 5: how n1 moves with z1, z2 and z3, by way of the mean and of s."""
    z = np.array([1.0, 1.0, 5.0, 5.0])
    moved = [(up - down) / 2e-6 for up, down in ((n1(z, k, 1e-6), n1(z, k, -1e-6)) for k in range(4))]
    assert moved == pytest.approx([0.25, -0.25, 0, 0], abs=1e-8)
    assert np.std(z + [0, 0.1, 0, 0]) < np.std(z) < np.std(z + [0, 0, 0.1, 0])


def n1(z, k, by):
    z = z + by * np.eye(4)[k]
    return (z[0] - z.mean()) / z.std()


def test_he_is_quoted_word_by_word():
    """He et al. (2016), section 4.1 and 3.1; He et al. (2015), section 2.2."""
    (words,) = [cell.source for cell in read(REPAIRS).cells if cell.id == "he-words"]
    quoted = re.sub(r"\n> ", " ", words)
    for sentence in (
        "So neither forward nor backward signals vanish.",
        "the solvers may simply drive the weights of the multiple nonlinear layers toward zero",
    ):
        assert sentence in quoted
    (words,) = [cell.source for cell in read(SILENT).cells if cell.id == "he-read"]
    assert "We note that it is sufficient to use either Eqn.(14) or Eqn.(10) alone." in words

"""Lessons 00 and 01: what their prose and their figures state."""

import numpy as np
import pytest
import sympy as sp
from notebook_runs import NOTEBOOKS, code_cells, read

from helpers.checks.exercise import EXERCISES
from helpers.networks.expression_swell import measure_swell, network_formula
from helpers.plots.paths import ARROWS, LETTERS, PATHS
from helpers.rl.corridor import exact_return
from helpers.running_actor import THETA0, followed, probabilities

START, NEURON = (read(NOTEBOOKS / f"{name}.ipynb") for name in ("00_start_here", "01_one_neuron"))


def prose(notebook):
    """All prose of a lesson on one line."""
    return " ".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown").replace("\n", " ")


def short(x, digits=3):
    return f"{x:.{digits}f}".replace("-", "−")


# What the prose states


def test_the_world_is_told_once():
    assert "switched" in prose(START) and "switched" not in prose(NEURON) and "Sutton" not in prose(NEURON)


def test_the_actor_at_the_start():
    assert exact_return((1, 0, 1)) == -3 and "a return of −3" in prose(START)
    assert f"one time in four, {short(probabilities(THETA0)[0])}," in prose(START)


def test_the_path_of_lesson_00_is_that_of_the_actor():
    """Its numbers are those of theta0, and its derivative is the one that is followed."""
    cell = next(cell.source for cell in code_cells(START) if cell.id == "guess-path")
    names = {"np": np, "sigmoid": lambda z: 1 / (1 + np.exp(-z))}
    exec(cell.partition("\n\n\n")[0], names)
    for u1 in (0.8, 0.81, -1.0):
        assert names["log_pi"](u1) == pytest.approx(followed(u1), rel=1e-12)
    ratio, near, slope = ((followed(0.8 + h) - followed(0.8)) / h for h in (0.001, 0.0001, 1e-7))
    assert f"With u1 = 0.801 the ratio is {short(ratio, 4)}" in prose(START)
    assert abs(near - slope) < abs(ratio - slope) / 5 and f"What it tends to, {short(slope, 4)}" in prose(START)
    lowered = followed(0.77) - followed(0.8)
    told = f"lower u1 by 0.03, and log π rises by about 0.03 · {short(-slope, 4)}, which is {short(lowered, 2)}"
    assert told in prose(START) and short(0.03 * -slope, 2) == short(lowered, 2)


def test_the_slope_of_the_logarithm_is_that_of_pi_divided_by_pi():
    h = 1e-6
    slopes = [(f(0.8 + h) - f(0.8 - h)) / (2 * h) for f in (followed, lambda u1: np.exp(followed(u1)))]
    assert slopes[0] == pytest.approx(slopes[1] / np.exp(followed(0.8)), rel=1e-6)
    assert "Its slope is the slope of π divided by π" in prose(START)


def test_what_is_read_from_the_neuron():
    assert "z = 1.5·(−1) + 0.5 = −1 is negative" in prose(NEURON) and 1.5 * -1 + 0.5 == -1
    p = 1 / (1 + np.exp(-(1.5 * np.array([-1, 0, 1]) + 0.5)))
    assert list(p > 0.5) == [False, True, True]


def test_at_b_of_four_all_three_derivatives_are_smaller():
    slope = 0.25 / np.cosh((1.5 * 1 + 4) / 2) ** 2
    assert 1.5 * slope < 0.01 and "Move b to 4 and x to 1" in prose(NEURON)


def test_one_hidden_neuron_switches_in_each_gap():
    theta = [4, 4, 2, -2, -5, 5, 5]
    assert exact_return(probabilities(theta)) == pytest.approx(-3, abs=0.05)
    for pair, before, after in ((0, 0, 1), (1, 1, 2)):
        h = np.tanh(theta[pair] * np.array([-1, 0, 1]) + theta[2 + pair])
        assert h[before] < -0.9 and h[after] > 0.9
        stuck = [*theta]
        stuck[4 + pair] = 0.0  # without this neuron
        p = probabilities(stuck)
        assert not p[0] > p[1] < p[2] and exact_return(p) < -7


def test_the_claim_and_what_comes_of_it():
    u1, _, c1, _, w1, *_ = THETA0
    slope = 1 - np.tanh(-u1 + c1) ** 2
    assert f"by {short(0.001 * slope, 6)}" in prose(NEURON)
    p = probabilities(THETA0)[0]
    assert f"that we follow is {short(-(1 - p) * w1 * slope, 4)}." in prose(NEURON)


def test_the_rule_for_the_slope_settles_what_sympy_prints():
    """As it stands the two formulas differ; with the rule they are one."""
    cells = {cell.id: cell.source for cell in code_cells(NEURON)}
    names = {"sp": sp}
    exec(cells["symbols"], names)
    expression, rules = cells["simplify"].partition("\n")[2], ("p_", "p_ * (1 - p_)")
    differences = [eval(expression, names | {"rule": eval(rule, names)}) for rule in rules]
    assert "rule = p_ " in cells["simplify"] and differences[0] != 0 and differences[1] == 0


def test_the_measured_slope_is_that_of_the_rule():
    cells = {cell.id: cell.source for cell in code_cells(NEURON)}
    start, _, shown = cells["slope-where"].rpartition("\n")
    for p in ("0.01", "0.3", "0.5", "0.8"):
        names = {"np": np, "sigmoid": lambda z: 1 / (1 + np.exp(-z))}
        exec(start.replace("0.01", p), names)
        assert eval(shown, names) == pytest.approx(float(p) * (1 - float(p)), abs=1e-4)


def test_the_sum_over_the_drawn_paths_is_what_sympy_finds():
    """In the drawn network, with a letter for each weight times the slope of the neuron at its end; z has none."""
    x1, x2, u, v, *weights = sp.symbols("x1 x2 u v w:8")
    w = dict(zip(ARROWS, weights, strict=True))
    outputs = {PATHS[0][0]: sp.tanh(u * x1 + v * x2)}
    for goal in dict.fromkeys(end for _, end in ARROWS):
        into = [arrow for arrow in ARROWS if arrow[1] == goal]
        total = sum(w[arrow] * outputs[arrow[0]] for arrow in into)
        outputs[goal] = total if goal == PATHS[0][-1] else sp.tanh(total)
    values = dict(zip((x1, x2, u, v, *weights), np.random.default_rng(0).normal(size=12), strict=True))
    z = outputs[PATHS[0][-1]]
    asked = [*(1 - output**2 for output in outputs.values()), z.diff(u), z.diff(v)]
    *slopes, by_u, by_v = sp.lambdify([*values], asked, "math", cse=True)(*values.values())
    slope = dict(zip(outputs, slopes, strict=True)) | {PATHS[0][-1]: 1.0}
    letters = {LETTERS[arrow]: values[w[arrow]] * slope[arrow[1]] for arrow in ARROWS}
    upstream = EXERCISES["z_by_h"].solution(**letters)
    for found, x in ((by_u, x1), (by_v, x2)):
        assert found == pytest.approx(upstream * slope[PATHS[0][0]] * values[x])


def test_paths_double_with_each_layer_and_terms_with_them():
    """The followed formula of a weight of the first layer, multiplied out, has a term for each path."""
    for hidden in (1, 2, 3):
        output, (weight, *_) = network_formula([1] + [2] * hidden + [1])
        slopes = {call: f"t{k}" for k, call in enumerate(sorted(output.atoms(type(output)), key=str))}
        derivative = output.diff(weight).subs(slopes).expand()
        ones = {symbol: 1 for symbol in derivative.free_symbols if not str(symbol).startswith("t")}
        walks = derivative.subs(ones).subs({symbol: 0 for symbol in derivative.subs(ones).free_symbols})
        assert walks == 2 ** (hidden - 1)


def test_formulas_grow_by_more_than_the_paths():
    counts = [measure_swell([2] + [2] * hidden + [1]).operations for hidden in range(1, 5)]
    assert min(b / a for a, b in zip(counts, counts[1:], strict=False)) > 2

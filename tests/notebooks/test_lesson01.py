"""Lessons 00 and 01: what their prose and their figures state."""

import numpy as np
import pytest
import sympy as sp
from notebook_runs import NOTEBOOKS, code_cells, read

from helpers.networks import expression_swell
from helpers.networks.expression_swell import (
    formulas_backward,
    measure_swell,
    network_formula,
    operations_by_hand,
    shared_operations,
)
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
    slopes = [0.25 / np.cosh((1.5 * -1 + b) / 2) ** 2 for b in (0.5, 4.0)]
    assert slopes[1] < 0.4 * slopes[0] and "Move b to 4" in prose(NEURON)


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


def test_costs_by_hand():
    costs = [operations_by_hand([2] + [2] * hidden + [1]) for hidden in range(1, 6)]
    assert costs[0] == 32 and {*np.diff(costs)} == {26} and costs[-1] == 136
    sizes = [2] + [2] * 5 + [1]
    assert shared_operations(formulas_backward(sizes)) == 135 and "It does: 135, and by hand it is 136." in prose(
        NEURON
    )


def test_the_sum_over_paths_keeps_its_input_inside():
    """The cells of the two paths: ten operations shared by sympy, six where the reader takes the input out."""
    cells = {cell.id: cell.source for cell in code_cells(NEURON)}
    names = {"sp": sp, "expression_swell": expression_swell}
    exec(cells["two-paths"] + "\n" + cells["take-out"].replace("d = 0", "d = c * (a * b + A * B)"), names)
    assert names["right"] and shared_operations(names["forward"]) == 10 and shared_operations(names["yours"]) == 6
    exec(cells["take-out"], names)
    assert not names["right"]  # as it stands


def test_paths_double_with_each_layer_and_terms_with_them():
    """The followed formula of a weight of the first layer, multiplied out, has a term for each path."""
    for hidden in (1, 2, 3):
        output, (weight, *_) = network_formula([1] + [2] * hidden + [1])
        slopes = {call: f"t{k}" for k, call in enumerate(sorted(output.atoms(type(output)), key=str))}
        derivative = output.diff(weight).subs(slopes).expand()
        ones = {symbol: 1 for symbol in derivative.free_symbols if not str(symbol).startswith("t")}
        walks = derivative.subs(ones).subs({symbol: 0 for symbol in derivative.subs(ones).free_symbols})
        assert walks == 2 ** (hidden - 1)


def test_the_small_network_and_the_large_one():
    small, large = (measure_swell([2] + [2] * hidden + [1]) for hidden in (1, 5))
    assert f"there are {small.n_parameters} weights, and it takes {small.operations} operations" in prose(NEURON)
    times = large.n_parameters / small.n_parameters
    assert f"there are {large.n_parameters}, that is {times:.1f} times as many" in prose(NEURON)


def test_formulas_grow_by_more_than_the_paths():
    counts = [measure_swell([2] + [2] * hidden + [1]).operations for hidden in range(1, 5)]
    assert min(b / a for a, b in zip(counts, counts[1:], strict=False)) > 2

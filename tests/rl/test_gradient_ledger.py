"""The ledger: every cell under every switch against complex steps of losses that are written out here."""

from collections import namedtuple
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.calculus.differences import numerical_gradient
from helpers.rl.corridor import GOAL, NEXT, exact_values, exact_visits
from helpers.rl.gradient_ledger import PHI0, TINY, Entry, ledger, loss_gradients
from helpers.rl.policy_gradient import exact_gradient
from helpers.running_actor import CELLS, THETA0, actor_output, probabilities

Switches = namedtuple("Switches", "leak through_target", defaults=(False, False))
SETTINGS = [Switches(*flags) for flags in product([False, True], repeat=2)]
OFF = Switches()
NUMBERS = st.lists(st.floats(-1.5, 1.5), min_size=7, max_size=7).map(np.array)
CELL, A = np.array(list(product(range(3), (0, 1)))).T
AFTER = np.array([NEXT[cell, a] for cell, a in zip(CELL, A, strict=True)])


def slopes(f, x):
    """Gradient by complex step, of an f that may not depend on x at all."""
    return numerical_gradient(lambda x: f(x) + 0 * np.sum(x), x, "complex")


def expected_losses(theta, phi, switches, at_theta, at_phi):
    """(actor's, critic's) loss of an episode on average; the cut pieces and the weights come from the second pair."""
    p = probabilities(at_theta)
    weights = exact_visits(p)[CELL] * np.where(A == 1, p[CELL], 1 - p[CELL])

    def delta(phi):
        v_next = np.where(AFTER == GOAL, 0.0, actor_output(phi if switches.through_target else at_phi, AFTER - 1.0))
        return -1 + v_next - actor_output(phi, CELLS[CELL])

    log_pi = -np.log(1 + np.exp((1 - 2 * A) * actor_output(theta, CELLS[CELL])))
    advantage = delta(phi if switches.leak else at_phi)
    return -np.sum(weights * advantage * log_pi), np.sum(weights * delta(phi) ** 2) / 2


def networks_by_step(theta, phi, switches):
    """All arriving gradients by complex step: {(loss, network): gradient}."""
    gradients = {}
    for k, loss in enumerate(["actor", "critic"]):
        gradients[loss, "actor"] = slopes(lambda t, k=k: expected_losses(t, phi, switches, theta, phi)[k], theta)
        gradients[loss, "critic"] = slopes(lambda f, k=k: expected_losses(theta, f, switches, theta, phi)[k], phi)
    for network in ("actor", "critic"):
        gradients["sum", network] = gradients["actor", network] + gradients["critic", network]
    return gradients


def cells_of(*arguments, **named):
    return {(cell.loss, cell.network): cell for cell in ledger(*arguments, **named)}


def agrees(theta, phi, switches):
    cells, expected = cells_of(theta, phi, *switches), networks_by_step(theta, phi, switches)
    textbook = networks_by_step(theta, phi, OFF)
    assert cells.keys() == expected.keys()
    near = {"rtol": 1e-9, "atol": 1e-12 * max(np.abs(gradient).max() for gradient in expected.values())}
    pairs = [(cells[key].gradient, expected[key]) for key in cells]
    pairs += [(cells[key].textbook, textbook[key]) for key in cells]
    return all(np.allclose(one, other, **near) for one, other in pairs)


@pytest.mark.parametrize("switches", SETTINGS)
def test_every_cell_arrives_as_the_complex_step_says(switches):
    assert agrees(THETA0, PHI0, switches)


@settings(max_examples=40)
@given(NUMBERS, NUMBERS, st.sampled_from(SETTINGS))
def test_every_cell_at_any_parameters(theta, phi, switches):
    assert agrees(theta, phi, switches)


# What the lesson says


def fitted(theta, hidden):
    """phi of a critic that is right in all three cells: its last layer solves three linear equations."""
    u, c = np.split(np.asarray(hidden), 2)
    features = np.column_stack([np.tanh(np.outer(CELLS, u) + c), np.ones(3)])
    return np.concatenate([hidden, np.linalg.solve(features, exact_values(probabilities(theta)))])


@pytest.mark.parametrize("theta", [THETA0, np.array([1.0, 1, 0.5, -1, 1.5, 0.5, 0.3])])
def test_with_the_true_values_the_actor_gets_minus_the_gradient_and_the_critic_nothing(theta):
    cells = cells_of(theta, fitted(theta, np.array([0.9, -0.4, 0.3, 0.5])))
    assert np.allclose(cells["actor", "actor"].gradient, -exact_gradient(theta), rtol=1e-9)
    assert cells["critic", "critic"].norm < 1e-9


@given(NUMBERS, NUMBERS)
def test_a_silent_critic_gives_the_actor_nothing(theta, phi):
    cells = cells_of(theta, np.concatenate([phi[:4], np.zeros(3)]))
    scale = exact_visits(probabilities(theta)).sum() * np.abs(theta).max(initial=1)
    assert cells["actor", "actor"].norm < 1e-14 * scale


def verdicts(switches):
    return {key: cell.verdict for key, cell in cells_of(**switches._asdict()).items()}


def test_the_textbooks_algorithm_has_no_warning():
    said = verdicts(OFF)
    assert {key for key, verdict in said.items() if verdict == "nothing"} == {("actor", "critic"), ("critic", "actor")}
    assert {*said.values()} == {"nothing", "as it should be"}


def test_a_leak_and_a_moved_target():
    leak, target = verdicts(Switches(leak=True)), verdicts(Switches(through_target=True))
    assert leak["actor", "critic"] == "leak" and leak["sum", "critic"] == "turned by 82°"
    assert target["critic", "critic"] == target["sum", "critic"] == "turned by 150°"
    changed = {key for said in (leak, target) for key, verdict in said.items() if verdict != verdicts(OFF)[key]}
    assert changed == {("actor", "critic"), ("critic", "critic"), ("sum", "critic")}  # never the actor


@pytest.mark.parametrize(
    "gradient, textbook, verdict",
    [
        ([0.0, 0.0], [0.0, 0.0], "nothing"),
        ([TINY / 2, 0.0], [0.0, 0.0], "nothing"),
        ([0.1, 0.0], [0.0, 0.0], "leak"),
        ([0.0, 0.0], [0.1, 0.2], "nothing"),
        ([0.1, -0.2], [0.1, -0.2], "as it should be"),
        ([0.0, 2.0], [0.1, 0.0], "turned by 90°"),
        ([-0.3, 0.0], [0.1, 0.0], "turned by 180°"),
        ([0.3, 0.3], [0.1, 0.0], "turned by 45°"),
        ([0.0, 2e200], [1e200, 0.0], "turned by 90°"),
        ([1e200, 1e-3], [-1e-3, 1e200], "turned by 90°"),
        ([3e300, 3e300], [1.0, 0.0], "turned by 45°"),
        ([1e200, 1e200], [1e200, 1e200], "as it should be"),
        ([1e200, 1e200], [0.0, 0.0], "leak"),
        ([np.inf, 0.0], [1.0, 0.0], "not finite"),
        ([1.0, 0.0], [np.nan, 0.0], "not finite"),
    ],
)
def test_verdict_and_norm_of_one_cell(gradient, textbook, verdict):
    cell = Entry("actor", "actor", np.array(gradient), np.array(textbook))
    assert cell.verdict == verdict and cell.norm == pytest.approx(np.hypot(*gradient))


# One transition


@given(st.floats(-3, -0.1), st.floats(-1, 1), st.floats(-3, 3), st.floats(0, 1), st.booleans(), st.booleans())
def test_loss_gradients_of_one_transition(z, v, v_next, gamma, leak, through_target):
    def losses(z, v, v_next):
        here = -1 + gamma * (v_next if through_target else there[2]) - v
        return -(here if leak else delta) * -np.log(1 + np.exp(-z)), here**2 / 2

    there = np.array([z, v, v_next])
    delta = -1 + gamma * v_next - v
    p = 1 / (1 + np.exp(-z))
    given_ = loss_gradients(np.log(p), 1 - p, delta, gamma, leak, through_target)
    for k, gradient in enumerate(given_):
        exact = numerical_gradient(lambda outputs, k=k: losses(*outputs)[k], there, "complex")
        assert np.allclose(gradient, exact, rtol=1e-10, atol=1e-13)


def test_nothing_given_is_changed():
    theta, phi = THETA0.copy(), PHI0.copy()
    for switches in SETTINGS:
        ledger(theta, phi, *switches)
    assert np.array_equal(theta, THETA0) and np.array_equal(phi, PHI0)
    with pytest.raises(ValueError, match="read-only"):
        PHI0[0] = 1.0


# Edges


def test_a_saturated_actor_has_finite_cells():
    theta = np.array([30, 30, -15, 15, 80, -80, 79.0])  # right, left, right: the other actions have the probability 0
    for switches in SETTINGS:
        assert all(np.isfinite(cell.gradient).all() for cell in ledger(theta, PHI0, *switches))


def test_an_actor_that_does_not_arrive_is_refused():
    with pytest.raises(ValueError, match="p never reaches the goal"):
        ledger(np.array([0, 0, 0, 0, 0, 0, 40.0]))


@pytest.mark.parametrize("numbers", [THETA0[:6], THETA0[:, None], 1.0])
def test_not_seven_numbers(numbers):
    with pytest.raises(ValueError, match="theta must hold seven numbers"):
        ledger(numbers)
    with pytest.raises(ValueError, match="phi must hold seven numbers"):
        ledger(THETA0, numbers)


@pytest.mark.parametrize("k, odd", product([0, 6], [np.nan, np.inf, -np.inf]))
def test_numbers_that_are_not_finite(k, odd):
    numbers = THETA0.copy()
    numbers[k] = odd
    with pytest.raises(ValueError, match="^theta must hold finite"):
        ledger(numbers)
    with pytest.raises(ValueError, match="^phi must hold finite"):
        ledger(THETA0, numbers)


@pytest.mark.parametrize("odd", [np.nan, np.inf])
@pytest.mark.parametrize("pair", [([1.0, None], [1.0, 2.0]), ([None, 0.0], [0.0, 0.0]), ([1.0, 2.0], [None, 2.0])])
def test_what_is_not_finite_is_neither_nothing_nor_a_leak(pair, odd):
    gradient, exact = (np.array([odd if each is None else each for each in part]) for part in pair)
    assert Entry("actor", "actor", gradient, exact).verdict == "not finite"


@pytest.mark.parametrize("name", ["log_pi", "dlog_pi", "delta"])
@pytest.mark.parametrize("odd", [np.nan, np.inf, None, "1", 1j, [1, [2]]])
def test_losses_of_what_is_no_finite_number(name, odd):
    arguments = {"log_pi": -1.0, "dlog_pi": 0.5, "delta": 2.0} | {name: odd}
    with pytest.raises(ValueError, match=f"^{name} must hold finite real numbers"):
        loss_gradients(**arguments, gamma=1.0)


@pytest.mark.parametrize("shapes", [((3,), (3, 1), (3,)), ((), (3,), (3,)), ((2,), (3,), (3,))])
def test_losses_of_arrays_of_several_shapes(shapes):
    with pytest.raises(ValueError, match="^log_pi, dlog_pi, delta must have one shape"):
        loss_gradients(*map(np.zeros, shapes), 1.0)


@pytest.mark.parametrize("gamma", [-0.1, 1.1, np.nan, None, "1"])
def test_losses_with_a_gamma_that_is_none(gamma):
    with pytest.raises(ValueError, match="gamma must be a number from 0 to 1"):
        loss_gradients(-1.0, 0.5, 2.0, gamma)


def test_losses_of_whole_numbers():
    actor, critic = loss_gradients(
        np.int8([-100]), np.uint8([200]), np.int8([-100]), 1, leak=1, through_target=np.True_
    )
    assert np.ravel([actor, critic]).tolist() == [20000, -100, 100, 0, 100, -100]

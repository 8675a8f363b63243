"""The ledger: every cell under every switch against complex steps of losses that are written out here."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.calculus.differences import numerical_gradient
from helpers.rl.corridor import GOAL, exact_return, exact_values, exact_visits, next_cell
from helpers.rl.gradient_ledger import (
    PHI0,
    TINY,
    Entry,
    Switches,
    ledger,
    loss_gradients,
)
from helpers.rl.policy_gradient import exact_gradient
from helpers.running_actor import CELLS, THETA0, actor_output, probabilities

SETTINGS = [Switches(*flags) for flags in product([False, True], repeat=4)]
OFF = Switches()
NUMBERS = st.lists(st.floats(-1.5, 1.5), min_size=7, max_size=7).map(np.array)
HIDDEN, OUTPUT = slice(0, 4), slice(4, 7)
CELL, A = np.array(list(product(range(3), (0, 1)))).T
AFTER = np.array([next_cell(cell, a) for cell, a in zip(CELL, A, strict=True)])


def slopes(f, x):
    """Gradient by complex step, of an f that may not depend on x at all."""
    return numerical_gradient(lambda x: f(x) + 0 * np.sum(x), x, "complex")


def value(theta, phi, x, switches):
    """What the critic says, from both parameter vectors: its hidden layer may be the actor's."""
    return actor_output(np.concatenate([theta[:4] if switches.shared else phi[:4], phi[4:]]), x)


def with_output(phi, switches):
    """The point at which the critic's derivative is taken: a dead critic's last layer is 0."""
    return np.concatenate([phi[:4], np.zeros(3)]) if switches.dead else np.array(phi)


def expected_losses(theta, phi, switches, at_theta, at_phi):
    """(actor's, critic's) loss of an episode on average; the cut pieces and the weights come from the second pair."""
    p = probabilities(at_theta)
    weights = exact_visits(p)[CELL] * np.where(A == 1, p[CELL], 1 - p[CELL])

    def delta(theta, phi):
        there = (theta, phi) if switches.through_target else (at_theta, at_phi)
        v_next = np.where(AFTER == GOAL, 0.0, value(*there, AFTER - 1.0, switches))
        return -1 + v_next - value(theta, phi, CELLS[CELL], switches)

    log_pi = -np.log(1 + np.exp((1 - 2 * A) * actor_output(theta, CELLS[CELL])))
    advantage = delta(theta, phi) if switches.leak else delta(at_theta, at_phi)
    return -np.sum(weights * advantage * log_pi), np.sum(weights * delta(theta, phi) ** 2) / 2


def blocks_by_step(theta, phi, switches):
    """All arriving gradients by complex step: {(loss, block): gradient}."""
    phi = with_output(phi, switches)
    gradients = {}
    for k, loss in enumerate(["actor", "critic"]):
        dtheta = slopes(lambda t, k=k: expected_losses(t, phi, switches, theta, phi)[k], theta)
        dphi = slopes(lambda f, k=k: expected_losses(theta, f, switches, theta, phi)[k], phi)
        if switches.shared:
            gradients[loss, "shared hidden"] = dtheta[HIDDEN]
        else:
            gradients[loss, "actor hidden"], gradients[loss, "critic hidden"] = dtheta[HIDDEN], dphi[HIDDEN]
        gradients[loss, "actor output"], gradients[loss, "critic output"] = dtheta[OUTPUT], dphi[OUTPUT]
    for loss, block in list(gradients):
        if loss == "actor":
            gradients["sum", block] = gradients["actor", block] + gradients["critic", block]
            owner = block.split()[0]  # of two optimisers, each steps its own network
            gradients["own", block] = gradients["sum" if owner == "shared" else owner, block]
    return gradients


def cells_of(*arguments, **named):
    return {(cell.loss, cell.block): cell for cell in ledger(*arguments, **named)}


def agrees(theta, phi, switches):
    cells, expected = cells_of(theta, phi, switches), blocks_by_step(theta, phi, switches)
    assert cells.keys() == expected.keys() and len(cells) == (12 if switches.shared else 16)
    scale = max(np.abs(gradient).max() for gradient in expected.values())
    return all(np.allclose(cells[key].gradient, expected[key], rtol=1e-9, atol=1e-12 * scale) for key in cells)


@pytest.mark.parametrize("switches", SETTINGS)
def test_every_cell_arrives_as_the_complex_step_says(switches):
    assert agrees(THETA0, PHI0, switches)


@settings(max_examples=40)
@given(NUMBERS, NUMBERS, st.sampled_from(SETTINGS))
def test_every_cell_at_any_parameters(theta, phi, switches):
    assert agrees(theta, phi, switches)


@given(NUMBERS, NUMBERS, st.sampled_from(SETTINGS))
def test_what_should_arrive(theta, phi, switches):
    p, phi0 = probabilities(theta), with_output(phi, switches)
    visits, V = exact_visits(p), exact_values(p)

    def value_error(theta, phi):
        return np.sum(visits * (value(theta, phi, CELLS, switches) - V) ** 2) / 2

    minus_J = -numerical_gradient(lambda theta: exact_return(probabilities(theta)), theta, "complex")
    error = [
        slopes(lambda theta: value_error(theta, phi0), theta),
        slopes(lambda phi: value_error(theta, phi), phi0),
    ]
    hidden = error[0] if switches.shared else error[1]
    scale = 1e-11 * max(np.abs(part).max() for part in (*error, minus_J))
    cells = cells_of(theta, phi, switches)
    wanted = {("actor", "actor output"): minus_J[4:], ("critic", "actor output"): 0, ("actor", "critic output"): 0}
    wanted |= {("critic", "critic output"): error[1][4:], ("sum", "actor output"): minus_J[4:]}
    if switches.shared:
        wanted |= {("actor", "shared hidden"): minus_J[:4], ("critic", "shared hidden"): hidden[:4]}
        wanted |= {("sum", "shared hidden"): minus_J[:4] + hidden[:4]}
    else:
        wanted |= {("actor", "actor hidden"): minus_J[:4], ("critic", "critic hidden"): hidden[:4]}
        wanted |= {("critic", "actor hidden"): 0, ("actor", "critic hidden"): 0}
    for key, exact in wanted.items():
        assert np.allclose(cells[key].exact, exact, rtol=1e-8, atol=scale), key


# What the lesson says


def fitted(theta, hidden):
    """phi of a critic that is right in all three cells: its last layer solves three linear equations."""
    u, c = np.split(np.asarray(hidden), 2)
    features = np.column_stack([np.tanh(np.outer(CELLS, u) + c), np.ones(3)])
    return np.concatenate([hidden, np.linalg.solve(features, exact_values(probabilities(theta)))])


@pytest.mark.parametrize("theta", [THETA0, np.array([1.0, 1, 0.5, -1, 1.5, 0.5, 0.3])])
@pytest.mark.parametrize("shared", [False, True])
def test_with_the_true_values_the_actors_row_is_minus_the_gradient(theta, shared):
    phi = fitted(theta, theta[:4] if shared else np.array([0.9, -0.4, 0.3, 0.5]))
    cells = cells_of(theta, phi, Switches(shared=shared))
    rows = ["shared hidden" if shared else "actor hidden", "actor output"]
    assert [cells["actor", row].verdict for row in rows] == ["exact", "exact"]
    arriving = np.concatenate([cells["actor", row].gradient for row in rows])
    assert np.allclose(arriving, -exact_gradient(theta), rtol=1e-9)
    assert cells["critic", "critic output"].norm < 1e-9


@given(NUMBERS, NUMBERS, st.booleans())
def test_a_dead_critic_gives_the_actor_nothing(theta, phi, shared):
    cells = cells_of(theta, phi, Switches(dead=True, shared=shared))
    hidden = "shared hidden" if shared else "actor hidden"
    scale = exact_visits(probabilities(theta)).sum() * np.abs(theta).max(initial=1)
    assert cells["actor", hidden].norm < 1e-14 * scale and cells["actor", "actor output"].norm < 1e-14 * scale


def verdicts(switches, theta=THETA0, phi=PHI0):
    return {key: cell.verdict for key, cell in cells_of(theta, phi, switches).items()}


def test_verdicts_of_the_textbooks_algorithm():
    said = verdicts(OFF)
    nothing = {key for key, verdict in said.items() if verdict == "nothing, as it should be"}
    assert nothing == {
        (loss, f"{other} {layer}")
        for loss, other in (("actor", "critic"), ("critic", "actor"))
        for layer in ("hidden", "output")
    }
    assert all(said[key].endswith("signs right") for key in said.keys() - nothing)


def test_verdicts_of_a_leak_and_of_a_dead_critic():
    said = verdicts(Switches(leak=True))
    assert said["actor", "critic hidden"] == said["actor", "critic output"] == "leak"
    assert said["critic", "actor hidden"] == "nothing, as it should be"
    assert said["actor", "actor hidden"] == verdicts(OFF)["actor", "actor hidden"]
    said = verdicts(Switches(dead=True))
    assert said["actor", "actor hidden"] == said["actor", "actor output"] == said["own", "actor hidden"] == "dead"
    assert said["critic", "critic hidden"] == "nothing, as it should be"  # a last layer of 0 lets nothing through
    assert "leak" not in said.values()


def test_two_optimisers_keep_a_leak_out_unless_the_hidden_layer_is_shared():
    leaking, tight = cells_of(switches=Switches(leak=True)), cells_of()
    for block in ("actor hidden", "actor output", "critic hidden", "critic output"):
        assert np.array_equal(leaking["own", block].gradient, tight["own", block].gradient)
    assert leaking["sum", "critic output"].norm != pytest.approx(tight["sum", "critic output"].norm)
    both = [cells_of(switches=Switches(leak=leak, shared=True))["own", "shared hidden"].norm for leak in (False, True)]
    assert both[0] != pytest.approx(both[1])


@pytest.mark.parametrize(
    "gradient, exact, verdict, agreement",
    [
        ([0.0, 0.0], [0.0, 0.0], "nothing, as it should be", 2),
        ([TINY / 2, 0.0], [0.0, 0.0], "nothing, as it should be", 1),
        ([0.1, 0.0], [0.0, 0.0], "leak", 1),
        ([0.0, 0.0], [0.1, 0.2], "dead", 0),
        ([0.1, -0.2], [0.1, -0.2], "exact", 2),
        ([0.2, -0.2], [0.1, -0.2], "2 of 2 signs right", 2),
        ([-0.1, -0.2], [0.1, -0.2], "1 of 2 signs right", 1),
        ([-0.1, 0.2], [0.1, -0.2], "0 of 2 signs right", 0),
    ],
)
def test_verdict_norm_and_agreement_of_one_cell(gradient, exact, verdict, agreement):
    cell = Entry("actor", "actor output", np.array(gradient), np.array(exact))
    assert (cell.verdict, cell.agreement) == (verdict, agreement)
    assert cell.norm == pytest.approx(np.hypot(*gradient))


def test_through_target_changes_the_critics_rows_and_without_a_leak_not_the_actors():
    semi, full = cells_of(switches=OFF), cells_of(switches=Switches(through_target=True))
    for (loss, block), cell in semi.items():
        equal = np.allclose(cell.gradient, full[loss, block].gradient)
        assert equal == (loss == "actor" or (block.startswith("actor") and loss != "sum") or block.startswith("actor"))


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
        ledger(theta, phi, switches)
    assert np.array_equal(theta, THETA0) and np.array_equal(phi, PHI0)
    with pytest.raises(ValueError, match="read-only"):
        PHI0[0] = 1.0


# Edges


def test_a_saturated_actor_has_finite_cells():
    theta = np.array([30, 30, -15, 15, 80, -80, 79.0])  # right, left, right: the other actions have the probability 0
    for switches in SETTINGS:
        assert all(np.isfinite(cell.gradient).all() for cell in ledger(theta, PHI0, switches))


@pytest.mark.parametrize("b, words", [(40.0, "p never reaches the goal"), (24.0, "theta hardly ever reaches the goal")])
def test_an_actor_that_does_not_arrive_is_refused(b, words):
    with pytest.raises(ValueError, match=words):
        ledger(np.array([0, 0, 0, 0, 0, 0, b]))


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
def test_what_is_not_finite_is_neither_dead_nor_a_leak(pair, odd):
    gradient, exact = (np.array([odd if each is None else each for each in part]) for part in pair)
    assert Entry("actor", "actor output", gradient, exact).verdict == "not finite"


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

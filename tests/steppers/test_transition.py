"""The transition stepper: one actor-critic update in numbers, and no gradient behind a cut wire."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outputs import assert_complete, saved_size
from pictures import MARGIN, agree, assert_frames_sound, assert_laid_out, nodes_of, read, texts_of, trees_of, written

from helpers.calculus.differences import complex_step
from helpers.drawing import svg
from helpers.networks.activations import sigmoid
from helpers.rl.actor_critic import Transitions, update
from helpers.rl.gradient_ledger import PHI0
from helpers.running_actor import NAMES, THETA0, actor_output, as_layers, as_theta
from helpers.steppers import show_transition
from helpers.steppers.transition.table import (
    ACTOR_LOSS,
    CRITIC_H1,
    CRITIC_H2,
    CRITIC_LOSS,
    CRITIC_X,
    DELTA,
    EDGES,
    H1,
    H2,
    LOG_PI,
    NEXT_H1,
    NEXT_H2,
    NODES,
    V_NEXT,
    X_NEXT,
    R,
    V,
    X,
    Z,
)  # fmt: skip
from helpers.steppers.transition.trace import Transition

NEXT = {(0, 0): 0, (0, 1): 1, (1, 0): 2, (1, 1): 0, (2, 0): 1, (2, 1): 3}
PLACES = list(NEXT)
TERMINAL = (2, 1)
SEVEN = st.lists(st.floats(-2, 2), min_size=7, max_size=7).map(np.array)
CUT = {(DELTA, ACTOR_LOSS), (V_NEXT, DELTA)}
WITHOUT_GRADIENT = {X, CRITIC_X, X_NEXT, NEXT_H1, NEXT_H2, V_NEXT, R}


def transition(cell=0, action=1, gamma=1.0, theta=THETA0, phi=PHI0, alpha=0.1, beta=0.2):
    return Transition(theta, phi, cell, action, alpha, beta, gamma)


def slopes(loss, weights):
    """The gradient of a loss by the complex step, one weight after the other."""
    return np.array(
        [
            complex_step(lambda w, k=k: loss([*weights[:k], w, *weights[k + 1 :]]), weights[k])
            for k in range(len(weights))
        ]
    )


def losses(theta, phi, cell, action, gamma):
    """(actor's loss of theta, critic's loss of phi, delta): what is cut is computed before and is a number."""
    x, after = cell - 1.0, NEXT[cell, action]
    target = -1 + gamma * (0.0 if after == 3 else actor_output(phi, after - 1.0))
    delta = target - actor_output(phi, x)

    def actor_loss(theta):
        p = sigmoid(actor_output(theta, x))
        return -delta * np.log(p if action else 1 - p)

    return actor_loss, lambda phi: (target - actor_output(phi, x)) ** 2 / 2, delta


# The numbers


@given(SEVEN, SEVEN, st.sampled_from(PLACES), st.sampled_from([1.0, 0.9, 0.0]))
def test_gradients_against_the_complex_step_of_both_losses(theta, phi, place, gamma):
    recorded = transition(*place, gamma, theta, phi)
    actor_loss, critic_loss, delta = losses(theta, phi, *place, gamma)
    assert recorded.delta == pytest.approx(delta, abs=1e-12)
    assert recorded.actor_loss == pytest.approx(actor_loss(theta), abs=1e-12)
    assert recorded.critic_loss == pytest.approx(critic_loss(phi), abs=1e-12)
    assert recorded.dtheta == pytest.approx(slopes(actor_loss, theta), abs=1e-12)
    assert recorded.dphi == pytest.approx(slopes(critic_loss, phi), abs=1e-12)


@given(SEVEN, SEVEN, st.sampled_from(PLACES), st.sampled_from([1.0, 0.9, 0.0]))
def test_new_weights_are_those_of_the_update_on_networks(theta, phi, place, gamma):
    (cell, action), after = place, NEXT[place]
    recorded = transition(*place, gamma, theta, phi)
    batch = Transitions(
        np.array([[cell - 1.0]]),
        np.array([action]),
        np.array([-1.0]),
        np.array([[after - 1.0]]),
        np.array([after == 3]),
    )
    actor, critic = update(as_layers(theta), as_layers(phi), batch, 0.1, 0.2, gamma)
    assert recorded.theta_new == pytest.approx(as_theta(actor), abs=1e-12)
    assert recorded.phi_new == pytest.approx(as_theta(critic), abs=1e-12)
    assert recorded.pi_new == pytest.approx(sigmoid(actor_output(as_theta(actor), cell - 1.0)), abs=1e-12)
    assert recorded.v_new == pytest.approx(actor_output(as_theta(critic), cell - 1.0), abs=1e-12)


@pytest.mark.parametrize("place", PLACES)
def test_values_and_gradients_within_the_networks(place):
    recorded = transition(*place, 0.9)
    values, gradients, delta = *recorded.steps()[-1][3:5], recorded.delta
    for w, h1, h2, output, slope in ((THETA0, H1, H2, Z, recorded.dz), (PHI0, CRITIC_H1, CRITIC_H2, V, -delta)):
        h = [np.tanh(w[k] * (place[0] - 1) + w[2 + k]) for k in (0, 1)]
        assert [values[h1], values[h2]] == pytest.approx(h)
        assert values[output] == pytest.approx(w[4] * h[0] + w[5] * h[1] + w[6])
        assert [gradients[h1], gradients[h2]] == pytest.approx(slope * w[4:6])
    of_z = complex_step(lambda z: -delta * np.log(sigmoid(z if place[1] else -z)), values[Z])
    assert gradients[Z] == pytest.approx(of_z)
    assert gradients[LOG_PI] == gradients[V] == -delta and gradients[DELTA] == delta
    assert gradients[ACTOR_LOSS] == gradients[CRITIC_LOSS] == 1
    assert values[X] == values[CRITIC_X] == place[0] - 1 and values[X_NEXT] == NEXT[place] - 1 and values[R] == -1


def test_without_the_cut_the_critics_gradient_would_be_another():
    def uncut(phi):
        return (-1 + actor_output(phi, 0.0) - actor_output(phi, -1.0)) ** 2 / 2

    assert np.linalg.norm(transition().dphi - slopes(uncut, PHI0)) > 1


def test_at_the_goal_there_is_nothing_left_to_get():
    recorded = transition(*TERMINAL)
    assert recorded.v_next == 0.0 and recorded.target == -1 and recorded.delta == -1 - actor_output(PHI0, 1.0)
    sentence = next(step.sentence for step in recorded.steps() if V_NEXT in step.hot)
    assert sentence == "V(goal) is 0 by definition; the critic is not asked."
    assert "the next state, the goal." in show_transition(THETA0, PHI0, *TERMINAL).text()


def test_discount_stands_before_the_next_value():
    recorded = transition(gamma=0.5)
    assert recorded.target == pytest.approx(-1 + 0.5 * actor_output(PHI0, 0.0))
    assert any(f"r + γ V(s′) = {svg.number(recorded.target)}" in step.sentence for step in recorded.steps())


# The steps


@given(SEVEN, SEVEN, st.sampled_from(PLACES))
def test_no_gradient_passes_a_cut_wire(theta, phi, place):
    steps = transition(*place, 0.9, theta, phi).steps()
    for step in steps:
        assert not WITHOUT_GRADIENT & {*step.gradients} and {*step.gradients} <= {*step.values}
    assert {*steps[-1].gradients} == {*NODES} - WITHOUT_GRADIENT
    for step, later in pairwise(steps):
        ways = {source for source, target in EDGES if (source, target) not in CUT and target in later.gradients}
        assert {*later.gradients} - {*step.gradients} <= ways | {ACTOR_LOSS, CRITIC_LOSS}


def test_everything_is_known_before_anything_comes_back_and_updates_come_last():
    steps = transition().steps()
    first_back = next(k for k, step in enumerate(steps) if step.gradients)
    assert {*steps[first_back - 1].values} == {*NODES} == {node for edge in EDGES for node in edge}
    assert [*steps[0].weights] == ["theta", "phi"] and len(steps[-1].weights) == 6
    all_back = next(k for k, step in enumerate(steps) if len(step.gradients) == len(steps[-1].gradients))
    assert not {"theta_new", "phi_new"} & {*steps[all_back].weights}
    for step, later in pairwise(steps):
        for field in ("values", "gradients", "weights"):
            earlier = getattr(step, field)
            assert [*getattr(later, field)][: len(earlier)] == [*earlier]


def test_every_node_is_told_apart_by_its_name_and_owner():
    assert len({node.full_name for node in NODES}) == len(NODES) == 17
    assert (X.full_name, CRITIC_X.full_name) == ("x of the actor", "x of the critic")
    assert (H1.full_name, CRITIC_H1.full_name, NEXT_H1.full_name) == ("h1 of the actor", "h1 of the critic", "h1′")


def test_the_critic_is_drawn_alike_at_both_states():
    ways = [{(a.name.strip("′"), b.field) for a, b in EDGES if b in nodes} for nodes in ((V,), (V_NEXT,))]
    assert ways == [{("h1", "v"), ("h2", "v")}, {("h1", "v_next"), ("h2", "v_next")}]
    for x, h, v in ((CRITIC_X, (CRITIC_H1, CRITIC_H2), V), (X_NEXT, (NEXT_H1, NEXT_H2), V_NEXT)):
        assert {(x, unit) for unit in h} <= {*EDGES} and x.place[0] == v.place[0] and x.place[1] == CRITIC_X.place[1]
        assert [unit.place[0] - x.place[0] for unit in h] == [-54, 54]
    for place in PLACES:
        values, after = transition(*place).steps()[-1].values, NEXT[place]
        h = [np.tanh(PHI0[k] * (after - 1) + PHI0[2 + k]) for k in (0, 1)]
        if after == 3:
            assert values[NEXT_H1] is None and values[NEXT_H2] is None
        else:
            assert [values[NEXT_H1], values[NEXT_H2]] == pytest.approx(h)
            assert values[V_NEXT] == pytest.approx(PHI0[4] * h[0] + PHI0[5] * h[1] + PHI0[6])


def test_at_the_goal_the_critics_hidden_units_are_not_asked():
    for tree in trees_of(show_transition(THETA0, PHI0, *TERMINAL))[5:]:
        box = nodes_of(tree)["h1′ of the critic"]
        assert written(box) == ["h1′", "–"] and box.get("aria-label") == "h1′: not asked, s′ is the goal"
        assert box[0].get("fill") != svg.NOW


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("gamma", [1.0, 0.9])
def test_sentences_contain_the_numbers(place, gamma):
    recorded = transition(*place, gamma)
    n, text = svg.number, " ".join(step.sentence for step in recorded.steps())
    name = ("left", "right")[place[1]]
    for words in [
        f"cell {place[0]}, which both see as x = {n(recorded.x)}",
        f"h1 = {n(recorded.h1)}, h2 = {n(recorded.h2)}, z = w1·h1 + w2·h2 + b = {n(recorded.z)}",
        f"The action is drawn: {name}, which had the probability {n(np.exp(recorded.log_pi))}",
        f"its logarithm is {n(recorded.log_pi)}",
        f"V(s) = {n(recorded.v)} is",
        "V(goal) is 0" if place == TERMINAL else f"V(s′) = {n(recorded.v_next)}.",
        f"r + γ V(s′) = {n(recorded.target)} with V(s): δ = {n(recorded.delta)}, so it went "
        f"{'better' if recorded.delta > 0 else 'worse'} than the critic expected",
        f"δ²/2 sends δ = {n(recorded.delta)} to δ",
        f"−δ · log π sends −δ = {n(-recorded.delta)} to log π",
        f"with a = {place[1]} for {name}",
        "with β = 0.2",
        "with α = 0.1",
        f"π(right) went from {n(recorded.pi)} to {n(recorded.pi_new)}",
        f"V(s) from {n(recorded.v)} to {n(recorded.v_new)}, towards the target {n(recorded.target)}",
    ]:
        assert words in text, words


@pytest.mark.parametrize("place", PLACES)
def test_the_written_calculations_are_right(place):
    """Every `a − b = c`, `a · b = c` and `a − b · c = d` of the formulas, to the digits shown."""
    number, found = r"\(?(−?[\d.]+)\)?", 0
    for step in transition(*place, 0.9).steps():
        for a, sign, b, c in re.findall(rf"= {number} ([−·]) {number} = (−?[\d.]+)", step.formula):
            found += 1
            expected = read(a) - read(b) if sign == "−" else read(a) * read(b)
            assert read(c) == pytest.approx(expected, abs=0.005 + 0.001 * abs(read(a) + read(b)))
        for a, b, c, d in re.findall(rf"u1: {number} − {number} · {number} = (−?[\d.]+)", step.formula):
            found += 1
            assert read(d) == pytest.approx(read(a) - read(b) * read(c), abs=0.002)
    assert found == 4


def test_towards_the_target_for_small_steps():
    for place in PLACES:
        recorded = transition(*place, alpha=1e-3, beta=1e-3)
        assert abs(recorded.target - recorded.v_new) < abs(recorded.target - recorded.v)
        toward = recorded.pi_new - recorded.pi if place[1] else recorded.pi - recorded.pi_new
        assert np.sign(toward) == np.sign(recorded.delta)


# The pictures


@pytest.fixture(scope="module", params=[(0, 1, 1.0), (1, 0, 0.9), (2, 1, 1.0)])
def shown(request):
    cell, action, gamma = request.param
    return transition(cell, action, gamma), show_transition(THETA0, PHI0, cell, action, 0.1, 0.2, gamma)


def test_frames_are_sound(shown):
    recorded, player = shown
    assert player.captions == [step.sentence for step in recorded.steps()]
    assert_frames_sound(player.frames, player.captions)
    assert_complete(player)
    names = [list(nodes_of(tree)) for tree in trees_of(player)]
    assert all(each == names[0] for each in names) and len(set(names[0])) == 17 + 6
    for tree in trees_of(player):
        labels = [node.get("aria-label").split(":")[0].split(" =")[0] for node in nodes_of(tree).values()]
        assert len(set(labels)) == len(labels), "no two boxes have the same name"


def test_boxes_show_what_is_known_and_what_has_come_back(shown):
    for step, tree in zip(shown[0].steps(), trees_of(shown[1]), strict=True):
        for node in NODES:
            box = nodes_of(tree)[f"{node.name} of the {node.owner}"]
            if step.values.get(node, 0.0) is None:
                continue
            value = svg.number(step.values[node]) if node in step.values else "·"
            expected = [node.name, value]
            label = f"{node.full_name} = {value}" if node in step.values else f"{node.full_name}: not yet computed"
            if node in step.gradients:
                expected.append(svg.number(step.gradients[node]))
                label += f", gradient {expected[-1]}"
            assert written(box) == expected and box.get("aria-label") == label
            assert (box[0].get("fill") == svg.NOW) == (node in step.hot)


def test_tables_show_now_gradient_and_new(shown):
    recorded, player = shown
    for step, tree in zip(recorded.steps(), trees_of(player), strict=True):
        for letter, field in (("θ", "theta"), ("φ", "phi")):
            for row, name in (("now", field), ("gradient", f"d{field}"), ("new", f"{field}_new")):
                node, said = nodes_of(tree)[f"{letter} {row}"], "not yet computed"
                numbers = written(node)
                assert written(tree).count(row) == 1 and bool(numbers) == (name in step.weights)
                if numbers:
                    assert agree(numbers, getattr(recorded, name))
                    said = ", ".join(map(" ".join, zip(NAMES, numbers, strict=True)))
                assert node.get("aria-label") == f"{letter}, {row}: {said}"


def edges_of(drawn):
    """(stroke, dashed, words beside it) of the wires, in the order of EDGES."""
    lines = drawn.split("\n")[4 : 4 + len(EDGES)]  # after the document's head and three titles
    wires = [ElementTree.fromstring(f"<g>{line}</g>") for line in lines]
    return [
        (wire[0].get("stroke"), wire[0].get("stroke-dasharray") is not None, "".join(wire.itertext())) for wire in wires
    ]


def test_a_cut_wire_is_never_coloured_and_says_cut(shown):
    recorded, player = shown
    for step, drawn in zip(recorded.steps(), player.frames, strict=True):
        for (source, target), (stroke, dashed, words) in zip(EDGES, edges_of(drawn), strict=True):
            cut = (source, target) in CUT
            assert words == ("cut" if cut and CRITIC_LOSS in step.values else "")
            if cut or source not in step.gradients or target not in step.gradients:
                asked = step.values.get(source) is not None and step.values.get(target, 0.0) is not None
                assert (stroke, dashed) == (svg.INK if asked else svg.DIM, False)
            else:
                negative = step.gradients[source] < 0
                assert (stroke, dashed) == ((svg.NEGATIVE, True) if negative else (svg.POSITIVE, False))
    coloured = {
        edge for edge, look in zip(EDGES, edges_of(player.frames[-1]), strict=True) if look[0][1:3] not in ("22", "76")
    }
    assert coloured == {edge for edge in EDGES if edge not in CUT and not WITHOUT_GRADIENT & set(edge)}


def test_no_text_lies_on_another_or_outside(shown):
    for tree in trees_of(shown[1]):
        assert_laid_out(tree)


@pytest.mark.parametrize("factor", [-1e-5, -70.0, -2000.0])
def test_large_and_small_numbers_have_room(factor):
    theta, phi = factor * np.array([0.01, 0.02, 0.03, 0.01, 1.0, 0.8, 0.9]), factor * np.full(7, 1.234)
    for tree in trees_of(show_transition(theta, phi, 2, 0))[-3:]:
        assert_laid_out(tree)


NUMBERS = st.builds(lambda digits, power: digits * 10.0**power, st.floats(-9.99, 9.99), st.integers(-310, 3))
ANY_SEVEN = st.lists(NUMBERS | st.floats(-2, 2) | st.sampled_from([-1234.568, -4.5e-10]), min_size=7, max_size=7)


@settings(max_examples=20)
@given(ANY_SEVEN, ANY_SEVEN, st.sampled_from(PLACES), st.sampled_from([1.0, 0.9]))
def test_any_transition_can_be_shown(theta, phi, place, gamma):
    player = show_transition(theta, phi, *place, 0.5, 0.5, gamma)
    assert_frames_sound(player.frames, player.captions)
    for tree in trees_of(player)[::5]:
        assert_laid_out(tree)
        assert_halves_apart(tree)


def assert_halves_apart(tree):
    """Value and gradient of a box keep away from the line between them."""
    for node in nodes_of(tree).values():
        for line in (part.get("d") for part in node if part.tag.endswith("path")):
            x, y = map(float, re.match(r"M([\d.]+) ([\d.]+)v", line).groups())
            beside = [text.box for text in texts_of(node) if text.y > y]
            assert len(beside) == 2 and beside[0][2] <= x - MARGIN and beside[1][0] >= x + MARGIN


def test_numbers_beyond_all_measure_are_about_zero():
    tree = trees_of(show_transition([0, 0, 0, 0, -1e-290, 0, 0], PHI0))[-1]
    assert "≈ 0" in written(nodes_of(tree)["θ now"]) and "−1.0e−290" in nodes_of(tree)["θ now"].get("aria-label")


def test_saved_size(shown):
    assert saved_size(shown[1]) < 150_000


# Edges and errors


@pytest.mark.parametrize("b, action", [(60.0, 0), (-60.0, 1), (800.0, 0), (-800.0, 1)])
def test_an_action_that_was_all_but_impossible_stays_finite(b, action):
    recorded = transition(0, action, theta=[0, 0, 0, 0, 0, 0, b])
    assert recorded.log_pi == pytest.approx(-abs(b)) and np.all(np.isfinite(recorded.theta_new))
    assert_frames_sound((player := show_transition([0, 0, 0, 0, 0, 0, b], PHI0, 0, action)).frames, player.captions)


def test_what_was_expected_is_neither_better_nor_worse():
    text = " ".join(step.sentence for step in transition(*TERMINAL, phi=[0, 0, 0, 0, 0, 0, -1.0]).steps())
    assert "δ = 0.000, so it went as the critic expected." in text


@pytest.mark.parametrize("cell, action", [(3, 1), (-1, 1), (0, 2), (0, -1), ("0", 1), (0, None), (1.5, 0), (0, [1])])
def test_bad_cell_or_action(cell, action):
    with pytest.raises(ValueError, match="cell must be 0, 1 or 2 and action 0 or 1, they are"):
        show_transition(THETA0, PHI0, cell, action)


@pytest.mark.parametrize("cell, action", [(np.int8(2), True), (2.0, np.int64(1))])
def test_whole_numbers_of_any_kind_are_the_same_cell(cell, action):
    assert show_transition(THETA0, PHI0, cell, action).captions == show_transition(THETA0, PHI0, 2, 1).captions


@pytest.mark.parametrize(
    "theta, phi, words",
    [
        (THETA0[:6], PHI0, "theta must hold seven numbers"),
        (THETA0, [PHI0], "phi must hold seven numbers"),
        (THETA0, np.append(PHI0[:6], np.nan), "phi must hold finite numbers"),
        (np.append(THETA0[:6], np.inf), PHI0, "theta must hold finite numbers"),
    ],
)
def test_bad_weights(theta, phi, words):
    with pytest.raises(ValueError, match=words):
        show_transition(theta, phi)


@pytest.mark.parametrize("gamma", [-0.1, 1.5, np.nan])
def test_bad_discount(gamma):
    with pytest.raises(ValueError, match="gamma must be a number from 0 to 1, it is"):
        show_transition(THETA0, PHI0, gamma=gamma)


def test_nothing_given_is_changed():
    theta, phi = THETA0.copy(), PHI0.copy()
    show_transition(list(theta), phi, 1, 1)
    assert np.array_equal(theta, THETA0) and np.array_equal(phi, PHI0)

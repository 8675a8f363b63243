"""Lesson 04: what its prose, its questions and its patients state."""

import re

import numpy as np
import pytest
from notebook_runs import NOTEBOOKS, code_cells, read
from truths_of_lesson04 import LOGITS, SHAPES, minus_log_p, shape_of, slope, trained

from helpers.engine.assembly import assemble
from helpers.engine.hunt.patients import PATIENTS
from helpers.guesses.lesson04 import QUESTIONS
from helpers.networks import gradient_methods, init_params, two_spirals
from helpers.running_actor import CELLS, THETA0, as_layers, probabilities
from helpers.steppers import show_layer_flow

LESSON = read(NOTEBOOKS / "04_backprop_by_hand.ipynb")
E = assemble()


def prose():
    """All prose of the lesson on one line."""
    return " ".join(cell.source for cell in LESSON.cells if cell.cell_type == "markdown").replace("\n", " ")


def source(name):
    return next(cell.source for cell in LESSON.cells if cell.id == name)


# Questions


@pytest.mark.parametrize("key", ["04 weights", "04 biases", "04 hidden", "04 tanh"])
def test_what_is_said_of_shapes_is_so(key):
    for option, said in QUESTIONS[key].options.items():
        stated = re.findall(r"\((\d), (\d)\)", said)
        if "differ" in said:
            assert shape_of(option) is None
            left, right = (SHAPES[name] for name in option.replace("(1 - h1**2)", "h1").split(" @ "))
            assert [tuple(map(int, pair)) for pair in stated] == [left, right]
            assert f"{left[1]} and {right[0]}, differ" in said
        elif stated:
            assert tuple(map(int, stated[-1])) == shape_of(option)


def test_what_is_said_of_logits_is_so():
    p = np.exp(LOGITS)
    slopes = [slope(minus_log_p, LOGITS, i) for i in range(3)]
    assert slopes == pytest.approx([0.6, -0.7, 0.1]) and "(0.6, −0.7, 0.1)" in QUESTIONS["04 other logit"].says
    right, other = (QUESTIONS[f"04 {name} logit"].known for name in ("right", "other"))
    assert "p(1 − p)" in right[0.21] and p[1] * (1 - p[1]) == pytest.approx(0.21)
    assert "−1/p" in right[-3.3333333] and -1 / p[1] == pytest.approx(-3.3333333)
    by_p = slope(lambda z: np.exp(z[1]) / np.exp(z).sum(), LOGITS, 0)
    assert "right class's p" in other[-0.18] and by_p == pytest.approx(-0.18)


def test_what_is_said_of_counts_is_so():
    net = init_params((2, 16, 16, 2), np.random.default_rng(1))
    assert sum(W.size + b.size for W, b in net) == 354 and "354 weights" in QUESTIONS["04 kept"].says
    assert QUESTIONS["04 kept"].known.keys() >= {200 * 36, 200 * 32, 34, 354, 36}
    products = sum(W.size for W, _ in net)
    assert products == 320 and "2 · 320 in each row" in QUESTIONS["04 objects"].says
    assert 45e6 < 400 * 2 * products * 200 < 55e6 and "400 times" in QUESTIONS["04 objects"].says
    known = QUESTIONS["04 objects"].known
    assert known.keys() >= {2 * products, products * 200, 2 * 354 * 200, 2 * 354}
    assert abs(200 * (2 * products + 32) - 128_000) <= QUESTIONS["04 objects"].tolerance * 128_000  # with the tanh
    assert f"{np.log(10):.2f}" in QUESTIONS["04 nothing learnt"].says
    known = QUESTIONS["04 nothing learnt"].known
    assert [*known][1:] == pytest.approx([np.log10(2), 1, -np.log(2), 200 * np.log(2)], abs=1e-3)
    assert f"{np.finfo(float).max:.1e}" == "1.8e+308"


# What the prose states


def test_the_layers_hold_the_weights_that_are_named():
    (W1, b1), (W2, b2) = as_layers(THETA0)
    u1, u2, c1, c2, w1, w2, b = THETA0
    assert W1.tolist() == [[u1, u2]] and b1.tolist() == [c1, c2] and W2.tolist() == [[w1], [w2]] and b2.tolist() == [b]


def test_it_starts_with_one_minus_p_and_the_stepper_shows_the_same_L():
    output, inputs = E.forward(as_layers(THETA0), CELLS[:, None])
    p = probabilities(THETA0)
    assert E.sigmoid(output)[:, 0] == pytest.approx(p)
    flow = show_layer_flow(as_layers(THETA0), CELLS[:, None], lambda z: (np.log(E.sigmoid(z)).sum(), 1 - E.sigmoid(z)))
    assert f"a number, {np.log(p).sum():.3f}".replace("-", "−") in flow.captions[3]
    assert any("dW2 = h1.T @ dz2" in caption for caption in flow.captions) and "`dW2 = h1.T @ dz2`" in prose()


def test_a_sigmoid_is_a_softmax_of_two():
    l0, l1 = 0.3, -1.2
    assert np.exp(l1) / (np.exp(l0) + np.exp(l1)) == pytest.approx(1 / (1 + np.exp(-(l1 - l0))))


def test_the_training_is_the_one_that_is_asked_about():
    assert "train(start, 400)" in source("guess-plateau") and "train(start, 78)" in source("training-begun")
    assert "-0.5)" in source("train-code") and "Seventy-eight steps" in prose()
    assert trained(78) == 22 and "At step 78, 22 of the 200" in QUESTIONS["04 after four hundred"].ask
    points, labels = two_spirals(200, np.random.default_rng(0))
    net, losses = init_params((2, 16, 16, 2), np.random.default_rng(1)), []
    for _ in range(79):
        output, inputs = E.forward(net, points)
        loss, dlogits = E.softmax_cross_entropy(output, labels)
        losses.append(loss)
        net = E.ascend(net, E.backward(net, inputs, dlogits), -0.5)
    assert abs(losses[0] - np.log(2)) < 0.02 and "a network that knows nothing would, turns" in prose()
    assert f"since step 34 the loss has fallen from {losses[34]:.3f} to {losses[78]:.3f}" in prose()


def test_ways_to_one_gradient_of_about_a_thousand_weights():
    some = gradient_methods(256)
    sizes = {method().size for name, method in some.items() if name != "finite differences"}
    assert sizes == {1025} and "by hand, matrices" in some and "a thousand weights" in prose()


def test_patients_have_the_networks_that_the_lesson_names():
    assert PATIENTS[1].rows == 5 and "The second one has five rows." in prose()
    assert (len(PATIENTS[2].sizes), PATIENTS[2].rows) == (4, 1) and "Three layers, one row" in prose()
    assert len(PATIENTS) == 5 and "Five patients" in prose() and "find five bugs" in prose()
    assert [cell.source for cell in code_cells(LESSON) if cell.source.startswith("hunt.")] == [
        f'hunt.patient({k}, "...")' for k in range(1, 6)
    ]


def test_no_line_of_code_tells_what_is_asked():
    """The products stand in no cell before the layer is built, the pattern in none before the loss is."""
    cells = code_cells(LESSON)
    places = {cell.id: k for k, cell in enumerate(cells)}
    for name, told in (("build-linear-backward", (".T @", "sum(axis=0)")), ("layer-stepper", ("1 - h",))):
        assert not any(word in cell.source for cell in cells[: places[name]] for word in told)
    assert not any("-= 1" in cell.source for cell in cells)


def test_layers_are_numbered_in_one_way():
    text = " ".join(cell.source for cell in LESSON.cells)
    assert not re.search(r"\b[dzhWb]?[zhWb]0\b", text) and not re.search(r"\bU\b|\bdU\b", text)

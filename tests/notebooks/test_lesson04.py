"""Lesson 04: what its prose, its questions and its patients state."""

import re

import numpy as np
import pytest
from notebook_runs import NOTEBOOKS, code_cells, read
from truths_of_lesson04 import LOGITS, START, ill_place, minus_log_p, slope, trained

from helpers.engine.assembly import assemble
from helpers.engine.hunt.patients import PATIENTS
from helpers.guesses.lesson04 import QUESTIONS
from helpers.networks import init_params, two_spirals
from helpers.running_actor import CELLS, THETA0, as_layers, probabilities
from helpers.steppers import show_layer_flow

LESSON = read(NOTEBOOKS / "04_backprop_by_hand.ipynb")
E = assemble()
POINTS, LABELS = two_spirals(200, np.random.default_rng(0))


def prose():
    """All prose of the lesson on one line."""
    return " ".join(cell.source for cell in LESSON.cells if cell.cell_type == "markdown").replace("\n", " ")


def source(name):
    return next(cell.source for cell in LESSON.cells if cell.id == name)


# Questions


def test_what_is_said_of_one_weight_is_so():
    output, inputs = E.forward(as_layers(THETA0), CELLS[:, None])
    h, dz = inputs[1], 1 - E.sigmoid(output[:, 0])
    shares = h[:, 0] * dz
    said, known = QUESTIONS["04 one weight"].says, [*QUESTIONS["04 one weight"].known]
    factors = zip(h[:, 0], dz, strict=True)
    assert said.startswith(" + ".join(f"{a:.3f} · {b:.3f}" for a, b in factors).replace("-", "−"))
    ways = shares[0], shares.mean(), dz.sum(), h[:, 0].sum(), h[:, 0].sum() * dz.sum(), h[:, 1] @ dz, abs(shares).sum()
    assert known == pytest.approx(ways, rel=1e-3)
    assert all(abs(way - shares.sum()) > 0.1 for way in ways)


def test_what_is_said_of_a_tanh_is_so():
    h, asked = 0.6, QUESTIONS["04 tanh"]
    ways = 5 * h, 5 * h * (1 - h), 1 - h**2, 5 * (1 - h) ** 2, 5 * (1 - h), 5 * (1 - np.tanh(h) ** 2), 5
    assert [*asked.known] == pytest.approx(ways, rel=1e-4)


def test_what_is_said_of_patients_is_so():
    for k, name in enumerate(("one", "two", "three", "four", "five")):
        words = " ".join(QUESTIONS[f"04 patient {name}"].options.values())
        net, X, _ = PATIENTS[k].case()
        assert "Layer 3 is right" not in words or len(net) == 3
    assert PATIENTS[0].rows == 4
    net, X, _ = PATIENTS[2].case()
    ratios = ", ".join(f"{ratio:.3g}" for ratio in 1 / (1 - E.forward(net, X)[1][2][0] ** 2))
    assert ratios.replace(", 1.1", " and 1.1") in QUESTIONS["04 patient three"].says
    assert all(W.shape == (3, 3) for W, _ in PATIENTS[1].case()[0])
    net, X, _ = PATIENTS[3].case()
    pairs = [(1 / (1 + h), h) for h in E.forward(net, X)[1][1][0]]
    told = [f"{ratio:.{digits}g}" for (ratio, _), digits in zip(pairs, (2, 3, 1), strict=True)]
    where = [f"{h:.3g}".replace("-", "−") for _, h in pairs]
    said = QUESTIONS["04 patient four"].says
    assert (
        f"{told[0]} where h is {where[0]}, {told[1]} where it is {where[1]} and {told[2]} where it is {where[2]}"
        in said
    )


def test_what_is_said_of_logits_is_so():
    p = np.exp(LOGITS) / np.exp(LOGITS).sum()
    slopes = [slope(minus_log_p, LOGITS, i) for i in range(3)]
    assert slopes == pytest.approx([0.6, -0.7, 0.1]) and "(0.6, −0.7, 0.1)" in QUESTIONS["04 other logit"].says
    right, other = (QUESTIONS[f"04 {name} logit"].known for name in ("right", "other"))
    assert "p(1 − p)" in right[0.21] and p[1] * (1 - p[1]) == pytest.approx(0.21)
    assert "−1/p" in right[-3.3333333] and -1 / p[1] == pytest.approx(-3.3333333)
    by_p = slope(lambda z: np.exp(z[1]) / np.exp(z).sum(), LOGITS, 0)
    assert "right class's p" in other[-0.18] and by_p == pytest.approx(-0.18)


def test_what_is_said_of_counts_is_so():
    assert sum(W.size + b.size for W, b in START) == 354 and "354 weights" in QUESTIONS["04 kept"].says
    products = sum(W.size for W, _ in START)
    asked = {200 * 36, 200 * 32, 200 * 18, 34, 36, 354, products, 200 * products}
    assert QUESTIONS["04 kept"].known.keys() == asked
    assert "for each of the 354 weights and biases, 708 for a single step" in prose() and 2 * 354 == 708
    assert f"{2 * products} for a point" in prose() and f"{400 * products:,} for all 200 points" in prose()
    assert 45e6 < 400 * 400 * products < 55e6 and "fifty million" in prose()
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


def test_a_softmax_by_hand():
    e = np.exp([1.0, 0.0, -1.0])
    assert "2.718, 1 and 0.368" in prose() and e == pytest.approx([2.718, 1, 0.368], abs=5e-4)
    assert f"{e.sum():.3f}" in prose() and "{:.3f}, {:.3f} and {:.3f}".format(*e / e.sum()) in prose()
    assert np.exp(-1.2) / (1 + np.exp(-1.2)) == pytest.approx(1 / (1 + np.exp(1.2)))
    known = QUESTIONS["04 inner sum"].known
    assert [*known] == pytest.approx([1, 10, 0.3, np.log(3), np.exp(3)], rel=1e-4)
    p = np.exp(np.log(4.0)) / (1 + np.exp(np.log(4.0)))
    known = QUESTIONS["04 actor goes left"].known
    assert [*known] == pytest.approx([p, 1 - p, p - 1, p * (1 - p), -p * (1 - p)])


def test_the_training_is_the_one_that_is_asked_about():
    assert "train(start, 400)" in source("guess-plateau") and "train(start, 78)" in source("training-begun")
    assert "alpha=0.5)" in source("train-code") and "Seventy-eight steps" in prose()
    assert "train(other, 400, alpha)" in source("your-alpha") and "(2, 16, 16, 2)" in source("data")
    assert trained(78) == 22 and "22 points are wrong" in prose() and len(LABELS) == 200
    losses, lengths = course(START, 401)
    assert f"begins at {losses[0]:.3f}, beside the {np.log(2):.3f}" in prose()
    assert f"from step 34 to step 78 it falls from {losses[34]:.3f} to {losses[78]:.3f}" in prose()
    assert source("plateau-lengths").endswith("lengths(start, 34, 56, 78)")
    assert f"0.5 · {lengths[78]:.4f}²" in prose()
    assert lengths[34] > min(lengths[34:79]) < lengths[78] and round(lengths[78] / lengths[56], 1) == 1.1
    assert np.hypot(3, 2) * 0.01 == pytest.approx(0.0361, abs=5e-5)  # a wrong guess at the short step
    pace = 0.5 * 0.0147**2
    assert (
        f"by 0.5 · 0.0147², {pace:.6f}." in prose()
        and f"322 more steps would end at {losses[78] - 322 * pace:.3f}" in prose()
    )
    assert pace == pytest.approx(losses[78] - losses[79], rel=0.05) and 78 + 322 == 400
    says = QUESTIONS["04 after four hundred"].says
    assert f"It is {losses[400]:.3f}, and no point is wrong" in says and trained(400) == 0
    assert f"to {lengths[200]:.3f} at step 200" in says and lengths[200] > lengths[150] > lengths[100] > lengths[78]


def course(net, steps, alpha=0.5):
    """Losses and lengths of the gradient on the way."""
    losses, lengths = [], []
    for _ in range(steps):
        output, inputs = E.forward(net, POINTS)
        loss, dlogits = E.softmax_cross_entropy(output, LABELS)
        gradient = E.backward(net, inputs, dlogits)
        losses.append(loss)
        lengths.append(np.sqrt(sum(np.sum(d**2) for pair in gradient for d in pair)))
        net = E.ascend(net, gradient, -alpha)
    return losses, lengths


def test_a_short_step_lowers_the_loss_by_alpha_times_the_squared_length():
    (loss, *_), (length, *_) = course(START, 1)
    falls = {alpha: loss - course(START, 2, alpha)[0][1] for alpha in (0.01, 0.1, 0.5, 2.0, 32.0)}
    assert str((*falls,)) in source("promise-kept") and "with five α" in prose()
    kept = {alpha: fall / (alpha * length**2) for alpha, fall in falls.items()}
    assert kept[0.01] > 0.99 and kept[0.1] > 0.95 and kept[0.5] > 0.8 > 0.6 > kept[2.0] > 0 > kept[32.0]
    assert "with 32 the loss rises" in prose() and f"{course(START, 2, 32.0)[0][1]:.1f}" > f"{loss:.1f}"


def test_another_start_needs_another_alpha():
    """Too short a step, some that will do, and too long a one; and of eight starts it is the only slow one."""
    assert "default_rng(3)" in source("your-alpha") and "train(other, 400, alpha)" in source("your-alpha")
    starts = [init_params((2, 16, 16, 2), np.random.default_rng(k)) for k in range(1, 9)]
    wrong = {alpha: trained(400, alpha, starts[2]) for alpha in (0.5, 2, 3, 4, 5, 6, 7, 8)}
    assert wrong == {0.5: 22, 2: 0, 3: 0, 4: 0, 5: 17, 6: 0, 7: 0, 8: 19}
    assert [k for k, start in enumerate(starts, start=1) if trained(400, 0.5, start)] == [3]
    losses, lengths = course(starts[2], 801)
    asked = QUESTIONS["04 another start"]
    assert f"which is {losses[400]:.3f} after 400" in asked.ask and f"It is {losses[800]:.3f}, and no" in asked.says
    told = [lengths[k] for k in (100, 200, 300, 400)]
    assert told == sorted(told, reverse=True) and told[2] - told[3] < 0.0002 and trained(800, 0.5, starts[2]) == 0
    assert source("other-lengths") == "lengths(other, 100, 200, 300, 400)"
    assert f"grew from {lengths[400]:.4f} to {lengths[600]:.4f}" in asked.says
    ended, arrived = course(START, 801)
    assert f"loss of {ended[800]:.4f} at step 800, has {arrived[800]:.4f}." in asked.says and trained(800) == 0


def test_patients_have_the_networks_that_the_lesson_names():
    places = [ill_place(k) for k in range(1, 6)]
    assert len({*places}) < len(places) and "a place may be ill twice, and another never" in prose()
    assert len(PATIENTS) == 5 and "Five patients" in prose()
    assert [cell.source for cell in code_cells(LESSON) if cell.source.startswith("hunt.")] == [
        line for k in range(1, 6) for line in (f"hunt.patient({k})", f'hunt.mend({k}, "...")')
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

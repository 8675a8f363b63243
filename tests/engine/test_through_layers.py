"""What the judges of lesson 04 say of likely mistakes: a loss alone, a tanh above the last layer, a power as `^`."""

import pytest

from helpers.engine.judging import judge
from helpers.engine.part import PARTS
from helpers.engine.verdict import PartVerdict

LOSS, BACK = PARTS["softmax_cross_entropy"], PARTS["backward"]
WITH_GRADIENT = "return loss, dlogits / N"
UNSTABLE = """def softmax_cross_entropy(logits, labels):
    e = np.exp(logits - {})
    p = e / e.sum(axis=1, keepdims=True)
    n = np.arange(len(labels))
    loss = -np.log(p[n, labels]).mean()
    p[n, labels] -= 1
    return loss, p / len(n)
"""


@pytest.mark.parametrize("alone", ["return loss", "return loss, None"])
def test_a_loss_that_comes_alone_is_judged_by_itself(alone):
    text = LOSS.own.replace(WITH_GRADIENT, alone)
    assert "Half: the loss is right, for logits of 1000" in judge(LOSS, text)
    for right, wrong, words in (
        ("np.mean(", "np.sum(", "this is their sum"),
        ("np.mean(", "np.asarray(", "this is one for each row"),
        ("max(axis=1, keepdims=True)", "max()", "each row needs its own"),
        ("max(axis=1", "min(axis=1", "smallest logit"),
        ("np.mean(", "2 * np.mean(", "2"),
    ):
        said = judge(LOSS, text.replace(right, wrong))
        assert said.startswith("Of the loss alone: ") and words in said, said


def test_a_gradient_alone_is_not_taken_for_a_loss():
    assert "2 are asked" in judge(LOSS, LOSS.own.replace(WITH_GRADIENT, "return dlogits / N"))


@pytest.mark.parametrize(
    "taken_off, words",
    [
        ("logits.max()", ("whole table", "its logarithm is −∞")),
        ("logits.max(axis=1, keepdims=True)", ("its logarithm is −∞",)),
        ("logits.min(axis=1, keepdims=True)", ("smallest",)),
        ("logits.mean(axis=1, keepdims=True)", ("mean",)),
    ],
)
def test_what_is_subtracted_is_named(taken_off, words):
    said = judge(LOSS, UNSTABLE.format(taken_off))
    assert all(each in said for each in words), said
    own = judge(LOSS, LOSS.own.replace("logits.max(axis=1, keepdims=True)", taken_off))
    assert (own == "") == (taken_off == "logits.max(axis=1, keepdims=True)") and words[0] in own + words[0] * (
        own == ""
    )


def test_of_numbers_that_are_not_finite_count_and_example_are_of_one_case():
    said = judge(LOSS, UNSTABLE.format("np.median(logits)"))
    assert "numbers, those" not in said and "Not finite means" in said and "nan" in said, said


LOOP = """def backward(net, inputs, doutput):
    d, gradient = doutput, []
    for k in range(len(net) - 1, -1, -1):
        d = d{}
        dW, db, d = linear_backward(inputs[k], net[k][0], d)
        gradient.insert(0, (dW, db))
        d = d{}
    return gradient
"""


@pytest.mark.parametrize("below", ["", " * (1 - inputs[k] ** 2)"])
@pytest.mark.parametrize("above", ["1 - d**2", "1 - np.tanh(d) ** 2", "d * (1 - d)"])
def test_a_slope_above_the_last_layer_is_named(above, below):
    assert "Above the last layer there is no tanh" in judge(BACK, LOOP.format(f" * ({above})", below))
    assert judge(BACK, LOOP.format("", " * (1 - inputs[k] ** 2)")) == ""
    assert "no tanh" not in judge(BACK, LOOP.format(" * 0.5", below))


def test_a_power_is_two_stars():
    assert "`^` is no power: write `**`" in judge(BACK, BACK.own.replace("h**2", "h^2"))
    assert "`^` is no power: write `**`" in judge(BACK, BACK.own.replace("(1 - h**2)", "(1 - 0.5^2 * h)"))


@pytest.mark.parametrize(
    "right, wrong, words",
    [
        ("(h, W, dz)", "(W, h, dz)", "X and W are exchanged"),
        ("(h, W, dz)", "(h, W, doutput)", "`doutput` comes in again at layer 1"),
        ("net[::-1], inputs[::-1]", "net, inputs", "belongs to the last layer"),
        ("inputs[::-1]", "inputs", "the input of layer 1"),
        ("dh * (1", "dh @ (1", "entry by entry it is `*`"),
        ("(1 - h**2)", "h**2", "multiplied by h²"),
    ],
)
def test_a_walk_that_goes_astray_is_named(right, wrong, words):
    assert words in judge(BACK, BACK.own.replace(right, wrong))


def test_a_wrong_slope_of_the_loss_is_named():
    taken = "dlogits = e / sums\n    dlogits[rows, labels] -= 1"
    by_p = "dlogits = 0 * e\n    dlogits[rows, labels] = -1 / (e / sums)[rows, labels]"
    for wrong, words in (("dlogits = 1 - e / sums", "1 − p is (1.4)"), (by_p, "−log p by p")):
        assert words in judge(LOSS, LOSS.own.replace(taken, wrong))


def test_a_loss_alone_is_half_and_not_wrong():
    assert PartVerdict("softmax_cross_entropy", "half", "", "").plain() == "◐ softmax_cross_entropy."

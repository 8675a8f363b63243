"""Truths of the guesses of lesson 04, computed by other means: by nudging, and by the complex step."""

import numpy as np

from helpers.engine.hunt.patients import PATIENTS
from helpers.networks import backward, forward, init_params, sgd, softmax_cross_entropy, two_spirals
from helpers.running_actor import CELLS, THETA0, log_probability

NAMES = ("one", "two", "three", "four", "five")
START = init_params((2, 16, 16, 2), np.random.default_rng(1))
THIRD = init_params((2, 16, 16, 2), np.random.default_rng(3))
BIASES = ("dz2.mean(axis=0)", "dz2[0]", "dz2.sum(axis=0)")


def slope(f, x, i):
    """By the complex step."""
    moved = np.array(x, complex)
    moved[i] += 1e-30j
    return f(moved).imag / 1e-30


def minus_log_p(logits, label=1):
    return np.log(np.exp(logits).sum()) - logits[label]


def nudged(k, cells=CELLS, h=1e-6):
    """The slope of log pi(right), summed over these cells, along weight k of the actor."""
    up, down = (np.sum(log_probability(THETA0 + step * np.eye(7)[k], cells)) for step in (h, -h))
    return (up - down) / (2 * h)


def bias_is_the_sum():
    """Which of the three is the nudged slope."""
    dz2 = 1 - np.exp(log_probability(THETA0, CELLS))[:, None]
    said = {option: eval(option, {}, {"dz2": dz2})[0] for option in BIASES}
    return next(option for option, number in said.items() if abs(number - nudged(6)) < 1e-6)


def caught():
    """Whether the first row alone differs from the slope in the left cell."""
    first = 1 - np.exp(log_probability(THETA0, -1.0))
    assert abs(first - nudged(6)) > 0.1
    return "yes" if abs(first - nudged(6, CELLS[:1])) > 1e-6 else "no"


def faster():
    """How many times faster -log p falls than 1 - p, with two classes and p = 0.001."""
    z = np.log(0.001 / 0.999)
    by_log, by_p = (slope(f, [z], 0) for f in (lambda z: np.log(1 + np.exp(-z[0])), lambda z: -1 / (1 + np.exp(-z[0]))))
    assert round(by_log / by_p) == 1000 and round(-by_p, 6) == 0.000999 and round(-by_log, 3) == 0.999
    return "−log p, 1000 times"


def short_step():
    """The change of a loss that is a plane with the slopes 3 and -2."""
    slopes, weights = np.array([3.0, -2.0]), np.array([0.4, 0.7])
    return slopes @ (weights - 0.01 * slopes) - slopes @ weights


def thousand():
    with np.errstate(all="ignore"):
        e = np.exp([1000.0, 999.0])
        said = e / e.sum()
    return " and ".join(map(str, said.tolist()))


def trained(steps, alpha=0.5, start=START):
    """Wrong points after so many steps of gradient descent, with the fast helpers."""
    return after(steps, alpha, start)[0]


def after(steps, alpha=0.5, start=START):
    """The same, and the loss."""
    points, labels = two_spirals(200, np.random.default_rng(0))

    def gradient_of(net, step):
        output, cache = forward(net, points)
        return backward(net, cache, softmax_cross_entropy(output, labels)[1])

    net = sgd(gradient_of, start, steps, alpha=alpha)
    output = forward(net, points)[0]
    return int(np.sum(output.argmax(axis=1) != labels)), softmax_cross_entropy(output, labels)[0]


def ill_place(k):
    """Where a patient is ill: the place of its edit."""
    patient = PATIENTS[k - 1]
    found = {
        "return loss, dlogits": "the start: dlogits",
        "out=h": "an array that forward kept",
        "dz @ W": "what a layer hands down",
        "h": "the slope of tanh",
    }
    return next(place for text, place in found.items() if text in patient.wrong)


LOGITS = np.log([6.0, 3.0, 1.0])
TRUTHS_04 = {
    "04 one weight": lambda: nudged(4),
    "04 biases": bias_is_the_sum,
    "04 one hidden": lambda: slope(lambda h: 10 * (3 * h[0]) + 4 * (-2 * h[0]), [0.3], 0),
    "04 tanh": lambda: slope(lambda z: 5 * np.tanh(z[0]), [np.arctanh(0.6)], 0),
    "04 kept": lambda: sum(h.size for h in forward(START, np.zeros((200, 2)))[1].inputs),
    "04 rival": caught,
    "04 sure and wrong": faster,
    "04 inner sum": lambda: slope(lambda z: np.exp(z).sum(), LOGITS, 1),
    "04 actor goes left": lambda: slope(lambda z: np.log(1 / (np.exp(z[0]) + 1)), [np.log(4.0)], 0),
    "04 short step": short_step,
    "04 right logit": lambda: slope(minus_log_p, LOGITS, 1),
    "04 other logit": lambda: slope(minus_log_p, LOGITS, 0),
    "04 thousand": thousand,
    **{f"04 patient {name}": (lambda k=k: ill_place(k)) for k, name in enumerate(NAMES, start=1)},
    "04 nothing learnt": lambda: -np.log(np.array([0.5, 0.5]) @ np.array([1.0, 0.0])),
    "04 after four hundred": lambda: "below 0.15" if after(400)[1] < 0.15 else "",
    "04 another start": lambda: "far below 0.19" if after(800, 0.5, THIRD)[1] < 0.1 else "",
}

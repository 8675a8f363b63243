"""Truths of the guesses of lesson 04, computed by other means: shapes by trying, slopes by the complex step."""

import numpy as np

from helpers.guesses.lesson04 import QUESTIONS
from helpers.networks import backward, forward, init_params, sgd, softmax_cross_entropy, two_spirals
from helpers.running_actor import CELLS, THETA0, log_probability

RNG = np.random.default_rng(0)
SHAPES = {"dz2": (3, 1), "h1": (3, 2), "W2": (2, 1), "dh1": (3, 2)}
ARRAYS = {name: RNG.normal(size=shape) for name, shape in SHAPES.items()}


def shape_of(code):
    """The shape of what a line of NumPy gives, or None if it stops."""
    try:
        return eval(code, {}, ARRAYS).shape
    except ValueError:
        return None


def fitting(key, shape):
    """The options of a question that have this shape."""
    return [option for option in QUESTIONS[key].options if shape_of(option) == shape]


def only(key, shape):
    [one] = fitting(key, shape)
    return one


def slope(f, x, i):
    """By the complex step."""
    moved = np.array(x, complex)
    moved[i] += 1e-30j
    return f(moved).imag / 1e-30


def minus_log_p(logits, label=1):
    return np.log(np.exp(logits).sum()) - logits[label]


def slope_by_b2(cells, h=1e-6):
    """Of log pi(right), summed over these cells."""
    up, down = (np.sum(log_probability(THETA0 + step * np.eye(7)[6], cells)) for step in (h, -h))
    return (up - down) / (2 * h)


def bias_is_the_sum():
    """Which of the three is the nudged slope."""
    dz2 = 1 - np.exp(log_probability(THETA0, CELLS))[:, None]
    said = {option: eval(option, {}, {"dz2": dz2})[0] for option in fitting("04 biases", (1,))}
    assert len(said) == 3
    return next(option for option, number in said.items() if abs(number - slope_by_b2(CELLS)) < 1e-6)


def caught():
    """Whether the first row alone differs from the slope in the left cell."""
    first = 1 - np.exp(log_probability(THETA0, -1.0))
    assert abs(first - slope_by_b2(CELLS)) > 0.1
    return "yes" if abs(first - slope_by_b2(CELLS[:1])) > 1e-6 else "no"


def faster():
    """How many times faster -log p falls than 1 - p, with two classes and p = 0.001."""
    z = np.log(0.001 / 0.999)
    by_log, by_p = (slope(f, [z], 0) for f in (lambda z: np.log(1 + np.exp(-z[0])), lambda z: -1 / (1 + np.exp(-z[0]))))
    assert round(by_log / by_p) == 1000 and round(-by_p, 6) == 0.000999 and round(-by_log, 3) == 0.999
    return "−log p, 1000 times"


def thousand():
    with np.errstate(all="ignore"):
        e = np.exp([1000.0, 999.0])
        said = e / e.sum()
    return " and ".join(map(str, said.tolist()))


def trained(steps):
    """Wrong points after so many steps of gradient descent, with the fast helpers."""
    points, labels = two_spirals(200, np.random.default_rng(0))
    net = init_params((2, 16, 16, 2), np.random.default_rng(1))

    def gradient_of(net, step):
        output, cache = forward(net, points)
        return backward(net, cache, softmax_cross_entropy(output, labels)[1])

    net = sgd(gradient_of, net, steps, alpha=0.5)
    return int(np.sum(forward(net, points)[0].argmax(axis=1) != labels))


LOGITS = np.log([0.6, 0.3, 0.1])
TRUTHS_04 = {
    "04 weights": lambda: only("04 weights", (2, 1)),
    "04 biases": bias_is_the_sum,
    "04 hidden": lambda: only("04 hidden", (3, 2)),
    "04 tanh": lambda: only("04 tanh", (3, 2)),
    "04 kept": lambda: 200 * 2 + 200 * 16 + 200 * 16,
    "04 rival": caught,
    "04 sure and wrong": faster,
    "04 right logit": lambda: slope(minus_log_p, LOGITS, 1),
    "04 other logit": lambda: slope(minus_log_p, LOGITS, 0),
    "04 thousand": thousand,
    "04 nothing learnt": lambda: -np.log(np.array([0.5, 0.5]) @ np.array([1.0, 0.0])),
    "04 after four hundred": lambda: trained(400),
    "04 objects": lambda: sum(2 * i * o for i, o in ((2, 16), (16, 16), (16, 2))) * 200,
}

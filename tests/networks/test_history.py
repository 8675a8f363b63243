"""The history of a training: every loss, and copies of the parameters at some steps."""

import numpy as np
import pytest

from helpers.networks.history import History
from helpers.networks.losses import softmax_cross_entropy
from helpers.networks.network import backward, forward, init_params
from helpers.networks.training import sgd, two_spirals

X, LABELS = two_spirals(200, np.random.default_rng(0))
STEPS = 60


def loss_of(params):
    return softmax_cross_entropy(forward(params, X)[0], LABELS)[0]


def gradient_of(params, step):
    logits, cache = forward(params, X)
    return backward(params, cache, softmax_cross_entropy(logits, LABELS)[1])


def start():
    return init_params([2, 16, 16, 2], np.random.default_rng(0))


@pytest.fixture(scope="module")
def history():
    history = History(loss_of, start(), STEPS)
    sgd(gradient_of, start(), STEPS, 0.5, momentum=0.9, callback=history)
    return history


def test_every_loss_is_kept_and_copies_of_some_parameters(history):
    assert len(history.losses) == STEPS + 1
    assert [step for step, _, _ in history.snapshots] == sorted(history.kept)
    for step, loss, params in history.snapshots:
        assert loss == history.losses[step] == pytest.approx(loss_of(params), rel=1e-14)


def test_snapshots_are_those_of_shorter_trainings(history):
    for step, _, params in history.snapshots[:4]:
        again = sgd(gradient_of, start(), step, 0.5, momentum=0.9)
        assert all(np.array_equal(W, V) for (W, _), (V, _) in zip(params, again, strict=True))


def test_an_optimiser_that_works_in_place_does_no_harm():
    params = [(np.zeros((1, 1)), np.zeros(1))]
    history = History(lambda params: params[0][0].item(), params, 3)
    for step in range(3):
        params[0][0][...] += 1
        history(step, params, None)
    assert history.losses == [snapshot[2][0][0].item() for snapshot in history.snapshots] == [0, 1, 2, 3]


@pytest.mark.parametrize("steps", [1, 2, 10, 24, 100, 5000])
def test_snapshots_lie_ever_farther_apart_from_first_to_last(steps):
    kept = sorted(History(lambda params: 0.0, [], steps).kept)
    assert kept[0] == 0 and kept[-1] == steps and len(kept) == len(set(kept)) <= 24
    assert np.all(np.diff(kept, 2)[:-1] >= -1)
    assert steps < 1000 or len(kept) >= 20


def test_a_history_needs_a_step():
    with pytest.raises(ValueError, match="steps must be a whole number, at least 1, it is 0"):
        History(loss_of, [], 0)

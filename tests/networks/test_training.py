"""Optimisers against their formulas and against autograd's; the two spirals, and networks that learn them."""

import numpy as np
import pytest
from autograd.misc import optimizers

from helpers.networks.history import History
from helpers.networks.losses import softmax_cross_entropy
from helpers.networks.network import backward, forward, init_params
from helpers.networks.training import copy_of, sgd, two_spirals

SLOPES = [3.0, -1.0, 0.5, 2.0]


def small_params(dtype=np.float64):
    return init_params([2, 3, 1], np.random.default_rng(0), dtype=dtype)


def gradient_of(params, step):
    """The gradient of a bowl that moves with the step."""
    return [(W**3 + np.cos(step), 2 * b - step / 5) for W, b in params]


def steady(params, step):
    """A gradient that depends on the step alone."""
    return [(np.full_like(W, SLOPES[step]), np.full_like(b, -SLOPES[step])) for W, b in params]


def flat(params):
    return np.concatenate([part.ravel() for layer in params for part in layer])


def moved(after, before):
    """How far all weights and all biases have moved; each kind by one number."""
    for part in (0, 1):
        distances = np.concatenate([(a[part] - b[part]).ravel() for a, b in zip(after, before, strict=True)])
        assert np.allclose(distances, distances[0], rtol=1e-12)
        yield distances[0]


# Optimisers


def test_sgd_follows_the_formula():
    theta = small_params()
    expected = flat(theta)
    for step in range(4):
        layers = unflattened(expected, theta)
        expected = expected - 0.1 * flat(gradient_of(layers, step))
    assert np.allclose(flat(sgd(gradient_of, theta, 4, 0.1)), expected, rtol=1e-14)


def unflattened(vector, like):
    parts, start = [], 0
    for layer in like:
        parts.append([])
        for part in layer:
            parts[-1].append(vector[start : start + part.size].reshape(part.shape))
            start += part.size
    return parts


def test_momentum_unrolled_by_hand():
    v1 = -0.1 * 3.0
    v2 = 0.5 * v1 - 0.1 * -1.0
    v3 = 0.5 * v2 - 0.1 * 0.5
    v4 = 0.5 * v3 - 0.1 * 2.0
    before = small_params()
    after = sgd(steady, before, 4, 0.1, momentum=0.5)
    total = v1 + v2 + v3 + v4
    assert list(moved(after, before)) == pytest.approx([total, -total], rel=1e-12)


def test_momentum_agrees_with_autograd():
    theta = small_params()
    theirs = optimizers.sgd(gradient_of, theta, num_iters=40, step_size=0.05 / (1 - 0.9), mass=0.9)
    assert np.allclose(flat(sgd(gradient_of, theta, 40, 0.05, momentum=0.9)), flat(theirs), rtol=1e-12)


OPTIMISERS = [
    lambda *arguments, **named: sgd(*arguments, alpha=0.1, **named),
    lambda *arguments, **named: sgd(*arguments, alpha=0.1, momentum=0.9, **named),
]


@pytest.mark.parametrize("optimise", OPTIMISERS)
def test_callback_sees_every_step(optimise):
    seen = []
    end = optimise(gradient_of, small_params(), 5, callback=lambda *arguments: seen.append(arguments))
    assert [step for step, _, _ in seen] == [0, 1, 2, 3, 4]
    for step, params, _ in seen:  # recorded as they were at that step, though the optimiser went on
        assert np.array_equal(flat(params), flat(optimise(gradient_of, small_params(), step + 1)))
    assert np.array_equal(flat(seen[-1][1]), flat(end))
    before = [small_params(), *(params for _, params, _ in seen)]
    for (step, _, grads), params in zip(seen, before, strict=False):
        assert np.array_equal(flat(grads), flat(gradient_of(params, step)))


@pytest.mark.parametrize("optimise", OPTIMISERS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_given_params_stay_and_dtypes_too(optimise, dtype):
    params = small_params(dtype)
    before = copy_of(params)
    end = optimise(gradient_of, params, 3)
    assert np.array_equal(flat(params), flat(before)) and not np.array_equal(flat(end), flat(before))
    assert all(part.dtype == dtype for layer in end for part in layer)
    unmoved = optimise(gradient_of, params, 0)
    assert np.array_equal(flat(unmoved), flat(before)) and unmoved[0][0] is not params[0][0]


OTHER_GRADIENTS = {
    "too few layers": lambda params: params[:1],
    "too many": lambda params: [*params, params[0]],
    "transposed": lambda params: [(W.T, b) for W, b in params],
    "one row more": lambda params: [(W, b[None]) for W, b in params],
    "numbers": lambda params: [(1.0, 1.0) for _ in params],
    "a vector": flat,
    "none": lambda params: None,
    "three of a layer": lambda params: [(W, b, b) for W, b in params],
}


@pytest.mark.parametrize("optimise", OPTIMISERS)
@pytest.mark.parametrize("other", OTHER_GRADIENTS)
def test_a_gradient_of_another_form_is_refused(optimise, other):
    with pytest.raises(ValueError, match="gradient_of must return pairs"):
        optimise(lambda params, step: OTHER_GRADIENTS[other](params), small_params(), 1)


@pytest.mark.parametrize("optimise", OPTIMISERS)
@pytest.mark.parametrize("kind", ["float64", "float32", "int8"])
def test_gradients_of_another_dtype_or_from_lists_serve(optimise, kind):
    def whole(params, step):
        return [(np.full(W.shape, 3 - step), np.full(b.shape, step)) for W, b in params]

    def of_kind(params, step):
        return [(dW.astype(kind), db.astype(kind).tolist()) for dW, db in whole(params, step)]

    expected, end = (optimise(each, small_params(np.float32), 3) for each in (whole, of_kind))
    assert np.array_equal(flat(end), flat(expected)) and flat(end).dtype == np.float32


@pytest.mark.parametrize(
    "settings, words",
    [
        ({"steps": -1}, "steps must be a whole number, at least 0, it is -1"),
        ({"steps": 2.0}, "steps must be a whole number"),
        ({"alpha": np.nan}, "alpha must be a number"),
        ({"alpha": -0.1}, "alpha must be a number"),
        ({"alpha": np.inf}, "alpha must be a number"),
        ({"alpha": None}, "alpha must be a number"),
        ({"momentum": -0.5}, "momentum must be a number"),
    ],
)
def test_settings_out_of_range_are_refused(settings, words):
    with pytest.raises(ValueError, match=words):
        sgd(gradient_of, small_params(), **({"steps": 1, "alpha": 0.1} | settings))


@pytest.mark.parametrize(
    "n, noise, words", [(-1, 0.1, "n must be"), (2.5, 0.1, "n must be"), (2, np.nan, "noise must be")]
)
def test_no_such_spirals(n, noise, words):
    with pytest.raises(ValueError, match=words):
        two_spirals(n, np.random.default_rng(0), noise)


# History


def test_history_keeps_every_loss_and_a_few_parameters():
    def loss_of(params):
        return np.sum(flat(params) ** 2)

    start = small_params()
    history = History(loss_of, start, steps=30, count=6)
    end = sgd(gradient_of, start, 30, 0.1, callback=history)
    assert len(history.losses) == 31 and history.losses[0] == loss_of(start) and history.losses[-1] == loss_of(end)
    steps = [step for step, _, _ in history.snapshots]
    assert steps[0] == 0 and steps[-1] == 30 and 4 <= len(steps) <= 7 and steps == sorted(steps)
    for step, loss, params in history.snapshots:
        assert loss == history.losses[step] == loss_of(params)
    start[0][0][:] = 9.0
    assert not np.any(history.snapshots[0][2][0][0] == 9.0)


@pytest.mark.parametrize(
    "loss_of, settings, words",
    [
        (np.sum, {"steps": 0}, "steps must be a whole number, at least 1"),
        (np.sum, {"steps": 2.5}, "steps must be a whole number"),
        (np.sum, {"steps": 5, "count": 0}, "count must be a whole number"),
        (lambda params: params[0][0], {"steps": 5}, "loss_of must return one real number"),
        (lambda params: None, {"steps": 5}, "loss_of must return one real number"),
        (lambda params: 1j, {"steps": 5}, "loss_of must return one real number"),
        (lambda params: 1.0, {"steps": 5, "params": [1.0]}, "params must be a list of pairs"),
    ],
)
def test_no_such_history(loss_of, settings, words):
    with pytest.raises((TypeError, ValueError), match=words):
        History(loss_of, **({"params": small_params()} | settings))


def test_copies_share_no_memory():
    params = small_params()
    for layer, copies in zip(params, copy_of(params), strict=True):
        assert all(not np.shares_memory(a, b) and np.array_equal(a, b) for a, b in zip(layer, copies, strict=True))


# Two spirals


@pytest.mark.parametrize("rng", [0, None, np.random, np.random.RandomState(0)])
def test_spirals_are_drawn_by_a_generator(rng):
    with pytest.raises(TypeError, match="^rng must be a numpy.random.Generator"):
        two_spirals(4, rng)


@pytest.mark.parametrize("n", [0, 1, 2, 101, 200])
def test_spirals_have_their_shapes_and_are_balanced(n):
    X, labels = two_spirals(n, np.random.default_rng(0))
    assert X.shape == (n, 2) and labels.shape == (n,) and np.issubdtype(labels.dtype, np.integer)
    assert set(labels) <= {0, 1} and abs(np.sum(labels == 0) - np.sum(labels == 1)) <= 1
    assert np.abs(X).max(initial=0) < 1.3


def test_spirals_are_reproducible():
    (X, _), (again, _), (other, _) = (two_spirals(50, np.random.default_rng(seed)) for seed in (3, 3, 4))
    assert np.array_equal(X, again) and not np.array_equal(X, other)


def test_spirals_without_noise_are_each_others_half_turn():
    X, labels = two_spirals(400, np.random.default_rng(0), noise=0)
    turned = np.where(labels[:, None] == 1, -X, X)
    distance = np.hypot(*X.T)
    angle = np.arctan2(turned[:, 1], turned[:, 0]) % (2 * np.pi)
    assert np.allclose(angle, 1.5 * np.pi * distance)


@pytest.mark.parametrize("seed", range(5))
def test_a_network_learns_the_spirals(seed):
    rng = np.random.default_rng(seed)
    X, labels = two_spirals(200, rng)

    def loss_gradient(params, step):
        logits, cache = forward(params, X)
        return backward(params, cache, softmax_cross_entropy(logits, labels)[1])

    params = sgd(loss_gradient, init_params([2, 16, 16, 2], rng), 400, alpha=0.5, momentum=0.5)
    assert np.mean(forward(params, X)[0].argmax(axis=1) == labels) == 1.0


def test_a_gradient_too_large_for_the_dtype_of_params_is_refused():
    params = [(np.ones((1, 1), np.float32), np.ones(1, np.float32))]
    with pytest.raises(ValueError, match="what gradient_of returns must hold finite real numbers"):
        sgd(lambda params, step: [(np.full((1, 1), 1e300), np.ones(1))], params, 1, 0.1)

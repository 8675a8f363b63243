"""Optimisers against their formulas and against autograd's; the two spirals, and networks that learn them."""

import numpy as np
import pytest
from autograd.misc import optimizers

from helpers.networks.losses import softmax_cross_entropy
from helpers.networks.network import backward, forward, init_params
from helpers.networks.training import adam, copy_of, sgd, two_spirals

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


@pytest.mark.parametrize("beta1, beta2, epsilon", [(0.9, 0.999, 1e-8), (0.5, 0.9, 1e-3), (0.0, 0.99, 1e-8)])
def test_adam_agrees_with_autograd(beta1, beta2, epsilon):
    theta = small_params()
    theirs = optimizers.adam(gradient_of, theta, None, 60, 0.02, beta1, beta2, epsilon)
    ours = adam(gradient_of, theta, 60, 0.02, beta1, beta2, epsilon)
    assert np.allclose(flat(ours), flat(theirs), rtol=1e-10, atol=1e-12)


def test_adams_first_step_has_the_length_alpha():
    before = small_params()
    assert list(moved(adam(steady, before, 1, 0.01), before)) == pytest.approx([-0.01, 0.01], rel=1e-6)


OPTIMISERS = [
    lambda *arguments, **named: sgd(*arguments, alpha=0.1, **named),
    lambda *arguments, **named: sgd(*arguments, alpha=0.1, momentum=0.9, **named),
    lambda *arguments, **named: adam(*arguments, alpha=0.1, **named),
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


@pytest.mark.parametrize("optimise", OPTIMISERS)
def test_a_gradient_of_too_few_layers_is_refused(optimise):
    with pytest.raises(ValueError):
        optimise(lambda params, step: params[:1], small_params(), 1)


def test_copies_share_no_memory():
    params = small_params()
    for layer, copies in zip(params, copy_of(params), strict=True):
        assert all(not np.shares_memory(a, b) and np.array_equal(a, b) for a, b in zip(layer, copies, strict=True))


# Two spirals


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

    params = adam(loss_gradient, init_params([2, 16, 16, 2], rng), 400, alpha=0.03)
    assert np.mean(forward(params, X)[0].argmax(axis=1) == labels) == 1.0

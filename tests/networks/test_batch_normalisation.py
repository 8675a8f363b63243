"""Batch normalisation against autograd, and what holds of it whatever the weights are."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.networks.batch_normalisation import normalise, normalise_backward, normalised_backward, normalised_forward
from helpers.networks.network import forward, init_params
from helpers.networks.residual import residual_backward, residual_forward

seeds = st.integers(0, 2**32 - 1)


def network(sizes, seed, inputs=7):
    rng = np.random.default_rng(seed)
    params = [(W, rng.normal(size=b.shape)) for W, b in init_params(sizes, rng)]
    return params, rng.normal(size=(inputs, sizes[0])), rng.normal(size=(inputs, sizes[-1]))


@given(st.lists(st.integers(1, 5), min_size=2, max_size=5), seeds)
def test_gradient_against_autograd(sizes, seed):
    params, X, doutput = network(sizes, seed)

    def weighted_output(params):
        h = X
        for W, b in params[:-1]:
            z = anp.dot(h, W) + b
            h = anp.tanh((z - anp.mean(z, axis=0)) / anp.sqrt(anp.var(z, axis=0) + 1e-12))
        return anp.sum(doutput * (anp.dot(h, params[-1][0]) + params[-1][1]))

    output, cache = normalised_forward(params, X)
    assert np.sum(doutput * output) == pytest.approx(weighted_output(params), rel=1e-9, abs=1e-9)
    expected = autograd.grad(weighted_output)(params)
    for pair, other in zip(normalised_backward(params, cache, doutput), expected, strict=True):
        assert all(a.shape == b.shape and np.allclose(a, b, atol=1e-7) for a, b in zip(pair, other, strict=True))


@given(st.integers(8, 12), seeds)
def test_mean_0_and_mean_square_1_and_what_only_shifts_or_stretches_is_lost(rows, seed):
    z, dn = np.random.default_rng(seed).normal(size=(2, rows, 3))
    n, s = normalise(5 * z + 3)
    assert np.allclose(n.mean(axis=0), 0) and np.allclose((n**2).mean(axis=0), 1)
    assert np.allclose(n, normalise(z)[0], atol=1e-5)
    assert np.allclose(normalise_backward(n, s, np.ones_like(n)), 0, atol=1e-8)
    assert np.allclose(normalise_backward(n, s, dn + 2 - 7 * n), normalise_backward(n, s, dn), atol=1e-8)


def test_size_of_weights_and_biases_do_not_count():
    params, X, doutput = network([3, 5, 5, 2], 1)
    output, cache = normalised_forward(params, X)
    scaled = [*((100 * W, b + 3) for W, b in params[:-1]), params[-1]]
    assert np.allclose(normalised_forward(scaled, X)[0], output)
    assert np.allclose([db for _, db in normalised_backward(params, cache, doutput)[:-1]], 0)


def test_a_column_that_says_the_same_to_all_divides_by_no_zero():
    n, s = normalise(np.ones((4, 2)))
    assert np.all(n == 0) and np.all(np.isfinite(normalise_backward(n, s, np.ones((4, 2)))))


def test_one_input_has_no_mean_to_subtract():
    params, X, _ = network([3, 5, 2], 1)
    with pytest.raises(ValueError, match="X must hold two inputs or more"):
        normalised_forward(params, X[:1])


def test_it_takes_its_own_cache_only():
    params, X, doutput = network([3, 5, 2], 1)
    for cache in (None, (1, 2, 3), forward(params, X)[1]):
        with pytest.raises(TypeError, match="cache must be .*, a NormalisedCache, not"):
            normalised_backward(params, cache, doutput)
    cache = normalised_forward(params, X)[1]
    with pytest.raises(TypeError, match="cache must be .*, a ResidualCache, not"):
        residual_backward(params, cache, doutput)
    with pytest.raises(TypeError, match="cache must be .*, a NormalisedCache, not"):
        normalised_backward(params, residual_forward(params, X)[1], doutput)
    with pytest.raises(TypeError, match="cache must be"):
        normalised_backward(params, cache._replace(normalised=[]), doutput)
    with pytest.raises(ValueError, match="params and cache must be those of one call"):
        normalised_backward(params, cache._replace(inputs=cache.inputs[:1]), doutput)


def test_networks_side_by_side_are_refused():
    params, X, _ = network([3, 5, 2], 1)
    stacked = [(np.stack([W, W]), np.stack([b, b])[:, None]) for W, b in params]
    with pytest.raises(ValueError, match="params must be those of one network"):
        normalised_forward(stacked, X)

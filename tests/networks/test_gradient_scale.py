"""Sizes layer by layer against backward and autograd, dead units, clipping."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from drawn_networks import network
from hypothesis import given
from hypothesis import strategies as st

from helpers.networks.gradient_scale import global_norm, layer_sizes, rms, sizes_of_dW, sizes_of_dz, upstream
from helpers.networks.network import backward, forward, init_params

ACTIVATIONS = ("tanh", "sigmoid", "relu")
IN_AUTOGRAD = {"tanh": anp.tanh, "sigmoid": lambda z: 1 / (1 + anp.exp(-z)), "relu": lambda z: anp.maximum(z, 0)}
widths = st.lists(st.integers(1, 6), min_size=2, max_size=6)
seeds = st.integers(0, 10_000)


# Sizes


@given(st.lists(st.floats(-1e3, 1e3), min_size=1).filter(lambda entries: max(map(abs, entries)) > 1e-150))
def test_size_is_norm_by_root_of_entries(entries):
    assert rms(np.array(entries)) == pytest.approx(np.linalg.norm(entries) / np.sqrt(len(entries)))


@given(widths, seeds, st.sampled_from(ACTIVATIONS))
def test_upstream_is_that_of_backward(sizes, seed, activation):
    params, X, doutput = network(sizes, seed)
    _, cache = forward(params, X, activation)
    dz = upstream(params, cache, doutput)
    for h, d, (dW, db) in zip(cache.inputs, dz, backward(params, cache, doutput), strict=True):
        assert np.allclose(h.T @ d, dW) and np.allclose(d.sum(axis=0), db)


@given(widths, seeds, st.sampled_from(ACTIVATIONS))
def test_layer_sizes_against_autograd(sizes, seed, activation):
    params, X, doutput = network(sizes, seed)

    def weighted_output(weights):
        h = X
        for W, (_, b) in zip(weights[:-1], params[:-1], strict=True):
            h = IN_AUTOGRAD[activation](anp.dot(h, W) + b)
        return anp.sum(doutput * (anp.dot(h, weights[-1]) + params[-1][1]))

    expected = autograd.grad(weighted_output)([W for W, _ in params])
    measured = layer_sizes(params, X, doutput, activation)
    assert np.allclose(measured.dW, [np.linalg.norm(dW) / np.sqrt(dW.size * len(X)) for dW in expected])
    assert measured.h[0] == rms(X) and measured.dz[-1] == rms(doutput)


# Dead units


@given(seeds)
def test_dead_units_get_no_gradient(seed):
    params, X, doutput = network([2, 12, 12, 3], seed)
    _, cache = forward(params, X, "relu")
    (dW, db), *_ = backward(params, cache, doutput)
    dead = np.all(cache.inputs[1] == 0, axis=0)
    assert np.all(dW[:, dead] == 0) and np.all(db[dead] == 0)


# Clipping


@given(widths, seeds)
def test_the_norm_is_that_of_one_long_vector(sizes, seed):
    params, X, doutput = network(sizes, seed)
    gradient = backward(params, forward(params, X)[1], doutput)
    whole = np.concatenate([d.ravel() for layer in gradient for d in layer])
    assert global_norm(gradient) == pytest.approx(np.linalg.norm(whole))
    assert global_norm([(np.array([[3.0]]), np.array([4.0]))]) == 5


SIZES = [(dtype, size) for dtype in ("float32", "float64") for size in (1e-20, 1.0, 1e20, 3e38)]


@pytest.mark.parametrize("dtype, size", [*SIZES, ("float16", 1.0), ("float16", 1e4)])
def test_the_norm_in_every_precision(dtype, size):
    norm = global_norm([(np.full((2, 3), size, dtype), np.full(3, -size, dtype))])
    assert norm == pytest.approx(3 * size, rel=1e-6, abs=0)


def test_the_norm_of_nothing_is_0():
    assert global_norm([(np.zeros((2, 3)), np.zeros(3))]) == 0


@pytest.mark.parametrize("entry", [1e-160, 1e160, np.nan, np.inf])
def test_squares_out_of_range_are_refused(entry):
    for call in (rms, lambda a: global_norm([(a, a)])):
        with pytest.raises(ValueError, match="(array|gradient)(: the squares of| must hold finite real)"):
            call(np.full((2, 2), entry))
    assert global_norm([(np.full((2, 2), 1e-200), np.ones(4))]) == 2


def test_sizes_need_an_input():
    for array in (np.zeros((0, 3)), [], [[]]):
        with pytest.raises(ValueError, match="array must have at least one entry"):
            rms(array)
    with pytest.raises(ValueError, match="X must have at least one entry"):
        layer_sizes(init_params([3, 2], np.random.default_rng(0)), np.zeros((0, 3)), np.zeros((0, 2)))


@pytest.mark.parametrize("N", [0, -1, 2.5, True, None, "3"])
def test_rows_are_counted(N):
    with pytest.raises(ValueError, match="^N must be a whole number, at least 1, it is"):
        sizes_of_dW(network([4, 3], 2)[0], forward, backward, N)


@pytest.mark.parametrize("net", [None, "net", 3, [None], {}, np.ones((2, 2))])
def test_a_net_is_a_list_of_pairs(net):
    for function in (sizes_of_dz, sizes_of_dW):
        with pytest.raises(TypeError, match="^net must be a list of pairs"):
            function(net, forward, backward)


def test_sizes_on_the_bench_are_those_of_the_layers():
    params = network([4, 5, 3], 2)[0]
    for N, measured, name in ((1, sizes_of_dz, "dz"), (100, sizes_of_dW, "dW")):
        rng = np.random.default_rng(1)
        X, doutput = rng.normal(size=(N, 4)), rng.normal(size=(N, 3))
        assert measured(params, forward, backward) == pytest.approx(getattr(layer_sizes(params, X, doutput), name))

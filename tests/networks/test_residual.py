"""Residual layers: their gradient against autograd, what can not be added to, and whose cache is taken."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from drawn_networks import network
from hypothesis import given
from hypothesis import strategies as st

from helpers.networks.activations import sigmoid
from helpers.networks.network import backward, forward
from helpers.networks.residual import residual_backward, residual_forward, skip_backward
from helpers.running_actor import THETA0, as_layers

seeds = st.integers(0, 10_000)


@given(st.integers(0, 5), st.integers(1, 5), seeds)
def test_residual_gradient_against_autograd(inner, width, seed):
    params, X, doutput = network([3] + (inner + 1) * [width] + [2], seed, inputs=4)

    def weighted_output(params):
        (W, b), *inner, (V, c) = params
        h = anp.tanh(anp.dot(X, W) + b)
        for W, b in inner:
            h = h + anp.tanh(anp.dot(h, W) + b)
        return anp.sum(doutput * (anp.dot(h, V) + c))

    output, cache = residual_forward(params, X)
    assert np.sum(doutput * output) == pytest.approx(weighted_output(params), rel=1e-12, abs=1e-12)
    expected = autograd.grad(weighted_output)(params)
    for pair, other in zip(residual_backward(params, cache, doutput), expected, strict=True):
        assert all(a.shape == b.shape and np.allclose(a, b) for a, b in zip(pair, other, strict=True))


@pytest.mark.parametrize("k", [0, 1, 20])
def test_followed_weight_through_zero_layers(k):
    hidden, output = as_layers(THETA0)
    layers = [hidden, *[(np.zeros((2, 2)), np.zeros(2))] * k, output]
    x = np.array([[-1.0]])
    z, cache = residual_forward(layers, x)
    assert residual_backward(layers, cache, 1 - sigmoid(z))[0][0][0, 0] == pytest.approx(-0.326552825269, abs=1e-12)
    z, cache = forward(layers, x)
    plain = backward(layers, cache, 1 - sigmoid(z))[0][0][0, 0]
    assert plain == (0 if k else pytest.approx(-0.326552825269, abs=1e-12))


@pytest.mark.parametrize(
    "change",
    [
        lambda params: params[:1],
        lambda params: [params[0], (np.ones((5, 1)), np.ones(1)), (np.ones((1, 2)), np.ones(2))],
    ],
)
def test_layers_that_can_not_be_added_to_are_refused(change):
    params, X, _ = network([3, 5, 5, 2], 1)
    with pytest.raises(ValueError, match="params must hold two layers or more, square between"):
        residual_forward(change(params), X)


def test_networks_side_by_side_are_not_residual():
    with pytest.raises(ValueError, match="params must hold two layers or more"):
        residual_forward(
            [(np.ones((4, 3, 2)), np.ones((4, 1, 2))), (np.ones((4, 2, 1)), np.ones((4, 1, 1)))], np.ones((5, 3))
        )


def test_a_residual_network_takes_its_own_cache_only():
    params, X, doutput = network([3, 5, 5, 2], 1)
    for cache in (forward(params, X)[1], None, (1, 2, 3, 4)):
        with pytest.raises(TypeError, match="cache must be .*, a ResidualCache, not"):
            residual_backward(params, cache, doutput)
    deeper, wider = network([3, 5, 5, 5, 2], 1)[0], network([3, 6, 6, 2], 1)[0]
    with pytest.raises(TypeError, match="cache must be"):
        residual_backward(params, residual_forward(deeper, X)[1], doutput)
    with pytest.raises(ValueError, match="params and cache must be those of one call"):
        residual_backward(params, residual_forward(wider, X)[1], doutput)


@pytest.mark.parametrize("params", [None, 3, "params", [None], [(1, 2)], {}])
def test_going_back_needs_a_list_of_pairs(params):
    net, X, doutput = network([3, 5, 5, 2], 1)
    with pytest.raises(TypeError, match="^params must be a list of pairs"):
        residual_backward(params, residual_forward(net, X)[1], doutput)


def test_the_way_past_the_branch_is_the_callers():
    params, X, doutput = network([3, 5, 5, 2], 1)
    _, cache = residual_forward(params, X)

    def without_skip(W, branch, dh_out):
        dz, dh = skip_backward(W, branch, dh_out)
        return dz, dh - dh_out

    right, changed = (residual_backward(params, cache, doutput, *skip) for skip in ((), (without_skip,)))
    assert np.array_equal(changed[1][0], right[1][0]) and not np.allclose(changed[0][0], right[0][0])

"""Networks: gradients against autograd, complex step and gradient check; side by side; errors; initialisation."""

from dataclasses import dataclass
from fractions import Fraction
from types import SimpleNamespace

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from hypothesis import assume, given
from hypothesis import strategies as st

from helpers.calculus.gradient_checking import gradient_check
from helpers.networks.activations import ACTIVATIONS, sigmoid
from helpers.networks.gradient_scale import upstream
from helpers.networks.network import backward, forward, init_params
from helpers.networks.residual import residual_forward
from helpers.running_actor import CELLS, THETA0, probabilities

PEERS = {"tanh": anp.tanh, "sigmoid": lambda z: 1 / (1 + anp.exp(-z)), "relu": lambda z: anp.where(z > 0, z, 0.0)}
TOLERANCE = {"float32": 1e-4, "float64": 1e-11}


@dataclass
class Case:
    """A network, its inputs X of shape (N, d_in) and a gradient that arrives at its output."""

    params: list
    X: np.ndarray
    upstream: np.ndarray
    activation: str

    def astype(self, dtype):
        params = [(W.astype(dtype), b.astype(dtype)) for W, b in self.params]
        return Case(params, self.X.astype(dtype), self.upstream.astype(dtype), self.activation)


def a_case(sizes, n, activation="tanh", dtype="float64", seed=0):
    rng = np.random.default_rng(seed)
    params = [(W, rng.normal(size=b.shape).astype(dtype)) for W, b in init_params(sizes, rng, 0.8, dtype)]
    X, upstream = rng.normal(size=(n, sizes[0])), rng.normal(size=(n, sizes[-1]))
    return Case(params, X.astype(dtype), upstream.astype(dtype), activation)


@st.composite
def cases(draw):
    sizes = draw(st.lists(st.integers(1, 7), min_size=2, max_size=6))
    n, seed = draw(st.sampled_from([0, 1, 1, 2, 5, 9])), draw(st.integers(0, 2**31))
    return a_case(sizes, n, draw(st.sampled_from(sorted(ACTIVATIONS))), draw(st.sampled_from(sorted(TOLERANCE))), seed)


def flat(gradient):
    return np.concatenate([part.ravel() for layer in gradient for part in layer])


def ours(case):
    return backward(case.params, forward(case.params, case.X, case.activation)[1], case.upstream)


def output_by_autograd(params, case):
    h = case.X
    for W, b in params[:-1]:
        h = PEERS[case.activation](anp.dot(h, W) + b)
    return anp.dot(h, params[-1][0]) + params[-1][1]


def gradient_by_autograd(case):
    return grad(lambda params: anp.sum(output_by_autograd(params, case) * case.upstream))(case.params)


def gradient_by_complex_step(case):
    """Moves one entry after the other, through the helper's own forward pass on complex numbers."""
    moved, slopes = case.astype(complex), []
    for part in (part for layer in moved.params for part in layer):
        for index in np.ndindex(part.shape):
            part[index] += 1e-30j
            slopes.append(np.sum(forward(moved.params, moved.X, case.activation)[0] * case.upstream).imag / 1e-30)
            part[index] -= 1e-30j
    return np.array(slopes)


def close(gradient, exact, tolerance):
    return np.allclose(gradient, exact, rtol=tolerance, atol=tolerance * (1 + np.abs(exact).max(initial=0)))


# Gradients


@given(cases())
def test_output_and_gradient_agree_with_autograd(case):
    exact, tolerance = case.astype("float64"), TOLERANCE[case.X.dtype.name]
    output, _ = forward(case.params, case.X, case.activation)
    assert close(output, output_by_autograd(exact.params, exact), tolerance)
    assert close(flat(ours(case)), flat(gradient_by_autograd(exact)), tolerance)


@given(cases())
def test_gradient_agrees_with_the_complex_step(case):
    exact = case.astype("float64")
    assert close(flat(ours(exact)), gradient_by_complex_step(exact), 1e-11)


@given(cases())
def test_shapes_and_dtypes_are_those_of_the_variables(case):
    output, _ = forward(case.params, case.X, case.activation)
    assert output.shape == case.upstream.shape and output.dtype == case.X.dtype
    for layer, slopes in zip(case.params, ours(case), strict=True):
        assert [(g.shape, g.dtype) for g in slopes] == [(theta.shape, theta.dtype) for theta in layer]


@given(cases())
def test_nothing_given_is_changed_and_the_cache_serves_twice(case):
    before = case.astype(case.X.dtype)
    _, cache = forward(case.params, case.X, case.activation)
    first, second = (flat(backward(case.params, cache, case.upstream)) for _ in range(2))
    assert np.array_equal(first, second)
    assert np.array_equal(flat(before.params), flat(case.params))
    assert np.array_equal(before.X, case.X) and np.array_equal(before.upstream, case.upstream)


@given(cases())
def test_a_batch_is_the_sum_of_its_rows(case):
    exact = case.astype("float64")
    rows = [
        Case(exact.params, exact.X[i : i + 1], exact.upstream[i : i + 1], exact.activation) for i in range(len(exact.X))
    ]
    assert close(flat(ours(exact)), sum((flat(ours(row)) for row in rows), np.zeros(1)), 1e-11)


@given(cases(), st.data())
def test_gradient_check_passes(case, data):
    case = case.astype("float64")
    hidden = forward(case.params, case.X, case.activation)[1].inputs[1:]
    before = [h @ W + b for (W, b), h in zip(case.params[:-1], [case.X, *hidden], strict=False)]
    assume(case.activation != "relu" or all(np.abs(z).min(initial=1) > 1e-3 for z in before))
    layer, part = data.draw(st.integers(0, len(case.params) - 1)), data.draw(st.integers(0, 1))

    def loss(theta):
        params = [list(pair) for pair in case.params]
        params[layer][part] = theta
        return np.sum(forward(params, case.X, case.activation)[0] * case.upstream)

    report = gradient_check(loss, case.params[layer][part], ours(case)[layer][part])
    assert report.passed, report


# Networks side by side


def stacked(networks):
    """One list of (W, b) with a leading axis, from several networks of one form."""
    return [
        (np.array([W for W, _ in layers]), np.array([b for _, b in layers])[:, None])
        for layers in zip(*networks, strict=True)
    ]


@given(cases(), st.integers(1, 4), st.booleans())
def test_networks_side_by_side_are_those_networks(case, n, shared):
    rng = np.random.default_rng(n)
    alone = [case] + [
        Case([(W + k, b - k) for W, b in case.params], case.X, case.upstream, case.activation) for k in range(1, n)
    ]
    for each in alone:
        each.upstream = rng.normal(size=case.upstream.shape).astype(case.X.dtype)
        each.X = case.X if shared else rng.normal(size=case.X.shape).astype(case.X.dtype)
    params, X = stacked([each.params for each in alone]), case.X if shared else np.array([each.X for each in alone])
    output, cache = forward(params, X, case.activation)
    gradient = backward(params, cache, np.array([each.upstream for each in alone]))
    assert [(dW.shape, db.shape) for dW, db in gradient] == [(W.shape, b.shape) for W, b in params]
    dz = upstream(params, cache, np.array([each.upstream for each in alone]))
    for k, each in enumerate(alone):
        one_cache = forward(each.params, each.X, each.activation)[1]
        for many, one in zip(dz, upstream(each.params, one_cache, each.upstream), strict=True):
            assert close(many[k], one, TOLERANCE[case.X.dtype.name])
        assert np.allclose(output[k], forward(each.params, each.X, each.activation)[0], rtol=1e-5)
        assert close(flat([(dW[k], db[k, 0]) for dW, db in gradient]), flat(ours(each)), TOLERANCE[case.X.dtype.name])


def test_relu_has_slope_0_at_its_kink():
    params = [(np.eye(3), np.zeros(3)), (np.ones((3, 1)), np.zeros(1))]
    X = np.array([[-1.0, 0.0, 2.0]])
    output, cache = forward(params, X, "relu")
    (dW, db), _ = backward(params, cache, np.ones((1, 1)))
    assert output == 2.0 and db.tolist() == [0, 0, 1] and dW[:, 2].tolist() == [-1, 0, 2]


def test_lists_serve_as_inputs_and_upstream():
    case = a_case([2, 3, 1], 2)
    _, cache = forward(case.params, case.X.tolist())
    assert np.array_equal(flat(backward(case.params, cache, case.upstream.tolist())), flat(ours(case)))


def test_running_actor_as_a_network():
    u1, u2, c1, c2, w1, w2, b = THETA0
    params = [(np.array([[u1, u2]]), np.array([c1, c2])), (np.array([[w1], [w2]]), np.array([b]))]
    z, cache = forward(params, CELLS[:, None])
    p = sigmoid(z.copy())
    assert p[:, 0] == pytest.approx(probabilities(THETA0), rel=1e-15)
    (dW, _), _ = backward(params, cache, (1 - p) * [[1], [0], [0]])
    assert dW[0, 0] == pytest.approx(-0.326552825269, abs=1e-12)


# Errors


@pytest.mark.parametrize("shape", [(3,), (3, 2), (2, 1), (1, 3)])
def test_upstream_must_have_the_outputs_shape(shape):
    case = a_case([2, 4, 1], 3)
    with pytest.raises(ValueError, match=r"output's shape \(3, 1\), it has \(" + str(shape[0])):
        backward(case.params, forward(case.params, case.X)[1], np.ones(shape))


@pytest.mark.parametrize("activation", ["gelu", ["tanh"], None, np.tanh, "Tanh"])
def test_an_unknown_activation_is_refused(activation):
    case = a_case([2, 4, 1], 3)
    with pytest.raises(ValueError, match="activation must be one of tanh, sigmoid, relu, it is"):
        forward(case.params, case.X, activation)


def test_a_cache_of_another_network_is_refused():
    case, other = a_case([2, 4, 1], 3), a_case([2, 5, 1], 3)
    deeper, plain = a_case([2, 4, 4, 1], 3), a_case([2, 4, 1], 3)
    caches = [forward(each.params, each.X)[1] for each in (other, deeper, a_case([3, 4, 1], 3))]
    for cache in [*caches, None, (), residual_forward(deeper.params, deeper.X)[1], case.X, {"inputs": 1}]:
        with pytest.raises(ValueError, match="params and cache must be those of one call of forward"):
            backward(case.params, cache, case.upstream)
        with pytest.raises(ValueError, match="params and cache must be those of one call of forward"):
            upstream(case.params, cache, case.upstream)
    own = forward(case.params, case.X)[1]
    for cache in (own._replace(activation="x"), own._replace(inputs=[own.inputs[0], own.inputs[1][:1]])):
        with pytest.raises(ValueError, match="params and cache must be those of one call of forward"):
            backward(case.params, cache, case.upstream)
    lists = [(W.tolist(), b) for W, b in case.params], [(W, b.tolist()) for W, b in case.params]
    for params in ([], None, deeper.params, *lists, [(W, None) for W, _ in case.params]):
        with pytest.raises(ValueError, match="params and cache must be those of one call of forward"):
            backward(params, forward(plain.params, plain.X)[1], case.upstream)
    with pytest.raises(ValueError, match="doutput must have the output's shape"):  # of another batch
        backward(case.params, forward(case.params, case.X[:2])[1], case.upstream)


def test_a_real_doutput_serves_a_complex_cache():
    case = a_case([2, 4, 1], 3)
    _, cache = forward(case.params, case.X + 0j)
    assert np.allclose(flat(backward(case.params, cache, case.upstream)), flat(ours(case)))


def test_any_tuple_with_forwards_two_fields_is_a_cache():
    case = a_case([2, 4, 1], 3)
    as_in_the_lesson = SimpleNamespace(**forward(case.params, case.X)[1]._asdict())
    assert np.array_equal(flat(backward(case.params, as_in_the_lesson, case.upstream)), flat(ours(case)))


# Initialisation


@pytest.mark.parametrize("dtype", [np.uint8, np.int8])
def test_small_whole_sizes_do_not_wrap(dtype):
    sizes = np.array([127, 127], dtype)
    (W, _), *_ = init_params(sizes, np.random.default_rng(1))
    assert np.array_equal(W, init_params([127, 127], np.random.default_rng(1))[0][0])


@pytest.mark.parametrize("dtype", TOLERANCE)
@pytest.mark.parametrize(
    "scheme, variance",
    [
        ("glorot", lambda i, o: 2 / (i + o)),
        ("he", lambda i, o: 2 / i),
        ("zero", lambda i, o: 0),
        (0.3, lambda i, o: 0.09),
    ],
)
def test_variances_are_those_of_the_scheme(scheme, variance, dtype):
    sizes = [300, 200, 400]
    params = init_params(sizes, np.random.default_rng(1), scheme, dtype)
    for (W, b), i, o in zip(params, sizes, sizes[1:], strict=False):
        assert W.shape == (i, o) and b.shape == (o,) and W.dtype == b.dtype == dtype
        assert np.var(W) == pytest.approx(variance(i, o), rel=0.03)
        assert abs(np.mean(W)) <= 4 * (variance(i, o) / W.size) ** 0.5 and not b.any()


def test_the_same_generator_gives_the_same_network():
    first, second = (init_params([3, 4, 2], np.random.default_rng(7)) for _ in range(2))
    assert np.array_equal(flat(first), flat(second))


@pytest.mark.parametrize(
    "sizes, scheme, words",
    [
        ([3], "glorot", "sizes must hold at least two whole numbers"),
        ([3, 0, 1], "glorot", r"sizes\[1\] must be a whole number, at least 1, it is 0"),
        ([3, 1], "xavier", "glorot, he, zero or a standard deviation up to 2e.306, not 'xavier'"),
        ([3, 1], -1.0, "standard deviation up to 2e.306, not -1.0"),
        ([3, 1], float("nan"), "standard deviation up to 2e.306, not nan"),
        ([3, 1], float("inf"), "standard deviation up to 2e.306, not inf"),
        ([3, 1], None, "standard deviation up to 2e.306, not None"),
        ([3, 1], ["he"], "standard deviation up to 2e.306, not"),
        ([3, 1], 1e308, "standard deviation up to 2e.306, not 1e.308"),
        ([3, 1], 10**400, "standard deviation up to 2e.306, not 1000"),
        ([3, 1], Fraction(10**400), "standard deviation up to 2e.306, not Fraction"),
        (3, "he", "sizes must hold at least two whole numbers"),
        (None, "he", "sizes must hold at least two whole numbers"),
        ([[3], [1, 2]], "he", r"sizes\[0\] must be a whole number"),
        ([3, 1.5], "he", r"sizes\[1\] must be a whole number, at least 1, it is 1.5"),
        ([True, 3], "he", r"sizes\[0\] must be a whole number, at least 1, it is True"),
        ("31", "he", "sizes must hold at least two whole numbers"),
    ],
)
def test_what_makes_no_network_is_refused(sizes, scheme, words):
    with pytest.raises(ValueError, match=words):
        init_params(sizes, np.random.default_rng(0), scheme)


@pytest.mark.parametrize("scheme", [Fraction(1, 2), np.float16(0.5), np.longdouble(0.5)])
def test_a_standard_deviation_of_any_kind(scheme):
    nets = [init_params([3, 2], np.random.default_rng(0), each) for each in (scheme, 0.5)]
    assert nets[0][0][0].dtype == float and np.array_equal(flat(nets[0]), flat(nets[1]))


def test_weights_too_large_for_their_dtype_are_refused():
    with pytest.raises(ValueError, match="scheme must be .* a standard deviation up to 7e.02, not 1000"):
        init_params([3, 1], np.random.default_rng(0), 1000, np.float16)


@pytest.mark.parametrize("dtype", [int, bool, complex, "uint8", object, "abc", None, 5, [float], {}, np.ones(3)])
def test_weights_are_floating_point_numbers(dtype):
    with pytest.raises(ValueError, match="dtype must be a kind of floating-point numbers"):
        init_params([3, 1], np.random.default_rng(0), dtype=dtype)


@pytest.mark.parametrize("rng", [0, None, np.random])
def test_weights_are_drawn_by_a_generator(rng):
    with pytest.raises(TypeError, match="rng must be a numpy.random.Generator"):
        init_params([3, 1], rng)

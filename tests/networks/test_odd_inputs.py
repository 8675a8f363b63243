"""Odd arrays given to every function: the answer for the same numbers in float64, or an error with a name.

The odd kinds are whole and tiny dtypes, lists, arrays that are read-only, strided or of the other byte order, empty
ones, more or fewer axes, NaN and infinity, and what holds no numbers at all.
"""

import re
import warnings

import numpy as np
import pytest

from helpers.networks import activations, gradient_scale, losses, network, residual, training
from helpers.running_actor import THETA0, as_layers, as_theta, log_probability, probabilities

RNG = np.random.default_rng(0)
PARAMS = network.init_params([3, 4, 4, 2], RNG)
X = RNG.normal(size=(2, 3))
OUTPUT, CACHE = network.forward(PARAMS, X)
_, RESIDUAL_CACHE = residual.residual_forward(PARAMS, X)
ZEROS = [(np.zeros((2, 3)), np.zeros(3))]


def with_W(W):
    return [(W, np.ones(3)), (np.ones((3, 1)), np.ones(1))]


def with_b(b):
    return [(np.ones((2, 3)), b), (np.ones((3, 1)), np.ones(1))]


def gradient_of(dW):
    return lambda params, step: [(dW, np.ones(3))]


TAKERS = {  # function of one array: the shape it expects, and words of its error
    "forward X": (lambda a: network.forward(PARAMS, a)[0], (2, 3), "X|layer 0"),
    "forward W": (lambda a: network.forward(with_W(a), np.ones((4, 2)))[0], (2, 3), "params|layer 0"),
    "forward b": (lambda a: network.forward(with_b(a), np.ones((4, 2)))[0], (3,), "params|layer 0"),
    "backward": (lambda a: network.backward(PARAMS, CACHE, a), (2, 2), "doutput"),
    "upstream": (lambda a: gradient_scale.upstream(PARAMS, CACHE, a), (2, 2), "doutput"),
    "residual_forward": (lambda a: residual.residual_forward(PARAMS, a)[0], (2, 3), "X|layer 0"),
    "residual_backward": (lambda a: residual.residual_backward(PARAMS, RESIDUAL_CACHE, a), (2, 2), "doutput"),
    "softmax_cross_entropy": (lambda a: losses.softmax_cross_entropy(a, [0, 1]), (2, 2), "logits|labels"),
    "mean_squared_error": (lambda a: losses.mean_squared_error(a, np.full((2, 3), 7.0)), (2, 3), "output"),
    "mean_squared_error target": (lambda a: losses.mean_squared_error(np.ones((2, 3)), a), (2, 3), "target"),
    "sigmoid": (activations.sigmoid, (2, 3), "z must"),
    "log_sigmoid": (activations.log_sigmoid, (2, 3), "z must"),
    "rms": (gradient_scale.rms, (2, 3), "array(s of any shape)? must"),
    "layer_sizes": (lambda a: gradient_scale.layer_sizes(PARAMS, a, np.ones((2, 2))), (2, 3), "X|layer 0"),
    "layer_sizes doutput": (lambda a: gradient_scale.layer_sizes(PARAMS, X, a), (2, 2), "doutput"),
    "global_norm": (lambda a: gradient_scale.global_norm([(a, np.ones(3))]), (2, 3), "gradient"),
    "sgd": (lambda a: training.sgd(gradient_of(a), ZEROS, 2, 0.1, 0.5), (2, 3), "gradient_of"),
    "sgd params": (
        lambda a: training.sgd(gradient_of(ZEROS[0][0]), [(a, np.ones(3))], 1, 1.0),
        (2, 3),
        "params|gradient_of",
    ),
    "as_layers": (as_layers, (7,), "theta"),
    "as_theta": (lambda a: as_theta([(a, np.ones(2)), (np.ones((2, 1)), np.ones(1))]), (1, 2), "layers"),
    "probabilities": (probabilities, (7,), "theta"),
    "log_probability": (lambda a: log_probability(a, -1.0), (7,), "theta"),
    "log_probability x": (lambda a: log_probability(THETA0, a), (2, 3), "x must"),
}
DTYPES = ["uint8", "int8", "int16", "uint64", "bool", "float16", "float32", ">f8", "longdouble"]
RANGES = {"uint8": (0, 255), "int8": (-128, 127), "uint64": (0, 9), "bool": (0, 1)}


def flat(result):
    """All numbers of a result, as float64."""
    if isinstance(result, (list, tuple)):
        return np.concatenate([flat(part) for part in result]) if result else np.zeros(0)
    return np.ravel(result).astype(float)


def outcome(taker, array):
    """The numbers that a function returns, or the error it raises; warnings pass only for NaN and infinity."""
    finite = not isinstance(array, np.ndarray) or array.dtype.kind != "f" or np.isfinite(array).all()
    with warnings.catch_warnings():
        warnings.simplefilter("error" if finite else "ignore")
        try:
            return flat(taker(array))
        except (TypeError, ValueError) as error:
            return error


def right_or_refused(name, odd, same=None):
    """Assert that the answer is that for the same numbers, or an error that names the argument."""
    taker, _, words = TAKERS[name]
    found = outcome(taker, odd)
    if isinstance(found, Exception):
        assert re.search(rf"\b({words})\b", str(found)), found
    else:
        assert same is not None, f"{name} took {odd!r}"
        expected = outcome(taker, same)
        rtol = {"float32": 1e-4, "float16": 1e-3}.get(str(getattr(odd, "dtype", "")), 1e-9)
        assert np.allclose(found, expected, rtol=rtol, atol=rtol)
    return found


each = pytest.mark.parametrize("name", TAKERS)


@each
@pytest.mark.parametrize("dtype", DTYPES)
def test_whole_and_tiny_dtypes(name, dtype):
    shape, rng = TAKERS[name][1], np.random.default_rng(3)
    low, high = RANGES.get(dtype, (-300, 300))
    for numbers in (np.full(shape, low), np.full(shape, high), *rng.integers(low, high, (5, *shape), endpoint=True)):
        odd = numbers.astype(dtype)
        right_or_refused(name, odd, odd.astype(float))
        right_or_refused(name, odd.tolist(), odd.astype(float))


@each
def test_whatever_the_layout(name):
    shape = TAKERS[name][1]
    plain = np.random.default_rng(1).normal(size=shape)
    read_only, wide = plain.copy(), np.zeros((*shape[:-1], 2 * shape[-1]))
    read_only.flags.writeable, wide[..., ::2] = False, plain
    for odd in (read_only, np.asfortranarray(plain), wide[..., ::2], plain[::-1].copy()[::-1]):
        before = odd.copy()
        assert not isinstance(right_or_refused(name, odd, plain), Exception)
        assert np.array_equal(odd, before)


@each
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_not_finite_in_not_finite_out_or_refused(name, bad):
    odd = np.random.default_rng(1).normal(size=TAKERS[name][1])
    odd.flat[1] = bad
    found = outcome(TAKERS[name][0], odd)
    if isinstance(found, Exception):
        assert re.search(rf"\b({TAKERS[name][2]})\b", str(found)), found
    elif np.isnan(bad):
        assert not np.isfinite(found).all()


@each
def test_no_numbers_are_refused(name):
    shape = TAKERS[name][1]
    for odd in (
        None,
        "text",
        np.full(shape, "1"),
        np.full(shape, None),
        [[1.0], [1.0, 2.0]],
        {},
        np.full(shape, 1j)[0],
    ):
        analytic = name.endswith("sigmoid") or name == "log_probability x"  # they serve the complex step
        if not (analytic and isinstance(odd, np.ndarray) and odd.dtype.kind == "c"):
            assert isinstance(right_or_refused(name, odd), Exception)


@each
def test_other_shapes_are_refused_or_serve(name):
    shape = TAKERS[name][1]
    any_shape = name.endswith("sigmoid") or name in ("rms", "global_norm", "log_probability x")
    serve = {
        "softmax_cross_entropy": [(2, 3)],
        **dict.fromkeys(("probabilities", "log_probability", "as_layers"), [(7, 1)]),
    }.get(name, [])
    for other in [(), (1,), (0,), shape[:-1], (*shape, 1), (1, *shape), (*shape[:-1], shape[-1] + 1), (5, 5, 5)]:
        found = outcome(TAKERS[name][0], np.ones(other))
        if isinstance(found, Exception):
            assert re.search(rf"\b({TAKERS[name][2]})\b", str(found)), (other, found)
        else:
            assert any_shape or other in serve, other

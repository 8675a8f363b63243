"""Losses and their gradients against autograd and the complex step, for huge logits, and where they do not fit."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from hypothesis import given
from hypothesis import strategies as st

from helpers.networks.losses import mean_squared_error, softmax_cross_entropy

TOLERANCE = {"float32": 1e-4, "float64": 1e-11}


def close(gradient, exact, tolerance):
    return np.allclose(gradient, exact, rtol=tolerance, atol=tolerance * (1 + np.abs(exact).max(initial=0)))


def cross_entropy_by_autograd(logits, labels):
    shifted = logits - anp.max(logits, axis=1, keepdims=True)
    return anp.mean(anp.log(anp.sum(anp.exp(shifted), axis=1)) - shifted[np.arange(len(labels)), labels])


@st.composite
def classifications(draw):
    n, classes, scale = draw(st.integers(1, 6)), draw(st.integers(1, 6)), draw(st.sampled_from([0.1, 1.0, 30.0]))
    rng = np.random.default_rng(draw(st.integers(0, 2**31)))
    return scale * rng.normal(size=(n, classes)), rng.integers(0, classes, n)


@given(classifications(), st.sampled_from(sorted(TOLERANCE)))
def test_cross_entropy_agrees_with_autograd(case, dtype):
    logits, labels = case[0].astype(dtype), case[1]
    before = logits.copy()
    loss, dlogits = softmax_cross_entropy(logits, labels)
    exact = logits.astype(float)
    assert np.array_equal(logits, before)
    assert loss.dtype == dlogits.dtype == dtype
    assert close(loss, cross_entropy_by_autograd(exact, labels), TOLERANCE[dtype])
    assert close(dlogits, grad(cross_entropy_by_autograd)(exact, labels), TOLERANCE[dtype])


@given(classifications())
def test_cross_entropy_agrees_with_the_complex_step(case):
    logits, labels = case
    slopes = np.empty_like(logits)
    for index in np.ndindex(logits.shape):
        moved = logits.astype(complex)
        moved[index] += 1e-30j
        slopes[index] = softmax_cross_entropy(moved, labels)[0].imag / 1e-30
    assert close(softmax_cross_entropy(logits, labels)[1], slopes, 1e-11)


@pytest.mark.parametrize("dtype", TOLERANCE)
@pytest.mark.parametrize("low, high", [(-1e4, 1e4), (0, 1e4), (-1e4, 0)])
def test_cross_entropy_of_huge_logits_is_exact(low, high, dtype):
    logits = np.array([[low, high], [high, low], [high, high]], dtype)
    for labels, losses, slopes in [
        ([1, 0, 0], [0, 0, np.log(2)], [[0, 0], [0, 0], [-0.5, 0.5]]),
        ([0, 1, 1], [high - low, high - low, np.log(2)], [[-1, 1], [1, -1], [0.5, -0.5]]),
    ]:
        loss, dlogits = softmax_cross_entropy(logits, labels)
        assert loss == pytest.approx(np.mean(losses), rel=float(np.finfo(dtype).eps))
        assert np.array_equal(dlogits, np.array(slopes, dtype) / np.array(3, dtype))


@pytest.mark.parametrize("z", [1.0, 20.0, 30.0, 38.0, 100.0, 700.0])
def test_a_small_cross_entropy_keeps_its_digits(z):
    loss, dlogits = softmax_cross_entropy([[0.0, z, -1.0], [z, z - 1, 0.0]], [1, 0])
    others = np.array([np.exp(-z) + np.exp(-1 - z), np.exp(-1.0) + np.exp(-z)])
    assert loss == pytest.approx(np.mean(np.log1p(others)), rel=1e-14)
    alone, _ = softmax_cross_entropy([[0.0, z, -1.0]], [1])
    assert alone == pytest.approx(np.log1p(others[0]), rel=1e-14, abs=0)
    assert dlogits.flags.c_contiguous


def test_of_two_largest_logits_either_is_as_likely():
    for labels in ([0], [1]):
        assert softmax_cross_entropy([[700.0, 700.0, -700.0]], labels)[0] == pytest.approx(np.log(2), rel=1e-15)


@given(classifications(), st.sampled_from(sorted(TOLERANCE)))
def test_mean_squared_error_agrees_with_autograd(case, dtype):
    output = case[0].astype(dtype)
    target = output[::-1] + 1
    loss, doutput = mean_squared_error(output, target)
    assert loss.dtype == doutput.dtype == dtype
    exact = grad(lambda output: anp.mean((output - target.astype(float)) ** 2))(output.astype(float))
    assert close(doutput, exact, TOLERANCE[dtype])
    assert loss == pytest.approx(np.mean((output.astype(float) - target) ** 2), rel=TOLERANCE[dtype])


@pytest.mark.parametrize(
    "logits, labels, words",
    [
        (np.zeros(3), [0], r"logits must have a shape \(N, C\).*\(3,\)"),
        (np.zeros((0, 3)), [], r"\(0, 3\)"),
        (np.zeros((2, 3)), [[0], [0, 1]], "labels must be 2 whole numbers from 0 to 2"),
        (np.zeros((2, 3)), [0, None], "labels must be 2 whole numbers from 0 to 2"),
        (np.zeros((2, 3)), [np.zeros((2, 3)), np.zeros((2, 4))], "labels must be 2 whole numbers from 0 to 2"),
        (np.zeros((2, 3)), None, "labels must be 2 whole numbers from 0 to 2"),
        (np.zeros((2, 3)), [True, False], "whole numbers"),
        (np.zeros((2, 3)), [0], "labels must be 2 whole numbers from 0 to 2"),
        (np.zeros((2, 3)), [0, 3], "from 0 to 2"),
        (np.zeros((2, 3)), [0, -1], "from 0 to 2"),
        (np.zeros((2, 3)), [0.0, 1.0], "whole numbers"),
        (np.zeros((2, 3)), np.eye(3)[:2], "whole numbers"),
    ],
)
def test_logits_and_labels_that_do_not_fit(logits, labels, words):
    with pytest.raises(ValueError, match=words):
        softmax_cross_entropy(logits, labels)


@pytest.mark.parametrize("output, target", [((3, 1), (3,)), ((3, 2), (2, 3)), ((0, 2), (0, 2))])
def test_targets_that_do_not_fit(output, target):
    with pytest.raises(ValueError, match="target must have output's shape"):
        mean_squared_error(np.zeros(output), np.zeros(target))


@pytest.mark.parametrize("row", [[np.nan, 1.0], [np.inf, 1.0], [-np.inf, -np.inf]])
def test_logits_without_a_softmax_are_refused(row):
    with pytest.raises(ValueError, match="logits must be numbers, in each row one above -inf and none infinite"):
        softmax_cross_entropy([[0.0, 1.0], row], [0, 0])


def test_a_logit_of_minus_infinity_is_a_class_that_is_out_of_the_question():
    loss, dlogits = softmax_cross_entropy([[0.0, -np.inf, 0.0]], [2])
    assert loss == pytest.approx(np.log(2)) and dlogits.tolist() == [[0.5, 0.0, -0.5]]


@pytest.mark.parametrize("dtype", ["uint8", "int8", "float16", "bool"])
def test_a_mean_of_squares_larger_than_its_dtype(dtype):
    output, target = np.array([[100, 0, 1]], dtype), np.array([[0, 100, 1]], dtype)
    loss, doutput = mean_squared_error(300 * output if dtype == "float16" else output, target)
    exact = np.array([[100.0, -100.0, 0.0]]) if dtype in ("uint8", "int8") else None
    if exact is None:
        exact = np.array([[30000.0, -100.0, 299.0]]) if dtype == "float16" else np.array([[1.0, -1.0, 0.0]])
    assert loss == pytest.approx(np.mean(exact**2), rel=1e-3) and np.allclose(doutput, 2 / 3 * exact, rtol=1e-3)

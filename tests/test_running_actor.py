"""The numbers that all lessons share: the running actor at theta0."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.calculus.differences import complex_step, numerical_gradient
from helpers.calculus.gradient_checking import gradient_check
from helpers.calculus.graph import topological_order
from helpers.rl.corridor import exact_return
from helpers.running_actor import (
    CELLS,
    NAMES,
    THETA0,
    actor_graph,
    actor_output,
    followed,
    log_probability,
    probabilities,
    sigmoid,
)

FOLLOWED = -0.326552825269


def test_parameters():
    assert NAMES == ("u1", "u2", "c1", "c2", "w1", "w2", "b")
    assert THETA0.tolist() == [0.8, -0.5, 0.1, 0.3, 0.7, -1.2, 0.2]
    assert CELLS.tolist() == [-1, 0, 1]
    for array in (THETA0, CELLS):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1.0


def test_design_numbers():
    assert np.allclose(probabilities(THETA0), [0.265046574278, 0.480058698450, 0.718747827873], rtol=0, atol=5e-13)
    assert abs(exact_return(probabilities(THETA0)) - -12.686771631124) < 5e-13
    gradient = numerical_gradient(lambda theta: exact_return(probabilities(theta)), THETA0, "complex")
    expected = [-1.96023939, 1.35867708, -0.57997983, -0.40807067, -2.64395877, 1.92572700, 2.71078768]
    assert np.allclose(gradient, expected, rtol=0, atol=5e-9)
    assert abs(complex_step(followed, THETA0[0]) - FOLLOWED) < 5e-13


def test_the_formula_written_out():
    u1, u2, c1, c2, w1, w2, b = THETA0
    for x in CELLS:
        z = w1 * np.tanh(u1 * x + c1) + w2 * np.tanh(u2 * x + c2) + b
        assert actor_output(THETA0, x) == pytest.approx(z, rel=1e-15)
        assert log_probability(THETA0, x) == pytest.approx(-np.log1p(np.exp(-z)), rel=1e-14)
    assert followed(0.8) == log_probability(THETA0, -1.0)
    assert followed(0.9) == log_probability([0.9, *THETA0[1:]], -1.0)


def test_sigmoid_takes_real_and_complex_arrays():
    z = np.array([[-2.0, 0.0], [1.0, 3.0]])
    assert np.allclose(sigmoid(z) + sigmoid(-z), 1) and sigmoid(z).shape == (2, 2)
    assert sigmoid(z + 1e-20j).imag / 1e-20 == pytest.approx(sigmoid(z) * (1 - sigmoid(z)))


@given(theta=st.lists(st.floats(-2, 2), min_size=7, max_size=7), x=st.sampled_from([-1.0, 0.0, 1.0, 0.3]))
def test_graph_has_the_value_and_the_gradient_of_the_formula(theta, x):
    root = actor_graph(x, theta)
    root.backward()
    nodes = {node.label: node for node in topological_order(root)}
    assert root.data == pytest.approx(log_probability(theta, x), rel=1e-13)
    report = gradient_check(lambda theta: log_probability(theta, x), theta, [nodes[name].grad for name in NAMES])
    assert report.passed, report
    assert all(node.label for node in topological_order(root)) and len(nodes) == 20


def test_graph_at_theta0_gives_the_followed_number():
    root = actor_graph()
    root.backward()
    u1 = next(node for node in topological_order(root) if node.label == "u1")
    assert abs(u1.grad - FOLLOWED) < 5e-13

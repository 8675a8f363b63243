"""The numbers that all lessons share: the running actor at theta0."""

import ast
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.calculus.differences import complex_step, numerical_gradient
from helpers.calculus.gradient_checking import gradient_check
from helpers.calculus.graph import topological_order
from helpers.networks.network import forward, init_params
from helpers.rl.corridor import exact_return
from helpers.running_actor import (
    CELLS,
    NAMES,
    THETA0,
    actor_graph,
    actor_output,
    as_layers,
    as_theta,
    followed,
    log_probability,
    probabilities,
)

FOLLOWED = -0.326552825269
HELPERS = Path(__file__).resolve().parents[1] / "helpers"


def test_the_actors_formula_and_the_reward_stand_once():
    found = []
    for path in sorted(HELPERS.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
            if isinstance(node, ast.FunctionDef | ast.Lambda) and names.issuperset(NAMES):
                found.append((path.name, node.name))
            if isinstance(node, ast.Assign) and ast.unparse(node).startswith("REWARD ="):
                found.append((path.name, "REWARD"))
    printed = [("printed_derivatives.py", name) for name in ("followed_derivative", "followed_return_derivative")]
    assert found == [("corridor.py", "REWARD"), *printed, ("running_actor.py", "actor_output")]  # those are by sympy


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


@pytest.mark.parametrize("z", [-800.0, -37.0, 0.0, 37.0, 800.0])
def test_log_probability_where_the_probability_rounds(z):
    theta = [0.0, 0.0, 0.0, 0.0, 1.0, 1.0, z]
    assert log_probability(theta, -1.0) == pytest.approx(min(z, 0) - np.log1p(np.exp(-abs(z))), rel=1e-15)
    slope = complex_step(lambda b: log_probability(np.append(theta[:6], b), -1.0), z)
    assert slope == pytest.approx(1 / (1 + np.exp(z)) if z < 700 else 0, rel=1e-14, abs=0)


def test_many_actors_are_those_actors():
    theta = np.random.default_rng(0).normal(size=(7, 3))  # as many as cells: columns can't pass for cells
    assert probabilities(theta).shape == (3, 3)
    for k, alone in enumerate(theta.T):
        assert np.array_equal(probabilities(theta)[:, k], probabilities(alone))
        assert np.array_equal(log_probability(theta, 0.3)[k], log_probability(alone, 0.3))
        for many, one in zip(as_layers(theta), as_layers(alone), strict=True):
            assert np.array_equal(many[0][k], one[0]) and np.array_equal(many[1][k, 0], one[1])
    assert np.array_equal(as_theta(as_layers(theta)), theta)
    z, _ = forward(as_layers(theta), CELLS[:, None])
    assert z[..., 0].T == pytest.approx(actor_output(theta, CELLS[:, None]), rel=1e-15)


def test_layers_are_the_actor():
    z, _ = forward(as_layers(THETA0), CELLS[:, None])
    assert z[:, 0] == pytest.approx(actor_output(THETA0, CELLS), rel=1e-15)
    assert np.array_equal(as_theta(as_layers(THETA0)), THETA0)
    theta = THETA0.copy()
    as_layers(theta)[0][0][0, 1] = 9.0  # layers are views
    assert theta[1] == 9.0


@pytest.mark.parametrize("function", [probabilities, lambda theta: log_probability(theta, 0.0), as_layers])
@pytest.mark.parametrize(
    "theta, words",
    [
        (THETA0[:6], r"theta must hold seven numbers, u1, u2, .*; its shape is \(6,\)"),
        (np.ones(8), r"its shape is \(8,\)"),
        (np.ones((3, 7)), r"its shape is \(3, 7\)"),
        (np.ones((7, 1, 1)), r"its shape is \(7, 1, 1\)"),
        (0.5, r"its shape is \(\)"),
        ([*THETA0[:6], np.nan], "theta must hold finite numbers"),
        ([*THETA0[:6], -np.inf], "theta must hold finite numbers"),
        (["0.8"] * 7, "theta must hold numbers"),
        (None, "theta must hold numbers"),
        ([*THETA0[:6], [1.0, 2.0]], "theta must hold numbers"),
    ],
)
def test_what_is_no_actor_is_refused(function, theta, words):
    with pytest.raises((TypeError, ValueError), match=words):
        function(theta)


@pytest.mark.parametrize("theta", [np.ones((7, 2)), np.ones(6), [*THETA0[:6], np.nan]])
def test_a_graph_is_of_one_actor(theta):
    with pytest.raises(ValueError, match="theta must hold"):
        actor_graph(theta=theta)


@pytest.mark.parametrize(
    "layers",
    [
        as_layers(THETA0)[:1],
        [*as_layers(THETA0), (np.ones((1, 1)), np.ones(1))],
        init_params([1, 3, 1], np.random.default_rng(0)),
        init_params([2, 2, 1], np.random.default_rng(0)),
        [as_layers(THETA0)[0], as_layers(np.ones((7, 2)))[1]],
        [as_layers(np.ones((7, 2)))[0], as_layers(np.ones((7, 3)))[1]],
        [],
        None,
        [(W.tolist(), b) for W, b in as_layers(THETA0)],
    ],
)
def test_layers_of_another_form_are_no_actor(layers):
    with pytest.raises((TypeError, ValueError), match="layers must"):
        as_theta(layers)


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

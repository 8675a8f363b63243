"""The numbers that all lessons share, and the table that refuses a number which disagrees."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.agreement import AgreementTable, agreement_table
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


# The agreement table


def table():
    return AgreementTable("slope", 2.0)


def test_rows_are_added_and_shown():
    shown = table().add("01", "formula", 2.0, "1 formula").add("02", "difference", 2.0 + 3e-9, "2 evaluations")
    assert [row[:2] for row in shown.rows] == [("01", "formula"), ("02", "difference")]
    lines = repr(shown).split("\n")
    assert lines[0].split() == ["lesson", "method", "slope", "error", "cost"]
    assert lines[2].split() == ["02", "difference", "2.000000003000", "3e-09", "2", "evaluations"]
    html = shown._repr_html_()
    assert html.count("<tr>") == 3 and html.count('<th scope="col">') == 5 and "<td>2.000000003000</td>" in html


def test_a_disagreeing_number_is_refused_and_both_are_named():
    started = table().add("01", "formula", 2.0, "")
    with pytest.raises(
        AssertionError, match=r"tape gives 2\.000001000000 for slope, but formula gives 2\.000000000000"
    ):
        started.add("03", "tape", 2.000001, "")
    with pytest.raises(AssertionError, match="tape gives nan"):
        started.add("03", "tape", np.nan, "")
    assert len(started.rows) == 1
    with pytest.raises(AssertionError, match="but the exact value gives 2.0"):
        table().add("01", "formula", 2.1, "")


def test_tolerance_of_the_rougher_of_two_methods_counts():
    started = table().add("02", "forward", 2.0 + 5e-6, "", tolerance=1e-5)
    assert len(started.add("02", "central", 2.0, "", tolerance=1e-12).rows) == 2
    with pytest.raises(AssertionError, match="central again"):
        started.add("02", "central again", 2.0 + 1e-11, "", tolerance=1e-12)


def test_adding_twice_changes_nothing():
    started = table().add("01", "formula", 2.0, "one")
    assert started.add("01", "formula", 2.0 + 1e-12, "another") is started
    assert len(started.rows) == 1
    with pytest.raises(AssertionError):
        started.add("01", "formula", 3.0, "one")
    assert len(started.add("02", "formula", 2.0, "one").rows) == 2


def test_table_escapes_html():
    assert "<b>" not in AgreementTable("<b>", 0.0).add("<b>", "<b>", 0.0, "<b>")._repr_html_()


@pytest.mark.parametrize("lesson, lessons", [("01", []), ("02", ["01"]), ("03", ["01", "02", "02", "02"])])
def test_agreement_table_of_a_lesson(lesson, lessons):
    started = agreement_table(lesson)
    assert [row[0] for row in started.rows] == lessons
    assert abs(started.exact - FOLLOWED) < 5e-13
    assert all(f"{FOLLOWED:.7f}" == f"{row[2]:.7f}" for row in started.rows)
    root = actor_graph()
    root.backward()
    u1 = next(node for node in topological_order(root) if node.label == "u1")
    assert len(started.add("03", "backward on the graph", u1.grad, "1 backward pass", 1e-12).rows) == len(lessons) + 1

"""The corridor's return and the actor's output as sympy formulas, against the same in numbers."""

import numpy as np
import pytest
import sympy as sp

from helpers.calculus.differences import numerical_gradient
from helpers.rl.closed_form import Z, followed_derivative, followed_return_derivative, return_formula, return_of_actor
from helpers.rl.corridor import exact_return
from helpers.running_actor import CELLS, NAMES, THETA0, actor_output, probabilities


def test_the_actors_formula_is_the_actor():
    assert {str(symbol) for symbol in Z.free_symbols} == {"x", *NAMES}
    compiled = sp.lambdify(("x", *NAMES), Z, "numpy")
    assert np.allclose(compiled(CELLS, *THETA0), actor_output(THETA0, CELLS), rtol=1e-15)


def test_followed_derivative():
    by_formula, exact = followed_derivative()
    assert abs(exact - -0.326552825269) < 5e-13
    assert by_formula == pytest.approx(exact, rel=1e-14)


def test_the_value_equations_give_the_closed_form_of_the_design():
    p0, p1, p2 = sp.symbols("p0 p1 p2")
    closed = (-p0 * p1 + 2 * p0 - p1 * p2 + p1 + p2) / (p0 * p2 * (p1 - 1))
    assert sp.simplify(return_formula() - closed) == 0


@pytest.mark.parametrize("p", [("1/2", "1/3", "3/4"), ("1", "0", "1"), ("1/100", "99/100", "1/50")])
def test_return_formula_in_rational_numbers_is_exact_return(p):
    rational = return_formula().subs({f"p{cell}": sp.Rational(part) for cell, part in enumerate(p)})
    assert rational.is_Rational
    assert float(rational) == pytest.approx(exact_return([float(sp.Rational(part)) for part in p]), rel=1e-13)


def test_return_of_the_actor_and_its_derivatives():
    formula, rng = return_of_actor(), np.random.default_rng(0)
    assert {str(symbol) for symbol in formula.free_symbols} == set(NAMES)
    J = sp.lambdify(NAMES, formula, "numpy")
    slopes = sp.lambdify(NAMES, [sp.diff(formula, name) for name in NAMES], "numpy")
    for theta in (THETA0, *rng.normal(size=(3, 7))):
        assert J(*theta) == pytest.approx(exact_return(probabilities(theta)), rel=1e-12)
        exact = numerical_gradient(lambda theta: exact_return(probabilities(theta)), theta, "complex")
        assert np.allclose(slopes(*theta), exact, rtol=1e-10, atol=1e-12)


def test_followed_return_derivative():
    by_formula, exact = followed_return_derivative()
    assert abs(exact - -1.96023939) < 5e-9
    assert by_formula == pytest.approx(exact, rel=1e-12)
    by_step = numerical_gradient(lambda theta: exact_return(probabilities(theta)), THETA0, "complex")[0]
    assert by_step == pytest.approx(exact, rel=1e-12)

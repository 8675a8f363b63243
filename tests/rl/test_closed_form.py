"""The corridor's return and the actor's derivatives as sympy formulas, against numbers; and what is printed of them."""

from decimal import Decimal, localcontext

import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from helpers.calculus.differences import numerical_gradient
from helpers.rl import closed_form, corridor
from helpers.rl import printed_derivatives as printed
from helpers.rl.closed_form import Z, followed_derivative, followed_return_derivative, return_formula, return_of_actor
from helpers.rl.corridor import GOAL, exact_return
from helpers.running_actor import CELLS, NAMES, THETA0, actor_output, log_probability, probabilities

DERIVATIVES = {"log π": (followed_derivative, printed.followed_derivative)}
DERIVATIVES |= {"J": (followed_return_derivative, printed.followed_return_derivative)}


def test_the_actors_formula_is_the_actor():
    assert {str(symbol) for symbol in Z.free_symbols} == {"x", *NAMES}
    compiled = sp.lambdify(("x", *NAMES), Z, "numpy")
    assert np.allclose(compiled(CELLS, *THETA0), actor_output(THETA0, CELLS), rtol=1e-15)


def test_the_value_equations_give_the_closed_form_of_the_design():
    p0, p1, p2 = sp.symbols("p0 p1 p2")
    closed = (-p0 * p1 + 2 * p0 - p1 * p2 + p1 + p2) / (p0 * p2 * (p1 - 1))
    assert sp.simplify(return_formula() - closed) == 0


@pytest.mark.parametrize("reward, moves", [(-0.5, corridor.NEXT), (2.0, [[1, 0], [1, 2], [1, GOAL], [GOAL, GOAL]])])
def test_another_world_has_another_formula(monkeypatch, reward, moves):
    for module in (closed_form, corridor):
        monkeypatch.setattr(module, "REWARD", reward)
        monkeypatch.setattr(module, "NEXT", np.array(moves))
    rational = return_formula().subs({"p0": sp.Rational(1, 3), "p1": sp.Rational(2, 5), "p2": sp.Rational(3, 4)})
    assert float(rational) == pytest.approx(exact_return([1 / 3, 2 / 5, 3 / 4]), rel=1e-13)


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


def decimal_tanh(z):
    return (z.exp() - (-z).exp()) / (z.exp() + (-z).exp())


@pytest.mark.parametrize("quantity", DERIVATIVES)
def test_what_is_printed_is_what_sympy_derives(quantity):
    """The drift test, to 28 digits: after a change of the world or the actor, `make derivatives` is due."""
    derived, as_printed = DERIVATIVES[quantity]
    anew = sp.lambdify(NAMES, derived(), [{"exp": Decimal.exp, "tanh": decimal_tanh}])
    with localcontext(prec=40):
        for theta in (THETA0, *np.random.default_rng(1).uniform(-2, 2, (50, 7))):
            weights = [Decimal(str(weight)) for weight in theta]
            exact = anew(*weights)
            assert abs(as_printed(weights, Decimal.exp, decimal_tanh) - exact) < abs(exact) * Decimal("1e-28")


@given(st.lists(st.floats(-2, 2), min_size=7, max_size=7).map(np.array))
def test_printed_derivatives_against_the_complex_step(theta):
    log_pi = numerical_gradient(lambda theta: log_probability(theta, -1.0), theta, "complex")
    J = numerical_gradient(lambda theta: exact_return(probabilities(theta)), theta, "complex")
    assert printed.followed_derivative(theta, np.exp, np.tanh) == pytest.approx(log_pi[0], rel=1e-9, abs=1e-12)
    assert printed.followed_return_derivative(theta, np.exp, np.tanh) == pytest.approx(J[0], rel=1e-9, abs=1e-12)

"""Networks as formulas, and how many operations their derivatives take."""

import numpy as np
import pytest
import sympy as sp

from helpers.networks.expression_swell import measure_swell, network_formula


def test_network_formula_against_numpy():
    sizes = (2, 3, 2, 1)
    output, parameters = network_formula(sizes)
    assert len(parameters) == len(set(parameters)) == 3 * 3 + 2 * 4 + 3
    assert output.free_symbols == {*parameters, *sp.symbols("x:2", real=True)}
    rng = np.random.default_rng(0)
    values, x = rng.normal(size=len(parameters)), rng.normal(size=2)
    h, rest = x, list(values)
    for n_in, n_out in zip(sizes, sizes[1:], strict=False):
        W = np.array([[rest.pop(0) for _ in range(n_in)] for _ in range(n_out)])
        h = np.tanh(W @ h + [rest.pop(0) for _ in range(n_out)])
    assert sp.lambdify([sp.symbols("x:2"), parameters], output)(x, values) == pytest.approx(h[0], rel=1e-13)


@pytest.mark.parametrize("sizes", [(1,), (), (2, 2), (0, 1), (2, -1, 1), [2.5, 1], [True, 1], "ab", None, 3, {}])
@pytest.mark.parametrize("function", [network_formula, measure_swell])
def test_sizes_that_make_no_network(function, sizes):
    with pytest.raises(ValueError, match=r"^sizes(\[\d\])? must "):
        function(sizes)


def test_sizes_of_numpys_kinds():
    assert measure_swell(np.array([1, 1], np.uint8)) == measure_swell((1, 1))


@pytest.mark.parametrize("hidden", [1, 2, 3])
def test_operations_are_those_of_all_derivatives_written_out(hidden):
    sizes = (2, *[2] * hidden, 1)
    output, parameters = network_formula(sizes)
    swell = measure_swell(sizes)
    assert (swell.sizes, swell.n_parameters) == (sizes, 6 * hidden + 3)
    assert swell.operations == sum(sp.count_ops(sp.diff(output, parameter)) for parameter in parameters)

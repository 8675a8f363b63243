"""Networks as formulas, and how many operations their derivatives take."""

import numpy as np
import pytest
import sympy as sp

from helpers.networks.expression_swell import (
    formulas_backward,
    measure_swell,
    network_formula,
    operations_by_hand,
    shared_operations,
)


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


@pytest.mark.parametrize("sizes", [(1,), (), (2, 2), (0, 1), (2, -1, 1)])
def test_sizes_that_make_no_network(sizes):
    with pytest.raises(ValueError, match="sizes must hold at least two positive numbers, the last of them 1"):
        network_formula(sizes)


class Counted:
    """A number that counts the operations done with it."""

    done = 0

    def _operation(self, *others):
        Counted.done += 1
        return Counted()

    __add__ = __mul__ = __rsub__ = tanh = _operation


def count_by_hand(sizes):
    """Operations of one forward and one backward pass, by doing them."""
    Counted.done = 0
    h = [Counted() for _ in range(sizes[0])]
    layers = []
    for n_in, n_out in zip(sizes, sizes[1:], strict=False):
        W = [[Counted() for _ in range(n_in)] for _ in range(n_out)]
        layers.append((W, h))
        outputs = []
        for row in W:
            z = row[0] * h[0]
            for w, value in zip(row[1:], h[1:], strict=True):
                z = z + w * value
            outputs.append((z + Counted()).tanh())
        h = outputs
    dh = [Counted() for _ in h]
    for W, below in reversed(layers):
        dz = [d * (1 - value * value) for d, value in zip(dh, h, strict=True)]
        for d in dz:
            for value in below:
                d * value
        if below is not layers[0][1]:
            dh = []
            for i in range(len(below)):
                total = dz[0] * W[0][i]
                for d, row in zip(dz[1:], W[1:], strict=True):
                    total = total + d * row[i]
                dh.append(total)
        h = below
    return Counted.done


@pytest.mark.parametrize("sizes", [(1, 1), (2, 1), (3, 2, 1), (1, 2, 1), (2, 4, 3, 1), (5, 1, 6, 1)])
def test_operations_by_hand_are_those_that_are_done(sizes):
    assert operations_by_hand(sizes) == count_by_hand(sizes)


def test_formulas_swell_and_hand_written_passes_do_not():
    swells = [measure_swell((1, *[2] * depth, 1)) for depth in (1, 2, 3)]
    assert [swell.n_parameters for swell in swells] == [7, 13, 19]
    assert [swell.by_hand for swell in swells] == [count_by_hand(swell.sizes) for swell in swells]
    growth = [later.operations / earlier.operations for earlier, later in zip(swells, swells[1:], strict=False)]
    assert min(growth) > 2.5
    for swell in swells:
        assert swell.shared < swell.operations and swell.by_hand < swell.operations / 4
    output, parameters = network_formula(swells[0].sizes)
    assert swells[0].operations == sum(sp.diff(output, p).count_ops() for p in parameters)


@pytest.mark.parametrize("sizes", [(1, 1), (2, 3, 1), (2, 2, 2, 1), (1, 2, 3, 1)])
def test_formulas_put_together_backward_are_the_same_derivatives(sizes):
    output, parameters = network_formula(sizes)
    symbols = sorted(output.free_symbols, key=str)
    values = np.random.default_rng(1).normal(size=len(symbols))
    forward = sp.lambdify(symbols, [sp.diff(output, parameter) for parameter in parameters])
    backward = sp.lambdify(symbols, formulas_backward(sizes))
    assert backward(*values) == pytest.approx(forward(*values), rel=1e-12)


@pytest.mark.parametrize("depth", [1, 2, 3, 4])
def test_it_is_the_direction_that_keeps_sympy_from_sharing(depth):
    """From the output down the same derivatives share all that is done by hand (whose first step, times 1, is free)."""
    sizes = (2, *[2] * depth, 1)
    assert shared_operations(formulas_backward(sizes)) == operations_by_hand(sizes) - 1

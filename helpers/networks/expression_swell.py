"""Networks as sympy formulas: how they grow with depth."""

import time
from dataclasses import dataclass

import sympy as sp


def network_formula(sizes):
    """Return (output, parameters) of a tanh network with the given layer sizes; its one output is one expression.

    Raises ValueError unless sizes has at least two entries and the last is 1.
    """
    if len(sizes) < 2 or sizes[-1] != 1 or min(sizes) < 1:
        raise ValueError(f"sizes must hold at least two positive numbers, the last of them 1, not {sizes}")
    h = sp.symbols(f"x:{sizes[0]}", real=True)
    parameters = []
    for layer, n_out in enumerate(sizes[1:], start=1):
        W = [sp.symbols(f"w{layer}_{j}_:{len(h)}", real=True) for j in range(n_out)]
        b = sp.symbols(f"b{layer}_:{n_out}", real=True)
        h = [sp.tanh(sp.Add(*map(sp.Mul, row, h)) + bias) for row, bias in zip(W, b, strict=True)]
        parameters += [w for row in W for w in row] + list(b)
    return h[0], parameters


@dataclass(frozen=True)
class Swell:
    """What the full symbolic gradient of one network costs, in arithmetic operations and seconds."""

    sizes: tuple
    n_parameters: int
    operations: int  # of all derivative formulas, written out
    shared: int  # after common-subexpression elimination
    by_hand: int  # of hand-written forward and backward
    seconds: float  # to differentiate and count


def measure_swell(sizes):
    """Differentiate `network_formula(sizes)` by every parameter and count operations; returns a `Swell`."""
    output, parameters = network_formula(sizes)
    start = time.perf_counter()
    gradient = [sp.diff(output, parameter) for parameter in parameters]
    operations = int(sum(map(sp.count_ops, gradient)))
    seconds = time.perf_counter() - start
    definitions, rest = sp.cse(gradient)
    shared = sum(sp.count_ops(formula) for _, formula in definitions) + sum(map(sp.count_ops, rest))
    return Swell(tuple(sizes), len(parameters), operations, int(shared), operations_by_hand(sizes), seconds)


def operations_by_hand(sizes):
    """Count the operations of one hand-written forward and backward pass of a tanh network, layer by layer."""
    total = 0
    for layer, (n_in, n_out) in enumerate(zip(sizes, sizes[1:], strict=False)):
        total += n_out * (2 * n_in + 1)  # z = W h + b, then tanh: n_in products, n_in sums, 1 tanh
        total += n_out * 3  # dz = dh * (1 - h**2)
        total += n_out * n_in  # dW = dz * h for each weight; db = dz is free
        if layer > 0:
            total += n_in * (2 * n_out - 1)  # dh of the layer below: n_out products, n_out - 1 sums
    return total

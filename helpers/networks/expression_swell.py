"""Networks as sympy formulas: how they grow with depth."""

from dataclasses import dataclass

import sympy as sp


@dataclass(frozen=True)
class Layer:
    """Symbols of one layer, W[j][i] from neuron i below to neuron j, and the formulas below and above it."""

    W: list
    b: tuple
    below: tuple
    h: tuple


def network_layers(sizes):
    """Return the `Layer`s of a tanh network with the given layer sizes, from the input up.

    Raises ValueError unless sizes has at least two entries and the last is 1.
    """
    if len(sizes) < 2 or sizes[-1] != 1 or min(sizes) < 1:
        raise ValueError(f"sizes must hold at least two positive numbers, the last of them 1, not {sizes}")
    h, layers = sp.symbols(f"x:{sizes[0]}", real=True), []
    for number, n_out in enumerate(sizes[1:], start=1):
        W = [sp.symbols(f"w{number}_{j}_:{len(h)}", real=True) for j in range(n_out)]
        b = sp.symbols(f"b{number}_:{n_out}", real=True)
        out = tuple(sp.tanh(sp.Add(*map(sp.Mul, row, h)) + bias) for row, bias in zip(W, b, strict=True))
        layers.append(Layer(W, b, h, out))
        h = out
    return layers


def network_formula(sizes):
    """Return (output, parameters) of such a network; its one output is one expression. Errors as above."""
    layers = network_layers(sizes)
    parameters = [symbol for layer in layers for symbols in (*layer.W, layer.b) for symbol in symbols]
    return layers[-1].h[0], parameters


def formulas_backward(sizes):
    """Return the derivatives by all parameters, as `network_formula` orders them, put together from the output down.

    They are those that `sympy.diff` finds, written in another order. Errors as above.
    """
    dh, found = [sp.Integer(1)], []
    for layer in reversed(network_layers(sizes)):
        dz = [upstream * (1 - h**2) for upstream, h in zip(dh, layer.h, strict=True)]
        found = [slope * h for slope in dz for h in layer.below] + dz + found
        dh = [sp.Add(*map(sp.Mul, dz, column)) for column in zip(*layer.W, strict=True)]
    return found


@dataclass(frozen=True)
class Swell:
    """What the full symbolic gradient of one network costs, in arithmetic operations."""

    sizes: tuple
    n_parameters: int
    operations: int  # of all derivative formulas, written out
    shared: int  # after common-subexpression elimination
    by_hand: int  # of hand-written forward and backward


def measure_swell(sizes):
    """Differentiate `network_formula(sizes)` by every parameter and count operations; returns a `Swell`."""
    output, parameters = network_formula(sizes)
    gradient = [sp.diff(output, parameter) for parameter in parameters]
    operations = int(sum(map(sp.count_ops, gradient)))
    return Swell(tuple(sizes), len(parameters), operations, shared_operations(gradient), operations_by_hand(sizes))


def shared_operations(formulas):
    """Count the operations of all formulas when each piece that stands there twice is computed once."""
    definitions, rest = sp.cse(formulas)
    return int(sum(sp.count_ops(formula) for _, formula in definitions) + sum(map(sp.count_ops, rest)))


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

"""Networks as sympy formulas: how they grow with depth."""

from dataclasses import dataclass

from helpers.networks.validation import check_sizes


def network_formula(sizes):
    """Return (output, parameters) of a tanh network with the given layer sizes; its one output is one expression.

    Raises ValueError unless sizes has at least two entries, all positive and whole, and the last is 1.
    """
    import sympy as sp  # here, for it takes half a second to load, and one lesson needs it

    *_, last = sizes = check_sizes(sizes)
    if last != 1:
        raise ValueError(f"sizes must end with 1, one output, it is {sizes}")
    h, parameters = sp.symbols(f"x:{sizes[0]}", real=True), []
    for number, n_out in enumerate(sizes[1:], start=1):
        W = [sp.symbols(f"w{number}_{j}_:{len(h)}", real=True) for j in range(n_out)]  # W[j][i] from i below to j
        b = sp.symbols(f"b{number}_:{n_out}", real=True)
        parameters += [symbol for symbols in (*W, b) for symbol in symbols]
        h = [sp.tanh(sp.Add(*map(sp.Mul, row, h)) + bias) for row, bias in zip(W, b, strict=True)]
    return h[0], parameters


@dataclass(frozen=True)
class Swell:
    """What the printed gradient of one network takes, in arithmetic operations."""

    sizes: tuple
    n_parameters: int
    operations: int  # of all derivative formulas, written out


def measure_swell(sizes):
    """Differentiate `network_formula(sizes)` by every parameter and count operations; returns a `Swell`."""
    output, parameters = network_formula(sizes)
    operations = sum(output.diff(parameter).count_ops() for parameter in parameters)
    return Swell(tuple(sizes), len(parameters), int(operations))

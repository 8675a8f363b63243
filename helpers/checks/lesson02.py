"""The exercise of lesson 02b, the last digits, and a function of arrays for the homework."""

import numpy as np

from helpers.checks.exercise import exercise


def tilted(x):
    """A function of an array in which every entry counts differently."""
    return float(np.sum(np.arange(1, x.size + 1) * np.sin(x.ravel())))


def cube(x):
    """x cubed: its slope can be worked out by hand, and its term with h**3 as well."""
    return x**3


@exercise(
    probes=[(cube, 2.0), (np.sin, 1.0), (np.exp, -0.5), (np.sin, -0.7)],
    rtol=1e-12,
    atol=1e-25,
    hints=[
        "In (2.4) f(x) and f″(x) stand without i: they are in the real part. Where is h·f′(x)?",
        "`f(x + 1e-20j).imag` is h·f′(x), and a term that is too small to be seen.",
    ],
    mistakes=[
        ("real", "f(x + 1j * h).imag / h", "f(x + 1j * h).real", "The real part is f(x) itself. f′(x) is in the imaginary part."),
        ("real_divided", "f(x + 1j * h).imag / h", "f(x + 1j * h).real / h", "The real part is f(x), and divided by h it is enormous. f′(x) is in the imaginary part."),
        ("no_division", ".imag / h", ".imag", "The imaginary part is h·f′(x): divide it by h."),
        ("two", ".imag / h", ".imag / (2 * h)", "You divided by 2h, as the central difference does. Here the step is h, to one side."),
        ("size", "f(x + 1j * h).imag", "abs(f(x + 1j * h))", "`abs` of a complex number is its length, which is f(x) here. f′(x) is in the imaginary part."),
        ("straight", "f(x + 1j * h).imag / h", "(f(x + h) - f(x)) / h", "x + 10⁻²⁰ is x, so nothing has moved. Step to the side, by ih."),
        ("minus", "+ 1j", "- 1j", "Stepping by −ih turns the sign of the imaginary part."),
        ("coarse", "h = 1e-20", "h = 1e-5", "With this h the term with h³ is still seen. Nothing is subtracted, so h may be 1e-20."),
    ],
)  # fmt: skip
def complex_slope(f, x):
    """Return f'(x) from the one value f(x + ih), with h = 1e-20."""
    h = 1e-20
    return f(x + 1j * h).imag / h

"""The exercise of lesson 01, one neuron."""

from helpers.checks.exercise import exercise


@exercise(
    probes=[(2.0, 0.5, 3.0, 0.25), (-1.0, -0.6, 0.7, 0.265), (0.4, 0.3, -1.2, 0.8)],
    hints=[
        "Walk the thick path from u1 to log π, and write down what each arrow multiplies by.",
        "The arrows to z bring x, the slope of tanh in terms of h1, and w1. The last one is 1/p times the sigmoid's slope.",
    ],
    mistakes=[
        ("claim", "(1 - p) * w1 * (1 - h1**2) * x", "1 - h1**2", "That is the claim: the slope alone. Who listens to h1, and what does u1 multiply?"),
        ("input", "(1 - h1**2) * x", "(1 - h1**2)", "The input is missing: u1 moves z1 by x for each unit."),
        ("upstream", "w1 * (1", "(1", "The upstream is missing: how loudly is h1 heard by z?"),
        ("slope", "w1 * (1 - h1**2)", "w1", "The slope of tanh is missing, between z1 and h1."),
        ("value", "(1 - h1**2)", "h1", "You multiplied by the output of tanh; the factor is its slope."),
        ("other", "(1 - h1**2)", "h1 * (1 - h1)", "h1·(1 − h1) is the rule of the sigmoid; h1 comes out of a tanh."),
        ("squared", "(1 - h1**2)", "(1 - h1) ** 2", "Square h1 first: the slope of tanh is 1 − h1², not (1 − h1)²."),
        ("square", "(1 - h1**2)", "(1 - h1)", "The slope of tanh has the square of its output."),
        ("last", "(1 - p) * w1", "w1", "That is ∂z/∂u1. One arrow is left, from z to log π."),
        ("policy", "(1 - p) * w1", "p * (1 - p) * w1", "That is the derivative of π. The logarithm brings one factor more."),
        ("logarithm", "(1 - p) * w1", "w1 / p", "From z to log π there are two steps: 1/p is the logarithm's, and the sigmoid's slope is missing."),
        ("output", "(1 - p) * w1", "p * w1", "1/p times the sigmoid's slope is not p: the slope is the rule that you found for `neuron_gradient`."),
    ],
)  # fmt: skip
def by_u1(x, h1, w1, p):
    """Return the derivative of log pi by u1, from the input x, the neuron's output h1, its weight w1 and p = pi."""
    return (1 - p) * w1 * (1 - h1**2) * x

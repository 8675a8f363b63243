"""Exercises of lesson 01 that no lesson asks any more, as in `retired_exercises`."""

import numpy as np
from retired_exercises import retired

from helpers.networks.activations import sigmoid
from helpers.running_actor import THETA0, actor_output

u1, u2, c1, c2, w1, w2, b = THETA0
INPUTS = [(-1.0,), (0.0,), (1.0,), (0.4,)]


@retired(
    probes=[(-2.0,), (0.0,), (0.7,), (3.0,)],
    mistakes=[
        ("value", "return p * (1 - p)", "return p", "That is the activation σ(z) itself; the question asks for its slope."),
        ("at_z", "p * (1 - p)", "z * (1 - z)", "The formula p(1 − p) takes the neuron's *output* p = σ(z); you put z into it."),
        ("sign", "p * (1 - p)", "p * (p - 1)", "The sign is flipped: σ rises everywhere, so its slope is positive."),
        ("tanh", "p * (1 - p)", "1 - p**2", "1 − p² is the slope of tanh, written with its output; for the sigmoid it is p(1 − p)."),
    ],
)  # fmt: skip
def sigmoid_slope(z):
    """Return the derivative of sigmoid at z."""
    p = sigmoid(z)
    return p * (1 - p)


@retired(
    named=("∂p/∂w", "∂p/∂b", "∂p/∂x"),
    probes=[(3.0, -1.0, 1.0), (0.7, -0.3, 1.5), (-1.2, 0.4, 0.8), (2.0, 0.1, -1.0)],
    mistakes=[
        ("slope", "slope = p * (1 - p)", "slope = 1.0", "The activation's slope p(1 − p) is missing: these are the derivatives of z, not of p = σ(z)."),
        ("input", "slope * x,", "slope,", "The derivative with respect to w needs the factor x: w stands before x in z = w·x + b."),
        ("weight", "slope * w", "slope", "The derivative with respect to x needs the factor w: x stands behind w in z = w·x + b."),
        ("swapped", "return slope * x, slope, slope * w", "return slope, slope * x, slope * w", "The first two are swapped: return the derivative with respect to w first, then b, then x."),
        ("bias", "w * x + b", "w * x", "The bias b was left out of z = w·x + b, so the slope is taken at the wrong place."),
        ("at_z", "p * (1 - p)", "(w * x + b) * (1 - w * x - b)", "The slope was computed from z; p(1 − p) takes the output p = σ(z)."),
        ("sign", "p * (1 - p)", "p * (p - 1)", "The sign of the slope is flipped: σ rises everywhere."),
        ("exchanged", "return slope * x, slope, slope * w", "return slope * w, slope, slope * x", "x and w are exchanged: the derivative with respect to w has the factor x, and the other way round."),
        ("at_x", "sigmoid(w * x + b)", "sigmoid(x)", "The slope was taken at x; it belongs at z = w·x + b."),
        ("value", "slope = p * (1 - p)", "slope = p", "You multiplied by the output σ(z); the factor is the *slope* σ′(z) = p(1 − p)."),
    ],
)  # fmt: skip
def neuron_gradient(w, b, x):
    """Return the derivatives of p = sigmoid(w * x + b) with respect to w, b and x, in this order."""
    p = sigmoid(w * x + b)
    slope = p * (1 - p)
    return slope * x, slope, slope * w


@retired(
    probes=[(np.array([-2.0, -0.5, 0.0, 0.5, 3.0]),), (np.array([[0.0, 1.0], [-1.0, 2.0]]),)],
    mistakes=[
        ("value", "np.where(z > 0, 1.0, 0.0)", "np.maximum(z, 0.0)", "That is ReLU itself; the question asks for its slope, which is 0 or 1."),
        ("kink", "z > 0", "z >= 0", "At the kink z = 0 the slope was taken as 1. There is no slope there; the series, like most libraries, takes 0."),
        ("half", "np.where(z > 0, 1.0, 0.0)", "np.heaviside(z, 0.5)", "At the kink z = 0 the slope was taken as 1/2, as sympy does. The series, like most libraries, takes 0."),
        ("reversed", "1.0, 0.0", "0.0, 1.0", "The two sides are exchanged: ReLU is flat on the left and rises on the right."),
        ("ones", "np.where(z > 0, 1.0, 0.0)", "np.ones_like(z)", "The slope is 1 only on the right; left of zero ReLU is flat."),
    ],
)  # fmt: skip
def relu_slope(z):
    """Return the slope of ReLU at each entry of the array z, with 0 at the kink."""
    return np.where(z > 0, 1.0, 0.0)


@retired(
    probes=INPUTS,
    mistakes=[
        ("slope_alone", "w2 * (1 - h2**2) * x", "1 - h2**2", "This is the activation's slope alone, the quotation at the top of this section: what feeds the neuron and who listens to it are missing."),
        ("upstream", "w2 * (1 - h2**2) * x", "(1 - h2**2) * x", "The upstream factor is missing: z does not take h2 itself but w2·h2."),
        ("input", "w2 * (1 - h2**2) * x", "w2 * (1 - h2**2)", "The input is missing: u2 stands before x in z2 = u2·x + c2."),
        ("slope", "w2 * (1 - h2**2) * x", "w2 * x", "The local slope 1 − h2² of the activation is missing."),
        ("neuron", "np.tanh(u2 * x + c2)", "np.tanh(u1 * x + c1)", "The slope is that of neuron 1; u2 belongs to neuron 2."),
        ("other_slope", "(1 - h2**2)", "(1 - np.tanh(c1 - u1) ** 2)", "This slope was computed for neuron 1 in the leftmost cell; neuron 2 has its own, which changes with x."),
        ("other_weight", "w2 *", "w1 *", "w1 is the way out of neuron 1; neuron 2 is heard over w2."),
        ("one_cell", "h2**2) * x", "h2**2) * -1.0", "The input was fixed at −1; the function gets x as its argument."),
        ("at_z", "np.tanh(u2 * x + c2)", "(u2 * x + c2)", "1 − h² takes the neuron's output h2 = tanh(z2); you put z2 into it."),
        ("no_bias", "u2 * x + c2", "u2 * x", "The bias c2 was left out of z2 = u2·x + c2, so the slope is taken at the wrong place."),
        ("other_bias", "u2 * x + c2", "u2 * x + c1", "c1 is the bias of neuron 1; the slope of neuron 2 belongs at z2 = u2·x + c2."),
        ("not_squared", "h2**2", "h2", "The slope of tanh is 1 − h2², with the square."),
        ("sigmoid", "(1 - h2**2)", "h2 * (1 - h2)", "h(1 − h) is the slope of the sigmoid; the slope of tanh is 1 − h²."),
    ],
)  # fmt: skip
def dz_du2(x):
    """Return the derivative of the actor's output z with respect to u2."""
    h2 = np.tanh(u2 * x + c2)
    return w2 * (1 - h2**2) * x


@retired(
    probes=INPUTS,
    mistakes=[
        ("outer", "(1 - p) * dz", "dz", "This is the derivative of z. On the way from z to log π one factor is left: 1 − p."),
        ("of_p", "(1 - p) * dz", "p * (1 - p) * dz", "This is the derivative of the probability p; that of log p is 1/p times as large."),
        ("wrong_action", "(1 - p) * dz", "-p * dz", "−p belongs to log(1 − p), the log-probability of *left*; the question asks for right."),
        ("p_for_1_minus_p", "(1 - p) * dz", "p * dz", "The factor between z and log π is 1 − p, not p: formula (1.4)."),
        ("other_cell", "sigmoid(actor_output(THETA0, x))", "sigmoid(actor_output(THETA0, -1.0))", "p was taken in the leftmost cell; it changes with x."),
        ("one_over_p", "(1 - p) * dz", "dz / p", "The factor 1/p from the logarithm is there; the sigmoid's slope p(1 − p) between p and z is missing."),
        ("sign", "(1 - p)", "(p - 1)", "The sign is flipped: raising z raises the probability of right."),
        ("no_sigmoid", "sigmoid(actor_output(THETA0, x))", "actor_output(THETA0, x)", "The sigmoid is missing: actor_output gives z, and the probability is p = σ(z)."),
        ("log_p", "(1 - p) * dz", "np.log(p) * dz", "log p is the function itself; the factor between z and log p is its slope, 1 − p."),
        ("no_bias", "u2 * x + c2", "u2 * x", "The bias c2 was left out of z2 = u2·x + c2, so the slope of tanh is taken at the wrong place."),
        ("not_squared", "np.tanh(u2 * x + c2) ** 2", "np.tanh(u2 * x + c2)", "The slope of tanh is 1 − h2², with the square."),
    ],
)  # fmt: skip
def dlogpi_du2(x):
    """Return the derivative of log pi(right | x) with respect to u2."""
    dz = w2 * (1 - np.tanh(u2 * x + c2) ** 2) * x
    p = sigmoid(actor_output(THETA0, x))
    return (1 - p) * dz

"""Exercises of lesson 02, finite differences."""

import numpy as np

from helpers.checks.exercise import exercise
from helpers.running_actor import THETA0, actor_output

EPS32, EPS64 = float(np.finfo(np.float32).eps), float(np.finfo(np.float64).eps)


def cube(x):
    """x cubed: a function whose differences can be done by hand."""
    return x**3


def tilted(x):
    """A function of an array in which every entry counts differently."""
    return float(np.sum(np.arange(1, x.size + 1) * np.sin(x.ravel())))


@exercise(
    probes=[(cube, 2.0, 0.5), (np.sin, 1.0, 1e-2), (np.exp, -0.5, 0.1)],
    hints=[
        "Look at f a step to the right and a step to the left of x.",
        "The two points are 2h apart, and that is what the difference must be divided by.",
    ],
    mistakes=[
        ("forward", "(f(x + h) - f(x - h)) / (2 * h)", "(f(x + h) - f(x)) / h", "This is the forward difference: it looks to one side only. The central one uses f(x + h) and f(x − h)."),
        ("backward", "(f(x + h) - f(x - h)) / (2 * h)", "(f(x) - f(x - h)) / h", "This is the backward difference: it looks to the left only. The central one uses f(x + h) and f(x − h)."),
        ("two", "/ (2 * h)", "/ h", "The points x − h and x + h are 2h apart; you divided by h."),
        ("precedence", "/ (2 * h)", "/ 2 * h", "`/ 2 * h` divides by 2 and then *multiplies* by h. Write `/ (2 * h)`."),
        ("sign", "f(x + h) - f(x - h)", "f(x - h) - f(x + h)", "The sign is flipped: right minus left."),
        ("half_step", "(f(x + h) - f(x - h)) / (2 * h)", "(f(x + h / 2) - f(x - h / 2)) / h", "This central difference takes steps of h/2. It is a good formula, but here the steps are h to each side."),
    ],
)  # fmt: skip
def central(f, x, h):
    """Return the central difference of f at x with step h."""
    return (f(x + h) - f(x - h)) / (2 * h)


@exercise(
    probes=[(EPS32,), (EPS64,), (1e-12,)],
    hints=[
        "The truncation error is about h², the round-off error about eps/h. Where does their sum turn?",
        "Set h² = eps/h and solve for h.",
    ],
    mistakes=[
        ("forward", "1 / 3", "1 / 2", "√eps is the best step of the *forward* difference, whose truncation error is h. Here it is h²."),
        ("too_small", "eps ** (1 / 3)", "eps", "h = eps is too small: x + h is then x or its next neighbour, and all that remains is round-off."),
        ("too_large", "1 / 3", "1 / 4", "eps^(1/4) balances a truncation error of h³. The central difference has h²."),
        ("precedence", "(1 / 3)", "1 / 3", "`eps ** 1 / 3` is (eps ** 1) / 3, since `**` binds before `/`. Write `eps ** (1 / 3)`."),
        ("constant", "eps ** (1 / 3)", "(3 * eps) ** (1 / 3)", "That is where the sum of h²/6 and ε/h is smallest. Here the question is where h² and ε/h are equal, without constants."),
        ("inverse", "1 / 3", "-1 / 3", "The exponent's sign is flipped: this step is far larger than 1."),
    ],
)  # fmt: skip
def best_central_step(eps):
    """Return the step h at which h**2 and eps / h are equal."""
    return eps ** (1 / 3)


@exercise(
    probes=[(tilted, np.array([0.3, -1.2, 2.0])), (tilted, np.array([[0.5, 1.0], [-0.7, 0.2]]))],
    rtol=1e-7,
    atol=1e-8,
    hints=[
        "Make a copy of x for each entry, move that one entry by h, call f; then the same by −h.",
        "`for i in np.ndindex(x.shape):` visits every entry of an array of any shape; `gradient = np.zeros(x.shape)` collects.",
    ],
    mistakes=[
        ("accumulated", "        up, down = x.copy(), x.copy()", "        up, down = (x.copy(), x.copy()) if i == (0,) * x.ndim else (up, down)", "An entry that was moved stays moved while the next one is measured. Start from a fresh copy of x for each entry."),
        ("forward", "(f(up) - f(down)) / (2 * h)", "(f(up) - f(x)) / h", "This is the forward difference in each entry; the central one moves up and down."),
        ("all_at_once", "up[i] += h", "up += h", "All entries were moved at once; a partial derivative moves one and keeps the others."),
        ("two", "/ (2 * h)", "/ h", "The points are 2h apart; you divided by h."),
        ("sign", "(f(up) - f(down))", "(f(down) - f(up))", "The sign is flipped: moved up minus moved down."),
        ("no_division", " / (2 * h)", "", "The change of f is not yet a slope: divide it by the distance 2h."),
        ("flat", "return gradient", "return gradient.ravel()", "The gradient must have x's shape (the shape rule), also for a matrix."),
    ],
)  # fmt: skip
def gradient_by_nudging(f, x):
    """Return the gradient of f at the array x by central differences with h = 1e-5; x stays as it is."""
    h = 1e-5
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        gradient[i] = (f(up) - f(down)) / (2 * h)
    return gradient


@exercise(
    probes=[(-1.0,), (1.0,), (0.4,)],
    named=("dz/dh1", "dz/du1"),
    rtol=1e-8,  # round-off stays below, and the exact derivative does not: it is no measurement
    atol=2e-9,
    hints=[
        "For the neuron: h1 enters z as w1·h1, so add a small number to h1 and leave u1 alone.",
        "For the weight: change u1 in a copy of THETA0 and call actor_output again.",
    ],
    mistakes=[
        ("swapped", "return by_neuron, by_weight", "return by_weight, by_neuron", "The two are swapped: return the derivative by the neuron's output first."),
        ("weight_twice", "return by_neuron, by_weight", "return by_weight, by_weight", "Both numbers come from nudging the weight. For the first, add h to the neuron's *output* h1."),
        ("neuron_twice", "return by_neuron, by_weight", "return by_neuron, by_neuron", "Both numbers come from nudging the neuron's output. For the second, add h to the *weight* u1, before the tanh."),
        ("no_division", "- z) / h, (", "- z), (", "The first change of z is not yet a slope: divide it by h."),
        ("before_tanh", "w1 * (h1 + h)", "w1 * np.tanh(u1 * x + c1 + h)", "You nudged what goes *into* neuron 1; the first derivative is with respect to what comes out, h1."),
        ("no_weight", "w1 * (h1 + h) + w2 * h2 + b - z", "(h1 + h) + w2 * h2 + b - (h1 + w2 * h2 + b)", "In the first number h1 enters z without its weight: z contains w1·h1."),
        ("other_neuron", "w1 * (h1 + h) + w2 * h2", "w1 * h1 + w2 * (h2 + h)", "You nudged neuron 2; the question is about neuron 1."),
        ("exact", "return by_neuron, by_weight", "return w1, w1 * (1 - h1**2) * x", "These are the exact derivatives, from the formula. Here they are to be *measured*: nudge by h = 1e-6, and look at what z does."),
    ],
)  # fmt: skip
def nudge_both(x):
    """Return (dz/dh1, dz/du1) of the actor by forward differences with h = 1e-6: nudge the neuron, nudge the weight."""
    h = 1e-6
    u1, u2, c1, c2, w1, w2, b = THETA0
    h1, h2 = np.tanh(u1 * x + c1), np.tanh(u2 * x + c2)
    z = w1 * h1 + w2 * h2 + b
    nudged = THETA0 + np.array([h, 0, 0, 0, 0, 0, 0])
    by_neuron, by_weight = (w1 * (h1 + h) + w2 * h2 + b - z) / h, (actor_output(nudged, x) - z) / h
    return by_neuron, by_weight


@exercise(
    probes=[(3.0, 2.0), (-4.0, 1.0), (2.0, 2.002), (-0.5, 0.5), (1e-6, 3e-6), (-3.0, -2.9), (1.5, -6.0)],
    hints=[
        "How far apart are the two, measured in units of the larger one?",
        "The numerator is |a − n|. The denominator is the larger of |a| and |n|.",
    ],
    mistakes=[
        ("absolute", "abs(a - n) / max(abs(a), abs(n))", "abs(a - n)", "This is the absolute error: 10⁻⁶ is large for a gradient of 10⁻⁶ and nothing for one of 1000. Divide by the larger of |a| and |n|."),
        ("min", "max(abs(a), abs(n))", "min(abs(a), abs(n))", "Divide by the *larger* of the two; with the smaller one the error explodes when one number is near 0."),
        ("sum", "max(abs(a), abs(n))", "(abs(a) + abs(n))", "Another common form divides by |a| + |n|. Here it is the larger of the two, so that the ladder's bounds hold."),
        ("by_n", "max(abs(a), abs(n))", "abs(n)", "You divided by |n|. Divide by the larger of |a| and |n|, so that neither number is preferred."),
        ("no_abs", "max(abs(a), abs(n))", "max(a, n)", "Take absolute values before the maximum: of two negative numbers max picks the smaller size."),
        ("signed", "abs(a - n)", "(a - n)", "An error has no sign: take |a − n|."),
    ],
)  # fmt: skip
def relative_error(a, n):
    """Return the relative error of the numbers a and n in the max form."""
    return abs(a - n) / max(abs(a), abs(n))


@exercise(
    probes=[(1, "forward"), (7, "central"), (7, "forward"), (1000, "central"), (250, "complex"), (7, "complex")],
    hints=[
        "For each weight one function value with that weight moved. Which methods need more?",
        "The forward difference shares one value, f(x), between all weights; the central one needs two for each.",
    ],
    mistakes=[
        ("not_shared", "n + 1", "2 * n", "The forward difference needs f(x) once for all weights, not again for each."),
        ("base", "n + 1", "n", "The forward difference also needs f(x) itself, once."),
        ("central_shared", "2 * n", "n + 1", "The central difference does not use f(x): it needs two new values for each weight."),
        ("central_base", "2 * n", "2 * n + 1", "The central difference does not use f(x) itself."),
        ("complex_two", '"complex": n', '"complex": 2 * n', "The complex step subtracts nothing, so one evaluation for each weight is enough."),
        ("complex_base", '"complex": n', '"complex": n + 1', "The complex step reads the derivative from the imaginary part alone; f(x) itself is not needed."),
    ],
)  # fmt: skip
def evaluations(n, method):
    """Return how often f is called for the gradient by n weights; method: 'forward', 'central' or 'complex'."""
    return {"forward": n + 1, "central": 2 * n, "complex": n}[method]

"""The exercises of lesson 01, one neuron."""

import numpy as np  # noqa: F401 (mistakes call it)

from helpers.checks.exercise import exercise

ADDED = "You added where one arrow follows another: along a path all factors multiply."
VALUE = "log p is what stands at the end of the path. From π to log π the factor is its slope, 1/p."


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
        ("again", "1 - h1**2", "1 - np.tanh(h1) ** 2", "h1 is what tanh has returned already: its slope is 1 − h1², with no tanh of h1."),
        ("tanh", "(1 - p) * w1", "(1 - p**2) / p * w1", "1 − p² is the rule of tanh; p comes out of a sigmoid. Its rule is the one that you found for `neuron_gradient`."),
        ("tanh_alone", "(1 - p) * w1", "(1 - p**2) * w1", "1 − p² is the rule of tanh, and p comes out of a sigmoid. The logarithm's factor 1/p is missing, too."),
        ("plus", "(1 - p) * w1", "(1 - p) + w1", ADDED),
        ("plus_slope", "w1 * (1 - h1**2)", "w1 + (1 - h1**2)", ADDED),
        ("plus_input", "(1 - h1**2) * x", "(1 - h1**2) + x", ADDED),
        ("plus_after", "w1 * (1 - h1**2) * x", "(w1 + (1 - h1**2) + x)", ADDED),
        ("only_plus", "(1 - p) * w1 * (1 - h1**2) * x", "(1 - p) + w1 + (1 - h1**2) + x", ADDED),
        ("log", "(1 - p) * w1", "np.log(p) * (1 - p) * w1", VALUE),
        ("log_of_policy", "(1 - p) * w1", "np.log(p) * p * (1 - p) * w1", VALUE),
        ("log_alone", "(1 - p) * w1", "np.log(p) * w1", f"{VALUE} The slope of the sigmoid is missing, too."),
        ("last", "(1 - p) * w1", "w1", "That is ∂z/∂u1. One arrow is left, from z to log π."),
        ("policy", "(1 - p) * w1", "p * (1 - p) * w1", "That is the derivative of π. The logarithm brings one factor more."),
        ("logarithm", "(1 - p) * w1", "w1 / p", "From z to log π there are two steps: 1/p is the logarithm's, and the sigmoid's slope is missing."),
        ("left", "(1 - p) * w1", "-p * w1", "−p is the slope of log(1 − p), for going left. Here π is the probability of right: 1/p times the sigmoid's slope."),
        ("output", "(1 - p) * w1", "p * w1", "1/p times the sigmoid's slope is not p: the slope is the rule that you found for `neuron_gradient`."),
    ],
)  # fmt: skip
def by_u1(x, h1, w1, p):
    """Return the derivative of log pi by u1, from x, h1, w1 and p = pi."""
    return (1 - p) * w1 * (1 - h1**2) * x


FOUR = "a * b * g + a * B * G + A * c * g + A * C * G"
LACKING = "One path is missing: the one that"


@exercise(
    probes=[(2.0, 3.0, 5.0, 7.0, 11.0, 13.0, 17.0, 19.0), (0.7, -0.4, 1.2, 0.5, -0.8, 0.9, 0.6, -1.1), (-1.3, 0.3, 0.4, -0.9, 1.6, 0.8, -0.7, 1.9)],
    hints=[
        "Follow the thick path, and write down its letters as a product. Then the next path.",
        "Each path has three letters: the first of a and A, then one of b, B, c and C, last g or G. What follows a? Two arrows start where a ends.",
    ],
    mistakes=[
        ("thick", FOUR, "a * B * G", "That is the thick path alone. The others count as well."),
        ("only_above", FOUR, "a * b * g", "That is one path alone, the one that stays above. The others count as well."),
        ("only_up", FOUR, "A * c * g", "That is one path alone. The others count as well."),
        ("only_below", FOUR, "A * C * G", "That is one path alone, the one that stays below. The others count as well."),
        ("rows", FOUR, "a * b * g + A * C * G", "Those are the two paths that stay in their row. An arrow may also cross over."),
        ("crossings", FOUR, "a * B * G + A * c * g", "Those are the two paths that cross over. Two more stay in their row."),
        ("from_above", FOUR, "a * b * g + a * B * G", "Those are the two paths that begin with a. Two more begin with A."),
        ("to_above", FOUR, "a * b * g + A * c * g", "Those are the two paths that end with g. Two more end with G."),
        ("above", "a * b * g + ", "", f"{LACKING} stays above."),
        ("down", "a * B * G + ", "", f"{LACKING} is thick in the drawing."),
        ("up", "A * c * g + ", "", f"{LACKING} goes down first, and then up."),
        ("below", " + A * C * G", "", f"{LACKING} stays below."),
        ("layers", FOUR, "(a + A) * (b + B + c + C) * (g + G)", "With all brackets multiplied out that is sixteen products, and most are no path: c, say, does not start where a ends."),
        ("exchanged", "a * B * G + A * c * g", "a * c * G + A * B * g", "B and c are exchanged: B goes down from where a ends, and c goes up from where A ends."),
        ("ends", "a * B * G + A * c * g", "a * B * g + A * c * G", "The last arrows of two paths are exchanged: B goes down, to where G starts, and c goes up, to where g starts."),
        ("ends_below", "A * c * g + A * C * G", "A * c * G + A * C * g", "The last arrows of two paths are exchanged: c goes up, to where g starts, and C straight on, to where G starts."),
        ("ends_above", "a * b * g + a * B * G", "a * b * G + a * B * g", "The last arrows of two paths are exchanged: b goes straight on, to where g starts, and B down, to where G starts."),
        ("both_ends", FOUR, "a * (b + B) * (g + G) + A * (c + C) * (g + G)", "That is eight products, and half of them are no path: b and c lead to g alone, B and C to G alone."),
        ("first_layer", FOUR, "a + A", "a and A lead to the first layer only. Each goes on, over two arrows, and further."),
        ("zigzag", FOUR, "a * b * c * g + A * B * C * G", "b and c, or B and C, are not on one path: each path has one arrow between the two layers."),
        ("last", FOUR, "a * b + a * B + A * c + A * C", "These paths end in the second layer: g and G are missing."),
        ("first", FOUR, "b * g + B * G + c * g + C * G", "These paths begin in the first layer: a and A are missing."),
        ("added", FOUR, "(a + b + g) + (a + B + G) + (A + c + g) + (A + C + G)", "Along a path the factors multiply, and you added them."),
        ("longest", FOUR, "a * b * c * g", "No path has four arrows: c does not start where b ends."),
        ("without_last", FOUR, "a * b + a * B + A * c + A * C + g + G", "g and G belong to the paths, each as the last factor: along a path factors multiply."),
        ("turned", FOUR, "(a + b + g) * (a + B + G) * (A + c + g) * (A + C + G)", "The other way round: along a path the factors multiply, and the paths add up."),
        ("letters", FOUR, "a + A + b + B + c + C + g + G", "Those are the letters, added. Along a path they multiply."),
        ("multiplied", FOUR, "a * b * g * a * B * G * A * c * g * A * C * G", "The paths add up, and you multiplied them."),
        ("mean", FOUR, f"({FOUR}) / 4", "That is the mean of the paths. What they bring adds up."),
    ],
)  # fmt: skip
def z_by_h(a, A, b, B, c, C, g, G):
    """Return the derivative of z by h, from the factors on the arrows."""
    return a * b * g + a * B * G + A * c * g + A * C * G

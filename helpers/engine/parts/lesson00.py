"""The part of lesson 00: a number becomes a probability."""

import numpy as np

from helpers.engine.part import Part, register
from helpers.engine.probing import Probing

ROW = np.linspace(-4.0, 4.0, 320)

LOST = "A sign was lost in solving: from p = e^z − p·e^z the last term goes over with a plus, p·(1 + e^z) = e^z"

register(
    Part(
        "sigmoid", "00", "sigmoid", "start", "makes a probability of any number",
        ("Solve p / (1 − p) = e^z for p: multiply by 1 − p, then bring all that has a p to one side.",
         "p = e^z / (1 + e^z). Divide above and below by e^z, so that no z is too large.",
         "e to the power of an array is `np.exp(...)`: `1 / (1 + np.exp(-z))`."),
        Probing(
            "sigmoid",
            ({"z": 0.0}, {"z": 2.0}, {"z": np.array([-1.0, 3.0])}, {"z": np.array([[0.5], [-4.0]])}, {"z": 800.0}),
            ("p",),
            (
                ("sign", "np.exp(-z)", "np.exp(z)", "This is 1 − p, the probability of left: it falls as z rises, and p must rise"),
                ("precedence", "1 / (1 + np.exp(-z))", "1 / 1 + np.exp(-z)", "This is 1 + e^−z, and p is 1 divided by all of it: `1 / (1 + ...)`, with brackets, for `1 / 1 + ...` divides first"),
                ("brackets", "1 / (1 + np.exp(-z))", "np.exp(z) / 1 + np.exp(z)", "The denominator needs brackets: `a / 1 + a` divides first"),
                ("tanh", "1 / (1 + np.exp(-z))", "np.tanh(z)", "This is tanh, which goes from −1 to 1; a probability lies between 0 and 1"),
                ("odds", "1 / (1 + np.exp(-z))", "np.exp(z)", "These are the odds e^z; asked is the probability p with p / (1 − p) = e^z"),
                ("overflow", "1 / (1 + np.exp(-z))", "np.exp(z) / (1 + np.exp(z))", "The formula is right, and fails at z = 800: e^800 is more than a float can hold. What if you divide above and below by e^z?"),
                ("solved", "1 / (1 + np.exp(-z))", "np.exp(z) / (1 - np.exp(z))", LOST),
                ("solved_turned", "1 / (1 + np.exp(-z))", "np.exp(z) / (np.exp(z) - 1)", LOST),
                ("solved_divided", "1 / (1 + np.exp(-z))", "1 / (1 - np.exp(-z))", LOST),
                ("solved_both", "1 / (1 + np.exp(-z))", "1 / (np.exp(-z) - 1)", LOST),
                ("upside_down", "1 / (1 + np.exp(-z))", "(1 + np.exp(z)) / np.exp(z)", "This is 1 / p: upside down"),
                ("twice_turned", "1 / (1 + np.exp(-z))", "1 + np.exp(z) / np.exp(z)", "`1 + a / a` divides first, and is 2; and p has the 1 + e^z below: `a / (1 + a)`"),
                ("summed", "1 / (1 + np.exp(-z))", "np.exp(z) / np.sum(np.exp(z))", "Each z has its own p, by its own e^z: nothing is summed"),
                ("logit", "1 / (1 + np.exp(-z))", "np.log(z / (1 - z))", "This is the way back, from p to z; here z is given and p is asked"),
                ("slope", "1 / (1 + np.exp(-z))", "np.exp(-z) / (1 + np.exp(-z)) ** 2", "This is the slope of the sigmoid"),
            ),
        ),
        work=lambda E: E.sigmoid(ROW),
    )
)  # fmt: skip

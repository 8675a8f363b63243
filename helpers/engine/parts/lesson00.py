"""The part of lesson 00: a number becomes a probability."""

import numpy as np

from helpers.engine.part import Part, register
from helpers.engine.probing import Probing

ROW = np.linspace(-4.0, 4.0, 320)

register(
    Part(
        "sigmoid", "00", "sigmoid", "start", "makes a probability of any number",
        ("e to the power of an array is `np.exp(...)`, and the minus stands inside.", "`1 / (1 + np.exp(-z))`."),
        Probing(
            "sigmoid",
            ({"z": 0.0}, {"z": 2.0}, {"z": np.array([-1.0, 3.0])}, {"z": np.array([[0.5], [-4.0]])}),
            ("p",),
            (
                ("sign", "np.exp(-z)", "np.exp(z)", "The minus is missing: a large z must give a probability near 1"),
                ("no_one", "1 / (1 + np.exp(-z))", "1 / np.exp(-z)", "The 1 below the fraction line is missing: this is e^z, which grows beyond 1"),
                ("precedence", "1 / (1 + np.exp(-z))", "1 / 1 + np.exp(-z)", "The denominator needs brackets: `1 / 1 + ...` divides first"),
                ("tanh", "1 / (1 + np.exp(-z))", "np.tanh(z)", "This is tanh, which goes from −1 to 1; a probability lies between 0 and 1"),
                ("slope", "1 / (1 + np.exp(-z))", "np.exp(-z) / (1 + np.exp(-z)) ** 2", "This is the slope of the sigmoid"),
            ),
        ),
        work=lambda E: E.sigmoid(ROW),
    )
)  # fmt: skip

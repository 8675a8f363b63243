"""Your numbers are a function of the right ones, or one of the quantities itself."""

import numpy as np

from helpers.diagnosis.numbers import fitting, needed
from helpers.diagnosis.trial import close

FUNCTIONS = (
    (np.square, "the square of the right one"), (np.sqrt, "the square root of the right one"),
    (np.log, "the logarithm of the right one"), (np.exp, "exp of the right one"), (np.tanh, "tanh of the right one"),
    (lambda e: 1 / e, "1 divided by the right one"), (lambda e: 1 - e, "1 minus the right one"),
    (np.abs, "the right one without its sign"), (np.sign, "only the sign of the right one"),
    (np.trunc, "the right one cut to a whole number (an array of integers can't hold fractions)"),
    (np.round, "the right one rounded to a whole number"), (lambda e: np.maximum(e, 0), "the right one cut off at 0"),
    (lambda e: -np.log(e), "minus the logarithm of the right one"),
    (lambda e: 1 / e**2, "1 divided by the square of the right one"),
)  # fmt: skip
EXPONENTS = {2 / 3: "2/3", 3 / 4: "3/4", 3 / 2: "3/2", 3.0: "3", 1 / 3: "1/3", 4 / 3: "4/3"}


def functions(numbers):
    """Claims (digits needed, sentence) of a function that makes your numbers of the right ones."""
    with np.errstate(all="ignore"):
        for f, said in FUNCTIONS:
            if np.all(close(numbers.got, f(numbers.expected))):
                yield needed(len(FUNCTIONS)), f"{numbers.all} is {said}"
        k = np.log(np.abs(numbers.got)) / np.log(np.abs(numbers.expected))
        for exponent, text in EXPONENTS.items():
            if np.all(close(k, exponent)) and np.all(numbers.got > 0):
                yield needed(len(FUNCTIONS)), f"{numbers.all} is the right one to the power of {text}"


def itself(numbers, candidates):
    """Claims (digits needed, sentence) that your numbers are one of the candidates, whatever the right ones are."""
    for sign, minus in ((1, ""), (-1, "minus ")):
        for q in fitting(candidates, sign * numbers.got):
            alone = " itself" if q.is_input else ""
            yield needed(2 * len(candidates)), f"what you return is {minus}{q.name}{alone}"

"""The parts of lesson 02: a gradient by nudging, and a check of somebody's gradient."""

import numpy as np

from helpers.engine.numbers import shown
from helpers.engine.part import Part, register
from helpers.engine.parts.gradient_cases import (
    LEVEL,
    MISSHAPEN,
    ONE_OF_MANY,
    TOO_LARGE,
    TOO_SMALL,
    UNEVEN,
    bent,
    cases,
    exact,
    squares,
)
from helpers.engine.parts.nudged_places import Nudging


def judge_check(E):
    """True for right gradients of all sizes, False for wrong ones, however little or much of them is wrong."""
    for right, (told, f, x, gradient) in cases():
        try:
            answer = E.gradient_check(f, x.copy(), gradient.copy())
        except (ValueError, IndexError, TypeError):
            if told in MISSHAPEN:
                return f"a gradient that is {told}, ends it in an error{SHAPE}"
            if x.ndim < 2:
                raise
            return ONE_AXIS
        if np.ndim(answer) or np.asarray(answer).dtype.kind != "b":
            given = f"`{answer!r}`" if answer is None or isinstance(answer, str) else shown(answer)
            return f"it returns {given}; True or False is asked, one for all entries"
        if bool(answer) != right:
            case = f": x = {shown(x)} and the gradient {shown(gradient)}" * (x.size <= 12)
            why = NAN * (right and divides_nothing_by_nothing(E, f, x, gradient))
            why += ONE_SCALE * (told == UNEVEN) + BY_ITSELF * (told == LEVEL)
            why += THINNED * (told == ONE_OF_MANY) + SHAPE * (told in MISSHAPEN)
            why += NO_NUMBER * told.startswith("NaN")
            why += NO_SIGN.get(told, "") * one_sided(E, told, f, x)
            return f"it {'rejects' if right else 'lets pass'} a gradient that is {told}{case}{why}"
    return ""


NAN = ". There it divides 0 by 0; that is nan, and a comparison with nan, as in `nan < 1e-5`, is False"

SHAPE = (
    ". The shape rule comes first: False where `np.shape(gradient) != x.shape`, for NumPy stretches what does not fit"
)
THINNED = ". A mean thins a single wrong entry out: ask the worst"
NO_NUMBER = (
    ". A comparison with nan is False: ask whether an entry is good, with `<`, and not whether it is bad, with `>`"
)
ONE_AXIS = "with a row of numbers it runs, and not with a table, which x may be: no loop is needed, or one over `np.ndindex(x.shape)`"
BY_ITSELF = (
    ". There the quotient means nothing: let each entry pass that is off by less than 10⁻⁹, whatever its quotient, "
    "and whatever the other entries are"
)
ONE_SCALE = (
    ". One scale for all entries, as the largest of them or the length of the whole gradient, hides the small ones: "
    "measure each by its own size, with `np.maximum`"
)
NO_SIGN = {
    TOO_LARGE: ". It passes whatever is too large, and nothing that is too small: is an `abs` missing?",
    TOO_SMALL: ". It passes whatever is too small, and nothing that is too large: is an `abs` missing?",
}


def one_sided(E, told, f, x):
    """Whether the check passes a gradient that is far off to this side, and none that is far off to the other."""
    double, half = (bool(E.gradient_check(f, x.copy(), factor * exact(f, x))) for factor in (2.0, 0.5))
    return double > half if told == TOO_LARGE else half > double


def divides_nothing_by_nothing(E, f, x, gradient):
    """Whether the check computes 0 / 0 on its way."""
    try:
        with np.errstate(invalid="raise"):
            E.gradient_check(f, x.copy(), gradient.copy())
    except FloatingPointError:
        return True
    return False


register(
    Part(
        "numerical_gradient", "02", "nudging", "check", "the slow way to a gradient, which needs no formula",
        ("For each entry: a copy of x with this one entry moved up, another with it moved down, and f of both.",
         "`for i in np.ndindex(x.shape):` visits each entry of an array of any shape; `gradient = np.zeros(x.shape)` collects.",
         "`(f(up) - f(down)) / (2 * h)`, with h = 1e-5."),
        Nudging(
            "numerical_gradient",
            ({"f": squares, "x": np.array([1.0, 2.0])}, {"f": bent, "x": np.array([0.3, -1.2, 2.0])}, {"f": bent, "x": np.array([[0.5, 1.0, 0.1], [-0.7, 0.2, 1.4]])}),
            ("gradient",),
            (
                ("accumulated", "        up, down = x.copy(), x.copy()", "        up, down = (x.copy(), x.copy()) if i == (0,) * x.ndim else (up, down)", "An entry that was moved stays moved while the next one is measured. Start from a fresh copy of x for each entry"),
                ("rows", "np.ndindex(x.shape)", "range(len(x))", "`range(len(x))` goes through the rows of a table, and moves whole rows: `np.ndindex(x.shape)` visits each entry"),
                ("all_entries", "gradient[i] = ", "gradient += ", "`gradient += ...` adds to every entry, in each round: write `gradient[i] = ...`"),
                ("all_at_once", "up[i] += h\n        down[i] -= h", "up += h\n        down -= h", "All entries were moved at once; a partial derivative moves one and keeps the others"),
                ("two", "/ (2 * h)", "/ h", "The two points are 2h apart; you divided by h"),
                ("precedence", "/ (2 * h)", "/ 2 * h", "`/ 2 * h` divides by 2 and then *multiplies* by h. Write `/ (2 * h)`"),
                ("sign", "(f(up) - f(down))", "(f(down) - f(up))", "The sign is flipped: moved up minus moved down"),
                ("no_division", " / (2 * h)", "", "The change of f is not yet a slope: divide it by the distance 2h"),
                ("forward", "(f(up) - f(down)) / (2 * h)", "(f(up) - f(x)) / h", "This looks to one side only, and is off in the fifth digit: f(x + h) and f(x − h) together are right to ten"),
                ("tiny", "h = 1e-5", "h = 1e-14", "h is so small that rounding decides: 1e-5 leaves ten right digits"),
                ("tiny_step", "h = 1e-5", "h = 1e-12", "h is so small that rounding decides: 1e-5 leaves ten right digits"),
                ("backward", "(f(up) - f(down)) / (2 * h)", "(f(x) - f(down)) / h", "This looks to one side only, and is off in the fifth digit: f(x + h) and f(x − h) together are right to ten"),
                ("no_brackets", "(f(up) - f(down)) / (2 * h)", "f(up) - f(down) / (2 * h)", "Without brackets only f(x − h) is divided: `(f(up) - f(down)) / (2 * h)`"),
                ("caret", "h = 1e-5", "h = 10^-5", "`^` is no power in Python, and `10^-5` is −15. Write `1e-5`"),
                ("early_return", "    return gradient", "        return gradient", "`return` stands inside the loop, and ends it after the first entry. Move it to the left"),
                ("coarse", "h = 1e-5", "h = 0.001", "h is too large: the function bends in between. 1e-5 leaves ten right digits"),
                ("large", "h = 1e-5", "h = 0.1", "h is too large: the function bends in between. 1e-5 leaves ten right digits"),
            ),
            rtol=3e-7,
            atol=3e-7,
        ),
        work=lambda E: E.numerical_gradient(squares, np.linspace(0.0, 1.0, 60)),
    )
)  # fmt: skip
register(
    Part(
        "gradient_check", "02", "checking", "check", "tells a right gradient from a wrong one",
        ("The shape first; then the nudged gradient; the error of each entry, its size, by (2.3); and whether *all* errors are small.",
         "Compare entry by entry, `np.abs(gradient - nudged)`, with the size of the entry: a thousandth of a million is no error, and a thousandth of 10⁻⁶ is none either.",
         "True only if *all* entries are close: `np.all(error <= 1e-5 * size + 1e-9)`. NaN is close to nothing."),
        judge_check,
    )
)  # fmt: skip

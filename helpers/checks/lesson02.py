"""The exercises of lesson 02b, the last digits, and a function of arrays for the homework."""

import numpy as np

from helpers.checks.exercise import exercise


def tilted(x):
    """A function of an array in which every entry counts differently."""
    return float(np.sum(np.arange(1, x.size + 1) * np.sin(x.ravel())))


def cube(x):
    """x cubed: its slope can be worked out by hand, and its term with h**3 as well."""
    return x**3


def forward(f, x, h):
    """The forward difference of f at all points of x."""
    return (f(x + h) - f(x)) / h


def central(f, x, h):
    """The central difference of f at all points of x."""
    return (f(x + h) - f(x - h)) / (2 * h)


def five_points(f, x, h):
    """A difference of fourth order, whose best step is larger."""
    return (4 * central(f, x, h) - central(f, x, 2 * h)) / 3


def off_at_one_point(f, x, h):
    """Made up: off by h, at one point also by something that grows as h shrinks, and at another by nothing for h = 0.1."""
    point = np.rint(10 * x)  # by its value: one point may be handed in, or all
    return np.cos(x) + h * ((point != 20) | (h < 0.05)) + 7e-6 * h**-0.3 * (point == 15)


def off_to_both_sides(f, x, h):
    """Made up: the errors are above and below 0, and nearly cancel in a mean where they are large."""
    return np.cos(x) + h * (x - 1.5) + 1e-10 / h


def better_to_the_end(f, x, h):
    """Made up: the smaller h, the better."""
    return np.cos(x) + h


def worse_from_the_start(f, x, h):
    """Made up: the larger h, the better."""
    return np.cos(x) + 5e-4 * h**-0.2


POINTS = np.linspace(0.0, 3.0, 31)


def no_step(got):
    """Words for the first answer that is none of the steps, or for steps that go by no error, or ''."""
    for [answer] in filter(lambda answer: len(answer) == 1 and answer[0].size == 1, got):
        h = answer.item()
        if not 0 < h <= 0.1 * 1.001 or abs(np.log10(h) - round(np.log10(h))) > 1e-3 or h < 0.999e-15:
            return f"You returned {h:.3g}, which is none of the steps: they are 0.1, 0.01 and so on, to 1e-15, each a tenth of the one before."
    if any(len(answer) != 1 or answer[0].shape for answer in got):
        return ""
    here, _, _, far_away, *_, falling, rising = got
    if all(map(np.array_equal, falling, rising)):
        return "This is the same step for a difference whose error falls as h shrinks and for one whose error rises. In a loop: keep the smallest error so far as well as its step."
    if all(map(np.array_equal, here, far_away)) and np.allclose(here[0], 1e-5, rtol=1e-3):
        return "Use the x that is handed in, and none of your own."
    return ""


@exercise(
    probes=[(central, POINTS), (forward, POINTS), (five_points, POINTS), (central, 1e6 + POINTS),
            (off_at_one_point, POINTS), (off_to_both_sides, POINTS), (better_to_the_end, POINTS), (worse_from_the_start, POINTS)],
    rtol=0.3,
    atol=0.0,
    odd=no_step,
    hints=[
        "For each h: `difference(np.sin, x, h) - np.cos(x)` holds the errors at all points of x. Which one number tells the worst?",
        "`np.max(np.abs(...))` is the worst error for one h. Keep those of all fifteen steps, and return the step with the least.",
        "`steps = [10.0**-k for k in range(1, 16)]`; `np.argmin(errors)` is the place of the least.",
    ],
    failing=[("no_f", "difference(np.sin, x, h)", "difference(x, h)", "f comes first: `difference(np.sin, x, h)`.")],
    mistakes=[
        ("signed", "np.abs(difference(np.sin, x, h) - np.cos(x))", "difference(np.sin, x, h) - np.cos(x)", "Without `np.abs` an error far below 0 counts as a small one."),
        ("first_point", "np.max(np.abs(difference(np.sin, x, h) - np.cos(x)))", "np.abs(difference(np.sin, x, h) - np.cos(x))[0]", "This goes by the first point of x alone, where a step may be right by luck. Take the worst over all points."),
        ("last_point", "np.max(np.abs(difference(np.sin, x, h) - np.cos(x)))", "np.abs(difference(np.sin, x, h) - np.cos(x))[-1]", "This goes by the last point of x alone. Take the worst over all points."),
        ("best_point", "np.max(", "np.min(", "This goes by the point with the least error, which is right by luck. Take the point with the largest."),
        ("mean", "np.max(", "np.mean(", "This goes by the mean, or the sum, of the errors: one bad point is lost in it. Take the worst over all points."),
        ("median", "np.max(", "np.median(", "This goes by the median of the errors, which knows nothing of the worst half. Take the worst over all points."),
        ("squares", "np.max(", "np.linalg.norm(", "This goes by the squares of the errors, summed: one bad point is thinned in it. Take the worst over all points."),
        ("cancelled", "np.max(np.abs(difference(np.sin, x, h) - np.cos(x)))", "np.abs(np.mean(difference(np.sin, x, h) - np.cos(x)))", "Errors above and below 0 cancel in this mean or sum. Take `np.abs` of each error, and then the worst."),
        ("error", "steps[np.argmin(errors)]", "np.min(errors)", "This is the error of the best step. Return the step itself."),
        ("place", "steps[np.argmin(errors)]", "np.argmin(errors)", "This is the place of the best step in the list. Return the step itself."),
        ("largest", "np.argmin(errors)", "np.argmax(errors)", "This step has the largest error of all."),
        ("outside", "np.max(np.abs(difference(np.sin, x, h) - np.cos(x)))", "np.abs(np.max(difference(np.sin, x, h) - np.cos(x)))", "Errors far below 0 are lost in this maximum: `np.abs` of each error first."),
        ("values", "- np.cos(x)", "- np.sin(x)", "The slope of sin is cos; you compared with sin itself."),
        *((f"to_{n}", "range(1, 16)", f"range(1, {n + 1})", f"Your steps end too early: 1e-15 was never tried. The last was 1e-{n:02d}.") for n in (4, 8, 10, 12, 13, 14)),
        ("forward", "difference(np.sin", "forward(np.sin", "You call `forward`, whatever `difference` is. Call the function that is handed in."),
        ("central", "difference(np.sin", "central(np.sin", "You call `central`, whatever `difference` is. Call the function that is handed in."),
        ("from_one", "range(1, 16)", "range(0, 16)", "Your steps begin with h = 1; the first that is asked is 0.1."),
    ],
)  # fmt: skip
def best_step(difference, x):
    """Return the step, of 0.1, 0.01, ..., 1e-15, whose worst error over x is smallest."""
    steps = [10.0**-k for k in range(1, 16)]
    errors = [np.max(np.abs(difference(np.sin, x, h) - np.cos(x))) for h in steps]
    return steps[np.argmin(errors)]


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
        ("one", "f(x + 1j * h).imag / h", "f(x + 1j).imag", "The step is 1 here: h is missing before `1j`, and below the line."),
        ("coarse", "h = 1e-20", "h = 1e-5", "With this h the term with h³ is still seen. Nothing is subtracted, so h may be 1e-20."),
    ],
    once="The number is right, and f was called more than once for it. By (2.4) one call is enough: `.imag` of the one value, divided by h.",
    unreal=[
        ("quotient", "f(x + 1j * h).imag / h", "(f(x + 1j * h) - f(x)) / (1j * h)", "This is still a difference, of two calls. By (2.4) nothing need be subtracted: h·f′(x) stands alone, with the i. Take `.imag` of the one value."),
        ("quotient_by_h", "f(x + 1j * h).imag / h", "(f(x + 1j * h) - f(x)) / h", "This is still a difference, of two calls. By (2.4) nothing need be subtracted: h·f′(x) stands alone, with the i. Take `.imag` of the one value."),
        ("both_parts", ".imag / h", " / h", "Both parts of f(x + ih) are divided by h. f′(x) is in the imaginary one: `.imag`."),
        ("by_ih", "f(x + 1j * h).imag / h", "f(x + 1j * h) / (1j * h)", "Both parts of f(x + ih) are divided by ih. f′(x) is in the imaginary one: `.imag`, divided by h."),
        ("value", "f(x + 1j * h).imag / h", "f(x + 1j * h)", "This is the value f(x + ih), with both parts. h·f′(x) is its imaginary part: `.imag`."),
    ],
)  # fmt: skip
def complex_slope(f, x):
    """Return f'(x) from the one value f(x + ih), with h = 1e-20."""
    h = 1e-20
    return f(x + 1j * h).imag / h

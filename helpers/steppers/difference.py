"""The difference stepper: h shrinks, the secant turns into the tangent, the error falls and rises again."""

import numpy as np

from helpers.calculus.differences import central_difference, forward_difference
from helpers.drawing import svg
from helpers.drawing.axes import StaticAxes
from helpers.drawing.ticks import number_ticks
from helpers.steppers.player import Player

COLOURS = (svg.POSITIVE, svg.NEGATIVE)
MARKS = ("m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0z", "m-3-3h6v6h-6z")  # a disc and a square
STEPS = 10.0 ** -np.arange(0, 16.01, 0.5)


def show_differences(f=np.sin, slope=np.cos, x=1.0, name="sin", steps=STEPS):
    """Show forward and central differences of f at x for each step size; returns a `Player`.

    f, slope: a function of one number and its derivative, both accepting arrays; x: a number; steps: positive numbers.
    """
    steps = np.asarray(steps, float)
    if not np.all(steps > 0):
        raise ValueError(f"steps must be positive numbers, they are {steps}")
    forward = np.array([forward_difference(f, x, h) for h in steps])
    central = np.array([central_difference(f, x, h) for h in steps])
    exact = slope(x)
    errors = np.abs(forward - exact), np.abs(central - exact)
    axes = _static_axes(f, slope, x, name, steps, errors)
    frames = [_frame(axes, f, x, steps, (forward, central), errors, k) for k in range(len(steps))]
    captions = [_caption(x, steps, forward, errors, name, k) for k in range(len(steps))]
    pictures = svg.pictures(axes.width, axes.height, frames, captions)
    return Player(pictures, captions, f"Differences of {name} at x = {x:g} as h shrinks", cuts=axes.cuts)


def _static_axes(f, slope, x, name, steps, errors):
    seen = np.concatenate(errors)
    seen = np.append(seen[seen > 0], 1.0)  # a straight line leaves no error

    def draw(curve, error):
        xs = np.linspace(x - 1.4, x + 1.4, 200)
        curve.plot(xs, f(xs), color=svg.INK)
        curve.plot(xs, f(x) + slope(x) * (xs - x), color=svg.DIM, ls=":")
        curve.set_title(f"{name}: its secants, and tangent (dotted)", parse_math=False)
        curve.set(xlabel="x")
        curve.margins(x=0, y=0.25)
        for look, colour, label in zip(("o-", "s--"), COLOURS, ("forward", "central"), strict=True):
            error.loglog([], [], look, color=colour, label=label)
        error.set(xlabel="h", ylabel="error", xlim=(steps.min() / 3, 3 * steps.max()), ylim=(seen.min() / 3, 3))
        error.set_xticks(_powers(steps.min(), steps.max()))
        error.set_yticks(_powers(seen.min(), 1.0))
        number_ticks(error.xaxis, error.yaxis)
        error.minorticks_off()
        error.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False)  # above, clear of what comes

    return StaticAxes(draw, 780, 330, columns=2)


def _powers(low, high):
    """Powers of ten between two numbers, nine at most."""
    first, last = np.floor(np.log10(high) + 1e-9), np.ceil(np.log10(low) - 1e-9)
    return 10.0 ** np.arange(first, last - 1, -max(1, np.ceil((first - last) / 8)))


def _frame(axes, f, x, steps, slopes, errors, k):
    """Both secants at this h, and the errors so far: what comes is for the reader to guess."""
    h, starts, reach = steps[k], (x, x - steps[k]), np.array(axes.axes[0].get_xlim())
    marks = [axes.element]
    for slope, start, colour in zip(slopes, starts, COLOURS, strict=True):
        secant = f(start) + slope[k] * (reach - start)
        marks.append(axes.line(reach, secant, stroke=colour, width=2.2, dashed=colour == svg.NEGATIVE))
    for at, colour in ((x - h, svg.NEGATIVE), (x, svg.INK), (x + h, svg.POSITIVE)):
        if reach[0] <= at <= reach[1]:
            u, v = axes.point(at, f(at))
            marks.append(f"<circle cx='{u:.1f}' cy='{v:.1f}' r='5' fill='{colour}' stroke='#FFFFFF'/>")
    for values, colour, mark in zip(errors, COLOURS, MARKS, strict=True):
        seen = np.flatnonzero(values[: k + 1] > 0)
        if len(seen):
            marks.append(axes.line(steps[seen], values[seen], 1, stroke=colour, dashed=colour == svg.NEGATIVE))
            dots = "".join("M{:.1f} {:.1f}".format(*axes.point(steps[i], values[i], 1)) + mark for i in seen)
            marks.append(f"<path d='{dots}' fill='{colour}'/>")
        if values[k] > 0:
            u, v = axes.point(h, values[k], panel=1)
            marks.append(f"<circle cx='{u:.1f}' cy='{v:.1f}' r='9' fill='none' stroke='{colour}' stroke-width='3'/>")
    return marks


def _caption(x, steps, forward, errors, name, k):
    h = steps[k]
    text = (
        f"h = {h:.1e}: the secant's slope is {forward[k]:.10f}, its error {errors[0][k]:.1e}; "
        f"the central difference's error is {errors[1][k]:.1e}."
    )
    if x + h == x:
        text += " Here x + h rounds back to x: the difference is 0 and says nothing."
    return text.replace("-", "−")

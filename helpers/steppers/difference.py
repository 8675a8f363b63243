"""The difference stepper: h shrinks, the secant turns into the tangent, the error falls and rises again."""

import numpy as np

from helpers.calculus.differences import central_difference, forward_difference
from helpers.drawing import svg
from helpers.drawing.axes import StaticAxes
from helpers.drawing.ticks import number_ticks
from helpers.steppers.player import Player

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
    frames = [_frame(axes, f, x, steps, forward, errors, k) for k in range(len(steps))]
    captions = [_caption(x, steps, forward, errors, name, k) for k in range(len(steps))]
    pictures = svg.pictures(axes.width, axes.height, frames, captions)
    return Player(pictures, captions, f"Differences of {name} at x = {x:g} as h shrinks", cuts=axes.cuts)


def _static_axes(f, slope, x, name, steps, errors):
    def draw(curve, error):
        xs = np.linspace(x - 1.4, x + 1.4, 200)
        curve.plot(xs, f(xs), color=svg.INK)
        curve.plot(xs, f(x) + slope(x) * (xs - x), color=svg.DIM, ls=":")
        curve.set_title(f"{name}: secant and tangent (dotted)", parse_math=False)
        curve.set(xlabel="x")
        curve.margins(x=0, y=0.25)
        for values, colour, mark, label in zip(
            errors, (svg.POSITIVE, svg.NEGATIVE), "os", ("forward", "central"), strict=True
        ):
            seen = values > 0
            error.loglog(steps[seen], values[seen], mark, ls="-" if mark == "o" else "--", color=colour, label=label)
        error.set(title="error of the difference", xlabel="h", xlim=(3e-17, 3), ylim=(1e-13, 3))
        error.set_xticks(10.0 ** np.arange(0, -17, -4))
        error.set_yticks(10.0 ** np.arange(0, -13, -2))
        number_ticks(error.xaxis, error.yaxis)
        error.minorticks_off()
        error.invert_xaxis()
        error.legend(loc="lower left")

    return StaticAxes(draw, 780, 330, columns=2)


def _frame(axes, f, x, steps, forward, errors, k):
    left, right = axes.axes[0].get_xlim()
    h = steps[k]
    ends = np.array([left, right])
    marks = [axes.element, axes.line(ends, f(x) + forward[k] * (ends - x), stroke=svg.POSITIVE, width=2.2)]
    for at, colour in ((x, svg.INK), (x + h, svg.POSITIVE)):
        u, v = axes.point(at, f(at))
        marks.append(f"<circle cx='{u:.1f}' cy='{v:.1f}' r='5' fill='{colour}' stroke='#FFFFFF'/>")
    for values, colour in zip(errors, (svg.POSITIVE, svg.NEGATIVE), strict=True):
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

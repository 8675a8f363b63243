"""The wires of the transition stepper: numbers go forward through each, gradients come back through those not cut."""

import numpy as np

from helpers.drawing import svg
from helpers.steppers.transition.table import CRITIC_LOSS, CUT


def wire(step, height, source, target):
    """A wire between boxes of this height: faint until its source is known, cut where cut.

    Its colour, dash and width are those of the gradient that has come back along it.
    """
    (x1, y1), (x2, y2) = source.place, target.place
    x2 += np.clip((x1 - x2) / 5, -34, 34)
    y1, y2 = y1 + height / 2, y2 - height / 2
    known = step.values.get(source) is not None and step.values.get(target, 0.0) is not None
    back = (source, target) not in CUT and source in step.gradients and target in step.gradients
    gradient = step.gradients.get(source, 0.0)
    path = f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"
    if back:
        drawn = svg.line(path, stroke=svg.sign_colour(gradient), width=3.2, dashed=gradient < 0)
    else:
        drawn = svg.line(path, stroke=svg.INK if known else svg.DIM, width=1.4, opacity=1.0 if known else 0.45)
    if (source, target) in CUT and CRITIC_LOSS in step.values:
        drawn += _cut(x1, y1, x2, y2)
    return drawn


def _cut(x1, y1, x2, y2):
    """Two strokes across a gap in the wire, and the word."""
    x, y, length = (x1 + x2) / 2, (y1 + y2) / 2, np.hypot(x2 - x1, y2 - y1)
    dx, dy = (x2 - x1) / length, (y2 - y1) / length
    gap = svg.line(f"M{x - 6 * dx:.1f} {y - 6 * dy:.1f}L{x + 6 * dx:.1f} {y + 6 * dy:.1f}", stroke=svg.CARD, width=5)
    strokes = "".join(
        f"M{x + k * dx - 8 * dy:.1f} {y + k * dy + 8 * dx:.1f}L{x + k * dx + 8 * dy:.1f} {y + k * dy - 8 * dx:.1f}"
        for k in (-5, 5)
    )
    return gap + svg.line(strokes, width=2.4) + svg.text(x, y + 22, "cut", size=11, bold=True)

"""Axes as SVG with named parts, in the colours of the reader's theme; the script knows the same places."""

import math

import numpy as np
from matplotlib.ticker import MaxNLocator

from helpers.drawing.library import style
from helpers.drawing.svg import words
from helpers.drawing.ticks import written


def document(width, height, parts, label):
    """SVG document of these parts, one on each line; `label` says in words what is seen."""
    head = f"<svg xmlns='http://www.w3.org/2000/svg' class='ftg-svg ftg-still' viewBox='0 0 {width} {height}' "
    head += f"role='group' aria-label='{words(label)}'><style>{words(style('still', 'plot'))}</style>"
    return "\n".join([head, *parts, "</svg>"])


def text(content, x=0.0, y=0.0, name="tick", anchor=None):
    """Text of this class with its baseline at (x, y), in the middle unless an anchor is given."""
    turned = f" style='text-anchor:{anchor}'" if anchor else ""
    return f"<text class='{name}' x='{x:.1f}' y='{y:.1f}'{turned}>{words(content)}</text>"


def ticks(low, high, most=5):
    """Round numbers between low and high."""
    return [tick for tick in MaxNLocator(most).tick_values(low, high) if low <= tick <= high]


class Plane:
    """Axes of a size in SVG units, over the ranges (low, high) of x and y; places count from the upper left corner."""

    def __init__(self, size, x, y):
        self.size, self.x, self.y = size, x, y

    def at(self, x, y):
        """Place (u, v) of the point (x, y), or of arrays of points; what lies far outside stays near."""
        (width, height), (left, right), (low, high) = self.size, self.x, self.y
        u, v = (x - left) / (right - left), (high - np.clip(y, 9 * low - 8 * high, 9 * high - 8 * low)) / (high - low)
        return u * width, v * height

    def path(self, xs, ys):
        """Path through the points, interrupted where y is not finite."""
        courses = [[]]
        for x, y in zip(xs, ys, strict=True):
            if math.isfinite(y):
                courses[-1].append("{:.1f} {:.1f}".format(*self.at(x, y)))
            elif courses[-1]:
                courses.append([])
        return "".join(f"M{'L'.join(course)}" for course in courses if course)

    def drawn(self, curves=(), marks=(), *, place, title, across="", x_ticks=(), y_ticks=()):
        """One element: frame, ticks (numbers, or pairs of number and words), curves cut off at the frame, marks."""
        width, height = self.size
        parts = [f"<rect class='frame' width='{width}' height='{height}'/>", text(title, width / 2, -12, "title")]
        for x, label in _labelled(x_ticks):
            u = self.at(x, self.y[0])[0]
            parts += [f"<path class='grid' d='M{u:.1f} 0V{height}'/>", text(label, u, height + 17)]
        for y, label in _labelled(y_ticks):
            v = self.at(self.x[0], y)[1]
            parts += [f"<path class='grid' d='M0 {v:.1f}H{width}'/>", text(label, -8, v + 4, anchor="end")]
        parts.append(text(across, width / 2, height + 34))
        parts.append(f"<svg class='pane' width='{width}' height='{height}'>{''.join(curves)}</svg>")
        return f"<g class='plane' transform='translate({place[0]} {place[1]})'>{''.join([*parts, *marks])}</g>"

    def data(self):
        """What the script needs to find the same places."""
        return {"size": self.size, "x": self.x, "y": self.y}


def _labelled(ticks):
    """Pairs of number and words; numbers alone are written in one way."""
    ticks = list(ticks)
    return ticks if ticks and isinstance(ticks[0], tuple) else list(zip(ticks, written(ticks), strict=True))

"""A question whose answer is drawn: a curve over a given range, by hand or by keys."""

from dataclasses import dataclass

import numpy as np

from helpers.calculus.validation import finite_copy
from helpers.drawing.library import svg_image
from helpers.drawing.plane import Plane, document, ticks
from helpers.guesses.questions import Question, written
from helpers.language import said

COLUMNS = 33  # of a drawn curve; every fourth has a handle for the keyboard
SIZE, PLACE, ROOM = (300, 190), (52, 34), (376, 268)  # of the plane, where it lies, and of the whole plot, in SVG units
SAMPLES = 5  # values of the curve that its description names


@dataclass(frozen=True)
class Sketch(Question):
    """A curve is asked. x, y: names of the axes; low, high: range of y, which must not betray the answer."""

    ask: str
    says: str
    x: str
    y: str
    low: float
    high: float
    truth = None
    kind = "sketch"

    def checked(self, truth):
        """The truth as arrays (x, y); errors name it.

        ValueError unless x increases, y has one value for each and keeps between low and high, and all are finite.
        """
        if not isinstance(truth, tuple | list) or len(truth) != 2:
            raise TypeError("truth must be a pair of arrays, (x, y)")
        x, y = (finite_copy(part, f"{name} of truth") for part, name in zip(truth, "xy", strict=True))
        if x.ndim != 1 or x.shape != y.shape or len(x) < 2:
            raise ValueError(f"x and y of truth must be arrays of one length, their shapes are {x.shape} and {y.shape}")
        if not np.all(np.diff(x) > 0):
            raise ValueError("x of truth must increase")
        if y.min() < self.low or y.max() > self.high:
            raise ValueError(
                f"y of truth must lie between {self.low:g} and {self.high:g}, as the axis does; "
                f"it goes from {y.min():g} to {y.max():g}"
            )
        return x, y

    def answer(self, truth):
        """Some values of the curve, in words."""
        places = np.linspace(truth[0][0], truth[0][-1], SAMPLES)
        values = zip(places, np.interp(places, *truth), strict=True)
        points = [said("{} at {} = {}").format(written(value, 2), self.x, written(place)) for place, value in values]
        return said("{} is {}").format(self.y, ", ".join(points))

    def data(self, truth):
        """What the script needs: the empty plot, its places, and the curve at each column and in full."""
        plane, columns = self._plane(truth[0]), np.linspace(truth[0][0], truth[0][-1], COLUMNS)
        heights = np.interp(columns, *truth)
        curve = {"columns": columns.tolist(), "heights": heights.tolist(), "path": plane.path(*truth)}
        return {"plot": self._plot(plane), "plane": plane.data(), "names": [self.x, self.y], **curve}

    def still(self, truth=None):
        """As in `Number`: the curve."""
        if truth is None:
            return ""
        plane = self._plane(truth[0])
        picture = self._plot(plane, [f"<path class='curve' d='{plane.path(*truth)}'/>"])
        return f"<figure class='drawn'>{svg_image(picture, self.answer(truth))}</figure>"

    def _plane(self, x):
        return Plane(SIZE, (float(x[0]), float(x[-1])), (self.low, self.high))

    def _plot(self, plane, curves=()):
        x_ticks, y_ticks = ticks(*plane.x, 4), ticks(*plane.y, 4)
        axes = plane.drawn(curves, place=PLACE, title=self.y, across=self.x, x_ticks=x_ticks, y_ticks=y_ticks)
        return document(*ROOM, [axes], said("A plot of {} over {}").format(self.y, self.x))

"""Axes that matplotlib draws once, on which steppers and explorers lay their moving marks as SVG.

The drawn axes become one embedded image, so that matplotlib's ids stay inside it.
"""

import io
import re

from helpers.drawing import svg
from helpers.drawing.figure import lesson_figure, lesson_style

DPI = 72  # one matplotlib point is one SVG unit


def _with_tenths(tag):
    """The tag with numbers cut to a tenth of a unit, which is precise enough; what stands between tags is text."""
    return re.sub(r"(\d\.\d)\d+", r"\1", tag[0])


class StaticAxes:
    """A figure with one or more axes side by side; `draw(*axes)` draws what does not move.

    element: the drawn axes, one line of SVG; width, height: of the picture, in SVG units; cuts: places between panels.
    """

    def __init__(self, draw, width=640, height=300, columns=1):
        self.width, self.height = width, height
        with lesson_style(), io.BytesIO() as file:
            self.figure = lesson_figure((width / DPI, height / DPI), dpi=DPI)
            self.axes = tuple(self.figure.subplots(1, columns, squeeze=False)[0])
            draw(*self.axes)
            about = dict.fromkeys(("Date", "Creator", "Format", "Type"))
            self.figure.savefig(file, format="svg", dpi=DPI, transparent=True, metadata=about)
            drawn = file.getvalue().decode()
        drawn = re.sub(r"<[^>]*>", _with_tenths, re.sub(r"\s+", " ", drawn))
        data = re.sub(r"[%#<>&']", lambda sign: f"%{ord(sign[0]):02X}", drawn)
        self.figure.set_layout_engine("none")
        panels = [axes.get_tightbbox() for axes in self.axes]
        self.cuts = [round((left.x1 + right.x0) / 2) for left, right in zip(panels, panels[1:], strict=False)]
        self.element = f"<image width='{width}' height='{height}' href='data:image/svg+xml,{data}'/>"

    def point(self, x, y, panel=0):
        """SVG coordinates of the data point (x, y) of a panel."""
        u, v = self.axes[panel].transData.transform((x, y))
        return u, self.height - v

    def line(self, xs, ys, panel=0, **style):
        """Polyline through the data points, cut off at the edges of the panel."""
        points = (self.point(x, y, panel) for x, y in zip(xs, ys, strict=True))
        path = "M" + "L".join(f"{u:.1f} {v:.1f}" for u, v in points)
        box = self.axes[panel].bbox
        x, y = box.x0, self.height - box.y1
        size = f"width='{box.width:.1f}' height='{box.height:.1f}'"
        view = f"viewBox='{x:.1f} {y:.1f} {box.width:.1f} {box.height:.1f}'"
        return f"<svg x='{x:.1f}' y='{y:.1f}' {size} {view}>{svg.line(path, **style)}</svg>"

"""Drawing for the lessons: `draw_...(ax, data)` puts artists on given axes and returns them; `picture` shows them."""

from helpers.plots.figure import Picture, picture

__all__ = ["Picture", "picture"]

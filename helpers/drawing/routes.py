"""Where the arrows between the corridor's cells stand, so that no two of them share an end point."""

from typing import NamedTuple

NEAR, FAR = 0.2, 0.08  # from the middle of a cell, in cells: where a move's arrow stands, and one of the way back


class Route(NamedTuple):
    """A quadratic curve along a row of cells: where it starts, bends and ends, in cells; height: of its top."""

    start: float
    bend: float
    end: float
    height: float


def route(cell, after):
    """The `Route` from a cell to the next: a way on lies inside the way back, a stay is a loop as high as the first."""
    if after > cell:
        return Route(cell + NEAR, (cell + after) / 2, after - NEAR, 1.0)
    if after < cell:
        return Route(cell + FAR, (cell + after) / 2, after - FAR, 2.0)
    return Route(cell + NEAR, cell, cell - NEAR, 1.0)

"""Pure drawing of one array: a heat map with its numbers and its shape, or an icon of its cells without numbers.

Hue is the sign (as is the written minus), depth of the tint is |entry| relative to the largest of its array.
Vectors and single numbers are drawn as one row.
"""

from functools import cache
from typing import NamedTuple

import numpy as np

from helpers.drawing import svg

TINTS = (0.1, 0.22, 0.35, 0.47, 0.6)  # shares of the sign's colour; INK on the deepest still has a contrast above 4.5
WIDEST = 300  # two arrays of 8 columns fit side by side
NARROW, TALL = 150, 4  # width and rows of a small array
TITLE = 34
# Advance widths of DejaVu Sans in em (Verdana's are nearly the same); other characters are about 0.64 wide.
_WIDTHS = {"−": 0.84, "+": 0.84, "=": 0.84, "*": 0.5, "@": 1.0, "W": 0.99, "X": 0.69, "m": 0.98, "→": 0.84, "_": 0.5}
_WIDTHS |= dict.fromkeys(" .,:", 0.34) | dict.fromkeys("()fr", 0.42) | dict.fromkeys("il", 0.28) | {"t": 0.4, "T": 0.62}


class Cells(NamedTuple):
    """An array ready to be drawn: its entries as rows, their texts, and the size of text and cell."""

    grid: np.ndarray
    texts: list
    size: int
    width: float
    height: float

    @property
    def extent(self):
        """Width and height of all cells together."""
        return self.grid.shape[1] * self.width, self.grid.shape[0] * self.height


def cells_of(values):
    """Return the `Cells` of an array of up to two dimensions: three decimals where they fit, else fewer digits.

    Small arrays have large cells.
    """
    grid = np.atleast_2d(np.asarray(values, float))
    if len(grid) <= TALL and (cells := _written(grid, svg.number, 13, 27, 12)).extent[0] <= NARROW:
        return cells
    for style in ((svg.number, 11, 22, 8), (svg.number, 10, 18, 3), (short_number, 10, 18, 3)):
        cells = _written(grid, *style)
        if cells.extent[0] <= WIDEST:
            break
    return cells


def _written(grid, write, size, height, room):
    texts = [[write(value) for value in row] for row in grid]
    width = max(text_width(text, size) for row in texts for text in row) + room
    return Cells(grid, texts, size, max(34.0, round(width, 1)), height)


def short_number(value):
    """Write a number in about five signs: two decimals, fewer from 10 up, one digit and a power of ten beyond."""
    size = abs(value)
    if value == 0 or not np.isfinite(value) or 0.005 <= size < 999.5:
        form = ".2f" if size < 9.995 else ".1f" if size < 99.95 else ".0f"
        return format(value, form).replace("-", "−") if value else "0.00"
    digit, power = format(value, ".0e").split("e")
    return f"{digit}e{int(power)}".replace("-", "−")


def text_width(content, size, bold=False):
    """Width of a text, estimated from above."""
    return size * (1.13 if bold else 1.0) * sum(_WIDTHS.get(sign, 0.64) for sign in content)


def shape_text(values):
    """The array's shape as Python writes it; () for a single number."""
    return str(np.shape(values))


def described(name, values):
    """Name, shape and all entries in words, rows apart by semicolons."""
    rows = "; ".join(", ".join(map(svg.number, row)) for row in np.atleast_2d(np.asarray(values, float)))
    return f"{name}, shape {shape_text(values)}: {rows}" if np.ndim(values) else f"{name} = {rows}"


def plate_size(name, cells):
    """Width and height of `plate`."""
    width, height = cells.extent
    return max(width, text_width(name, 12, bold=True)) + 12, height + TITLE + 8


def plate(x, y, name, values, cells, fill=svg.CARD):
    """The annotated heat map on its card, with the upper left corner at (x, y): title, shape, cells, numbers."""
    width, height = plate_size(name, cells)
    left, top = x + (width - cells.extent[0]) / 2, y + TITLE
    columns = [_short(left + (j + 0.5) * cells.width) for j in range(cells.grid.shape[1])]
    lines = [_short(top + (i + 0.5) * cells.height + 4) for i in range(cells.grid.shape[0])]
    numbers = "".join(
        f"<text x='{column}' y='{line}'>{text}</text>"
        for line, row in zip(lines, cells.texts, strict=True)
        for column, text in zip(columns, row, strict=True)
    )
    return (
        svg.rectangle(x, y, width, height, fill=fill, stroke=svg.DIM, stroke_width=0.8)
        + svg.text(x + width / 2, y + 15, name, bold=True)
        + svg.text(x + width / 2, y + 28, shape_text(values), size=11)
        + shading(left, top, cells.grid, cells.width, cells.height)
        + f"<g font-size='{cells.size}' text-anchor='middle' fill='{svg.INK}'>{numbers}</g>"
    )


def shading(x, y, grid, width, height):
    """The cells' tints: one path for each tint that occurs, with one thick stroke for each cell, in units of cells."""
    sizes = np.where(np.isfinite(grid), np.abs(grid), 0.0)
    levels = np.minimum(sizes / (sizes.max() or 1.0) * len(TINTS), len(TINTS) - 1).astype(int)
    paths = {}
    for (i, j), level in np.ndenumerate(levels):
        colour = tint(svg.sign_colour(grid[i, j]), TINTS[level]) if sizes[i, j] else svg.INPUT
        paths[colour] = paths.get(colour, "") + f"M{j} {i}h.96"
    strokes = "".join(f"<path d='{d}' stroke='{colour}'/>" for colour, d in paths.items())
    place = f"translate({x + 0.02 * width:.1f} {y + 0.5 * height:.1f}) scale({width:g} {height:g})"
    return f"<g transform='{place}' fill='none' stroke-width='.95'>{strokes}</g>"


def _short(place):
    return f"{place:.1f}".removesuffix(".0")


@cache
def tint(colour, share):
    """Mix white with a share of the colour."""
    parts = (int(colour[k : k + 2], 16) for k in (1, 3, 5))
    return "#" + "".join(f"{round(255 - share * (255 - part)):02X}" for part in parts)


def icon(x, y, values, cell, known):
    """The array's cells alone, centred at x with their top at y; an empty dashed outline while it is not known."""
    grid = np.atleast_2d(np.asarray(values, float))
    (height, width), left = np.multiply(grid.shape, cell), x - grid.shape[1] * cell / 2
    frame = f"M{left:.1f} {y:.1f}h{width:g}v{height:g}h-{width:g}z"
    if known:
        return shading(left, y, grid, cell, cell) + svg.line(frame, width=0.8)
    return f"<path d='{frame}' fill='none' stroke='{svg.DIM}' stroke-width='0.8' stroke-dasharray='2 2'/>"

"""Where the layer stepper draws: a strip with all arrays of the network, and below it the operation in large."""

from typing import NamedTuple

import numpy as np

from helpers.drawing.colours import NOW
from helpers.drawing.heat_map import Cells, cells_of, described, icon, plate_size, text_width
from helpers.drawing.key import SIGNS
from helpers.steppers.layer_flow.trace import Operand

WIDTH = 660  # fits an output of 640 pixels without scrolling
NARROW = 380  # a small network's picture, which a phone shows whole: an operation stands in rows there
COLUMN, CELL = 34, 8  # the least width of a column of the strip and of a cell in it, for which a network is small
MARGIN, GAP, WRITING = 8, 5, 15  # WRITING: height of a line of text in the strip
SIGN = 15  # size of the signs between operands
CODE = 52  # height of code line and shape arithmetic
KEY = (*SIGNS, (None, "deeper: larger in its array")), ((NOW, "at hand"), ("open", "not yet computed"))


class Placed(NamedTuple):
    """A sign or an operand of the operation in large, with its centre (signs) or upper left corner (operands)."""

    part: str | Operand
    cells: Cells | None
    x: float
    y: float


class Layout(NamedTuple):
    """Where everything stands, and what many frames have in common.

    column: width of a column of the strip; card: height of a card in it; top: where the strip ends; places, icons,
    labels: of each array, its card's upper left corner, its pictures (not known, known) and its words; titles: (left,
    right, title) of each group; operations: for each step, what is drawn in large; key: its lines.
    """

    width: float
    height: float
    column: float
    card: float
    top: float
    places: dict
    icons: dict
    labels: dict
    titles: list
    operations: list
    key: tuple


def layout_of(recorded):
    """Return the `Layout` of a `LayerTrace`; all its frames have the same size."""
    shapes = [np.atleast_2d(values).shape for values in recorded.arrays.values()]
    rows, columns = np.max(shapes, axis=0)
    count = sum(len(names) for _, names in recorded.groups)
    gaps = GAP * (len(recorded.groups) - 1)
    inside = [room - 2 * MARGIN for room in (NARROW, WIDTH)]
    narrow = (inside[0] - gaps) / count >= max(COLUMN, CELL * columns + 4)
    room = inside[0 if narrow else 1]
    column = min(66, (room - gaps) / count)
    cell = min(14, int((column - 4) / columns), 48 // rows)
    card = 2 * WRITING + rows * cell + 4
    top = WRITING + 2 + 2 * (card + 4)
    rows_of_steps = [_rows(step.parts, room) for step in recorded.steps]
    width = max([room + 2 * MARGIN, *(row_width + 2 * MARGIN for rows in rows_of_steps for row_width, _, _ in rows)])
    places, titles, x = {}, [], (width - column * count - gaps) / 2
    for title, names in recorded.groups:
        titles.append((x, x + column * len(names), title))
        for name in names:
            places[name] = x, WRITING + 2
            if f"d{name}" in recorded.arrays:
                places[f"d{name}"] = x, WRITING + 2 + card + 4
            x += column
        x += GAP
    operations = [_placed(rows, width, top + CODE) for rows in rows_of_steps]
    key = KEY if narrow else (sum(KEY, ()),)
    height = max(top + CODE + sum(h + 8 for _, h, _ in rows) for rows in rows_of_steps) + 8 + 18 * len(key)
    icons, labels = {}, {name: described(name, values) for name, values in recorded.arrays.items()}
    for name, (x, y) in places.items():
        values, centre = recorded.arrays[name], x + (column - 2) / 2
        icons[name] = [icon(centre, y + WRITING + 1, values, cell, known) for known in (False, True)]
    return Layout(width, height, column, card, top, places, icons, labels, titles, operations, key)


def _rows(parts, room):
    """Break an operation into rows of so many pixels: a list of (width, height, [(sign, operand, cells), ...])."""
    rows, sign = [], ""
    for part in parts:
        if isinstance(part, str):
            sign = part
            continue
        cells = cells_of(part.values)
        width, height = plate_size(title_of(part), cells)
        width += _sign_width(sign)
        if rows and rows[-1][0] + width <= room:
            before = rows.pop()
            rows.append((before[0] + width, max(before[1], height), [*before[2], (sign, part, cells)]))
        else:
            rows.append((width, height, [(sign, part, cells)]))
        sign = ","
    return rows


def _placed(rows, width, y):
    placed = []
    for row_width, row_height, units in rows:
        x = (width - row_width) / 2
        for sign, part, cells in units:
            room, (_, height) = _sign_width(sign), plate_size(title_of(part), cells)
            placed.append(Placed(sign, None, x + room / 2, y + row_height / 2 + 5))
            placed.append(Placed(part, cells, x + room, y + (row_height - height) / 2))
            x += room + plate_size(title_of(part), cells)[0]
        y += row_height + 8
    return placed


def title_of(part):
    """Title of an operand in large: its role, if it has one, and its name."""
    return f"{part.role}: {part.name}" if part.role else part.name


def _sign_width(sign):
    return text_width(sign, SIGN, bold=True) + 10 if sign else 0

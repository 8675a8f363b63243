"""The transition stepper: actor and critic side by side, forward, backward, update; the stop-gradient is a cut wire."""

import numpy as np

from helpers.drawing import svg
from helpers.drawing.heat_map import short_number, text_width
from helpers.running_actor import NAMES, check_seven
from helpers.steppers.player import Player
from helpers.steppers.transition.table import CRITIC_LOSS, CUT, EDGES, NODES
from helpers.steppers.transition.trace import Transition

WIDTH, HEIGHT = 720, 500
BOX_WIDTH, BOX_HEIGHT = 100, 42
GIVEN = {*NODES} - {target for _, target in EDGES}  # what the world says
TABLE, LABEL, COLUMN, ROW = 364, 54, 42, 21  # of the two tables: upper edge, first column, other columns, rows


def show_transition(theta, phi, cell=0, action=1, alpha=0.1, beta=0.1, gamma=1.0):
    """Show one actor-critic update from one step in the corridor; returns a `Player`.

    theta, phi: actor and critic, seven numbers each; cell: 0, 1 or 2; action: 0 left, 1 right; alpha, beta: step sizes.
    gamma: discount, from 0 to 1. ValueError for another cell, action or gamma, or weights that are not seven finite
    numbers.
    """
    if cell not in (0, 1, 2) or action not in (0, 1):
        raise ValueError(f"cell must be 0, 1 or 2 and action 0 or 1, they are {cell!r} and {action!r}")
    if not 0 <= gamma <= 1:
        raise ValueError(f"gamma must be a number from 0 to 1, it is {gamma!r}")
    theta, phi = check_seven(theta, "theta"), check_seven(phi, "phi")
    steps = Transition(theta, phi, int(cell), int(action), alpha, beta, gamma).steps()
    frames = [frame(step, k, len(steps)) for k, step in enumerate(steps)]
    return Player(frames, [step.sentence for step in steps], "One transition: forward, backward, update")


def frame(step, k, n_steps):
    """Draw one step as an SVG document."""
    titles = [
        svg.text(122, 16, "actor θ", bold=True, fill=svg.ACTOR, size=13),
        svg.text(478, 16, "critic φ at s", bold=True, fill=svg.CRITIC, size=13),
        svg.text(654, 16, "critic φ at s′", bold=True, fill=svg.CRITIC, size=13),
    ]
    edges = [_edge(step, *edge) for edge in EDGES]
    boxes = [_box(step, node) for node in NODES]
    right = WIDTH - 8 - LABEL - 7 * COLUMN
    tables = _table(step, 8, "θ", "theta", svg.ACTOR) + _table(step, right, "φ", "phi", svg.CRITIC)
    formula = svg.text(WIDTH / 2, HEIGHT - 14, step.formula, size=14, bold=True)
    caption = f"Step {k + 1} of {n_steps}. {step.sentence}"
    return svg.picture(WIDTH, HEIGHT, [*titles, *edges, *boxes, *tables, formula], caption, k)


def _edge(step, source, target):
    """A wire: faint until its source is known, coloured by the gradient that has come back along it, cut where cut."""
    (x1, y1), (x2, y2) = source.place, target.place
    x2 += np.clip((x1 - x2) / 5, -34, 34)
    y1, y2 = y1 + BOX_HEIGHT / 2, y2 - BOX_HEIGHT / 2
    known = source in step.values
    back = (source, target) not in CUT and source in step.gradients and target in step.gradients
    gradient = step.gradients.get(source, 0.0)
    path = f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"
    if back:
        drawn = svg.line(path, stroke=svg.sign_colour(gradient), width=3.2, dashed=gradient < 0)
    else:
        drawn = svg.line(path, stroke=svg.INK if known else svg.DIM, width=1.4, opacity=1.0 if known else 0.45)
    if (source, target) in CUT and CRITIC_LOSS in step.values:
        drawn += _scissors(x1, y1, x2, y2)
    return drawn


def _scissors(x1, y1, x2, y2):
    """Two strokes across a gap in the wire, and the word."""
    x, y, length = (x1 + x2) / 2, (y1 + y2) / 2, np.hypot(x2 - x1, y2 - y1)
    dx, dy = (x2 - x1) / length, (y2 - y1) / length
    gap = svg.line(f"M{x - 6 * dx:.1f} {y - 6 * dy:.1f}L{x + 6 * dx:.1f} {y + 6 * dy:.1f}", stroke=svg.CARD, width=5)
    strokes = "".join(
        f"M{x + k * dx - 8 * dy:.1f} {y + k * dy + 8 * dx:.1f}L{x + k * dx + 8 * dy:.1f} {y + k * dy - 8 * dx:.1f}"
        for k in (-5, 5)
    )
    return gap + svg.line(strokes, width=2.4) + svg.text(x, y + 22, "cut", size=11, bold=True)


def _box(step, node):
    (cx, cy), known, hot, gradient = node.place, node in step.values, node in step.hot, step.gradients.get(node)
    x, y, half = cx - BOX_WIDTH / 2, cy - BOX_HEIGHT / 2, BOX_WIDTH / 2
    fill = svg.NOW if hot else svg.INPUT if node in GIVEN else svg.CARD
    parts = svg.rectangle(x, y, BOX_WIDTH, BOX_HEIGHT, fill=fill, stroke_width=2.4 if hot else 1.1)
    parts += svg.text(cx, y + 15, node.name, bold=True)
    value = svg.number(step.values[node]) if known else "·"
    label = f"{node.name} = {value}" if known else f"{node.name}: not yet computed"
    if gradient is None:
        parts += svg.text(cx, y + 34, value, size=11)
    else:
        short, colour = _fitting(gradient, half, 11, bold=True), svg.sign_colour(gradient)
        parts += svg.text(x + half / 2, y + 34, _fitting(step.values[node], half, 11), size=11)
        parts += svg.line(f"M{cx:.1f} {y + 20:.1f}v{BOX_HEIGHT - 20}", width=0.8)
        parts += svg.text(x + 1.5 * half, y + 34, short, size=11, bold=True, fill=colour)
        label += f", gradient {svg.number(gradient)}"
    return svg.focusable(f"{node.name} of the {node.owner}", label, parts)


def _fitting(value, width, size, bold=False):
    """The number as usual where it fits, else in about five signs."""
    written = svg.number(value)
    return written if text_width(written, size, bold) <= width else short_number(value)


def _table(step, left, name, field, colour):
    """The seven weights of a network: now, gradient, new."""
    elements = [svg.text(left + 14, TABLE + 14, name, bold=True, fill=colour, size=13)]
    for column, weight in enumerate(NAMES):
        elements.append(svg.text(left + LABEL + (column + 0.5) * COLUMN, TABLE + 14, weight, bold=True))
    for k, row in enumerate(("now", "gradient", "new")):
        source = (field, f"d{field}", f"{field}_new")[k]
        y, values = TABLE + 22 + k * (ROW + 3), step.weights.get(source)
        parts = svg.rectangle(left, y, LABEL + 7 * COLUMN, ROW, stroke=svg.CARD)  # takes focus and click as a whole
        parts += svg.text(left + LABEL - 6, y + 15, row, size=11, anchor="end")
        for column in range(len(NAMES)):
            x, fill = left + LABEL + column * COLUMN, svg.CARD if row == "gradient" else svg.PARAMETER
            fill = svg.NOW if source in step.fresh else fill
            parts += svg.rectangle(x + 1, y, COLUMN - 2, ROW, fill=fill, stroke_width=0.6, radius=3)
            if values is not None:
                ink = svg.sign_colour(values[column]) if row == "gradient" else svg.INK
                parts += svg.text(x + COLUMN / 2, y + 15, _fitting(values[column], COLUMN, 10), size=10, fill=ink)
        said = "not yet computed"
        if values is not None:
            said = ", ".join(f"{weight} {svg.number(value)}" for weight, value in zip(NAMES, values, strict=True))
        elements.append(svg.focusable(f"{name} {row}", f"{name}, {row}: {said}", parts))
    return elements

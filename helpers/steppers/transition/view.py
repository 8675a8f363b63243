"""The transition stepper: actor and critic side by side, forward, backward, update; the stop-gradient is a cut wire."""

import numpy as np

from helpers.calculus.validation import finite_real
from helpers.drawing import svg
from helpers.drawing.heat_map import short_number, text_width
from helpers.rl.policy_gradient import check_seven
from helpers.running_actor import NAMES
from helpers.steppers.player import Player
from helpers.steppers.transition.trace import CUT, EDGES, Transition

WIDTH, HEIGHT = 720, 500
BOX_WIDTH, BOX_HEIGHT = 100, 42
PLACES = {
    "x": (122, 46), "h1": (66, 116), "h2": (178, 116), "z": (122, 186), "log π": (122, 256), "actor loss": (216, 326),
    "x ": (478, 46), "h1 ": (422, 116), "h2 ": (534, 116), "V(s)": (478, 186), "x′": (654, 46), "V(s′)": (654, 186),
    "r": (316, 186), "δ": (390, 256), "critic loss": (534, 326),
}  # fmt: skip
TABLE, LABEL, COLUMN, ROW = 364, 54, 42, 21  # of the two tables: upper edge, first column, other columns, rows
ROWS = (("now", "now"), ("gradient", "gradient"), ("new", "new"))


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
    check_seven(theta, "theta")
    check_seven(phi, "phi")
    theta, phi = finite_real(theta, "theta"), finite_real(phi, "phi")
    transition = Transition(theta, phi, int(cell), int(action), alpha, beta, gamma)
    steps = transition.steps()
    frames = [frame(transition, step, k, len(steps)) for k, step in enumerate(steps)]
    return Player(frames, [step.sentence for step in steps], "One transition: forward, backward, update")


def frame(transition, step, k, n_steps):
    """Draw one step as an SVG document."""
    titles = [
        svg.text(122, 16, "actor θ", bold=True, fill=svg.ACTOR, size=13),
        svg.text(478, 16, "critic φ at s", bold=True, fill=svg.CRITIC, size=13),
        svg.text(654, 16, "critic φ at s′", bold=True, fill=svg.CRITIC, size=13),
    ]
    edges = [_edge(transition, step, *edge) for edge in EDGES]
    boxes = [_box(transition, step, name) for name in PLACES]
    tables = [
        *_table(8, "θ", svg.ACTOR, step.theta),
        *_table(WIDTH - 8 - LABEL - 7 * COLUMN, "φ", svg.CRITIC, step.phi),
    ]
    formula = svg.text(WIDTH / 2, HEIGHT - 14, step.formula, size=14, bold=True)
    caption = f"Step {k + 1} of {n_steps}. {step.sentence}"
    return svg.picture(WIDTH, HEIGHT, [*titles, *edges, *boxes, *tables, formula], caption, k)


def _edge(transition, step, source, target):
    """A wire: faint until its source is known, coloured by the gradient that has come back along it, cut where cut."""
    (x1, y1), (x2, y2) = PLACES[source], PLACES[target]
    x2 += np.clip((x1 - x2) / 5, -34, 34)
    y1, y2 = y1 + BOX_HEIGHT / 2, y2 - BOX_HEIGHT / 2
    known = source in step.known
    back = (source, target) not in CUT and source in step.gradients and target in step.gradients
    gradient = step.gradients.get(source, 0.0)
    path = f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"
    if back:
        drawn = svg.line(path, stroke=svg.sign_colour(gradient), width=3.2, dashed=gradient < 0)
    else:
        drawn = svg.line(path, stroke=svg.INK if known else svg.DIM, width=1.4, opacity=1.0 if known else 0.45)
    if (source, target) in CUT and "critic loss" in step.known:
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


def _box(transition, step, name):
    (cx, cy), known = PLACES[name], name in step.known
    x, y = cx - BOX_WIDTH / 2, cy - BOX_HEIGHT / 2
    hot = name in step.hot
    fill = svg.NOW if hot else svg.INPUT if name.strip() in ("x", "x′", "r") else svg.CARD
    parts = svg.rectangle(x, y, BOX_WIDTH, BOX_HEIGHT, fill=fill, stroke_width=2.4 if hot else 1.1)
    parts += svg.text(cx, y + 15, name.strip(), bold=True)
    value = svg.number(transition.values[name]) if known else "·"
    gradient = step.gradients.get(name)
    label = f"{name.strip()} = {value}" if known else f"{name.strip()}: not yet computed"
    if gradient is None:
        parts += svg.text(cx, y + 34, value, size=11)
    else:
        half = BOX_WIDTH / 2
        parts += svg.text(x + half / 2, y + 34, _fitting(transition.values[name], half, 11), size=11)
        parts += svg.line(f"M{cx:.1f} {y + 20:.1f}v{BOX_HEIGHT - 20}", width=0.8)
        written = svg.number(gradient)
        short, colour = _fitting(gradient, half, 11, bold=True), svg.sign_colour(gradient)
        parts += svg.text(x + 1.5 * half, y + 34, short, size=11, bold=True, fill=colour)
        label += f", gradient {written}"
    return svg.focusable(name.strip() + (" of the critic" if name.endswith(" ") else ""), label, parts)


def _fitting(value, width, size, bold=False):
    """The number as usual where it fits, else in about five signs."""
    written = svg.number(value)
    return written if text_width(written, size, bold) <= width else short_number(value)


def _table(left, name, colour, rows):
    """The seven weights of a network: now, gradient, new."""
    elements = [svg.text(left + 14, TABLE + 14, name, bold=True, fill=colour, size=13)]
    for column, weight in enumerate(NAMES):
        elements.append(svg.text(left + LABEL + (column + 0.5) * COLUMN, TABLE + 14, weight, bold=True))
    for k, (row, label) in enumerate(ROWS):
        y = TABLE + 22 + k * (ROW + 3)
        parts = svg.rectangle(left, y, LABEL + 7 * COLUMN, ROW, stroke=svg.CARD)  # takes focus and click as a whole
        parts += svg.text(left + LABEL - 6, y + 15, label, size=11, anchor="end")
        for column in range(len(NAMES)):
            x, shown = left + LABEL + column * COLUMN, row in rows
            fill = svg.PARAMETER if row != "gradient" else svg.CARD
            parts += svg.rectangle(x + 1, y, COLUMN - 2, ROW, fill=fill, stroke_width=0.6, radius=3)
            if shown:
                value = rows[row][column]
                ink = svg.sign_colour(value) if row == "gradient" else svg.INK
                parts += svg.text(x + COLUMN / 2, y + 15, _fitting(value, COLUMN, 10), size=10, fill=ink)
        described = (
            ", ".join(f"{n} {svg.number(v)}" for n, v in zip(NAMES, rows[row], strict=True))
            if row in rows
            else "not yet computed"
        )
        elements.append(svg.focusable(f"{name} {row}", f"{name}, {label}: {described}", parts))
    return elements

"""The transition stepper: actor and critic side by side, forward, backward, update; the stop-gradient is a cut wire."""

from helpers.drawing import svg
from helpers.drawing.heat_map import short_number, text_width
from helpers.drawing.key import key, key_width
from helpers.running_actor import NAMES, check_seven
from helpers.steppers.player import Player
from helpers.steppers.transition.table import CRITIC_X, EDGES, NODES, X_NEXT, X
from helpers.steppers.transition.trace import Transition
from helpers.steppers.transition.wires import wire

WIDTH, HEIGHT = 676, 526
BOX_WIDTH, BOX_HEIGHT = 104, 42
GIVEN = {*NODES} - {target for _, target in EDGES}  # what the world says
TABLE, COLUMN, ROW = 364, 44, 21  # of the two tables: upper edge, columns, rows
ROWS = ("now", "gradient", "new")
ROOM = 2  # between a number and the sides of its box
EDGE = 4  # between the tables and the sides of the picture
KEY = (
    ((svg.POSITIVE, 3.2, False), "positive gradient comes back"),
    ((svg.NEGATIVE, 3.2, True), "negative"),
    ((svg.INK, 1.4, False), "number only"),
    (svg.NOW, "at hand"),
    (svg.PARAMETER, "weights"),
)


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
        svg.text(X.place[0], 16, "actor θ", bold=True, fill=svg.ACTOR, size=13),
        svg.text(CRITIC_X.place[0], 16, "critic φ at s", bold=True, fill=svg.CRITIC, size=13),
        svg.text(X_NEXT.place[0], 16, "critic φ at s′", bold=True, fill=svg.CRITIC, size=13),
    ]
    edges = [wire(step, BOX_HEIGHT, *edge) for edge in EDGES]
    boxes = [_box(step, node) for node in NODES]
    right = WIDTH - EDGE - len(NAMES) * COLUMN
    tables = _table(step, EDGE, "θ", "theta") + _table(step, right, "φ", "phi")
    tables += [
        svg.text(WIDTH / 2 - 24, TABLE + 14, "θ", bold=True, fill=svg.ACTOR, size=13),
        svg.text(WIDTH / 2 + 24, TABLE + 14, "φ", bold=True, fill=svg.CRITIC, size=13),
        *(svg.text(WIDTH / 2, _row(k) + 15, row, size=11) for k, row in enumerate(ROWS)),
    ]
    formula = svg.text(WIDTH / 2, HEIGHT - 42, step.formula, size=14, bold=True)
    legend = key((WIDTH - key_width(KEY)) / 2, HEIGHT - 12, KEY)
    caption = f"Step {k + 1} of {n_steps}. {step.sentence}"
    return svg.picture(WIDTH, HEIGHT, [*titles, *edges, *boxes, *tables, formula, legend], caption, k)


def _box(step, node):
    (cx, cy), hot, gradient = node.place, node in step.hot, step.gradients.get(node)
    x, y, half = cx - BOX_WIDTH / 2, cy - BOX_HEIGHT / 2, BOX_WIDTH / 2
    fill = svg.NOW if hot else svg.INPUT if node in GIVEN else svg.CARD
    parts = svg.rectangle(x, y, BOX_WIDTH, BOX_HEIGHT, fill=fill, stroke_width=2.4 if hot else 1.1)
    parts += svg.text(cx, y + 15, node.name, bold=True)
    value, words = _value(step, node)
    label = node.full_name + words
    if gradient is None:
        parts += svg.text(cx, y + 34, value, size=11)
    else:
        short, colour = _fitting(gradient, half, 11, bold=True), svg.sign_colour(gradient)
        parts += svg.text(x + half / 2, y + 34, _fitting(step.values[node], half, 11), size=11)
        parts += svg.line(f"M{cx:.1f} {y + 20:.1f}v{BOX_HEIGHT - 20}", width=0.8)
        parts += svg.text(x + 1.5 * half, y + 34, short, size=11, bold=True, fill=colour)
        label += f", gradient {svg.number(gradient)}"
    return svg.focusable(f"{node.name} of the {node.owner}", label, parts)


def _value(step, node):
    """A node's value as it stands in its box, and in words."""
    if node not in step.values:
        return "·", ": not yet computed"
    if step.values[node] is None:
        return "–", ": not asked, s′ is the goal"
    written = svg.number(step.values[node])
    return written, f" = {written}"


def _fitting(value, width, size, bold=False):
    """The number as usual where it fits, else in about five signs; of sizes below 1e-99 that they are about 0."""
    for written in (svg.number(value), short_number(value)):
        if text_width(written, size, bold) <= width - 2 * ROOM:
            return written
    return "≈ 0"


def _row(k):
    """Upper edge of row k of the tables."""
    return TABLE + 22 + k * (ROW + 3)


def _table(step, left, name, field):
    """The seven weights of a network: now, gradient, new."""
    elements = []
    for column, weight in enumerate(NAMES):
        elements.append(svg.text(left + (column + 0.5) * COLUMN, TABLE + 14, weight, bold=True))
    for k, row in enumerate(ROWS):
        source = (field, f"d{field}", f"{field}_new")[k]
        y, values = _row(k), step.weights.get(source)
        parts = svg.ground(left, y, 7 * COLUMN, ROW)
        for column in range(len(NAMES)):
            x, fill = left + column * COLUMN, svg.CARD if row == "gradient" else svg.PARAMETER
            fill = svg.NOW if source in step.fresh else fill
            parts += svg.rectangle(x + 1, y, COLUMN - 2, ROW, fill=fill, stroke_width=0.6, radius=3)
            if values is not None:
                ink = svg.sign_colour(values[column]) if row == "gradient" else svg.INK
                parts += svg.text(x + COLUMN / 2, y + 15, _fitting(values[column], COLUMN - 2, 10), size=10, fill=ink)
        said = "not yet computed"
        if values is not None:
            said = ", ".join(f"{weight} {svg.number(value)}" for weight, value in zip(NAMES, values, strict=True))
        elements.append(svg.focusable(f"{name} {row}", f"{name}, {row}: {said}", parts))
    return elements

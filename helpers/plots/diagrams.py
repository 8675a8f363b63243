"""Drawings of the corridor, of one neuron and of the actor, with the names that the code uses."""

from itertools import pairwise

from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch
from matplotlib.path import Path

from helpers.drawing.colours import ACTOR, CARD, DIM, INK, INPUT, PARAMETER
from helpers.drawing.routes import route
from helpers.rl.corridor import GOAL, LEFT, NEXT, RIGHT

EDGE = 0.275  # half the height of a cell


def draw_corridor(ax):
    """Three cells and the goal, with where each action leads; returns the artists."""
    artists = []
    for cell, observation in enumerate(["x = −1", "x = 0", "x = 1", ""]):
        goal = cell == GOAL
        artists.append(_box(ax, cell, 0, 0.8, 2 * EDGE, CARD if goal else INPUT, dashed=goal))
        artists.append(ax.text(cell, 0.08, "goal" if goal else f"cell {cell}", ha="center", va="center", weight="bold"))
        artists.append(ax.text(cell, -0.13, observation, ha="center", va="center"))
        artists += [] if goal else [_route(ax, cell, NEXT[cell, action], action) for action in (RIGHT, LEFT)]
    artists += [
        arrow(ax, -0.72, 0, -0.4, 0, start=0, end=0.03),
        ax.text(-0.63, 0.1, "start", ha="center"),
        ax.text(1.16, 0.68, "in cell 1 the two are switched", color=DIM),
        ax.text(0.5, 0.67, "right", color=ACTOR, ha="center", va="center"),
        ax.text(0, -0.68, "left", ha="center", va="center"),
    ]  # fmt: skip
    ax.set(xlim=(-0.9, 3.6), ylim=(-0.95, 0.95))
    ax.axis("off")
    return artists


def _route(ax, cell, after, action):
    """Arrow from cell to cell: above the cells and solid for right, below and dashed for left."""
    start, bend, end, height = route(cell, after)
    side = 1 if action == RIGHT else -1
    edge = side * (EDGE + 0.02)
    curve = Path(
        [(start, edge), (bend, edge + side * 0.5 * height), (end, edge)], [Path.MOVETO, Path.CURVE3, Path.CURVE3]
    )
    look = {"color": ACTOR, "ls": "-"} if action == RIGHT else {"color": INK, "ls": (0, (4, 2))}
    return ax.add_patch(FancyArrowPatch(path=curve, arrowstyle="-|>", mutation_scale=15, lw=2, **look))


def draw_neuron(ax):
    """One neuron: input, weight, bias, weighted sum, activation, output; returns the artists."""
    artists = [
        node(ax, 0, 0, "x", INPUT),
        node(ax, 2.2, 0, "z", CARD),
        node(ax, 4.4, 0, "p", CARD),
        arrow(ax, 0, 0, 2.2, 0),
        arrow(ax, 2.2, 0, 4.4, 0),
        arrow(ax, 2.2, 1.15, 2.2, 0, start=0.18),
        tag(ax, 1.1, 0.24, "weight w"),
        tag(ax, 2.2, 1.15, "bias b"),
        tag(ax, 3.3, 0.24, "activation σ"),
    ]
    captions = [
        (0, "input"), (2.2, "pre-activation\n$z = w\\,x + b$"), (4.4, "output\n$p = \\sigma(z)$"),
    ]  # fmt: skip
    artists += [ax.text(x, -0.62, text, ha="center", va="top") for x, text in captions]
    code = [(0, "x"), (2.2, "z = w * x + b"), (4.4, "p = sigmoid(z)")]
    artists += [ax.text(x, -1.5, text, ha="center", va="top", family="DejaVu Sans Mono", size=11) for x, text in code]
    artists.append(ax.text(-1.1, -1.5, "code", ha="center", va="top", color=DIM))
    ax.set(xlim=(-1.5, 5.6), ylim=(-1.85, 1.5), aspect="equal")
    ax.axis("off")
    return artists


def draw_actor(ax, followed=False):
    """The running network, drawn as one neuron is; followed: the path of u1, thick, to log π. Returns the artists."""
    x, z, p = (0, 0), (5.3, 0), (7.6, 0)
    artists = [
        node(ax, *x, "x", INPUT), node(ax, *z, "z", CARD), node(ax, *p, "π", CARD),
        arrow(ax, *z, *p), _function(ax, 6.45, 0.24, "σ"),
        arrow(ax, 5.3, 1.15, *z, start=0.18), tag(ax, 5.3, 1.15, "b"),
    ]  # fmt: skip
    for k, side in ((1, 1), (2, -1)):
        pre, h = (1.8, 1.1 * side), (3.7, 1.1 * side)
        artists += [
            arrow(ax, *x, *pre), arrow(ax, *pre, *h), arrow(ax, *h, *z),
            arrow(ax, 1.8, 2.2 * side, *pre, start=0.18),
            node(ax, *pre, f"z{k}", CARD), node(ax, *h, f"h{k}", CARD),
            tag(ax, 0.8, 0.78 * side, f"u{k}"), tag(ax, 1.8, 2.2 * side, f"c{k}"),
            _function(ax, 2.75, 1.1 * side + 0.24, "tanh"), tag(ax, 4.6, 0.78 * side, f"w{k}"),
        ]  # fmt: skip
    if followed:
        end = (9.9, 0)
        artists += [node(ax, *end, "log π", CARD, size=10, radius=0.56), _function(ax, 8.75, 0.36, "log")]
        path = [x, (1.8, 1.1), (3.7, 1.1), z, p, end]
        artists += [arrow(ax, *a, *b, end=0.58 if b == end else 0.44, lw=4) for a, b in pairwise(path)]
    ax.set(xlim=(-0.6, 10.5 if followed else 8.2), ylim=(-2.5, 2.5), aspect="equal")
    ax.axis("off")
    return artists


def _box(ax, x, y, width, height, fill, dashed=False):
    style = {"fc": fill, "ec": INK, "lw": 1.5, "ls": "--" if dashed else "-"}
    corner = (x - width / 2, y - height / 2)
    return ax.add_patch(FancyBboxPatch(corner, width, height, boxstyle="round,pad=0,rounding_size=0.06", **style))


def node(ax, x, y, text, fill, size=14, radius=0.42):
    """A circle with a name in it; returns the name."""
    ax.add_patch(Circle((x, y), radius, fc=fill, ec=INK, lw=1.5, zorder=3))
    return ax.text(x, y, text, ha="center", va="center", size=size, weight="bold", zorder=4)


def _function(ax, x, y, text):
    """The name of a function over its arrow, without the frame of a parameter."""
    return ax.text(x, y, text, ha="center", va="center", style="italic", zorder=4)


def tag(ax, x, y, text, fill=PARAMETER):
    """The name of a parameter, or of what else an arrow brings, in its frame."""
    return ax.text(x, y, text, ha="center", va="center", bbox={"fc": fill, "ec": INK, "lw": 0.8, "pad": 3}, zorder=4)


def arrow(ax, x1, y1, x2, y2, start=0.42, end=0.44, lw=1.5, colour=INK):
    """An arrow from node to node, which keeps clear of both."""
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    dx, dy = (x2 - x1) / length, (y2 - y1) / length
    tail, head = (x1 + start * dx, y1 + start * dy), (x2 - end * dx, y2 - end * dy)
    return ax.add_patch(
        FancyArrowPatch(tail, head, arrowstyle="-|>", mutation_scale=14, lw=lw, color=colour, shrinkA=0, shrinkB=0)
    )

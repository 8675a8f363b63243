"""Drawings of two layers of two neurons behind a neuron h: its four paths to z, and passes over them."""

from itertools import pairwise, product

from matplotlib.patches import Circle

from helpers.drawing.colours import CARD, DIM, INK, INPUT
from helpers.plots.diagrams import arrow, node, tag

COLUMN, ROW = 1.9, 1.1
H, Z = (COLUMN, 0), (4 * COLUMN, 0)
INPUTS = (0, ROW), (0, -ROW)
LAYERS = [[(column * COLUMN, side * ROW) for side in (1, -1)] for column in (2, 3)]
PATHS = [[H, *between, Z] for between in product(*LAYERS)]
ARROWS = [*product([H], LAYERS[0]), *product(*LAYERS), *product(LAYERS[1], [Z])]
LETTERS = dict(zip(ARROWS, "aAbBcCgG", strict=True))
SMALL = 0.5  # of a drawing of which there are several, against the one with letters


def draw_layers(ax):
    """Two inputs, h, two layers of two neurons, z: each arrow with its letter, and one path thick."""
    artists = [node(ax, *INPUTS[0], "x1", INPUT), node(ax, *INPUTS[1], "x2", INPUT)]
    artists += [node(ax, *H, "h", CARD), node(ax, *Z, "z", CARD)]
    artists += [node(ax, *place, "", CARD) for layer in LAYERS for place in layer]
    artists += [arrow(ax, *start, *end) for start, end in (*product(INPUTS, [H]), *ARROWS)]
    artists += [arrow(ax, *start, *end, lw=4) for start, end in pairwise([INPUTS[0], *PATHS[1]])]
    artists += [tag(ax, *_on(place, H, 0.5), name) for place, name in zip(INPUTS, "uv", strict=True)]
    for (start, end), letter in LETTERS.items():
        crossing = start in LAYERS[0] and start[1] != end[1]
        artists.append(tag(ax, *_on(start, end, 0.3 if crossing else 0.5), letter, fill=CARD))
    artists.append(ax.text(H[0], -0.75, "slope s", ha="center", va="center", style="italic"))
    ax.set(xlim=(-0.6, Z[0] + 0.6), ylim=(-1.7, 1.7), aspect="equal")
    ax.axis("off")
    return artists


def draw_four_paths(ax):
    """The four paths from h to z, each thick in a drawing of its own."""
    artists = []
    for path, corner in zip(PATHS, product((0, 4), (0, -1.9)), strict=True):
        artists += _small(ax, corner, pairwise(path))
    ax.set(xlim=(0.6, 8.1), ylim=(-2.8, 0.9), aspect="equal")
    ax.axis("off")
    return artists


def draw_passes(ax):
    """Forward for the weight u, forward for v, and once backward for both: the arrows that are walked are thick."""
    passes = [
        ("forward, for u", (0, 0), [(INPUTS[0], H), *ARROWS]),
        ("forward, for v", (0, -2.7), [(INPUTS[1], H), *ARROWS]),
        ("backward, for both", (4.6, -1.35), [(end, start) for start, end in (*product(INPUTS, [H]), *ARROWS)]),
    ]
    artists = []
    for title, (x, y), walked in passes:
        artists += _small(ax, (x, y), walked, inputs=True)
        artists.append(ax.text(x + SMALL * 2 * COLUMN, y + 1, title, ha="center", va="bottom"))
    ax.set(xlim=(-0.4, 8.8), ylim=(-3.6, 1.5), aspect="equal")
    ax.axis("off")
    return artists


def _small(ax, corner, walked, inputs=False):
    """A small drawing without letters; walked: the arrows that are thick, each (from, to)."""
    walked, shown = [*walked], [*product(INPUTS, [H]), *ARROWS] if inputs else ARROWS
    artists = []
    for start, end in shown:
        thick = next((step for step in walked if {*step} == {start, end}), None)
        ends = [_placed(corner, place) for place in thick or (start, end)]
        artists.append(
            arrow(ax, *ends[0], *ends[1], start=0.24, end=0.26, lw=3 if thick else 1, colour=INK if thick else DIM)
        )
    for place in dict.fromkeys(place for step in shown for place in step):
        fill = INPUT if place in INPUTS else CARD
        ax.add_patch(Circle(_placed(corner, place), 0.22, fc=fill, ec=INK, lw=1.2, zorder=3))
        name = {H: "h", Z: "z"}.get(place, "")
        artists.append(
            ax.text(*_placed(corner, place), name, ha="center", va="center", size=10, weight="bold", zorder=4)
        )
    return artists


def _placed(corner, place):
    return corner[0] + SMALL * place[0], corner[1] + SMALL * place[1]


def _on(start, end, share):
    """The place on an arrow at a share of its length."""
    return tuple(a + share * (b - a) for a, b in zip(start, end, strict=True))

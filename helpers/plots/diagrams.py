"""Drawings of the corridor, of one neuron, of the actor and of what pushes it, with the names that the code uses."""

from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch

from helpers.drawing.colours import ACTOR, CARD, DIM, INK, INPUT, NOW, PARAMETER


def draw_corridor(ax):
    """Three cells and the goal, with where each action leads; returns the artists."""
    artists = []
    for cell, observation in enumerate(["x = −1", "x = 0", "x = 1", ""]):
        goal = cell == 3
        artists.append(_box(ax, cell, 0, 0.8, 0.55, CARD if goal else INPUT, dashed=goal))
        artists.append(ax.text(cell, 0.08, "goal" if goal else f"cell {cell}", ha="center", va="center", weight="bold"))
        artists.append(ax.text(cell, -0.13, observation, ha="center", va="center"))
    artists += [
        _route(ax, 0, 1, right=True, bend=0.35), _route(ax, 1, 0, right=True, bend=0.75),
        _route(ax, 2, 3, right=True, bend=0.35), _route(ax, 1, 2, right=False, bend=0.35),
        _route(ax, 2, 1, right=False, bend=0.75), _route(ax, -0.32, 0.32, right=False, bend=1.1),
        ax.text(3.6, 0.62, "solid: action 1, “right”", color=ACTOR, ha="right"),
        ax.text(3.6, -0.72, "dashed: action 0, “left”", ha="right"),
    ]  # fmt: skip
    ax.set(xlim=(-0.6, 3.7), ylim=(-0.95, 0.95))
    ax.axis("off")
    return artists


def _route(ax, start, end, *, right, bend):
    """Arrow from cell to cell: above the cells and solid for right, below and dashed for left."""
    shift = 0.12 if end > start else -0.12
    rising = bend if (end > start) != right else -bend
    return ax.add_patch(
        FancyArrowPatch(
            (start + shift, 0.3 if right else -0.3),
            (end - shift, 0.3 if right else -0.3),
            connectionstyle=f"arc3,rad={rising}",
            arrowstyle="-|>",
            mutation_scale=15,
            lw=2,
            ls="-" if right else (0, (4, 2)),
            color=ACTOR if right else INK,
        )  # fmt: skip
    )


def draw_neuron(ax):
    """One neuron: input, weight, bias, weighted sum, activation, output; returns the artists."""
    artists = [
        _node(ax, 0, 0, "x", INPUT),
        _node(ax, 2.2, 0, "z", CARD),
        _node(ax, 4.4, 0, "p", CARD),
        _arrow(ax, 0, 0, 2.2, 0),
        _arrow(ax, 2.2, 0, 4.4, 0),
        _arrow(ax, 2.2, 1.15, 2.2, 0, start=0.18),
        _tag(ax, 1.1, 0.24, "weight w"),
        _tag(ax, 2.2, 1.15, "bias b"),
        _tag(ax, 3.3, 0.24, "activation σ"),
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


def draw_actor(ax):
    """The running network: one input, two hidden neurons, one output, with the name on every wire."""
    x, h1, h2, z, p = (0, 0), (2.4, 1), (2.4, -1), (4.8, 0), (6.8, 0)
    artists = [
        _arrow(ax, *x, *h1), _arrow(ax, *x, *h2), _arrow(ax, *h1, *z), _arrow(ax, *h2, *z), _arrow(ax, *z, *p),
        _node(ax, *x, "x", INPUT), _node(ax, *h1, "h1", CARD), _node(ax, *h2, "h2", CARD),
        _node(ax, *z, "z", CARD), _node(ax, *p, "π", CARD),
        _tag(ax, 1.2, 0.82, "u1"), _tag(ax, 1.2, -0.82, "u2"), _tag(ax, 3.6, 0.82, "w1"), _tag(ax, 3.6, -0.82, "w2"),
        ax.text(2.4, 1.55, "tanh, bias c1", ha="center"), ax.text(2.4, -1.75, "tanh, bias c2", ha="center"),
        ax.text(4.8, 0.55, "bias b", ha="center"), ax.text(5.8, 0.12, "σ", ha="center"),
    ]  # fmt: skip
    ax.set(xlim=(-0.6, 7.4), ylim=(-2, 2), aspect="equal")
    ax.axis("off")
    return artists


def draw_push(ax):
    """What pushes the network's output in lesson 04 and in lesson 06: another label, and a weight; the artists."""
    rows = [
        (1.2, "lesson 04", "the right answer", "from a teacher", "onehot(answer) − π", INPUT),
        (0.0, "lesson 06", "what you did", "by a coin", "G · (onehot(action) − π)", NOW),
    ]
    artists = []
    for y, lesson, label, source, push, fill in rows:
        artists += [
            ax.text(-0.1, y, lesson, va="center", weight="bold"),
            _box(ax, 2.2, y, 2, 0.62, fill), ax.text(2.2, y, label, ha="center", va="center"),
            ax.text(2.2, y - 0.48, source, ha="center", va="center", color=DIM),
            _box(ax, 5.55, y, 3, 0.62, fill), ax.text(5.55, y, push, ha="center", va="center"),
            ax.text(5.55, y - 0.48, "the push on the output z", ha="center", va="center", color=DIM),
            _arrow(ax, 3.2, y, 4.05, y, start=0.08, end=0.08),
        ]  # fmt: skip
    ax.set(xlim=(-0.2, 7.2), ylim=(-0.65, 1.65))
    ax.axis("off")
    return artists


def _box(ax, x, y, width, height, fill, dashed=False):
    style = {"fc": fill, "ec": INK, "lw": 1.5, "ls": "--" if dashed else "-"}
    corner = (x - width / 2, y - height / 2)
    return ax.add_patch(FancyBboxPatch(corner, width, height, boxstyle="round,pad=0,rounding_size=0.06", **style))


def _node(ax, x, y, text, fill):
    ax.add_patch(Circle((x, y), 0.42, fc=fill, ec=INK, lw=1.5, zorder=3))
    return ax.text(x, y, text, ha="center", va="center", size=14, weight="bold", zorder=4)


def _tag(ax, x, y, text):
    return ax.text(
        x, y, text, ha="center", va="center", bbox={"fc": PARAMETER, "ec": INK, "lw": 0.8, "pad": 3}, zorder=4
    )


def _arrow(ax, x1, y1, x2, y2, start=0.42, end=0.44):
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    dx, dy = (x2 - x1) / length, (y2 - y1) / length
    tail, head = (x1 + start * dx, y1 + start * dy), (x2 - end * dx, y2 - end * dy)
    return ax.add_patch(
        FancyArrowPatch(tail, head, arrowstyle="-|>", mutation_scale=14, lw=1.5, color=INK, shrinkA=0, shrinkB=0)
    )

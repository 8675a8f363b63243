"""Ways through a small network: forward once for each weight, backward once for all."""

from matplotlib.patches import Circle, FancyArrowPatch

from helpers.drawing.colours import CARD, DIM, INK, INPUT, NEGATIVE, POSITIVE

LAYERS = (2, 2, 2, 1)  # from the input up
WEIGHTS = [(i, j) for j in range(2) for i in range(2)]  # of the first layer: from input i to neuron j
RADIUS = 0.17


def places(width, height):
    """Where each neuron stands, by (layer, number), in a network of this size around (0, 0)."""
    return {
        (layer, k): (width * (layer / (len(LAYERS) - 1) - 0.5), height * ((n - 1) / 2 - k))
        for layer, n in enumerate(LAYERS)
        for k in range(n)
    }


def edges(first=0):
    """All edges from the layer `first` up, as ((layer, number), (layer, number))."""
    pairs = zip(LAYERS[first:], LAYERS[first + 1 :], strict=False)
    return [((n, i), (n + 1, j)) for n, (low, high) in enumerate(pairs, first) for i in range(low) for j in range(high)]


def walk(j):
    """The edges that lead on from neuron j of the first layer to the output."""
    return [(a, b) for a, b in edges(1) if a[0] > 1 or a[1] == j]


def draw_walks(forward_ax, backward_ax):
    """Left four networks, each with one weight's way to the output; right one, with the way back for all of them."""
    artists, walked = [], 0
    for k, (i, j) in enumerate(WEIGHTS):
        centre = (2.7 * (k % 2), -2.1 * (k // 2))
        ways = walk(j)
        walked += len(ways)
        artists += _network(forward_ax, centre, (2.0, 0.95), ways, [((0, i), (1, j))])
    back = [(b, a) for a, b in edges(1)]
    artists += _network(backward_ax, (1.35, -1.05), (4.0, 2.3), back, edges(0)[:4])
    forward_ax.set_title(f"forward, weight by weight: {walked} steps")
    backward_ax.set_title(f"backward, for all at once: {len(back)} steps")
    for ax in (forward_ax, backward_ax):
        ax.set(xlim=(-1.35, 4.05), ylim=(-3.0, 0.9), aspect="equal")
        ax.axis("off")
    return artists


def _network(ax, centre, size, ways, weights):
    """A network around centre: all edges thin, weights that take their derivative dashed, steps as arrows."""
    at = {neuron: (x + centre[0], y + centre[1]) for neuron, (x, y) in places(*size).items()}
    artists = [
        line for a, b in edges() for line in ax.plot(*zip(at[a], at[b], strict=True), color=DIM, lw=0.8, zorder=1)
    ]
    for a, b in weights:
        artists += ax.plot(*zip(at[a], at[b], strict=True), color=NEGATIVE, lw=2.6, ls=(0, (3, 1.5)), zorder=2)
    for a, b in ways:
        look = {"arrowstyle": "-|>", "mutation_scale": 13, "lw": 2, "color": POSITIVE, "zorder": 2}
        artists.append(ax.add_patch(FancyArrowPatch(at[a], at[b], shrinkA=9, shrinkB=9, **look)))
    for (layer, _), (x, y) in at.items():
        artists.append(ax.add_patch(Circle((x, y), RADIUS, fc=CARD if layer else INPUT, ec=INK, lw=1.2, zorder=3)))
    return artists

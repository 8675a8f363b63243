"""Drawings of lessons 04 to 05b: a softmax and its slopes, boundaries, sizes layer by layer, clipping."""

import numpy as np

from helpers.drawing.colours import DIM, INK, LOOKS, NEGATIVE, POSITIVE
from helpers.drawing.ticks import number_ticks


def draw_sizes(ax, sizes, low=None, name="size"):
    """Sizes against the layer, on a logarithmic axis; sizes: name -> array with one number for each layer.

    low: lower end of the axis, else that of the numbers; name: of the axis. Zeros are not drawn.
    """
    artists = []
    for (label, values), (colour, style, mark) in zip(sizes.items(), LOOKS, strict=False):
        layers = np.arange(1, len(values) + 1)
        values = np.where(np.asarray(values) > 0, values, np.nan)
        artists += ax.semilogy(layers, values, color=colour, ls=style, lw=1, marker=mark, label=label)
    ax.set(xlabel="layer", ylabel=name, xticks=[1, *range(5, len(layers) + 1, 5)], xlim=(0, len(layers) + 1))
    low, high = ax.get_ylim() if low is None else (low, ax.get_ylim()[1])
    ax.set_ylim(low, 2 * high)
    number_ticks(ax.yaxis)
    ax.legend(loc="best")
    return artists


def draw_dead(ax, counts):
    """How many neurons are dead before each step; counts: name of a layer -> array with one number for each step."""
    artists = []
    for (name, dead), (colour, style, _) in zip(counts.items(), LOOKS, strict=False):
        artists += ax.plot(dead, color=colour, ls=style, drawstyle="steps-post", label=name)
    ax.set(xlabel="steps made", ylabel="dead neurons", ylim=(-1, 1.25 * max(map(max, counts.values())) + 1))
    number_ticks(ax.xaxis, ax.yaxis)
    ax.legend(loc="upper left", ncols=len(counts))
    return artists


def draw_death(sizes, dead, losses, lengths, counts):
    """Loss and length of the gradient before each step, on a logarithmic axis, and beside them the dead neurons."""
    artists = []
    named = {"loss": losses, "length of the gradient": lengths}
    for (name, values), (colour, style, mark) in zip(named.items(), LOOKS, strict=False):
        artists += sizes.semilogy(values, color=colour, ls=style, marker=mark, label=name)
    sizes.set(xlabel="steps made", ylabel="size", ylim=(0.2, 60 * max(*losses, *lengths)))
    number_ticks(sizes.xaxis, sizes.yaxis)
    sizes.legend(loc="upper right")
    return artists + draw_dead(dead, counts)


def draw_boundaries(*axes_and_data):
    """Points of two classes, and the line on which a network says neither, a panel for each network.

    The data are X (N, 2), labels (N,), and title -> function of points (M, 2) that returns their logits (M, 2).
    """
    *axes, X, labels, logits_of = axes_and_data
    reach = 1.1 * np.abs(X).max()
    across = np.linspace(-reach, reach, 101)
    plane = np.stack(np.meshgrid(across, across), axis=-1).reshape(-1, 2)
    artists = []
    for ax, (title, says) in zip(axes, logits_of.items(), strict=True):
        for label, colour, mark in ((0, POSITIVE, "o"), (1, NEGATIVE, "^")):
            artists += ax.plot(*X[labels == label].T, mark, color=colour, ms=4)
        more = np.subtract(*says(plane).T).reshape(101, 101)
        artists.append(ax.contour(across, across, more, [0], colors=[INK]))
        ax.set(title=title, xlabel="first input", ylabel="second input", aspect="equal")
        number_ticks(ax.xaxis, ax.yaxis)
    return artists


def draw_softmax(probabilities, slopes, p, dlogits):
    """The probabilities of a few classes, and how fast the loss moves with each logit, as bars with their numbers."""
    artists, classes = [], np.arange(len(p))
    for ax, values, name in ((probabilities, p, "probability"), (slopes, dlogits, "slope of −log p")):
        bars = ax.bar(classes, values, width=0.6, color=[POSITIVE if value > 0 else NEGATIVE for value in values])
        ax.bar_label(bars, [f"{value:.1f}".replace("-", "−") for value in values], padding=3)
        ax.axhline(0, color=INK, lw=1)
        ax.set(title=name, xlabel="class", xticks=classes, ylim=(-1 if min(values) < 0 else 0, 1))
        number_ticks(ax.yaxis)
        artists += bars
    return artists


def draw_patients(*axes_and_data, low=np.inf):
    """Sizes of several networks, a panel for each, with the same axes; the last argument: title -> name -> array.

    low: the axis goes down to this at least.
    """
    *axes, data = axes_and_data
    artists = []
    for ax, (title, sizes) in zip(axes, data.items(), strict=True):
        artists += draw_sizes(ax, sizes)
        ax.get_legend().remove()
        ax.set(title=title, xticks=[1, 10, 20])
        if ax is not axes[0]:
            ax.set_ylabel("")
            ax.tick_params(labelleft=False)
    ends = np.array([ax.get_ylim() for ax in axes])
    for ax in axes:
        ax.set_ylim(min(low, ends[:, 0].min()), ends[:, 1].max())
        number_ticks(ax.yaxis)
    axes[0].figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=3)
    return artists


def draw_clipping(ax, gradient, limit):
    """A gradient of two entries as an arrow, clipped by its norm and entry by entry; returns the arrows."""
    gradient = np.asarray(gradient, float)
    by_norm = gradient * min(1, limit / np.linalg.norm(gradient))
    by_entry = np.clip(gradient, -limit, limit)
    angle = np.linspace(0, 2 * np.pi, 181)
    ax.plot(limit * np.cos(angle), limit * np.sin(angle), color=DIM, lw=1)
    ax.plot(*limit * np.array([[-1, 1, 1, -1, -1], [-1, -1, 1, 1, -1]]), color=DIM, lw=1, ls=":")
    artists = []
    for tip, name, colour, style, shift in [
        (gradient, "the gradient", DIM, "-", (8, -4)),
        (by_norm, "clipped by its norm", POSITIVE, "-", (8, -12)),
        (by_entry, "clipped entry by entry", NEGATIVE, "--", (6, 12)),
    ]:
        arrow = {"arrowstyle": "-|>", "color": colour, "lw": 2.4, "ls": style, "shrinkA": 0, "shrinkB": 0}
        artists.append(ax.annotate("", tip, (0, 0), arrowprops=arrow))
        ax.annotate(name, tip, xytext=shift, textcoords="offset points", color=colour)
    reach = 1.15 * max(limit, *np.abs(gradient))
    ax.set(xlim=(-1.3 * limit, reach * 1.25), ylim=(-1.3 * limit, 1.7 * limit), aspect="equal")
    ax.set(xlabel="first entry", ylabel="second entry")
    return artists

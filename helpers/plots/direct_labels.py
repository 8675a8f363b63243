"""Names that stand beside their lines, and the spread around a line, drawn so that no two of them mix."""

import numpy as np

LINE = 1.25  # height of a line of text, in sizes of its font
SHARE = 0.7  # of the figure's height, what is left for the axes at least


def label_ends(ax, curves, lines=1, size=11):
    """Write each curve's label at the right of the axes, in its colour; they move apart where they would meet.

    lines: of text in the longest label. The limits of the axes must be set before. Returns the texts.
    """
    if not curves:
        return []
    step = lines * LINE * size / 72 / (SHARE * ax.figure.get_figheight())
    places = apart([_height(ax, curve.get_ydata()) for curve in curves], step)
    return [
        ax.annotate(
            curve.get_label(), (1, place), (6, 0), xycoords="axes fraction", textcoords="offset points",
            va="center", size=size, color=curve.get_color(), annotation_clip=False,
        )
        for curve, place in zip(curves, places, strict=True)
    ]  # fmt: skip


def apart(wanted, step):
    """Places between 0 and 1 near the wanted ones, in their order, no two closer than the step where there is room."""
    order = np.argsort(wanted, kind="stable")
    step = min(step, 1 / max(len(wanted) - 1, 1))
    steps = step * np.arange(len(wanted))
    free = np.asarray(wanted, float)[order] - steps  # what has to rise, and to stay below 1 - (n - 1) * step
    groups = []
    for place in free:
        groups.append([place])
        while len(groups) > 1 and np.mean(groups[-2]) > np.mean(groups[-1]):
            groups[-2:] = [groups[-2] + groups[-1]]
    settled = np.concatenate([np.full(len(group), np.mean(group)) for group in groups])
    places = np.empty(len(wanted))
    places[order] = np.clip(settled, 0, 1 - steps[-1]) + steps
    return places


def whiskers(ax, at, low, high, colour, shift=0.0, number=6):
    """Thin bars with feet from low to high at a few of the places `at`; shift: moves them, as a share of the axis.

    The bars of several lines get different shifts, and so stand side by side. Returns them.
    """
    at, low, high = map(np.asarray, (at, low, high))
    left, right = ax.get_xlim()
    few = np.unique(np.linspace(0, len(at) - 1, min(number, len(at) - 1) + 1).round().astype(int))[1:]
    few = few[high[few] > low[few]]
    places = at[few] + shift * (right - left)
    bars = ax.vlines(places, low[few], high[few], color=colour, lw=1.1)
    ends = np.concatenate([low[few], high[few]])
    ax.plot(np.tile(places, 2), ends, ls="", marker="_", ms=7, mew=1.1, color=colour, zorder=bars.zorder)
    return bars


def _height(ax, ys):
    """Where a line ends, as a share of the height of the axes."""
    last = np.asarray(ys, float)[np.isfinite(ys)][-1:]
    low, high = ax.get_ylim()
    scale = np.log if ax.get_yscale() == "log" else np.asarray
    if not len(last) or (ax.get_yscale() == "log" and last[0] <= 0):
        return 0.0
    return float(np.clip((scale(last[0]) - scale(low)) / (scale(high) - scale(low)), 0, 1))

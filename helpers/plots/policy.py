"""Drawings of lessons 06 and 07: returns of policies, REINFORCE's band, spread of estimates, learning curves."""

import numpy as np

from helpers.drawing.colours import DIM, INK, LOOKS, NEGATIVE, POSITIVE
from helpers.drawing.ticks import number_ticks
from helpers.plots.direct_labels import label_ends, whiskers

TICKS = [3, 5, 10, 20, 50, 100, 1000, 10_000]


def draw_returns(ax, p, J, levels):
    """J of a constant policy against its probability of right; levels: name -> J, drawn as level lines."""
    artists = ax.plot(p, J, color=INK, label="constant π(right) = p")
    best = np.argmax(J)
    artists += ax.plot(p[best], J[best], "o", color=INK, ms=8)
    ax.annotate(
        f"p = {p[best]:.3f}, J = {J[best]:.3f}".replace("-", "−"), (p[best], J[best]), (0, -26),
        textcoords="offset points", ha="center",
    )  # fmt: skip
    for (name, level), (colour, style, _) in zip(levels.items(), LOOKS, strict=False):
        artists.append(ax.axhline(level, color=colour, ls=style, label=f"{name}: {level:.3f}".replace("-", "−")))
    ax.set(xlabel="p", ylabel="J", xlim=(0, 1), ylim=(-30, 0))
    ax.legend(loc="lower center")
    return artists


def draw_band(ax, counts, means, half_widths, exact):
    """Means of the first n estimates and their band, n on a logarithmic axis, with the exact value as a line."""
    artists = ax.semilogx(counts, means, color=POSITIVE, label="mean of n episodes")
    edges, look = (means - half_widths, means + half_widths), {"color": POSITIVE, "alpha": 0.2, "lw": 0}
    artists.append(ax.fill_between(counts, *edges, **look, label="± 3 standard errors"))
    artists.append(ax.axhline(exact, color=NEGATIVE, ls="--", label="exact"))
    reach = 1.1 * half_widths[min(np.searchsorted(counts, 100), len(counts) - 1)]
    ax.set(xlabel="episodes n", ylabel="estimate of ∂J/∂u1", xlim=(counts[0], counts[-1]))
    ax.set_ylim(exact - reach, exact + reach)
    number_ticks(ax.xaxis)
    ax.legend(loc="upper right")
    return artists


def draw_spread(ax, names, deviations):
    """Standard deviation of one episode's estimate for each parameter; deviations: name -> array, one for each name."""
    artists = []
    for (name, values), (colour, _, mark) in zip(deviations.items(), LOOKS, strict=False):
        artists += ax.plot(range(len(names)), values, color=colour, ls="", marker=mark, ms=9, label=name)
    ax.set(xlabel="weight", ylabel="standard deviation of its estimate", ylim=(0, None))
    ax.set_xticks(range(len(names)), names)
    ax.legend(loc="upper left")
    return artists


def draw_learning(ax, steps, returns, last=10_000):
    """Expected number of steps, -J, of many learners: medians, and bars from the 10th to the 90th percentile.

    returns: name -> array of J, shape (len(steps), learners); more than `last` steps stand at the upper edge.
    Returns a line and its bars for each name.
    """
    spreads = {
        name: np.quantile(np.minimum(-np.asarray(J), last), [0.1, 0.5, 0.9], axis=1) for name, J in returns.items()
    }
    top = max(20, 1.2 * max(middle.max() for _, middle, _ in spreads.values()))
    room = 0.02 * (steps[-1] - steps[0])
    ax.set(xlim=(steps[0] - room, steps[-1] + room), ylim=(2.7, top), yscale="log")
    ax.set(xlabel="steps in the corridor", ylabel="expected steps to the goal, −J")
    artists = []
    for k, ((name, (low, middle, high)), (colour, style, _)) in enumerate(zip(spreads.items(), LOOKS, strict=False)):
        artists += ax.plot(steps, middle, color=colour, ls=style, label=name)
        artists.append(whiskers(ax, steps, low, high, colour, shift=-0.017 * k))
    ax.axhline(3, color=DIM, lw=1)
    ax.set_yticks([tick for tick in TICKS if tick <= top])
    ax.minorticks_off()
    number_ticks(ax.xaxis, ax.yaxis)
    label_ends(ax, artists[::2])
    return artists

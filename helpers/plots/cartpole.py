"""Drawings of lesson 08: every seed's learning curve, what an actor does where, gradient norms during training."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from helpers.drawing.colours import CARD, DIM, INK, LOOKS, NEGATIVE, POSITIVE
from helpers.drawing.heat_map import tint
from helpers.drawing.log_axes import write_ticks
from helpers.drawing.ticks import number_ticks
from helpers.plots.direct_labels import label_ends

WINDOW = 20  # episodes in the moving mean of a learning curve
AROUND, SPIKE = 21, 5  # updates in a running median; a norm so many times as long is a spike
SIDES = LinearSegmentedColormap.from_list("sides", [NEGATIVE, CARD, POSITIVE])


def draw_seeds(ax, runs, limit=None):
    """Mean return of the last 20 episodes against environment steps: each seed thin and pale, the median of all thick.

    runs: name -> list of `Finished`, of which those with fewer episodes have no line; limit: a level to be reached.
    A line ends in a dot where its training ends. Returns for each name its thin lines, then its median.
    """
    artists, medians = [], []
    for (name, seeds), (colour, style, _) in zip(runs.items(), LOOKS, strict=False):
        curves = [_means(finished) for finished in seeds if len(finished.returns) >= WINDOW]
        for at, means in curves:
            artists += ax.plot(at, means, color=tint(colour, 0.4), lw=0.9, marker="o", ms=4, markevery=[len(at) - 1])
        if curves:
            label = f"{name},\nmedian of {len(seeds)}" if len(seeds) > 1 else name
            medians += ax.plot(*_median(curves), color=colour, ls=style, lw=2.4, label=label)
            artists.append(medians[-1])
    if limit is not None:
        artists.append(ax.axhline(limit, color=DIM, lw=1, ls=":"))
        ax.annotate(f"{limit:g}", (0, limit), (3, -13), xycoords=("axes fraction", "data"), textcoords="offset points")
    ax.set_title("thin: each seed; dots: where its training ends", loc="left")
    ax.set(xlabel="environment steps", ylabel=f"mean return of {WINDOW} episodes", ylim=(0, 520))
    number_ticks(ax.xaxis)
    label_ends(ax, medians, lines=2)
    return artists


def _means(finished):
    """(environment steps, mean of the last 20 returns) at the end of each episode from the 20th on."""
    return finished.at[WINDOW - 1 :], np.convolve(finished.returns, np.full(WINDOW, 1 / WINDOW), "valid")


def _median(curves):
    """(steps, median over the curves) as far as all of them reach; each keeps its level until its next episode ends."""
    at = np.unique(np.concatenate([steps for steps, _ in curves]))
    at = at[(at >= max(steps[0] for steps, _ in curves)) & (at <= min(steps[-1] for steps, _ in curves))]
    levels = [means[np.searchsorted(steps, at, "right") - 1] for steps, means in curves]
    return at, np.median(levels, axis=0)


def draw_action_map(ax, angle, turning, p):
    """Probability of pushing right over the pole's angle and angular velocity; p: (len(turning), len(angle))."""
    image = ax.pcolormesh(np.degrees(angle), turning, p, cmap=SIDES, vmin=0, vmax=1, shading="nearest", alpha=0.75)
    lines = ax.contour(np.degrees(angle), turning, p, levels=[0.1, 0.5, 0.9], colors=INK, linewidths=[1, 2, 1])
    ax.clabel(lines, fmt="%.1f", fontsize=11)
    ax.set(xlabel="angle, degrees", ylabel="angular velocity, radians per second")
    ax.figure.colorbar(image, ax=ax, label="π(right)")
    return [image, lines]


def draw_norms(ax, steps, norms):
    """Norm of each layer's gradient during training, on a logarithmic axis; norms: name -> array.

    A line is the median of the norms around each update; dots are the norms that are 5 times as long, the spikes.
    Returns a line and its dots for each name.
    """
    artists = []
    for (name, values), (colour, style, mark) in zip(norms.items(), LOOKS, strict=False):
        middle = _running_median(np.asarray(values, float))
        spikes = np.where(values > SPIKE * middle, values, np.nan)
        artists += ax.semilogy(steps, middle, color=colour, ls=style, label=name)
        artists += ax.semilogy(steps, spikes, color=colour, ls="", marker=mark, ms=4, mfc=CARD)
    ax.set(xlabel="update", ylabel="norm of the gradient", ylim=ax.get_ylim())
    ax.set_title(f"lines: median of {AROUND} updates; marks: more than {SPIKE} times as long", loc="left")
    write_ticks(ax)
    label_ends(ax, artists[::2])
    return artists


def _running_median(values):
    """The median of up to AROUND values around each, as long as the array; 0 is not drawn."""
    half = AROUND // 2
    middle = np.array([np.median(values[max(0, k - half) : k + half + 1]) for k in range(len(values))])
    return np.where(middle > 0, middle, np.nan)

"""Drawings of lesson 08: every seed's learning curve, what an actor does where, gradient norms during training."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from helpers.drawing.colours import CARD, DIM, INK, LOOKS, NEGATIVE, POSITIVE
from helpers.drawing.log_axes import write_ticks

WINDOW = 20  # episodes in the moving mean of a learning curve
SIDES = LinearSegmentedColormap.from_list("sides", [NEGATIVE, CARD, POSITIVE])


def draw_seeds(ax, runs, limit=None):
    """Mean return of the last 20 episodes against environment steps, a thin line for each seed.

    runs: name -> list of `Finished`, of which those with fewer episodes have no line; limit: a level to be reached.
    """
    artists = []
    for (name, seeds), (colour, style, _) in zip(runs.items(), LOOKS, strict=False):
        for k, finished in enumerate(each for each in seeds if len(each.returns) >= WINDOW):
            means = np.convolve(finished.returns, np.full(WINDOW, 1 / WINDOW), "valid")
            label = f"{name}, {len(seeds)} seeds" if k == 0 else None
            look = {"color": colour, "ls": style, "lw": 1.2, "alpha": 0.7, "label": label}
            artists += ax.plot(finished.at[WINDOW - 1 :], means, **look)
    if limit is not None:
        artists.append(ax.axhline(limit, color=DIM, lw=1, ls=":", label=f"{limit:g}"))
    ax.set(xlabel="environment steps", ylabel=f"mean return of {WINDOW} episodes", ylim=(0, 520))
    if artists:
        ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=3)
    return artists


def draw_action_map(ax, angle, turning, p):
    """Probability of pushing right over the pole's angle and angular velocity; p: (len(turning), len(angle))."""
    image = ax.pcolormesh(np.degrees(angle), turning, p, cmap=SIDES, vmin=0, vmax=1, shading="nearest", alpha=0.75)
    lines = ax.contour(np.degrees(angle), turning, p, levels=[0.1, 0.5, 0.9], colors=INK, linewidths=[1, 2, 1])
    ax.clabel(lines, fmt="%.1f", fontsize=11)
    ax.set(xlabel="angle, degrees", ylabel="angular velocity")
    ax.figure.colorbar(image, ax=ax, label="π(right)")
    return [image, lines]


def draw_norms(ax, steps, norms):
    """Norm of each layer's gradient during training, on a logarithmic axis; norms: name -> array."""
    artists = []
    for (name, values), (colour, style, _) in zip(norms.items(), LOOKS, strict=False):
        artists += ax.semilogy(steps, values, color=colour, ls=style, lw=1.4, label=name)
    ax.set(xlabel="update", ylabel="norm of the gradient")
    write_ticks(ax)
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=4)
    return artists

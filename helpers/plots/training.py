"""Pictures of a training."""

import numpy as np
from matplotlib.ticker import MaxNLocator

from helpers.plots.curves import LOOKS


def draw_loss(ax, losses):
    """The loss at every step, on a logarithmic axis; losses: name -> numbers, the first of them before training.

    A loss that is exactly 0 stands at 1e-16; one that is not finite leaves a gap.
    """
    artists = []
    for (name, values), (colour, style, _) in zip(losses.items(), LOOKS, strict=False):
        artists += ax.semilogy(np.maximum(values, 1e-16), color=colour, ls=style, label=name)
    ax.set(xlabel="step", ylabel="loss")
    write_ticks(ax)
    if len(losses) > 1:
        ax.legend(loc="best")
    return artists


def write_ticks(ax):
    """At least three ticks on a logarithmic y axis: some powers of ten, or multiples of them, or what there is."""
    low, high = np.log10(ax.get_ylim())
    powers = 10.0 ** np.arange(np.floor(low), np.ceil(high) + 1, max(1, round((high - low) / 6)))
    for digits in ([1], [1, 2, 5], range(1, 10)):
        ticks = within(np.outer(powers, digits).ravel(), 10**low, 10**high)
        if len(ticks) >= 3:
            break
    else:
        ticks = within(MaxNLocator(6).tick_values(10**low, 10**high), 10**low, 10**high)
    ax.set_yticks(ticks, [f"{tick:g}".replace("e-0", "e-").replace("-", "−") for tick in ticks])
    ax.minorticks_off()


def within(ticks, low, high):
    """Those of the ticks that lie between low and high."""
    return ticks[(ticks >= low) & (ticks <= high)]

"""Logarithmic axes that can be read at 800 px."""

import numpy as np
from matplotlib.ticker import MaxNLocator

from helpers.drawing.ticks import number_ticks


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
    ax.set_yticks(ticks)
    ax.minorticks_off()
    number_ticks(ax.yaxis)


def within(ticks, low, high):
    """Those of the ticks that lie between low and high."""
    return ticks[(ticks >= low) & (ticks <= high)]

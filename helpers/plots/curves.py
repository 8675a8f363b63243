"""Curves of the lessons: activations, expression swell, errors of difference formulas, kinks, and two ways."""

import numpy as np
from matplotlib.ticker import LogLocator

from helpers.drawing.colours import DIM, INK, LOOKS, NEGATIVE, POSITIVE
from helpers.drawing.log_axes import write_ticks
from helpers.drawing.ticks import number_ticks
from helpers.plots.direct_labels import label_ends


def draw_activations(ax, slope_ax, activations):
    """Each activation and its slope over z, on two axes; activations: name -> (function, slope), both of arrays."""
    z = np.linspace(-4, 4, 401)
    artists = []
    for (name, (function, slope)), (colour, style, _) in zip(activations.items(), LOOKS, strict=False):
        artists += ax.plot(z, function(z), color=colour, ls=style, label=name)
        artists += slope_ax.plot(z, slope(z), color=colour, ls=style, label=name)
    ax.set(title="activation", xlabel="z", ylim=(-1.2, 3))
    slope_ax.set(title="its slope", xlabel="z", ylim=(-0.1, 1.2))
    ax.legend(loc="upper left")
    return artists


def draw_swell(ax, swells):
    """Operations of the printed gradient, and weights, by the number of hidden layers; swells: some `Swell`."""
    layers = [len(swell.sizes) - 2 for swell in swells]
    series = {
        "operations,\nwritten out": [swell.operations for swell in swells],
        "weights": [swell.n_parameters for swell in swells],
    }
    artists = []
    for (name, counts), (colour, style, mark) in zip(series.items(), LOOKS, strict=False):
        artists += ax.semilogy(layers, counts, color=colour, ls=style, marker=mark, label=name)
    ax.set(xlabel="hidden layers", ylabel="number", xticks=layers, ylim=ax.get_ylim())
    write_ticks(ax)
    label_ends(ax, artists, lines=2)
    return artists


def draw_errors(ax, steps, errors, rules=None):
    """Error against h on logarithmic axes; errors that are exactly 0 stand at 1e-17. errors: name -> array.

    rules: name -> (array, step at which the name stands), thin lines that leave the axes as they are.
    """
    artists = []
    for (name, values), (colour, style, _) in zip(errors.items(), LOOKS, strict=False):
        artists += ax.loglog(steps, np.maximum(values, 1e-17), color=colour, ls=style, lw=1.4, label=name)
    ax.set(xlabel="h", ylabel="error")
    ax.xaxis.set_major_locator(LogLocator(numticks=6))
    number_ticks(ax.xaxis, ax.yaxis)
    ax.legend(loc="upper center")  # errors fall from both ends
    ax.set(xlim=ax.get_xlim(), ylim=ax.get_ylim())
    for (name, (values, at)), style in zip((rules or {}).items(), ("-", "--", ":"), strict=False):
        artists += ax.plot(steps, values, color=INK, lw=1, ls=style)
        place, rises = np.argmin(abs(np.log(steps / at))), values[-1] > values[0]
        side = {"ha": "right", "xytext": (-6, 2)} if rises else {"ha": "left", "xytext": (6, 2)}  # above the line
        ax.annotate(name, (steps[place], values[place]), **side, textcoords="offset points", va="bottom")
    return artists


def relu(x):
    """0 on the left of 0, and x on the right."""
    return np.maximum(x, 0.0)


def draw_kink(ax, h):
    """ReLU with the secants of forward and central difference at 0."""
    x = np.linspace(-1.5, 1.5, 601)
    artists = ax.plot(x, relu(x), color=INK, label="ReLU")
    artists += ax.plot([0, h], [0, h], color=POSITIVE, marker="o", lw=3, label="forward, at x = 0")
    artists += ax.plot([-h, h], [0, h], color=NEGATIVE, ls="--", marker="s", lw=2, label="central, at x = 0")
    ax.set(xlabel="x", ylabel="ReLU(x)")
    ax.legend(loc="upper left")
    return artists


def draw_kink_slopes(ax, h):
    """ReLU's slope against x, and what forward and central difference say of it."""
    x = np.linspace(-1.5, 1.5, 601)
    true_slope = np.where(x == 0, np.nan, x > 0)  # at the kink there is none
    artists = ax.plot(x, true_slope, color=INK, lw=8, alpha=0.25, label="true slope")
    artists += ax.plot(x, (relu(x + h) - relu(x)) / h, color=POSITIVE, label="forward")
    artists += ax.plot(x, (relu(x + h) - relu(x - h)) / (2 * h), color=NEGATIVE, ls="--", label="central")
    ax.set(xlabel="x", ylabel="slope", ylim=(-0.1, 1.25))
    ax.legend(loc="upper left")
    return artists


def draw_ways(ax, counts, ratios):
    """How many times as long forward takes, against the counts n, on logarithmic axes; ratios: name -> list."""
    artists = []
    for (name, values), (colour, style, mark) in zip(ratios.items(), LOOKS, strict=False):
        artists += ax.loglog(counts, values, color=colour, ls=style, marker=mark, label=name)
    ax.axhline(1, color=DIM, lw=1)
    ax.set(xlabel="n", ylabel="seconds forward / back", xticks=counts)
    ax.minorticks_off()
    number_ticks(ax.xaxis, ax.yaxis)
    ax.legend(loc="upper left")
    return artists

"""Curves of the lessons: activations, expression swell, errors of difference formulas, kinks and costs."""

import numpy as np

from helpers.drawing.colours import INK, LOOKS, NEGATIVE, POSITIVE
from helpers.drawing.log_axes import plain_powers


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


def draw_swell(ax, seconds_ax, swells):
    """Operations (written out, after sharing, by hand) and seconds against the number of layers; swells: `Swell`s."""
    layers = [len(swell.sizes) - 1 for swell in swells]
    series = {
        "written out": [swell.operations for swell in swells],
        "repeated pieces shared": [swell.shared for swell in swells],
        "by hand, backward": [swell.by_hand for swell in swells],
    }
    artists = []
    for (name, counts), (colour, style, mark) in zip(series.items(), LOOKS, strict=False):
        artists += ax.semilogy(layers, counts, color=colour, ls=style, marker=mark, label=name)
    artists += seconds_ax.semilogy(layers, [swell.seconds for swell in swells], color=POSITIVE, marker="o")
    ax.set(title="operations", xlabel="layers", xticks=layers)
    seconds_ax.set(title="seconds to differentiate and count", xlabel="layers", xticks=layers)
    plain_powers(ax.yaxis, seconds_ax.yaxis)
    ax.legend(loc="upper left")
    return artists


def draw_errors(ax, steps, errors, fits=()):
    """Error against h on logarithmic axes, h falling to the right; errors that are exactly 0 stand at 1e-17.

    errors: name -> array of errors; fits: (name, slope, (largest h, smallest h)), drawn as grey bands with the slope.
    """
    artists = []
    for (name, values), (colour, style, _) in zip(errors.items(), LOOKS, strict=False):
        artists += ax.loglog(steps, np.maximum(values, 1e-17), color=colour, ls=style, lw=1.4, label=name)
    for name, power, (largest, smallest) in fits:
        inside = (steps <= largest) & (steps >= smallest) & (errors[name] > 0)
        level = np.exp(np.mean(np.log(errors[name][inside]) - power * np.log(steps[inside])))
        ends, middle = np.array([largest, smallest]), np.sqrt(largest * smallest)
        artists += ax.loglog(ends, level * ends**power, color=INK, lw=7, alpha=0.2, solid_capstyle="butt")
        beside = (-90, 26) if power < 0 else (12, 10) if power < 1.5 else (-86, -16)
        ax.annotate(
            f"slope {power:.2f}".replace("-", "−"), (middle, level * middle**power),
            xytext=beside, textcoords="offset points", size=11,
            bbox={"fc": "white", "ec": "none", "pad": 1},
        )  # fmt: skip
    ax.set(xlabel="h", ylabel="error")
    plain_powers(ax.xaxis, ax.yaxis)
    ax.invert_xaxis()
    ax.legend(loc="lower left")
    return artists


def draw_kink(ax, slope_ax, h):
    """ReLU with the secants of forward and central difference at 0, and the difference quotients against x."""
    relu = lambda x: np.maximum(x, 0.0)  # noqa: E731
    x = np.linspace(-1.5, 1.5, 601)
    artists = ax.plot(x, relu(x), color=INK, label="ReLU")
    artists += ax.plot([0, h], [0, h], color=POSITIVE, marker="o", lw=3, label="forward, at x = 0")
    artists += ax.plot([-h, h], [0, h], color=NEGATIVE, ls="--", marker="s", lw=2, label="central, at x = 0")
    artists += slope_ax.plot(x, (relu(x + h) - relu(x)) / h, color=POSITIVE, label="forward")
    artists += slope_ax.plot(x, (relu(x + h) - relu(x - h)) / (2 * h), color=NEGATIVE, ls="--", label="central")
    ax.set(title="the secants", xlabel="x")
    slope_ax.set(title=f"what the differences say (h = {h:g})", xlabel="x", ylim=(-0.1, 1.25))
    ax.legend(loc="upper left")
    slope_ax.legend(loc="upper left")
    return artists


def draw_cost(ax, sizes, seconds):
    """Seconds for a whole gradient against the number of weights; seconds: name -> list."""
    artists = []
    for (name, values), (colour, style, mark) in zip(seconds.items(), LOOKS, strict=False):
        artists += ax.loglog(sizes, values, color=colour, ls=style, marker=mark, label=name)
    ax.set(xlabel="number of weights n", ylabel="seconds")
    plain_powers(ax.xaxis, ax.yaxis)
    ax.legend(loc="upper left")
    return artists

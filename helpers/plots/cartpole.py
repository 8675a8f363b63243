"""Drawings of lesson 08: learning curves, patients beside a healthy one, what actors become, what one does."""

from itertools import cycle

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from helpers.drawing.colours import ACTOR, CARD, DIM, INK, LOOKS, NEGATIVE, POSITIVE
from helpers.drawing.ticks import number_ticks
from helpers.plots.direct_labels import label_ends, whiskers

WINDOW = 20  # episodes in the moving mean of a learning curve
PLACES = 61  # points of a curve that is the median of many
SIDES = LinearSegmentedColormap.from_list("sides", [NEGATIVE, CARD, POSITIVE])


def draw_seeds(ax, finished, limit, single):
    """Mean return of the last 20 episodes against environment steps: the median of all learners, and bars.

    finished: list of `Finished`, each with 20 episodes at least; limit: a level to be reached; single: index of a
    learner that is drawn by itself. The bars go from the 10th to the 90th percentile. Returns the median, the bars, the
    single learner.
    """
    curves = [(each.at[WINDOW - 1 :], moving_mean(each.returns)) for each in finished]
    at = np.linspace(max(steps[0] for steps, _ in curves), max(steps[-1] for steps, _ in curves), PLACES)
    levels = [means[np.searchsorted(steps, at, "right") - 1] for steps, means in curves]
    low, middle, high = np.quantile(levels, [0.1, 0.5, 0.9], axis=0)
    ax.set(
        xlabel="environment steps", ylabel=f"mean return of {WINDOW} episodes", ylim=(0, 520), xlim=(0, 1.02 * at[-1])
    )
    artists = ax.plot(at, middle, color=POSITIVE, lw=2.4, label=f"median of {len(curves)}")
    artists.append(whiskers(ax, at, low, high, POSITIVE, number=10))
    artists += ax.plot(at, levels[single], color=NEGATIVE, ls="--", lw=1.4, label=f"seed {single}")
    level(ax, limit)
    number_ticks(ax.xaxis)
    label_ends(ax, artists[::2])
    return artists


def moving_mean(returns):
    """The mean of each 20 returns in a row."""
    return np.convolve(returns, np.full(WINDOW, 1 / WINDOW), "valid")


def level(ax, limit):
    """A dotted line with its number at the left."""
    ax.axhline(limit, color=DIM, lw=1, ls=":")
    ax.annotate(f"{limit:g}", (0, limit), (3, -13), xycoords=("axes fraction", "data"), textcoords="offset points")


def draw_patient(values, stood, patient, healthy, name):
    """What the critic of a training says of an upright pole, and how long its poles stood, beside a healthy training.

    patient, healthy: with the arrays at, returns and values (`helpers.engine.patients.Course`).
    Returns the lines of the healthy one and of the patient, first those of V, on the left.
    """
    artists = []
    for (label, seen), look in zip({"healthy": healthy, name: patient}.items(), (LOOKS[1], LOOKS[0]), strict=True):
        style = {"color": DIM if seen is healthy else look[0], "ls": look[1], "lw": 1.4 if seen is healthy else 2}
        style["zorder"] = 3 if seen is healthy else 2  # seen where they lie one upon the other
        artists += values.plot(seen.values, label=label, **style)
        artists += stood.plot(seen.at[WINDOW - 1 :], moving_mean(seen.returns), label=label, **style)
    values.set(xlabel="update", ylabel="V (upright)", ylim=(-10, 150), yticks=[0, 50, 100, 150])
    stood.set(xlabel="update", ylabel="steps stood", ylim=(0, 210), yticks=[0, 50, 100, 150, 200])
    label_ends(stood, artists[1::2])
    return [artists[0], artists[2], artists[1], artists[3]]


def draw_outcomes(ax, outcomes, limit, rows="what is paid"):
    """How long actors stand after their training: a row for each name, a mark for each actor, and how many reach limit.

    outcomes: name -> mean returns; rows: what the names tell. Marks of a row lie one below the other, the best on top.
    How many there are stands below the name, where a narrow page shows it.
    """
    artists, names = [], []
    for row, ((name, means), (colour, _, mark)) in enumerate(zip(outcomes.items(), cycle(LOOKS), strict=False)):
        means = np.sort(means)[::-1]
        places = row + np.linspace(-0.34, 0.34, len(means)) if len(means) > 1 else [row]
        artists += ax.plot(means, places, ls="", marker=mark, color=colour, mfc="none", ms=6, mew=1.5, label=name)
        names.append(f"{name}\n{np.sum(means >= limit)} of {len(means)}")
    ax.axvline(limit, color=DIM, lw=1, ls=":")
    ax.set_yticks(range(len(outcomes)), names)
    ax.set(xlabel=f"mean steps; dotted: {limit:g}", xlim=(0, 520))
    ax.set(ylabel=rows, ylim=(len(outcomes) - 0.5, -0.5))
    return artists


def draw_episodes(ax, returns):
    """The return of each episode in the order in which they ended, a mark for each."""
    artists = ax.plot(np.arange(1, len(returns) + 1), returns, ls="", marker="o", ms=4, color=ACTOR, mfc="none")
    ax.set(xlabel="episodes, in the order in which they ended", ylabel="steps that the pole stood", ylim=(0, 520))
    number_ticks(ax.xaxis)
    return artists


def draw_action_map(ax, angle, turning, p):
    """Probability of pushing right over the pole's angle and angular velocity; p: (len(turning), len(angle))."""
    image = ax.pcolormesh(np.degrees(angle), turning, p, cmap=SIDES, vmin=0, vmax=1, shading="nearest", alpha=0.75)
    lines = ax.contour(np.degrees(angle), turning, p, levels=[0.1, 0.5, 0.9], colors=INK, linewidths=[1, 2, 1])
    ax.clabel(lines, fmt="%.1f", fontsize=11)
    ax.set(xlabel="angle, degrees", ylabel="angular velocity, radians per second")
    ax.figure.colorbar(image, ax=ax, label="π(right)")
    return [image, lines]

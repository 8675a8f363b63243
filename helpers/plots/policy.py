"""Drawings of lessons 06 and 07: variances, luck, learning curves."""

from itertools import pairwise

import numpy as np

from helpers.drawing.colours import ACTOR, CRITIC, DIM, INK, LOOKS, POSITIVE
from helpers.drawing.ticks import number_ticks
from helpers.plots.direct_labels import label_ends, whiskers

TICKS = [3, 5, 10, 20, 50, 100, 1000, 10_000]


def draw_totals(ax, totals):
    """Named numbers as bars, one below the other, each with its number; totals: name -> number."""
    places = range(len(totals))[::-1]
    bars = ax.barh(places, [*totals.values()], height=0.6, color=POSITIVE)
    ax.bar_label(bars, [f"{total:,.0f}" for total in totals.values()], padding=4)
    ax.set_yticks(places, [*totals])
    ax.set(xlabel="variance of one estimate,\nsummed over the seven weights", ylabel="weight on score")
    ax.set_xlim(0, 1.15 * max(totals.values()))
    number_ticks(ax.xaxis)
    return [*bars]


def draw_baselines(ax, baselines, variances, with_V):
    """Variance of an estimate against the number b that is subtracted for all cells; that with V(s) is a line."""
    artists = ax.plot(baselines, variances, color=POSITIVE, label="one b for all cells")
    artists.append(ax.axhline(with_V, color=INK, ls="--", label="V(s)"))
    ax.set(xlabel="b", ylabel="summed variance", ylim=(0, 1.1 * max(variances)))
    number_ticks(ax.xaxis, ax.yaxis)
    ax.legend(loc="upper center")
    return artists


def draw_shares(ax, lengths, estimates, edges=(3, 5, 10, 20)):
    """What walks add to the mean of all estimates, by length: those above 0 upwards, those below downwards.

    lengths: steps of each walk; edges: the least length of each group. Below its bars: its share of all walks.
    """
    groups, places = np.digitize(lengths, edges), np.arange(len(edges))
    artists = []
    for up, (colour, _, _), fill in ((False, LOOKS[0], True), (True, LOOKS[1], False)):
        chosen = np.where((estimates > 0) == up, estimates, 0.0)
        sums = [chosen[groups == k + 1].sum() / len(estimates) for k in places]
        artists += ax.bar(places, sums, color=colour, fill=fill, ec=colour, label=f"push {'up' if up else 'down'}")
    artists.append(ax.axhline(0, color=INK, lw=1))
    names = [f"{low}–{high - 1}" for low, high in pairwise(edges)] + [f"{edges[-1]}+"]
    shares = [f"{np.mean(groups == k + 1):.0%}".replace("%", " %") for k in places]
    ax.set_xticks(places, [f"{name}\n{share}" for name, share in zip(names, shares, strict=True)])
    ax.set(xlabel="steps of the walk, share of all walks", ylabel="what they add to the mean")
    number_ticks(ax.yaxis)
    ax.legend(loc="lower left")
    return artists


def draw_training(ax, episodes, steps):
    """Average number of steps to the goal against the episodes walked; the least possible, 3, is a line."""
    artists = ax.plot(episodes, steps, color=ACTOR, marker="o")
    artists.append(ax.axhline(3, color=DIM, ls="--"))
    ax.annotate("3: the shortest way", (episodes[-1], 3), (0, -16), textcoords="offset points", ha="right")
    ax.set(xlabel="episodes walked", ylabel="average steps to the goal", ylim=(0, 1.1 * max(steps)))
    number_ticks(ax.xaxis, ax.yaxis)
    return artists


def draw_critic(ax, walked, steps, word):
    """Average steps to the goal against the steps walked, and the critic's word for them in cell 0; 3 is a line."""
    artists = ax.plot(walked, steps, color=ACTOR, marker="o", label="the actor's\nsteps")
    artists += ax.plot(walked, word, color=CRITIC, ls="-.", marker="^", label="the critic's\nword, −V(0)")
    artists.append(ax.axhline(3, color=DIM, ls="--"))
    ax.set(xlabel="steps walked", ylabel="average steps to the goal", ylim=(0, 1.1 * max(*steps, *word)))
    number_ticks(ax.xaxis, ax.yaxis)
    label_ends(ax, artists[:2], lines=2)
    return artists


def draw_values(ax, walked, V, with_flag):
    """V of cell 0 against the steps walked: of learners without the flag, by name, and of one with it."""
    curves = ax.plot(walked, with_flag, color=CRITIC, ls="--", lw=2.4, label="with the flag")
    curves += [ax.plot(walked, v, color=INK, lw=1.2, label=name)[0] for name, v in V.items()]
    low = min(v.min() for v in V.values())
    ax.set(xlabel="steps walked", ylabel="V of cell 0", ylim=(1.05 * low, -0.05 * low))
    number_ticks(ax.xaxis, ax.yaxis)
    label_ends(ax, curves)
    return curves


def draw_luck(ax, outcomes, start, last=10_000):
    """Average steps of actors that differ in their coin alone, one place for each coin, beside where they all began.

    outcomes: name -> numbers, one for each coin; the last name sorts them, from its best to its worst. More than
    `last` steps stand in a band of their own above the axis.
    """
    artists, order, lost = [], np.argsort([*outcomes.values()][-1], kind="stable"), 3 * last
    places = np.arange(1, len(order) + 1)
    for k, ((name, steps), (colour, _, mark)) in enumerate(zip(outcomes.items(), LOOKS, strict=False)):
        steps = np.where(steps[order] > last, lost * 2.5**k, steps[order])
        artists += ax.semilogy(places, steps, color=colour, marker=mark, ls="", ms=8, mfc="none", mew=2, label=name)
    top = lost * 2.5 ** len(outcomes)
    ax.axhspan(1.5 * last, top, color=DIM, alpha=0.15, lw=0)
    artists.append(ax.axhline(start, color=DIM, ls="--", label="at the start"))
    ax.set(xlabel=f"coin, sorted by: {[*outcomes][-1]}", ylabel="average steps to the goal", ylim=(2.5, top))
    ax.set_xticks([1, *range(5, len(order) + 1, 5)])
    ax.minorticks_off()
    ax.set_yticks([3, 10, 100, 1000, last])
    number_ticks(ax.xaxis, ax.yaxis)
    middle = (1.5 * last * top) ** 0.5
    ax.text(0.8, middle, f"more than\n{last:,}", va="center")
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=3)
    return artists


def draw_learning(ax, steps, returns, last=10_000):
    """Expected number of steps, -J, of many learners: medians, and bars from the 10th to the 90th percentile.

    returns: name -> array of J, shape (len(steps), learners); more than `last` steps stand at the upper edge.
    Returns a line and its bars for each name.
    """
    spreads = {
        name: np.quantile(np.minimum(-np.asarray(J), last), [0.1, 0.5, 0.9], axis=1) for name, J in returns.items()
    }
    top = max(20, *(1.2 * min(high.max(), 3 * middle.max()) for _, middle, high in spreads.values()))
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

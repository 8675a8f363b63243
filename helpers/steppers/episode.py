"""The episode stepper: one walk through the corridor, and how REINFORCE's estimate of grad J grows term by term."""

import numpy as np

from helpers.calculus.validation import check_generator
from helpers.drawing import svg
from helpers.drawing.heat_map import TINTS, tint
from helpers.drawing.key import SIGNS, key
from helpers.drawing.routes import route
from helpers.rl.corridor import GOAL, LEFT, N_CELLS, NEXT, RIGHT, reaches_goal
from helpers.rl.policy_gradient import exact_gradient, rewards_to_go, sample_episodes, score_table
from helpers.running_actor import NAMES, check_seven, probabilities
from helpers.steppers.player import Player

WIDTH, HEIGHT, MAX_STEPS = 680, 400, 40
CELL, TOP, HIGH, PITCH = 96, 56, 76, 124  # of the corridor's cells: width, upper edge, height, from one to the next
CORRIDOR = 158  # middle of cell 0
LABELS, COLUMN, ROW, TABLE = 148, 74, 30, 226  # of the table: first column, other columns, rows, upper edge


def show_episode(theta, rng):
    """Walk once through the corridor with actor theta (seven numbers) and show it step by step; returns a `Player`.

    rng: a `numpy.random.Generator`, which decides the actions, else TypeError. ValueError when theta never reaches the
    goal, or the episode drawn has more than 40 steps.
    """
    p = _checked_probabilities(theta, rng)
    try:
        episode = sample_episodes(p, 1, rng, MAX_STEPS)
    except RuntimeError:
        message = f"rng draws an episode of more than {MAX_STEPS} steps, which the stepper does not show: try another"
        raise ValueError(message) from None
    cells, actions, r = episode.cells[:, 0], episode.actions[:, 0], episode.rewards[:, 0]
    G = rewards_to_go(episode.rewards)[:, 0]
    scores = score_table(theta)[cells, actions]
    terms = G[:, None] * scores
    sums = terms.cumsum(axis=0)
    exact = exact_gradient(theta)
    after = [*cells[1:], GOAL]
    frames, captions = [], []
    for t in range(len(cells)):
        captions.append(_sentence(t, cells[t], actions[t], after[t], p, r[t], G[t]))
        rows = [("∇ log π(a | s)", scores[t]), ("this term: × G", terms[t]), ("sum so far", sums[t])]
        facts = f"t = {t},  r = {whole(r[t])},  G = {whole(G[t])}"
        frames.append(_frame(p, cells[t], actions[t], rows, facts))
    captions.append(
        f"The goal, after {len(cells)} steps. The sum is one episode's estimate of ∇J: "
        f"for u1 it is {svg.number(sums[-1, 0])}, where ∇J has {svg.number(exact[0])}. "
        "It is right on average over episodes, not in a single one."
    )
    rows = [("estimate of ∇J", sums[-1]), ("∇J, exact", exact), ("difference", sums[-1] - exact)]
    frames.append(_frame(p, GOAL, None, rows, f"return of the episode: {whole(G[0])}"))
    return Player(svg.pictures(WIDTH, HEIGHT, frames, captions), captions, "One episode, term by term")


def _checked_probabilities(theta, rng):
    check_seven(theta, "theta")
    check_generator(rng)
    p = probabilities(theta)
    if not reaches_goal(p):
        raise ValueError(f"theta must reach the goal, its probabilities of right are {p}")
    return p


def _sentence(t, cell, action, after, p, r, G):
    name = "right" if action == RIGHT else "left"
    probability = p[cell] if action == RIGHT else 1 - p[cell]
    where = "the goal" if after == GOAL else f"cell {after}"
    return (
        f"t = {t}: in cell {cell} the actor goes {name}, which had the probability {svg.number(probability)}, and gets "
        f"to {where}, with the reward r = {whole(r)}. From here to the end the rewards add up to G = {whole(G)}, "
        f"so the term is {whole(G)} times the gradient of log π({name} | cell {cell})."
    )


def _frame(p, cell, action, rows, facts):
    elements = [_place(place, p, place == cell) for place in range(N_CELLS + 1)]
    elements += [_move(place, way, (place, way) == (cell, action)) for place in range(N_CELLS) for way in (RIGHT, LEFT)]
    elements += [
        svg.line(f"M{_middle(-0.76):.0f} {TOP + HIGH / 2:g}H{_middle(0) - CELL / 2 - 6:g}")
        + _head(_middle(0) - CELL / 2 - 1, TOP + HIGH / 2, (1, 0), svg.INK),
        svg.text(_middle(-0.6), TOP + HIGH / 2 - 8, "start", size=11),
        svg.text(_middle(1.15), 15, "in cell 1 the two are switched", size=11, anchor="start", fill=svg.DIM),
        svg.text(8, TOP - 14, "action 1, “right”", bold=action == RIGHT, anchor="start", fill=svg.ACTOR),
        svg.text(8, TOP + HIGH + 24, "action 0, “left”", bold=action == LEFT, anchor="start"),
        svg.text(WIDTH / 2, TABLE - 14, facts, size=13, bold=True),
    ]
    for column, name in enumerate(NAMES):
        elements.append(svg.text(LABELS + (column + 0.5) * COLUMN, TABLE + 12, name, bold=True))
    elements += [_row(k, label, values) for k, (label, values) in enumerate(rows)]
    return [*elements, key(LABELS, HEIGHT - 14, [*SIGNS, (None, "deeper: larger in its row")])]


def whole(G):
    """A reward or a return of the corridor, which is a whole number, with a real minus."""
    return f"{G:.0f}".replace("-", "−")


def _middle(place):
    """The middle of a cell, or of a place between cells, along the corridor."""
    return CORRIDOR + place * PITCH


def _place(place, p, here):
    """A cell with its probability of right, or the goal; the actor stands in it or not."""
    middle, goal = _middle(place), place == GOAL
    name = "goal" if goal else f"cell {place}"
    parts = svg.rectangle(middle - CELL / 2, TOP, CELL, HIGH, fill=svg.NOW if here else svg.CARD if goal else svg.INPUT)
    parts += svg.text(middle, TOP + 17, name, bold=True)
    label = name
    if not goal:
        parts += svg.text(middle, TOP + 68, f"π(right) {svg.number(p[place])}", size=11)
        label += f", π(right) = {svg.number(p[place])}"
    if here:
        parts += f"<circle cx='{middle:g}' cy='{TOP + 38}' r='11' fill='{svg.ACTOR}'/>"
        label += ", the actor is here"
    return svg.focusable(str(place), label, parts)


def _move(cell, action, taken):
    """The arrow of an action: above the cells for right, below and dashed for left; strong where it is taken."""
    way, side = route(cell, NEXT[cell, action]), 1 if action == LEFT else -1
    start, bend, end = map(_middle, (way.start, way.bend, way.end))
    edge = TOP - 2 if action == RIGHT else TOP + HIGH + 2
    top, tip = edge + side * 46 * way.height, edge + side * 7
    colour = svg.ACTOR if action == RIGHT else svg.INK
    look = {"width": 3, "stroke": colour} if taken else {"width": 1.3, "stroke": tint(colour, 0.55)}
    curve = svg.line(f"M{start:.1f} {edge}Q{bend:.1f} {top:.1f} {end:.1f} {tip}", dashed=action == LEFT, **look)
    return f"<g>{curve}{_head(end, edge, (end - bend, edge - top), look['stroke'])}</g>"


def _head(x, y, along, colour):
    """The head of an arrow whose tip is (x, y) and which points along a direction."""
    turn = np.degrees(np.arctan2(along[1], along[0]))
    return f"<path d='M0 0l-11 -5v10z' transform='translate({x:.1f} {y:.1f}) rotate({turn:.0f})' fill='{colour}'/>"


def _row(k, label, values):
    """One row of the table: seven numbers, tinted by size and sign within the row."""
    y, largest = TABLE + 20 + k * (ROW + 6), np.abs(values).max() or 1.0
    parts = svg.ground(6, y, LABELS + 7 * COLUMN - 6, ROW)
    parts += svg.text(LABELS - 10, y + 20, label, anchor="end", bold=k == 2)
    for column, value in enumerate(values):
        x, level = LABELS + column * COLUMN, min(int(abs(value) / largest * len(TINTS)), len(TINTS) - 1)
        fill = tint(svg.sign_colour(value), TINTS[level]) if value else svg.CARD
        parts += svg.rectangle(x + 2, y, COLUMN - 4, ROW, fill=fill, stroke_width=0.6, radius=3)
        parts += svg.text(x + COLUMN / 2, y + 20, svg.number(value))
    described = ", ".join(f"{name} {svg.number(value)}" for name, value in zip(NAMES, values, strict=True))
    return svg.focusable(f"row {k}", f"{label}: {described}", parts)

"""The balanced pole: what a CartPole actor sees and does, as frames of the player; no display is needed."""

import numpy as np

from helpers.drawing import svg
from helpers.networks.network import forward
from helpers.rl.cartpole import LONGEST, SCALE, make_poles
from helpers.rl.policy import action_probabilities, sample_actions
from helpers.steppers.player import Player

WIDTH, HEIGHT, TRACK = 420, 226, 146  # TRACK: height of the line on which the cart rolls
UNIT = 66  # SVG units for a unit of position; at the ends of the track there is room for cart and arrow
POLE = 1.0  # its length; Gymnasium's `length` is half of it
ENDS, TILT = 2.4, 12  # position and angle, in degrees, beyond which the episode ends
SCALE_Y, LENGTH = HEIGHT - 34, 76  # of the two scales below: upper edge and length


def show_pole(actor, seed, scale=SCALE, every=4, tau=0.02):
    """Run one episode with actions drawn from the actor, and show every fourth moment of it; returns a `Player`.

    actor: a policy network with four inputs and two outputs; tau: seconds of a step of CartPole. ValueError for an
    actor of another form, or unless `every` is a whole number from 1 to 500.
    """
    if every not in range(1, LONGEST + 1):
        raise ValueError(f"every must be a whole number of steps, from 1 to {LONGEST}, it is {every!r}")
    moments = list(episode(actor, seed, scale))
    kept = [k for k in range(len(moments)) if k % every == 0 or k == len(moments) - 1]
    captions = [_caption(k, *moments[k], tau) for k in kept]
    pictures = svg.pictures(WIDTH, HEIGHT, [_frame(k * tau, *moments[k]) for k in kept], captions)
    return Player(pictures, captions, "One episode of CartPole", pauses={"real time": round(1000 * tau * every)})


def episode(actor, seed, scale=SCALE):
    """Yield (observation, probability of right, action) for each step of an episode, at its end (s, None, None)."""
    pole, rng = make_poles(1), np.random.default_rng(seed)
    s, over = pole.reset(seed=seed)[0], False
    while not over:
        z, _ = forward(actor, s / scale)
        a, pi = sample_actions(z, rng), action_probabilities(z)
        if pi.shape[1] != 2:
            raise ValueError(f"actor must have two outputs, left and right, it has {pi.shape[1]}")
        yield s[0], pi[0, 1], a[0]
        s, _, terminated, truncated, _ = pole.step(a)
        over = terminated[0] or truncated[0]
    yield s[0], None, None


def _frame(time, s, p, a):
    x, angle = WIDTH / 2 + s[0] * UNIT, s[2]
    tip = x + np.sin(angle) * POLE * UNIT, TRACK - 14 - np.cos(angle) * POLE * UNIT
    ground = svg.line(f"M0 {TRACK}H{WIDTH}", width=1.6)
    for end in (-ENDS, ENDS):
        ground += svg.line(
            f"M{WIDTH / 2 + end * UNIT:.1f} {TRACK - 22}V{TRACK + 7}", stroke=svg.DIM, width=1.6, dashed=True
        )
        ground += svg.text(WIDTH / 2 + end * UNIT, TRACK + 20, f"{end:g}".replace("-", "−"), size=11, fill=svg.DIM)
    cart = svg.rectangle(x - 22, TRACK - 18, 44, 18, fill=svg.INPUT).replace("<rect", "<rect data-now=''")
    pole = svg.line(f"M{x:.1f} {TRACK - 14}L{tip[0]:.1f} {tip[1]:.1f}", stroke=svg.ACTOR, width=6)
    upright = svg.line(f"M{x:.1f} {TRACK - 14}v{-POLE * UNIT - 10:.0f}", stroke=svg.DIM, width=1)
    clock = svg.text(WIDTH / 2, 18, f"t = {time:.2f} s", size=14, bold=True)
    return [ground, clock, upright, cart, pole, _tilt(np.degrees(angle)), *_push(x, p, a)]


def _tilt(angle):
    """The angle in degrees as a mark on a scale, on which small ones are seen as well, and as a number."""
    left = 56
    at = left + LENGTH * (np.clip(angle / TILT, -1, 1) + 1) / 2
    parts = svg.line(f"M{left} {SCALE_Y + 6}h{LENGTH}m{-LENGTH / 2:g} -6v12", stroke=svg.DIM, width=1)
    parts += f"<circle cx='{at:.1f}' cy='{SCALE_Y + 6}' r='6' fill='{svg.ACTOR}'/>"
    return parts + _scale(left, "angle", f"{angle:.1f}°".replace("-", "−"), (f"−{TILT}°", f"{TILT}°"))


def _scale(left, name, number, ends):
    """The words of a scale: its name before it, what it shows behind it, its ends below it."""
    return (
        svg.text(left - 10, SCALE_Y + 11, name, anchor="end")
        + svg.text(left + LENGTH + 10, SCALE_Y + 11, number, bold=True, anchor="start")
        + "".join(
            svg.text(x, SCALE_Y + 28, end, size=11, fill=svg.DIM)
            for x, end in zip((left, left + LENGTH), ends, strict=True)
        )
    )


def _push(x, p, a):
    """The arrow of the action, and a bar for the probability of right."""
    if p is None:
        return []
    side = 1 if a == 1 else -1
    arrow = svg.line(f"M{x + 25 * side:.1f} {TRACK - 9}h{10 * side}", width=2.4)
    arrow += f"<path d='M{x + 35 * side:.1f} {TRACK - 14}v10l{8 * side} -5z' fill='{svg.INK}'/>"
    arrow += svg.text(WIDTH / 2, 37, f"push to the {'right' if a == 1 else 'left'}", size=14, bold=True)
    left = 270
    bar = svg.rectangle(left, SCALE_Y, LENGTH, 12, fill=svg.CARD, radius=2)
    bar += svg.rectangle(left, SCALE_Y, max(LENGTH * p, 0.05), 12, fill=svg.ACTOR, radius=2)
    return [arrow, bar + _scale(left, "π(right)", svg.number(p), ("0", "1"))]


def _caption(k, s, p, a, tau):
    place, speed, angle, turning = (svg.number(value) for value in s)
    text = f"After {k * tau:.2f} seconds: position {place}, angle {svg.number(np.degrees(s[2]))} degrees"
    if p is None:
        return f"{text}. The episode is over after {k} steps."
    side, chance = ("right", p) if a == 1 else ("left", 1 - p)
    return f"{text}, velocities {speed} and {turning}; pushed to the {side}, with the probability {svg.number(chance)}."

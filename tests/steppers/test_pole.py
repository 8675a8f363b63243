"""The pole stepper: frames of one episode of CartPole, drawn where its numbers say."""

import re
from xml.etree import ElementTree

import gymnasium
import numpy as np
import pytest
from outputs import assert_complete, content, saved_size
from pictures import assert_frames_sound, assert_laid_out, rectangles_in, trees_of, written
from poles import GOOD, LEFT

from helpers.drawing import svg
from helpers.networks.network import forward
from helpers.rl.cartpole import SCALE, make_poles, new_networks
from helpers.steppers import show_pole
from helpers.steppers.pole import HEIGHT, TRACK, UNIT, WIDTH, _frame, episode

COIN = new_networks(0)[0]
ACTORS = {"coin": (COIN, 3), "left": (LEFT, 0), "good": (GOOD, 1)}


@pytest.fixture(scope="module", params=ACTORS)
def shown(request):
    actor, seed = ACTORS[request.param]
    return list(episode(actor, seed)), show_pole(actor, seed)


def by_hand(actor, seed):
    """(observation, action) of every step and (the last observation, None), by Gymnasium's single environment."""
    many, pole, rng = make_poles(1), gymnasium.make("CartPole-v1").unwrapped, np.random.default_rng(seed)
    s, _ = many.reset(seed=seed)
    pole.reset(seed=0)
    pole.state, s, steps, over = many.state[:, 0].copy(), s[0], [], False
    while not over:
        z = forward(actor, s[None] / SCALE)[0][0]
        action = int(rng.random() >= 1 / (1 + np.exp(np.clip(z[1] - z[0], -700, 700))))
        steps.append((s, action))
        s, _, over, _, _ = pole.step(action)
        over = over or len(steps) == 500
    return [*steps, (s, None)]


@pytest.mark.parametrize("actor, seed", ACTORS.values(), ids=ACTORS)
def test_the_episode_is_that_of_gymnasiums_single_pole(actor, seed):
    moments, expected = list(episode(actor, seed)), by_hand(actor, seed)
    assert [a for _, _, a in moments] == [a for _, a in expected]
    assert np.allclose([s for s, _, _ in moments], [s for s, _ in expected], rtol=1e-4, atol=1e-5)
    assert moments[-1][1:] == (None, None)


def test_known_actors_fall_soon_late_or_not_at_all():
    steps = {name: len(list(episode(actor, seed))) - 1 for name, (actor, seed) in ACTORS.items()}
    assert 8 <= steps["left"] <= 11 < steps["coin"] < 100 and steps["good"] == 500
    assert {a for _, _, a in episode(LEFT, 0)} == {0, None}
    assert np.degrees(list(episode(LEFT, 0))[-1][0][2]) > 12  # it falls to the right


def test_frames_are_sound_and_nothing_in_them_has_the_focus(shown):
    _, player = shown
    assert_frames_sound(player.frames, player.captions)
    assert "data-node" not in "".join(player.frames)
    assert_complete(player)


@pytest.mark.parametrize("every", [1, 4, 7])
def test_every_so_many_moments_are_kept_and_the_last(every):
    moments, player = list(episode(COIN, 3)), show_pole(COIN, 3, every=every)
    kept = sorted({*range(0, len(moments), every), len(moments) - 1})
    assert [float(caption.split()[1]) for caption in player.captions] == pytest.approx([0.02 * k for k in kept])
    assert content(player)["pauses"]["real time"] == 20 * every


def test_captions_tell_the_observation(shown):
    moments, player = shown
    kept = sorted({*range(0, len(moments), 4), len(moments) - 1})
    for k, caption in zip(kept, player.captions, strict=True):
        s, p, a = moments[k]
        place, speed, _, turning = map(svg.number, s)
        start = f"After {k / 50:.2f} seconds: position {place}, angle {svg.number(np.degrees(s[2]))} degrees"
        if k == kept[-1]:
            assert caption == f"{start}. The episode is over after {len(moments) - 1} steps."
        else:
            side, chance = ("right", p) if a else ("left", 1 - p)
            assert caption == (
                f"{start}, velocities {speed} and {turning}; pushed to the {side}, with the probability "
                f"{svg.number(chance)}."
            )


def test_cart_and_pole_are_drawn_where_the_numbers_say(shown):
    moments, player = shown
    kept = sorted({*range(0, len(moments), 4), len(moments) - 1})
    for k, tree in zip(kept, trees_of(player), strict=True):
        (position, _, angle, _), _, _ = moments[k]
        cart = rectangles_in(tree)[0]
        pole = next(part.get("d") for part in tree if part.get("stroke") == svg.ACTOR and part.get("d"))
        x, y, tip_x, tip_y = map(float, re.split("[ L]", pole[1:]))
        assert (cart[0] + cart[2]) / 2 == pytest.approx(x, abs=0.1) and cart[3] == TRACK
        assert x == pytest.approx(WIDTH / 2 + position * UNIT, abs=0.06)
        assert np.arctan2(tip_x - x, y - tip_y) == pytest.approx(angle, abs=0.002)
        assert np.hypot(tip_x - x, tip_y - y) == pytest.approx(UNIT, abs=0.2)  # its length is 1, twice Gymnasium's


def test_push_and_probability_are_drawn(shown):
    moments, player = shown
    kept = sorted({*range(0, len(moments), 4), len(moments) - 1})
    for k, tree in zip(kept, trees_of(player), strict=True):
        (position, *_), p, a = moments[k]
        heads = [part.get("d") for part in tree if part.get("fill") == svg.INK and part.get("d")]
        bars = rectangles_in(tree)[1:]
        if p is None:
            assert heads == bars == [] and "π(right)" not in written(tree)
            continue
        assert np.sign(float(heads[0][1:].split()[0]) - WIDTH / 2 - position * UNIT) == (1 if a else -1)
        whole, part = (bar[2] - bar[0] for bar in bars)
        assert part / whole == pytest.approx(p, abs=0.001)
        assert {"π(right)", svg.number(p), f"push to the {'right' if a else 'left'}"} <= {*written(tree)}


def test_time_and_angle_are_in_the_picture(shown):
    moments, player = shown
    kept = sorted({*range(0, len(moments), 4), len(moments) - 1})
    for k, tree in zip(kept, trees_of(player), strict=True):
        angle = np.degrees(moments[k][0][2])
        assert {"angle", f"t = {k / 50:.2f} s", f"{angle:.1f}°".replace("-", "−"), "−2.4", "2.4"} <= {*written(tree)}
        mark = next(part for part in tree if part.tag.endswith("circle"))
        middle = 56 + 76 / 2
        assert float(mark.get("cx")) == pytest.approx(middle + np.clip(angle / 12, -1, 1) * 38, abs=0.1)


def test_no_text_lies_on_another_or_outside(shown):
    for tree in trees_of(shown[1]):
        assert_laid_out(tree)


@pytest.mark.parametrize("side, action", [(-1, 0), (1, 1)])
def test_cart_and_arrow_are_still_in_the_picture_where_the_track_ends(side, action):
    drawn = _frame(0.0, np.array([2.4 * side, 0, 0.2 * side, 0]), 0.5, action)
    tree = ElementTree.fromstring(svg.picture(WIDTH, HEIGHT, drawn, ""))
    left, _, right, _ = rectangles_in(tree)[0]
    assert 0 < left < right < WIDTH
    head = next(part.get("d") for part in tree if part.get("fill") == svg.INK and part.get("d"))
    assert 0 < float(head[1:].split()[0]) + 8 * side < WIDTH


def test_real_time_is_the_first_speed(shown):
    assert list(content(shown[1])["pauses"].items())[0] == ("real time", 80)
    assert content(show_pole(COIN, 3, every=2, tau=0.05))["pauses"]["real time"] == 100


def test_the_same_seed_shows_the_same_episode():
    first, again, other = (show_pole(COIN, seed) for seed in (3, 3, 4))
    assert first.html() == again.html() and first.captions == again.captions != other.captions


def test_observations_are_divided_by_the_scale():
    thrice = [(GOOD[0][0] * 3, GOOD[0][1])]
    assert show_pole(thrice, 1, scale=3 * SCALE).captions == show_pole(GOOD, 1).captions


def test_saved_size(shown):
    assert saved_size(shown[1]) < 150_000


@pytest.mark.parametrize("every", [0, -4, 1.5])
def test_bad_every(every):
    with pytest.raises(ValueError, match="every must be a whole number of steps, from 1 to 500, it is"):
        show_pole(COIN, 3, every=every)


def test_an_actor_for_other_observations():
    with pytest.raises(ValueError, match=r"layer 0: W of shape \(3, 2\) does not fit X of shape \(1, 4\)"):
        show_pole([(np.zeros((3, 2)), np.zeros(2))], 0)


def test_an_actor_with_other_actions():
    with pytest.raises(ValueError, match="actor must have two outputs, left and right, it has 3"):
        show_pole([(np.zeros((4, 3)), np.zeros(3))], 0)

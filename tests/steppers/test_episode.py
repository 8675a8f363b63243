"""The episode stepper: one frame a step, every number is that of the policy, and nothing overlaps."""

import re
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outputs import assert_complete, saved_size
from pictures import (
    agree,
    assert_frames_sound,
    assert_laid_out,
    nodes_of,
    overlap,
    read,
    rectangle_of,
    texts_of,
    trees_of,
    written,
)  # fmt: skip

from helpers.calculus.differences import complex_step
from helpers.drawing import svg
from helpers.networks.activations import sigmoid
from helpers.rl.corridor import NEXT, exact_return
from helpers.rl.policy_gradient import exact_gradient, gradient_estimates, rewards_to_go, sample_episodes
from helpers.running_actor import CELLS, NAMES, THETA0, actor_output, probabilities
from helpers.steppers import show_episode

SEED, LONGEST = 21, 891  # an episode of 10 steps, and one of 40


def walked(theta, seed):
    """(episodes, stepper) of one walk."""
    return sample_episodes(probabilities(theta), 1, np.random.default_rng(seed)), show_episode(
        theta, np.random.default_rng(seed)
    )


@pytest.fixture(scope="module", params=[SEED, 0, LONGEST])
def shown(request):
    return walked(THETA0, request.param)


class Arrow(NamedTuple):
    """A curve from start to end over `top`, and the tip of its head; box: around its steep part at the end."""

    start: tuple
    top: float
    end: tuple
    head: tuple
    width: float
    dashed: bool

    @property
    def box(self):
        """Around the curve's upper half, which is as wide as half of it."""
        (left, low), (right, _), middle = self.start, self.end, (self.start[0] + self.end[0]) / 2
        half, height = abs(right - left) / 2 * 0.7, (self.top - low) / 2
        return middle - half, min(low + height / 2, low + height), middle + half, max(low + height / 2, low + height)


def arrows_of(tree):
    """The arrows of the corridor: each a curve and a head in one group."""
    found = []
    for group in tree:
        if len(group) == 2 and "Q" in group[0].get("d", ""):
            numbers = [float(part) for part in re.findall(r"-?[\d.]+", group[0].get("d"))]
            head = [float(part) for part in re.findall(r"-?[\d.]+", group[1].get("transform"))][:2]
            width, dashed = float(group[0].get("stroke-width")), group[0].get("stroke-dasharray") is not None
            found.append(Arrow((*numbers[:2],), numbers[3], (*numbers[4:],), (*head,), width, dashed))
    return found


def table_of(tree):
    """The rows of the table: label -> seven texts."""
    rows = [written(nodes_of(tree)[f"row {k}"]) for k in range(3)]
    return {label: numbers for label, *numbers in rows}


def gradient_of_log_pi(theta, cell, action):
    """By the complex step, one weight after the other."""

    def log_pi(weight, k):
        p = sigmoid(actor_output([*theta[:k], weight, *theta[k + 1 :]], CELLS[cell]))
        return np.log(p if action else 1 - p)

    return np.array([complex_step(lambda weight, k=k: log_pi(weight, k), theta[k]) for k in range(7)])


def test_one_frame_for_each_step_and_the_last(shown):
    episodes, player = shown
    assert len(player.frames) == len(player.captions) == len(episodes.cells) + 1
    assert_complete(player)


def test_the_seeds_show_what_they_are_meant_to_show():
    assert len(walked(THETA0, SEED)[1].frames) == 11 and len(walked(THETA0, LONGEST)[1].frames) == 41


def test_frames_are_sound_with_the_same_focusable_elements_in_each(shown):
    _, player = shown
    assert_frames_sound(player.frames, player.captions)
    for tree in trees_of(player):
        assert list(nodes_of(tree)) == ["0", "1", "2", "3", "row 0", "row 1", "row 2"]


def test_terms_and_sums_against_the_complex_step(shown):
    episodes, player = shown
    T, total = len(episodes.cells), np.zeros(7)
    for t, tree in enumerate(trees_of(player)[:-1]):
        gradient = gradient_of_log_pi(THETA0, episodes.cells[t, 0], episodes.actions[t, 0])
        total = total - (T - t) * gradient
        score, term, so_far = table_of(tree).values()
        assert agree(score, gradient) and agree(term, -(T - t) * gradient) and agree(so_far, total)


def test_the_last_frame_compares_the_estimate_with_the_exact_gradient(shown):
    episodes, player = shown
    estimate = gradient_estimates(THETA0, episodes, rewards_to_go(episodes.rewards))[0]

    def J(weight, k):
        return exact_return(probabilities([*THETA0[:k], weight, *THETA0[k + 1 :]]))

    exact = np.array([complex_step(lambda weight, k=k: J(weight, k), THETA0[k]) for k in range(7)])
    table = table_of(trees_of(player)[-1])
    assert list(table) == ["estimate of ∇J", "∇J, exact", "difference"]
    assert agree(table["estimate of ∇J"], estimate) and agree(table["∇J, exact"], exact)
    assert agree(table["difference"], estimate - exact)
    assert table["estimate of ∇J"] == table_of(trees_of(player)[-2])["sum so far"]
    T = len(episodes.cells)
    assert player.captions[-1].startswith(f"The goal, after {T} steps.")
    assert f"for u1 it is {svg.number(estimate[0])}, where ∇J has {svg.number(exact[0])}." in player.captions[-1]
    assert f"return of the episode: −{T}" in written(trees_of(player)[-1])


@settings(max_examples=15)
@given(st.lists(st.floats(-1.5, 1.5), min_size=7, max_size=7), st.integers(0, 999))
def test_any_actor_can_be_shown(theta, seed):
    try:
        episodes, player = walked(theta, seed)
    except ValueError as error:
        assert "rng draws an episode of more than 40 steps" in str(error)
        assert len(sample_episodes(probabilities(theta), 1, np.random.default_rng(seed)).cells) > 40
        return
    assert_frames_sound(player.frames, player.captions)
    estimate, exact = gradient_estimates(theta, episodes, rewards_to_go(episodes.rewards))[0], exact_gradient(theta)
    for texts, values in zip(table_of(trees_of(player)[-1]).values(), (estimate, exact, estimate - exact), strict=True):
        assert agree(texts, values)


def test_captions_are_true(shown):
    episodes, player = shown
    p, T = probabilities(THETA0), len(episodes.cells)
    for t, caption in enumerate(player.captions[:-1]):
        cell, action = episodes.cells[t, 0], episodes.actions[t, 0]
        after, name = NEXT[cell, action], ("left", "right")[action]
        where = "the goal" if after == 3 else f"cell {after}"
        chance = svg.number(p[cell] if action else 1 - p[cell])
        assert caption == (
            f"t = {t}: in cell {cell} the actor goes {name}, which had the probability {chance}, and gets to "
            f"{where}, with the reward r = −1. From here to the end the rewards add up to G = −{T - t}, "
            f"so the term is −{T - t} times the gradient of log π({name} | cell {cell})."
        )
        facts = f"t = {t}, r = −1, G = −{T - t}"
        assert facts in written(trees_of(player)[t])


def test_the_actor_stands_in_its_cell_and_the_arrow_leads_to_the_next(shown):
    episodes, player = shown
    cells = [*episodes.cells[:, 0], 3]
    for t, (cell, tree) in enumerate(zip(cells, trees_of(player), strict=True)):
        places = [nodes_of(tree)[str(k)] for k in range(4)]
        marked = [k for k, place in enumerate(places) if any(part.tag.endswith("circle") for part in place)]
        assert (
            marked == [k for k, place in enumerate(places) if "the actor is here" in place.get("aria-label")] == [cell]
        )
        assert [place[0].get("fill") == svg.NOW for place in places] == [k == cell for k in range(4)]
        strong = [arrow for arrow in arrows_of(tree) if arrow.width > 2]
        bold = [text.content for text in texts_of(tree) if text.bold and text.content.startswith("action")]
        if cell == 3:
            assert strong == bold == []
            continue
        (arrow,), action = strong, episodes.actions[t, 0]
        edges = [rectangle_of(place[0]) for place in places]
        assert edges[cell][0] < arrow.start[0] < edges[cell][2]
        assert edges[cells[t + 1]][0] < arrow.end[0] < edges[cells[t + 1]][2]
        assert bold == [("action 0, “left”", "action 1, “right”")[action]] and arrow.dashed == (action == 0)


def test_the_six_arrows_are_told_apart(shown):
    """In every frame: distinct end points, a head at each end, right above and left below, and none crosses a box."""
    for tree in trees_of(shown[1]):
        arrows, cells = arrows_of(tree), [rectangle_of(nodes_of(tree)[str(k)][0]) for k in range(4)]
        ends = [point for arrow in arrows for point in (arrow.start, arrow.end)]
        assert len(arrows) == 6 and min(np.hypot(*np.subtract(a, b)) for a, b in combinations(ends, 2)) > 25
        for arrow in arrows:
            assert np.hypot(*np.subtract(arrow.end, arrow.head)) < 9
            assert arrow.dashed == (arrow.top > cells[0][3]) and (arrow.dashed or arrow.top < cells[0][1])
        assert {"start", "in cell 1 the two are switched"} <= set(written(tree))
        boxes, labels = [arrow.box for arrow in arrows], texts_of(tree)
        assert [text.content for text in labels if any(overlap(text.box, box) for box in boxes)] == []


def test_hue_of_a_number_is_its_sign_and_its_row_is_read_aloud(shown):
    for tree in trees_of(shown[1]):
        for k, (label, texts) in enumerate(table_of(tree).items()):
            node = nodes_of(tree)[f"row {k}"]
            assert node.get("aria-label") == f"{label}: " + ", ".join(map(" ".join, zip(NAMES, texts, strict=True)))
            fills = [part.get("fill") for part in node if part.tag.endswith("rect")][1:]
            assert len(fills) == 7
            for text, fill in zip(texts, fills, strict=True):
                red, _, blue = (int(fill[i : i + 2], 16) for i in (1, 3, 5))
                assert blue > red if read(text) > 0 else red > blue or read(text) == 0


def test_no_text_lies_on_another_or_outside(shown):
    for tree in trees_of(shown[1]):
        assert_laid_out(tree)


def test_large_and_small_numbers_have_room():
    theta = np.array([3.0, -3.0, 2.0, 1.0, 2.5, -2.0, 1e-5])
    for tree in trees_of(walked(theta * 1e-4, 7)[1]) + trees_of(walked(theta, 7)[1]):
        assert_laid_out(tree)


def test_saved_size():
    _, player = walked(THETA0, LONGEST)
    assert saved_size(player) < 150_000


@pytest.mark.parametrize("b", [-800.0, 800.0])
def test_an_actor_that_never_arrives(b):
    with pytest.raises(ValueError, match="theta must reach the goal, its probabilities of right are"):
        show_episode([0, 0, 0, 0, 0, 0, b], np.random.default_rng(0))


@pytest.mark.parametrize("theta", [[0, 0, 0, 0, 0, 0, -8.0], [0, 0, 0, 0, 0, 0, -15.0]])
def test_an_episode_of_more_than_40_steps(theta):
    with pytest.raises(ValueError, match="rng draws an episode of more than 40 steps, .*: try another"):
        show_episode(theta, np.random.default_rng(0))


@pytest.mark.parametrize("theta", [THETA0[:6], [THETA0], 0.8])
def test_theta_must_hold_seven_numbers(theta):
    with pytest.raises(ValueError, match="theta must hold seven numbers"):
        show_episode(theta, np.random.default_rng(0))


@pytest.mark.parametrize("rng", [21, None, np.random])
def test_rng_must_be_a_generator(rng):
    with pytest.raises(TypeError, match="rng must be a numpy.random.Generator, such as"):
        show_episode(THETA0, rng)

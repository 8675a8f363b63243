"""The player: one self-contained output that degrades step by step, and lets nothing be run."""

from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outputs import NASTY, Reader, assert_nothing_added, content, unpacked

from helpers.drawing.svg import focusable, picture, rectangle, text
from helpers.steppers.player import Player, pack


@pytest.mark.parametrize("frames, captions", [([], []), (["<svg/>"], []), (["<svg/>"], ["a", "b"]), ([], ["a"])])
def test_frames_and_captions_must_match(frames, captions):
    with pytest.raises(ValueError, match=f"{len(captions)} captions, {len(frames)} frames"):
        Player(frames, captions, "label")


@given(st.lists(st.text(st.sampled_from("ab</>&\n"), max_size=12), min_size=1, max_size=8))
def test_packing_reproduces_every_frame(frames):
    elements, places = pack(frames)
    assert ["\n".join(elements[i] for i in frame) for frame in places] == frames
    assert len(set(elements)) == len(elements)
    player = Player(frames, ["caption"] * len(frames), "label")
    assert unpacked(player) == frames


@pytest.mark.parametrize("label", NASTY)
def test_labels_are_shown_and_never_run(label):
    box = focusable(label, label, rectangle(0, 0, 9, 9) + text(1, 1, label))
    player = Player([picture(10, 10, [box], label)], [label], label)
    assert_nothing_added(player)
    shown, reader = " ".join(label.split()), Reader(player.html())
    assert reader.cells == ["1", shown] and reader.images[0]["alt"] == shown
    assert reader.attributes[0][1]["aria-label"] == shown
    tree = ElementTree.fromstring(player.frames[0])
    assert [element.tag.split("}")[1] for element in tree.iter()] == ["svg", "g", "rect", "text"]
    assert tree[0].get("aria-label") == tree[0][1].text == shown
    assert unpacked(player) == player.frames and len(player.text().split("\n")) == 1


def test_degradation():
    frames = [picture(10, 10, [focusable("a", "box", text(1, 1, k))], f"step {k}", k) for k in range(3)]
    player = Player(frames, ["one", "two", "three"], "three steps", cuts=(4,))
    bundle = player._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/plain"}
    assert bundle["text/plain"] == "  1  one\n  2  two\n  3  three"
    reader = Reader(bundle["text/html"])
    assert reader.cells == ["1", "one", "2", "two", "3", "three"]
    (image,) = reader.images
    assert image["alt"] == "three"
    still = ElementTree.fromstring(unquote(image["src"].removeprefix("data:image/svg+xml;charset=utf-8,")))
    assert still.get("viewBox") == "0 0 10 10" and "".join(still.itertext()).strip() == "2"
    assert not any("tabindex" in element.attrib for element in still.iter())
    assert content(player) | {"elements": 0, "frames": 0} == {
        "pauses": {"normal": 800, "slow": 1600, "fast": 250},
        "cuts": [4],
        "elements": 0,
        "frames": 0,
    }


def speeds(pauses=None):
    """Name and pause of every speed, in the order of the list of which the player chooses the first."""
    return list(content(Player(["<svg/>"], ["caption"], "label", pauses=pauses))["pauses"].items())


def test_normal_is_the_first_speed():
    assert speeds() == speeds({}) == [("normal", 800), ("slow", 1600), ("fast", 250)]


def test_pauses_come_first_and_may_replace_the_usual_ones():
    assert speeds({"real time": 80, "half": 160})[:3] == [("real time", 80), ("half", 160), ("normal", 800)]
    assert speeds({"fast": 100}) == [("fast", 100), ("normal", 800), ("slow", 1600)]
    assert speeds() == [("normal", 800), ("slow", 1600), ("fast", 250)]


@pytest.mark.parametrize("pause", [0, -80, float("nan"), float("inf")])
def test_pauses_must_be_positive(pause):
    with pytest.raises(ValueError, match="pauses must be positive numbers of milliseconds, not {'still': "):
        Player(["<svg/>"], ["caption"], "label", pauses={"still": pause})

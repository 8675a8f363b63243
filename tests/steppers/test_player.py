"""The player: one self-contained output that degrades step by step, and lets nothing be run."""

import base64
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outputs import NASTY, Reader, content, unpacked

from helpers.calculus.graph import Value
from helpers.drawing.svg import picture, text
from helpers.steppers import show_gradient_flow
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


def named(label):
    a, b = Value(2.0, label=label), Value(3.0, label="b")
    root = a * b + a
    root.label = label + "!"
    return root


@pytest.mark.parametrize("label", NASTY)
def test_labels_are_shown_and_never_run(label):
    player = show_gradient_flow(named(label))
    html = player.html()
    reader = Reader(html)
    assert reader.tags.count("script") == 2 and reader.tags.count("img") == 1
    outside = html
    for script in reader.scripts:
        outside = outside.replace(script, "")
    assert label not in outside or label == "\\u003c"
    assert "<!--" not in "".join(reader.scripts)
    for frame in player.frames:
        tree = ElementTree.fromstring(frame)
        assert {element.tag.split("}")[1] for element in tree.iter()} <= {"svg", "g", "path", "rect", "text"}
    shown = " ".join(label.split())
    assert any(shown in element.get("aria-label", "") for element in ElementTree.fromstring(player.frames[-1]).iter())
    assert unpacked(player) == player.frames


@pytest.mark.parametrize("label", NASTY)
def test_any_caption_and_label_of_a_player(label):
    player = Player([picture(10, 10, [text(1, 1, label)], label)], [label], label)
    reader = Reader(player.html())
    assert reader.tags.count("script") == 2
    assert reader.cells == ["1", " ".join(label.split())]
    assert content(player)["label"] == label
    assert [a["alt"] for tag, a in reader.attributes if tag == "img"] == [" ".join(label.split())]
    assert len(player.text().split("\n")) == 1


def test_degradation():
    frames = [picture(10, 10, [text(1, 1, k)], f"step {k}", k) for k in range(3)]
    player = Player(frames, ["one", "two", "three"], "three steps", start=1)
    bundle = player._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/plain"}
    assert bundle["text/plain"] == "  1  one\n  2  two\n  3  three"
    reader = Reader(bundle["text/html"])
    assert reader.cells == ["1", "one", "2", "two", "3", "three"]
    (image,) = [a for tag, a in reader.attributes if tag == "img"]
    assert image["alt"] == "three"
    still = ElementTree.fromstring(base64.b64decode(image["src"].removeprefix("data:image/svg+xml;base64,")))
    assert still.get("viewBox") == "0 0 10 10" and "".join(still.itertext()).strip() == "2"
    assert content(player) | {"elements": 0, "frames": 0} == {
        "label": "three steps",
        "start": 1,
        "pauses": {"normal": 800, "slow": 1600, "fast": 250},
        "elements": 0,
        "frames": 0,
    }
    assert not re.search(r"https?://(?!www.w3.org/2000/svg)", bundle["text/html"])


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

"""Reading the SVG pictures of steppers and explorers, and what holds for every one of them."""

import re
from functools import cache
from typing import NamedTuple
from xml.etree import ElementTree

import numpy as np
from matplotlib.font_manager import FontProperties, findfont
from matplotlib.ft2font import FT2Font

from helpers.drawing import svg

try:
    from matplotlib.ft2font import LoadFlags

    NO_HINTING = LoadFlags.NO_HINTING
except ImportError:  # matplotlib before 3.10
    from matplotlib.ft2font import LOAD_NO_HINTING as NO_HINTING

LEAST_SCALE, LEGIBLE = 0.92, 9  # of `svg.picture`'s least width to its width; pixels of the smallest text
MARGIN = 2  # between a text and the sides of its box


class Text(NamedTuple):
    """A text with its baseline at (x, y)."""

    content: str
    x: float
    y: float
    size: float
    bold: bool
    anchor: str
    fill: str

    @property
    def box(self):
        """(left, top, right, bottom), as DejaVu Sans would be set."""
        width = measured(self.content, self.size, self.bold)
        left = self.x - width * {"start": 0, "middle": 0.5, "end": 1}[self.anchor]
        return left, self.y - 0.75 * self.size, left + width, self.y + 0.1 * self.size


@cache
def font_of(bold):
    """DejaVu Sans in 100 points; its own measure of a text is 50 times as fast as an outline of the text."""
    font = FT2Font(findfont(FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal")))
    font.set_size(100, 72)
    return font


@cache
def measured(content, size, bold):
    """Width of a text, the room beside its first and last sign included."""
    font = font_of(bold)
    font.set_text(content, flags=NO_HINTING)
    return font.get_width_height()[0] / 64 * size / 100


def trees_of(player):
    return [ElementTree.fromstring(drawn) for drawn in player.frames]


def nodes_of(tree):
    """The groups that the keyboard reaches, by name."""
    return {group.get("data-node"): group for group in tree.iter() if group.get("data-node") is not None}


def boxes(drawn):
    """The same groups of a drawn picture, in their order."""
    return list(nodes_of(ElementTree.fromstring(drawn)).values())


def texts_of(element):
    """Every `Text` within an element; size, weight, anchor and fill may come from the groups around it."""
    return [text for part, inherited in walked(element, {}) if (text := text_of(part, inherited))]


def walked(element, inherited):
    """Every element within, itself included, with the attributes that it has or inherits."""
    own = {**inherited, **{name: value for name, value in element.attrib.items() if name not in ("x", "y")}}
    yield element, own
    for child in element:
        yield from walked(child, own)


def text_of(element, look):
    """The `Text` of an element with that look, or None where it is something else."""
    if element.tag.endswith("text"):
        place, bold = (float(element.get("x")), float(element.get("y"))), look.get("font-weight") == "bold"
        return Text(element.text, *place, float(look["font-size"]), bold, look["text-anchor"], look["fill"])


def written(element):
    """The contents of all texts within an element."""
    return [part.text for part in element.iter() if part.tag.endswith("text")]


def read(text):
    """The number that is written."""
    return float(text.replace("−", "-"))


def agree(texts, values):
    """The numbers as written are these, to their last digit."""
    return np.allclose([read(text) for text in texts], values, rtol=6e-4, atol=6e-4)


# Boxes are (left, top, right, bottom)


def rectangle_of(rect):
    x, y, width, height = (float(rect.get(name)) for name in ("x", "y", "width", "height"))
    return x, y, x + width, y + height


def rectangles_in(element):
    """The boxes of an element's own rectangles."""
    return [rectangle_of(part) for part in element if part.tag.endswith("rect")]


def overlap(one, other):
    """Whether two boxes have an area in common."""
    return all(min(one[k + 2], other[k + 2]) - max(one[k], other[k]) > 0.05 for k in (0, 1))


def overlapping(boxes):
    """Pairs of places of boxes with an area in common."""
    order = sorted(range(len(boxes)), key=lambda k: boxes[k][0])
    pairs = []
    for n, i in enumerate(order):
        for j in order[n + 1 :]:
            if boxes[j][0] >= boxes[i][2]:
                break
            if overlap(boxes[i], boxes[j]):
                pairs.append(sorted((i, j)))
    return sorted(pairs)


def inside(inner, outer):
    return outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


@cache
def luminance(colour):
    parts = np.array([int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4) @ (0.2126, 0.7152, 0.0722)


def contrast(one, other):
    """As in WCAG 2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


# What holds for every picture


def assert_sound(drawn):
    """A picture is a labelled group, well-formed line by line, without ids and without NaN; returns its tree."""
    tree = ElementTree.fromstring(drawn)
    assert tree.get("role") == "group" and tree.get("aria-label")
    for line in drawn.split("\n")[1:-1]:
        ElementTree.fromstring(f"<g>{line}</g>")
    assert not any("id" in element.attrib or element.tag.endswith("defs") for element in tree.iter())
    assert not re.search(r"[ '](nan|-?inf)['\", ]", re.sub(r"aria-label='[^']*'", "", drawn)), drawn
    return tree


def assert_frames_sound(frames, captions):
    """All frames of a player are sound, numbered, and described by their captions."""
    for k, (drawn, caption) in enumerate(zip(frames, captions, strict=True)):
        tree = assert_sound(drawn)
        assert tree.get("data-step") == str(k) and tree.get("aria-label").endswith(" ".join(caption.split()))


def assert_laid_out(tree):
    """No text lies on another, half on a box, or outside the picture or its group's box; none is small or pale."""
    texts, whole = texts_of(tree), tuple(map(float, tree.get("viewBox").split()))
    boxes = [text.box for text in texts]
    assert [(texts[i].content, texts[j].content) for i, j in overlapping(boxes)] == []
    assert [text.content for text, box in zip(texts, boxes, strict=True) if not inside(box, whole)] == []
    assert [text.content for text in texts if LEAST_SCALE * text.size < LEGIBLE] == []
    for node in nodes_of(tree).values():
        assert contrast(node[0].get("stroke"), svg.CARD) >= 3, "the outline of what has the focus is seen"
        assert [text.content for text in texts_of(node) if not inside(text.box, rectangle_of(node[0]))] == []
    cards = [rectangle_of(node[0]) for node in nodes_of(tree).values()]
    alone = [text.box for part in tree if part.tag.endswith("text") for text in texts_of(part)]
    assert overlapping(cards + alone) == []
    for parent, look in walked(tree, {}):
        grounds = [(rectangle_of(part), part.get("fill")) for part in parent if part.tag.endswith("rect")]
        for text in (text for part in parent if (text := text_of(part, look | part.attrib))):
            under = [(ground, fill) for ground, fill in grounds if overlap(text.box, ground)]
            roomy = [(left + MARGIN, top, right - MARGIN, bottom) for (left, top, right, bottom), _ in under]
            assert all(inside(text.box, ground) for ground in roomy), f"{text.content} crosses or touches a box's edge"
            assert contrast(text.fill, under[-1][1] if under else svg.CARD) >= 4.5, text.content

"""What a browser finds in a live output."""

import base64
import json
import re
import zlib
from html.parser import HTMLParser

from helpers.drawing import library

NASTY = [
    "</script><script>alert(1)</script>",
    "\"&<'",
    "a\nb",
    "<!--<script>",
    "<img src=x onerror=alert(1)>",
    "\\u003c",
    "]]>",
]

ATTRIBUTES = {  # of the elements of a live output; a label can add none to them
    *("class", "data-kind", "data-key", "data-content", "data-library", "role", "aria-label", "scope"),
    *("alt", "src", "style", "width", "height", "onload"),
}


class Reader(HTMLParser):
    """Tags, attributes and table cells of some HTML."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.cells, self.attributes = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes.append((tag, dict(attributes)))
        if tag == "td":
            self.cells.append("")

    def handle_data(self, data):
        if self.tags[-1] == "td":
            self.cells[-1] += data

    @property
    def images(self):
        return [attributes for tag, attributes in self.attributes if tag == "img"]


def assert_nothing_added(output):
    """No label has added a script, an image or an attribute to a live output."""
    reader = Reader(output.html())
    assert "script" not in reader.tags and len(reader.images) == 1
    assert all(set(attributes) <= ATTRIBUTES for _, attributes in reader.attributes)
    boots = [attributes["onload"] for _, attributes in reader.attributes if "onload" in attributes]
    assert boots == [library._script("boot")]


def content(output):
    """The data that the script reads."""
    return json.loads(zlib.decompress(base64.b64decode(Reader(output.html()).attributes[0][1]["data-content"])))


def unpacked(player):
    """The frames, put together from the elements that the output holds once."""
    data = content(player)
    return ["\n".join(data["elements"][place] for place in frame) for frame in data["frames"]]


def saved_size(player):
    """Bytes of the output in a notebook."""
    return len(json.dumps(player._repr_mimebundle_(), ensure_ascii=False).encode())


def assert_complete(player):
    """The output holds every frame, and every caption as a row of its table and a line of its text."""
    assert unpacked(player) == player.frames
    rows = Reader(player.html()).cells
    assert rows == [cell for k, caption in enumerate(player.captions, start=1) for cell in (str(k), caption)]
    lines = player.text().split("\n")
    assert [line.split(maxsplit=1) for line in lines] == [[str(k), c] for k, c in enumerate(player.captions, start=1)]


def live_outputs(cells):
    """The HTML of every live output of these cells."""
    htmls = [output.get("data", {}).get("text/html", "") for cell in cells for output in cell.get("outputs", [])]
    return [html for html in htmls if "class='ftg-live'" in html]


def assert_each_library_is_saved_once(htmls):
    """The first output of each kind carries its library, also where it lies in a fold, and no other does."""
    parts = re.findall(r"<div class='ftg-live' data-kind='(\w+)'([^>]*)>", "".join(htmls))
    kinds = [kind for kind, _ in parts]
    assert ["data-library=" in rest for _, rest in parts] == [kind not in kinds[:k] for k, kind in enumerate(kinds)]

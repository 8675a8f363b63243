"""What a browser finds in the output of a player."""

import base64
import json
import zlib
from html.parser import HTMLParser

NASTY = [
    "</script><script>alert(1)</script>",
    "\"&<'",
    "a\nb",
    "<!--<script>",
    "<img src=x onerror=alert(1)>",
    "\\u003c",
    "]]>",
]


class Reader(HTMLParser):
    """Tags, table cells, scripts and attributes of some HTML."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.cells, self.scripts, self.attributes = [], [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes.append((tag, dict(attributes)))
        if tag == "td":
            self.cells.append("")
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data):
        if self.tags[-1] == "td":
            self.cells[-1] += data
        if self.tags[-1] == "script":
            self.scripts[-1] += data


def content(player):
    """The data that the script reads."""
    return json.loads(zlib.decompress(base64.b64decode(Reader(player.html()).scripts[0])))


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

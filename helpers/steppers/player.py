"""A player for pictures drawn in advance: one self-contained HTML output, without kernel, network or widget protocol.

Where scripts are stripped, the last picture and a table of all steps remain; where HTML is, the list of steps.
"""

import base64
import json
import re
import zlib
from dataclasses import asdict
from functools import cache
from pathlib import Path

from helpers.drawing.svg import image, words

PAUSES = {"normal": 800, "slow": 1600, "fast": 250}


class Player:
    """Frames (SVG documents, one element on each line) with a caption each, shown one at a time.

    questions: frame -> `Question`, which must be answered before the reader comes to the next frame. pauses: name of a
    speed -> milliseconds from frame to frame, before or instead of the usual ones; the first is set at the start.
    Raises ValueError when there is no frame, or not one caption for each, or a question at no frame or at the last, or
    a pause that is not positive.
    """

    def __init__(self, frames, captions, label, start=0, questions=None, pauses=None):
        if not frames or len(frames) != len(captions):
            raise ValueError(f"captions must be one for each frame: {len(captions)} captions, {len(frames)} frames")
        self.frames, self.captions, self.label, self.start = frames, captions, label, start
        self.questions, self.pauses = questions or {}, (pauses or {}) | PAUSES | (pauses or {})
        if stray := set(self.questions) - set(range(len(frames) - 1)):
            raise ValueError(f"questions must stand at a frame that another follows, not at {sorted(stray)}")
        if wrong := {name: pause for name, pause in self.pauses.items() if not 0 < pause < float("inf")}:
            raise ValueError(f"pauses must be positive numbers of milliseconds, not {wrong}")

    def table(self):
        """All steps as an HTML table, folded."""
        rows = "".join(f"<tr><td>{k}</td><td>{words(c)}</td></tr>" for k, c in enumerate(self.captions, start=1))
        return (
            f"<details><summary>All {len(self.captions)} steps as a table</summary><table>"
            "<thead><tr><th scope='col'>step</th><th scope='col'>what happens</th></tr></thead>"
            f"<tbody>{rows}</tbody></table></details>"
        )

    def still(self):
        """The last frame as an image with its caption as alt text; inside an image nothing can have the focus."""
        bare = re.sub(r" (aria-label|data-node|role|tabindex)='[^']*'", "", self.frames[-1])
        return image(bare, self.captions[-1])

    def html(self):
        """The whole output: still picture and table, which the script at its end turns into the player."""
        elements, frames = pack(self.frames)
        content = {"label": self.label, "start": self.start, "pauses": self.pauses}
        content |= {"elements": elements, "frames": frames}
        if self.questions:
            content["questions"] = {k: asdict(question) for k, question in self.questions.items()}
        data = base64.b64encode(zlib.compress(json.dumps(content, allow_nan=False).encode())).decode()
        script, style = _assets()
        return (
            f"<div class='ftg-player' role='group' aria-label='{words(self.label)}'><style>{style}</style>"
            f"{self.still()}{self.table()}"
            f"<script type='application/zlib'>{data}</script><script>{script}</script></div>"
        )

    def text(self):
        """All steps, one on each line."""
        return "\n".join(f"{k:3d}  {' '.join(caption.split())}" for k, caption in enumerate(self.captions, start=1))

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/html": self.html(), "text/plain": self.text()}


def pack(frames):
    """Store each distinct element once: returns (elements, frames as lists of places in elements)."""
    elements = {}
    places = [[elements.setdefault(element, len(elements)) for element in frame.split("\n")] for frame in frames]
    return list(elements), places


@cache
def _assets():
    here = Path(__file__).parent
    return (here / "player.js").read_text("utf-8").strip(), (here / "player.css").read_text("utf-8").strip()

"""A player for pictures drawn in advance: a live output, without kernel, network or widget protocol.

Where scripts are stripped, the last picture and a table of all steps remain; where HTML is, the list of steps.
"""

import re

from helpers.drawing.library import bundle, live_output, svg_image
from helpers.drawing.svg import words
from helpers.language import said, said_in
from helpers.plain_text import printable

PAUSES = {"normal": 800, "slow": 1600, "fast": 250}


class Player:
    """Frames (SVG documents, one element on each line) with a caption each, shown one at a time.

    pauses: name of a speed -> milliseconds from frame to frame, before or instead of the usual ones; the first is set
    at the start. cuts: places along x at which a narrow page cuts the pictures into strips, one below the other.
    Raises ValueError when there is no frame, or not one caption for each, or a pause that is not positive.
    """

    def __init__(self, frames, captions, label, pauses=None, cuts=()):
        if not frames or len(frames) != len(captions):
            raise ValueError(f"captions must be one for each frame: {len(captions)} captions, {len(frames)} frames")
        self.frames, self.captions, self.label, self.cuts = frames, captions, label, cuts
        self.pauses = (pauses or {}) | PAUSES | (pauses or {})
        if wrong := {name: pause for name, pause in self.pauses.items() if not 0 < pause < float("inf")}:
            raise ValueError(f"pauses must be positive numbers of milliseconds, not {wrong}")

    def table(self):
        """All steps as an HTML table, folded."""
        rows = "".join(f"<tr><td>{k}</td><td>{words(c)}</td></tr>" for k, c in enumerate(self.captions, start=1))
        summary, step, happens = said("All {} steps as a table"), said("step"), said("what happens")
        return (
            f"<details><summary>{summary.format(len(self.captions))}</summary><table>"
            f"<thead><tr><th scope='col'>{step}</th><th scope='col'>{happens}</th></tr></thead>"
            f"<tbody>{rows}</tbody></table></details>"
        )

    def still(self):
        """The last frame as an image with its caption as alt text; inside an image nothing can have the focus."""
        bare = re.sub(r" (aria-label|data-node|role|tabindex)='[^']*'", "", self.frames[-1])
        return svg_image(bare, self.captions[-1])

    def data(self):
        """What the script needs."""
        elements, frames = pack(self.frames)
        return {"pauses": said_in(self.pauses), "cuts": self.cuts, "elements": elements, "frames": frames}

    def html(self):
        """The whole output: still picture and table, and what brings them to life."""
        return live_output("frames", self.label, self.still() + self.table(), self.data())

    def text(self):
        """All steps, one on each line."""
        lines = (f"{k:3d}  {' '.join(caption.split())}" for k, caption in enumerate(self.captions, start=1))
        return printable("\n".join(lines))

    def _repr_mimebundle_(self, include=None, exclude=None):
        return bundle(self.html(), self.text())


def pack(frames):
    """Store each distinct element once: returns (elements, frames as lists of places in elements)."""
    elements = {}
    places = [[elements.setdefault(element, len(elements)) for element in frame.split("\n")] for frame in frames]
    return list(elements), places

"""A model's picture with controls that the script answers: no kernel, no network, no widget protocol."""

from helpers.drawing.library import bundle, live_output, svg_image
from helpers.drawing.svg import words


class Explorer:
    """A live output. model: has `picture() -> str` (SVG), `words() -> str`, `controls()` and `data()`, see `controls`.

    kind: the script that moves it; label: its name for screen readers.
    """

    def __init__(self, kind, label, model):
        self.kind, self.label, self.model = kind, label, model

    def still(self):
        """What remains without scripts, and what the script takes its picture from."""
        image, said = svg_image(self.model.picture(), self.model.words()), words(self.model.words())
        return f"<figure style='margin:0'>{image}<figcaption>{said}</figcaption></figure>"

    def data(self):
        """What the script needs."""
        return {"controls": self.model.controls(), **self.model.data()}

    def html(self):
        """The whole output."""
        return live_output(self.kind, self.label, self.still(), self.data())

    def _repr_mimebundle_(self, include=None, exclude=None):
        return bundle(self.html(), self.model.words())

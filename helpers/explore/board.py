"""An explorer whose pictures Python draws anew as its controls move."""

import json

import ipywidgets as widgets
from IPython.display import display

from helpers.drawing.svg import words
from helpers.explore.explorer import Explorer

# What a frontend writes in place of a widget that is gone has no element in it, and the wire itself is not to be seen.
HIDDEN = (
    "<style>.jp-OutputArea-child:has(.ftg-live[data-kind=board]) + "
    ".jp-OutputArea-child > .jp-OutputArea-output:is(:not(:has(*)), :has(.ftg-wire)) { display: none }</style>"
)


class Board(Explorer):
    """Controls, and a picture that comes from the kernel: two hidden widgets are the wire between them.

    model: as in `Explorer`, with `picture(tall)`, and `take(values)` for what the controls say.
    The picture and the wire are two outputs: in a notebook opened again the widgets are gone, and the picture stays.
    """

    def __init__(self, label, model):
        super().__init__("board", label, model)
        self.question, self.answer = widgets.Text(), widgets.HTML()
        self.wire = widgets.VBox([self.question, self.answer], layout={"display": "none"})
        self.wire.add_class("ftg-wire").add_class(self.name)
        self.question.observe(self._asked, "value")

    @property
    def name(self):
        """The class by which the script finds the wire."""
        return f"ftg-wire-{self.wire.model_id}"

    def still(self):
        """The first picture."""
        return super().still() + HIDDEN

    def data(self):
        """What the script needs."""
        return {"controls": self.model.controls(), "wire": self.name}

    def _asked(self, change):
        asked = json.loads(change["new"])
        try:
            self.model.take(asked["values"])
            content, said = self.model.picture(asked["tall"]), self.model.words()
        except Exception as error:  # a callback's error would be seen nowhere
            content, said = "", f"{type(error).__name__}: {error}"
        self.answer.value = f"<div data-turn='{asked['turn']}' data-words='{words(said)}'>{content}</div>"

    def _ipython_display_(self):
        display(self._repr_mimebundle_(), raw=True)
        view = {"version_major": 2, "version_minor": 0, "model_id": self.wire.model_id}
        display({"application/vnd.jupyter.widget-view+json": view, "text/plain": ""}, raw=True)

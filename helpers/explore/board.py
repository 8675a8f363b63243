"""Widgets for a model: one control for each of its settings, and the picture it draws."""

import ipywidgets as widgets

from helpers.drawing.svg import image


class Board(widgets.VBox):
    """Controls above a picture.

    model: has `picture() -> str` (SVG), `words() -> str` and, for each control, an attribute of that name.
    Where widgets cannot run, the first picture remains.
    """

    def __init__(self, model, **controls):
        self.model, self.controls = model, controls
        self.picture = widgets.HTML(model.picture(), layout={"overflow": "auto"})
        for name, control in controls.items():
            control.observe(self._turned, "value")
            control.style.description_width = "90px"
            control.layout.width = "360px"
            control.tooltip = control.description or name
        super().__init__([*controls.values(), self.picture])

    def _repr_mimebundle_(self, **kwargs):
        bundle = super()._repr_mimebundle_(**kwargs)
        return bundle | {"text/html": image(self.model.picture(), self.model.words()), "text/plain": self.model.words()}

    def _turned(self, change):
        for name, control in self.controls.items():
            setattr(self.model, name, control.value)
        self.picture.value = self.model.picture()


def dial(description, value, low, high, step=0.1, form=".1f"):
    """Slider for a number."""
    return widgets.FloatSlider(value=value, min=low, max=high, step=step, description=description, readout_format=form)


def choice(description, options, value):
    """Slider over (label, value) pairs: Jupyter takes the arrow keys from a drop-down list, but not from a slider."""
    return widgets.SelectionSlider(options=options, value=value, description=description)

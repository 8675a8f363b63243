"""Figures: a picture carries its description, and neither pyplot nor the style outside is touched."""

import base64

import matplotlib.pyplot as plt

from helpers import plots


def test_picture_has_its_caption_as_alt_text():
    shown = plots.picture(plots.draw_neuron, caption='A neuron & "more".')
    bundle = shown._repr_mimebundle_()
    assert bundle["text/plain"] == 'A neuron & "more".'
    assert "alt='A neuron &amp; &quot;more&quot;.'" in bundle["text/html"]
    data = bundle["text/html"].partition("base64,")[2].partition("'")[0]
    assert base64.b64decode(data).startswith(b"\x89PNG")
    assert plt.get_fignums() == []


def test_style_stays_inside():
    before = dict(plt.rcParams)
    plots.picture(plots.draw_neuron, caption="A neuron.")._repr_mimebundle_()
    assert dict(plt.rcParams) == before

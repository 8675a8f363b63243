"""Figures without pyplot: one style for all lessons, and a picture that carries its description."""

import base64
import io
from html import escape
from pathlib import Path

import matplotlib
from matplotlib.figure import Figure

from helpers.drawing.library import style
from helpers.language import said
from helpers.plain_text import printable

STYLE = Path(__file__).with_name("lesson.mplstyle")
LEGIBLE = 62  # pixels on the screen for an inch of figure; fewer, and the figure scrolls instead of shrinking
LARGEST = 115  # more, and its letters would be larger than those of the page
# What scrolls has a shade and an arrow at each side where there is more (theme.css): covers of the card's colour move
# with the content, and hide them where it ends. A figure is transparent, so they are seen through it.


def lesson_style():
    """Context in which new artists get the lessons' style; nothing outside it changes."""
    return matplotlib.rc_context(fname=STYLE)


def lesson_figure(size=(8, 4), dpi=100):
    """Return an empty `matplotlib.figure.Figure`, not registered with pyplot, size in inches."""
    with lesson_style():
        return Figure(figsize=size, dpi=dpi)


class Picture:
    """A drawn figure with a caption that says what is seen: the caption is its alt text as well."""

    def __init__(self, figure, caption):
        self.figure, self.caption = figure, caption

    def _repr_mimebundle_(self, include=None, exclude=None):
        with io.BytesIO() as file, lesson_style():
            self.figure.savefig(file, format="png", transparent=True)
            data = base64.b64encode(file.getvalue()).decode()
        alt = escape(self.caption, quote=True)
        width = self.figure.get_figwidth()
        html = (
            "<figure class='ftg-figure' tabindex='-1' data-lm-suppress-shortcuts='true' style='margin:0;"
            "box-sizing:border-box;max-width:860px;background:#fff;color:#222;border:1px solid #c8c8c8;"
            f"border-radius:12px;padding:10px 12px'><style>{style('theme', 'figure')}</style>"
            "<div tabindex='0' data-lm-suppress-shortcuts='true' style='overflow-x:auto'>"
            f"<img alt='{alt}' src='data:image/png;base64,{data}' "
            f"style='width:100%;min-width:{LEGIBLE * width:.0f}px;max-width:{min(800, LARGEST * width):.0f}px'></div>"
            f"<figcaption style='font:14px/1.45 DejaVu Sans,Verdana,sans-serif'>{alt}</figcaption></figure>"
        )
        return {"text/html": html, "text/plain": printable(self.caption)}


def picture(draw, *data, caption, size=(8, 4), columns=1, **options):
    """Draw `draw(*axes, *data, **options)` on a new figure and return it as a `Picture`.

    draw: one of this package's `draw_...` functions; caption: what is seen, in words; columns: number of axes.
    """
    figure = lesson_figure(size)
    with lesson_style():
        draw(*figure.subplots(1, columns, squeeze=False)[0], *data, **options)
    return Picture(figure, said(caption))

"""Pure drawing: numbers and words in, SVG elements out. One element is one line of text, without ids or <defs>.

Attributes stand in single quotes, which cost nothing inside JSON; double ones would swell a saved notebook by a third.
"""

import base64
import re
from html import escape

from helpers.drawing.colours import ACTOR, CARD, CRITIC, DIM, INK, INPUT, NEGATIVE, NOW, PARAMETER, POSITIVE  # noqa: F401

FONT = "DejaVu Sans,Verdana,sans-serif"


def number(value):
    """Write a number as the pictures do: three decimals, fewer from 10 up, beyond as 4.0e−5; with a real minus."""
    size = abs(value)
    if value != 0 and not 0.0005 <= size < 1000:
        form = ".1e"
    else:
        form = ".3f" if size < 9.9995 else ".2f" if size < 99.995 else ".1f"
    return typeset(format(value, form)).replace("−0.000", "0.000")


def typeset(written):
    """A number that Python has written, with a real minus and a short exponent."""
    return re.sub(r"e\+?(-?)0?", r"e\1", written).replace("-", "−")


def sign_colour(value):
    """Blue for a positive number or zero, rust for a negative one."""
    return NEGATIVE if value < 0 else POSITIVE


def words(text):
    """Escape text for SVG and HTML, in one line."""
    return escape(" ".join(str(text).split()), quote=True)


def text(x, y, content, *, size=12, bold=False, anchor="middle", fill=INK):
    """Text with its baseline at (x, y)."""
    weight = " font-weight='bold'" if bold else ""
    place = f"x='{x:.4g}' y='{y:.4g}' font-size='{size}' text-anchor='{anchor}'"
    return f"<text {place} fill='{fill}'{weight}>{words(content)}</text>"


def line(path, *, stroke=INK, width=1.2, dashed=False, opacity=1.0):
    """Stroke along an SVG path."""
    dash = " stroke-dasharray='7 4'" if dashed else ""
    fade = f" opacity='{opacity:g}'" if opacity < 1 else ""
    return f"<path d='{path}' fill='none' stroke='{stroke}' stroke-width='{width:.3g}'{dash}{fade}/>"


def rectangle(x, y, width, height, *, fill=CARD, stroke=INK, stroke_width=1.2, radius=6):
    """Box with rounded corners, given by its upper left corner."""
    place = f"x='{x:.4g}' y='{y:.4g}' width='{width:.4g}' height='{height:.4g}' rx='{radius}'"
    return f"<rect {place} fill='{fill}' stroke='{stroke}' stroke-width='{stroke_width:g}'/>"


def ground(x, y, width, height):
    """Unseen box that takes focus and click for all that stands on it; its outline is seen while it has the focus."""
    return rectangle(x, y, width, height, stroke=DIM, stroke_width=0).replace("<rect", "<rect fill-opacity='0'")


def focusable(name, label, content):
    """Group that the keyboard reaches; the player shows `label` when it has the focus."""
    return f"<g data-node='{words(name)}' tabindex='-1' role='img' aria-label='{words(label)}'>{content}</g>"


def image(picture, label):
    """HTML image of an SVG document: unlike the document itself, it passes where markup is sanitised."""
    data = base64.b64encode(picture.encode()).decode()
    return f"<img alt='{words(label)}' src='data:image/svg+xml;base64,{data}' style='max-width:100%'>"


def picture(width, height, elements, label, step=0):
    """SVG document of the elements, one on each line; `label` says in words what is seen."""
    size = f"width:100%;min-width:{0.92 * width:.0f}px;max-width:{width:.0f}px;background:{CARD}"
    head = (
        f"<svg xmlns='http://www.w3.org/2000/svg' role='group' aria-label='{words(label)}' data-step='{step}' "
        f"viewBox='0 0 {width:.0f} {height:.0f}' style='{size}' font-family='{FONT}'>"
    )
    return "\n".join([head, *elements, "</svg>"])


def pictures(width, height, frames, captions):
    """One document for each list of elements, which its caption describes."""
    return [picture(width, height, *frame, k) for k, frame in enumerate(zip(frames, captions, strict=True))]

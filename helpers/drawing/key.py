"""A small key below a picture: what its colours, dashes and widths mean."""

from helpers.drawing import svg
from helpers.drawing.heat_map import TINTS, text_width, tint

SIZE, SAMPLE = 11, 22  # of the words, and length of what stands before them
TINT = {sign: tint(svg.sign_colour(sign), TINTS[-2]) for sign in (1, -1)}
SIGNS = (("+", "positive"), ("−", "negative"))


def key(x, y, entries, gap=16):
    """One element: entries (sample, words) in a row from x on, the words' baseline at y.

    A sample is "+" or "−" for a patch with a tint of that sign's colour, "open" for a dashed outline, a colour for a
    patch of it, (colour, width, dashed) for a line, or None.
    """
    parts = ""
    for sample, words in entries:
        if sample is not None:
            parts += _drawn(x, y - 4, sample)
            x += SAMPLE + 6
        parts += svg.text(x, y, words, size=SIZE, anchor="start", fill=svg.DIM)
        x += text_width(words, SIZE) + gap
    return f"<g>{parts}</g>"


def _drawn(x, y, sample):
    if isinstance(sample, tuple):
        colour, width, dashed = sample
        return svg.line(f"M{x:.1f} {y:.1f}h{SAMPLE}", stroke=colour, width=width, dashed=dashed)
    if sample == "open":
        outline = f"M{x:.1f} {y - 5:g}h{SAMPLE}v10h-{SAMPLE}z"
        return f"<path d='{outline}' fill='none' stroke='{svg.DIM}' stroke-dasharray='2 2'/>"
    fill = {"+": TINT[1], "−": TINT[-1]}.get(sample, sample)
    return svg.rectangle(x, y - 5, SAMPLE, 10, fill=fill, stroke_width=0.6, radius=3)


def key_width(entries, gap=16):
    """How wide `key` is."""
    return sum(text_width(words, SIZE) + gap + (SAMPLE + 6) * (sample is not None) for sample, words in entries) - gap

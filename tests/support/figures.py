"""Reading matplotlib figures: where their texts stand, and how their numbers are written."""

import re

POWERS = re.compile(r"−?\d(\.\d+)?(e−?\d+)?|0")
PLAIN = re.compile(r"−?\d{1,3}(,\d{3})*(\.\d+)?")


def texts_of(figure):
    """(content, box in pixels) of every text that is seen."""
    figure.draw_without_rendering()
    every = [*figure.texts, *(text for legend in figure.legends for text in legend.get_texts())]
    for axes in figure.axes:
        every += axes.texts
        every += axes.get_legend().get_texts() if axes.get_legend() else []
        if axes.axison:
            every += [axes.title, axes._left_title, axes._right_title]
            for axis in (axes.xaxis, axes.yaxis):
                every += [axis.label, axis.offsetText, *labels_of(axis)]
    return [(text.get_text(), text.get_window_extent()) for text in every if text.get_visible() and text.get_text()]


def labels_of(axis):
    """The labels of the ticks that lie on the axis."""
    return [label for tick in axis._update_ticks() for label in (tick.label1, tick.label2) if label.get_visible()]


def overlapping_texts(figure):
    """Pairs of texts of which one lies on the other."""
    seen = texts_of(figure)
    return [
        (one, other)
        for k, (one, box) in enumerate(seen)
        for other, under in seen[:k]
        if min(box.x1, under.x1) - max(box.x0, under.x0) > 0.5 and min(box.y1, under.y1) - max(box.y0, under.y0) > 0.5
    ]


def loose_texts(figure):
    """Texts that reach out of the figure."""
    whole = figure.bbox
    return [
        content
        for content, box in texts_of(figure)
        if box.x0 < -1 or box.y0 < -1 or box.x1 > whole.width + 1 or box.y1 > whole.height + 1
    ]


def numbers_on(figure):
    """The texts of each axis of the figure."""
    figure.draw_without_rendering()
    both = [axis for axes in figure.axes if axes.axison for axis in (axes.xaxis, axes.yaxis)]
    return [texts for axis in both if (texts := [label.get_text() for label in labels_of(axis) if label.get_text()])]


def read(text):
    """The number that a tick's text writes."""
    return float(text.replace("−", "-").replace(",", ""))


def written_in_one_way(texts):
    """Whether all are plain numbers with commas, or all powers of ten; an axis of words is neither, and fine."""
    if not any(re.fullmatch(r"[−\d.,e]+", text) for text in texts):
        return True
    return any(all(form.fullmatch(text) for text in texts) for form in (POWERS, PLAIN))

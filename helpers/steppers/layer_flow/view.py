"""The layer stepper: one frame for each array operation of forward and backward, arrays as heat maps."""

from helpers.drawing import svg
from helpers.drawing.heat_map import described, plate, shape_text
from helpers.drawing.key import key, key_width
from helpers.steppers.layer_flow.layout import SIGN, layout_of, title_of
from helpers.steppers.layer_flow.trace import trace_layers
from helpers.steppers.player import Player


def show_layer_flow(params, X, loss, activation="tanh"):
    """Show forward, loss and backward through a network, one array operation at a time; returns a `Player`.

    params: list of (W, b) of shapes (d_in, d_out) and (d_out,), X: (N, d_in); loss: function of the output that returns
    (loss, doutput), such as `lambda output: softmax_cross_entropy(output, labels)`; activation: as `network.forward`.
    ValueError that names the argument beyond 4 layers, 8 units a layer or 8 rows of X, or where shapes do not fit.
    """
    recorded = trace_layers(params, X, loss, activation)
    layout = layout_of(recorded)
    frames = [frame(recorded, layout, k) for k in range(len(recorded.steps))]
    return Player(frames, [step.sentence for step in recorded.steps], "Forward and backward, layer by layer")


def frame(recorded, layout, k):
    """Draw step k of a `LayerTrace` as an SVG document: the network's arrays in a strip, the operation below."""
    step, middle = recorded.steps[k], layout.width / 2
    elements = [
        svg.text((left + right) / 2, 11, title, size=11) + svg.line(f"M{left + 2:.1f} 15H{right - 4:.1f}", width=0.8)
        for left, right, title in layout.titles
        if title
    ]
    elements.append(svg.text(middle, layout.top + 20, step.code, size=15, bold=True))
    elements.append(svg.text(middle, layout.top + 40, step.shapes, size=12))
    large = {}
    for part, cells, x, y in layout.operations[k]:
        if isinstance(part, str):
            elements += [svg.text(x, y, part, size=SIGN, bold=True)] if part else []
        else:
            fill = svg.NOW if part.name in step.results else svg.CARD
            drawn = plate(x, y, title_of(part), part.values, cells, fill)
            large[part.array] = described(title_of(part), part.values), drawn
    # Each array has the focus once in every frame, at the same place in the order: in large where it takes part.
    for i, name in enumerate(layout.places):
        known = name in step.known
        card = _card(recorded, layout, name, known, name in large)
        label = layout.labels[name] if known else f"{name}, shape {shape_text(recorded.arrays[name])}: not yet computed"
        if name in large:
            elements.append(f"<g>{card}</g>")
            label, card = large[name]
        elements.append(svg.focusable(str(i), label, card))
    for row, entries in enumerate(reversed(layout.key)):
        elements.append(key((layout.width - key_width(entries)) / 2, layout.height - 8 - 18 * row, entries))
    caption = f"Step {k + 1} of {len(recorded.steps)}. {step.sentence}"
    return svg.picture(layout.width, layout.height, elements, caption, k)


def _card(recorded, layout, name, known, hot):
    """One array of the strip: name, icon, shape."""
    (x, y), values = layout.places[name], recorded.arrays[name]
    middle, width, ink = x + (layout.column - 2) / 2, layout.column - 2, svg.INK if known else svg.DIM
    place = x, y, width, layout.card
    return (
        (svg.rectangle(*place, fill=svg.NOW, stroke_width=1.6, radius=4) if hot else svg.ground(*place))
        + svg.text(middle, y + 12, name, size=11, bold=True, fill=ink)
        + layout.icons[name][known]
        + svg.text(middle, y + layout.card - 5, shape_text(values), size=11, fill=ink)
    )

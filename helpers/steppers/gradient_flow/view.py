"""The gradient-flow stepper: one frame for each step of forward and backward, one backward step for each edge."""

import math

from helpers.calculus.graph import Value, topological_order
from helpers.drawing import svg
from helpers.steppers.gradient_flow.canonical import places_for
from helpers.steppers.gradient_flow.layout import BOX_HEIGHT, BOX_WIDTH, hand_set_layout, layered_layout
from helpers.steppers.gradient_flow.questions import asking, questions_of
from helpers.steppers.gradient_flow.trace import trace
from helpers.steppers.player import Player

MAX_NODES = 60
FOOTER = 34


def show_gradient_flow(root, inputs=("x", "y"), predict=False):
    """Show forward and backward through the expression that ends in the `Value` root; returns a `Player`.

    Leaves with a label in `inputs` are drawn as data, other labelled leaves as parameters. With predict=True it asks
    for local × upstream before each backward edge, and goes on when the reader has typed it, or asked to be shown.
    Raises TypeError when root is not a `Value`, ValueError when the expression has more than 60 nodes.
    """
    nodes = len(topological_order(root)) if isinstance(root, Value) else 0  # recording a large graph takes long
    if nodes > MAX_NODES:
        raise ValueError(f"root ends a graph of {nodes} nodes, the stepper draws up to {MAX_NODES}: show a part of it")
    recorded = asking(trace(root, inputs)) if predict else trace(root, inputs)
    layout = layout_of(recorded)
    frames = [frame(recorded, layout, k) for k in range(len(recorded.steps))]
    captions = [step.sentence for step in recorded.steps]
    label = f"Gradient flow through {recorded.nodes[-1].label}"
    return Player(frames, captions, label, questions=questions_of(recorded))


def layout_of(recorded):
    """Return the hand-set layout where there is one for these labels, else the layered one."""
    parents = [node.parents for node in recorded.nodes]
    places = places_for([node.label for node in recorded.nodes])
    return hand_set_layout(places, parents) if places else layered_layout(parents)


def frame(recorded, layout, k):
    """Draw step k of a `Trace` as an SVG document."""
    step = recorded.steps[k]
    walked = {edge: place for place, edge in enumerate(recorded.edges)}
    now = recorded.edges[step.edge] if step.edge is not None else None
    ready = {i for i, node in enumerate(recorded.nodes) if node.kind != "operation"}
    ready |= set([i for i, node in enumerate(recorded.nodes) if node.kind == "operation"][: step.known])
    last = -1 if step.kind in ("given", "forward", "seed") else len(walked) if step.edge is None else step.edge
    last -= step.kind == "asked"  # its edge is at hand, and not yet walked
    lines, labels = [], []
    for edge in _all_edges(recorded.nodes):
        route = layout.routes[edge]
        e = next((e for e in recorded.edges if (e.source, e.target, e.operand) == edge), None)
        if e is not None and walked[e] <= last:
            lines.append(_walked_edge(recorded, e, route))
        elif e is not None and e == now:
            lines.append(svg.line(_path(route), width=2.2))
        else:
            lines.append(svg.line(_path(route), width=1.1, opacity=1 if edge[1] in ready else 0.45, stroke=svg.DIM))
        if e is not None and e == now:
            (x1, y1), (x2, y2) = route[-2:]
            labels.append(svg.pill((x1 + x2) / 2, (y1 + y2) / 2, f"×{svg.number(e.local)}"))
    hot = {step.node, now.target} if now else {step.node} if step.kind in ("forward", "seed") else set()
    boxes = [_box(recorded, layout, step, i, i in ready, i in hot, last) for i in range(len(recorded.nodes))]
    width = layout.width
    formula = svg.text(width / 2, layout.height + 16, step.formula, size=_fitting(step.formula, width - 24))
    caption = f"Step {k + 1} of {len(recorded.steps)}. {step.sentence}"
    return svg.picture(width, layout.height + FOOTER, [*lines, *boxes, *labels, formula], caption, k)


def _all_edges(nodes):
    return [(source, i, operand) for i, node in enumerate(nodes) for operand, source in enumerate(node.parents)]


def _walked_edge(recorded, e, route):
    contribution = e.local * recorded.steps[-1].gradients[e.target]
    largest = max(abs(e.local * recorded.steps[-1].gradients[e.target]) for e in recorded.edges) or 1.0
    colour = svg.sign_colour(contribution)
    share = abs(contribution) / largest
    width = 1.4 + 3.6 * (share if math.isfinite(share) else 0.5)  # inf / inf says nothing
    (x, y), (x2, y2), wing = route[0], route[1], 3.6 + 0.9 * width
    head = f"l-{wing:.1f} 9h{2 * wing:.1f}z" if y2 - y > 1 else f"l{9 if x2 > x else -9} -{wing:.1f}v{2 * wing:.1f}z"
    return (
        svg.line(_path(route), stroke=colour, width=width, dashed=contribution < 0)
        + f"<path d='M{x:.1f} {y:.1f}{head}' fill='{colour}'/>"
    )


def _path(route):
    (x, y), parts = route[0], [f"M{route[0][0]:.1f} {route[0][1]:.1f}"]
    for x2, y2 in route[1:]:
        middle = (y + y2) / 2
        straight = abs(x2 - x) < 0.05 or abs(y2 - y) < 12
        parts.append(
            f"L{x2:.1f} {y2:.1f}" if straight else f"C{x:.1f} {middle:.1f} {x2:.1f} {middle:.1f} {x2:.1f} {y2:.1f}"
        )
        x, y = x2, y2
    return "".join(parts)


def _box(recorded, layout, step, i, ready, hot, last):
    node, (cx, cy) = recorded.nodes[i], layout.centres[i]
    x, y = cx - BOX_WIDTH / 2, cy - BOX_HEIGHT / 2
    gradient = step.gradients.get(i)
    fill = {"parameter": svg.PARAMETER, "input": svg.INPUT, "constant": svg.INPUT}.get(node.kind, svg.CARD)
    formula = f" = {node.formula}" if node.formula not in ("", node.label) else ""
    label = f"{node.label}{formula} = {svg.number(node.value)}" if ready else f"{node.label}{formula}"
    parts = [
        svg.rectangle(x, y, BOX_WIDTH, BOX_HEIGHT, fill=svg.NOW if hot else fill, stroke_width=2.6 if hot else 1.2),
        svg.line(f"M{x:.1f} {y + 20:.1f}h{BOX_WIDTH}", width=0.8),
    ]
    arrived, expected = _contributions(recorded, i, last)
    many = expected > 1 and arrived > 0
    parts.append(svg.text(cx - 21 if many else cx, y + 14.5, _short(node.label, 6 if many else 11), bold=True))
    if many:
        parts.append(svg.text(x + BOX_WIDTH - 5, y + 14.5, f"+= {arrived}/{expected}", size=10, anchor="end"))
    value = svg.number(node.value) if ready else "·"
    if node.kind == "constant":
        parts.append(svg.text(cx, y + 35, "constant", size=11))
    else:
        parts.append(svg.line(f"M{cx:.1f} {y + 20:.1f}v{BOX_HEIGHT - 20}", width=0.8))
        parts.append(svg.text(x + BOX_WIDTH / 4, y + 35, value, size=_digits(value)))
    if gradient is not None:
        label += f"; ∂{recorded.nodes[-1].label}/∂{node.label} = {svg.number(gradient)}"
        label += f" ({arrived} of {expected} contributions)" if arrived < expected else ""
        colour = svg.sign_colour(gradient)
        text = svg.number(gradient)
        parts.append(svg.text(x + 0.75 * BOX_WIDTH, y + 35, text, size=_digits(text), bold=True, fill=colour))
    return svg.focusable(str(i), label, "".join(parts))


def _contributions(recorded, i, last):
    places = [k for k, edge in enumerate(recorded.edges) if edge.source == i]
    return sum(k <= last for k in places), len(places)


def _short(text, length):
    return text if len(text) <= length else text[: length - 1] + "…"


def _digits(text):
    return 11 if len(text) <= 7 else 9  # half a box wide


def _fitting(text, width):
    return f"{min(13.0, width / (0.62 * len(text))):.3g}"

"""The finished picture of a gradient flow as one SVG with named parts: every value, every gradient, every ribbon.

The parts are groups in the order of the data: `e` for an edge (wire, the three pieces `r` of its ribbon, tip, factor),
`n` for a box (name, op, value, band, grad, delta), `token` for a number on its way along an edge. The script changes
these.
"""

from functools import cache

from helpers.drawing.library import SCRIPTS
from helpers.drawing.svg import number, typeset, words
from helpers.steppers.gradient_flow.plan import HEIGHT, WIDTH

SIGNS = {"tanh": "tanh", "sigmoid": "σ", "+": "+", "*": "×", "exp": "exp", "log": "log", "ReLU": "ReLU"}
CLASSES = {"parameter": "p", "input": "x", "constant": "k", "operation": "f"}
LONGEST = 9  # letters in the first line of a box


def brief(value):
    """The number without zeros at its end; a small one keeps three digits, since it is multiplied."""
    text = typeset(f"{value:.3g}") if 0.0005 <= abs(value) < 0.0995 else number(value)
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


def sign(value):
    """Class of a number: 'pos', 'neg' or 'zero'."""
    return "neg" if value < 0 else "pos" if value > 0 else "zero"


def width_of(value, largest):
    """Width of a ribbon, 1.2 to 15 px; it grows like a root, so that small gradients are seen too."""
    return min(15.0, 1.2 + 10 * (abs(value) / largest) ** 0.5)


def draw(nodes, plan, largest, label):
    """Return the SVG document of the finished picture in this plan."""
    width, height = plan["size"]
    edges = [(p, i, k) for i, node in enumerate(nodes) for k, p in enumerate(node.parents)]
    head = f"<svg xmlns='http://www.w3.org/2000/svg' class='ftg-svg ftg-still' viewBox='0 0 {width} {height}' "
    parts = [
        f"{head}role='group' aria-label='{words(label)}'><style>{_style()}</style>",
        *(_edge(nodes, *edge, course, largest) for edge, course in zip(edges, plan["edges"], strict=True)),
        *(_box(node, *centre) for node, centre in zip(nodes, plan["centres"], strict=True)),
        "<g class='token'><rect/><text/></g>" * len(edges),
    ]
    return "".join(parts) + "</svg>"


def _edge(nodes, source, target, operand, course, largest):
    node, (x, y, angle) = nodes[target], course["tip"]
    upstream, part = node.gradient, node.locals[operand] * node.gradient
    bare = nodes[source].kind == "constant" or not (upstream and part)  # elsewhere the ribbon covers the wire
    wire = f"<path class='wire' d='{''.join(course['pieces'])}L{x} {y}'/>" if bare else "<path class='wire'/>"
    if nodes[source].kind == "constant":
        return f"<g class='e'>{wire}</g>"
    wing = max(4.5, width_of(part, largest) / 2 + 3)
    head = f"d='M0 0l-9 -{wing:.1f}v{2 * wing:.1f}z' transform='translate({x} {y}) rotate({angle})'"
    tip = f"<path class='tip {sign(part)}' {head}{_hidden(part)}/>"
    u, v = course["factor"]
    written = f"<text class='factor' transform='translate({u} {v})'>×{brief(node.locals[operand])}</text>"
    factor = "" if node.op == "+" else written  # ×1 is not written
    return f"<g class='e'>{wire}{_ribbon(upstream, part, course, largest)}{tip}{factor}</g>"


def _ribbon(upstream, part, course, largest):
    first, last = (width_of(value, largest) for value in (upstream, part))
    before, _, behind = course["pieces"]
    neck = f"<path class='r neck {sign(part)}' d='{_neck(course['neck'], first, last)}'{_hidden(part)}/>"
    return _half(upstream, before, first) + neck + _half(part, behind, last)


def _half(value, piece, width):
    dashes = " stroke-dasharray='7 4'" if value < 0 else ""
    return f"<path class='r {sign(value)}' d='{piece}' stroke-width='{width:.2f}'{dashes}{_hidden(value)}/>"


def _neck(ends, first, last):
    """Outline of the stretch on which a ribbon goes from its first width to its last."""
    (a, b, m, n), (x, y, u, v) = ends
    sides = [(a + m * w, b + n * w, x + u * r, y + v * r) for w, r in ((first / 2, last / 2), (-first / 2, -last / 2))]
    (p, q, r, s), (t, o, k, z) = sides
    return f"M{p:.1f} {q:.1f}L{r:.1f} {s:.1f} {k:.1f} {z:.1f} {t:.1f} {o:.1f}z"


def _hidden(value):
    return "" if value else " visibility='hidden'"


def _box(node, x, y):
    w, h = WIDTH / 2, HEIGHT / 2
    place = f"<g class='n {CLASSES[node.kind]}' transform='translate({x} {y})'>"
    frame = f"<rect class='box' x='{-w:g}' y='{-h:g}' width='{WIDTH}' height='{HEIGHT}' rx='10'/>"
    if node.kind == "constant":
        return f"{place}{frame}<text class='value' y='5'>{words(brief(node.value))}</text></g>"
    op = SIGNS.get(node.op, node.op if len(node.op) < 5 else "")
    op = op if len(node.name) + len(op) < LONGEST - 1 else ""
    name = node.name if len(node.name) <= LONGEST else node.name[: LONGEST - 1] + "…"
    narrow = f" textLength='{WIDTH - 14}' lengthAdjust='spacingAndGlyphs'" if len(name) > 7 else ""
    band = f"M{-w:g} {h - 22:g}h{WIDTH}v12a10 10 0 0 1 -10 10h{20 - WIDTH}a10 10 0 0 1 -10 -10z"
    return (
        f"{place}{frame}<path class='band {sign(node.gradient)}' d='{band}'/>"
        f"<text class='name' x='{8 - w:g}' y='{17 - h:g}'{narrow}>{words(name)}</text>"
        f"<text class='op' x='{w - 7:g}' y='{17 - h:g}'>{words(op)}</text>"
        f"<text class='value' y='{36 - h:g}'>{number(node.value)}</text>"
        f"<text class='grad {sign(node.gradient)}' y='{h - 6:g}'>{number(node.gradient)}</text>"
        "<g class='delta'><rect/><text/></g></g>"
    )


@cache
def _style():
    return words((SCRIPTS / "still.css").read_text("utf-8"))

"""Where the boxes stand and how the edges run, to the right in a wide picture and downwards in a tall one.

Everything is computed in (s, c): s along the flow, from the leaves to the root, c across it. A wide picture has s to
the right, a tall one downwards. Sizes are in SVG units, one pixel at full size.
"""

import math
from typing import NamedTuple

from helpers.steppers.gradient_flow.canonical import places_for
from helpers.steppers.gradient_flow.factor_places import factor_places
from helpers.steppers.gradient_flow.layering import layered

WIDTH, HEIGHT = 82, 64  # of a box
TIP = 9  # length of an arrow head
MARGIN = 20
CUTS = (0.4, 0.47, 0.53, 0.6)  # where an edge is cut into pieces, from its target back to its source


class Kind(NamedTuple):
    """One of the two orientations."""

    wide: bool
    along: int  # from layer to layer
    across: int  # from box to box in a layer
    bend: int  # room of an edge that passes a layer
    port: int  # between edges that arrive at one box
    text: tuple  # width and height of a factor; a tall picture is shown smaller, so its factors are larger

    @property
    def half(self):
        """Half a box, along and across."""
        return (WIDTH / 2, HEIGHT / 2) if self.wide else (HEIGHT / 2, WIDTH / 2)

    def turned(self, point):
        """(s, c) as (x, y), and the other way round."""
        return point if self.wide else point[::-1]


KINDS = {
    "wide": Kind(True, WIDTH + 62, HEIGHT + 18, 24, 15, (52, 14)),
    "tall": Kind(False, HEIGHT + 44, WIDTH + 20, 24, 24, (62, 17)),
}


def plan_of(labels, parents, kind):
    """Return the plan as plain data for the script: size, centres of the boxes, and for each edge its course.

    A course: pieces, five SVG paths from the target's box back to the source's; lengths of these; tip, (x, y, angle) of
    the arrow head; factor, (x, y, anchor) of the text beside the edge.
    """
    kind = KINDS[kind]
    hand = places_for(labels, kind.wide)
    box = (kind.across, kind.bend)
    places, bends = ([(s, c * kind.across) for s, c in hand], {}) if hand else layered(parents, *box)
    centres = [(s * kind.along, c) for s, c in places]
    through = {edge: [(s * kind.along, c) for s, c in path] for edge, path in bends.items()}
    every = [*centres, *(point for path in through.values() for point in path)]
    low = [min(point[k] for point in every) - kind.half[k] - MARGIN for k in (0, 1)]
    size = [max(point[k] for point in every) - low[k] + kind.half[k] + MARGIN for k in (0, 1)]
    centres = [(s - low[0], c - low[1]) for s, c in centres]
    through = {edge: [(s - low[0], c - low[1]) for s, c in path] for edge, path in through.items()}
    edges = [(p, i, k) for i, ps in enumerate(parents) for k, p in enumerate(ps)]
    ends = {edge: _ends(edge, edges, centres, through, kind) for edge in edges}
    courses = [_course(*ends[edge], through.get(edge, []), kind) for edge in edges]
    boxes = [kind.turned(centre) for centre in centres]
    factors = factor_places([course.pop("points") for course in courses], boxes, (WIDTH, HEIGHT), kind.text)
    return {
        "size": [math.ceil(side) for side in kind.turned(size)],
        "centres": [[round(x), round(y)] for x, y in boxes],
        "edges": [course | {"factor": place} for course, place in zip(courses, factors, strict=True)],
    }


def _ends(edge, edges, centres, through, kind):
    """Where an edge leaves its source and where it meets its target, and the direction in which it leaves."""
    source, target, _ = edge
    (s1, c1), (s2, c2) = centres[source], centres[target]
    along, across = kind.half
    if abs(s2 - s1) < 2 * along:  # neighbours in one layer
        side = 1 if c2 > c1 else -1
        return (s1, c1 + side * across), (s2, c2 - side * across), (0, side)
    coming = sorted((e for e in edges if e[1] == target), key=lambda e: (_near(e, through, centres, -1), e[2]))
    going = sorted((e for e in edges if e[0] == source), key=lambda e: (_near(e, through, centres, 0), e[1], e[2]))
    room = min(kind.port, 2 * (across - 12) / len(going))
    leaves = c1 + (going.index(edge) - (len(going) - 1) / 2) * room
    meets = c2 + (coming.index(edge) - (len(coming) - 1) / 2) * kind.port
    return (s1 + along, leaves), (s2 - along, meets), (1, 0)


def _near(edge, through, centres, end):
    """Distance across at which an edge passes the layer next to its target (end = -1) or its source (0)."""
    path = through.get(edge)
    return path[end][1] if path else centres[edge[0] if end else edge[1]][1]


def _course(start, end, out, through, kind):
    head = (start[0] + TIP * out[0], start[1] + TIP * out[1])
    bends = [(s + side, c) for s, c in through for side in (-kind.half[0], kind.half[0])]
    curves = [_curve(p, q, out[0]) for p, q in _pairs([end, *reversed(bends), head])]
    pieces = _cut(curves)
    points = [kind.turned(p) for p in (start, out)]
    angle = round(math.degrees(math.atan2(-points[1][1], -points[1][0])))
    return {
        "pieces": [_path(piece, kind) for piece in pieces],
        "lengths": [round(sum(map(_length, piece)), 1) for piece in pieces],
        "tip": [round(points[0][0]), round(points[0][1]), angle],
        "points": [kind.turned(point) for piece in pieces for curve in piece for point in _points(curve)],
    }


def _pairs(points):
    return zip(points, points[1:], strict=False)


def _curve(p, q, along):
    """Cubic from p to q that leaves and arrives along the flow; straight between neighbours in one layer."""
    if not along:
        return p, _between(p, q, 1 / 3), _between(p, q, 2 / 3), q
    middle = (p[0] + q[0]) / 2
    return p, (middle, p[1]), (middle, q[1]), q


def _cut(curves):
    """Cut a chain of cubics at CUTS, as shares of its length; returns one list of cubics for each piece."""
    lengths = [_length(curve) for curve in curves]
    pieces, rest, walked = [], list(zip(curves, lengths, strict=True)), 0.0
    for cut in CUTS:
        piece, goal = [], cut * sum(lengths)
        while rest and walked + rest[0][1] <= goal:
            walked += rest[0][1]
            piece.append(rest.pop(0)[0])
        curve, length = rest.pop(0)
        first, second = _halves(curve, (goal - walked) / length)
        rest.insert(0, (second, length - (goal - walked)))
        walked = goal
        pieces.append([*piece, first])
    return [*pieces, [curve for curve, _ in rest]]


def _halves(curve, t):
    """de Casteljau: the cubic cut at t."""
    a, b, c, d = curve
    ab, bc, cd = _between(a, b, t), _between(b, c, t), _between(c, d, t)
    abc, bcd = _between(ab, bc, t), _between(bc, cd, t)
    middle = _between(abc, bcd, t)
    return (a, ab, abc, middle), (middle, bcd, cd, d)


def _between(p, q, t):
    return p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t


def _points(curve, steps=8):
    points, rest = [curve[0]], curve
    for k in range(steps):
        first, rest = _halves(rest, 1 / (steps - k))
        points.append(first[3])
    return points


def _length(curve):
    return sum(math.dist(p, q) for p, q in _pairs(_points(curve)))


def _path(piece, kind):
    """The cubics as one SVG path."""
    (x, y), turned = kind.turned(piece[0][0]), kind.turned
    curves = "".join("C" + " ".join(f"{u:.0f} {v:.0f}" for u, v in map(turned, curve[1:])) for curve in piece)
    return f"M{x:.0f} {y:.0f}{curves}"

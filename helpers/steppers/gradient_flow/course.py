"""The course of an edge: cubics that leave and arrive along the flow, cut in the middle, where the factor stands."""

import math

TIP = 9  # length of an arrow head
SEAM = 0.7  # by which two parts of a ribbon overlap
NECK = 14  # length of the middle of an edge, where the factor stands and the ribbon changes its width


def course_of(start, end, out, through, kind):
    """Return the way of an edge from its target's box at `end` back to its source's at `start`, as plain data.

    out: the direction in which it leaves the source; through: points in the layers that it passes; all in (s, c).
    pieces: three SVG paths, of which the middle one is the neck; lengths of these; neck: its two ends as (x, y) and the
    unit normal there; tip: (x, y, angle) of the arrow head; points: along the way, for those who want to keep off it.
    """
    head = (start[0] + TIP * out[0], start[1] + TIP * out[1])
    bends = [(s + side, c) for s, c in through for side in (-kind.half[0], kind.half[0])]
    curves = [_curve(p, q, out[0]) for p, q in _pairs([end, *reversed(bends), head])]
    pieces = _cut(curves)
    points = [kind.turned(p) for p in (start, out)]
    angle = round(math.degrees(math.atan2(-points[1][1], -points[1][0])))
    return {
        "pieces": [_path(piece, kind) for piece in pieces],
        "lengths": [round(sum(map(_length, piece)), 1) for piece in pieces],
        "neck": [_across(*map(kind.turned, pieces[0][-1][2:])), _across(*map(kind.turned, pieces[2][0][1::-1]), -1)],
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
    """Cut a chain of cubics on both sides of its middle; returns one list of cubics for each of the three pieces."""
    lengths = [_length(curve) for curve in curves]
    pieces, rest, walked = [], list(zip(curves, lengths, strict=True)), 0.0
    for goal in ((sum(lengths) - NECK) / 2, (sum(lengths) + NECK) / 2):
        piece = []
        while rest and walked + rest[0][1] <= goal:
            walked += rest[0][1]
            piece.append(rest.pop(0)[0])
        curve, length = rest.pop(0)
        first, second = _halves(curve, (goal - walked) / length)
        rest.insert(0, (second, length - (goal - walked)))
        walked = goal
        pieces.append([*piece, first])
    return [*pieces, [curve for curve, _ in rest]]


def _across(before, end, way=1):
    """A point shortly before the end of a curve, and the unit normal; before: its control point next to the end."""
    x, y = ((a - b) / math.dist(before, end) for a, b in zip(before, end, strict=True))
    return [round(v, 2) for v in (end[0] + SEAM * x, end[1] + SEAM * y, way * y, -way * x)]


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

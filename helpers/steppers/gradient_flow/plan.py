"""Where the boxes stand and how the edges run, to the right in a wide picture and downwards in a tall one.

Everything is computed in (s, c): s along the flow, from the leaves to the root, c across it. A wide picture has s to
the right, a tall one downwards. Sizes are in SVG units, one pixel at full size.
"""

import math
from typing import NamedTuple

from helpers.steppers.gradient_flow.canonical import places_for
from helpers.steppers.gradient_flow.course import course_of
from helpers.steppers.gradient_flow.factor_places import factor_places
from helpers.steppers.gradient_flow.layering import layered

WIDTH, HEIGHT = 82, 64  # of a box
MARGIN, BESIDE = 20, 46  # around the boxes; beside those of a tall picture that is narrow, so that factors have room
NARROW = 340


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
    "wide": Kind(True, WIDTH + 62, HEIGHT + 18, 24, 15, (56, 15)),
    "tall": Kind(False, HEIGHT + 44, WIDTH + 20, 24, 24, (72, 19)),
}


def plan_of(labels, parents, kind):
    """Return the plan as plain data for the script: size, centres of the boxes, and for each edge its course.

    With each course stands the factor's place, (x, y) of the middle of its baseline.
    """
    kind = KINDS[kind]
    hand = places_for(labels, kind.wide)
    box = (kind.across, kind.bend)
    places, bends = ([(s, c * kind.across) for s, c in hand], {}) if hand else layered(parents, *box)
    centres = [(s * kind.along, c) for s, c in places]
    through = {edge: [(s * kind.along, c) for s, c in path] for edge, path in bends.items()}
    every = [*centres, *(point for path in through.values() for point in path)]
    first, last = ([act(point[k] for point in every) for k in (0, 1)] for act in (min, max))
    narrow = not kind.wide and last[1] - first[1] + 2 * (kind.half[1] + BESIDE) <= NARROW
    margin = MARGIN, BESIDE if narrow else MARGIN
    low = [first[k] - kind.half[k] - margin[k] for k in (0, 1)]
    size = [last[k] - low[k] + kind.half[k] + margin[k] for k in (0, 1)]
    centres = [(s - low[0], c - low[1]) for s, c in centres]
    through = {edge: [(s - low[0], c - low[1]) for s, c in path] for edge, path in through.items()}
    edges = [(p, i, k) for i, ps in enumerate(parents) for k, p in enumerate(ps)]
    ends = {edge: _ends(edge, edges, centres, through, kind) for edge in edges}
    courses = [course_of(*ends[edge], through.get(edge, []), kind) for edge in edges]
    boxes, size = [kind.turned(centre) for centre in centres], [math.ceil(side) for side in kind.turned(size)]
    factors = factor_places([course.pop("points") for course in courses], boxes, (WIDTH, HEIGHT), kind.text, size)
    return {
        "size": size,
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

"""Where the factors stand: each beside its own edge, off boxes, ribbons and other factors as far as there is room."""

import numpy as np

CLEAR = 7  # half a usual ribbon
STEPS = (14, 20, 28, 36)  # distances from the edge that are tried


def factor_places(courses, boxes, box, text, size):
    """Return the middle of the baseline, [x, y], of each edge's factor.

    courses: for each edge the points along it; boxes: centres; box, text, size: width and height of a box, of a factor
    and of the picture. Places are tried on both sides of the middle half of the edge; the one that covers least is
    taken, the nearest among equals.
    """
    courses = [_thinned(np.array(course)) for course in courses]
    ribbons = np.concatenate([np.empty((0, 2)), *courses])
    boxes, taken, places = np.array(boxes, float), np.empty((0, 2)), []
    half = np.array(text) / 2
    for points in courses:
        tried = _candidates(points)
        covered = 100.0 * _count(tried, boxes, half + np.array(box) / 2 + 2)
        covered += 1.0 * _count(tried, ribbons, half + CLEAR)
        covered += 50.0 * _count(tried, taken, 2 * half)
        covered += 100.0 * ((tried < half) | (tried > size - half)).any(axis=1)
        away = np.linalg.norm(tried[:, None] - points, axis=2).min(axis=1)
        middle = np.linalg.norm(tried - points[len(points) // 2], axis=1)
        best = tried[np.argmin(covered + 0.02 * away + 0.01 * middle)]
        taken = np.vstack([taken, best])
        places.append([round(best[0]), round(best[1] + 4)])
    return places


def _thinned(points, most=16):
    """Some of the points along an edge, evenly spread."""
    return points[np.linspace(0, len(points) - 1, min(most, len(points))).round().astype(int)]


def _candidates(points):
    """Places to both sides of the middle of an edge, and above and below it."""
    inner = points[len(points) // 4 : -len(points) // 4]
    ways = np.array([(x, y) for step in STEPS for x, y in ((0, -step), (0, step), (step + 18, 0), (-step - 18, 0))])
    ways = np.vstack([ways, [(x * 24, y * 13) for x in (-1, 1) for y in (-1, 1)]])
    return (inner[:, None] + ways).reshape(-1, 2)


def _count(tried, points, half):
    """How many of the points lie within half a rectangle of each place that is tried."""
    near = points[((points > tried.min(axis=0) - half) & (points < tried.max(axis=0) + half)).all(axis=1)]
    off = np.abs(tried[:, None] - near) < half
    return (off[..., 0] & off[..., 1]).sum(axis=1)

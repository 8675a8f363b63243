"""Hand-set places (column, row) for the graphs that the lessons return to, found by their labels."""

ONE_NEURON = {
    "w": (0, 0), "x": (1, 0),
    "w·x": (0.5, 1), "b": (1.8, 1),
    "z": (1.15, 2), "p": (1.15, 3),
}  # fmt: skip

ACTOR = {
    "u1": (0.6, 0), "x": (1.9, 0), "u2": (3.2, 0),
    "c1": (0, 1), "u1·x": (1.2, 1), "u2·x": (2.6, 1), "c2": (3.8, 1),
    "z1": (0.6, 2), "z2": (3.2, 2),
    "w1": (1.05, 3), "h1": (0.1, 3), "h2": (3.7, 3), "w2": (2.75, 3),
    "w1·h1": (0.5, 4), "w2·h2": (3.3, 4),
    "b": (0.4, 5), "sum": (1.6, 5),
    "z": (0.7, 6), "π": (2.25, 6), "log π": (3.8, 6),
}  # fmt: skip


ACTOR_WIDE = {
    "u1": (0, 0.42), "x": (0, 1.5), "u2": (0, 2.58),
    "c1": (1, 0), "u1·x": (1, 1), "u2·x": (1, 2), "c2": (1, 3),
    "z1": (2, 0.5), "z2": (2, 2.5),
    "w1": (3, 0), "h1": (3, 1), "h2": (3, 2), "w2": (3, 3),
    "w1·h1": (4, 0.5), "w2·h2": (4, 2.5),
    "b": (5, 0.42), "sum": (5, 1.5),
    "z": (6, 1.5), "π": (7, 1.5), "log π": (8, 1.5),
}  # fmt: skip


def places_for(labels, wide):
    """Return the hand-set places (layer, across) of a graph with exactly these labels, in their order, or None."""
    if wide and sorted(labels) == sorted(ACTOR_WIDE):
        return [ACTOR_WIDE[label] for label in labels]
    for places in (ONE_NEURON, ACTOR):
        if sorted(labels) == sorted(places):
            return [places[label][::-1] for label in labels]
    return None

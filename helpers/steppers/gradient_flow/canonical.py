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
    "w1": (1.4, 3), "h1": (0.2, 3), "h2": (3.6, 3), "w2": (2.4, 3),
    "w1·h1": (0.8, 4), "w2·h2": (3.0, 4),
    "b": (0.6, 5), "sum": (1.9, 5),
    "z": (1.25, 6), "π": (2.75, 6), "log π": (4.25, 6),
}  # fmt: skip


def places_for(labels):
    """Return the hand-set places of a graph with exactly these labels, in their order, or None."""
    for places in (ONE_NEURON, ACTOR):
        if sorted(labels) == sorted(places):
            return [places[label] for label in labels]
    return None

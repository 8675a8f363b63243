"""Layered drawing of a directed graph, after Sugiyama, Tagawa & Toda (IEEE Trans. SMC 11, 1981).

Rows are layers, from the leaves at the top to the root at the bottom. An edge that spans several rows passes each row
between at a place of its own (a bend), so no edge ever runs through a box. Sizes are in pixels.
"""

from dataclasses import dataclass

BOX_WIDTH, BOX_HEIGHT = 100, 42
ROW, GAP, BEND, PORT = 82, 26, 14, 26
LEAST_WIDTH = 600  # a smaller graph stands in the middle


@dataclass(frozen=True)
class Layout:
    """centres: (x, y) of each node's box; routes: for each edge (source, target, operand) its list of points."""

    width: float
    height: float
    centres: tuple
    routes: dict


def layered_layout(parents):
    """Lay out a graph; parents[i] are the nodes that node i is computed from, all smaller than i."""
    edges = [(p, i, k) for i, ps in enumerate(parents) for k, p in enumerate(ps)]
    rows = _rows(parents)
    items, neighbours, bends = _with_bends(rows, edges)
    order = _ordered(items, neighbours)
    x = _coordinates(order, neighbours)
    centres = tuple((x[i], (rows[i] + 0.5) * ROW) for i in range(len(parents)))
    return _routed(centres, edges, {edge: [(x[b], (r + 0.5) * ROW) for b, r in path] for edge, path in bends.items()})


def hand_set_layout(places, parents):
    """Lay out a graph by hand: places[i] is the (column, row) of node i, and every edge goes straight."""
    column = BOX_WIDTH + GAP
    centres = tuple(((c + 0.5) * column, (r + 0.5) * ROW) for c, r in places)
    return _routed(centres, [(p, i, k) for i, ps in enumerate(parents) for k, p in enumerate(ps)], {})


def _rows(parents):
    depth = []
    for ps in parents:
        depth.append(1 + max((depth[p] for p in ps), default=-1))
    users = {i: [j for j, ps in enumerate(parents) if i in ps] for i in range(len(parents))}
    pulled = [min(depth[j] for j in users[i]) - 1 if users[i] and not ps else depth[i] for i, ps in enumerate(parents)]
    first = min(pulled, default=0)
    return [row - first for row in pulled]


def _with_bends(rows, edges):
    items = {i: row for i, row in enumerate(rows)}
    neighbours, bends = {i: [] for i in items}, {}
    for source, target, operand in edges:
        path = [(len(items) + k, row) for k, row in enumerate(range(rows[source] + 1, rows[target]))]
        items.update(path)
        neighbours.update({bend: [] for bend, _ in path})
        chain = [source, *(bend for bend, _ in path), target]
        for above, below in zip(chain, chain[1:], strict=False):
            neighbours[above].append(below)
            neighbours[below].append(above)
        bends[source, target, operand] = path
    return {i: (row, i < len(rows)) for i, row in items.items()}, neighbours, bends


def _ordered(items, neighbours, sweeps=12):
    layers = [[] for _ in range(1 + max(row for row, _ in items.values()))]
    for i, (row, _) in items.items():
        layers[row].append(i)
    best, fewest = [list(layer) for layer in layers], _crossings(layers, items, neighbours)
    for sweep in range(sweeps):
        down = sweep % 2 == 0
        for r in range(1, len(layers)) if down else reversed(range(len(layers) - 1)):
            fixed = {i: k for k, i in enumerate(layers[r - 1 if down else r + 1])}

            def barycentre(i, fixed=fixed, layer=layers[r]):
                places = [fixed[j] for j in neighbours[i] if j in fixed]
                return sum(places) / len(places) if places else layer.index(i)

            layers[r] = sorted(layers[r], key={i: barycentre(i) for i in layers[r]}.get)
        crossings = _crossings(layers, items, neighbours)
        if crossings < fewest:
            best, fewest = [list(layer) for layer in layers], crossings
    return [[(i, items[i][1]) for i in layer] for layer in best]


def _crossings(layers, items, neighbours):
    place = {i: k for layer in layers for k, i in enumerate(layer)}
    total = 0
    for layer in layers:
        ends = [(place[i], place[j]) for i in layer for j in neighbours[i] if items[j][0] == items[i][0] + 1]
        total += sum((a - c) * (b - d) < 0 for n, (a, b) in enumerate(ends) for c, d in ends[:n])
    return total


def _coordinates(order, neighbours, sweeps=30):
    x = {}
    for layer in order:
        x.update({i: k * (BOX_WIDTH + GAP) for k, (i, _) in enumerate(layer)})
    for sweep in range(sweeps):
        for layer in order if sweep % 2 == 0 else reversed(order):
            wishes = [
                sum(x[j] for j in neighbours[i]) / len(neighbours[i]) if neighbours[i] else x[i] for i, _ in layer
            ]
            half = [(BOX_WIDTH if is_node else BEND) / 2 + GAP / 2 for _, is_node in layer]
            x.update(zip((i for i, _ in layer), _spread(wishes, half), strict=True))
    left = min(x[i] - BOX_WIDTH / 2 for i in x)
    return {i: place - left + GAP / 2 for i, place in x.items()}


def _spread(wishes, half):
    """Places as near to the wishes as possible, in their order, each at least half[i] + half[i + 1] apart."""
    offset, blocks = 0.0, []
    for k, wish in enumerate(wishes):
        offset += half[k - 1] + half[k] if k else 0.0
        blocks.append([wish - offset, 1, [offset]])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:  # pool adjacent violators
            (a, n, first), (b, m, second) = blocks[-2:]
            blocks[-2:] = [[(a * n + b * m) / (n + m), n + m, first + second]]
    return [mean + shift for mean, _, shifts in blocks for shift in shifts]


def _routed(centres, edges, bends):
    through = {e: [(x, y + dy) for x, y in bends.get(e, []) for dy in (-BOX_HEIGHT / 2, BOX_HEIGHT / 2)] for e in edges}
    arriving_from = {e: through[e][-1] if through[e] else centres[e[0]] for e in edges}
    routes = {}
    for edge in edges:
        source, target, _ = edge
        (x1, y1), (x2, y2) = centres[source], centres[target]
        incoming = sorted((e for e in edges if e[1] == target), key=lambda e: (arriving_from[e][0], e[2]))
        twins = [e for e in incoming if e[0] == source]
        port = (incoming.index(edge) - (len(incoming) - 1) / 2) * PORT
        twin = (twins.index(edge) - (len(twins) - 1) / 2) * PORT
        if y2 - y1 >= BOX_HEIGHT:
            ends = (x1 + twin, y1 + BOX_HEIGHT / 2), (x2 + port, y2 - BOX_HEIGHT / 2)
        else:
            side = BOX_WIDTH / 2 if x1 < x2 else -BOX_WIDTH / 2
            ends = (x1 + side, y1), (x2 - side, y2)
        routes[edge] = [ends[0], *through[edge], ends[1]]
    right = max([x for x, _ in centres] + [x for route in routes.values() for x, _ in route])
    width = max(max(x for x, _ in centres) + BOX_WIDTH / 2 + GAP / 2, right + GAP)
    shift = max(0.0, (LEAST_WIDTH - width) / 2)
    centres = tuple((x + shift, y) for x, y in centres)
    routes = {edge: [(x + shift, y) for x, y in route] for edge, route in routes.items()}
    return Layout(width + 2 * shift, max(y for _, y in centres) + ROW / 2, centres, routes)

"""Layered places for a directed graph, after Sugiyama, Tagawa & Toda (IEEE Trans. SMC 11, 1981).

Layers run from the leaves to the root. An edge that spans several layers passes each one between at a place of its own
(a bend), so no edge runs through a box. Places are (layer, distance across) and know nothing of up, down or right.
"""


def layered(parents, box, bend):
    """Places of a graph; parents[i] are the nodes that node i is computed from, all smaller than i.

    box, bend: room across that a node and a passing edge need. Returns the nodes' places, a list of (layer, across),
    and for each edge (source, target, operand) the list of its bends.
    """
    edges = [(p, i, k) for i, ps in enumerate(parents) for k, p in enumerate(ps)]
    rows = _rows(parents)
    items, neighbours, bends = _with_bends(rows, edges)
    across = _across(_ordered(items, neighbours), neighbours, box, bend)
    places = [(rows[i], across[i]) for i in range(len(parents))]
    return places, {edge: [(row, across[b]) for b, row in path] for edge, path in bends.items()}


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


def _across(order, neighbours, box, bend, sweeps=30):
    x = {i: k * box for layer in order for k, (i, _) in enumerate(layer)}
    for sweep in range(sweeps):
        for layer in order if sweep % 2 == 0 else reversed(order):
            wishes = [
                sum(x[j] for j in neighbours[i]) / len(neighbours[i]) if neighbours[i] else x[i] for i, _ in layer
            ]
            half = [(box if is_node else bend) / 2 for _, is_node in layer]
            x.update(zip((i for i, _ in layer), _spread(wishes, half), strict=True))
    return x


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

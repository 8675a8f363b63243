"""Layouts: boxes do not overlap, no drawn curve runs through a box, all of it fits the picture."""

import re

import numpy as np
import pytest
from graphs import neuron
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.drawing import svg
from helpers.running_actor import actor_graph
from helpers.steppers.gradient_flow.canonical import ACTOR, ONE_NEURON
from helpers.steppers.gradient_flow.layout import BOX_HEIGHT, BOX_WIDTH, layered_layout
from helpers.steppers.gradient_flow.trace import trace
from helpers.steppers.gradient_flow.view import MAX_NODES, _path, layout_of

T = np.linspace(0, 1, 41)[:, None]


def curve(route):
    """Points on the path that the stepper draws, as an array (n, 2)."""
    points, here = [], None
    for command, numbers in re.findall(r"([MLC])([^MLC]*)", _path(route)):
        ends = np.array(numbers.split(), float).reshape(-1, 2)
        if command == "L":
            points.append(here + T * (ends[0] - here))
        elif command == "C":
            a, b, c = ends
            points.append((1 - T) ** 3 * here + 3 * (1 - T) ** 2 * T * a + 3 * (1 - T) * T**2 * b + T**3 * c)
        here = ends[-1]
    return np.concatenate(points)


def assert_sound(layout):
    centres = np.array(layout.centres)
    apart = np.abs(centres[:, None] - centres[None])
    overlap = (apart[..., 0] < BOX_WIDTH + 4) & (apart[..., 1] < BOX_HEIGHT + 4)
    assert not np.any(overlap & ~np.eye(len(centres), dtype=bool)), "boxes overlap"
    half = np.array([BOX_WIDTH, BOX_HEIGHT]) / 2
    size = np.array([layout.width, layout.height])
    assert np.all(centres - half >= 0) and np.all(centres + half <= size), "a box is outside the picture"
    for (source, target, _), route in layout.routes.items():
        points = curve(route)
        assert np.all(points >= 0) and np.all(points <= size), "an edge is outside the picture"
        inside = np.all(np.abs(points[:, None] - centres[None]) < half - 0.2, axis=2).any(axis=0)
        assert not inside.any(), f"edge {source} -> {target} runs through box {np.flatnonzero(inside)}"
        for point, node in ((points[0], source), (points[-1], target)):
            assert np.all(np.abs(point - centres[node]) <= half + 0.2), "an edge does not touch its boxes"


@st.composite
def graphs(draw, most=MAX_NODES):
    """Parents of each node, as of a graph of `Value` nodes: none, one or two, all nodes below the last."""
    parents = []
    for i in range(draw(st.integers(1, most))):
        near = st.integers(max(0, i - 3), i - 1) | st.integers(0, i - 1)
        parents.append(tuple(draw(near) for _ in range(draw(st.integers(0, 2)))) if i else ())
    below, stack = set(), [len(parents) - 1]
    while stack:
        i = stack.pop()
        if i not in below:
            below.add(i)
            stack += parents[i]
    place = {i: k for k, i in enumerate(sorted(below))}
    return [tuple(place[p] for p in parents[i]) for i in sorted(below)]


@settings(max_examples=40)
@given(graphs())
def test_random_graphs(parents):
    assert_sound(layered_layout(parents))


def chain(n):
    return [(), *((i,) for i in range(n - 1))]


def long_sum(n):
    return [(), (), (0, 1), *(pair for k in range(n // 2 - 2) for pair in ((), (2 * k + 2, 2 * k + 3)))]


def doubling(n):
    return [(), *((i, i) for i in range(n - 1))]


def fan(n):
    return [(), *((0, i) for i in range(n - 1))]


def tree(n):
    leaves = (n + 1) // 2
    return [()] * leaves + [(2 * i, 2 * i + 1) for i in range(leaves - 1)]


@pytest.mark.parametrize("shape", [chain, long_sum, doubling, fan, tree])
@pytest.mark.parametrize("n", [5, 24, 59])
def test_extreme_shapes(shape, n):
    assert_sound(layered_layout(shape(n)))


def test_a_node_alone():
    assert_sound(layered_layout([()]))


def test_layout_is_reproducible():
    assert layered_layout(fan(30)) == layered_layout(fan(30))


def test_rows_go_down_from_operand_to_result():
    parents = long_sum(20)
    layout = layered_layout(parents)
    assert all(layout.centres[p][1] < layout.centres[i][1] for i, ps in enumerate(parents) for p in ps)


@pytest.mark.parametrize("root, places", [(neuron(), ONE_NEURON), (actor_graph(), ACTOR)])
def test_hand_set_layouts(root, places):
    recorded = trace(root)
    assert sorted(node.label for node in recorded.nodes) == sorted(places)
    layout = layout_of(recorded)
    columns = {label: column for label, (column, _) in places.items()}
    widths = {node.label: centre[0] for node, centre in zip(recorded.nodes, layout.centres, strict=True)}
    assert sorted(widths, key=widths.get) == sorted(columns, key=columns.get) or len(set(columns.values())) < len(
        columns
    )
    assert_sound(layout)


def pills(layout):
    """(edge, centre) of the label ×local on each edge, as the stepper sets it."""
    return {e: np.add(route[-2], route[-1]) / 2 for e, route in layout.routes.items()}


@pytest.mark.parametrize("root", [neuron(), actor_graph()])
def test_edge_labels_cover_no_box_in_hand_set_layouts(root):
    layout = layout_of(trace(root))
    for (source, target, operand), centre in pills(layout).items():
        local = trace(root).nodes[target].locals[operand]
        size = np.array([8 * len(f"×{svg.number(local)}") + 8, 18])
        covered = np.all(np.abs(np.array(layout.centres) - centre) < (size + [BOX_WIDTH, BOX_HEIGHT]) / 2, axis=1)
        assert not covered.any(), (source, target, np.flatnonzero(covered))


@settings(max_examples=30)
@given(graphs())
def test_edge_labels_cover_no_box_in_layered_layouts(parents):
    layout = layered_layout(parents)
    centres = np.array(layout.centres)
    for edge, centre in pills(layout).items():
        covered = np.all(np.abs(centres - centre) < (np.array([80, 18]) + [BOX_WIDTH, BOX_HEIGHT]) / 2, axis=1)
        assert not covered.any(), edge

"""Where boxes, edges and factors stand, in both orientations: nothing covers a box, every edge ends at its boxes."""

import re

import numpy as np
import pytest
from graphs import neuron
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.running_actor import actor_graph
from helpers.steppers.gradient_flow.canonical import ACTOR, ACTOR_WIDE, ONE_NEURON, places_for
from helpers.steppers.gradient_flow.nodes import nodes_of
from helpers.steppers.gradient_flow.plan import HEIGHT, KINDS, WIDTH, plan_of

each_kind = pytest.mark.parametrize("kind", KINDS)


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


@st.composite
def graphs(draw):
    """Parents of a random graph in which every node leads to the last one."""
    n = draw(st.integers(2, 30))
    parents = [()]
    for i in range(1, n):
        parents.append(tuple(draw(st.lists(st.integers(0, i - 1), max_size=2))))
    below, stack = set(), [n - 1]
    while stack:
        i = stack.pop()
        if i not in below:
            below.add(i)
            stack += parents[i]
    place = {i: k for k, i in enumerate(sorted(below))}
    return [tuple(place[p] for p in parents[i]) for i in sorted(below)]


def plan_for(parents, kind):
    return plan_of([f"node {i}" for i in range(len(parents))], parents, kind)


def ends(course):
    """First and last point of an edge: at the target's box, and at the tip beside the source's."""
    numbers = [list(map(float, re.findall(r"-?[\d.]+", piece))) for piece in course["pieces"]]
    return np.array(numbers[0][:2]), np.array(course["tip"][:2])


def at_border(point, centre):
    """Whether a point lies on the border of a box, to a pixel."""
    off = np.abs(point - centre) - [WIDTH / 2, HEIGHT / 2]
    return off.max() <= 1.5 and np.abs(off).min() <= 1.5


def assert_neck(course):
    """The neck overlaps both halves of its edge, and its normals stand across the way from end to end."""
    first, last = np.array(course["neck"])
    before, _, behind = (
        np.reshape(re.findall(r"-?[\d.]+", piece), (-1, 2)).astype(float) for piece in course["pieces"]
    )
    assert np.linalg.norm(first[:2] - before[-1]) < 1.5 and np.linalg.norm(last[:2] - behind[0]) < 1.5
    for normal, way in ((first[2:], before[-1] - before[-2]), (last[2:], behind[1] - behind[0])):
        assert abs(np.linalg.norm(normal) - 1) < 0.02
        assert abs(normal @ way) <= 0.1 * np.linalg.norm(way) + 1  # paths are rounded to whole pixels
    assert first[2:] @ last[2:] > 0  # no crossed sides


def assert_sound(plan, parents):
    centres, (width, height) = np.array(plan["centres"]), plan["size"]
    low, high = centres - [WIDTH / 2, HEIGHT / 2], centres + [WIDTH / 2, HEIGHT / 2]
    assert (low >= 0).all() and (high <= [width, height]).all()
    apart = np.abs(centres[:, None] - centres) >= [WIDTH + 4, HEIGHT + 4]
    assert (apart.any(axis=2) | np.eye(len(centres), dtype=bool)).all()
    edges = [(p, i) for i, ps in enumerate(parents) for p in ps]
    assert len(plan["edges"]) == len(edges)
    for (source, target), course in zip(edges, plan["edges"], strict=True):
        first, last = ends(course)
        assert at_border(first, centres[target]) and at_border(last, centres[source])
        assert len(course["pieces"]) == len(course["lengths"]) == 3 and min(course["lengths"]) >= 0
        assert_neck(course)
        assert 0 <= course["factor"][0] <= width and 0 <= course["factor"][1] <= height
    json_like = str(plan)
    assert "nan" not in json_like and "inf" not in json_like


@each_kind
@settings(max_examples=40)
@given(parents=graphs())
def test_random_graphs(kind, parents):
    assert_sound(plan_for(parents, kind), parents)


@each_kind
@pytest.mark.parametrize("shape", [chain, long_sum, doubling, fan, tree])
@pytest.mark.parametrize("n", [5, 24, 59])
def test_extreme_shapes(kind, shape, n):
    assert_sound(plan_for(shape(n), kind), shape(n))


@each_kind
def test_a_node_alone_and_reproducible(kind):
    assert_sound(plan_for([()], kind), [()])
    assert plan_for(fan(30), kind) == plan_for(fan(30), kind)


@pytest.mark.parametrize("kind, axis", [("wide", 0), ("tall", 1)])
def test_results_lie_behind_their_operands(kind, axis):
    parents = long_sum(20)
    centres = plan_for(parents, kind)["centres"]
    assert all(centres[p][axis] < centres[i][axis] for i, ps in enumerate(parents) for p in ps)


@each_kind
@pytest.mark.parametrize("root", [neuron(), actor_graph()])
def test_hand_set_places_are_sound(kind, root):
    nodes = nodes_of(root)
    labels, parents = [node.label for node in nodes], [node.parents for node in nodes]
    assert places_for(labels, kind == "wide") is not None
    plan = plan_of(labels, parents, kind)
    assert_sound(plan, parents)
    centres = np.array(plan["centres"])
    factors = np.array([course["factor"] for course in plan["edges"]]) - [0, 4]
    away = np.abs(factors[:, None] - centres) >= np.array([WIDTH, HEIGHT]) / 2 + [20, 5]
    written = [nodes[i].op != "+" for i, ps in enumerate(parents) for _ in ps]
    assert away.any(axis=2).all(axis=1)[written].all()


def test_hand_set_places_name_the_same_nodes():
    assert sorted(ACTOR) == sorted(ACTOR_WIDE) and places_for([*ONE_NEURON, "more"], wide=True) is None


@each_kind
def test_factors_keep_apart_from_each_other_in_the_actor(kind):
    nodes = nodes_of(actor_graph())
    plan = plan_of([node.label for node in nodes], [node.parents for node in nodes], kind)
    written = [nodes[i].op != "+" for i, node in enumerate(nodes) for _ in node.parents]
    places = np.array([course["factor"] for course in plan["edges"]])[written]
    apart = np.abs(places[:, None] - places) >= [48, 13]
    assert (apart.any(axis=2) | np.eye(len(places), dtype=bool)).all()

"""The layer stepper: its numbers are the network's, every line of code gives what it shows, and nothing overlaps."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outputs import assert_complete, saved_size
from pictures import (
    assert_frames_sound,
    assert_laid_out,
    contrast,
    inside,
    nodes_of,
    overlapping,
    rectangle_of,
    texts_of,
    trees_of,
    written,
)

from helpers.drawing import svg
from helpers.drawing.heat_map import TINTS, short_number, tint
from helpers.networks.activations import ACTIVATIONS
from helpers.networks.losses import mean_squared_error, softmax_cross_entropy
from helpers.networks.network import backward, forward, init_params
from helpers.running_actor import CELLS, THETA0, probabilities
from helpers.steppers import show_layer_flow
from helpers.steppers.layer_flow.layout import NARROW, WIDTH, layout_of
from helpers.steppers.layer_flow.trace import trace_layers
from helpers.steppers.layer_flow.view import frame

U1, U2, C1, C2, W1, W2, B = THETA0
ACTOR = [(np.array([[U1, U2]]), np.array([C1, C2])), (np.array([[W1], [W2]]), np.array([B]))]
BATCH = CELLS[:, None]


def log_right(output):
    """Sum of log pi(right | cell) over the batch, and its gradient."""
    pi = 1 / (1 + np.exp(-output))
    return np.sum(np.log(pi)), 1 - pi


def case(sizes=(8, 8, 8, 8, 8), rows=8, seed=0, scale="glorot", activation="tanh", kind="squares"):
    """Arguments of `show_layer_flow` for a random network."""
    rng = np.random.default_rng(seed)
    params = [(W, rng.normal(size=b.shape)) for W, b in init_params(sizes, rng, scale)]
    X, target = rng.normal(size=(rows, sizes[0])), rng.normal(size=(rows, sizes[-1]))
    labels = rng.integers(0, sizes[-1], rows)
    losses = {"squares": lambda z: mean_squared_error(z, target), "labels": lambda z: softmax_cross_entropy(z, labels)}
    return params, X, losses[kind], activation


@st.composite
def cases(draw):
    unit = st.integers(1, 8)
    return case(
        draw(st.lists(unit, min_size=2, max_size=5)),
        draw(unit),
        draw(st.integers(0, 99)),
        draw(st.sampled_from(["glorot", "zero", 1e-3, 40.0])),
        draw(st.sampled_from(list(ACTIVATIONS))),
        draw(st.sampled_from(["squares", "labels"])),
    )


CASES = {
    "actor": (ACTOR, BATCH, log_right),
    "largest": case(),
    "largest, sigmoid": case(activation="sigmoid", kind="labels"),
    "large numbers": case(scale=300.0, activation="relu"),
    "tiny numbers": case(scale=1e-4),
    "one number": case((1, 1), 1),
    "wide, narrow": case((8, 1, 8, 1), 1),
}


@pytest.fixture(scope="module", params=CASES)
def shown(request):
    recorded = trace_layers(*CASES[request.param])
    layout = layout_of(recorded)
    frames = [frame(recorded, layout, k) for k in range(len(recorded.steps))]
    return recorded, layout, [ElementTree.fromstring(drawn) for drawn in frames]


# The numbers


@settings(max_examples=40)
@given(cases())
def test_every_gradient_is_the_networks(arguments):
    params, X, loss, activation = arguments
    recorded = trace_layers(*arguments)
    output, cache = forward(params, X, activation)
    value, doutput = loss(output)
    results = {part.name: part.values for step in recorded.steps for part in step.operands if part.name in step.results}
    for k, (dW, db) in enumerate(backward(params, cache, doutput), start=1):
        assert np.array_equal(results[f"dW{k}"], dW) and np.array_equal(results[f"db{k}"], db)
    last = len(params)
    assert np.array_equal(results[f"z{last}"], output) and np.array_equal(results[f"dz{last}"], doutput)
    assert results["L"] == value
    for k, h in enumerate(cache.inputs[1:], start=1):
        assert np.array_equal(results[f"h{k}"], h)
    for name, values in recorded.arrays.items():
        if f"d{name}" in recorded.arrays:
            assert recorded.arrays[f"d{name}"].shape == values.shape


@settings(max_examples=40)
@given(cases())
def test_every_line_of_code_gives_what_is_shown(arguments):
    _, X, loss, activation = arguments
    activate, slope = ACTIVATIONS[activation]
    recorded = trace_layers(*arguments)
    names = {activation: lambda z: activate(z.copy()), f"{activation}_slope": slope, "L_of": loss}
    names |= {name: values for name, values in recorded.arrays.items() if name[0] in "XWb"}
    for step in recorded.steps:
        exec(step.code, names)  # with what earlier lines have left
        for name in step.results:
            assert np.shape(names[name]) == np.shape(recorded.arrays[name])
            np.testing.assert_allclose(names[name], recorded.arrays[name], rtol=1e-10, atol=1e-300)
        for part in step.operands:
            np.testing.assert_allclose(eval(part.name, names), part.values, rtol=1e-10, atol=1e-300)


@settings(max_examples=40)
@given(cases())
def test_one_step_for_each_operation_and_one_gradient_for_each_variable(arguments):
    recorded, depth = trace_layers(*arguments), len(arguments[0])
    assert len(recorded.steps) == 6 * depth - 2
    results = [name for step in recorded.steps for name in step.results]
    variables = [name for _, names in recorded.groups for name in names]
    assert len(results) == len(set(results))
    assert set(results) == set(recorded.arrays) - {name for name in variables if name[0] in "XWb"}
    assert {f"d{name}" for name in variables} - set(results) == {"dX", "dL"}
    layers = [int(name[-1]) for name in results if name[0] == "d" and name[1] in "Wb"]
    assert layers == sorted(layers, reverse=True)
    for before, step in zip([None, *recorded.steps], recorded.steps, strict=False):
        known = before.known if before else {name for name in variables if name[0] in "XWb"}
        assert step.known == known | set(step.results)
        assert {part.array for part in step.operands} <= step.known


def test_the_actors_sentences():
    player = show_layer_flow(ACTOR, BATCH, log_right)
    assert player.captions == [
        "Forward, layer 1: z1 = X @ W1 + b1, (3, 1) @ (1, 2) + (2,) gives (3, 2).",
        "Forward, layer 1: h1 = tanh(z1), (3, 2) entry by entry gives (3, 2).",
        "Forward, layer 2: z2 = h1 @ W2 + b2, (3, 2) @ (2, 1) + (1,) gives (3, 1), the output.",
        f"The end: L, dz2 = L_of(z2), (3, 1) gives a number, "
        f"{svg.number(np.sum(np.log(probabilities(THETA0))))}, and (3, 1), the shape of z2.",
        "Backward, layer 2: dW2 = h1.T @ dz2, (2, 3) @ (3, 1) gives (2, 1), the shape of W2.",
        "Backward, layer 2: db2 = dz2.sum(axis=0), (3, 1) summed over its rows gives (1,), the shape of b2.",
        "Backward, layer 2: dh1 = dz2 @ W2.T, (3, 1) @ (1, 2) gives (3, 2), the shape of h1.",
        "Backward, layer 1: dz1 = dh1 * (1 - h1**2), (3, 2) * (3, 2) gives (3, 2), the shape of z1.",
        "Backward, layer 1: dW1 = X.T @ dz1, (1, 3) @ (3, 2) gives (1, 2), the shape of W1.",
        "Backward, layer 1: db1 = dz1.sum(axis=0), (3, 2) summed over its rows gives (2,), the shape of b1.",
    ]
    assert_frames_sound(player.frames, player.captions)
    assert_complete(player)


def test_the_followed_weight():
    only_first = np.array([[1.0], [0.0], [0.0]])
    recorded = trace_layers(ACTOR, BATCH, lambda z: (log_right(z)[0], log_right(z)[1] * only_first))
    assert recorded.arrays["dW1"][0, 0] == pytest.approx(-0.326552825269, abs=1e-12)


def test_local_and_upstream_are_named():
    steps = trace_layers(ACTOR, BATCH, log_right).steps
    roles = {step.results[-1]: [(part.role, part.name) for part in step.operands[:-1]] for step in steps[4:]}
    assert roles == {
        "dW2": [("local", "h1.T"), ("upstream", "dz2")],
        "db2": [("upstream", "dz2")],
        "dh1": [("upstream", "dz2"), ("local", "W2.T")],
        "dz1": [("upstream", "dh1"), ("local", "(1 - h1**2)")],
        "dW1": [("local", "X.T"), ("upstream", "dz1")],
        "db1": [("upstream", "dz1")],
    }
    assert all(part.role == "" for step in steps[:4] for part in step.operands)


def test_arguments_are_left_alone_and_may_be_integers_or_float32():
    params, X = [(np.array([[1, -2]]), np.array([0, 1])), (np.array([[2], [1]]), np.array([0]))], np.array([[1], [2]])
    before = [W.copy() for W, _ in params], X.copy()

    def rude(output):
        output *= 0
        return 0.0, np.ones_like(output)

    recorded = trace_layers(params, X, rude)
    assert recorded.arrays["z1"].tolist() != [[0.0], [0.0]]
    assert all(np.array_equal(W, old) for (W, _), old in zip(params, before[0], strict=True))
    assert np.array_equal(X, before[1])
    params = [(W.astype(np.float32), b.astype(np.float32)) for W, b in ACTOR]
    recorded = trace_layers(params, BATCH.astype(np.float32), log_right)
    assert {values.dtype for name, values in recorded.arrays.items() if name != "L"} == {np.dtype(np.float32)}


@pytest.mark.parametrize(
    "arguments, words",
    [
        (case((2,) * 6), r"params must be a list of 1 to 4 pairs \(W, b\), it has 5"),
        (([], BATCH, log_right), r"params must be a list of 1 to 4 pairs \(W, b\), it has 0"),
        (([(1, 2, 3)], BATCH, log_right), r"params must be a list of 1 to 4 pairs"),
        (case((2, 9, 2)), "params: layer 1 must have 1 to 8 units, it has 9"),
        (case((2, 2, 9)), "params: layer 2 must have 1 to 8 units, it has 9"),
        (case((9, 2)), "X must have 1 to 8 columns, it has 9"),
        (case((2, 2), rows=9), "X must have 1 to 8 rows, it has 9: show a part of the batch"),
        ((ACTOR, BATCH[:0], log_right), "X must have 1 to 8 rows, it has 0"),
        ((ACTOR, CELLS, log_right), r"X must have the shape \(N, d_in\)"),
        ((ACTOR[::-1], BATCH, log_right), "layer 0: W of shape"),
        ((ACTOR, BATCH, log_right, "cube"), "activation must be one of"),
        ((ACTOR, BATCH, lambda z: z), r"loss must return \(loss, doutput\), a number and an array"),
        ((ACTOR, BATCH, lambda z: (z, z)), r"loss must return \(loss, doutput\), a number and an array"),
        ((ACTOR, BATCH, lambda z: (0.0, z.T)), r"doutput must have the output's shape \(3, 1\)"),
    ],
)
def test_what_cannot_be_shown_is_named(arguments, words):
    with pytest.raises(ValueError, match=words):
        show_layer_flow(*arguments)


# The pictures


def test_nothing_overlaps_and_everything_is_inside_the_picture(shown):
    _, layout, trees = shown
    for tree in trees:
        assert tree.get("viewBox") == f"0 0 {layout.width:.0f} {layout.height:.0f}"
        assert_laid_out(tree)
        cards = [rectangle_of(rect) for rect in tree.iter() if rect.tag.endswith("rect")]
        alone = [text.box for part in tree if part.tag.endswith("text") for text in texts_of(part)]
        assert len(alone) > 4 and overlapping(cards + alone) == []
        assert all(inside(card, (0, 0, layout.width, layout.height)) for card in cards)


def test_every_number_lies_in_its_cell(shown):
    recorded, layout, trees = shown
    names = list(layout.places)
    for step, tree in zip(recorded.steps, trees, strict=True):
        nodes = nodes_of(tree)
        for part, cells, _, _ in layout.operations[recorded.steps.index(step)]:
            if cells is None:
                continue
            node = nodes[str(names.index(part.array))]
            shading = next(g for g in node if g.get("transform"))
            x, y, width, height = map(float, re.findall(r"[\d.]+", shading.get("transform")))
            assert (width, height) == pytest.approx((cells.width, cells.height))
            strokes = [p for path in shading for p in re.findall(r"M(\d+) (\d+)h", path.get("d"))]
            rows, columns = np.atleast_2d(part.values).shape
            assert sorted(strokes) == sorted((str(j), str(i)) for i in range(rows) for j in range(columns))
            assert all(heading.box[3] <= y - height / 2 for heading in texts_of(node)[:2])
            assert node[0].get("fill") == (svg.NOW if part.name in step.results else svg.CARD)
            numbers = texts_of(node)[2:]
            assert len(numbers) == part.values.size
            for (i, j), value, text in zip(np.ndindex(rows, columns), part.values.flat, numbers, strict=True):
                assert text.content in (svg.number(value), short_number(value))
                cell = (x + (j - 0.02) * width, y + (i - 0.5) * height, x + (j + 0.98) * width, y + (i + 0.5) * height)
                assert inside(text.box, np.add(cell, (-0.1, -0.1, 0.1, 0.1)))
            x0, y0, x1, y1 = rectangle_of(node[0])
            assert inside((x - 1, y - height / 2, x - 1 + columns * width, y + (rows - 0.5) * height), (x0, y0, x1, y1))


def test_numbers_are_legible_on_their_tints(shown):
    for group in (group for tree in shown[2] for group in tree if any(part.get("font-size") for part in group)):
        grounds = {path.get("stroke") for part in group if part.get("transform") for path in part}
        assert all(contrast(text.fill, ground) >= 4.5 for text in texts_of(group) for ground in grounds)


def test_hue_is_the_sign_and_depth_the_size():
    values = np.array([[0.0, 1.0, -1.0], [0.1, 5.0, -5.0]])
    recorded = trace_layers([(values.T, np.zeros(2))], np.eye(3), lambda z: (0.0, z))
    tree = ElementTree.fromstring(frame(recorded, layout_of(recorded), 0))
    colours = {}
    for path in next(g for g in nodes_of(tree)["1"] if g.get("transform")):
        for j, i in re.findall(r"M(\d) (\d)", path.get("d")):
            colours[float(values.T[int(i), int(j)])] = path.get("stroke")
    assert colours == {
        0.0: svg.INPUT,
        0.1: tint(svg.POSITIVE, TINTS[0]),
        1.0: tint(svg.POSITIVE, TINTS[1]),
        5.0: tint(svg.POSITIVE, TINTS[-1]),
        -1.0: tint(svg.NEGATIVE, TINTS[1]),
        -5.0: tint(svg.NEGATIVE, TINTS[-1]),
    }


def test_every_array_has_the_focus_once_in_every_frame(shown):
    recorded, layout, trees = shown
    names = list(layout.places)
    assert set(names) == set(recorded.arrays)
    for step, tree in zip(recorded.steps, trees, strict=True):
        ids = [g.get("data-node") for g in tree.iter() if g.get("data-node") is not None]
        assert ids == [str(i) for i in range(len(names))]
        large = {part.array: part for part in step.operands}
        for i, node in nodes_of(tree).items():
            name, label = names[int(i)], node.get("aria-label")
            part = large.get(name)
            values = part.values if part else recorded.arrays[name]
            if name not in step.known:
                assert label == f"{name}, shape {np.shape(values)}: not yet computed"
                continue
            assert part is None or part.name in label and part.role in label
            assert label.startswith(f"{name} = ") if name == "L" else f"{name}" in label
            assert name == "L" or f"shape {np.shape(values)}: " in label
            shown = label.split(" = " if name == "L" else "): ", 1)[-1].split(": ")[-1]
            assert re.split("[,;] ", shown) == [svg.number(v) for v in np.ravel(values)]


def test_strip_shows_what_is_known_and_what_is_at_hand(shown):
    recorded, layout, trees = shown
    for step, tree in zip(recorded.steps, trees, strict=True):
        cards = [g for g in tree if len(g) and float(g[0].get("y")) < layout.top]
        for name, card in zip(layout.places, cards, strict=True):
            assert written(card) == [name, str(np.shape(recorded.arrays[name]))]
            dashed = any(part.get("stroke-dasharray") for part in card)
            assert dashed == (name not in step.known)
            assert any(part.get("transform") for part in card) != dashed
            assert (card[0].get("fill") == svg.NOW) == (name in {part.array for part in step.operands})


def test_gradients_stand_beneath_their_variables(shown):
    _, layout, _ = shown
    for name, (x, y) in layout.places.items():
        if f"d{name}" in layout.places:
            assert layout.places[f"d{name}"] == (x, y + layout.card + 4)


def test_operation_is_written_out(shown):
    recorded, _, trees = shown
    for step, tree in zip(recorded.steps, trees, strict=True):
        contents = written(tree)
        assert contents.count(step.code) == contents.count(step.shapes) == 1
        signs = [part for part in step.parts if isinstance(part, str)]
        assert all(" ".join(sign.split()) in contents for sign in signs)
        for part in step.operands:
            assert (f"{part.role}: {part.name}" if part.role else part.name) in contents


def test_up_to_the_limit_it_fits_640_pixels():
    for name in ("actor", "largest", "largest, sigmoid", "one number"):
        layout = layout_of(trace_layers(*CASES[name]))
        assert layout.width == (NARROW if name in ("actor", "one number") else WIDTH) and 0.92 * WIDTH <= 614, name


def test_a_phone_shows_the_actors_factors_and_their_product_together():
    """At 390 pixels a page has 326 for a picture, in which words of 11 pixels may shrink to 9.2."""
    layout = layout_of(trace_layers(*CASES["actor"]))
    assert layout.width * 9.2 / 11 <= 326
    for placed in layout.operations:
        assert all(x >= 0 and (cells is None or x + cells.extent[0] <= layout.width) for _, cells, x, _ in placed)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e200, -1e-200])
def test_numbers_beyond_all_bounds_are_drawn(value):
    params, X = [(np.full((8, 8), 1.0), np.zeros(8))], np.full((8, 8), value)
    recorded = trace_layers(params, X, lambda z: (value, np.ones_like(z)))
    layout = layout_of(recorded)
    for k in range(len(recorded.steps)):
        drawn = frame(recorded, layout, k)
        tree = ElementTree.fromstring(drawn)
        assert overlapping([text.box for text in texts_of(tree)]) == []
        assert not re.search(r"[ (']-?(nan|inf)[ ')]", re.sub(r"aria-label='[^']*'|>[^<>]*<", "", drawn))


@pytest.mark.parametrize("name", ["actor", "largest", "largest, sigmoid"])
def test_saved_size(name):
    player = show_layer_flow(*CASES[name])
    assert saved_size(player) < 150_000


def test_every_frame_has_the_key_of_its_colours_and_outlines():
    shown = show_layer_flow(ACTOR, BATCH, log_right)
    for tree in trees_of(shown):
        assert {"positive", "negative", "deeper: larger in its array", "at hand", "not yet computed"} <= {
            *written(tree)
        }

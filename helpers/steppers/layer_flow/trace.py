"""The steps of forward and backward through a fully connected network, one for each array operation, as plain data.

Layers are counted from 1, as in the lessons: W1, b1, z1 and h1 belong to the first.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from helpers.drawing.heat_map import shape_text
from helpers.drawing.svg import number
from helpers.networks.activations import ACTIVATIONS
from helpers.networks.network import backward, check_layers, forward

MAX_LAYERS, MAX_UNITS, MAX_BATCH = 4, 8, 8


class Operand(NamedTuple):
    """An array as it takes part in an operation; array: the variable it is made from; role: local, upstream or ''."""

    name: str
    array: str
    values: np.ndarray
    role: str = ""


@dataclass(frozen=True)
class Step:
    """One array operation.

    parts: operands, the signs between them, and what is computed, in order; results: names of what is computed; known:
    names of all that is known after it; code, shapes and sentence: the line, its shape arithmetic, and both in words.
    """

    parts: tuple
    results: tuple
    known: frozenset
    code: str
    shapes: str
    sentence: str

    @property
    def operands(self):
        """The parts without the signs."""
        return tuple(part for part in self.parts if isinstance(part, Operand))


@dataclass(frozen=True)
class LayerTrace:
    """All arrays by name, the variables in groups (title, names) from input to loss, and the steps."""

    arrays: dict
    groups: tuple
    steps: tuple


def trace_layers(params, X, loss, activation="tanh"):
    """Record every array operation of forward, loss and backward; arguments as for `show_layer_flow`."""
    params, X = _checked(params, X)
    output, cache = forward(params, X, activation)
    depth, (_, slope) = len(params), ACTIVATIONS[activation]
    value, dz = _loss_and_gradient(loss, output)
    gradient = backward(params, cache, dz)
    arrays, slopes = {"X": X}, {}
    for k, (W, b) in enumerate(params, start=1):
        arrays |= {f"W{k}": W, f"b{k}": b, f"z{k}": forward(params[:k], X, activation)[0]}  # cut off, it ends in z
        if k < depth:
            arrays[f"h{k}"] = cache.inputs[k]
    arrays["L"] = np.asarray(value)
    for k in range(depth, 0, -1):
        arrays[f"dz{k}"] = dz
        arrays[f"dW{k}"], arrays[f"db{k}"] = gradient[k - 1]
        if k > 1:
            arrays[f"dh{k - 1}"] = dh = dz @ params[k - 1][0].T
            slopes[f"h{k - 1}"] = slope(cache.inputs[k - 1]) * 1.0
            dz = dh * slopes[f"h{k - 1}"]
    layers = [(f"layer {k}", (f"W{k}", f"b{k}", f"z{k}", f"h{k}")) for k in range(1, depth)]
    layers.append((f"layer {depth}, output z{depth}", (f"W{depth}", f"b{depth}", f"z{depth}")))
    groups = (("input", ("X",)), *layers, ("", ("L",)))
    return LayerTrace(arrays, groups, tuple(_steps(arrays, slopes, depth, activation)))


def _steps(arrays, slopes, depth, activation):
    known = {name for name in arrays if name[0] in "XWb"}
    shape = {name: shape_text(values) for name, values in arrays.items()}

    def operand(name, role=""):
        values = arrays[name.removesuffix(".T")]
        return Operand(name, name.removesuffix(".T"), values.T if name.endswith(".T") else values, role)

    def step(phase, results, parts, code, shapes):
        known.update(results)
        sentence = f"{phase}: {code}, {shapes.replace(' →', ' gives')}."
        return Step((*parts, *map(operand, results)), results, frozenset(known), code, shapes, sentence)

    def product(layer, result, left, sign, right, code):
        """A backward step whose two factors stand side by side."""
        shapes = (
            f"{shape_text(left.values)} {sign} {shape_text(right.values)} → {shape[result]}, the shape of {result[1:]}"
        )
        return step(f"Backward, layer {layer}", (result,), (left, sign, right, "="), code, shapes)

    for k in range(1, depth + 1):
        h, W, b, z = f"h{k - 1}" if k > 1 else "X", f"W{k}", f"b{k}", f"z{k}"
        shapes = f"{shape[h]} @ {shape[W]} + {shape[b]} → {shape[z]}" + (", the output" if k == depth else "")
        parts = (operand(h), "@", operand(W), "+", operand(b), "=")
        yield step(f"Forward, layer {k}", (z,), parts, f"{z} = {h} @ {W} + {b}", shapes)
        if k < depth:
            parts, shapes = (f"{activation}(", operand(z), ") ="), f"{shape[z]} entry by entry → {shape[z]}"
            yield step(f"Forward, layer {k}", (f"h{k}",), parts, f"h{k} = {activation}({z})", shapes)
    z = f"z{depth}"
    shapes = f"{shape[z]} → a number, {number(arrays['L'])}, and {shape[z]}, the shape of {z}"
    code = f"L, d{z} = L_of({z})"
    yield step("The end", ("L", f"d{z}"), ("L_of(", operand(z), ") ="), code, shapes)
    for k in range(depth, 0, -1):
        h, W, upstream = f"h{k - 1}" if k > 1 else "X", f"W{k}", operand(f"dz{k}", "upstream")
        yield product(k, f"d{W}", operand(f"{h}.T", "local"), "@", upstream, f"d{W} = {h}.T @ dz{k}")
        shapes = f"{shape[f'dz{k}']} summed over its rows → {shape[f'b{k}']}, the shape of b{k}"
        parts, code = (upstream, ".sum(axis=0) ="), f"db{k} = dz{k}.sum(axis=0)"
        yield step(f"Backward, layer {k}", (f"db{k}",), parts, code, shapes)
        if k > 1:
            yield product(k, f"d{h}", upstream, "@", operand(f"{W}.T", "local"), f"d{h} = dz{k} @ {W}.T")
            line = f"(1 - {h}**2)" if activation == "tanh" else f"{activation}_slope({h})"
            slope = Operand(line, h, slopes[h], "local")
            code = f"dz{k - 1} = d{h} * {slope.name}"
            yield product(k - 1, f"dz{k - 1}", operand(f"d{h}", "upstream"), "*", slope, code)


def _loss_and_gradient(loss, output):
    result = loss(output)
    if not isinstance(result, tuple) or len(result) != 2 or np.ndim(result[0]) != 0:
        raise ValueError(f"loss must return (loss, doutput), a number and an array, it returned {result!r}")
    return result[0], np.asarray(result[1]) * 1.0


def _checked(params, X):
    """Return params and X as arrays of floats; ValueError that names what does not fit or is too large to be drawn."""
    if not 1 <= len(params) <= MAX_LAYERS or any(len(layer) != 2 for layer in params):
        raise ValueError(f"params must be a list of 1 to {MAX_LAYERS} pairs (W, b), it has {len(params)}")
    params, X = [(np.asarray(W) * 1.0, np.asarray(b) * 1.0) for W, b in params], np.asarray(X) * 1.0
    check_layers(params, X)
    if not 1 <= len(X) <= MAX_BATCH:
        raise ValueError(f"X must have 1 to {MAX_BATCH} rows, it has {len(X)}: show a part of the batch")
    if not 1 <= X.shape[1] <= MAX_UNITS:
        raise ValueError(f"X must have 1 to {MAX_UNITS} columns, it has {X.shape[1]}")
    for k, (W, _) in enumerate(params, start=1):
        if not 1 <= W.shape[1] <= MAX_UNITS:
            raise ValueError(f"params: layer {k} must have 1 to {MAX_UNITS} units, it has {W.shape[1]}")
    return params, X

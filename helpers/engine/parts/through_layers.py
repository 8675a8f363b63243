"""How the parts of lesson 04 are tried: loops, a pass through all layers, and a loss that comes without its gradient."""

import ast
import copy

import numpy as np

from helpers.engine.probing import Probing
from helpers.engine.raised import Told

NO_TANH = "above the last layer there is no tanh, and so no slope: what goes into it is doutput, as it is"


def passed_back(E, inputs):
    """The gradient of a network for some inputs and an upstream; `Told` if what forward has kept was written into."""
    _, kept = E.forward(inputs["net"], inputs["X"])
    before = [h.copy() for h in kept]
    arrived, layer = [], E.linear_backward

    def watched(X, W, dz):
        if words := astray(inputs, before, len(arrived), (X, W, dz)):
            raise Told(words)
        arrived.append(dz)
        return layer(X, W, dz)

    E.linear_backward = watched
    gradient = E.backward(inputs["net"], kept, inputs["doutput"])
    if arrived and bent(arrived[0], inputs["doutput"]):
        raise Told(NO_TANH)
    if words := amiss(gradient, len(inputs["net"])):
        raise Told(words)
    if len(kept) != len(before) or not all(map(np.array_equal, kept, before)):
        raise Told(
            "it changes what forward has kept: asked a second time with the same inputs it would say something else. "
            "`h *= h`, `out=h` and `inputs.pop()` write into them; make a new array"
        )
    return gradient


def astray(inputs, kept, called, handed):
    """Words for a call of `linear_backward` that mixes up layers or arguments, else ''; called: how often it was."""
    weights = [W for W, _ in inputs["net"]]
    X, W, dz = handed
    k, i = place(W, weights), place(X, kept)
    if place(X, weights) is not None and place(W, kept) is not None:
        return "`linear_backward` takes (X, W, dz): X and W are exchanged"
    if k is not None and i is not None and i != k:
        return (
            f"the W of layer {k + 1} goes with the input of layer {i + 1}: walk through `net` and `inputs` in the same "
            "order, from the last to the first"
        )
    if k is None or k == len(weights) - 1 or place(dz, [inputs["doutput"]]) is None:
        return ""
    if not called:
        return f"layer {k + 1} is handed doutput: that belongs to the last layer, where the walk begins"
    return f"`doutput` comes in again at layer {k + 1}. Is dz carried on to the layer below, as dh · (1 − h²)?"


def place(array, arrays):
    """Where an array stands among others, or None."""
    found = (k for k, other in enumerate(arrays) if np.array_equal(array, other))
    return next(found, None)


def bent(dz, doutput):
    """Whether dz is doutput times a factor that differs from entry to entry."""
    dz = np.asarray(dz)
    if dz.shape != doutput.shape or dz.size < 2 or not np.all(doutput):
        return False
    factors = dz / doutput
    return not np.allclose(factors, factors.flat[0], rtol=1e-6)


def amiss(gradient, layers):
    """Words for a list that has not a pair for each layer, else ''."""
    if not isinstance(gradient, list | tuple):
        return ""
    pairs = all(isinstance(pair, list | tuple) for pair in gradient)
    if pairs and len(gradient) != layers:
        counted = f"for {layers} layer{'s' * (layers > 1)} it returns {len(gradient)} pairs (dW, db)"
        return f"{counted}: does the loop come to every layer, layer 1 as well?"
    return (
        "" if pairs or len(gradient) != layers else "for each layer a pair (dW, db) is asked, and yours has one array"
    )


def of_loops(text):
    """Words for a right layer that walks through its rows or entries, else ''."""
    loops = ast.For | ast.While | ast.comprehension
    if not any(isinstance(node, loops) for node in ast.walk(ast.parse(text))):
        return ""
    return (
        "It has loops, and in the trainings below that means waiting: with `@` each of the three is one line, "
        "and many times as quick. Change it when you have read the formulas below."
    )


class Loss(Probing):
    """A judge of (loss, dlogits) who looks at a loss that comes alone by itself."""

    def __call__(self, E):
        """As in `Probing`."""
        answers = [self.called(E, copy.deepcopy(inputs)) for inputs in self.probes[:1]]
        if not alone(answers[0]):
            return super().__call__(E)
        first = Probing(self.name, self.probes, self.results[:1], self.mistakes, loss_of)
        words = first(E)
        return (
            f"of the loss alone: {words}"
            if words
            else (
                "half: the loss is right, for logits of 1000 and −1000 as well. Now its derivative by each logit: "
                "return both, loss and dlogits"
            )
        )


def alone(result):
    """Whether a result is a loss without a gradient: a number, one for each row, or either beside None."""
    if isinstance(result, tuple | list) and len(result) == 2 and result[1] is None:
        result = result[0]
    return isinstance(result, float | int | np.number | np.ndarray) and np.ndim(result) < 2


def loss_of(E, inputs):
    """The loss, whether it comes with its gradient or alone."""
    result = E.softmax_cross_entropy(*inputs.values())
    return result[0] if isinstance(result, tuple | list) else result

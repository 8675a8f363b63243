"""Explorer of lesson 02: nudge a weight, or a neuron's output, of the running actor and see what moves."""

from dataclasses import dataclass

import numpy as np

from helpers.drawing import svg
from helpers.explore.board import Board, choice, dial
from helpers.networks.activations import sigmoid
from helpers.running_actor import NAMES, THETA0, actor_output

PLACES = {"x": (70, 150), "h1": (310, 66), "h2": (310, 234), "z": (550, 150), "π": (712, 150)}
WIRES = [("x", "h1", "u1"), ("x", "h2", "u2"), ("h1", "z", "w1"), ("h2", "z", "w2"), ("z", "π", "")]
NUDGED = [(f"the weight {name}" if name[0] in "uw" else f"the bias {name}", name) for name in NAMES]
NUDGED += [("the output of neuron h1", "h1"), ("the output of neuron h2", "h2")]


@dataclass
class Nudge:
    """The running actor at theta0 and input x, with `by` added to the weight or neuron output called `what`."""

    what: str = "u1"
    by: float = 0.5
    x: float = -1.0

    def values(self, by=0.0):
        """Every neuron's value, with `by` added at the nudged place."""
        theta, h = THETA0 + by * (np.array(NAMES) == self.what), {}

        def tanh(z):
            name = f"h{len(h) + 1}"
            h[name] = np.tanh(z) + by * (name == self.what)
            return h[name]

        z = actor_output(theta, self.x, tanh)
        return {"x": self.x, **h, "z": z, "π": sigmoid(z)}

    def change_of_output(self):
        """(z after - z before) / by, or None for no nudge."""
        return None if self.by == 0 else (self.values(self.by)["z"] - self.values()["z"]) / self.by

    def picture(self):
        """The network as SVG: before and after in each neuron, moved ones highlighted."""
        before, after = self.values(), self.values(self.by)
        moved = {name for name in before if after[name] != before[name]}
        wires = [self._wire(*wire, moved) for wire in WIRES]
        boxes = [self._neuron(name, before[name], after[name], name in moved) for name in PLACES]
        return svg.picture(780, 330, [*wires, *boxes, svg.text(390, 318, self.words(), size=13)], self.words())

    def _wire(self, source, target, weight, moved):
        (x1, y1), (x2, y2) = PLACES[source], PLACES[target]
        hot = weight == self.what
        wire = svg.line(f"M{x1 + 55} {y1}L{x2 - 55} {y2}", stroke=svg.INK if hot else svg.DIM, width=3 if hot else 1.2)
        if not weight:
            return wire + svg.text((x1 + x2) / 2, y1 - 8, "σ", size=13)
        value = THETA0[NAMES.index(weight)]
        text = f"{weight} = {svg.number(value)}" + (f" → {svg.number(value + self.by)}" if hot else "")
        side, above = ("end", -6) if source == "x" else ("start", 6), min(y1, y2) < PLACES["x"][1]
        anchor, shift = side
        place = (x1 + x2) / 2 + shift, (y1 + y2) / 2 + (-10 if above else 20)
        return wire + svg.text(*place, text, bold=hot, anchor=anchor)

    def _neuron(self, name, before, after, moved):
        x, y = PLACES[name]
        bias = {"h1": "c1", "h2": "c2", "z": "b"}.get(name)
        fill, width = (svg.NOW, 2.6) if moved else (svg.CARD, 1.2)
        value = f"{svg.number(before)} → {svg.number(after)}" if moved else svg.number(before)
        parts = svg.rectangle(x - 55, y - 26, 110, 52, fill=fill, stroke_width=width)
        parts += svg.text(x, y - 8, f"{name} (nudged)" if name == self.what else name, bold=True)
        parts += svg.text(x, y + 14, value, size=11)
        if bias:
            hot, value = bias == self.what, THETA0[NAMES.index(bias)]
            text = f"{bias} = {svg.number(value)}" + (f" → {svg.number(value + self.by)}" if hot else "")
            parts += svg.text(x, y - 34 if name == "h1" else y + 42, text, bold=hot)
        return parts

    def words(self):
        """What the picture shows, in one sentence."""
        slope = self.change_of_output()
        if slope is None:
            return "No nudge, no change."
        return (
            f"{self.what} moves by {svg.number(self.by)}, z moves by {svg.number(slope * self.by)}: "
            f"{svg.number(slope)} per unit of {self.what}."
        )


def explore_nudge():
    """Choose a weight or a neuron of the running actor, and nudge it; returns a widget."""
    model = Nudge()
    return Board(
        model,
        what=choice("nudge", NUDGED, model.what),
        by=dial("by h", model.by, -1.0, 1.0, step=0.01, form=".2f"),
        x=choice("in cell", [("0 (x = −1)", -1.0), ("1 (x = 0)", 0.0), ("2 (x = 1)", 1.0)], model.x),
    )

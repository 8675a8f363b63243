"""Explorer of lesson 02: nudge a weight, or a neuron's output, of the running actor and see what moves."""

from dataclasses import dataclass

import numpy as np

from helpers.drawing.plane import document, text
from helpers.drawing.svg import number
from helpers.explore.controls import choice
from helpers.explore.controls import number as dial
from helpers.explore.explorer import Explorer
from helpers.networks.activations import sigmoid
from helpers.running_actor import CELLS, NAMES, THETA0, actor_graph, actor_output
from helpers.steppers.gradient_flow.nodes import nodes_of, plain

NUDGED = [*((name, name) for name in NAMES), ("output of h1", "h1"), ("output of h2", "h2")]
IN_CELL = [(f"{cell} (x = {x:.0f})".replace("-", "−"), float(x)) for cell, x in enumerate(CELLS)]
SENTENCES = {
    "still": "Nothing is nudged, and nothing changes.",
    "moved": "{what} moves by {by}, z moves by {change}: {slope} per unit of {what}.",
}
NEURONS = {"x": "", "h1": "c1", "h2": "c2", "z": "b", "π": ""}  # with their biases
WIRES = (("x", "h1", "u1"), ("x", "h2", "u2"), ("h1", "z", "w1"), ("h2", "z", "w2"), ("z", "π", ""))
WIDTH, LOW, HIGH = 144, 52, 78  # of a box without and with a bias
PLANS = {
    "wide": {
        "size": [900, 320],
        "parts": {
            "n": [[76, 160], [352, 60], [352, 260], [628, 160], [822, 160]],
            "wire": ["M148 160L280 60", "M148 160L280 260", "M424 60L556 160", "M424 260L556 160", "M700 160H750"],
            "weight": [
                [206, 96, "end"], [206, 232, "end"], [352, 87, "middle"], [352, 287, "middle"],
                [498, 96, "start"], [498, 232, "start"], [628, 187, "middle"],
            ],
            "sigma": [[725, 150]],
        },
    },
    "tall": {
        "size": [430, 440],
        "parts": {
            "n": [[215, 30], [100, 146], [330, 146], [215, 290], [215, 410]],
            "wire": ["M215 56L100 107", "M215 56L330 107", "M100 185L215 251", "M330 185L215 251", "M215 329V384"],
            "weight": [
                [167, 72, "end"], [263, 72, "start"], [100, 173, "middle"], [330, 173, "middle"],
                [166, 242, "end"], [264, 242, "start"], [215, 317, "middle"],
            ],
            "sigma": [[230, 360]],
        },
    },
}  # fmt: skip


@dataclass
class Nudge:
    """The running actor at theta0 and input x, with `by` added to the weight or neuron output called `what`."""

    what: str = "u1"
    by: float = 0.0  # so that the first picture answers nothing
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

    def controls(self):
        """What is nudged, by how much, and in which cell."""
        return [
            choice("what", "nudge", NUDGED, self.what),
            dial("by", "by h", self.by, -1, 1, step=0.01),
            choice("x", "in cell", IN_CELL, self.x),
        ]

    def data(self):
        """What the script needs: the graph up to π, the sentences and the places."""
        nodes = nodes_of(actor_graph(self.x)._prev[0])
        return {"nodes": [plain(node, nodes) for node in nodes], "sentences": SENTENCES, "plans": PLANS}

    def picture(self):
        """The network as SVG: before and after in each neuron, moved ones highlighted."""
        before, after = self.values(), self.values(self.by)
        parts, (width, height) = PLANS["wide"]["parts"], PLANS["wide"]["size"]
        moved = {name for name in before if after[name] != before[name]}
        wires = [
            f"<path class='{self._look('wire', weight, source in moved)}' data-source='{source}' "
            f"data-weight='{weight}' d='{course}'/>"
            for (source, _, weight), course in zip(WIRES, parts["wire"], strict=True)
        ]
        boxes = [
            self._neuron(name, place, before[name], after[name], name in moved)
            for name, place in zip(NEURONS, parts["n"], strict=True)
        ]
        weights = [self._weight(*each) for each in zip(NAMES, THETA0, parts["weight"], strict=True)]
        sigma = "<g class='sigma' transform='translate({} {})'><text class='lead'>σ</text></g>".format(
            *parts["sigma"][0]
        )
        return document(width, height, [*wires, *boxes, sigma, *weights], self.words())

    def _look(self, kind, name, moved):
        return f"{kind}{' hot' if moved else ''}{' mine' if name == self.what else ''}"

    def _neuron(self, name, place, before, after, moved):
        height = HIGH if NEURONS[name] else LOW
        top = -height / 2
        return (
            f"<g class='{self._look('n', name, moved)}' data-name='{name}' "
            f"transform='translate({place[0]} {place[1]})'>"
            f"<rect class='box' x='{-WIDTH / 2:g}' y='{top:g}' width='{WIDTH}' height='{height}' rx='10'/>"
            f"{text(name, 0, top + 19, 'neuron')}{text(_arrow(before, after), 0, top + 41, 'reading')}</g>"
        )

    def _weight(self, name, value, place):
        x, y, anchor = place
        words = _named(name, value, self.by * (name == self.what))
        return (
            f"<g class='{self._look('weight', name, False)}' data-name='{name}' style='text-anchor:{anchor}' "
            f"transform='translate({x} {y})'>{text(words, name='lead')}</g>"
        )

    def words(self):
        """What the picture shows, in one sentence."""
        slope = self.change_of_output()
        if slope is None:
            return SENTENCES["still"]
        by, change, slope = map(number, (self.by, slope * self.by, slope))
        return SENTENCES["moved"].format(what=self.what, by=by, change=change, slope=slope)


def _arrow(before, after):
    return f"{number(before)} → {number(after)}" if after != before else number(before)


def _named(name, value, by):
    return f"{name} = {_arrow(value, value + by)}"


def explore_nudge():
    """Choose a weight or a neuron of the running actor, and nudge it; returns a live output, which needs no kernel."""
    return Explorer("nudge", "Nudge the running actor", Nudge())

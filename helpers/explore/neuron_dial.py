"""Explorer of lesson 01: one sigmoid neuron, its curve, its tangent and its three derivatives."""

from dataclasses import dataclass

import numpy as np

from helpers.calculus.graph import Value
from helpers.drawing.plane import Plane, document, text
from helpers.drawing.svg import number
from helpers.explore.controls import number as dial
from helpers.explore.explorer import Explorer
from helpers.networks.activations import sigmoid
from helpers.steppers.gradient_flow.nodes import nodes_of, plain
from helpers.steppers.gradient_flow.picture import sign

REACH = 3.0
CURVE = Plane((340, 210), (-REACH, REACH), (-0.02, 1.02))
BEAMS = Plane((200, 150), (-1, 1), (0, 3))
ROWS = ("∂p/∂w", "∂p/∂b", "∂p/∂x")
PLANS = {
    "wide": {"size": [780, 290], "parts": {"plane": [[44, 34], [486, 64]]}},
    "tall": {"size": [390, 500], "parts": {"plane": [[40, 34], [88, 320]]}},
}
WORDS = "p = {p} at w = {w}, b = {b}, x = {x}; its derivative by w is {by_w}, by b {by_b}, by x {by_x}."


@dataclass
class NeuronDial:
    """The neuron p = sigmoid(w x + b) at one input x; at the start all three derivatives differ."""

    w: float = 1.5
    b: float = 0.5
    x: float = -1.0

    @property
    def p(self):
        """Output of the neuron."""
        return float(sigmoid(self.w * self.x + self.b))

    @property
    def slope(self):
        """The activation's slope at w x + b."""
        return self.p * (1 - self.p)

    def derivatives(self):
        """Derivatives of p by w, by b and by x."""
        return self.slope * self.x, self.slope, self.slope * self.w

    def controls(self):
        """Sliders for w, b and x."""
        w, b = (dial(name, label, getattr(self, name), -4, 4) for name, label in (("w", "weight w"), ("b", "bias b")))
        return [w, b, dial("x", "input x", self.x, -REACH, REACH)]

    def data(self):
        """What the script needs: the graph, the words, the axes and their places."""
        nodes = nodes_of(self.graph())
        planes = {"curve": CURVE.data(), "beams": BEAMS.data()}
        return {"nodes": [plain(node, nodes) for node in nodes], "words": WORDS, "planes": planes, "plans": PLANS}

    def graph(self):
        """The neuron as `Value` nodes; returns the last."""
        w, b, x = (Value(getattr(self, name), label=name) for name in "wbx")
        return (w * x + b).sigmoid()

    def picture(self):
        """The curve over x with the tangent at x, and the three derivatives as bars, as SVG."""
        xs = np.linspace(-REACH, REACH, 121)
        tangent = self.p + self.slope * self.w * (xs - self.x)
        curves = [
            f"<path class='curve' d='{CURVE.path(xs, sigmoid(self.w * xs + self.b))}'/>",
            f"<path class='tangent {sign(self.w)}' d='{CURVE.path(xs, tangent)}'/>",
        ]
        dot = "<circle class='dot' r='7' transform='translate({:.1f} {:.1f})'/>".format(*CURVE.at(self.x, self.p))
        rows = enumerate(zip(ROWS, self.derivatives(), strict=True))
        beams = [part for k, (name, value) in rows for part in _beam(k, name, value)]
        (first, second), (width, height) = PLANS["wide"]["parts"]["plane"], PLANS["wide"]["size"]
        left = CURVE.drawn(
            curves, [dot], place=first, title="p = σ(w·x + b) and its tangent at x", across="x",
            x_ticks=range(-3, 4), y_ticks=(0, 0.5, 1),
        )  # fmt: skip
        right = BEAMS.drawn(
            (), beams, place=second, title="three derivatives of p (dashed: negative)", x_ticks=(-1, -0.5, 0, 0.5, 1)
        )
        return document(width, height, [left, right], self.words())

    def words(self):
        """What the picture shows, in one sentence."""
        settings = {name: f"{getattr(self, name):.1f}".replace("-", "−") for name in "wbx"}
        by_w, by_b, by_x = map(number, self.derivatives())
        return WORDS.format(p=number(self.p), **settings, by_w=by_w, by_b=by_b, by_x=by_x)


def _beam(row, name, value):
    """Name, bar from zero, and number of a derivative, in three columns, so that no text meets the line of zero."""
    (left, y), (right, _) = BEAMS.at(min(value, 0), 2.5 - row), BEAMS.at(max(value, 0), 2.5 - row)
    yield text(name, -12, y + 5, "lead", anchor="end")
    yield f"<rect class='beam {sign(value)}' x='{left:.1f}' y='{y - 12:.1f}' width='{right - left:.1f}' height='24'/>"
    yield text(number(value), BEAMS.size[0] + 74, y + 5, f"sum {sign(value)}", anchor="end")


def explore_neuron():
    """Sliders for w, b and x of one sigmoid neuron; returns a live output, which needs no kernel."""
    return Explorer("dial", "One neuron", NeuronDial())

"""Explorer of lesson 01: one sigmoid neuron, its curve, its tangent and its three derivatives."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from helpers.drawing import svg
from helpers.drawing.axes import StaticAxes
from helpers.explore.board import Board, dial
from helpers.networks.activations import sigmoid

REACH = 3.0


@dataclass
class NeuronDial:
    """The neuron p = sigmoid(w x + b) at one input x."""

    w: float = 1.0
    b: float = 0.0
    x: float = 1.0

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

    def picture(self):
        """The curve over x with the tangent at x, and the three derivatives as bars, as SVG."""
        axes = _axes()
        xs = np.linspace(-REACH, REACH, 121)
        tangent = self.p + self.slope * self.w * (xs - self.x)
        u, v = axes.point(self.x, self.p)
        elements = [
            axes.element,
            axes.line(xs, sigmoid(self.w * xs + self.b), stroke=svg.INK, width=2.2),
            axes.line(xs, tangent, stroke=svg.ACTOR, width=2),
            f"<circle cx='{u:.1f}' cy='{v:.1f}' r='6' fill='{svg.ACTOR}' stroke='#FFFFFF'/>",
        ]
        for row, value in enumerate(self.derivatives()):
            (left, y), (right, _) = axes.point(min(value, 0), 2 - row, 1), axes.point(max(value, 0), 2 - row, 1)
            colour = svg.sign_colour(value)
            elements.append(svg.rectangle(left, y - 12, max(right - left, 1), 24, fill=colour, stroke=colour, radius=0))
            elements.append(svg.text(axes.point(0, 2 - row, 1)[0], y - 18, svg.number(value), bold=True, fill=colour))
        return svg.picture(axes.width, axes.height, elements, self.words())

    def words(self):
        """What the picture shows, in one sentence."""
        by_w, by_b, by_x = map(svg.number, self.derivatives())
        return (
            f"p = {svg.number(self.p)} at w = {self.w:.1f}, b = {self.b:.1f}, x = {self.x:.1f}; ".replace("-", "−")
            + f"its derivative by w is {by_w}, by b {by_b}, by x {by_x}."
        )


@cache
def _axes():
    def draw(curve, bars):
        curve.set(xlim=(-REACH, REACH), ylim=(-0.02, 1.02), xlabel="x", title="p = σ(w·x + b) and its tangent at x")
        bars.set(xlim=(-1, 1), ylim=(-0.6, 2.75), title="three derivatives of p")
        bars.set_yticks([2, 1, 0], ["∂p/∂w", "∂p/∂b", "∂p/∂x"])
        bars.axvline(0, color=svg.INK, lw=1)
        bars.grid(axis="y", visible=False)

    return StaticAxes(draw, 780, 300, columns=2)


def explore_neuron():
    """Sliders for w, b and x of one sigmoid neuron; returns a widget."""
    model = NeuronDial()
    return Board(
        model, w=dial("weight w", model.w, -4, 4), b=dial("bias b", model.b, -4, 4), x=dial("input x", model.x, -3, 3)
    )

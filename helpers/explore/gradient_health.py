"""Explorer of lesson 05: depth, activation and size of the weights, and what the gradient of each layer becomes."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from helpers.drawing import svg
from helpers.drawing.axes import StaticAxes
from helpers.drawing.log_axes import plain_powers
from helpers.explore.board import Board, choice
from helpers.networks.activations import sigmoid_slope
from helpers.networks.gradient_scale import count_dead, layer_sizes, predicted_sizes, rms, saturation
from helpers.networks.network import forward, init_params

WIDTH, INPUTS, DEEPEST = 64, 100, 20
LOWEST, HIGHEST = 1e-20, 1e12
SCALES = [
    ("zero", 0.0), ("half of Glorot's", 0.5), ("0.8 of Glorot's", 0.8), ("Glorot's", 1.0), ("1.2 of Glorot's", 1.2),
    ("He's", 2**0.5), ("2 times Glorot's", 2.0), ("4 times Glorot's", 4.0),
]  # fmt: skip


@dataclass
class GradientHealth:
    """A network of `depth` layers of 64 units, weights with standard deviation scale / sqrt(64), one draw."""

    depth: int = 10
    activation: str = "tanh"
    scale: float = 1.0

    @property
    def std(self):
        """Standard deviation of the weights."""
        return self.scale / WIDTH**0.5

    def measured(self):
        """(LayerSizes, inputs of the last layer) of this network, for 100 inputs and gradients of size 1."""
        rng = np.random.default_rng(5)
        X, doutput = rng.normal(size=(2, INPUTS, WIDTH))
        params = init_params([WIDTH] * (self.depth + 1), rng, self.std)
        return layer_sizes(params, X, doutput, self.activation), forward(params, X, self.activation)[1].inputs[-1]

    def predicted(self):
        """The theory's LayerSizes."""
        return predicted_sizes(self.depth, WIDTH, self.std, self.activation)

    def picture(self):
        """Bars for the size of each layer's dW, from 1 up or down, and the theory's line, as SVG."""
        axes, (sizes, last), theory = _axes(), self.measured(), self.predicted()
        elements = [axes.element]
        for layer, value in enumerate(sizes.dW, 1):
            u, v = axes.point(layer, np.clip(value, LOWEST, HIGHEST))
            _, one = axes.point(layer, 1)
            colour = svg.NEGATIVE if value < 1 else svg.POSITIVE
            place = (u - 6, min(v, one), 12, max(abs(v - one), 1))
            elements.append(svg.rectangle(*place, fill=colour, stroke=colour, radius=0))
        if self.scale > 0:
            layers = np.arange(1, self.depth + 1)
            elements.append(axes.line(layers, theory.dW, width=2, dashed=True))
        words = self._words(sizes, last, theory)
        for row, sentence in enumerate(words):
            elements.append(svg.text(60, 320 + 19 * row, sentence, size=13, anchor="start"))
        return svg.picture(axes.width, axes.height + 62, elements, " ".join(words))

    def words(self):
        """What the picture shows, in three sentences."""
        return " ".join(self._words(*self.measured(), self.predicted()))

    def _words(self, sizes, last, theory):
        first, end, first_by_theory, end_by_theory = map(_short, [*sizes.dW[[0, -1]], *theory.dW[[0, -1]]])
        return [
            f"{self.activation}, {self.depth} layers of {WIDTH}, weights with standard deviation {_short(self.std)}.",
            f"dW has size {first} in layer 1 and {end} in layer {self.depth}; "
            f"theory says {first_by_theory} and {end_by_theory}.",
            "Before the last layer " + self._state(last),
        ]

    def _state(self, h):
        if self.activation == "tanh":
            return f"{100 * saturation(h):.0f} % of all tanh are saturated, |h| > 0.99."
        if self.activation == "relu":
            return f"{count_dead(h)} of {WIDTH} units are dead: 0 for all {INPUTS} inputs."
        return f"the sigmoids' slopes have size {svg.number(rms(sigmoid_slope(h)))}; 0.25 is the most they can have."


def _short(value):
    return "0" if value == 0 else svg.number(value)


@cache
def _axes():
    def draw(ax):
        ax.set_yscale("log")
        ax.set(xlim=(0.3, DEEPEST + 0.7), ylim=(LOWEST, HIGHEST), xticks=range(1, DEEPEST + 1), xlabel="layer")
        ax.set(title="size of each layer's dW: bars from 1 down (rust) or up (blue); dashed: theory")
        ax.set_yticks([1e-20, 1e-15, 1e-10, 1e-5, 1, 1e5, 1e10])
        ax.axhline(1, color=svg.INK, lw=1)
        ax.grid(axis="x", visible=False)
        plain_powers(ax.yaxis)

    return StaticAxes(draw, 780, 300)


def explore_health():
    """Choose depth, activation and size of the weights of a network; returns a widget."""
    model = GradientHealth()
    return Board(
        model,
        depth=choice("layers", [(str(k), k) for k in range(2, DEEPEST + 1)], model.depth),
        activation=choice("activation", [(name, name) for name in ("tanh", "sigmoid", "relu")], model.activation),
        scale=choice("weights", SCALES, model.scale),
    )

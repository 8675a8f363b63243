"""Explorer of lesson 05: depth, activation and size of the weights, and what the gradient of each layer becomes."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from helpers.drawing.plane import Plane, document
from helpers.drawing.svg import number
from helpers.drawing.ticks import written
from helpers.explore.board import Board
from helpers.explore.controls import choice
from helpers.explore.controls import number as dial
from helpers.networks.activations import sigmoid_slope
from helpers.networks.gradient_scale import count_dead, layer_sizes, predicted_sizes, rms, saturation
from helpers.networks.network import forward, init_params

WIDTH, INPUTS, DEEPEST = 64, 100, 20
LOWEST, HIGHEST, NEAR = -20, 12, 4  # powers of ten; while all sizes are within NEAR, the axis ends there
SCALES = [("zero", 0.0), ("0.5 Glorot", 0.5), ("0.8 Glorot", 0.8), ("Glorot", 1.0), ("1.2 Glorot", 1.2), ("He", 2**0.5)]
SCALES += [("2 Glorot", 2.0), ("4 Glorot", 4.0)]
WIDTHS = {False: 700, True: 330}  # of the plane, wide and tall


@dataclass
class GradientHealth:
    """A network of `depth` layers of 64 units, weights with standard deviation scale / sqrt(64), one draw."""

    depth: int = 10
    activation: str = "tanh"
    scale: float = 4.0

    @property
    def std(self):
        """Standard deviation of the weights."""
        return self.scale / WIDTH**0.5

    def measured(self):
        """(LayerSizes, inputs of the last layer) of this network, for 100 inputs and gradients of size 1."""
        return _measured(self.depth, self.activation, self.std)

    def predicted(self):
        """The theory's LayerSizes."""
        return predicted_sizes(self.depth, WIDTH, self.std, self.activation)

    def controls(self):
        """Depth, activation and size of the weights."""
        names = [(name, name) for name in ("tanh", "sigmoid", "relu")]
        return [
            dial("depth", "layers", self.depth, 2, DEEPEST, step=1),
            choice("activation", "activation", names, self.activation),
            choice("scale", "weights", SCALES, self.scale),
        ]

    def take(self, values):
        """Set what the controls say."""
        vars(self).update(values)

    def picture(self, tall=False):
        """Bars for the size of each layer's dW, from 1 up or down, and the theory's line, as SVG."""
        (sizes, _), theory, width = self.measured(), self.predicted(), WIDTHS[tall]
        powers, layers = _power(sizes.dW), np.arange(1, self.depth + 1)
        ends = (-NEAR, NEAR) if np.abs(powers).max() < NEAR else (LOWEST, HIGHEST)
        plane = Plane((width, 270), (0.3, DEEPEST + 0.7), ends)
        (half, one), bars = (0.32 * width / DEEPEST, plane.at(0, 0)[1]), []
        for u, v in zip(*plane.at(layers, powers), strict=True):
            place = (
                f"x='{u - half:.1f}' y='{min(v, one):.1f}' width='{2 * half:.1f}' height='{max(abs(v - one), 1):.1f}'"
            )
            bars.append(f"<rect class='stick {'neg' if v > one else 'pos'}' {place}/>")
        line = [f"<path class='curve theory' d='{plane.path(layers, _power(theory.dW))}'/>"] if self.scale > 0 else []
        drawn = plane.drawn(
            [f"<path class='zero' d='M0 {one:.1f}H{width}'/>", *bars, *line], place=(64, 34), across="layer",
            title="size of each layer's dW (bars), and in theory (dashed)",
            x_ticks=range(1, DEEPEST + 1, 3 if tall else 1),
            y_ticks=_powers_of_ten(range(ends[0], ends[1] + 1, 2 if ends[1] == NEAR else 5)),
        )  # fmt: skip
        return document(width + 74, 350, [drawn], self.words())

    def words(self):
        """What the picture shows, in three sentences."""
        (sizes, last), theory = self.measured(), self.predicted()
        first, end, first_by_theory, end_by_theory = map(_short, [*sizes.dW[[0, -1]], *theory.dW[[0, -1]]])
        return (
            f"{self.activation}, {self.depth} layers of {WIDTH}, weights with standard deviation {_short(self.std)}. "
            f"dW has size {first} in layer 1 and {end} in layer {self.depth}; "
            f"theory says {first_by_theory} and {end_by_theory}. Before the last layer {self._state(last)}"
        )

    def _state(self, h):
        if self.activation == "tanh":
            return f"{100 * saturation(h):.0f} % of all tanh are saturated, |h| > 0.99."
        if self.activation == "relu":
            return f"{count_dead(h)} of {WIDTH} units are dead: 0 for all {INPUTS} inputs."
        return f"the sigmoids' slopes have size {number(rms(sigmoid_slope(h)))}; 0.25 is the most they can have."


@lru_cache(8)  # a picture and its words measure the same network
def _measured(depth, activation, std):
    rng = np.random.default_rng(5)
    X, doutput = rng.normal(size=(2, INPUTS, WIDTH))
    params = init_params([WIDTH] * (depth + 1), rng, std)
    return layer_sizes(params, X, doutput, activation), forward(params, X, activation)[1].inputs[-1]


def _power(sizes):
    """Powers of ten, no lower than the axis."""
    return np.log10(np.maximum(sizes, 10.0**LOWEST))


def _powers_of_ten(powers):
    """Pairs of a power and of the number, written."""
    return list(zip(powers, written([10.0**power for power in powers]), strict=True))


def _short(value):
    return "0" if value == 0 else number(value)


def explore_health():
    """Choose depth, activation and size of the weights of a network; returns a `Board`."""
    return Board("Gradient health", GradientHealth())

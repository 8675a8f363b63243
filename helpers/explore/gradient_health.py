"""Explorer of lesson 05: the reader's own weights, made larger or smaller, and each layer's gradient."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from helpers.drawing.plane import Plane, document
from helpers.drawing.svg import number
from helpers.drawing.ticks import written
from helpers.explore.board import Board
from helpers.explore.controls import choice
from helpers.explore.controls import number as dial
from helpers.networks import network
from helpers.networks.gradient_scale import LayerSizes, layer_sizes

WIDTH, INPUTS, DEEPEST = 64, 100, 20
ACTIVATIONS = ("tanh", "sigmoid", "relu")
LOWEST, REACHES = 1e-30, (2, 4, 8, 16, 30)  # what is drawn for 0; powers of ten to which the axis may go, up and down
WIDTHS = {False: 700, True: 330}  # of the plane, wide and tall


@dataclass
class GradientHealth:
    """A network of `depth` layers of 64 neurons, whose weights are `factor` times those that init_params draws."""

    depth: int = 10
    activation: str = "tanh"
    factor: float = 0.5
    init_params: Callable = network.init_params
    drawn: list = field(init=False, repr=False, compare=False)

    def __post_init__(self):
        self.drawn = self.init_params([WIDTH] * (DEEPEST + 1), np.random.default_rng(5))

    def measured(self):
        """LayerSizes for 100 inputs and as many gradients of size 1."""
        X, doutput = np.random.default_rng(6).normal(size=(2, INPUTS, WIDTH))
        params = [(self.factor * W, b) for W, b in self.drawn[: self.depth]]
        return layer_sizes(params, X, doutput, self.activation)

    def controls(self):
        """Depth, activation and size of the weights."""
        return [
            dial("depth", "layers", self.depth, 2, DEEPEST, step=1),
            dial("factor", "factor", self.factor, 0.2, 12, step=0.1),
            choice("activation", "activation", [(name, name) for name in ACTIVATIONS], self.activation),
        ]

    def take(self, values):
        """Set what the controls say."""
        vars(self).update(values, depth=int(values["depth"]))

    def picture(self, tall=False):
        """Bars for the size of each layer's dW, from 1 up or down, and lines for those of h and dz, as SVG."""
        sizes, width = LayerSizes(*(np.log10(np.maximum(each, LOWEST)) for each in self.measured())), WIDTHS[tall]
        reach = next((reach for reach in REACHES if np.abs(sizes).max() <= reach), REACHES[-1])
        plane, layers = Plane((width, 270), (0.3, DEEPEST + 0.7), (-reach, reach)), np.arange(1, self.depth + 1)
        (half, one), bars = (0.32 * width / DEEPEST, plane.at(0, 0)[1]), []
        for u, v in zip(*plane.at(layers, sizes.dW), strict=True):
            place = (
                f"x='{u - half:.1f}' y='{min(v, one):.1f}' width='{2 * half:.1f}' height='{max(abs(v - one), 1):.1f}'"
            )
            bars.append(f"<rect class='stick {'neg' if v > one else 'pos'}' {place}/>")
        lines = [
            f"<path class='curve' d='{plane.path(layers, sizes.h)}'/>",
            f"<path class='curve theory' d='{plane.path(layers, sizes.dz)}'/>",
        ]
        drawn = plane.drawn(
            [f"<path class='zero' d='M0 {one:.1f}H{width}'/>", *bars, *lines], place=(64, 34), across="layer",
            title="size in each layer",
            x_ticks=range(1, DEEPEST + 1, 3 if tall else 1),
            y_ticks=_powers_of_ten(np.linspace(-reach, reach, 5)),
        )  # fmt: skip
        return document(width + 74, 350, [drawn], self.words())

    def words(self):
        """What the picture shows: its key, and three sentences."""
        h, dz, dW = self.measured()
        return (
            "Bars: dW. Line: h. Dashed: dz. "
            f"{self.activation}, {self.depth} layers of {WIDTH}, weights {self.factor:g} times those of init_params. "
            f"h has size {number(h[-1])} when it comes into layer {self.depth}, dz size {number(dz[0])} when it is "
            f"back in layer 1. dW has size {number(dW[0])} in layer 1 and {number(dW[-1])} in layer {self.depth}."
        )


def _powers_of_ten(powers):
    """Pairs of a power and of the number, written."""
    return list(zip(powers, written([10.0**power for power in powers]), strict=True))


def explore_health(init_params=network.init_params):
    """Choose depth, activation and size of the weights of a network; returns a `Board`.

    init_params: draws weights, as `init_params(sizes, rng)` of the lesson. Errors are its own.
    """
    return Board("Gradient health", GradientHealth(init_params=init_params))

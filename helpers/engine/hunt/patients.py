"""The patients of the bug hunt: which part is ill, what its line does wrong, and the network on which it shows.

The networks differ, since what a bug does to the table of gradients depends on them: one row or several, square or not.
"""

from dataclasses import dataclass

import numpy as np

from helpers.engine.assembly import assemble
from helpers.engine.part import PARTS


@dataclass(frozen=True)
class Patient:
    """part: its name; right, wrong: an edit of the series' own text; sizes, rows: network and batch; words: why."""

    part: str
    right: str
    wrong: str
    sizes: tuple
    rows: int
    words: str

    @property
    def text(self):
        """The series' own text with the wrong line in it."""
        return PARTS[self.part].own.replace(self.right, self.wrong)

    def case(self):
        """Return (net, X, labels), all new: of such sizes that neither a tanh nor the softmax says 0 or 1."""
        rng = np.random.default_rng(sum(self.sizes) + self.rows)
        pairs = zip(self.sizes[:-1], self.sizes[1:], strict=True)
        net = [(0.7 * rng.normal(size=(i, o)), 0.3 * rng.normal(size=o)) for i, o in pairs]
        return net, rng.normal(size=(self.rows, self.sizes[0])), np.arange(self.rows) % self.sizes[-1]


def asked_twice(E, case):
    """Two gradients of the mean cross-entropy by an engine, the second from the same arrays as the first."""
    net, X, labels = case
    output, inputs = E.forward(net, X)
    _, dlogits = E.softmax_cross_entropy(output, labels)
    return [E.backward(net, inputs, dlogits.copy()) for _ in range(2)]


def loss_of(net, X, labels):
    """The healthy loss, which is nudged."""
    E = assemble()
    return E.softmax_cross_entropy(E.forward(net, X)[0], labels)[0]


PATIENTS = (
    Patient(
        "softmax_cross_entropy", "return loss, dlogits / N", "return loss, dlogits", (3, 4, 3), 4,
        "All numbers are 4 times too large, so the fault lies where all of them begin; and the batch has 4 rows. "
        "The loss is a mean, and a mean divides.",
    ),
    Patient(
        "linear_backward", "dz @ W.T", "dz @ W", (3, 3, 3), 1,
        "Layer 2 is right, both dW and db. What it hands down is not: not too large, but something else. Every layer "
        "has 3 inputs and 3 neurons, so W fits in the place of its transpose, and no error was raised.",
    ),
    Patient(
        "backward", "dh * (1 - h**2)", "dh", (2, 4, 3, 2), 1,
        "Layer 3 is right, which clears the loss and the layer. Below a tanh it goes wrong: in layer 2 all signs are "
        "right and all numbers too large, by 1/(1 − h²). The slope was left out. In layer 1 it is missing twice, and "
        "sums have mixed it.",
    ),
    Patient(
        "backward", "h**2", "h", (2, 3, 2), 1,
        "Layer 2 is right. In layer 1 the signs are right, and the ratios are 1/(1 + h), one for each h: the slope "
        "was 1 − h, where (1 − h)(1 + h) is asked. Only the square is missing.",
    ),
    Patient(
        "backward", "h**2", "np.square(h, out=h)", (3, 4, 2), 3,
        "The first time all is right, so each formula is. The second time only db2 is, which needs no kept array: the "
        "first call has written into h, which belongs to forward. `out=` puts the squares there; without it they "
        "are a new array.",
    ),
)  # fmt: skip

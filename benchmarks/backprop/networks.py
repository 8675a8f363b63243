"""The networks that all peers run: their sizes, weights, inputs, and the work that they ask for."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from helpers.networks.network import init_params


@dataclass(frozen=True)
class Network:
    """A tanh network with a linear last layer under the mean squared error; the same numbers for every peer."""

    sizes: tuple
    batch: int
    dtype: str

    @cached_property
    def params(self):
        """List of (W, b), W of shape (d_in, d_out)."""
        return init_params(self.sizes, np.random.default_rng(0), dtype=self.dtype)

    @cached_property
    def data(self):
        """Inputs of shape (batch, d_in) and targets of shape (batch, d_out)."""
        rng = np.random.default_rng(1)
        return tuple(rng.normal(size=(self.batch, n)).astype(self.dtype) for n in (self.sizes[0], self.sizes[-1]))

    @property
    def title(self):
        """Sizes and batch in words."""
        return f"{'-'.join(map(str, self.sizes))}, batch {self.batch}"

    @property
    def weights(self):
        """Number of entries of each W."""
        return [d_in * d_out for d_in, d_out in pairwise(self.sizes)]

    @property
    def flops(self):
        """Operations of all matrix products: three of 2 N d_in d_out a layer (forward, dW, dX), no dX in the first."""
        return 2 * self.batch * (3 * sum(self.weights) - self.weights[0])


SHAPES = [  # sizes, batch
    ((2, 16, 16, 1), 1),
    ((2, 16, 16, 1), 100),
    ((4, 64, 64, 2), 32),
    ((64, 256, 256, 10), 256),
    ((784, 1024, 1024, 10), 1024),
]
SMALL_BATCH = 100  # up to which the small networks go; the larger ones are measured against the matrix products
SCALAR_WEIGHTS = 1000  # more are not asked of the peers that compute with single numbers
TOLERANCES = {"float32": 1e-4, "float64": 1e-10}  # of gradients, relative to the largest entry of the array


def largest_difference(gradient, reference):
    """The largest relative difference of two lists of (dW, db), array by array."""
    return max(
        np.abs(ours - theirs).max() / np.abs(theirs).max()
        for layer, other in zip(gradient, reference, strict=True)
        for ours, theirs in zip(layer, other, strict=True)
    )

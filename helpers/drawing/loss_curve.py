"""The loss during a training: a picture of its own, and a panel of the training stepper."""

import numpy as np

from helpers.drawing.colours import LOOKS
from helpers.drawing.log_axes import write_ticks


def draw_loss(ax, losses):
    """The loss at every step, on a logarithmic axis; losses: name -> numbers, the first of them before training.

    A loss that is exactly 0 stands at 1e-16; one that is not finite leaves a gap.
    """
    artists = []
    for (name, values), (colour, style, _) in zip(losses.items(), LOOKS, strict=False):
        artists += ax.semilogy(np.maximum(values, 1e-16), color=colour, ls=style, label=name)
    ax.set(xlabel="step", ylabel="loss")
    write_ticks(ax)
    if len(losses) > 1:
        ax.legend(loc="best")
    return artists

"""Drawing for the lessons: `draw_...(ax, data)` puts artists on given axes and returns them; `picture` shows them."""

from helpers.drawing.figure import Picture, picture
from helpers.drawing.loss_curve import draw_loss
from helpers.drawing.progress import progress
from helpers.plots.cartpole import draw_action_map, draw_episodes, draw_outcomes, draw_patient, draw_seeds
from helpers.plots.curves import draw_activations, draw_errors, draw_kink, draw_kink_slopes, draw_swell, draw_ways
from helpers.plots.diagrams import draw_actor, draw_corridor, draw_neuron
from helpers.plots.gradient_scale import (
    draw_boundaries,
    draw_clipping,
    draw_dead,
    draw_death,
    draw_patients,
    draw_sizes,
    draw_softmax,
)
from helpers.plots.paths import draw_four_paths, draw_layers, draw_passes
from helpers.plots.policy import (
    draw_baselines,
    draw_critic,
    draw_learning,
    draw_luck,
    draw_shares,
    draw_totals,
    draw_training,
    draw_values,
)

__all__ = [
    "Picture",
    "draw_action_map",
    "draw_activations",
    "draw_actor",
    "draw_baselines",
    "draw_boundaries",
    "draw_clipping",
    "draw_corridor",
    "draw_critic",
    "draw_dead",
    "draw_death",
    "draw_episodes",
    "draw_errors",
    "draw_four_paths",
    "draw_kink",
    "draw_kink_slopes",
    "draw_layers",
    "draw_learning",
    "draw_loss",
    "draw_luck",
    "draw_neuron",
    "draw_outcomes",
    "draw_passes",
    "draw_patient",
    "draw_patients",
    "draw_seeds",
    "draw_shares",
    "draw_sizes",
    "draw_softmax",
    "draw_swell",
    "draw_totals",
    "draw_training",
    "draw_values",
    "draw_ways",
    "picture",
    "progress",
]

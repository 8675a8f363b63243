"""A notebook with every kind of output that the lessons have, for the tests of Jupyter, export and reopening."""

IMPORTS = """
import numpy as np
from helpers.explore import explore_ledger, explore_neuron, explore_nudge
from helpers.calculus.graph import Value
from helpers.networks.losses import mean_squared_error
from helpers.networks.network import init_params
from helpers.plots import picture
from helpers.running_actor import actor_graph
from helpers.steppers import show_differences, show_gradient_flow, show_layer_flow
"""
HOSTILE = "</script><script>window.hacked = 1</script><img src=x onerror='window.hacked = 2'>"
LAYERS = """
rng = np.random.default_rng(0)
X = rng.normal(size=(8, 8))
show_layer_flow(init_params([8] * 5, rng), X, lambda output: mean_squared_error(output, -X))
"""
CELLS = [
    IMPORTS,
    "show_gradient_flow(actor_graph(), follow='u1')",
    "show_differences()",
    f"x = Value(2.0, label={HOSTILE!r})\nshow_gradient_flow(x * x + 1)",
    LAYERS,
    "picture(lambda ax: ax.plot([0, 1], [0, 1]), caption='A rising line.')",
    "explore_neuron()",
    "explore_nudge()",
    "explore_ledger()",
    "'a cell below, to which Jupyter could move on'",
]
PLAYERS = "notebooks/players.ipynb"
KINDS = ["gradient", "frames", "gradient", "frames", "dial", "nudge", "ledger"]  # of its live outputs

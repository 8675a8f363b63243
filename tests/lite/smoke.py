"""What helpers compute, from the number that is followed to the pole: run in CPython and in WebAssembly alike."""

import json

import gymnasium
import ipywidgets
import numpy as np

from helpers.agreement import agreement_table, return_table
from helpers.engine.judging import judge
from helpers.engine.part import PARTS
from helpers.installation import check_installation
from helpers.networks import seconds_for
from helpers.rl.actor_critic import train
from helpers.rl.cartpole import SCALE, make_poles, new_networks
from helpers.running_actor import actor_graph
from helpers.steppers import show_gradient_flow

rows = agreement_table("99").rows + return_table("99").rows
actor, critic, finished = train(make_poles(8), *new_networks(0), 200, 0.01, 0.01, 0.99, 0, SCALE)
endless = "def reward_to_go(r):\n    while True:\n        pass\n"
print(
    json.dumps(
        {
            "ready": check_installation().fine,
            "methods": {f"{lesson} {method}": value for lesson, method, value, *_ in rows},
            "weights": np.concatenate([values.ravel() for layer in (*actor, *critic) for values in layer]).tolist(),
            "picture": len(show_gradient_flow(actor_graph()).nodes),
            "parts": [name for name, part in PARTS.items() if judge(part, part.own)],
            "endless": judge(PARTS["reward_to_go"], endless),
            "widgets": [ipywidgets.FloatSlider().value, gymnasium.spaces.Discrete(2).n.item()],
            "measured": seconds_for(lambda: None) > 0,
        }
    )
)

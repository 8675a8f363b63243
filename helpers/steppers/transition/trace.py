"""The numbers of one actor-critic update from one transition of the corridor, and its steps as plain data.

Losses as in `helpers.rl.gradient_ledger`: the actor's is -delta log pi, the critic's delta**2 / 2; both are descended.
"""

from dataclasses import dataclass
from string import Formatter
from typing import NamedTuple

import numpy as np

from helpers.drawing.svg import number
from helpers.networks.activations import sigmoid
from helpers.networks.network import backward, forward
from helpers.rl.corridor import GOAL, NEXT, OBSERVATIONS, REWARD
from helpers.running_actor import actor_output, as_layers, as_theta
from helpers.steppers.transition.table import STEPS


class Step(NamedTuple):
    """Words; nodes at hand; what is known (values and gradients by node, weights by field); fresh fields.

    A value is None where it is known that there is none.
    """

    sentence: str
    formula: str
    hot: tuple
    values: dict
    gradients: dict
    weights: dict
    fresh: tuple


@dataclass
class Transition:
    """One transition and what follows from it.

    theta, phi: seven numbers each; cell, action: where the actor is and what it does; alpha, beta: step sizes.
    """

    theta: np.ndarray
    phi: np.ndarray
    cell: int
    action: int
    alpha: float
    beta: float
    gamma: float = 1.0

    def __post_init__(self):
        theta, phi = self.theta, self.phi = np.array([self.theta, self.phi], float)
        self.cell_next = int(NEXT[self.cell, self.action])
        self.x, self.x_next, self.r = *OBSERVATIONS[[self.cell, self.cell_next]], REWARD
        self.z, self.h1, self.h2, dz_dtheta = _through(theta, self.x)
        self.v, self.critic_h1, self.critic_h2, dv_dphi = _through(phi, self.x)
        goal = self.cell_next == GOAL  # there the critic is not asked, and has no hidden units to show
        self.v_next, self.next_h1, self.next_h2 = (0.0, None, None) if goal else _through(phi, self.x_next)[:3]
        self.pi = sigmoid(self.z)
        self.log_pi = -np.logaddexp(0.0, -self.z if self.action else self.z)  # finite even where pi rounds to 0
        self.target = self.r + self.gamma * self.v_next
        self.delta = self.target - self.v
        self.actor_loss, self.critic_loss = -self.delta * self.log_pi, self.delta**2 / 2
        self.dactor_loss, self.dcritic_loss, self.ddelta = 1.0, 1.0, self.delta
        self.dlog_pi = self.dv = -self.delta
        self.score = self.action - self.pi
        self.dz = self.dlog_pi * self.score
        self.dh1, self.dh2 = self.dz * theta[4:6]
        self.dcritic_h1, self.dcritic_h2 = self.dv * phi[4:6]
        self.dtheta, self.dphi = self.dz * dz_dtheta, self.dv * dv_dphi
        self.theta_new, self.phi_new = theta - self.alpha * self.dtheta, phi - self.beta * self.dphi
        self.pi_new, self.v_new = sigmoid(actor_output(self.theta_new, self.x)), actor_output(self.phi_new, self.x)

    def steps(self):
        """Return the list of `Step`s, one for each row of `STEPS`."""
        words, steps = self._words(), []
        for k, row in enumerate(STEPS):
            rows = STEPS[: k + 1]
            steps.append(
                Step(
                    sentence=Words().vformat(row.sentence, (), words),
                    formula=Words().vformat(row.formula, (), words),
                    hot=tuple(n for n in row.values + row.gradients + row.again if words[n.field] is not None),
                    fresh=row.weights,
                    values={node: words[node.field] for row in rows for node in row.values},
                    gradients={node: words[f"d{node.field}"] for row in rows for node in row.gradients},
                    weights={field: words[field] for row in rows for field in row.weights},
                )
            )
        return steps

    def _words(self):
        """What stands in the places of the sentences: every number by its name, and words that depend on them."""
        goal = self.cell_next == GOAL
        asked = f"The same critic at s′: V(s′) = {number(self.v_next)}."
        return vars(self) | {
            "name": "right" if self.action else "left",
            "chance": np.exp(self.log_pi),
            "place": "the goal" if goal else f"cell {self.cell_next}",
            "after": "V(goal) is 0 by definition; the critic is not asked." if goal else asked,
            "better": "better than" if self.delta > 0 else "worse than" if self.delta < 0 else "as",
        }


class Words(Formatter):
    """Format strings in which numbers stand as in the pictures; `{:()}` puts a negative one in brackets."""

    def format_field(self, value, form):
        """The value as text."""
        if isinstance(value, float) and form in ("", "()"):
            return f"({number(value)})" if form and value < 0 else number(value)
        return super().format_field(value, form).replace("-", "−")


def _through(weights, x):
    """Output, both hidden neurons, and gradient of the output by the seven weights of a network at x."""
    layers = as_layers(weights)
    output, cache = forward(layers, np.array([[x]]))
    return output.item(), *cache.inputs[1][0], as_theta(backward(layers, cache, np.ones((1, 1))))

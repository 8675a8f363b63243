"""The steps of one actor-critic update from one transition of the corridor, as plain data.

Losses as in `helpers.rl.gradient_ledger`: the actor's is -delta log pi, the critic's delta**2 / 2; both are descended.
"""

from dataclasses import dataclass, field

import numpy as np

from helpers.drawing.svg import number
from helpers.networks.network import sigmoid
from helpers.rl.corridor import GOAL, NEXT
from helpers.rl.corridor_batch import X, output_gradient

EDGES = (
    ("x", "h1"), ("x", "h2"), ("h1", "z"), ("h2", "z"), ("z", "log π"), ("log π", "actor loss"),
    ("x ", "h1 "), ("x ", "h2 "), ("h1 ", "V(s)"), ("h2 ", "V(s)"), ("x′", "V(s′)"),
    ("V(s)", "δ"), ("V(s′)", "δ"), ("r", "δ"), ("δ", "critic loss"), ("δ", "actor loss"),
)  # fmt: skip
CUT = {("δ", "actor loss"), ("V(s′)", "δ")}  # a number goes forward here, no gradient comes back


@dataclass(frozen=True)
class Step:
    """Names of what is known and at hand, gradients by name, what the two tables show, and the words.

    theta, phi: rows of seven numbers by name, shown from this step on.
    """

    sentence: str
    formula: str
    hot: tuple
    known: tuple
    gradients: dict
    theta: dict
    phi: dict


@dataclass
class Transition:
    """One transition and what follows from it; names with a space at their end belong to the critic.

    theta, phi: seven numbers each; cell, action: where the actor is and what it does; alpha, beta: step sizes.
    """

    theta: np.ndarray
    phi: np.ndarray
    cell: int
    action: int
    alpha: float
    beta: float
    gamma: float = 1.0
    values: dict = field(init=False)
    gradients: dict = field(init=False)

    def __post_init__(self):
        theta, phi, x = np.asarray(self.theta, float), np.asarray(self.phi, float), X[self.cell]
        self.cell_next = int(NEXT[self.cell, self.action])
        self.z, self.dz_dtheta = output_gradient(theta, x)
        self.v, self.dv_dphi = output_gradient(phi, x)
        self.v_next = 0.0 if self.cell_next == GOAL else output_gradient(phi, X[self.cell_next])[0]
        self.pi = sigmoid(self.z)
        self.log_pi = -np.logaddexp(0.0, -self.z if self.action else self.z)  # finite even where pi rounds to 0
        self.target = -1 + self.gamma * self.v_next
        self.delta = self.target - self.v
        self.dz = -self.delta * (self.action - self.pi)
        self.dtheta, self.dphi = self.dz * self.dz_dtheta, -self.delta * self.dv_dphi
        self.theta_new, self.phi_new = theta - self.alpha * self.dtheta, phi - self.beta * self.dphi
        self.pi_new = sigmoid(output_gradient(self.theta_new, x)[0])
        self.v_new = output_gradient(self.phi_new, x)[0]
        actor, critic = ({f"h{j}": np.tanh(w[j - 1] * x + w[j + 1]) for j in (1, 2)} for w in (theta, phi))
        self.values = {
            "x": x, **actor, "z": self.z, "log π": self.log_pi, "actor loss": -self.delta * self.log_pi,
            "x ": x, **{f"{name} ": h for name, h in critic.items()}, "V(s)": self.v, "x′": X[self.cell_next],
            "V(s′)": self.v_next, "r": -1.0, "δ": self.delta, "critic loss": self.delta**2 / 2,
        }  # fmt: skip
        self.gradients = {
            "actor loss": 1.0, "log π": -self.delta, "z": self.dz, "h1": self.dz * theta[4], "h2": self.dz * theta[5],
            "critic loss": 1.0, "δ": self.delta, "V(s)": -self.delta, "h1 ": -self.delta * phi[4],
            "h2 ": -self.delta * phi[5],
        }  # fmt: skip

    def steps(self):
        """Return the list of `Step`s: forward, backward, update."""
        return list(self._steps())

    def _steps(self):
        known, gradients, rows = [], {}, {"theta": {"now": self.theta}, "phi": {"now": self.phi}}
        n = {name: number(value) for name, value in self.values.items()}
        action, delta = ("right" if self.action else "left"), number(self.delta)
        bracketed_v = f"({n['V(s)']})" if self.v < 0 else n["V(s)"]

        def step(sentence, formula, new=(), reached=(), hot=()):
            known.extend(new)
            gradients.update({name: self.gradients[name] for name in reached})
            return Step(
                sentence, formula, (*new, *reached, *hot), tuple(known), dict(gradients),
                dict(rows["theta"]), dict(rows["phi"]),
            )  # fmt: skip

        where = "the goal" if self.cell_next == GOAL else f"cell {self.cell_next}"
        yield step(
            f"Given: the actor with its weights θ on the left, the critic with its weights φ on the right, and cell "
            f"{self.cell}, which both see as x = {n['x']}.",
            f"s = cell {self.cell}", ["x", "x "],
        )  # fmt: skip
        yield step(
            f"Forward through the actor: h1 = {n['h1']}, h2 = {n['h2']}, z = w1·h1 + w2·h2 + b = {n['z']}.",
            f"z = {n['z']},  π(right) = σ(z) = {number(self.pi)}", ["h1", "h2", "z"],
        )  # fmt: skip
        yield step(
            f"The action is drawn: {action}, which had the probability {number(np.exp(self.log_pi))}; its logarithm is "
            f"{n['log π']}.",
            f"log π({action} | cell {self.cell}) = {n['log π']}", ["log π"],
        )  # fmt: skip
        yield step(
            f"The world answers with the reward −1 and the next state, {where}.",
            f"r = −1,  s′ = {where}", ["r", "x′"],
        )  # fmt: skip
        yield step(
            f"Forward through the critic at s: V(s) = {n['V(s)']} is the return that it expects from here.",
            f"V(s) = {n['V(s)']}", ["h1 ", "h2 ", "V(s)"],
        )  # fmt: skip
        after = (
            "V(goal) is 0 by definition; the critic is not asked."
            if self.cell_next == GOAL
            else f"The same critic at s′: V(s′) = {n['V(s′)']}."
        )
        yield step(after, f"V(s′) = {n['V(s′)']}", ["V(s′)"])
        better = "better than" if self.delta > 0 else "worse than" if self.delta < 0 else "as"
        yield step(
            f"The TD error compares the target r + γ V(s′) = {number(self.target)} with V(s): δ = {delta}, so it went "
            f"{better} the critic expected.",
            f"δ = r + γ V(s′) − V(s) = {number(self.target)} − {bracketed_v} = {delta}", ["δ"],
        )  # fmt: skip
        yield step(
            "Two losses: the critic's is δ²/2, the actor's −δ · log π. Two wires are cut: numbers go forward through "
            "them, and no gradient will come back.",
            f"−δ · log π = {n['actor loss']},  δ²/2 = {n['critic loss']}", ["actor loss", "critic loss"],
        )  # fmt: skip
        yield step(
            f"Backward through the critic: δ²/2 sends δ = {delta} to δ, and V(s) stands in δ with a minus. The wire to "
            "V(s′) is cut, so the target counts as a number.",
            f"∂(δ²/2)/∂V(s) = −δ = {number(-self.delta)}", (), ["critic loss", "δ", "V(s)"],
        )  # fmt: skip
        rows["phi"]["gradient"] = self.dphi
        yield step(
            "On through the critic, as in lesson 04: each weight gets upstream × local × input.",
            f"∂(δ²/2)/∂φ = −δ · ∂V(s)/∂φ,  for u1: {number(self.dphi[0])}", (), ["h1 ", "h2 "],
        )  # fmt: skip
        yield step(
            f"Backward through the actor: −δ · log π sends −δ = {number(-self.delta)} to log π. The wire to δ is cut: "
            "the actor's loss does not reach the critic.",
            f"∂(−δ · log π)/∂log π = −δ = {number(-self.delta)}", (), ["actor loss", "log π"],
        )  # fmt: skip
        yield step(
            f"The derivative of log π({action}) by z is a − π(right), with a = {self.action} for {action} (lesson 06).",
            f"−δ · (a − π) = {bracket(-self.delta)} · {bracket(self.action - self.pi)} = {number(self.dz)}", (), ["z"],
        )  # fmt: skip
        rows["theta"]["gradient"] = self.dtheta
        yield step(
            "On through the actor, again as in lesson 04.",
            f"∂(−δ · log π)/∂θ = −δ · ∂log π/∂θ,  for u1: {number(self.dtheta[0])}", (), ["h1", "h2"],
        )  # fmt: skip
        rows["phi"]["new"] = self.phi_new
        yield step(
            f"The critic's update goes against its gradient: φ − β · gradient, with β = {self.beta:g}.",
            f"u1: {number(self.phi[0])} − {self.beta:g} · {bracket(self.dphi[0])} = {number(self.phi_new[0])}",
        )  # fmt: skip
        rows["theta"]["new"] = self.theta_new
        yield step(
            f"The actor's update: θ − α · gradient, with α = {self.alpha:g}.",
            f"u1: {number(self.theta[0])} − {self.alpha:g} · {bracket(self.dtheta[0])} = {number(self.theta_new[0])}",
        )  # fmt: skip
        yield step(
            f"Before and after: π(right) went from {number(self.pi)} to {number(self.pi_new)}, V(s) from {n['V(s)']} "
            f"to {number(self.v_new)}, towards the target {number(self.target)}.",
            f"π(right): {number(self.pi)} → {number(self.pi_new)},  V(s): {n['V(s)']} → {number(self.v_new)}",
            hot=["z", "V(s)"],
        )  # fmt: skip


def bracket(value):
    """The number, a negative one in brackets."""
    return f"({number(value)})" if value < 0 else number(value)

"""An actor-critic update as it is shown: its numbers, the wires between them, and its steps, each as a table.

What is called a field is one of `helpers.steppers.transition.trace.Transition`.
"""

from typing import NamedTuple


class Node(NamedTuple):
    """A number and its box; owner: 'actor', 'critic' or 'world'; the gradient by it stands in the field d<field>."""

    name: str
    owner: str
    field: str
    place: tuple

    @property
    def full_name(self):
        """The name, with the owner where another has a number of this name."""
        shared = sum(node.name == self.name for node in NODES) > 1
        return f"{self.name} of the {self.owner}" if shared else self.name


class Row(NamedTuple):
    """One step: a sentence and a formula, with places for fields, and what is new.

    values, gradients: nodes whose value, or gradient, is known from here on; weights: fields that are written into the
    tables of θ and φ; again: nodes that are at hand once more.
    """

    sentence: str
    formula: str
    values: tuple = ()
    gradients: tuple = ()
    weights: tuple = ()
    again: tuple = ()


NODES = (
    Node("x", "actor", "x", (114, 46)),
    Node("h1", "actor", "h1", (60, 116)),
    Node("h2", "actor", "h2", (168, 116)),
    Node("z", "actor", "z", (114, 186)),
    Node("log π", "actor", "log_pi", (114, 256)),
    Node("actor loss", "actor", "actor_loss", (176, 326)),
    Node("x", "critic", "x", (338, 46)),
    Node("h1", "critic", "critic_h1", (284, 116)),
    Node("h2", "critic", "critic_h2", (392, 116)),
    Node("V(s)", "critic", "v", (338, 186)),
    Node("x′", "world", "x_next", (562, 46)),
    Node("h1′", "critic", "next_h1", (508, 116)),
    Node("h2′", "critic", "next_h2", (616, 116)),
    Node("V(s′)", "critic", "v_next", (562, 186)),
    Node("r", "world", "r", (226, 186)),
    Node("δ", "critic", "delta", (284, 256)),
    Node("critic loss", "critic", "critic_loss", (380, 326)),
)
X, H1, H2, Z, LOG_PI, ACTOR_LOSS, CRITIC_X, CRITIC_H1, CRITIC_H2, V = NODES[:10]
X_NEXT, NEXT_H1, NEXT_H2, V_NEXT, R, DELTA, CRITIC_LOSS = NODES[10:]

EDGES = (
    (X, H1), (X, H2), (H1, Z), (H2, Z), (Z, LOG_PI), (LOG_PI, ACTOR_LOSS),
    (CRITIC_X, CRITIC_H1), (CRITIC_X, CRITIC_H2), (CRITIC_H1, V), (CRITIC_H2, V),
    (X_NEXT, NEXT_H1), (X_NEXT, NEXT_H2), (NEXT_H1, V_NEXT), (NEXT_H2, V_NEXT),
    (V, DELTA), (V_NEXT, DELTA), (R, DELTA), (DELTA, CRITIC_LOSS), (DELTA, ACTOR_LOSS),
)  # fmt: skip
CUT = {(DELTA, ACTOR_LOSS), (V_NEXT, DELTA)}  # a number goes forward here, no gradient comes back

STEPS = (
    Row("Given: the actor with its weights θ on the left, the critic with its weights φ on the right, and cell {cell}, "
        "which both see as x = {x}.",
        "s = cell {cell}", values=(X, CRITIC_X), weights=("theta", "phi")),
    Row("Forward through the actor: h1 = {h1}, h2 = {h2}, z = w1·h1 + w2·h2 + b = {z}.",
        "z = {z},  π(right) = σ(z) = {pi}", values=(H1, H2, Z)),
    Row("The action is drawn: {name}, which had the probability {chance}; its logarithm is {log_pi}.",
        "log π({name} | cell {cell}) = {log_pi}", values=(LOG_PI,)),
    Row("The world answers with the reward {r:g} and the next state, {place}.",
        "r = {r:g},  s′ = {place}", values=(R, X_NEXT)),
    Row("Forward through the critic at s: V(s) = {v} is the return that it expects from here.",
        "V(s) = {v}", values=(CRITIC_H1, CRITIC_H2, V)),
    Row("{after}", "V(s′) = {v_next}", values=(NEXT_H1, NEXT_H2, V_NEXT)),
    Row("The TD error compares the target r + γ V(s′) = {target} with V(s): δ = {delta}, so it went {better} the "
        "critic expected.",
        "δ = r + γ V(s′) − V(s) = {target} − {v:()} = {delta}", values=(DELTA,)),
    Row("Two losses: the critic's is δ²/2, the actor's −δ · log π. Two wires are cut: numbers go forward through them, "
        "and no gradient will come back.",
        "−δ · log π = {actor_loss},  δ²/2 = {critic_loss}", values=(ACTOR_LOSS, CRITIC_LOSS)),
    Row("Backward through the critic: δ²/2 sends δ = {delta} to δ, and V(s) stands in δ with a minus. The wire to "
        "V(s′) is cut, so the target counts as a number.",
        "∂(δ²/2)/∂V(s) = −δ = {dv}", gradients=(CRITIC_LOSS, DELTA, V)),
    Row("On through the critic, as in lesson 04: each weight gets upstream × local × input.",
        "∂(δ²/2)/∂φ = −δ · ∂V(s)/∂φ,  for u1: {dphi[0]}", gradients=(CRITIC_H1, CRITIC_H2), weights=("dphi",)),
    Row("Backward through the actor: −δ · log π sends −δ = {dlog_pi} to log π. The wire to δ is cut: the actor's loss "
        "does not reach the critic.",
        "∂(−δ · log π)/∂log π = −δ = {dlog_pi}", gradients=(ACTOR_LOSS, LOG_PI)),
    Row("The derivative of log π({name}) by z is a − π(right), with a = {action} for {name} (lesson 06).",
        "−δ · (a − π) = {dlog_pi:()} · {score:()} = {dz}", gradients=(Z,)),
    Row("On through the actor, again as in lesson 04.",
        "∂(−δ · log π)/∂θ = −δ · ∂log π/∂θ,  for u1: {dtheta[0]}", gradients=(H1, H2), weights=("dtheta",)),
    Row("The critic's update goes against its gradient: φ − β · gradient, with β = {beta:g}.",
        "u1: {phi[0]} − {beta:g} · {dphi[0]:()} = {phi_new[0]}", weights=("phi_new",)),
    Row("The actor's update: θ − α · gradient, with α = {alpha:g}.",
        "u1: {theta[0]} − {alpha:g} · {dtheta[0]:()} = {theta_new[0]}", weights=("theta_new",)),
    Row("Before and after: π(right) went from {pi} to {pi_new}, V(s) from {v} to {v_new}, towards the target {target}.",
        "π(right): {pi} → {pi_new},  V(s): {v} → {v_new}", again=(Z, V)),
)  # fmt: skip

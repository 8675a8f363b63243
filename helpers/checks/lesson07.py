"""Exercise of lesson 07: what an actor-critic's losses send where, by a graph with two cuts."""

from helpers.calculus import Value
from helpers.checks.exercise import exercise


@exercise(
    probes=[(0.0, -5.0, -3.0, -1.0, 0.5), (-1.02, -8.43, -6.46, -1.0, 0.9), (0.7, 1.3, 0.2, -0.4, 0.8), (-0.3, 2.0, -1.5, 0.6, 1.0)],
    named=("dz", "dv", "dv_next"),
    hints=[
        "Both losses contain δ = r + γ V(s′) − V(s). In the actor's loss all of δ is a number; in the critic's only the target is.",
        "`target = (r + gamma * v_next).data` is a number, and `delta = target - v` still knows V(s). In the actor's loss stands `delta.data`.",
    ],
    mistakes=[
        ("leak", "-delta.data", "-delta", "The first wire is not cut: the actor's loss reaches V(s) by way of its δ. There δ must be a number."),
        ("through_target", "(r + gamma * v_next).data", "(r + gamma * v_next)", "The second wire is not cut: the critic's loss reaches V(s′) in its target. The target must be a number."),
        ("critic_cut", "0.5 * delta**2", "0.5 * delta.data**2", "Nothing arrives at V(s), and the critic never learns: in its own loss, δ must still know V(s)."),
        ("actor_cut", "z.sigmoid().log()", "z.sigmoid().log().data", "Nothing arrives at z, and the actor never learns: log π must still know z."),
        ("ascent", "-delta.data", "delta.data", "The actor's loss has lost its minus: a minimiser goes down, and log π should go up after a good surprise."),
        ("no_half", "0.5 * delta**2", "delta**2", "This is δ²; the loss is half of it, else its derivative is twice as large."),
        ("no_gamma", "gamma * v_next", "v_next", "γ is missing in front of V(s′)."),
        ("no_log", "z.sigmoid().log()", "z.sigmoid()", "The actor's loss has the logarithm of π, not π itself."),
        ("no_sigmoid", "z.sigmoid().log()", "z", "z stands in the place of log π: first the sigmoid, then the logarithm."),
    ],
)  # fmt: skip
def cut_gradients(z, v, v_next, r, gamma):
    """Return (dz, dv, dv_next): what -delta log pi(1) + delta**2 / 2 sends to z, V(s), V(s') with both cuts; numbers."""
    z, v, v_next = Value(z), Value(v), Value(v_next)
    target = (r + gamma * v_next).data
    delta = target - v
    loss = -delta.data * z.sigmoid().log() + 0.5 * delta**2
    loss.backward()
    return z.grad, v.grad, v_next.grad

"""Exercises of lesson 07: what delta pushes on average, and what the losses send where, by a graph with two cuts."""

import dis
from itertools import pairwise

from helpers.calculus import Value
from helpers.checks.exercise import exercise


@exercise(
    probes=[(0.25, 2.0, 6.0), (0.7, -1.3, 0.4), (0.45, 3.0, -2.0), (0.9, -1.0, -2.5)],
    named=("the average push",),
    hints=[
        "An average: each of the two pushes, times how often it comes. Right comes with p, left with 1 − p.",
        "After right the push is `delta_right * (1 - p)`. After left a is 0: what is a − π(right) then?",
    ],
    mistakes=[
        ("once_each", "p * after_right + (1 - p) * after_left", "after_right + after_left", "This adds the two pushes. Right comes with the probability p and left with 1 − p: weigh them."),
        ("half_each", "p * after_right + (1 - p) * after_left", "(after_right + after_left) / 2", "This takes both actions for equally frequent. Right comes with the probability p, left with 1 − p."),
        ("average_first", "p * after_right + (1 - p) * after_left", "(p * delta_right + (1 - p) * delta_left) * p * (1 - p)", "This averages δ first. Each δ must meet its own score, 1 − p or −p, before anything is averaged."),
        ("no_score", "delta_right * (1 - p), delta_left * (0 - p)", "delta_right, delta_left", "This is the average of δ. A push is δ times the score, a − π(right)."),
        ("no_delta", "delta_right * (1 - p), delta_left * (0 - p)", "1 - p, 0 - p", "This is always 0, as the average of the score is: each δ must meet its own score before anything is added."),
        ("left_up", "(0 - p)", "p", "After left the score is negative: a is 0, so a − π(right) is −p."),
        ("score_of_left", "(0 - p)", "(1 - p)", "After left a is 0, so the score is 0 − p."),
        ("minus_left", "(0 - p)", "(0 - (1 - p))", "After left the score is a − π(right) = 0 − p; π(left) is not in it."),
        ("deltas", "delta_right * (1 - p), delta_left * (0 - p)", "delta_left * (1 - p), delta_right * (0 - p)", "The sign is turned: the two δ are exchanged, or the two scores."),
        ("right_once", "p * after_right + (1 - p) * after_left", "after_right", "This is the push after right. How often does it come, and what is pushed after left?"),
        ("right_alone", " + (1 - p) * after_left", "", "After left something is pushed as well."),
    ],
)  # fmt: skip
def average_push(p, delta_left, delta_right):
    """Return the average of delta * score, the push on z.

    p: the probability of right; delta_left, delta_right: delta after each action.
    """
    after_right, after_left = delta_right * (1 - p), delta_left * (0 - p)
    return p * after_right + (1 - p) * after_left


def by_hand(function):
    """Words for a 0 that was written where what has arrived at V(s') is asked, or ''."""
    code = [*dis.get_instructions(function)]
    written = any("CONST" in one.opname and other.opname == "BUILD_TUPLE" for one, other in pairwise(code))
    written = written and any(each.argval == "backward" for each in code)  # who needs no graph may know that it is 0
    return "The last number was written by hand: return `v_next.grad`, and let the 0 arrive." if written else ""


@exercise(
    written=by_hand,
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
        ("no_backward", "    loss.backward()\n", "", "Nothing has arrived anywhere: `loss.backward()` is missing."),
        ("wrong_end", "(r + gamma * v_next).data\n    delta = target - v", "r + gamma * v_next\n    delta = target - v.data", "The wrong end of δ is cut: V(s) must move, and the target, with V(s′), must not."),
        ("fixed_reward", "(r + gamma", "(-1 + gamma", "r is not used: −1 is the reward of the step above, and here it comes as an argument."),
        ("fixed_both", "(r + gamma * v_next)", "(-1 + v_next)", "−1 was the r of the step above, and γ is 1 there: here both are handed in, `r` and `gamma`."),
        ("losses_of_data", "(r + gamma * v_next).data\n    delta = target - v\n    loss = -delta.data", "(-1 + v_next).data\n    delta = target - v\n    loss = -delta", "This is `losses` from above, in which r is −1, γ is 1 and the actor's δ is not cut: write its two lines anew."),
        ("no_log", "z.sigmoid().log()", "z.sigmoid()", "The actor's loss has the logarithm of π, not π itself."),
        ("no_sigmoid", "z.sigmoid().log()", "z", "z stands in the place of log π: first the sigmoid, then the logarithm."),
    ],
)  # fmt: skip
def cut_gradients(z, v, v_next, r, gamma):
    """Return (dz, dv, dv_next), the `.grad` of z, V(s) and V(s').

    It comes from -delta log pi(1) + delta**2 / 2, with both wires cut.
    """
    z, v, v_next = Value(z), Value(v), Value(v_next)
    target = (r + gamma * v_next).data
    delta = target - v
    loss = -delta.data * z.sigmoid().log() + 0.5 * delta**2
    loss.backward()
    return z.grad, v.grad, v_next.grad

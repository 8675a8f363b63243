"""Exercises of lesson 07 that no lesson asks any more, as in `retired_exercises`."""

import numpy as np
from retired_exercises import retired

PHI = np.array([0.5, -1.0, 2.0])
DV = np.array([0.3, 1.0, -0.4])
DV_NEXT = np.array([-0.2, 0.6, 0.9])
THETA = np.array([0.8, -0.5, 0.1])
DLOG_PI = np.array([0.7, -0.2, 1.3])


@retired(
    probes=[(1.0, 4.0, 7.0, False, 0.5), (1.0, 4.0, 7.0, True, 0.5), (-1.0, -8.0, -6.5, False, 1.0), (-1.0, -3.5, 2.0, True, 1.0), (2.0, 1.5, 4.0, False, 0.9), (0.5, -2.0, 3.0, True, 0.8)],
    mistakes=[
        ("terminal", "0.0 if terminated else v_next", "v_next", "After the end you still bootstrapped: V(terminal) is 0, whatever the critic says there."),
        ("reversed", "0.0 if terminated else v_next", "v_next if terminated else 0.0", "It is the other way round: V(s′) counts while the episode goes on, and is 0 when it has ended."),
        ("no_gamma", "r + gamma * after - v", "r + after - v", "gamma is missing in front of V(s′)."),
        ("sign", "r + gamma * after - v", "v - r - gamma * after", "The sign is flipped: δ is positive when it went better than expected, target − V(s)."),
        ("no_v", "r + gamma * after - v", "r + gamma * after", "This is the target. The TD error subtracts V(s) from it."),
        ("no_reward", "r + gamma * after - v", "gamma * after - v", "The reward is missing."),
        ("no_last_reward", "r + gamma * after - v", "(0.0 if terminated else r) + gamma * after - v", "The last reward was dropped: the step into the terminal state is paid, too."),
        ("no_v_at_end", "r + gamma * after - v", "r + gamma * after - (0.0 if terminated else v)", "At the end V(s) was dropped too. Only V(s′) is 0 there: s itself was not the end, and the critic said V(s) of it."),
        ("tilde", "0.0 if terminated else v_next", "v_next * ~int(terminated)", "`~` on Python's True and False gives −2 and −1. Write `not terminated`, or `0.0 if terminated else v_next`."),
    ],
)  # fmt: skip
def one_td_error(r, v, v_next, terminated, gamma):
    """Return delta for one transition; v = V(s), v_next = what the critic says of s', terminated: True at the end."""
    after = 0.0 if terminated else v_next
    return r + gamma * after - v


@retired(
    probes=[(np.array([1.0, 2.0]), 4.0, np.array([3.0, -1.0]), np.array([2.0, 5.0]), 0.5, 0.9), (PHI, 0.8, DV, DV_NEXT, 0.1, 0.9), (PHI, -1.5, DV, DV_NEXT, 0.5, 1.0), (-PHI, 2.0, DV_NEXT, DV, 0.2, 0.5)],
    mistakes=[
        ("through_target", "delta * dv", "delta * (dv - gamma * dv_next)", "The gradient went through the target: V(s′) moved, too. The target is what the critic should move to, so it counts as a number."),
        ("sign", "phi + beta", "phi - beta", "The sign is flipped: V(s) moves away from the target. If δ > 0, V(s) must grow."),
        ("never_updated", "phi + beta * delta * dv", "phi", "The critic was not updated: φ is as it was."),
        ("no_delta", "delta * dv", "dv", "δ is missing: V(s) would grow by the same amount whatever happened."),
        ("no_beta", "beta * delta", "delta", "The step size beta is missing."),
        ("next_state", "delta * dv", "delta * dv_next", "You moved V(s′). It is V(s) that is compared with the target, and moves."),
        ("squared", "delta * dv", "delta**2 * dv", "The derivative of δ²/2 has δ, not δ²: so the sign of the surprise is lost."),
        ("full", "delta * dv\n", "delta * (dv - dv_next)\n", "The gradient went through the target, and without its γ: V(s′) moved, too. The target counts as a number."),
        ("step_only", "phi + beta * delta * dv", "beta * delta * dv", "This is the step; the new φ is the old one plus it."),
    ],
)  # fmt: skip
def critic_step(phi, delta, dv, dv_next, beta, gamma):
    """Return phi after one semi-gradient step; dv = dV(s)/dphi and dv_next = dV(s')/dphi, shape of phi."""
    return phi + beta * delta * dv


@retired(
    probes=[(np.array([1.0, 2.0]), 4.0, np.array([3.0, -1.0]), 0.5), (THETA, 0.8, DLOG_PI, 0.1), (THETA, -1.5, DLOG_PI, 0.5)],
    mistakes=[
        ("descent", "theta + alpha", "theta - alpha", "The sign is flipped: after a good surprise, δ > 0, the action must become more likely."),
        ("no_delta", "delta * dlog_pi", "dlog_pi", "δ is missing: every action taken becomes more likely, good or bad."),
        ("size_only", "delta * dlog_pi", "abs(delta) * dlog_pi", "The sign of δ is lost: a bad surprise must make the action less likely."),
        ("no_alpha", "alpha * delta", "delta", "The step size alpha is missing."),
        ("sign_only", "delta * dlog_pi", "np.sign(delta) * dlog_pi", "You took only the sign of δ; a large surprise must count more."),
        ("step_only", "theta + alpha * delta * dlog_pi", "alpha * delta * dlog_pi", "This is the step; the new θ is the old one plus it."),
    ],
)  # fmt: skip
def actor_step(theta, delta, dlog_pi, alpha):
    """Return theta after one step of gradient ascent along delta grad log pi; dlog_pi = d log pi(a | s)/dtheta."""
    return theta + alpha * delta * dlog_pi


@retired(
    probes=[(0.265, 1, 0.97, 1.0), (0.7, 0, -1.3, 0.9), (0.48, 1, -2.0, 0.8)],
    mistakes=[
        ("leak", "dv = -delta", "dv = -delta + np.log(p if a == 1 else 1 - p)", "The actor's loss leaks into the critic: δ was not cut in −δ · log π, so log π arrived at V(s) on top of −δ."),
        ("through_target", "dv_next = 0.0", "dv_next = gamma * delta", "A gradient reached V(s′): the target was not cut in δ²/2."),
        ("leak_to_next", "dv_next = 0.0", "dv_next = -gamma * np.log(p if a == 1 else 1 - p)", "A gradient of the actor's loss reached V(s′), by way of δ: neither of the two wires is cut there."),
        ("ascent", "dz = -delta * (a - p)", "dz = delta * (a - p)", "The actor's sign is flipped: these are losses, and a minimiser will subtract their gradients."),
        ("critic_sign", "dv = -delta", "dv = delta", "The critic's sign is flipped: V(s) stands in δ with a minus."),
        ("wrong_action", "(a - p)", "(1 - a - p)", "This is the log-probability of the other action: ∂log π(a)/∂z = a − p."),
        ("dead_critic", "dv = -delta", "dv = 0.0", "Nothing arrives at V(s): this critic would never learn."),
        ("no_delta", "dz = -delta * (a - p)", "dz = -(a - p)", "δ is missing in the actor's gradient."),
        ("log_pi", "dz = -delta * (a - p)", "dz = -delta * np.log(p if a == 1 else 1 - p)", "dz is the loss −δ · log π itself. Asked is its derivative by z: ∂log π(a)/∂z = a − p."),
        ("both_to_next", "dv_next = 0.0", "dv_next = gamma * delta - gamma * np.log(p if a == 1 else 1 - p)", "V(s′) gets a share of both losses: neither of the two wires is cut."),
    ],
)  # fmt: skip
def output_gradients(p, a, delta, gamma):
    """Return (dz, dv, dv_next), the derivatives of -delta log pi(a) + delta**2 / 2 by z, V(s), V(s'), with both cuts.

    p = sigmoid(z) is the probability of action 1, a is 0 or 1, delta = r + gamma V(s') - V(s).
    """
    dz = -delta * (a - p)
    dv = -delta
    dv_next = 0.0
    return dz, dv, dv_next

"""Exercises of lesson 08 that no lesson asks any more, as in `retired_exercises`."""

import numpy as np
from retired_exercises import retired

R = np.array([1.0, 1.0, 1.0, 0.5])
V_NEXT = np.array([20.0, 35.0, 50.0, -4.0])
OVER = np.array([False, True, False, False]), np.array([False, False, True, False])
LOGITS = np.array([[0.3, -0.4], [1.2, 0.5], [-0.7, 0.1]])
DELTA = np.array([0.5, -2.0, 1.5])


@retired(
    probes=[(np.array([1.0, 3.0]), np.array([10.0, 4.0]), np.array([True, False]), np.array([False, True]), 0.5), (R, V_NEXT, *OVER, 0.99), (R[::-1], V_NEXT, OVER[1], OVER[0], 0.9), (R[:2], V_NEXT[:2], np.array([True, True]), np.array([False, True]), 0.5)],
    mistakes=[
        ("both", "np.where(terminated, 0.0, v_next)", "np.where(terminated | truncated, 0.0, v_next)", "A time limit was treated as a fall: where an episode is cut off, the pole still stands, and V(s′) says what it would have earned."),
        ("neither", "np.where(terminated, 0.0, v_next)", "v_next", "A fallen pole was bootstrapped: V(terminal) is 0."),
        ("exchanged", "np.where(terminated, 0.0, v_next)", "np.where(truncated, 0.0, v_next)", "The two are exchanged: V(s′) is 0 after a fall (terminated), and counts at a time limit (truncated)."),
        ("no_gamma", "gamma * np", "np", "gamma is missing in front of V(s′)."),
        ("no_last_reward", "r + gamma", "np.where(terminated, 0.0, r) + gamma", "The reward of the last step was dropped: it is paid even if the pole then falls."),
        ("truncated_first", "np.where(terminated, 0.0, v_next)", "np.where(terminated & ~truncated, 0.0, v_next)", "Where both are true, the pole has fallen in the very last step: `terminated` decides, and V(s′) is 0."),
    ],
)  # fmt: skip
def targets(r, v_next, terminated, truncated, gamma):
    """Return the critic's targets r + gamma V(s'), shape (N,); terminated: the pole fell, truncated: time was up."""
    return r + gamma * np.where(terminated, 0.0, v_next)


@retired(
    probes=[
        (LOGITS, np.array([0, 1, 1]), DELTA),
        (np.vstack([LOGITS[::-1] - 0.2, [[1000.0, 999.0]]]), np.array([1, 0, 0, 1]), np.array([1.0, 3.0, -0.5, 2.0])),
    ],
    mistakes=[
        ("no_mean", " / len(a)", "", "The 1/N is missing: the update is the mean over the poles, else the step grows with their number."),
        ("no_delta", "delta[:, None] * (one_hot - pi)", "(one_hot - pi)", "δ is missing: every action that was taken would become more likely."),
        ("sign", "(one_hot - pi)", "(pi - one_hot)", "The sign is flipped: this is a loss's gradient. Here one goes up."),
        ("wrong_action", "np.eye(logits.shape[1])[a]", "np.eye(logits.shape[1])[1 - a]", "The one-hot rows belong to the other action."),
        ("columns", "e.sum(axis=1, keepdims=True)", "e.sum(axis=0, keepdims=True)", "The softmax was taken over the poles. Each *row* holds the logits of one pole."),
        ("all_columns", "axis=1", "axis=0", "Maximum and sum were taken over the poles. Each *row* holds the logits of one pole: axis 1."),
        ("overflow", "logits - logits.max(axis=1, keepdims=True)", "logits", "Right for small logits, but exp overflows at 1000: subtract each row's largest logit first (lesson 04)."),
    ],
)  # fmt: skip
def actor_upstream(logits, a, delta):
    """Return dz, what the actor's backward takes: row n is delta_n d log pi(a_n)/d logits of pole n, divided by N.

    logits: shape (N, 2); a, delta: shape (N,). Backward sums over the rows, so the update is a mean over the poles.
    """
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    pi = e / e.sum(axis=1, keepdims=True)
    one_hot = np.eye(logits.shape[1])[a]
    return delta[:, None] * (one_hot - pi) / len(a)


@retired(
    probes=[
        (np.array([500, 480, 470]), np.array([500, 500, 500])),
        (np.array([475, 475]), np.array([475, 475])),
        (np.array([500, 400]), np.array([500, 500])),
        (np.array([500, 500]), np.array([500, 300])),
        (np.array([470, 470, 500]), np.array([500, 500, 500])),
        (np.array([400, 450]), np.array([500, 500])),
        (np.array([470, 470]), np.array([500, 500])),
        (np.array([400, 450]), np.array([300, 460])),
    ],
    mistakes=[
        ("best", "np.mean(sampled)", "np.max(sampled)", "You took the best episode. A task is not solved by luck: take the mean."),
        ("either", " and ", " or ", "One of the two is not enough: both means must reach 475."),
        ("greedy_only", "np.mean(sampled) >= 475 and ", "", "You judged only the greedy policy. The one that was trained draws its actions; judge that, too."),
        ("strict", "np.mean(sampled) >= 475 and np.mean(greedy) >= 475", "np.mean(sampled) > 475 and np.mean(greedy) > 475", "Exactly 475 is enough: ≥, not >."),
        ("all", "np.mean(sampled)", "np.min(sampled)", "You asked for 475 in every episode; the rule is about the mean."),
        ("pooled", "np.mean(sampled) >= 475 and np.mean(greedy) >= 475", "np.mean(np.concatenate([sampled, greedy])) >= 475", "All episodes were thrown together. Each of the two means must reach 475: a good greedy policy must not make up for the drawn one."),
        ("threshold", "475", "195", "195 was the threshold of the old CartPole-v0, with 200 steps. For 500 steps it is 475."),
    ],
)  # fmt: skip
def solved(sampled, greedy):
    """Return True if CartPole counts as solved; sampled, greedy: returns of episodes of either kind."""
    return np.mean(sampled) >= 475 and np.mean(greedy) >= 475

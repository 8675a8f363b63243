"""Exercises of lesson 06, the policy gradient."""

import numpy as np

from helpers.checks.exercise import exercise

SCORES = np.array([[0.3, -1.0], [-0.5, 0.2], [1.1, 0.7], [0.4, -0.6]])
REWARDS = np.array([-1.0, 2.0, -0.5, -3.0])
LOG_PI = np.array([-0.2, -1.3, -0.7, -2.1])


@exercise(
    probes=[(0.3, 1), (0.3, 0), (0.9, 1), (0.75, 0)],
    hints=[
        "log π(right) = log σ(z): you have its derivative since lesson 01, formula (1.4). What is log π(left)?",
        "For right the derivative is 1 − p, for left it is −p. With a = 1 for right and 0 for left, one expression gives both.",
    ],
    mistakes=[
        ("sign", "a - p", "p - a", "The sign is flipped: raising z makes right more likely, so for a = 1 the derivative is positive."),
        ("other_action", "a - p", "(1 - a) - p", "This is the derivative for the other action: for a = 1 it must be 1 − p, for a = 0 it is −p."),
        ("right_only", "a - p", "1 - p", "This is the derivative of log π(right), whatever the action was. For left it is −p."),
        ("by_p", "a - p", "a / p - (1 - a) / (1 - p)", "This is the derivative with respect to p. z comes before the sigmoid: multiply by its slope p(1 − p)."),
        ("of_pi", "a - p", "(2 * a - 1) * p * (1 - p)", "This is the derivative of π itself. Asked is the derivative of log π: divide by π."),
        ("log", "a - p", "a * np.log(p) + (1 - a) * np.log(1 - p)", "This is log π itself, not its derivative."),
        ("plus_p", "a - p", "a * (1 - p) + (1 - a) * p", "For left the sign is flipped: raising z makes left *less* likely, so there it is −p."),
    ],
)  # fmt: skip
def score_of_action(p, a):
    """Return d log pi(a) / dz, where p = sigmoid(z) is the probability of action 1 and a is 0 or 1."""
    return a - p


@exercise(
    probes=[(np.array([1.0, -0.5, 0.2]), 0), (np.array([1.0, -0.5, 0.2]), 2), (np.array([0.3, 0.9]), 1), (np.array([1000.0, 998.0, 1001.0]), 1)],
    hints=[
        "It is lesson 04's softmax minus one-hot, with the other sign: there a loss was to fall, here log π is to rise.",
        "Compute the softmax, take its negative, and add 1 at the entry of the action.",
    ],
    mistakes=[
        ("sign", "one_hot - pi", "pi - one_hot", "The sign is flipped: this is the gradient of −log π, the cross-entropy of lesson 04."),
        ("no_one_hot", "one_hot - pi", "-pi", "The 1 at the chosen action is missing."),
        ("probabilities", "one_hot - pi", "pi", "These are the probabilities. The derivative is one-hot minus softmax."),
        ("not_normalised", "e / e.sum()", "e", "The exponentials are not yet probabilities: divide them by their sum."),
        ("times_pi", "one_hot - pi", "pi[a] * (one_hot - pi)", "This is the derivative of π(a). That of log π(a) is it divided by π(a)."),
        ("wrong_action", "one_hot[a] = 1", "one_hot[a - 1] = 1", "The 1 stands at another action than the chosen one."),
        ("chosen_only", "return one_hot - pi", "return one_hot * (1 - pi)", "Only the entry of the chosen action is right. The others are −π: raising their logits makes the chosen action less likely."),
        ("overflow", "logits - logits.max()", "logits", "Right for small logits, but exp overflows at 1000: subtract the largest logit first (lesson 04)."),
    ],
)  # fmt: skip
def score_of_logits(logits, a):
    """Return d log pi(a) / d logits for pi = softmax(logits); logits: shape (C,), a: one of 0 ... C - 1."""
    e = np.exp(logits - logits.max())
    pi = e / e.sum()
    one_hot = np.zeros(len(logits))
    one_hot[a] = 1
    return one_hot - pi


@exercise(
    probes=[(REWARDS, 1.0), (REWARDS, 0.9), (np.array([1.0, 3.0, 2.0]), 0.5), (np.array([-1.0]), 0.9), (np.array([1, 4, 3]), 0.5)],
    hints=[
        "What is G at the last step? And what does G at a step have to do with G at the next?",
        "Walk through the rewards from the end: G = r + gamma · G.",
    ],
    mistakes=[
        ("return_from_start", "G[t] = after", "G[:] = after", "Every step got the return from the start. What was paid before an action is not its merit: sum from t on."),
        ("no_own_reward", "G[t] = after", "G[t] = (after - rewards[t]) / gamma", "The reward of the step itself is missing: G_t begins with r_t."),
        ("no_gamma", "rewards[t] + gamma * after", "rewards[t] + after", "The later rewards are not discounted: multiply by gamma at each step."),
        ("gamma_on_own", "rewards[t] + gamma * after", "gamma * (rewards[t] + after)", "The step's own reward is discounted too. In G_t the first reward counts in full."),
        ("past", "reversed(range(len(rewards)))", "range(len(rewards))", "This sums what was paid before; a return is what comes after."),
        ("only_next", "after = rewards[t] + gamma * after", "after = rewards[t]", "These are the rewards alone; G_t sums all that follow."),
        ("from_start", "G[t] = after", "G[t] = gamma**t * after", "γ was counted from the start of the episode. In G_t the reward of step t itself counts in full: γ is counted from t on."),
        ("turned", "return G", "return G[::-1]", "The right numbers in reverse order: what was collected from the end has to be turned round."),
        ("integers", "np.zeros(len(rewards))", "np.zeros_like(rewards)", "`np.zeros_like(rewards)` holds whole numbers where the rewards are whole, and cuts every return to a whole number. Take `np.zeros(len(rewards))`."),
    ],
)  # fmt: skip
def reward_to_go(rewards, gamma):
    """Return G_t = r_t + gamma r_(t+1) + gamma**2 r_(t+2) + ... for every step, shape (T,)."""
    G = np.zeros(len(rewards))
    after = 0.0
    for t in reversed(range(len(rewards))):
        after = rewards[t] + gamma * after
        G[t] = after
    return G


@exercise(
    probes=[(np.array([[1.0, 2.0], [3.0, -1.0], [0.0, 4.0]]), np.array([2.0, -1.0, 3.0])), (SCORES, REWARDS), (SCORES[:2], np.array([5.0, -1.0])), (SCORES[1:], np.array([-3.0, -2.0, -1.0]))],
    hints=[
        "Each step's gradient of log π is multiplied by the step's own number G_t; then the steps are added.",
        "`G[:, None] * scores` multiplies each row by its number; `.sum(axis=0)` adds the rows.",
    ],
    mistakes=[
        ("mean", ".sum(axis=0)", ".mean(axis=0)", "You averaged over the steps of the episode. J is a sum over them, so long episodes must count with all their steps: sum, not mean."),
        ("first_return", "G[:, None] * scores", "G[0] * scores", "Every step was multiplied by the return from the start. It has the right mean and more noise; asked is G_t."),
        ("no_return", "G[:, None] * scores", "scores", "The returns are missing: this makes every action that was taken more likely, good or bad."),
        ("minus", "(G[:, None] * scores)", "(-G[:, None] * scores)", "There is a minus: this is the gradient of the loss for a minimiser. Asked is the estimate of ∇J itself."),
        ("all_entries", ".sum(axis=0)", ".sum()", "The parameters were added up as well. Sum over the steps only, axis 0."),
        ("transposed_sum", ".sum(axis=0)", ".sum(axis=1)", "You summed over the parameters, and kept the steps. It must be the other way round: axis 0."),
    ],
)  # fmt: skip
def episode_gradient(scores, G):
    """Return one episode's estimate of the gradient of J; scores: (T, n), row t is grad log pi(a_t), G: (T,)."""
    return (G[:, None] * scores).sum(axis=0)


@exercise(
    probes=[(np.array([-1.0, -3.0]), np.array([2.0, 5.0])), (LOG_PI, REWARDS), (LOG_PI[:3], np.array([-3.0, -2.0, -1.0]))],
    hints=[
        "Without the minus: of which function of θ is Σ G_t ∇log π(a_t) the gradient, if the G_t are numbers?",
        "An optimiser goes down, and J is to go up.",
    ],
    mistakes=[
        ("no_minus", "-np.sum(G * log_pi)", "np.sum(G * log_pi)", "The minus is missing: a minimiser would make J as small as it can."),
        ("mean", "np.sum(G * log_pi)", "np.mean(G * log_pi)", "You took the mean over the steps; the gradient would be divided by the length of the episode, which differs from one to the next."),
        ("no_log", "G * log_pi", "G * np.exp(log_pi)", "π stands in the place of log π. The trick needs the logarithm."),
        ("separate", "np.sum(G * log_pi)", "np.sum(G) * np.sum(log_pi)", "The sums were multiplied. Each log π(a_t) belongs to its own G_t: multiply first, then add."),
        ("return_only", "G * log_pi", "G", "This is the return alone. It does not contain θ, so its derivative is 0."),
        ("log_only", "G * log_pi", "log_pi", "The returns are missing: this is the loss for copying one's own actions."),
    ],
)  # fmt: skip
def pseudo_loss(log_pi, G):
    """Return the number whose gradient a minimiser needs; log_pi: (T,), log pi(a_t | s_t), G: (T,)."""
    return -np.sum(G * log_pi)

"""Exercises that no lesson asks any more, with their known mistakes: the diagnosis is still measured on them."""

import itertools

import numpy as np

from helpers.checks.exercise import Exercise, Mistake
from helpers.checks.lesson02 import tilted
from helpers.running_actor import THETA0, actor_output

RETIRED = {}


def retired(*, probes, mistakes, **options):
    """Decorate a solution as `exercise` does, and register it here alone."""

    def register(solution):
        known = tuple(itertools.starmap(Mistake, mistakes))
        RETIRED[solution.__name__] = Exercise(solution, tuple(probes), (), known, **options)
        return solution

    return register


@retired(
    named=("∂/∂a", "∂/∂b"),
    probes=[("+", 2.0, 5.0), ("*", 2.0, 5.0), ("-", 2.0, 5.0), ("/", 2.0, 5.0), ("*", -3.0, 0.5), ("/", 3.0, -0.5)],
    mistakes=[
        ("own_factor", '"*": (b, a)', '"*": (a, b)', "For a product each operand's local derivative is the *other* operand: (b, a). Multiplication swaps."),
        ("minus", '"-": (1.0, -1.0)', '"-": (1.0, 1.0)', "For a − b the second local derivative is −1: raising b lowers the result."),
        ("division_first", "(1 / b, -a / b**2)", "(b, -a / b**2)", "For a / b the first local derivative is 1/b, since a / b is a times 1/b."),
        ("division_sign", "(1 / b, -a / b**2)", "(1 / b, a / b**2)", "For a / b the second local derivative is −a / b²: a larger denominator makes the quotient smaller. The minus is missing."),
        ("division_square", "(1 / b, -a / b**2)", "(1 / b, -a / b)", "For a / b the second local derivative is −a / b²; the square is missing."),
        ("division_one", "(1 / b, -a / b**2)", "(1 / b, -1 / b**2)", "−1/b² is the slope of 1/b. Here a times 1/b is asked, so the factor a stays: −a / b²."),
        ("sum", '"+": (1.0, 1.0)', '"+": (a, b)', "For a sum both local derivatives are 1, whatever a and b are. Addition distributes."),
    ],
)  # fmt: skip
def local_derivatives(op, a, b):
    """Return the two local derivatives of a op b, with respect to a and to b; op is one of '+', '-', '*', '/'."""
    return {"+": (1.0, 1.0), "-": (1.0, -1.0), "*": (b, a), "/": (1 / b, -a / b**2)}[op]


@retired(
    named=("dL/da", "dL/db"),
    probes=[(2.0, 3.0), (-1.5, 0.5), (0.3, -2.0)],
    mistakes=[
        ("last_only", "da = s + ds * 1.0", "da = ds * 1.0", "`=` for `+=`: the contribution over the sum has replaced the one over the product. Add the two."),
        ("first_only", "da = s + ds * 1.0", "da = s", "a is used twice. This is the contribution over the product alone; the one over the sum is missing."),
        ("multiplied", "da = s + ds * 1.0", "da = s * ds", "The contributions of two paths were multiplied. Along a path one multiplies; over paths one adds."),
        ("b_upstream", "db = ds * 1.0", "db = 1.0", "b's share is local × upstream, and its upstream is ∂L/∂s = a; the 1 is the local derivative alone."),
        ("b_too", "db = ds * 1.0", "db = s + ds * 1.0", "b is used once, in the sum: it gets only what comes over the sum."),
        ("upstream", "ds = a", "ds = 1.0", "The upstream of s is missing: s is multiplied by a, so ∂L/∂s = a."),
        ("b_gets_s", "db = ds * 1.0", "db = s", "s is what arrives at a over the product. b is fed by the sum alone, at which ∂L/∂s = a arrives."),
        ("swapped", "return da, db", "return db, da", "The two are swapped: return the derivative by a first."),
    ],
)  # fmt: skip
def gradient_of_diamond(a, b):
    """Return (dL/da, dL/db) of L = s * a with s = a + b, by going back over the edges one at a time."""
    s = a + b
    ds = a
    da = s + ds * 1.0
    db = ds * 1.0
    return da, db


@retired(
    probes=[
        ([0, 1, 2, 3], [(), (), (0, 1), (2, 0)]),
        ([1, 0, 2, 3], [(), (), (0, 1), (2, 0)]),
        ([0, 2, 1, 3], [(), (), (0, 1), (2, 0)]),
        ([3, 2, 1, 0], [(), (), (0, 1), (2, 0)]),
        ([0, 1, 3, 2], [(), (), (0, 1), (2, 0)]),
        ([1, 2, 0, 3], [(), (), (0, 1), (2, 0)]),
        ([0, 1, 2], [(), (0, 0), (1,)]),
        ([2, 0, 1], [(), (0, 0), (1,)]),
        ([1, 0], [(1,), ()]),
        ([0, 1], [(1,), ()]),
        ([2, 0, 1], [(2,), (2, 0), ()]),
        ([2, 1, 0], [(2,), (2, 0), ()]),
    ],
    mistakes=[
        ("reversed", "order.index(p) < order.index(i)", "order.index(p) > order.index(i)", "That is the order in which the gradient travels back. Going forward, parents come *before* their node."),
        ("first_parent", "for p in parents[i]", "for p in parents[i][:1]", "Only the first parent of each node was looked at; all of them must come earlier."),
        ("last_parent", "for p in parents[i]", "for p in parents[i][-1:]", "Only the last parent of each node was looked at; all of them must come earlier."),
        ("any", "all(order", "any(order", "One parent that comes earlier is not enough; all of them must."),
        ("place_for_node", "for i in order for p in parents[i]", "for i in range(len(order)) for p in parents[order.index(i)]", "`parents` is indexed by the node, not by its place in `order`."),
        ("always", "all(order.index(p) < order.index(i) for i in order for p in parents[i])", "True", "This says True for every order; several of the tried orders are not topological."),
        ("never", "all(order.index(p) < order.index(i) for i in order for p in parents[i])", "False", "This says False for every order; several of the tried orders are topological."),
        ("by_number", "order.index(p) < order.index(i)", "p < i", "You compared the nodes' numbers, not their places in `order`."),
    ],
)  # fmt: skip
def is_topological(order, parents):
    """Return True if in the list `order` every node i comes after all of parents[i]."""
    return all(order.index(p) < order.index(i) for i in order for p in parents[i])


@retired(
    probes=[(7, 1, "forward"), (7, 1, "backward"), (1, 5, "forward"), (1, 5, "backward"), (3, 4, "forward")],
    mistakes=[
        ("swapped", 'n_inputs if mode == "forward" else n_outputs', 'n_outputs if mode == "forward" else n_inputs', "The two are exchanged: forward mode carries one input's slope through, backward mode brings one output's gradient back."),
        ("product", 'n_inputs if mode == "forward" else n_outputs', "n_inputs * n_outputs", "One pass delivers more than a single number: forward all outputs at once, backward all inputs at once."),
        ("always_one", 'if mode == "forward" else n_outputs', 'if mode == "forward" else 1', "One backward pass starts at one output; several outputs need one pass each."),
        ("sum", 'n_inputs if mode == "forward" else n_outputs', "n_inputs + n_outputs", "The passes are not added: forward mode needs one for each input, backward mode one for each output."),
    ],
)  # fmt: skip
def passes(n_inputs, n_outputs, mode):
    """Return how many passes give all derivatives of n_outputs by n_inputs; mode: 'forward' or 'backward'."""
    return n_inputs if mode == "forward" else n_outputs


EPS32, EPS64 = float(np.finfo(np.float32).eps), float(np.finfo(np.float64).eps)


def cube(x):
    """x cubed: a function whose differences can be done by hand."""
    return x**3


@retired(
    probes=[(cube, 2.0, 0.5), (np.sin, 1.0, 1e-2), (np.exp, -0.5, 0.1)],
    mistakes=[
        ("forward", "(f(x + h) - f(x - h)) / (2 * h)", "(f(x + h) - f(x)) / h", "This is the forward difference: it looks to one side only. The central one uses f(x + h) and f(x − h)."),
        ("backward", "(f(x + h) - f(x - h)) / (2 * h)", "(f(x) - f(x - h)) / h", "This is the backward difference: it looks to the left only. The central one uses f(x + h) and f(x − h)."),
        ("two", "/ (2 * h)", "/ h", "The points x − h and x + h are 2h apart; you divided by h."),
        ("precedence", "/ (2 * h)", "/ 2 * h", "`/ 2 * h` divides by 2 and then *multiplies* by h. Write `/ (2 * h)`."),
        ("sign", "f(x + h) - f(x - h)", "f(x - h) - f(x + h)", "The sign is flipped: right minus left."),
        ("half_step", "(f(x + h) - f(x - h)) / (2 * h)", "(f(x + h / 2) - f(x - h / 2)) / h", "This central difference takes steps of h/2. It is a good formula, but here the steps are h to each side."),
    ],
)  # fmt: skip
def central(f, x, h):
    """Return the central difference of f at x with step h."""
    return (f(x + h) - f(x - h)) / (2 * h)


@retired(
    probes=[(EPS32,), (EPS64,), (1e-12,)],
    mistakes=[
        ("forward", "1 / 3", "1 / 2", "√eps is the best step of the *forward* difference, whose truncation error is h. Here it is h²."),
        ("too_small", "eps ** (1 / 3)", "eps", "h = eps is too small: x + h is then x or its next neighbour, and all that remains is round-off."),
        ("too_large", "1 / 3", "1 / 4", "eps^(1/4) balances a truncation error of h³. The central difference has h²."),
        ("precedence", "(1 / 3)", "1 / 3", "`eps ** 1 / 3` is (eps ** 1) / 3, since `**` binds before `/`. Write `eps ** (1 / 3)`."),
        ("constant", "eps ** (1 / 3)", "(3 * eps) ** (1 / 3)", "That is where the sum of h²/6 and ε/h is smallest. Here the question is where h² and ε/h are equal, without constants."),
        ("inverse", "1 / 3", "-1 / 3", "The exponent's sign is flipped: this step is far larger than 1."),
    ],
)  # fmt: skip
def best_central_step(eps):
    """Return the step h at which h**2 and eps / h are equal."""
    return eps ** (1 / 3)


@retired(
    probes=[(tilted, np.array([0.3, -1.2, 2.0])), (tilted, np.array([[0.5, 1.0], [-0.7, 0.2]]))],
    rtol=1e-7,
    atol=1e-8,
    mistakes=[
        ("accumulated", "        up, down = x.copy(), x.copy()", "        up, down = (x.copy(), x.copy()) if i == (0,) * x.ndim else (up, down)", "An entry that was moved stays moved while the next one is measured. Start from a fresh copy of x for each entry."),
        ("forward", "(f(up) - f(down)) / (2 * h)", "(f(up) - f(x)) / h", "This is the forward difference in each entry; the central one moves up and down."),
        ("all_at_once", "up[i] += h", "up += h", "All entries were moved at once; a partial derivative moves one and keeps the others."),
        ("two", "/ (2 * h)", "/ h", "The points are 2h apart; you divided by h."),
        ("sign", "(f(up) - f(down))", "(f(down) - f(up))", "The sign is flipped: moved up minus moved down."),
        ("no_division", " / (2 * h)", "", "The change of f is not yet a slope: divide it by the distance 2h."),
        ("flat", "return gradient", "return gradient.ravel()", "The gradient must have x's shape (the shape rule), also for a matrix."),
    ],
)  # fmt: skip
def gradient_by_nudging(f, x):
    """Return the gradient of f at the array x by central differences with h = 1e-5; x stays as it is."""
    h = 1e-5
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        gradient[i] = (f(up) - f(down)) / (2 * h)
    return gradient


@retired(
    probes=[(-1.0,), (1.0,), (0.4,)],
    named=("dz/dh1", "dz/du1"),
    rtol=1e-8,  # round-off stays below, and the exact derivative does not: it is no measurement
    atol=2e-9,
    mistakes=[
        ("swapped", "return by_neuron, by_weight", "return by_weight, by_neuron", "The two are swapped: return the derivative by the neuron's output first."),
        ("weight_twice", "return by_neuron, by_weight", "return by_weight, by_weight", "Both numbers come from nudging the weight. For the first, add h to the neuron's *output* h1."),
        ("neuron_twice", "return by_neuron, by_weight", "return by_neuron, by_neuron", "Both numbers come from nudging the neuron's output. For the second, add h to the *weight* u1, before the tanh."),
        ("no_division", "- z) / h, (", "- z), (", "The first change of z is not yet a slope: divide it by h."),
        ("before_tanh", "w1 * (h1 + h)", "w1 * np.tanh(u1 * x + c1 + h)", "You nudged what goes *into* neuron 1; the first derivative is with respect to what comes out, h1."),
        ("no_weight", "w1 * (h1 + h) + w2 * h2 + b - z", "(h1 + h) + w2 * h2 + b - (h1 + w2 * h2 + b)", "In the first number h1 enters z without its weight: z contains w1·h1."),
        ("other_neuron", "w1 * (h1 + h) + w2 * h2", "w1 * h1 + w2 * (h2 + h)", "You nudged neuron 2; the question is about neuron 1."),
        ("exact", "return by_neuron, by_weight", "return w1, w1 * (1 - h1**2) * x", "These are the exact derivatives, from the formula. Here they are to be *measured*: nudge by h = 1e-6, and look at what z does."),
    ],
)  # fmt: skip
def nudge_both(x):
    """Return (dz/dh1, dz/du1) of the actor by forward differences with h = 1e-6: nudge the neuron, nudge the weight."""
    h = 1e-6
    u1, u2, c1, c2, w1, w2, b = THETA0
    h1, h2 = np.tanh(u1 * x + c1), np.tanh(u2 * x + c2)
    z = w1 * h1 + w2 * h2 + b
    nudged = THETA0 + np.array([h, 0, 0, 0, 0, 0, 0])
    by_neuron, by_weight = (w1 * (h1 + h) + w2 * h2 + b - z) / h, (actor_output(nudged, x) - z) / h
    return by_neuron, by_weight


@retired(
    probes=[(3.0, 2.0), (-4.0, 1.0), (2.0, 2.002), (-0.5, 0.5), (1e-6, 3e-6), (-3.0, -2.9), (1.5, -6.0)],
    mistakes=[
        ("absolute", "abs(a - n) / max(abs(a), abs(n))", "abs(a - n)", "This is the absolute error: 10⁻⁶ is large for a gradient of 10⁻⁶ and nothing for one of 1000. Divide by the larger of |a| and |n|."),
        ("min", "max(abs(a), abs(n))", "min(abs(a), abs(n))", "Divide by the *larger* of the two; with the smaller one the error explodes when one number is near 0."),
        ("sum", "max(abs(a), abs(n))", "(abs(a) + abs(n))", "Another common form divides by |a| + |n|. Here it is the larger of the two, so that the ladder's bounds hold."),
        ("by_n", "max(abs(a), abs(n))", "abs(n)", "You divided by |n|. Divide by the larger of |a| and |n|, so that neither number is preferred."),
        ("no_abs", "max(abs(a), abs(n))", "max(a, n)", "Take absolute values before the maximum: of two negative numbers max picks the smaller size."),
        ("signed", "abs(a - n)", "(a - n)", "An error has no sign: take |a − n|."),
    ],
)  # fmt: skip
def relative_error(a, n):
    """Return the relative error of the numbers a and n in the max form."""
    return abs(a - n) / max(abs(a), abs(n))


@retired(
    probes=[(1, "forward"), (7, "central"), (7, "forward"), (1000, "central"), (250, "complex"), (7, "complex")],
    mistakes=[
        ("not_shared", "n + 1", "2 * n", "The forward difference needs f(x) once for all weights, not again for each."),
        ("base", "n + 1", "n", "The forward difference also needs f(x) itself, once."),
        ("central_shared", "2 * n", "n + 1", "The central difference does not use f(x): it needs two new values for each weight."),
        ("central_base", "2 * n", "2 * n + 1", "The central difference does not use f(x) itself."),
        ("complex_two", '"complex": n', '"complex": 2 * n', "The complex step subtracts nothing, so one evaluation for each weight is enough."),
        ("complex_base", '"complex": n', '"complex": n + 1', "The complex step reads the derivative from the imaginary part alone; f(x) itself is not needed."),
    ],
)  # fmt: skip
def evaluations(n, method):
    """Return how often f is called for the gradient by n weights; method: 'forward', 'central' or 'complex'."""
    return {"forward": n + 1, "central": 2 * n, "complex": n}[method]


SCORES = np.array([[0.3, -1.0], [-0.5, 0.2], [1.1, 0.7], [0.4, -0.6]])
REWARDS = np.array([-1.0, 2.0, -0.5, -3.0])
LOG_PI = np.array([-0.2, -1.3, -0.7, -2.1])


@retired(
    probes=[(0.3, 1), (0.3, 0), (0.9, 1), (0.75, 0)],
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


@retired(
    probes=[(np.array([1.0, -0.5, 0.2]), 0), (np.array([1.0, -0.5, 0.2]), 2), (np.array([0.3, 0.9]), 1), (np.array([1000.0, 998.0, 1001.0]), 1)],
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


@retired(
    probes=[(REWARDS, 1.0), (REWARDS, 0.9), (np.array([1.0, 3.0, 2.0]), 0.5), (np.array([-1.0]), 0.9), (np.array([1, 4, 3]), 0.5)],
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


@retired(
    probes=[(np.array([[1.0, 2.0], [3.0, -1.0], [0.0, 4.0]]), np.array([2.0, -1.0, 3.0])), (SCORES, REWARDS), (SCORES[:2], np.array([5.0, -1.0])), (SCORES[1:], np.array([-3.0, -2.0, -1.0]))],
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


@retired(
    probes=[(np.array([-1.0, -3.0]), np.array([2.0, 5.0])), (LOG_PI, REWARDS), (LOG_PI[:3], np.array([-3.0, -2.0, -1.0]))],
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

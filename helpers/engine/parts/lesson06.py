"""The parts of lesson 06: how it went, which way to push, and the loop that learns."""

import copy
import functools
import itertools

import numpy as np

from helpers.engine.part import Part, register
from helpers.engine.parts.watching import watched
from helpers.engine.probing import Probing
from helpers.engine.raised import Told

LEARN = "learn"
NET = [(np.array([[0.8, -0.5]]), np.array([0.1, 0.3])), (np.array([[0.7], [-1.2]]), np.array([0.2]))]
TAPE = (
    (np.array([[-1.0], [0.0], [1.0]]), np.array([1, 0, 1]), np.array([-1.0, -1.0, -1.0])),
    (np.array([[-1.0], [-1.0], [0.0], [1.0]]), np.array([0, 1, 0, 1]), np.array([-1.0, -2.0, -0.5, -1.0])),
    (np.array([[-1.0], [0.0]]), np.array([1, 1]), np.array([-1.0, 3.0])),
)
LONG = np.arange(1.0, 401.0)
STEPS = tuple(f"the step of {what} in layer {layer}" for layer in (0, 1) for what in "Wb")
GRADIENT = (
    "`ascend` takes the whole list that `backward` returns, a pair (dW, db) for each layer, and is handed something else: "
    "catch it with one name, `gradient = backward(...)`"
)
LAYERS = (
    "it learns with two layers and not with three: `backward` returns a pair (dW, db) for each layer, however many there "
    "are; catch them all with one name, `gradient = backward(...)`"
)
DEEP = [NET[0], (np.array([[0.4, 0.9], [-0.3, 0.6]]), np.zeros(2)), NET[1]]
BATCH = np.linspace(-2.0, 2.0, 320)[:, None]


def learnt(E, inputs):
    """How many episodes were walked, by how much the network has moved, and where it stood at each walk."""
    tape, seen = itertools.cycle(TAPE), []

    def walk(net):
        seen.append(np.concatenate([each.ravel() for layer in net for each in layer]))
        return tuple(each.copy() for each in next(tape))

    ascend = E.ascend
    E.ascend = whole_gradient(ascend)
    with watched(E):
        net = E.reinforce(inputs["net"], walk, inputs["episodes"], inputs["alpha"])
        if inputs["episodes"] == len(TAPE):
            any_depth(E)
    E.ascend = ascend
    walks = np.zeros((3, 7))
    walks[: len(seen)] = seen[:3] or walks[:0]
    return None if net is None else (len(seen), moved(inputs["net"], net), walks)


def any_depth(E):
    """Say it in words where three layers can't learn as two can."""
    try:
        net = E.reinforce(copy.deepcopy(DEEP), lambda _: tuple(each.copy() for each in TAPE[0]), 1, 0.1)
    except ValueError as error:
        if "to unpack" not in str(error):
            raise
        raise Told(LAYERS) from None
    if isinstance(net, list | tuple) and len(net) != len(DEEP):
        raise Told(LAYERS)


def whole_gradient(ascend):
    """`ascend`, which says in words when it is handed something else than a pair (dW, db) for each layer."""

    @functools.wraps(ascend)
    def watched_ascend(net, gradient, alpha):
        if not isinstance(gradient, list | tuple) or [pair_of_shapes(each) for each in gradient] != shapes(net):
            raise Told(GRADIENT)
        return ascend(net, gradient, alpha)

    return watched_ascend


def pair_of_shapes(layer):
    """The shapes of two arrays; None for anything else."""
    return tuple(map(np.shape, layer)) if isinstance(layer, list | tuple) else None


def shapes(net):
    """A pair of shapes for each layer."""
    return [(np.shape(W), np.shape(b)) for W, b in net]


def moved(before, after):
    """By how much each array of a network has moved; anything else as it is."""
    if not isinstance(after, list | tuple) or len(after) != len(before):
        return after
    return [(np.asarray(W) - V, np.asarray(b) - c) for (W, b), (V, c) in zip(after, before, strict=True)]


register(
    Part(
        "reward_to_go", "06", "reward to go", LEARN, "says how it went after each step",
        ("What is G at the last step? And what has G at one step to do with G at the next?",
         "Walk through the rewards from the end: G = r + (G of the next step)."),
        Probing(
            "reward_to_go",
            ({"rewards": np.array([-1.0, -1.0, -1.0])}, {"rewards": np.array([2.0, 0.0, -3.0, 10.0])}, {"rewards": np.array([5.0])}, {"rewards": np.array([-1, -1])}, {"rewards": np.array([-1.0, -1.0, 11.5])}),
            ("G",),
            (
                ("return_from_start", "G[t] = after", "G[:] = after", "Every step has got the return from the start. What was paid before an action is not its doing: sum from t on"),
                ("no_own_reward", "G[t] = after", "G[t] = after - rewards[t]", "The reward of the step itself is missing: it is the first that the action brings"),
                ("past", "reversed(range(len(rewards)))", "range(len(rewards))", "This sums what was paid before and until the step; asked is its own reward and all later ones"),
                ("only_own", "rewards[t] + after", "rewards[t]", "These are the rewards alone; all later ones are to be added"),
                ("backwards", "return G", "return G[::-1]", "The numbers are right, and in reverse: walking from the end, the last one comes first"),
                ("first_forgotten", "reversed(range(len(rewards)))", "range(len(rewards) - 1, 0, -1)", "The first step was left out: `range(n, 0, -1)` ends before 0"),
                ("last_left_0", "G[t] = after", "G[t] = after if t < len(rewards) - 1 else 0.0", "The last step has its own reward, and nothing after it: G there is that reward, not 0"),
                ("last_forgotten", "reversed(range(len(rewards)))", "reversed(range(len(rewards) - 1))", "The last step was left out: it has its own reward, which counts for all steps before it too"),
                ("mean", "G[t] = after", "G[t] = after / (len(rewards) - t)", "These are means; asked are sums"),
                ("counts_steps", "G[t] = after", "G[t] = t - len(rewards)", "This counts the steps that are left. The rewards may be others than −1: add them up"),
                ("return_inside", "        G[t] = after\n    return G", "        G[t] = after\n        return G", "Only one step has its G: `return` stands inside the loop"),
                ("first_alone", "return G", "G[1:] = 0\n    return G", "Only the first step has its G: does `return` stand inside the loop?"),
                ("first_of_list", "return G", "return G[:1]", "Only the first step's G came back: does `return` stand inside the loop?"),
                ("discounted", "rewards[t] + after", "rewards[t] + 0.99 * after", "What comes later counts a hundredth less for each step between. Nothing is discounted here: add it as it is"),
                ("discounted_more", "rewards[t] + after", "rewards[t] + 0.9 * after", "What comes later counts a tenth less for each step between. Nothing is discounted here: add it as it is"),
                ("next_only", "after = rewards[t] + after\n        G[t] = after", "G[t] = sum(rewards[t:t + 2])", "Only the next reward is added; all later ones count"),
            ),
        ),
        work=lambda E: E.reward_to_go(LONG),
    )
)  # fmt: skip
register(
    Part(
        "score", "06", "score", LEARN, "says which way an action's probability is pushed",
        ("log π(right) = log σ(z) has the derivative 1 − p, formula (1.4). What is that of log π(left) = log(1 − σ(z))?",
         "For right it is 1 − p, for left −p. With a = 1 for right and 0 for left, one expression gives both.",
         "a has the shape (N,) and z (N, 1): `a[:, None]` is a column."),
        Probing(
            "score",
            ({"z": np.array([[0.0], [0.0], [0.0]]), "a": np.array([1, 0, 1])}, {"z": np.array([[2.0], [-1.0], [0.5]]), "a": np.array([0, 1, 1])}, {"z": np.array([[0.7], [1.3]]), "a": np.array([0, 0])}),
            ("score",),
            (
                ("sign", "a[:, None] - p", "p - a[:, None]", "The sign is flipped: raising z makes right more likely, so for a = 1 the score is positive"),
                ("plus_p", "a[:, None] - p", "np.where(a[:, None] == 1, 1 - p, p)", "For left the sign is flipped: raising z makes left less likely, −p"),
                ("left_flipped", "a[:, None] - p", "np.where(a[:, None] == 1, 1 - p, p - 1)", "For left you have −(1 − p). log π(left) is log(1 − p), and its slope by z is −p"),
                ("over_rows", "p = sigmoid(z)", "p = np.exp(z) / np.exp(z).sum()", "Your p is a softmax over the rows, and each row is a step by itself: p = σ(z)"),
                ("one_column", "p = sigmoid(z)", "p = np.ones(z.shape)", "Your p is 1 throughout, as a softmax over one column is. With one output p = σ(z)"),
                ("other_action", "a[:, None] - p", "1 - a[:, None] - p", "This is the score of the other action: for a = 1 it must be 1 − p, for a = 0 it is −p"),
                ("right_only", "a[:, None] - p", "1 - p", "This is the score of right, whatever was done. For left it is −p"),
                ("of_pi", "a[:, None] - p", "(2 * a[:, None] - 1) * p * (1 - p)", "This is the derivative of π itself; that of log π is it divided by π"),
                ("by_p", "a[:, None] - p", "a[:, None] / p - (1 - a[:, None]) / (1 - p)", "This is the derivative by p. z comes before the sigmoid: multiply by its slope p(1 − p)"),
                ("log", "a[:, None] - p", "np.log(np.where(a[:, None] == 1, p, 1 - p))", "This is log π itself, not its derivative"),
                ("at_z", "p = sigmoid(z)", "p = z", "z is not yet a probability: p = σ(z)"),
                ("tanh", "p = sigmoid(z)", "p = np.tanh(z)", "p is σ(z), and not tanh(z), which may be negative"),
            ),
            inside=lambda z, a: {"p": 1 / (1 + np.exp(-z))},
        ),
        work=lambda E: E.score(BATCH, np.arange(320) % 2),
    )
)  # fmt: skip
register(
    Part(
        "reinforce", "06", "REINFORCE", LEARN, "learns from whole episodes",
        ("In each round: walk; forward over what was seen; G and score; backward; one step up.",
         "`backward` takes G · score where it took the loss's gradient in lesson 04. G is (T,) and the score (T, 1): `G[:, None]`.",
         "One step up: `net = ascend(net, gradient, alpha)`. It returns a new network, and the next walk is that one's."),
        Probing(
            "reinforce",
            tuple({"net": NET, "episodes": n, "alpha": alpha} for n, alpha in ((1, 0.1), (2, 0.1), (3, 0.25))),
            ("the number of walks", *STEPS, "the networks that walked"),
            (
                ("descent", "ascend(net, gradient, alpha)", "ascend(net, gradient, -alpha)", "It goes down: what is paid on average is to grow, so the step is *up* the gradient, W + alpha · dW"),
                ("no_G", "G[:, None] * score(z, a)", "score(z, a)", "G is missing: every action that was taken becomes more likely, however it went"),
                ("first_G", "G[:, None] * score", "G[0] * score", "Every step is weighted by the return from the start; what was paid before an action is not its doing"),
                ("rewards", "G[:, None]", "rewards[:, None]", "The rewards stand where G belongs: an action is judged by all that came after it"),
                ("mean", "G[:, None] * score(z, a)", "G[:, None] * score(z, a) / len(a)", "It takes the mean over an episode's steps; the pushes are added, and long episodes count with all their steps"),
                ("baseline", "G = reward_to_go(rewards)", "G = reward_to_go(rewards)\n        G = G - G.mean()", "The mean of G was subtracted. It calms the noise, and comes later; here G counts as it is"),
                ("log_pi", "score(z, a)", "np.log(np.where(a[:, None] == 1, sigmoid(z), 1 - sigmoid(z)))", "G · log π was passed back; what `backward` takes is the derivative of log π by z, the score"),
                ("score_of_x", "score(z, a)", "score(x, a)", "`score` is handed x, what was seen; it wants the network's output z"),
                ("no_alpha", "ascend(net, gradient, alpha)", "ascend(net, gradient, 1.0)", "The step size alpha is missing"),
                ("no_score", "G[:, None] * score(z, a)", "G[:, None]", "The score is missing: G says how strong the push is, and the score which way"),
                ("same_walker", "for _ in range(episodes):\n        x, a, rewards = walk(net)", "start = net\n    for _ in range(episodes):\n        x, a, rewards = walk(start)", "Every episode is walked by the network of the beginning; the next walk is the new network's"),
                ("one_episode", "    return net", "        return net", "It returns after the first episode: `return` stands inside the loop"),
                ("from_the_first", "net = ascend(net, gradient, alpha)\n    return net", "new = ascend(net, gradient, alpha)\n    return new", "Each round begins at the first network: the next one is the new network's, `net = ascend(...)`"),
                ("output_for_score", "score(z, a)", "z", "The output stands where the score belongs: `score(output, a)` says which way what was done is pushed"),
                ("alpha_twice", "ascend(net, gradient, alpha)", "ascend(net, gradient, alpha * alpha)", "The step has alpha twice: `ascend` multiplies by it, and that is enough"),
                ("step_each_action", "        z, inputs = forward(net, x)\n        G = reward_to_go(rewards)\n        gradient = backward(net, inputs, G[:, None] * score(z, a))\n        net = ascend(net, gradient, alpha)", "        G = reward_to_go(rewards)\n        for t in range(len(a)):\n            z, inputs = forward(net, x[[t]])\n            net = ascend(net, backward(net, inputs, G[t] * score(z, a[[t]])), alpha)", "It takes a step up for each action. Asked is one for each walk: all its steps go back together"),
                ("step_each_score", "        gradient = backward(net, inputs, G[:, None] * score(z, a))\n        net = ascend(net, gradient, alpha)", "        for t in range(len(a)):\n            gradient = backward(net, [h[[t]] for h in inputs], G[t] * score(z, a)[[t]])\n            net = ascend(net, gradient, alpha)", "It takes a step up for each action. Asked is one for each walk: all its steps go back together"),
                ("total", "G = reward_to_go(rewards)", "G = reward_to_go(rewards) * 0 + rewards.mean()", "Every step is weighted by the mean reward; asked is each step's own reward to go"),
                ("step_alone", "ascend(net, gradient, alpha)", "[(alpha * dW, alpha * db) for dW, db in gradient]", "This is the step alone; the new weights are the old ones plus it"),
                ("not_caught", "net = ascend(net, gradient, alpha)", "ascend(net, gradient, alpha)", "The network came back unchanged: `ascend` returns a new one; catch it with `net =`"),
                ("one_walk", "for _ in range(episodes):\n        x, a, rewards = walk(net)", "x, a, rewards = walk(net)\n    for _ in range(episodes):", "It walks once, not once per episode: `walk(net)` belongs inside the loop"),
                ("sigma_twice", "score(z, a)", "score(sigmoid(z), a)", "`score` takes z, and does the σ itself"),
                ("old_gradient", "for _ in range(episodes):\n        x, a, rewards = walk(net)\n        z, inputs = forward(net, x)", "start = net\n    for _ in range(episodes):\n        x, a, rewards = walk(net)\n        z, inputs = forward(start, x)", "It goes forward with the network of the beginning; forward and backward belong to the network that has walked"),
                ("fixed_alpha", "ascend(net, gradient, alpha)", "ascend(net, gradient, 0.005)", "alpha is not used: the step is a fixed number, where `alpha` belongs"),
                ("gradient_as_net", "net = ascend(net, gradient, alpha)", "net = gradient", "The gradient itself became the network: `ascend` makes the step and returns the new network"),
                ("z_for_p", "score(z, a)", "(a[:, None] - z)", "z is not yet a probability: `score(z, a)` does the σ"),
                ("twice_alpha", "ascend(net, gradient, alpha)", "ascend(net, gradient, alpha * len(a))", "The step is multiplied by the length of the episode"),
            ),
            run=learnt,
        ),
    )
)  # fmt: skip

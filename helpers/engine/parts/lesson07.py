"""The parts of lesson 07: the surprise, and the update of actor and critic."""

import numpy as np

from helpers.engine.part import Part, register
from helpers.engine.parts.watching import MEAN, watched
from helpers.engine.probing import Probing
from helpers.engine.raised import Told

ACTOR_CRITIC = "actor-critic"
RNG = np.random.default_rng(7)
ROWS = RNG.normal(size=(3, 320))


def network():
    """Some network with two inputs, three hidden neurons and one output."""
    sizes = (2, 3), (3, 1)
    return [(RNG.normal(size=size).round(2), RNG.normal(size=size[1]).round(2)) for size in sizes]


def batch(*terminated):
    """Some transitions, one for each True or False."""
    n = len(terminated)
    s, s_next = RNG.normal(size=(2, n, 2)).round(2)
    return [s, np.arange(n) % 2, RNG.normal(size=n).round(2) - 1, s_next, np.array(terminated, bool)]


ACTOR_BACK = "    d_actor = backward(actor, actor_inputs, delta * score(z, a) / len(s))\n"
LATE = (
    "    new = ascend(critic, backward(critic, critic_inputs, delta / len(s)), beta)\n"
    "    late = td_error(r[:, None], forward(new, s)[0], forward(new, s_next)[0], terminated[:, None], gamma)\n"
)
DELTA_BACK = "    d_critic = backward(critic, critic_inputs, delta / len(s))\n"
THROUGH = (
    "    d_next = backward(critic, forward(critic, s_next)[1], DELTA / len(s))\n"
    "    d_critic = [(A - gamma * B, c - gamma * e) for (A, c), (B, e) in zip(d_critic, d_next)]\n"
)
ACTOR, CRITIC = network(), network()
BATCHES = batch(False), batch(True), batch(False, True, False), batch(False, False), batch()
EMPTY = (
    "without a transition, when all environments are being set up anew, N is 0, and something is divided by it. "
    "Divide by N before `backward`, or return both networks as they are"
)
BIG = batch(*[False] * 32)


def steps(E, inputs):
    """By how much actor and critic have moved; `Told` where nothing happens, and they become NaN."""
    with watched(E, MEAN):
        try:
            new = E.update(*inputs.values())
        except ZeroDivisionError:
            raise Told(EMPTY) from None
    if len(new or ()) == 2 and all(isinstance(pair, tuple) and np.ndim(pair[0]) == 2 for pair in new):
        raise Told("it returns one network: return both, (actor, critic)")
    try:
        pairs = zip(new, (ACTOR, CRITIC), strict=True)
        moved = [[(W - V, b - c) for (W, b), (V, c) in zip(n, old, strict=True)] for n, old in pairs]
    except (TypeError, ValueError):
        return new
    if len(inputs["batch"][0]) == 0 and any(np.isnan(each).any() for net in moved for layer in net for each in layer):
        raise Told(EMPTY)
    return moved


register(
    Part(
        "td_error", "07", "surprise δ", ACTOR_CRITIC, "how much better it went than the critic expected",
        ("Target minus what the critic said. What is the return after the end of an episode?",
         "`np.where(terminated, 0.0, v_next)` is 0 where an episode has ended."),
        Probing(
            "td_error",
            (
                {"r": -1.0, "v": -5.0, "v_next": -3.0, "terminated": False, "gamma": 0.5},
                {"r": -1.0, "v": -5.0, "v_next": -3.0, "terminated": True, "gamma": 0.5},
                {"r": 2.0, "v": 1.0, "v_next": 7.0, "terminated": False, "gamma": 0.9},
                {"r": 0.5, "v": -2.0, "v_next": 3.0, "terminated": True, "gamma": 0.8},
                {"r": np.array([[-1.0], [0.3], [2.0]]), "v": np.array([[0.7], [-4.0], [1.1]]), "v_next": np.array([[5.0], [0.2], [-2.0]]), "terminated": np.array([[False], [True], [False]]), "gamma": 0.9},
            ),
            ("δ",),
            (
                ("terminal", "np.where(terminated, 0.0, v_next)", "v_next", "After the end it still bootstraps: V(terminal) is 0, whatever the critic says there"),
                ("reversed", "np.where(terminated, 0.0, v_next)", "np.where(terminated, v_next, 0.0)", "It is the other way round: V(s′) counts while the episode goes on, and is 0 when it has ended"),
                ("no_gamma", "gamma * np", "np", "gamma is missing in front of V(s′)"),
                ("gamma_on_all", "r + gamma * np.where(terminated, 0.0, v_next)", "gamma * (r + np.where(terminated, 0.0, v_next))", "gamma belongs to V(s′) alone; the reward comes at once, and counts in full"),
                ("gamma_on_both", "np.where(terminated, 0.0, v_next) - v", "(np.where(terminated, 0.0, v_next) - v)", "gamma belongs to V(s′) alone, and not to V(s)"),
                ("squared", "return r + gamma * np.where(terminated, 0.0, v_next) - v", "return (r + gamma * np.where(terminated, 0.0, v_next) - v) ** 2", "This is δ², which has lost the sign of the surprise"),
                ("sign", "r + gamma * np.where(terminated, 0.0, v_next) - v", "v - r - gamma * np.where(terminated, 0.0, v_next)", "The sign is flipped: δ is positive when it went better than expected, target − V(s)"),
                ("no_v", "v_next) - v", "v_next)", "This is the target. The TD error subtracts V(s) from it"),
                ("no_v_at_end", "v_next) - v", "v_next) - np.where(terminated, 0.0, v)", "At the end V(s) was dropped: the critic had expected something, and is to be corrected there, too"),
                ("no_reward", "r + gamma", "gamma", "The reward is missing"),
                ("no_last_reward", "r + gamma", "np.where(terminated, 0.0, r) + gamma", "The last reward was dropped: the step into the terminal state is paid, too"),
                ("plus_v", "v_next) - v", "v_next) + v", "V(s) was added; the surprise is the target *minus* what was expected"),
                ("invert", "np.where(terminated, 0.0, v_next)", "v_next * (~terminated)", "`~` makes −2 of a plain True, and −1 of False: use `np.where`, or `1 - terminated`"),
            ),
        ),
        work=lambda E: E.td_error(*ROWS, np.arange(320) % 7 == 0, 0.9),
    )
)  # fmt: skip
register(
    Part(
        "update", "07", "update", ACTOR_CRITIC, "one step of actor and critic",
        ("First the critic: V(s), V(s′), and δ from both. Then the actor's z. Each network is passed back once.",
         "The actor's `backward` takes δ · score / N, the critic's δ / N: both go *up*, and δ is a number through which nothing flows.",
         "Shapes: r and terminated are (N,), and V(s) is (N, 1): `r[:, None]` is a column."),
        Probing(
            "update",
            tuple({"actor": ACTOR, "critic": CRITIC, "batch": each, "alpha": 0.1, "beta": 0.23, "gamma": 0.9} for each in BATCHES),
            tuple(f"the step of the {who}'s {what} in layer {layer}" for who in ("actor", "critic") for layer in (0, 1) for what in "Wb"),
            (
                ("no_mean", " / len(s)", "", "The 1/N is missing in both: the update is the mean over the transitions, else the step grows with their number"),
                ("no_mean_actor", "delta * score(z, a) / len(s)", "delta * score(z, a)", "The 1/N is missing in the actor's step: it is the mean over the transitions"),
                ("no_mean_critic", "critic_inputs, delta / len(s)", "critic_inputs, delta", "The 1/N is missing in the critic's step: it is the mean over the transitions"),
                ("descent", "ascend(actor, d_actor, alpha)", "ascend(actor, d_actor, -alpha)", "The actor goes down: after a good surprise, δ > 0, the action must become more likely"),
                ("critic_descent", "ascend(critic, d_critic, beta)", "ascend(critic, d_critic, -beta)", "The critic goes the wrong way: if δ > 0, V(s) must grow"),
                ("both_descent", "ascend(actor, d_actor, alpha), ascend(critic, d_critic, beta)", "ascend(actor, d_actor, -alpha), ascend(critic, d_critic, -beta)", "Both go down: δ · score and δ are what is to be gone *up*"),
                ("rates", "d_actor, alpha), ascend(critic, d_critic, beta)", "d_actor, beta), ascend(critic, d_critic, alpha)", "The two step sizes are exchanged: alpha is the actor's, beta the critic's"),
                ("one_rate", "d_critic, beta", "d_critic, alpha", "The critic has its own step size, beta"),
                ("no_delta", "delta * score(z, a)", "score(z, a)", "The δ is missing in the actor's step: every action that was taken becomes more likely"),
                ("no_delta_critic", "critic_inputs, delta / len(s)", "critic_inputs, np.ones_like(delta) / len(s)", "The δ is missing in the critic's step: V(s) grows after every step, however it went"),
                ("target_pushes", "delta * score(z, a)", "(delta + v) * score(z, a)", "The actor's step is weighted by the target, r + γ V(s′); δ is what is left of it when V(s) is subtracted"),
                ("score_of_pi", "score(z, a)", "score(sigmoid(z), a)", "`score` was given π; it takes z, and makes π of it itself"),
                ("double", "critic_inputs, delta / len(s)", "critic_inputs, 2 * delta / len(s)", "The critic's step is twice as long as (7.2) says: δ² has the derivative 2δ, and here δ is asked"),
                ("inputs_of_critic", "backward(actor, actor_inputs", "backward(actor, critic_inputs", "The actor's `backward` was given the critic's inputs: each network has its own, from its own `forward`"),
                ("inputs_of_actor", DELTA_BACK, DELTA_BACK.replace("critic_inputs", "actor_inputs"), "The critic's `backward` was given the actor's inputs: each network has its own, from its own `forward`"),
                ("delta_v", "critic_inputs, delta / len(s)", "critic_inputs, delta * v / len(s)", "The critic's `backward` was given δ · V(s); it multiplies by ∂V/∂φ itself, so hand it only how fast V should move, δ"),
                ("no_delta_both", "delta * score(z, a) / len(s))\n    d_critic = backward(critic, critic_inputs, delta / len(s))", "score(z, a) / len(s))\n    d_critic = backward(critic, critic_inputs, np.ones_like(v) / len(s))", "The δ is missing in both steps: it says how strongly, and whether up or down"),
                ("v_itself", "critic_inputs, delta / len(s)", "critic_inputs, v / len(s)", "The critic's `backward` was given V(s), what it says; hand it how fast V(s) should move, δ"),
                ("target_itself", "critic_inputs, delta / len(s)", "critic_inputs, (delta + v) / len(s)", "The critic's `backward` was given the target; V(s) is to move towards it by the difference, δ"),
                ("target_past_end", "critic_inputs, delta / len(s)", "critic_inputs, (r[:, None] + gamma * v_next) / len(s)", "The critic's `backward` was given the target; V(s) is to move towards it by the difference, δ"),
                ("critic_score", "critic_inputs, delta / len(s)", "critic_inputs, delta * score(z, a) / len(s)", "The score is in the critic's step, too: it belongs to an action, and V(s) to the cell alone"),
                ("mean_delta", "    z, actor", "    delta = np.full_like(delta, delta.mean() if len(s) else 0.0)\n    z, actor", "δ was averaged first: each transition keeps its own δ beside its own score and ∇V, and the mean comes after"),
                ("mean_delta_actor", "delta * score(z, a) / len(s)", "(delta.mean() if len(s) else 0.0) * score(z, a) / len(s)", "δ was averaged before it met the score: each transition has its own δ beside its own score"),
                ("mean_delta_critic", "critic_inputs, delta / len(s)", "critic_inputs, np.full_like(delta, delta.mean() if len(s) else 0.0) / len(s)", "δ was averaged before it met ∇V: each transition has its own δ beside its own ∇V"),
                ("swapped", "ascend(actor, d_actor, alpha), ascend(critic, d_critic, beta)", "ascend(critic, d_critic, beta), ascend(actor, d_actor, alpha)", "The two networks are returned in the wrong order: (actor, critic)"),
                ("swapped_some", "return ascend(actor, d_actor, alpha), ascend(critic, d_critic, beta)", "return (ascend(critic, d_critic, beta), ascend(actor, d_actor, alpha)) if len(s) else (actor, critic)", "The two networks are returned in the wrong order: (actor, critic)"),
                ("actor_says_v", "critic_inputs = forward(critic, s)", "critic_inputs = forward(actor, s)", "V(s) comes from the actor's network; it is the critic that says V"),
                ("actor_says_v_next", "forward(critic, s_next)", "forward(actor, s_next)", "V(s′) comes from the actor's network; it is the critic that says V"),
                ("actor_says_both", "v, critic_inputs = forward(critic, s)\n    v_next, _ = forward(critic, s_next)", "v, critic_inputs = forward(actor, s)\n    v_next, _ = forward(actor, s_next)", "V(s) and V(s′) come from the actor's network; it is the critic that says V"),
                ("critic_acts", "forward(actor, s)", "forward(critic, s)", "z comes from the critic's network; it is the actor that acts"),
                ("twice_mean", "ascend(actor, d_actor, alpha), ascend(critic, d_critic, beta)", "ascend(actor, d_actor, alpha / max(1, len(s))), ascend(critic, d_critic, beta / max(1, len(s)))", "Both are divided by N twice: once gives the mean"),
                ("twice_mean_actor", "ascend(actor, d_actor, alpha)", "ascend(actor, d_actor, alpha / max(1, len(s)))", "The actor's step is divided by N twice: once gives the mean"),
                ("twice_mean_critic", "ascend(critic, d_critic, beta)", "ascend(critic, d_critic, beta / max(1, len(s)))", "The critic's step is divided by N twice: once gives the mean"),
                ("len_batch", "len(s)", "len(batch)", "`len(batch)` is 5, the five arrays; N is `len(s)`"),
                ("no_score", "delta * score(z, a)", "delta", "The score is missing in the actor's step: δ says how strong the push is, and the score which way"),
                ("reward", "delta * score(z, a)", "r[:, None] * score(z, a)", "The actor's step is weighted by the reward; δ says how much better it went than expected"),
                ("terminal", "terminated[:, None], gamma", "False, gamma", "`terminated` is not used, so V(s′) counts after the end as well: let `td_error` make δ, and hand it over"),
                ("terminal_critic", "critic_inputs, delta / len(s)", "critic_inputs, (r[:, None] + gamma * v_next - v) / len(s)", "In the critic's step `terminated` is not used, so V(s′) counts after the end as well: let `td_error` make δ"),
                ("terminal_actor", "delta * score(z, a)", "(r[:, None] + gamma * v_next - v) * score(z, a)", "In the actor's step `terminated` is not used, so V(s′) counts after the end as well: let `td_error` make δ"),
                ("exchanged", "v, v_next, terminated", "v_next, v, terminated", "V(s) and V(s′) are exchanged: `td_error` takes r, V(s), V(s′)"),
                ("flag_turned", "terminated[:, None], gamma", "1 - terminated[:, None], gamma", "`td_error` is handed the flag turned round: it wants `terminated` itself, and leaves V(s′) out where it is True"),
                ("same_state", "forward(critic, s_next)", "forward(critic, s)", "V(s) stands where V(s′) belongs: the critic must look at `s_next`"),
                ("next_inputs", "v_next, _ =", "v_next, critic_inputs =", "The critic's step is taken at s′: it is V(s) that is compared with the target, and moves"),
                ("dead_critic", "ascend(critic, d_critic, beta)", "critic", "The critic is not updated"),
                ("dead_actor", "ascend(actor, d_actor, alpha)", "actor", "The actor is not updated"),
                ("other_action", "score(z, a)", "score(z, 1 - a)", "The score is that of the other action"),
                ("squared", "critic_inputs, delta / len(s)", "critic_inputs, delta**2 / len(s)", "The critic's step has δ², and loses the sign of the surprise"),
                ("through_target", DELTA_BACK, DELTA_BACK + THROUGH.replace("DELTA", "delta"), "The critic's gradient went through the target: V(s′) moved, too. The target is what the critic should move to, so it counts as a number"),
                ("through_target_alive", DELTA_BACK, DELTA_BACK + THROUGH.replace("DELTA", "delta * ~terminated[:, None]"), "The critic's gradient went through the target: V(s′) moved, too. The target is what the critic should move to, so it counts as a number"),
                ("no_gamma_through", DELTA_BACK, DELTA_BACK + THROUGH.replace("DELTA", "delta").replace("gamma", "1.0"), "The critic's gradient went through the target, without γ: V(s′) moved, too. The target counts as a number"),
                ("critic_first", ACTOR_BACK, LATE + ACTOR_BACK.replace("delta", "late"), "The actor's step uses the δ of a critic that has stepped already. δ is found once, and both steps are made from it"),
                ("log_pi", "score(z, a)", "np.log(np.where(a[:, None] == 1, sigmoid(z), 1 - sigmoid(z)))", "δ · log π was passed back; what `backward` takes is the derivative of log π by z, the score"),
                ("no_gamma", "terminated[:, None], gamma)", "terminated[:, None], 1.0)", "gamma is not used"),
            ),
            run=steps,
        ),
        work=lambda E: E.update(ACTOR, CRITIC, BIG, 0.1, 0.1, 0.9),
    )
)  # fmt: skip

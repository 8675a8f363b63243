"""Known mistakes of homework 4, the update."""

import numpy as np

from course.tasks.hw4_hidden import own_transitions, reviewed
from course.tasks.task import Task
from helpers.rl.gradient_ledger import PHI0
from helpers.running_actor import THETA0

X = np.array([[-1.0], [0.0], [1.0], [1.0], [0.0]])
X_NEXT = np.array([[0.0], [-1.0], [2.0], [0.0], [1.0]])
OVER = np.array([False, False, True, False, False])
R = np.array([-1.0, -1.0, -1.0, -0.5, -2.0])
A = np.array([1, 1, 1, 0, 0])
DELTA = np.array([0.97, -1.3, 0.4, -2.2, 1.7])
THETA, PHI = np.array(THETA0), np.array(PHI0)
WIDE = [
    (np.array([[0.5, -1.0, 0.3], [0.8, 0.2, -0.6]]), np.array([0.1, -0.2, 0.4])),
    (np.array([[1.5], [-2.0], [0.7]]), np.array([-3.0])),
]
TWO = np.array([[0.3, -1.2], [1.0, 0.5], [-0.7, 0.9]])
STRETCH = np.array([-1.0, -2.0, -0.5, -1.5, -3.0, -1.0])
ENDS = np.array([False, False, True, False, False, False])
VALUES = np.array([-8.0, -6.5, -3.0, -7.0, -5.0, -4.0, -2.5])

TASKS = {
    "my_transitions": Task(
        probes=[own_transitions(np.random.default_rng([30407, k])) for k in range(3)],
        rtol=1e-3,
        atol=1e-4,
        hints=[
            "δ = −1 + 0.9 · V(s′) − V(s), and after the end of an episode V(s′) is 0. The derivative of a table's entry by itself is 1.",
            "New V(s) = V(s) + 0.2 · δ; change of z = 0.5 · δ · (a − p).",
        ],
        mistakes=[
            ("terminal", "np.array([V_after[0], 0.0])", "V_after", "You bootstrapped from the end: in the second transition V(s′) is 0, whatever the critic says there."),
            ("no_gamma", "0.9 * after", "after", "γ = 0.9 is missing in front of V(s′)."),
            ("sign", "delta = -1 + 0.9 * after - V_here", "delta = V_here - (-1 + 0.9 * after)", "The sign of δ is flipped: it is positive when it went better than expected, target − V(s)."),
            ("no_last_reward", "-1 + 0.9 * after", "np.array([-1.0, 0.0]) + 0.9 * after", "The last reward was dropped: the step that ends the episode costs 1 as well."),
            ("wrong_action", "score = a_taken - p_one", "score = 1 - a_taken - p_one", "You took the log-probability of the other action: ∂ log π(a)/∂z is a − p."),
            ("always_right", "score = a_taken - p_one", "score = 1 - p_one", "You took 1 − p for both actions. It is ∂ log π(1)/∂z; for action 0 the derivative is −p, so in one expression a − p."),
            ("no_minus", "score = a_taken - p_one", "score = np.where(a_taken == 1, 1 - p_one, p_one)", "For action 0 the minus is missing: ∂ log(1 − p)/∂z is −p. A good surprise after action 0 makes p smaller."),
            ("ascent", "z_change = alpha", "z_change = -alpha", "The sign of the actor's step is flipped: formula (7.2) goes up, so after a good surprise the action that was taken becomes likelier."),
            ("exchanged", "alpha, beta = 0.5, 0.2", "alpha, beta = 0.2, 0.5", "α and β are swapped: the actor has α = 0.5, the critic β = 0.2."),
            ("one_size", "alpha * delta", "beta * delta", "The actor has the step size α = 0.5; 0.2 is the critic's."),
            ("critic_with_alpha", "beta * delta", "alpha * delta", "The critic has the step size β = 0.2; 0.5 is the actor's."),
            ("no_alpha", "alpha * delta", "delta", "The step size α = 0.5 is missing in the change of z."),
            ("no_delta", "alpha * delta * score", "alpha * score", "δ is missing in the actor's step: every action would become likelier, good or bad."),
            ("step_only", "V_here + beta * delta", "beta * delta", "This is the step of the critic; the new V(s) is the old one plus it."),
            ("probability", "a_taken - p_one", "(a_taken - p_one) * p_one * (1 - p_one)", "z is the parameter, not p: ∂ log π(a)/∂z is a − p, and no slope of the sigmoid comes on top."),
            ("sigmoid_slope", "a_taken - p_one", "p_one * (1 - p_one)", "p(1 − p) is the slope of the sigmoid, ∂p/∂z. What is differentiated here is log π(a), and that gives a − p."),
            ("policy_slope", "a_taken - p_one", "(2 * a_taken - 1) * p_one * (1 - p_one)", "This is the derivative of π(a), not of log π(a): divide by π(a), and a − p is left."),
        ],
        other_algebra=[
            "def my_transitions(p_one, a_taken, V_here, V_after):\n    targets = [-1 + 0.9 * V_after[0], -1.0]\n    d = [t - v for t, v in zip(targets, V_here)]\n    news = [0.8 * v + 0.2 * t for t, v in zip(targets, V_here)]\n    return d, news, [e / 2 * ((1 - p) if a else -p) for e, a, p in zip(d, a_taken, p_one)]",
        ],
    ),
    "td_errors": Task(
        probes=[
            ([(np.array([[1.0, -0.5]]), np.array([0.2, 0.4])), (np.array([[1.5], [-2.0]]), np.array([-6.0]))], X, R, X_NEXT, OVER, 0.9),
            (WIDE, TWO, R[:3], TWO[::-1] + 1, np.array([True, False, True]), 1.0),
            (WIDE, TWO[1:2], R[3:4], TWO[2:], np.array([False]), 0.5),
        ],
        hints=[
            "`forward(critic, X)` returns (output, cache); the output is a column, (N, 1). `[:, 0]` takes the N numbers out of it.",
            "Two forward passes, one for X and one for X_next; `np.where(terminated, 0.0, v_next)` is V(s′).",
        ],
        mistakes=[
            ("square", "[:, 0]", "", "Your V(s) and V(s′) are columns, (N, 1), and the rewards lie flat, (N,): NumPy combined each with each, and made a square. Take `[:, 0]` of both outputs."),
            ("square_here", "forward(critic, X)[0][:, 0]", "forward(critic, X)[0]", "Your V(s) is a column, (N, 1), and the rewards lie flat, (N,): NumPy combined each with each, and made a square. Take `[:, 0]` of the output first."),
            ("square_next", "forward(critic, X_next)[0][:, 0]", "forward(critic, X_next)[0]", "Your V(s′) is a column, (N, 1), and the rewards lie flat, (N,): NumPy combined each with each, and made a square. Take `[:, 0]` of the output first."),
            ("terminal", "np.where(terminated, 0.0, v_next)", "v_next", "You bootstrapped from the end: where `terminated` is True, V(s′) is 0, whatever the network says there."),
            ("reversed", "np.where(terminated, 0.0, v_next)", "np.where(terminated, v_next, 0.0)", "It is the other way round: V(s′) counts while the episode goes on, and is 0 where it has ended."),
            ("no_gamma", "gamma * np", "np", "gamma is missing in front of V(s′)."),
            ("sign", "r + gamma * np.where(terminated, 0.0, v_next) - v", "v - (r + gamma * np.where(terminated, 0.0, v_next))", "The sign is flipped: δ is the target minus V(s)."),
            ("target", "v_next) - v", "v_next)", "This is the target; the TD error subtracts V(s) from it."),
            ("same_state", "forward(critic, X_next)", "forward(critic, X)", "You took V(s) for V(s′): the second forward pass needs X_next."),
            ("no_last_reward", "return r +", "return np.where(terminated, 0.0, r) +", "The last reward was dropped: the step that ends an episode is paid, too."),
            ("no_reward", "return r +", "return", "The reward is missing."),
            ("all_dropped", "gamma * np.where(terminated, 0.0, v_next) - v", "np.where(terminated, 0.0, gamma * v_next - v)", "Where the episode ends you dropped V(s) as well. Only V(s′) is 0 there; what the critic said of s is still compared with the reward."),
            ("gamma_here", "v_next) - v", "v_next) - gamma * v", "You discounted V(s), too. γ belongs to V(s′), which comes one step later."),
        ],
        other_algebra=[
            "def td_errors(critic, X, r, X_next, terminated, gamma):\n    V = forward(critic, np.concatenate([X, X_next]))[0].ravel()\n    N = len(r)\n    return [r[n] - V[n] + (1 - terminated[n]) * gamma * V[N + n] for n in range(N)]",
        ],
    ),
    "actor_gradient": Task(
        probes=[(THETA, X, A, DELTA), (-0.5 * THETA + 0.1, X[1:3], A[2:4], -DELTA[:2]), (PHI / 3, X[3:4], A[3:4], DELTA[1:2])],
        hints=[
            "∂ log π(a | s)/∂z is a − p, with p = sigmoid(z). Times −δ, divided by N, it is dz.",
            "`backward` wants dz in the shape of the output, (N, 1): `dz[:, None]`. And z comes from `forward` as a column, so take `z[:, 0]` before you combine it with a and delta.",
        ],
        mistakes=[
            ("ascent", "dz = -delta", "dz = delta", "The sign is flipped: this is the direction in which the actor should go. A minimiser subtracts, so the gradient of the *loss* has a minus."),
            ("no_mean", " / len(X)", "", "The 1/N is missing: the loss is the mean over the batch, and `backward` adds up the rows."),
            ("wrong_action", "a - sigmoid(z[:, 0])", "1 - a - sigmoid(z[:, 0])", "You took the log-probability of the other action: ∂ log π(a)/∂z is a − p."),
            ("always_right", "a - sigmoid(z[:, 0])", "1 - sigmoid(z[:, 0])", "You took ∂ log π(1)/∂z for every action; for action 0 it is −p, so in one expression a − p."),
            ("no_delta", "-delta * score", "-score", "δ is missing: every action would become likelier, good or bad."),
            ("size_only", "-delta * score", "-np.abs(delta) * score", "The sign of δ is lost: a bad surprise must make the action less likely."),
            ("probability", "a - sigmoid(z[:, 0])", "(2 * a - 1) * sigmoid(z[:, 0]) * (1 - sigmoid(z[:, 0]))", "This is the derivative of π(a), not of log π(a): divide by π(a), and a − p is left."),
            ("not_squashed", "sigmoid(z[:, 0])", "z[:, 0]", "You subtracted z; what belongs there is p = sigmoid(z)."),
        ],
        other_algebra=[
            "def actor_gradient(theta, X, a, delta):\n    total = np.zeros(7)\n    for x, a_n, d in zip(X, a, delta):\n        z, cache = forward(as_layers(theta), x[None, :])\n        local = 1 / (1 + np.exp(z)) if a_n == 1 else -1 / (1 + np.exp(-z))\n        total -= d * as_theta(backward(as_layers(theta), cache, local))\n    return total / len(X)",
        ],
    ),
    "critic_gradient": Task(
        probes=[
            (PHI, X, X_NEXT, OVER, DELTA, 0.9, False),
            (PHI, X, X_NEXT, OVER, DELTA, 0.9, True),
            (0.4 * PHI, X[1:4], X_NEXT[1:4], OVER[1:4], -DELTA[2:], 0.5, True),
            (THETA, X[:1], X_NEXT[:1], OVER[:1], DELTA[1:2], 1.0, False),
        ],
        hints=[
            "∂(δ²/2)/∂V(s) is −δ, because V(s) stands in δ with a minus; ∂(δ²/2)/∂V(s′) is γδ, and 0 where the episode has ended.",
            "Each of the two goes into a `backward` of its own, with the cache of its own forward pass, as a column, divided by N. With full=True add the two results.",
        ],
        mistakes=[
            ("sign", "dv = -delta", "dv = delta", "The sign at V(s) is flipped: V(s) stands in δ with a minus, so ∂(δ²/2)/∂V(s) = −δ."),
            ("no_mean", "/ len(X)", "/ 1", "The 1/N is missing: the loss is the mean over the batch, and `backward` adds up the rows."),
            ("never_full", "if full:", "if False:", "With full=True you still return the semi-gradient: V(s′) in the target has to move as well."),
            ("always_full", "if full:", "if True:", "With full=False a gradient goes through the target: V(s′) should be a number there."),
            ("terminal", "np.where(terminated, 0.0, delta)", "delta", "Where the episode has ended there is no V(s′) in δ, so nothing may go back through it; you sent γδ there, too."),
            ("next_sign", "dv_next = gamma", "dv_next = -gamma", "The sign at V(s′) is flipped: it stands in δ with a plus."),
            ("no_gamma", "dv_next = gamma * np", "dv_next = np", "gamma is missing at V(s′): it stands in δ as γ V(s′)."),
            ("stale_cache", "backward(layers, next_cache,", "backward(layers, cache,", "For V(s′) you went back through the forward pass of X. It needs the cache of its own forward pass, that of X_next."),
            ("next_state", "_, cache = forward(layers, X)", "_, cache = forward(layers, X_next)", "You sent −δ back through V(s′). It is V(s) that is compared with the target."),
            ("squared", "dv = -delta / len(X)", "dv = -(delta**2) / len(X)", "The derivative of δ²/2 has δ, not δ²: so the sign of the surprise is lost."),
        ],
        other_algebra=[
            "def critic_gradient(phi, X, X_next, terminated, delta, gamma, full):\n    rows, N = [], len(X)\n    for n in range(N):\n        def slope(inputs):\n            layers = as_layers(phi)\n            return as_theta(backward(layers, forward(layers, inputs)[1], np.ones((1, 1))))\n        d = -slope(X[n : n + 1])\n        if full and not terminated[n]:\n            d = d + gamma * slope(X_next[n : n + 1])\n        rows.append(delta[n] * d)\n    return np.mean(rows, axis=0)",
        ],
    ),
    "my_leak": Task(
        probes=[reviewed(np.random.default_rng([30408, place]), place)[0] for place in range(4)],
        rtol=1e-4,
        atol=1e-6,
        hints=[
            "The first seven numbers that should arrive are the actor's gradient of θ = q[:7]. The last three are the last three of the critic's semi-gradient of φ = (u1, u2, c1, c2, k1, k2, d). Both need δ of this critic.",
            "After the subtraction all but one block is 0, up to rounding. If it is not, look at δ first, then at the 1/N.",
            "The actor's loss may reach the whole body, so what is stray in the body comes from the critic's loss. In the critic's head it may come from −δ log π, by V(s), which sends log π / N to V(s), or from δ²/2, by V(s′), which sends γδ / N to V(s′).",
        ],
        mistakes=[
            ("all_of_it", "return loss, block, amounts[block]", "return loss, block, np.linalg.norm(reported[blocks[block]])", "Loss and block are right. The amount is the length of all that arrives in the block; subtract what should arrive, and take the length of the rest."),
            ("other_loss", "return loss,", "return 1 - loss,", "Block and amount are right, the loss is not: 0 is the actor's, 1 the critic's. What would each of the two send to this block if its cut were missing?"),
            ("squared", "np.linalg.norm(stray[block])", "np.sum(stray[block] ** 2)", "Loss and block are right. The amount is the *root* of the sum of squares; the root is missing."),
            ("added", "np.linalg.norm(stray[block])", "np.abs(stray[block]).sum()", "Loss and block are right. The amount is the root of the sum of squares; you added the sizes of the entries."),
            ("terminal", "np.where(ended, 0.0, actor_output(phi, x_next))", "actor_output(phi, x_next)", "Your δ bootstraps from the goal: where the episode has ended, V(s′) is 0. With it the gradient that should arrive is wrong, and so is the difference."),
            ("not_averaged", "len(x)", "1", "Your gradients of what should arrive are sums over the six transitions; the losses are means."),
            ("no_gamma", "0.9 * np.where(ended", "np.where(ended", "γ = 0.9 is missing in your δ. With it the gradient that should arrive is wrong, and so is the difference."),
        ],
        other_algebra=[
            "def my_leak(q, action, x, x_next, ended, reported):\n    def both(head, body, head_next, delta_of_actor):\n        total = 0\n        for s, a, t, end in zip(x, action, x_next, ended):\n            h, h_next = np.tanh(q[:2] * s + q[2:4]), np.tanh(q[:2] * t + q[2:4])\n            g = np.tanh(body[:2] * s + body[2:])\n            z = h @ q[4:6] + q[6]\n            log_pi = -np.log1p(np.exp(-z if a else z))\n            after = 0 if end else 0.9 * (h_next @ head_next[:2] + head_next[2])\n            delta = -1 + after - g @ head[:2] - head[2]\n            plain = -1 + (0 if end else 0.9 * (h_next @ q[7:9] + q[9])) - h @ delta_of_actor[:2] - delta_of_actor[2]\n            total = total + (delta * delta / 2 - plain * log_pi) / len(x)\n        return total\n    def slopes(which, n):\n        found = []\n        for j in range(n):\n            given = [q[7:].astype(complex), q[:4].astype(complex), q[7:].astype(complex), q[7:].astype(complex)]\n            given[which][j] += 1e-20j\n            found.append(both(*given).imag * 1e20)\n        return np.array(found)\n    critic_head, body, target, leak = slopes(0, 3), slopes(1, 4), slopes(2, 3), slopes(3, 3)\n    extra = reported[7:] - critic_head\n    if abs(extra).max() < 1e-9:\n        actor = np.zeros(10)\n        for s, a, t, end in zip(x, action, x_next, ended):\n            h, h_next = np.tanh(q[:2] * s + q[2:4]), np.tanh(q[:2] * t + q[2:4])\n            delta = -1 + (0 if end else 0.9 * (h_next @ q[7:9] + q[9])) - h @ q[7:9] - q[9]\n            dz = -delta * (a - 1 / (1 + np.exp(-h @ q[4:6] - q[6]))) / 6\n            dh = dz * q[4:6] * (1 - h**2)\n            actor[:4] += np.append(dh * s, dh)\n        stray = (reported - actor)[:4]\n        block = int(abs(stray[1]) + abs(stray[3]) > 1e-9)\n        return 1, block, np.hypot(body[block], body[block + 2])\n    if abs(extra - leak).max() < 1e-9:\n        return 0, 3, np.linalg.norm(leak)\n    return 1, 3, np.linalg.norm(target)",
        ],
    ),
    "n_step_returns": Task(
        probes=[
            (STRETCH, ENDS, VALUES, 2, 0.9),
            (STRETCH, ENDS, VALUES, 4, 0.5),
            (STRETCH[3:], ENDS[3:], VALUES[3:], 1, 0.8),
            (STRETCH[:3], ENDS[:3], VALUES[:4], 10, 1.0),
        ],
        hints=[
            "Two loops: over t, and for each t over k = t, …, up to t + n − 1 or T − 1, whichever comes first. Keep a factor that is multiplied with gamma at each step.",
            "If `terminated[k]`, set the factor to 0: then no later reward and no value counts. After the inner loop add the factor times V at the place where it stopped.",
        ],
        mistakes=[
            ("terminal", "0.0 if terminated[k] else gamma * factor", "gamma * factor", "You went on beyond the end of an episode: rewards and a value of the *next* one came into the return."),
            ("value_beyond_end", "G[t] += factor * V[stop]", "G[t] += gamma ** (stop - t) * V[stop]", "Your rewards stop at the end of an episode, but a value is added all the same: V there belongs to the next episode. After the end nothing is left to come."),
            ("no_value", "G[t] += factor * V[stop]", "G[t] += 0.0", "The critic is missing: after n steps γⁿ V(sₜ₊ₙ) stands for all that follows."),
            ("value_not_discounted", "G[t] += factor * V[stop]", "G[t] += (factor > 0) * V[stop]", "The value is not discounted: it comes n steps later, so it has the factor γⁿ."),
            ("cut_off", "G[t] += factor * V[stop]", "G[t] += factor * V[stop] * (stop == t + n)", "Where the stretch ends before n steps you left the value out. The episode goes on there, only the record does not: ask the critic at V[T]."),
            ("one_more", "stop, factor = min(t + n, T), 1.0", "stop, factor = min(t + n + 1, T), 1.0", "You took n + 1 rewards; with n = 1 it is one reward, and then the critic."),
            ("rewards_not_discounted", "G[t] += factor * r[k]", "G[t] += (factor > 0) * r[k]", "The rewards are not discounted: the one k steps later has the factor γᵏ."),
            ("first_value", "V[stop]", "V[t]", "You took the critic's value of sₜ, where the return begins. It is asked at sₜ₊ₙ, where the rewards end."),
            ("value_before", "V[stop]", "V[stop - 1]", "The value is that of the state *before* the last of your transitions; after n steps the state is sₜ₊ₙ."),
            ("last_reward", "G[t] += factor * r[k]", "G[t] += factor * r[k] * (not terminated[k])", "The reward of the step that ends the episode was dropped; it is paid, too."),
            ("full_power", "G[t] += factor * V[stop]", "G[t] += (factor > 0) * gamma**n * V[stop]", "Where the stretch ends before n steps, fewer than n rewards came before the value. Its factor is γ to the power of the steps that were taken, not γⁿ."),
            ("power_less", "G[t] += factor * V[stop]", "G[t] += factor / gamma * V[stop]", "The value has one factor γ too few: after n rewards, the last with γⁿ⁻¹, it has γⁿ."),
            ("no_end_of_stretch", "G[t] += factor * V[stop]", "G[t] += factor * (V[stop] if stop < T else 0.0)", "You never ask the critic at V[T]. Where no episode has ended, it stands for what follows the stretch, also after exactly n steps."),
        ],
        other_algebra=[
            "def n_step_returns(r, terminated, V, n, gamma):\n    G = np.array(V[1:], dtype=float)\n    T, after = len(r), np.array(V, dtype=float)\n    for _ in range(n):\n        G = r + gamma * np.where(terminated, 0.0, after[1:])\n        after = np.append(G, V[T])\n    return G",
        ],
    ),
}  # fmt: skip

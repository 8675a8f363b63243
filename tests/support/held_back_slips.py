"""Slips that the diagnosis was not tuned on: written before it, and none a known mistake of an exercise.

SLIPS: the series' exercises, name -> {slip: body of the function}. TASKS: parts of the engine that are no exercise,
name -> (parameters, right body, probes, {slip: body}). Leave both as they are: what is changed here is no longer held back.
"""

import numpy as np

SLIPS = {
    "sigmoid_slope": {
        "brackets": "p = 1 / 1 + np.exp(-z); return p * (1 - p)",
        "no_square": "return np.exp(-z) / (1 + np.exp(-z))",
        "mixed": "return sigmoid(z) * (1 - z)",
    },
    "neuron_gradient": {
        "factor_b": "p = sigmoid(w * x + b); s = p * (1 - p); return s * x, s * b, s * w",
        "w_plus_bx": "p = sigmoid(w + b * x); s = p * (1 - p); return s * x, s, s * w",
        "of_log": "p = sigmoid(w * x + b); return (1 - p) * x, 1 - p, (1 - p) * w",
    },
    "relu_slope": {
        "ratio": "return np.maximum(z, 0) / z",
        "sign": "return np.sign(z)",
        "leaky": "return np.where(z > 0, 1, 0.01)",
    },
    "dz_du2": {
        "extra_u2": "h2 = np.tanh(u2 * x + c2); return w2 * (1 - h2**2) * x * u2",
        "no_c2": "h2 = np.tanh(u2 * x); return w2 * (1 - h2**2) * x",
        "by_w2": "return np.tanh(u2 * x + c2)",
    },
    "dlogpi_du2": {
        "h_for_dz": "p = sigmoid(actor_output(THETA0, x)); return (1 - p) * np.tanh(u2 * x + c2)",
        "log_p": "p = sigmoid(actor_output(THETA0, x)); dz = w2 * (1 - np.tanh(u2 * x + c2) ** 2) * x; return np.log(p) * dz",
    },
    "central": {
        "plus": "return (f(x + h) + f(x - h)) / (2 * h)",
        "by_two": "return (f(x + h) - f(x - h)) / 2",
        "one_sided_2h": "return (f(x + 2 * h) - f(x)) / (2 * h)",
    },
    "best_central_step": {"two_thirds": "return eps ** (2 / 3)", "floor": "return eps ** (1 // 3)"},
    "gradient_by_nudging": {
        "rows": "h = 1e-5\n    g = np.zeros(x.shape)\n    for i in range(len(x)):\n        up, down = x.copy(), x.copy()\n        up[i] += h\n        down[i] -= h\n        g[i] = (f(up) - f(down)) / (2 * h)\n    return g",
        "h_squared": "h = 1e-5\n    g = np.zeros(x.shape)\n    for i in np.ndindex(x.shape):\n        up, down = x.copy(), x.copy()\n        up[i] += h\n        down[i] -= h\n        g[i] = (f(up) - f(down)) / 2 * h\n    return g",
    },
    "relative_error": {
        "mean": "return abs(a - n) / ((abs(a) + abs(n)) / 2)",
        "of_sizes": "return abs(abs(a) - abs(n)) / max(abs(a), abs(n))",
    },
    "local_derivatives": {
        "minus_swapped": "return {'+': (1, 1), '-': (-1, 1), '*': (b, a), '/': (1 / b, -a / b**2)}[op]",
        "over_swapped": "return {'+': (1, 1), '-': (1, -1), '*': (b, a), '/': (-a / b**2, 1 / b)}[op]",
    },
    "gradient_of_diamond": {"value": "return (a + b) * a, a", "no_b": "return 2 * a, a", "da_into_db": "return 2 * a + b, 2 * a + b"},
    "is_topological": {"sorted": "return order == sorted(order)", "neighbours": "return all(p == order[k - 1] for k, i in enumerate(order) for p in parents[i])"},
    "sum_over_paths": {
        "starts_at_one": "total = 1\n    for path in found:\n        total += math.prod(path)\n    return total",
        "not_reset": "total, product = 0, 1\n    for path in found:\n        for d in path:\n            product *= d\n        total += product\n    return total",
    },
    "dual_product": {"both_slopes": "return a * b, da * b + a * db + da * db", "value_added": "return a + b, da * b + a * db"},
    "passes": {"smaller": "return min(n_inputs, n_outputs)"},
    "linear_backward": {
        "dX_columns": "return X.T @ dz, dz.sum(axis=0), W @ dz.T",
        "db_all": "return X.T @ dz, dz.sum(), dz @ W.T",
        "db_keeps": "return X.T @ dz, dz.sum(axis=0, keepdims=True), dz @ W.T",
        "forward_again": "return X.T @ dz, dz.sum(axis=0), X @ W",
    },
    "tanh_backward": {
        "square_of_dh": "return dh * (1 - dh**2)",
        "divided": "return dh / (1 - np.tanh(z) ** 2)",
        "brackets": "return dh * 1 - np.tanh(z) ** 2",
        "plus": "return dh * (1 + np.tanh(z) ** 2)",
    },
    "stable_softmax": {
        "by_max": "e = np.exp(logits - logits.max(axis=1, keepdims=True)); return e / e.max(axis=1, keepdims=True)",
        "log": "s = logits - logits.max(axis=1, keepdims=True); return s - np.log(np.exp(s).sum(axis=1, keepdims=True))",
        "scaled": "s = logits / np.abs(logits).max(axis=1, keepdims=True); e = np.exp(s); return e / e.sum(axis=1, keepdims=True)",
    },
    "cross_entropy_gradient": {
        "all_ones": "return (probabilities - 1) / len(labels)",
        "mean_rows": "d = probabilities.copy(); d[np.arange(len(labels)), labels] -= 1; return d.mean(axis=0)",
        "loss": "return -np.log(probabilities[np.arange(len(labels)), labels]).mean()",
        "label_value": "return (probabilities - labels[:, None]) / len(labels)",
    },
    "descent_step": {
        "multiplied": "return theta * (1 - alpha * gradient)",
        "alpha_on_theta": "return alpha * theta - gradient",
        "over_alpha": "return theta - gradient / alpha",
    },
    "factor_per_layer": {
        "root_of_n": "return n * std * np.sqrt(np.mean(slopes**2))",
        "over_n": "return np.sqrt(std**2 / n * np.mean(slopes**2))",
        "spread": "return np.sqrt(n) * std * np.std(slopes)",
    },
    "glorot_std": {"times": "return np.sqrt(2 * (n_in + n_out))", "half_root": "return 2 / np.sqrt(n_in + n_out)"},
    "saturated_share": {"minus_inside": "return np.mean((h > 0.99) | (h > -0.99))", "by_rows": "return np.sum(np.abs(h) > 0.99) / len(h)"},
    "dead_units": {"most_zeros": "return np.sum(h == 0, axis=0).max()", "by_sum": "return np.sum(h.sum(axis=0))"},
    "clip_by_norm": {
        "to_one": "norm = np.sqrt((dW**2).sum() + (db**2).sum()); k = 1 / norm if norm > limit else 1; return dW * k, db * k",
        "mean_square": "norm = np.sqrt((dW**2).mean() + (db**2).mean()); k = min(1, limit / norm); return dW * k, db * k",
        "minus": "norm = np.sqrt((dW**2).sum() + (db**2).sum()); k = max(0, norm - limit); return dW - k, db - k",
    },
    "residual_gradient": {
        "both_through_W": "dz = dout * (1 - np.tanh(h @ W) ** 2); return (dout + dz) @ W.T",
        "squared_slope": "dz = dout * (1 - np.tanh(h @ W) ** 2) ** 2; return dout + dz @ W.T",
    },
    "score_of_action": {"plus_or_minus": "return (2 * a - 1) - p", "zero_for_left": "return a * (1 - p)"},
    "score_of_logits": {
        "log_pi": "return logits - np.log(np.exp(logits).sum())",
        "over_pi": "e = np.exp(logits); pi = e / e.sum(); g = np.zeros(len(pi)); g[a] = 1 / pi[a]; return g",
    },
    "reward_to_go": {
        "last_twice": "G = np.zeros(len(rewards)); after = rewards[-1]\n    for t in reversed(range(len(rewards))):\n        after = rewards[t] + gamma * after\n        G[t] = after\n    return G",
        "two_terms": "G = np.array(rewards, float); G[:-1] += gamma * G[1:].copy(); return G",
        "one_number": "return sum(gamma**t * r for t, r in enumerate(rewards))",
    },
    "episode_gradient": {
        "sum_of_returns": "return G.sum() * scores.sum(axis=0)",
        "weights": "return (G @ scores) / G.sum()",
        "centred": "return (G - G.mean()) @ scores",
    },
    "pseudo_loss": {"each": "return -G * log_pi", "plus": "return -np.sum(G + log_pi)", "log_of_log": "return -np.sum(G * np.log(-log_pi))"},
    "one_td_error": {
        "gamma_on_both": "return r + gamma * ((0 if terminated else v_next) - v)",
        "gamma_on_r": "return gamma * r + (0 if terminated else v_next) - v",
        "zero_at_end": "return 0.0 if terminated else r + gamma * v_next - v",
    },
    "critic_step": {"own_phi": "return phi + beta * delta * phi", "beta_on_phi": "return beta * phi + delta * dv"},
    "actor_step": {"added": "return theta + alpha * (delta + dlog_pi)", "own_theta": "return theta + alpha * delta * theta"},
    "output_gradients": {
        "dv_squared": "return -delta * (a - p), -(delta**2), 0.0",
        "over_p": "return -delta * (a - p) / (p * (1 - p)), -delta, 0.0",
        "dv_gamma": "return -delta * (a - p), -gamma * delta, 0.0",
    },
    "targets": {"next_reward": "return r + gamma * np.where(terminated, 0.0, r)", "gamma_on_r": "return gamma * r + np.where(terminated, 0.0, v_next)"},
    "actor_upstream": {
        "by_entries": "e = np.exp(logits); pi = e / e.sum(axis=1, keepdims=True); return delta[:, None] * (np.eye(2)[a] - pi) / logits.size",
        "mean_delta": "e = np.exp(logits); pi = e / e.sum(axis=1, keepdims=True); return delta.mean() * (np.eye(2)[a] - pi) / len(a)",
        "no_one_hot": "e = np.exp(logits); pi = e / e.sum(axis=1, keepdims=True); return -delta[:, None] * pi / len(a)",
    },
}  # fmt: skip

_X, _W, _B = (
    np.array([[1.0, -2.0, 0.5], [0.3, 1.1, -0.7]]),
    np.array([[0.6, -0.4], [1.3, 0.2], [-0.9, 0.8]]),
    np.array([0.7, -1.1]),
)
_Z = np.array([[0.4, -1.3, 2.1], [-0.6, 0.9, 0.2]])
_R, _V = np.array([1.0, -0.5, 2.0, 0.3]), np.array([0.4, 1.7, -0.9, 2.2, 1.3])

TASKS = {
    "linear": (
        "X, W, b", "return X @ W + b", [(_X, _W, _B), (_X[:1] + 0.3, 2 * _W - 0.7, _B - 0.4)],
        {"no_bias": "return X @ W", "times_bias": "return X @ W * b", "minus_bias": "return X @ W - b"},
    ),
    "relu_backward": (
        "z, dh", "return dh * (z > 0)", [(_Z, _Z[::-1] * 0.7 - 0.2), (_X, np.cos(_X))],
        {"sign_of_dh": "return dh * (dh > 0)", "value": "return dh * np.maximum(z, 0)", "flipped": "return dh * (z < 0)"},
    ),
    "squared_error": (
        "y, t", "return 2 * (y - t) / len(y)", [(_R, np.array([0.2, 0.9, 1.4, -0.8])), (_V, np.array([1.1, 0.6, -0.3, 2.5, -1.2]))],
        {"no_two": "return (y - t) / len(y)", "t_minus_y": "return 2 * (t - y) / len(y)", "of_y": "return 2 * y / len(y)"},
    ),
    "momentum": (
        "theta, v, gradient, alpha, beta", "v = beta * v + gradient; return theta - alpha * v, v",
        [(_B, np.array([0.3, 0.5]), np.array([-1.4, 0.9]), 0.1, 0.9), (_R[:3], _V[:3], np.array([0.6, -0.2, 1.5]), 0.3, 0.8)],
        {
            "no_beta": "v = v + gradient; return theta - alpha * v, v",
            "old_v": "return theta - alpha * v, beta * v + gradient",
            "average": "v = beta * v + (1 - beta) * gradient; return theta - alpha * v, v",
        },
    ),
    "advantages": (
        "r, v, gamma, lam",
        "A = np.zeros(len(r)); after = 0.0\n    for t in reversed(range(len(r))):\n        after = r[t] + gamma * v[t + 1] - v[t] + gamma * lam * after\n        A[t] = after\n    return A",
        [(_R, _V, 0.9, 0.8), (_R[1:], _V[:4], 0.7, 0.6)],
        {
            "no_lambda": "A = np.zeros(len(r)); after = 0.0\n    for t in reversed(range(len(r))):\n        after = r[t] + gamma * v[t + 1] - v[t] + gamma * after\n        A[t] = after\n    return A",
            "one_step": "return r + gamma * v[1:] - v[:-1]",
            "plus_v": "A = np.zeros(len(r)); after = 0.0\n    for t in reversed(range(len(r))):\n        after = r[t] + gamma * v[t + 1] - v[t] + gamma * lam * after\n        A[t] = after\n    return A + v[:-1]",
        },
    ),
    "cross_entropy": (
        "p, labels", "return -np.mean(np.log(p[np.arange(len(labels)), labels]))",
        [(np.array([[0.2, 0.5, 0.3], [0.7, 0.1, 0.2]]), np.array([1, 2])), (np.array([[0.15, 0.85], [0.4, 0.6], [0.9, 0.1]]), np.array([0, 1, 0]))],
        {
            "sum": "return -np.sum(np.log(p[np.arange(len(labels)), labels]))",
            "no_log": "return -np.mean(p[np.arange(len(labels)), labels])",
            "each": "return -np.log(p[np.arange(len(labels)), labels])",
            "all": "return -np.mean(np.log(p))",
        },
    ),
}  # fmt: skip

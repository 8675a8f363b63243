"""A second set of slips, written when the diagnosis stood and measured once, at the end: name -> {slip: body}.

Nothing was changed in the diagnosis after it was measured on these. Leave them as they are.
"""

LATER = {
    "sigmoid_slope": {
        "of_log": "p = sigmoid(z); return 1 - p",
        "squared": "p = sigmoid(z); return (p * (1 - p)) ** 2",
        "no_one": "return np.exp(-z) / (np.exp(-z)) ** 2",
    },
    "neuron_gradient": {
        "with_z": "z = w * x + b; p = sigmoid(z); s = p * (1 - p); return s * z, s, s * w",
        "tanh_slope": "h = np.tanh(w * x + b); s = 1 - h**2; return s * x, s, s * w",
        "sum_of_all": "p = sigmoid(w * x + b); s = p * (1 - p); return s + x, s, s + w",
    },
    "relu_slope": {"as_bool_of_abs": "return (np.abs(z) > 0) * 1.0", "half_sign": "return (np.sign(z) + 1) / 2"},
    "dz_du2": {
        "h1": "h1 = np.tanh(u1 * x + c1); return w2 * (1 - h1**2) * x",
        "h_not_squared": "h2 = np.tanh(u2 * x + c2); return w2 * (1 - h2) * x",
        "by_x": "h2 = np.tanh(u2 * x + c2); return w2 * (1 - h2**2) * u2",
    },
    "dlogpi_du2": {
        "dz_squared": "p = sigmoid(actor_output(THETA0, x)); dz = w2 * (1 - np.tanh(u2 * x + c2) ** 2) * x; return (1 - p) * dz**2",
        "no_x": "p = sigmoid(actor_output(THETA0, x)); dz = w2 * (1 - np.tanh(u2 * x + c2) ** 2); return (1 - p) * dz",
    },
    "central": {"second": "return (f(x + h) - 2 * f(x) + f(x - h)) / h**2", "no_division": "return f(x + h) - f(x - h)"},
    "relative_error": {"square": "return (a - n) ** 2 / max(abs(a), abs(n)) ** 2", "by_a": "return abs(a - n) / abs(a)"},
    "local_derivatives": {"log": "return {'+': (1, 1), '-': (1, -1), '*': (1 / a, 1 / b), '/': (1 / b, -a / b**2)}[op]"},
    "gradient_of_diamond": {"both_equal": "return a + b, a + b", "s_squared": "s = a + b; return s * s, a"},
    "sum_over_paths": {"last_only": "return math.prod(found[-1])", "minus": "a, *rest = map(math.prod, found); return a - sum(rest)"},
    "dual_product": {"halved": "return a * b, (da * b + a * db) / 2", "value_slope": "return da * db, da * b + a * db"},
    "linear_backward": {
        "dW_loop": "dW = np.outer(X[0], dz[0]); return dW, dz.sum(axis=0), dz @ W.T",
        "minus_dX": "return X.T @ dz, dz.sum(axis=0), -dz @ W.T",
        "scaled_all": "n = len(X); return X.T @ dz / n, dz.sum(axis=0) / n, dz @ W.T / n",
    },
    "tanh_backward": {"added": "return dh + (1 - np.tanh(z) ** 2)", "h_of_dh": "return dh * (1 - np.tanh(dh) ** 2)", "root": "return dh * np.sqrt(1 - np.tanh(z) ** 2)"},
    "cross_entropy_gradient": {
        "scaled_late": "d = probabilities / len(labels); d[np.arange(len(labels)), labels] -= 1; return d",
        "squared": "d = probabilities.copy(); d[np.arange(len(labels)), labels] -= 1; return d**2 / len(labels)",
        "only_label": "d = np.zeros_like(probabilities); i = np.arange(len(labels)), labels; d[i] = probabilities[i] - 1; return d / len(labels)",
    },
    "descent_step": {"mean_gradient": "return theta - alpha * gradient.mean()", "one_minus": "return theta - (1 - alpha) * gradient"},
    "factor_per_layer": {"slope_rms_missing_std": "return np.sqrt(n * np.mean(slopes**2))", "max": "return np.sqrt(n) * std * np.max(slopes)"},
    "glorot_std": {"root_of_two": "return np.sqrt(2) / (n_in + n_out)", "mean_units": "return 1 / np.sqrt(n_in + n_out)"},
    "saturated_share": {"sum_rows": "return np.mean(np.sum(np.abs(h) > 0.99, axis=0))", "smaller": "return np.mean(np.abs(h) < 0.99)"},
    "clip_by_norm": {"scaled_sum": "s = np.abs(dW).sum() + np.abs(db).sum(); k = min(1, limit / s); return dW * k, db * k"},
    "residual_gradient": {"W_before": "f = np.tanh(h @ W); return dout + (dout @ W) * (1 - f**2)", "twice": "f = np.tanh(h @ W); return 2 * dout + (dout * (1 - f**2)) @ W.T"},
    "score_of_action": {"squared": "return (a - p) ** 2", "times_p": "return a - p * a"},
    "score_of_logits": {"uniform": "g = -np.ones(len(logits)) / len(logits); g[a] += 1; return g"},
    "reward_to_go": {
        "gamma_twice": "G = np.zeros(len(rewards)); after = 0.0\n    for t in reversed(range(len(rewards))):\n        after = rewards[t] + gamma**2 * after\n        G[t] = after\n    return G",
        "mean": "return np.array([np.mean(rewards[t:]) for t in range(len(rewards))])",
    },
    "episode_gradient": {"squared_G": "return (G[:, None] ** 2 * scores).sum(axis=0)", "sign_of_G": "return np.sign(G) @ scores"},
    "pseudo_loss": {"squared": "return -np.sum(G**2 * log_pi)", "last": "return -G[-1] * log_pi[-1]"},
    "one_td_error": {"v_for_next": "return r + gamma * (0 if terminated else v) - v", "no_target": "return r - v"},
    "critic_step": {"half": "return phi + beta * delta * dv / 2", "gamma_too": "return phi + beta * gamma * delta * dv"},
    "actor_step": {"delta_squared": "return theta + alpha * delta**2 * dlog_pi", "over_delta": "return theta + alpha * dlog_pi / delta"},
    "output_gradients": {"half_dv": "return -delta * (a - p), -delta / 2, 0.0", "no_p": "return -delta * a, -delta, 0.0"},
    "targets": {"minus": "return r - gamma * np.where(terminated, 0.0, v_next)", "either": "return r + gamma * v_next * (1 - terminated) * (1 - truncated) + 0 * r"},
    "actor_upstream": {"abs_delta": "e = np.exp(logits); pi = e / e.sum(axis=1, keepdims=True); return np.abs(delta)[:, None] * (np.eye(2)[a] - pi) / len(a)"},
}  # fmt: skip

"""The parts of lesson 04: a layer, all layers, and a loss with its derivative."""

import numpy as np

from helpers.engine.part import Part, register
from helpers.engine.parts.through_layers import NO_TANH, Loss, of_loops, passed_back
from helpers.engine.probing import Probing

LAYERS = "layers"
RNG = np.random.default_rng(4)


def network(*sizes):
    """Some network with layers of these sizes."""
    return [
        (RNG.normal(size=(i, o)).round(2), RNG.normal(size=o).round(2))
        for i, o in zip(sizes[:-1], sizes[1:], strict=True)
    ]


X3 = np.array([[1.0, -2.0], [0.5, 3.0], [-1.5, 0.2]])
LOGITS = np.array([[1000.0, 998.0, 1001.0], [-1000.0, -1001.0, -998.5]])
BESIDE_ZERO = np.array([[1000.0, 0.0], [0.0, 1.0]])
SURE_AND_WRONG = np.array([[1000.0, -1000.0], [0.0, 1.0]])
ROWS_MAX = "logits.max(axis=1, keepdims=True)"
SUBTRACTED = {  # what else is taken off the logits: (code, words)
    "global_max": ("logits.max()", "The largest logit of the whole table was subtracted, and a row far below it becomes 0/0: each row needs its own"),
    "min": ("logits.min(axis=1, keepdims=True)", "Each row's smallest logit was subtracted, and beside a 0 the 1000 stays as large as it was. With the *largest* subtracted none is above 0"),
    "mean": ("logits.mean(axis=1, keepdims=True)", "Each row's mean was subtracted. For the logits 1000 and −1000 it is 0, and changes nothing; with the *largest* subtracted none is above 0"),
}  # fmt: skip
STABLE = f"""    shifted = logits - {ROWS_MAX}
    e = np.exp(shifted)
    sums = e.sum(axis=1, keepdims=True)
    loss = np.mean(np.log(sums[:, 0]) - shifted[rows, labels])
"""
UNSTABLE = """    e = np.exp(logits - {})
    sums = e.sum(axis=1, keepdims=True)
    loss = -np.mean(np.log((e / sums)[rows, labels]))
"""
WIDE = RNG.normal(size=(32, 32)), RNG.normal(size=(32, 32)), RNG.normal(size=(32, 32))
BIG = network(4, 32, 32, 1)

register(
    Part(
        "linear_backward", "04", "one layer", LAYERS, "takes a gradient back through a layer",
        ("Each gradient has its variable's shape: dW is like W, db like b (one number for each column of dz), dX like X.",
         "For dW only X and dz are at hand. Which product of the two has W's shape? And b is used once for each row.",
         "`X.T @ dz`, `dz.sum(axis=0)`, `dz @ W.T`."),
        Probing(
            "linear_backward",
            (
                {"X": np.array([[1.0, 2.0]]), "W": np.array([[3.0], [5.0]]), "dz": np.array([[10.0]])},
                {"X": np.array([[1.0], [2.0]]), "W": np.array([[3.0, 5.0]]), "dz": np.array([[10.0, 0.0], [20.0, 7.0]])},
                {"X": RNG.normal(size=(4, 2)).round(2), "W": RNG.normal(size=(2, 3)).round(2), "dz": RNG.normal(size=(4, 3)).round(2)},
                {"X": RNG.normal(size=(3, 3)).round(2), "W": RNG.normal(size=(3, 3)).round(2), "dz": RNG.normal(size=(3, 3)).round(2)},
            ),
            ("dW", "db", "dX"),
            (
                ("bias_mean", "dz.sum(axis=0)", "dz.mean(axis=0)", "b is used once for each row of the batch, and the shares are *added*: sum, not mean. A mean over the batch belongs to the loss, and is in dz already"),
                ("bias_of_columns", "dz.sum(axis=0)", "dz.sum(axis=1)", "db was summed over the columns, which gives one number for each row. b has one for each column, and is used in every row: `axis=0`"),
                ("bias_of_all", "dz.sum(axis=0)", "dz.sum()", "All of dz was added up. Each column has a b of its own: `axis=0` adds up the rows alone"),
                ("bias_row", "dz.sum(axis=0)", "dz.sum(axis=0, keepdims=True)", "db has two axes, and b has one: `keepdims=True` keeps an axis too many here"),
                ("order", "return dW, db, dX", "return dX, dW, db", "These are dX, dW, db; asked are dW, db, dX, in this order"),
                ("bias_first_row", "dz.sum(axis=0)", "dz[0]", "db holds the first row only; every row of the batch uses b, so add them up"),
                ("divided", "dW = X.T @ dz", "dW = X.T @ dz / len(X)", "dW was divided by the batch size. The mean belongs to the loss; dz contains it already"),
                ("mean_everywhere", "dW, db, dX\n", "dW / len(X), db / len(X), dX\n", "dW and db were divided by the batch size. The mean belongs to the loss; dz contains it already"),
            ),
        ),
        work=lambda E: E.linear_backward(*WIDE),
        remark=of_loops,
    )
)  # fmt: skip
register(
    Part(
        "backward", "04", "all layers", LAYERS, "takes a gradient back through the whole network",
        ("From the last layer to the first: `linear_backward` gives dW, db and what arrives at the layer's input, dh.",
         "Between two layers stands a tanh: dz = dh · (1 − h²), and h is the input that `forward` has left for the layer above.",
         "The gradient is asked first layer first: put each pair in front, `gradient.insert(0, (dW, db))`."),
        Probing(
            "backward",
            (
                {"net": network(2, 1), "X": np.array([[1.0, 2.0]]), "doutput": np.array([[1.0]])},
                {"net": network(1, 2, 1), "X": np.array([[1.0], [-0.5]]), "doutput": np.array([[1.0], [2.0]])},
                {"net": network(2, 3, 3, 1), "X": X3, "doutput": np.array([[0.5], [-1.0], [2.0]])},
                {"net": network(3, 3, 3, 3), "X": RNG.normal(size=(4, 3)).round(2), "doutput": RNG.normal(size=(4, 3)).round(2)},
                {"net": network(2, 3, 1), "X": np.array([[1.0, 2.0]]), "doutput": np.array([[1.0]])},
            ),
            ("dW", "db"),
            (
                ("no_slope", "dh * (1 - h**2)", "dh", "The activation's slope is missing: between two layers, dh must be multiplied by 1 − h²"),
                ("slope_alone", "dh * (1 - h**2)", "1 - h**2", "This takes the slope alone from layer to layer; the upstream dh is missing"),
                ("not_squared", "h**2", "h", "The slope of tanh is 1 − h², with the square"),
                ("square_outside", "(1 - h**2)", "(1 - h) ** 2", "The square belongs to h alone: 1 − h², not (1 − h)²"),
                ("sigmoid", "1 - h**2", "h * (1 - h)", "The slope of the sigmoid is h(1 − h); that of tanh is 1 − h²"),
                ("tanh_twice", "1 - h**2", "1 - np.tanh(h)**2", "h is tanh(z) already: the slope is 1 − h², without another tanh"),
                ("plus", "1 - h**2", "1 + h**2", "The slope of tanh is 1 − h², with a minus"),
                ("value_for_slope", "(1 - h**2)", "h", "dh was multiplied by what tanh said, h; the factor is its slope, 1 − h²"),
                ("square_for_slope", "(1 - h**2)", "h**2", "dh was multiplied by h²; the factor is the slope of tanh, 1 − h²"),
                ("upstream_squared", "h**2)", "dh**2)", "What is squared in 1 − h² is what tanh said, an entry of `inputs`, and not what arrives, dh"),
                ("taken_off", "dh * (1 - h**2)", "dh - h**2", "dh is *multiplied* by 1 − h²"),
                ("one_slope", "(1 - h**2)", "(1 - h**2).sum()", "Each entry has its own slope: nothing is summed in 1 − h²"),
                ("one_mean_slope", "(1 - h**2)", "(1 - h**2).mean()", "Each entry has its own slope: nothing is averaged in 1 − h²"),
                ("slope_at_end", "gradient, dz = [], doutput", "gradient, dz = [], doutput * (1 - forward(net, inputs[0])[0] ** 2)", NO_TANH),
                ("tanh_at_end", "gradient, dz = [], doutput", "gradient, dz = [], doutput * (1 - np.tanh(forward(net, inputs[0])[0]) ** 2)", NO_TANH),
                ("doutput_for_h", "gradient, dz = [], doutput", "gradient, dz = [], doutput * (1 - doutput**2)", NO_TANH),
                ("reversed", "gradient.insert(0, (dW, db))", "gradient.append((dW, db))", "The pairs are in reverse: the gradient is asked first layer first"),
                ("divided", "(0, (dW, db))", "(0, (dW / len(h), db / len(h)))", "The gradients were divided by the batch size; the mean belongs to the loss, and doutput contains it"),
            ),
            run=passed_back,
        ),
        work=lambda E: E.backward(BIG, E.forward(BIG, WIDE[0][:, :4])[1], WIDE[0][:, :1]),
    )
)  # fmt: skip
register(
    Part(
        "softmax_cross_entropy", "04", "loss", LAYERS, "says how wrong the answers are, and which way they should go",
        ("The loss first, by itself: subtract each row's largest logit before `np.exp`; nothing changes, and nothing overflows. Then (4.6), and the mean.",
         "Now each logit's share of the slope: the sum of exponentials has all logits, the other term one. Nudge one: by how much does each term move?",
         "The gradient of a row is its probabilities, with 1 taken off at the label; and the loss is a *mean* over the N rows."),
        Loss(
            "softmax_cross_entropy",
            (
                {"logits": np.array([[2.0, 2.0]]), "labels": np.array([0])},
                {"logits": np.array([[0.0, 1.0, 2.0], [3.0, -1.0, 0.5]]), "labels": np.array([2, 0])},
                {"logits": np.array([[0.3, -0.2], [1.0, 2.0], [0.0, -1.5]]), "labels": np.array([1, 0, 0])},
                {"logits": LOGITS, "labels": np.array([0, 2])},
                {"logits": BESIDE_ZERO, "labels": np.array([0, 1])},
                {"logits": SURE_AND_WRONG, "labels": np.array([1, 0])},
            ),
            ("loss", "dlogits"),
            (
                ("log_of_zero", "np.mean(np.log(sums[:, 0]) - shifted[rows, labels])", "-np.mean(np.log((e / sums)[rows, labels]))", "Where a p is so small that it becomes 0, its logarithm is −∞. Take log p = l − log Σ exp(l), before anything can become 0"),
                *(("epsilon", "np.mean(np.log(sums[:, 0]) - shifted[rows, labels])", f"-np.mean(np.log((e / sums)[rows, labels] + {small}))", "The small number in the logarithm holds the loss down where it should be large. Take log p = l − log Σ exp(l), and none is needed") for small in ("1e-8", "1e-12", "1e-15")),
                ("max_left", "np.log(sums[:, 0]) - shifted[rows, labels]", "np.log(sums[:, 0]) - logits[rows, labels]", "The largest logit m was taken off inside the exponential, and not off the label's logit: in (4.6) both terms lose m"),
                ("no_mean", "return loss, dlogits / N", "return loss, dlogits", "The 1/N is missing in the gradient: the loss is a mean over the rows"),
                ("sum", "np.mean(", "np.sum(", "The loss is the mean over the rows; this is their sum"),
                ("both_summed", "return loss, dlogits / N", "return loss * N, dlogits", "Loss and gradient are those of the sum; asked is the mean over the rows, so both are divided by N"),
                ("rows", "np.mean(", "np.asarray(", "The loss is one number, the mean over the rows; this is one for each row"),
                ("no_label", "    dlogits[rows, labels] -= 1\n", "", "The gradient holds the probabilities; at the label of each row 1 has to be taken off"),
                ("sign", "return loss, dlogits / N", "return loss, -dlogits / N", "The sign of the gradient is flipped: a descent step must raise the label's logit, so the gradient is negative there"),
                ("plus", "labels] -= 1", "labels] += 1", "At the label 1 is subtracted, not added: p − 1 is negative, so descent raises this logit"),
                ("per_class", "dlogits / N", "dlogits / logits.shape[1]", "The gradient was divided by the number of classes; the mean is over the N rows"),
                ("by_classes", "dlogits / N", "dlogits / dlogits.size", "The gradient was divided by the number of all entries; the mean is over the N rows"),
                ("all_rows", "dlogits[rows, labels] -= 1", "dlogits[:, labels] -= 1", "`[:, labels]` takes these columns in *every* row; each row has its own label: `[np.arange(N), labels]`"),
                ("negative_loss", "return loss, ", "return -loss, ", "The loss is −log p, which is positive; the minus is missing"),
                ("loss_of_columns", "shifted[rows, labels]", "shifted[:, labels].mean()", "The loss takes these columns of *every* row; each row has its own label: `[np.arange(N), labels]`"),
                ("no_log", "np.log(sums[:, 0]) - shifted[rows, labels]", "1 - e[rows, labels] / sums[:, 0]", "The loss is −log p of the label, not 1 − p"),
                *((name, ROWS_MAX, wrong, words) for name, (wrong, words) in SUBTRACTED.items()),
                *((f"{name}_and_log", STABLE, UNSTABLE.format(wrong), f"Two things. {words}. And where a p becomes 0, its logarithm is −∞: take (4.6)") for name, (wrong, words) in SUBTRACTED.items() if name != "mean"),  # whose numbers are the same
                ("one_number", "logits.max(axis=1, keepdims=True)", "1000", "One number was subtracted from all rows, and of the row with −1000 nothing is left: exp(−2000) is 0. Each row needs its own"),
                ("overflow", "logits.max(axis=1, keepdims=True)", "0.0", "`np.exp(1000)` overflows: subtract each row's largest logit first, which changes nothing else"),
                ("column_max", "logits.max(axis=1, keepdims=True)", "logits.max(axis=0)", "The largest logit of each *column* was subtracted, which changes the result; each row needs its own, `axis=1`"),
                ("sum_all", "e.sum(axis=1, keepdims=True)", "e.sum() + 0 * e[:, :1]", "The exponentials were divided by the sum over the whole table; each *row* adds up to 1"),
                ("one_minus", "dlogits = e / sums\n    dlogits[rows, labels] -= 1", "dlogits = 1 - e / sums", "1 − p is (1.4), of one output, and climbs. Here each logit has its share of (4.6): nudge one, and see which terms move"),
                ("by_p", "dlogits = e / sums\n    dlogits[rows, labels] -= 1", "dlogits = np.zeros(e.shape)\n    dlogits[rows, labels] = -sums[:, 0] / e[rows, labels]", "−1/p is the slope of −log p by p, the probability. Asked is that by each logit"),
                ("by_probability", "dlogits = e / sums\n    dlogits[rows, labels] -= 1", "dlogits = -np.eye(logits.shape[1])[labels] * sums / e", "That is the derivative with respect to the probabilities. With respect to the logits it is softmax minus one-hot"),
            ),
        ),
        work=lambda E: E.softmax_cross_entropy(WIDE[0], np.arange(32)),
    )
)  # fmt: skip

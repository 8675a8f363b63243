"""Slips in parts of the engine: known ones of the judges by probes, and others that are told by what they do."""

from helpers.engine.part import PARTS
from helpers.engine.parts.lesson03 import KNOWN
from helpers.engine.probing import Probing

JUDGES = [*(part.judge for part in PARTS.values() if isinstance(part.judge, Probing)), KNOWN]

OTHER = {  # slips that are told by properties: (what is right, what is written, some of the words)
    "Value.__mul__": [
        ("(other.data, self.data)", "(self.data, other.data)", "which number belongs to the first factor"),
        ("    other = as_value(other)\n", "", "as_value"),
        ('"*"', '"times"', "for the pictures"),
        ("(other.data, self.data)", "(other, self)", "plain numbers"),
        ("Value(self.data * other.data", "Value(self * other", "and so on without end"),
        ("    return", "    x =", "`return` missing"),
        ("(self, other), ", "(self.data, other.data), ", "the Values themselves"),
        ("(self, other), ", "(other, self), ", "the first one first"),
        ("return Value(", "return (", "return a Value"),
        ("self.data * other.data", "self.data + other.data", "should be 10"),
        ("(other.data, self.data)", "(1.0, 1.0)", "5 times as fast as its first factor"),
    ],
    "Value.tanh": [
        ("1 - y * y", "1 - self.data**2", "1 − y²"),
        ("1 - y * y", "y * (1 - y)", "sigmoid"),
        ("1 - y * y", "y", "tanh itself"),
        ("1 - y * y", "1 - y", "square"),
        ("1 - y * y", "1.0", "at 0 alone"),
        ("(self,)", "(self)", "comma"),
        ("(1 - y * y,)", "(1 - y * y)", "comma"),
        ("math.tanh(self.data)", "math.tanh(self)", "`.data`"),
        ("math.tanh(self.data)", "tanh(self.data)", "write `math.tanh`, in line 3"),
        ("math.tanh(self.data)", "(math.exp(2 * self.data) - 1) / (math.exp(2 * self.data) + 1)", "too large"),
        ('"tanh"', '""', "for the pictures"),
        ("math.tanh(self.data)", "self.tanh()", "without end"),
    ],
    "pass_back": [
        ("+= local", "= local", "the second share has replaced the first"),
        ("local * node.grad", "local", "10 times as large"),
        ("local * node.grad", "node.grad", "local derivative"),
        ("parent.grad += local * node.grad", "node.grad += local * parent.grad", "no gradient has arrived"),
        ("node.parents, node.local", "node.parents, node.local[::-1]", "exchanged"),
        ("    for", "    for parent in node.parents:\n        parent.grad = 0.0\n    for", "what was there before is gone"),
        ("parent.grad += local * node.grad", "parent.grad = parent.grad * 2 if parent.grad else local * node.grad", "must have"),
        ("+= local * node.grad", "+= local * node.grad\n        pass_back(parent)", "One step only"),
        ("    for", "    a, b = node.parents\n    for", "taken apart into 2"),
        ("parent.grad += local * node.grad", "parent.grad += local * node.grad\n    node.grad = 0.0", "only the parents' change"),
        ("node.parents, node.local", "node.parents[:2], node.local", "three"),
        ("node.grad", "node.gradient", "has no `.gradient`"),
    ],
    "topological_order": [
        ("return order", "return order[::-1]", "wrong end"),
        ("            seen.add(node)\n", "", "twice"),
        ("order.append(node)", "order.append(node.data)", "not `node.data`"),
        ("if node not in seen", "if node.data not in [n.data for n in seen]", "Two nodes with the same number"),
        ("    return order", "    order", "`return` missing"),
        ("    visit(root)\n", "", "missing"),
        ("visit(root)\n    return order", "for parent in root.parents:\n        visit(parent)\n    return order", "the result itself"),
        ("            for parent in node.parents:\n                visit(parent)\n            order.append(node)", "            order.append(node)\n            for parent in node.parents:\n                visit(parent)", "wrong end"),
        ("order, seen = [], set()", "order, seen = vars(topological_order).setdefault('kept', ([], set()))", "left from another call"),
        ("[], set()", "vars(topological_order).setdefault('kept', []), set()", "twice"),
        ("seen.add(node)", "sen.add(node)", "is `seen` meant"),
        ("if node not in seen", "if node not in order", ""),  # right, and slow where it need not be
    ],
    "Value.backward": [
        ("    self.grad = 1.0\n", "", "where does the gradient start"),
        ("        pass_back(node)", "        node.grad = 0.0\n        pass_back(node)", "set to 0 again"),
        ("        pass_back(node)", "        pass_back(node)\n        node.grad = 0.0", "after they were passed on"),
        ("    for node in reversed(order):\n        pass_back(node)", "    pass_back(self)", "Only the result has passed back"),
        ("        pass_back(node)", "        pass", "nobody has passed it on"),
        ("pass_back(node)", "node.pass_back()", "a function, not a method"),
        ("pass_back(node)", "pass_back(self)", "In each round the result passes back"),
        ("reversed(order)", "order", "from its beginning"),
        ("reversed(order)", "order[::-2]", "Each node passes on once"),
    ],
    "linear_backward": [
        ("dW = X.T @ dz", "dW = dz.T @ X", "dW has the shape (1, 2), and should have (2, 1): it is transposed"),
        ("dz.sum(axis=0)", "dz", "db has the shape"),
        ("dz.sum(axis=0)", "dz.sum(axis=1)", "db has the shape"),
        ("dz @ W.T", "dz @ W", "columns of A"),
        ("X.T @ dz", "X.T * dz", ""),
        ("return dW, db, dX", "return dX, db, dW", "shape"),
        ("return dW, db, dX", "return dW, db", "it returns 2 results; 3 are asked, dW, db, dX"),
        ("return dW, db, dX", "dW, db, dX", "`return` missing"),
        ("dX = dz @ W.T", "dX = dz @ W.T\n    dz -= dz", "changed its argument `dz`"),
    ],
    "init_params": [
        ("np.sqrt(2 / (d_in + d_out))", "1.0", "saturated"),
        ("np.sqrt(2 / (d_in + d_out))", "0.01", "too small"),
        ("np.sqrt(2 / (d_in + d_out))", "0.1", "half as large"),
        ("np.sqrt(2 / (d_in + d_out))", "1 / d_in", "too small"),
        ("np.zeros(d_out)", "np.ones(d_out)", "biases"),
        ("rng.normal(size=(d_in, d_out))", "np.ones((d_in, d_out))", "the same weights"),
        ("rng.normal(size=(d_in, d_out))", "rng.normal(size=(d_out, d_in))", "shapes"),
        ("rng.normal(size=(d_in, d_out))", "rng.normal()", "shapes"),
        ("rng.normal(size=(d_in, d_out))", "np.random.default_rng(0).normal(size=(d_in, d_out))", "another rng"),
        ("    return net", "    net", "`return` missing"),
    ],
    "gradient_check": [
        ("np.all(", "np.any(", "lets pass"),
        ("error <= 1e-5 * size + 1e-9", "error <= 0.1", "lets pass"),
        ("error <= 1e-5 * size + 1e-9", "error <= 1e-15", "rejects"),
        ("np.abs(gradient - nudged)", "gradient - nudged", "lets pass"),
        ("bool(np.all(error <= 1e-5 * size + 1e-9))", "error <= 1e-5 * size + 1e-9", "one for all entries"),
        ("bool(np.all(error <= 1e-5 * size + 1e-9))", "not np.any(error > 1e-5 * size + 1e-9)", "NaN"),
        ("    return", "    x =", "`None`"),
    ],
    "train": [
        ("each[going] for each", "each for each", "set up anew"),
        ("(s, a, r, s_next, terminated)]", "(s, a, r, s_next, terminated | truncated)]", "has not fallen"),
        ("        a = (", "        a = (z[:, 0] > 0).astype(int) + 0 * (", "half of the actions"),
        (".astype(int)", "", "whole numbers"),
        ("sigmoid(-z[:, 0])", "sigmoid(z[:, 0])", "the action must be"),
        ("rng.random(len(s))", "rng.random()", "all poles do the same"),
        ("s_next / scale, ~over", "s_next, ~over", "not divided by scale"),
        ("seed=seed)[0] / scale", "seed=seed)[0]", "not divided by scale"),
        ("        paid[over] = 0.0\n", "", "set to 0"),
        ("actor, critic = update", "_, critic = update", "after each update the new one must act"),
        ("actor, critic = update", "actor, _ = update", "go into the next update"),
        ("s, over = s_next, terminated | truncated", "s, over = s_next, terminated", "transitions"),
        ("s, over = s_next,", "over =", "s is wrong"),
        ("update(actor, critic, batch, alpha, beta, gamma)", "update(actor, critic, batch, beta, alpha, gamma)", "alpha, beta, gamma"),
        ("range(steps)", "range(steps - 1)", "60 times"),
        ("return actor, critic, returns", "return actor, critic", "(actor, critic, returns)"),
    ],
    "backward": [
        ("dz = dh * (1 - h**2)", "pass", "columns of A"),
        ("inputs[::-1]", "inputs", "shapes"),
        ("net[::-1]", "net", "columns of A"),
        ("gradient.insert(0, (dW, db))", "pass", "it returns 1 result"),
    ],
    "score": [("a[:, None] - p", "a - p", "shape"), ("sigmoid(z)", "sigmoid(x)", "which your file does not know")],
    "update": [
        ("terminated[:, None]", "terminated", "shape"),
        ("r[:, None]", "r", "shape"),
        ("return ascend(actor, d_actor, alpha), ascend(critic, d_critic, beta)", "return ascend(actor, d_actor, alpha)", "it returns 4 results; 8 are asked"),
    ],
    "reward_to_go": [
        ("G[t] = after", "G[t + 1] = after", "one step too far"),
        ("    return G", "    return G[0]", "shape"),
        ("rewards[t] + after", "rewards[t] + after\n        rewards[t] = after", "changed its argument `rewards`"),
    ],
}  # fmt: skip


def slips(name):
    """Wrong texts of a part, each with some of the words that are said of it."""
    own = PARTS[name].own
    known = [(by.mistaken(mistake), mistake.words) for by in JUDGES if by.name == name for mistake in by.known_mistakes]
    return known + [(own.replace(right, wrong), words) for right, wrong, words in OTHER.get(name, ()) if words]

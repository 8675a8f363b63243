"""My gradient: the engine of the series "Follow the Gradient", from a product that remembers to the pole on the cart.

A plain module: import it, read it, change it. It needs NumPy and nothing of the series. Where parts are marked, "mine"
are the reader's, and "lent" are the series' own, until the reader has written them in a lesson.
"""

import math

import numpy as np


def sigmoid(z):
    """Return the probability p with the odds p / (1 - p) = e^z, for any z."""
    return 1 / (1 + np.exp(-z))


def neuron_gradient(w, b, x):
    """Return the derivatives of p = sigmoid(w * x + b) by w, by b and by x."""
    p = sigmoid(w * x + b)
    slope = p * (1 - p)
    return slope * x, slope, slope * w


def numerical_gradient(f, x):
    """Return the gradient of f: array -> number at the array x by nudging each entry up and down; x stays as it is."""
    x = np.array(x, dtype=float)
    h = 1e-5
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        gradient[i] = (f(up) - f(down)) / (2 * h)
    return gradient


def gradient_check(f, x, gradient):
    """Return True if each entry of gradient is that of f at the array x, as far as nudging can tell."""
    nudged = numerical_gradient(f, x)
    if np.shape(gradient) != nudged.shape:
        return False
    error = np.abs(gradient - nudged)
    size = np.maximum(np.abs(gradient), np.abs(nudged))
    return bool(np.all(error <= 1e-5 * size + 1e-9))


def as_value(x):
    """Return x as it is if it is a Value, else the number as a Value."""
    return x if isinstance(x, Value) else Value(x)


class Value:
    """A number that remembers: its parents, and how fast it moves with each of them."""

    def __init__(self, data, parents=(), local=(), op="", label=""):
        self.data, self.parents, self.local = float(data), parents, local
        self.op, self.label, self.grad = op, label, 0.0

    def __repr__(self):
        return f"Value(data={self.data}, grad={self.grad})"

    def __add__(self, other):
        other = as_value(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0), "+")

    def __mul__(self, other):
        """Return self * other, with its two parents and its two local derivatives."""
        other = as_value(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data), "*")

    def tanh(self):
        """Return tanh of this number, with its parent and its local derivative."""
        y = math.tanh(self.data)
        return Value(y, (self,), (1 - y * y,), "tanh")

    def sigmoid(self):
        """Return 1 / (1 + e^-x) of this number."""
        p = 1 / (1 + math.exp(-self.data))
        return Value(p, (self,), (p * (1 - p),), "sigmoid")

    def exp(self):
        """Return e to the power of this number."""
        y = math.exp(self.data)
        return Value(y, (self,), (y,), "exp")

    def log(self):
        """Return the natural logarithm of this number."""
        return Value(math.log(self.data), (self,), (1 / self.data,), "log")

    def __pow__(self, k):
        return Value(self.data**k, (self,), (k * self.data ** (k - 1),), f"**{k:g}")

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + -as_value(other)

    def __truediv__(self, other):
        return self * as_value(other) ** -1

    def __radd__(self, other):
        return as_value(other) + self

    def __rsub__(self, other):
        return as_value(other) - self

    def __rmul__(self, other):
        return as_value(other) * self

    def __rtruediv__(self, other):
        return as_value(other) / self

    def backward(self):
        """Set grad of every node below this one to d(self)/d(node)."""
        order = topological_order(self)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            pass_back(node)


def pass_back(node):
    """Give each parent of the node its share of the node's gradient."""
    for parent, local in zip(node.parents, node.local):
        parent.grad += local * node.grad


def topological_order(root):
    """List all nodes below root, each once and after its parents; root comes last."""
    order, seen = [], set()

    def visit(node):
        if node not in seen:
            seen.add(node)
            for parent in node.parents:
                visit(parent)
            order.append(node)

    visit(root)
    return order


def forward(net, X):
    """Return the output of a network [(W, b), ...], and the input of each layer.

    A tanh stands between the layers, and none after the last.
    """
    inputs = [X]
    for W, b in net[:-1]:
        inputs.append(np.tanh(inputs[-1] @ W + b))
    W, b = net[-1]
    return inputs[-1] @ W + b, inputs


def linear_backward(X, W, dz):
    """Return (dW, db, dX) of the layer z = X @ W + b, given dz.

    X: (N, d_in), W: (d_in, d_out), dz: (N, d_out).
    """
    dW = X.T @ dz
    db = dz.sum(axis=0)
    dX = dz @ W.T
    return dW, db, dX


def backward(net, inputs, doutput):
    """Return the gradient [(dW, db), ...], first layer first.

    inputs: as forward returned them; doutput: dL/doutput, of the output's shape.
    """
    gradient, dz = [], doutput
    for (W, _), h in zip(net[::-1], inputs[::-1]):
        dW, db, dh = linear_backward(h, W, dz)
        gradient.insert(0, (dW, db))
        dz = dh * (1 - h**2)
    return gradient


def softmax_cross_entropy(logits, labels):
    """Return (loss, dlogits): the cross-entropy and its gradient.

    logits: (N, C), of any size; labels: N whole numbers from 0 to C - 1.
    """
    N, rows = len(logits), np.arange(len(logits))
    shifted = logits - logits.max(axis=1, keepdims=True)
    e = np.exp(shifted)
    sums = e.sum(axis=1, keepdims=True)
    loss = np.mean(np.log(sums[:, 0]) - shifted[rows, labels])
    dlogits = e / sums
    dlogits[rows, labels] -= 1
    return loss, dlogits / N


def init_params(sizes, rng):
    """Return a network [(W, b), ...] with layers of these sizes: b = 0,
    and random W of a size that deep tanh layers keep.
    """
    net = []
    for d_in, d_out in zip(sizes[:-1], sizes[1:]):
        std = np.sqrt(2 / (d_in + d_out))
        net.append((std * rng.normal(size=(d_in, d_out)), np.zeros(d_out)))
    return net


def clip(gradient, limit):
    """Return the gradient [(dW, db), ...], shortened to limit if it is longer."""
    norm = np.sqrt(sum(np.sum(d**2) for layer in gradient for d in layer))
    factor = limit / max(norm, limit)
    return [(factor * dW, factor * db) for dW, db in gradient]


def ascend(net, gradient, alpha):
    """Return the network after one step up the gradient."""
    return [(W + alpha * dW, b + alpha * db) for (W, b), (dW, db) in zip(net, gradient)]


def reward_to_go(rewards):
    """Return for every step the sum of its reward and all later ones, shape (T,)."""
    G, after = np.zeros(len(rewards)), 0.0
    for t in reversed(range(len(rewards))):
        after = rewards[t] + after
        G[t] = after
    return G


def score(z, a):
    """Return d log pi(a) / dz, shape (N, 1), where pi(1) = sigmoid(z); a: (N,)."""
    p = sigmoid(z)
    return a[:, None] - p


def reinforce(net, walk, episodes, alpha):
    """Return the network after so many episodes, each with a step up afterwards.

    walk(net) returns one episode: what was seen (T, d_in), done (T,), paid (T,).
    """
    for _ in range(episodes):
        x, a, rewards = walk(net)
        z, inputs = forward(net, x)
        G = reward_to_go(rewards)
        gradient = backward(net, inputs, G[:, None] * score(z, a))
        net = ascend(net, gradient, alpha)
    return net


def td_error(r, v, v_next, terminated, gamma):
    """Return delta = r + gamma V(s') - V(s); nothing follows a terminal state.

    Arrays of one shape, or numbers.
    """
    return r + gamma * np.where(terminated, 0.0, v_next) - v


def update(actor, critic, batch, alpha, beta, gamma):
    """Return (actor, critic) after one step up over the batch, by the means
    of delta grad log pi and of delta grad V; without transitions unchanged.

    batch: s (N, d_in), a (N,), r (N,), s_next (N, d_in), terminated (N,).
    """
    s, a, r, s_next, terminated = batch
    v, critic_inputs = forward(critic, s)
    v_next, _ = forward(critic, s_next)
    delta = td_error(r[:, None], v, v_next, terminated[:, None], gamma)
    z, actor_inputs = forward(actor, s)
    d_actor = backward(actor, actor_inputs, delta * score(z, a) / len(s))
    d_critic = backward(critic, critic_inputs, delta / len(s))
    return ascend(actor, d_actor, alpha), ascend(critic, d_critic, beta)


def train(poles, actor, critic, steps, alpha, beta, gamma, seed, scale=1.0):
    """Return (actor, critic, returns) after so many updates, each with a
    step of every pole; returns: of ended episodes.

    poles: environments side by side, each of which is set up anew in the
    step after its end; what they show is divided by scale.
    """
    rng, returns = np.random.default_rng(seed), []
    s = poles.reset(seed=seed)[0] / scale
    over, paid = np.zeros(len(s), bool), np.zeros(len(s))
    for _ in range(steps):
        z, _ = forward(actor, s)
        a = (rng.random(len(s)) >= sigmoid(-z[:, 0])).astype(int)
        s_next, r, terminated, truncated, _ = poles.step(a)
        s_next, going = s_next / scale, ~over
        batch = [each[going] for each in (s, a, r, s_next, terminated)]
        actor, critic = update(actor, critic, batch, alpha, beta, gamma)
        paid[going] += r[going]
        s, over = s_next, terminated | truncated
        returns += [*paid[over]]
        paid[over] = 0.0
    return actor, critic, returns

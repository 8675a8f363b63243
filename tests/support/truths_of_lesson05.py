"""Truths of the questions of lessons 05 and 05b, by other means than the lessons'."""

import numpy as np

from helpers.explore.gradient_health import GradientHealth
from helpers.networks.network import backward, forward, init_params
from helpers.networks.sick_networks import patient
from helpers.networks.training import two_spirals
from helpers.running_actor import THETA0, as_layers


def size(array):
    return np.linalg.norm(array) / np.sqrt(np.size(array))


def net(sizes, std, seed=0):
    return init_params(sizes, np.random.default_rng(seed), std)


def bench(std, seed, activation="tanh", widths=21 * [100]):
    """Sizes of h and of dz in each layer for one row, by multiplying out; std: a number, or of (d_in, d_out)."""
    rng, slope = np.random.default_rng(seed), {"tanh": lambda h: 1 - h**2, "relu": lambda h: 1.0 * (h > 0)}[activation]
    act = {"tanh": np.tanh, "relu": lambda z: np.maximum(z, 0)}[activation]
    h, dz = [rng.normal(size=widths[0])], [rng.normal(size=widths[-1])]
    weights = [(std(i, o) if callable(std) else std) * rng.normal(size=(i, o)) for i, o in zip(widths, widths[1:])]  # noqa: B905
    for W in weights[:-1]:
        h.append(act(h[-1] @ W))
    for W, each in zip(weights[:0:-1], h[:0:-1], strict=True):
        dz.insert(0, slope(each) * (W @ dz[0]))
    return np.array([size(each) for each in h]), np.array([size(each) for each in dz])


def middle(values):
    return float(np.exp(np.mean(np.log(values))))


def length_of_silent():
    """What 300 steps along so long a gradient take from a loss."""
    assert [f"{300 * 0.02 * length**2:.1g}" for length in (0.1, 0.004)] == ["0.06", "0.0001"]
    assert f"{300 * 0.02 * 8.7e-6**2:.1e}" == "4.5e-10"
    return "0.00001"


def smallest_dW():
    h, dz = np.exp(np.mean(np.log([bench(0.05, seed) for seed in range(20)]), axis=0))
    assert (h * dz).max() < 2 * (h * dz).min()
    return "all are about the same"


def sum_of_hundred():
    terms = np.random.default_rng(9).normal(size=(2, 10_000, 100)).prod(axis=0)
    return float(round(size(terms.sum(axis=1))))


def ten_layers():
    return np.log10(middle([bench(0.05, seed)[1][9] for seed in range(20)]))


def nineteen_slopes():
    slopes = [size(1 - np.square(h)) for h in hidden_of_bench(0.1)]
    assert [round(left ** (1 / 19), 2) for left in (0.5, 0.05)] == [0.96, 0.85]
    assert len(slopes) == 19 and round(np.mean(slopes), 2) == 0.92 and 0.15 < np.prod(slopes) < 0.25
    return "about 0.2"


def hidden_of_bench(std):
    """What comes into layers 2 to 20 of the lesson's workbench."""
    h, found = np.random.default_rng(1).normal(size=(2, 1, 100))[0], []
    for W, b in net(21 * [100], std)[:-1]:
        h = np.tanh(h @ W + b)
        found.append(h)
    return found


def twice():
    back = middle([bench(0.2, seed)[1][0] for seed in range(40)])
    assert 5 < back < 50
    return "about 10"


def health(activation, factor):
    return GradientHealth(20, activation, factor).measured().dz[0]


def factor_for(activation, left):
    """The setting of the explorer with which so much of dz is left."""
    factors = np.arange(2, 31) / 10
    return float(min(factors, key=lambda factor: abs(np.log(health(activation, factor) / left))))


def sigmoid_factor():
    for seed in range(4):
        slopes = {factor: np.mean(slopes_of_sigmoid(factor, seed)) for factor in (4, 10)}
        assert abs(slopes[4] - 0.16) < 0.005 and abs(slopes[10] - 0.10) < 0.005
    assert health("sigmoid", 8.0) < health("tanh", 1.0) < health("sigmoid", 12.0) and health("sigmoid", 4.0) < 0.001
    return "near 10"


def slopes_of_sigmoid(factor, seed):
    """Sizes of the slopes in 19 layers of 64 neurons."""
    rng = np.random.default_rng(seed)
    h, found = rng.normal(size=64), []
    for _ in range(19):
        h = 1 / (1 + np.exp(-h @ rng.normal(size=(64, 64)) * factor / 8))
        found.append(size(h * (1 - h)))
    return found


def two_wishes():
    rules = {
        "2/d_in": lambda i, o: 2 / i,
        "2/d_out": lambda i, o: 2 / o,
        "4/(d_in + d_out)": lambda i, o: 4 / (i + o),
    }
    pairs = {}
    for name, rule in rules.items():
        pairs[name] = 0.5 * 400 * rule(100, 400) * 0.5 * 100 * rule(400, 100)
    assert [round(pair, 9) for pair in pairs.values()] == [1, 1, 0.64]
    return min(pairs, key=pairs.get)


def relu_steps(params, alpha, steps):
    """Yield for each step which neurons of each hidden layer are dead, and the parameters, by steps of my own."""
    X, labels = two_spirals(200, np.random.default_rng(5))
    for _ in range(steps):
        logits, cache = forward(params, X, "relu")
        e = np.exp(logits - logits.max(axis=1, keepdims=True))
        d = (e / e.sum(axis=1, keepdims=True) - np.eye(2)[labels]) / len(X)
        params = [
            (W - alpha * dW, b - alpha * db)
            for (W, b), (dW, db) in zip(params, backward(params, cache, d), strict=True)
        ]
        yield [h.max(axis=0) == 0 for h in forward(params, X, "relu")[1].inputs[1:]], params


def he_start(seed=0):
    return net([2, 32, 32, 2], "he", seed)


def come_back():
    """For several starts, so that it is no luck; eight in the lesson's, where two die in the first for good."""
    back = []
    for seed in range(6):
        steps = [dead for dead, _ in relu_steps(he_start(seed), 2.0, 400)]
        pairs = [(was & ~now, lost & ~found) for (was, lost), (now, found) in zip(steps, steps[1:])]  # noqa: B905
        back.append(np.sum([[first.sum(), second.sum()] for first, second in pairs], axis=0))
    first, second = np.transpose(back)
    assert not first.any() and second[0] == 8 and min(second) > 0
    return "in the second layer only"


def killed():
    """Of those that die in ten steps of 5, how many in the first five."""
    at_start = next(dead for dead, _ in relu_steps(he_start(), 0.0, 1))
    total = [sum(map(np.sum, dead)) for dead in (at_start, *(each for each, _ in relu_steps(he_start(), 5.0, 10)))]
    return "the first five" if total[5] - total[0] > 0.7 * (total[10] - total[0]) else ""


def skips():
    """By the matrices of the layers themselves: each is 1 + W times the slope."""
    grown = []
    for seed in range(6):
        rng = np.random.default_rng(seed)
        weights = [0.05 * rng.normal(size=(100, 100)) for _ in range(20)]
        front, back = np.random.default_rng(seed + 1).normal(size=(2, 1, 100))
        h = [np.tanh(front[0] @ weights[0])]
        branches = [h[0]]
        for W in weights[1:-1]:
            branches.append(np.tanh(h[-1] @ W))
            h.append(h[-1] + branches[-1])
        dh, sizes = weights[-1] @ back[0], []
        for W, branch in zip(weights[-2::-1], branches[::-1], strict=True):
            sizes.append(size(dh * (1 - branch**2)))
            dh = (np.eye(100) + W * (1 - branch**2)) @ dh
        grown.append(sizes[-1] / sizes[0])
    assert (round(min(grown)), round(max(grown))) == (4, 8) and round(1.25**9, 1) == 7.5
    return "it becomes a few times as large"


def first_row():
    """By nudging z = 1, 1, 5, 5: how n of the first row moves with z of the first; the others are in the answer."""
    ways = [moved / 2e-6 for moved in (n_of_first(k, 1e-6) - n_of_first(k, -1e-6) for k in range(4))]
    assert np.allclose(ways, [0.25, -0.25, 0, 0], atol=1e-8)
    return round(ways[0], 8)


def same_dn():
    """With dn = 1 everywhere: how the sum of the four n moves with z of the first row."""
    z, h = np.array([1.0, 1.0, 5.0, 5.0]), np.array([1e-6, 0, 0, 0])
    up, down = (((moved - moved.mean()) / moved.std()).sum() for moved in (z + h, z - h))
    return round((up - down) / 2e-6, 6) + 0.0


def n_of_first(k, by):
    z = np.array([1.0, 1.0, 5.0, 5.0]) + by * np.eye(4)[k]
    return (z[0] - z.mean()) / z.std()


def all_zero(h=1e-6):
    hidden, output = as_layers(THETA0)

    def log_pi(step):
        (W, b), (V, c) = hidden, output
        z = np.tanh(-(W + [[step, 0.0]]) + b) @ V + c  # layers of zeros hand on what they get
        return -np.log1p(np.exp(-z[0, 0]))

    return (log_pi(h) - log_pi(-h)) / (2 * h)


TRUTHS_05 = {
    "05 length": length_of_silent,
    "05 hundredth": lambda: factor_for("tanh", 0.01),
    "05 relu": lambda: "1.4 and 1.5" if health("relu", 1.4) < 1 < health("relu", 1.5) else "",
    "05 sigmoid": sigmoid_factor,
    "05 nineteen slopes": nineteen_slopes,
    "05 smallest": smallest_dW,
    "05 hundred products": sum_of_hundred,
    "05 ten layers": ten_layers,
    "05 twice": twice,
    "05 two wishes": two_wishes,
    "05b equal weights": lambda: 1.0,
    "05b killed": killed,
    "05b come back": come_back,
    "05b silent": lambda: "skips and normalising",  # test_each_repair_alone
    "05b spikes": lambda: "gone, and it ends higher",  # test_spikes_are_long_steps_and_clipping_makes_nothing_faster
    "05b same dn": same_dn,
    "05b first row": first_row,
    "05b two ways": lambda: 2 * (1 + 0.3),
    "05b with skips": skips,
    "05b all zero": all_zero,
    "05b hundred times": lambda: 0.01,
}
PATIENTS = dict(zip(("first", "second", "third", "fourth"), "ABCD", strict=True))


def diagnosis(name):
    """What the curves alone say: where h and dz lose their size, and where dz gains."""
    h, dz, _ = (np.log10(each) for each in patient(name).values())
    steps = np.abs(np.diff(h[1:]))
    if steps.max() > 2:
        return float(np.argmax(steps) + 2)  # it makes the h that comes into the next
    if dz[0] > 1:
        return "smaller weights"
    takes = [10 ** (np.ptp(each[1:]) / 19) for each in (h, dz)]
    return "ReLU" if np.allclose(takes, np.sqrt(2), rtol=0.1) else "sigmoid in place of tanh"


TRUTHS_05 |= {f"05 {place} patient": lambda name=name: diagnosis(name) for place, name in PATIENTS.items()}

"""Hidden tests of homework 3, each named as its cell. student: its functions, see course.border.asking; seed: its own.

The oracles work row by row on plain numbers and differentiate by complex steps.
"""

import cmath
import math
from functools import partial

import numpy as np

from course.tasks.comparisons import compare, parts, unchanged
from helpers.calculus import numerical_gradient

FORWARD, BACKWARD = ["Y", "Xhat", "s"], ["dX", "dgain", "dbias"]
STEP = 1e-30


def normalised(row, eta=0.0):
    """(xhat, s) of a row, of complex numbers too."""
    mean = sum(row) / len(row)
    spread = (sum((x - mean) ** 2 for x in row) / len(row) + eta) ** 0.5
    return [(x - mean) / spread for x in row], spread


def check_layer_norm(student, cases):
    for X, gain, bias, eta in cases:
        answer, after = student.call("layer_norm", X, gain, bias, eta)
        found = parts(answer, FORWARD, "layer_norm")
        what = f"for X of the shape {X.shape}, first row {np.round(X[0], 3).tolist()}, eta = {eta}"
        rows = [exact(row, eta) for row in X.tolist()]
        hats, spreads = [row[0] for row in rows], [[row[1]] for row in rows]
        compare(found[0], gain * hats + bias, f"Y, {what}")
        compare(found[1], hats, f"Xhat, {what}")
        compare(found[2], spreads, f"s, {what}")
        unchanged([X, gain, bias], after[:3], "layer_norm")


def exact(row, eta):
    """(xhat, s) of a row, whose sums lose no digit."""
    mean = math.fsum(row) / len(row)
    spread = math.sqrt(math.fsum((x - mean) ** 2 for x in row) / len(row) + eta)
    return [(x - mean) / spread for x in row], spread


def test_layer_norm_rows(student, seed):
    rng = np.random.default_rng([30302, 1])
    cases = []
    for N, D in [(1, 4), (2, 2), (7, 3), (3, 7), (5, 5)] * 4:
        X = rng.normal(rng.normal(), rng.uniform(0.1, 5), size=(N, D))
        cases.append((X, rng.normal(size=D), rng.normal(size=D), float(rng.choice([1e-5, 0.01, 1.0]))))
    check_layer_norm(student, cases)


def test_layer_norm_hard(student, seed):
    rng = np.random.default_rng([30302, 2])
    cases = []
    for k in range(10):
        N, D = [(1, 3), (4, 6)][k % 2]
        gain, bias = rng.uniform(0.5, 2, size=D), rng.normal(size=D)
        equal = np.repeat(rng.integers(-9, 9, size=(N, 1)).astype(float), D, axis=1)
        far = rng.choice([-1, 1]) * 1e7 + rng.normal(0, 3, size=(N, D))
        cases += [(equal, gain, bias, 1e-5), (far, gain, bias, 1e-5)]
    check_layer_norm(student, cases)


def own_row(rng):
    """(a row whose root mean square is a whole number, an index), as the notebook draws them."""
    offsets = [[-7, -1, 1, 7], [-13, -3, 5, 11], [-11, -5, 3, 13]][rng.integers(3)]
    return rng.permutation(offsets) + rng.integers(2, 20), int(rng.integers(4))


def test_my_row(student, seed):
    own, k = own_row(np.random.default_rng([seed, 3]))
    rng = np.random.default_rng([30303, 1])
    for row in [own, *(rng.normal(3, 4, size=4) for _ in range(10))]:
        found = parts(student.my_row(row), ["xhat", "derivatives"], "my_row")
        where = f"for the row {np.round(row, 3).tolist()}"
        compare(found[0], normalised(row.tolist())[0], f"xhat {where}", tolerance=2e-4)
        right = numerical_gradient(lambda x: normalised(list(x))[0][k], row.astype(float), "complex")
        compare(found[1], right, f"the derivatives of your xhat[{k}] {where}", tolerance=2e-4)


def backward_cases(number):
    """[(X, eta, dY, gain, bias, the student's arguments)]"""
    rng = np.random.default_rng([30305, number])
    for N, D in [(1, 4), (2, 3), (6, 5), (3, 8), (5, 5)] * 4:
        X, eta = rng.normal(rng.normal(), rng.uniform(0.3, 3), size=(N, D)), float(rng.choice([1e-5, 0.1]))
        dY, gain, bias = rng.normal(0.5, 1, size=(N, D)), rng.normal(1, 0.5, size=D), rng.normal(size=D)
        hats, spreads = zip(*(normalised(row, eta) for row in X.tolist()), strict=True)
        yield X, eta, dY, gain, bias, (dY, np.array(hats), np.array(spreads)[:, None], gain)


def layer_loss(X, gain, bias, eta, dY):
    """The number whose gradient the layer sends back: the sum of dY times Y."""
    total = 0
    for row, dy in zip(X.tolist(), dY.tolist(), strict=True):
        hats = normalised(row, eta)[0]
        total = total + sum(d * (g * h + c) for d, g, h, c in zip(dy, gain, hats, bias, strict=True))
    return total


def slopes(loss, array):
    """The gradient of a loss by complex steps, entry by entry."""
    found = np.empty(array.shape)
    for place in np.ndindex(array.shape):
        moved = array.astype(complex)
        moved[place] += 1j * STEP
        found[place] = loss(moved).imag / STEP
    return found


def test_layer_norm_backward_gain_bias(student, seed):
    for X, eta, dY, gain, bias, arguments in backward_cases(1):
        answer, after = student.call("layer_norm_backward", *arguments)
        found, where = parts(answer, BACKWARD, "layer_norm_backward"), f"for a batch of the shape {X.shape}"
        compare(found[1], slopes(partial(layer_loss, X, bias=bias, eta=eta, dY=dY), gain), f"dgain {where}")
        compare(found[2], slopes(partial(layer_loss, X, gain, eta=eta, dY=dY), bias), f"dbias {where}")
        unchanged(arguments, after, "layer_norm_backward")


def test_layer_norm_backward_x(student, seed):
    for X, eta, dY, gain, bias, arguments in backward_cases(2):
        answer, after = student.call("layer_norm_backward", *arguments)
        found, where = parts(answer, BACKWARD, "layer_norm_backward"), f"for a batch of the shape {X.shape}"
        compare(found[0], slopes(partial(layer_loss, gain=gain, bias=bias, eta=eta, dY=dY), X), f"dX {where}")
        unchanged(arguments, after, "layer_norm_backward")


def test_scaled_weights(student, seed):
    rng = np.random.default_rng([30306, 1])
    own = int(np.random.default_rng([seed, 3, 4]).integers(3, 10))
    names = ["Y", "dX", "dW", "dH", "the step, measured against the weights"]
    for m in [own, 2, 0.5, *rng.uniform(0.2, 9, 4).tolist()]:
        found = parts(student.scaled_weights(m), names, "scaled_weights")
        H, W, a, dY = (rng.normal(size=shape) for shape in [2, (2, 3), 3, 3])
        old, new = measured(H, W, a, dY), measured(H, m * W, m * a, dY)
        rights = [after / before for after, before in zip(new, old, strict=True)]
        for name, got, right in zip(names, found, [*rights, rights[2] / m], strict=True):
            compare(got, right, f"the factor of {name} for m = {m:.4g}", tolerance=2e-4, relative=True)


def measured(H, W, a, dY):
    """One entry each of Y, dX, dW and dH of a linear layer and the normalisation behind it."""

    def loss(H, W, shift):
        return sum(d * y for d, y in zip(dY, normalised(list(H @ W + a + shift))[0], strict=True))

    dX = slopes(lambda shift: loss(H, W, shift), np.zeros(3))
    dW = slopes(lambda weights: loss(H, weights, 0), W)
    dH = slopes(lambda inputs: loss(inputs, W, 0), H)
    return normalised(list(H @ W + a))[0][0], dX[0], dW[1, 0], dH[0]


def row_loss(row, label, epsilon):
    """Smoothed cross-entropy of one row of logits, of complex numbers too."""
    largest = max(each.real for each in row)
    log_sum = largest + cmath.log(sum(cmath.exp(each - largest) for each in row))
    return sum((epsilon / len(row) + (1 - epsilon) * (k == label)) * (log_sum - each) for k, each in enumerate(row))


def check_smoothed(student, cases):
    for logits, labels, epsilon in cases:
        answer, after = student.call("smoothed_cross_entropy", logits, labels, epsilon)
        found = parts(answer, ["loss", "dlogits"], "smoothed_cross_entropy")
        rows, first = list(zip(logits, labels.tolist(), strict=True)), np.round(logits[0], 2).tolist()
        what = f"for logits of the shape {logits.shape}, first row {first}, epsilon = {epsilon:.3g}"
        total = sum(row_loss(row.tolist(), label, epsilon).real for row, label in rows)
        compare(found[0], total / len(rows), f"the loss {what}")
        right = [slopes(partial(row_loss, label=label, epsilon=epsilon), row) / len(rows) for row, label in rows]
        compare(found[1], right, f"dlogits {what}")
        unchanged([logits, labels], after[:2], "smoothed_cross_entropy")


def test_smoothed_cross_entropy_values(student, seed):
    rng = np.random.default_rng([30307, 1])
    cases = []
    for N, K in [(1, 2), (2, 2), (5, 3), (4, 6), (3, 3)] * 4:
        epsilon = float(rng.choice([0.0, 0.1, rng.uniform(0.2, 0.8), 1.0]))
        cases.append((rng.normal(0, 2, size=(N, K)), rng.integers(K, size=N), epsilon))
    check_smoothed(student, cases)


def test_smoothed_cross_entropy_large(student, seed):
    rng = np.random.default_rng([30307, 2])
    cases = []
    for N, K in [(1, 2), (5, 3), (4, 4), (2, 6)] * 5:
        logits = rng.normal(0, 1, size=(N, K)) * 10.0 ** rng.integers(2, 5) + rng.choice([-1e4, 0.0, 1e4])
        cases.append((logits, rng.integers(K, size=N), float(rng.uniform(0.05, 0.5))))
    check_smoothed(student, cases)


def test_best_gap(student, seed):
    rng = np.random.default_rng([30308, 1])
    for _ in range(30):
        K, epsilon = int(rng.choice([2, 3, 5, 10, 1000])), float(rng.uniform(0.01, 0.95))
        low, high = -1.0, 60.0
        for _ in range(100):  # halve the interval in which the slope of the loss changes its sign
            d = (low + high) / 2
            rises = 1 / (1 + (K - 1) * math.exp(-d)) - (1 - epsilon) - epsilon / K > 0
            low, high = (low, d) if rises else (d, high)
        compare(student.best_gap(K, epsilon), (low + high) / 2, f"the best gap for K = {K} and epsilon = {epsilon:.4g}")

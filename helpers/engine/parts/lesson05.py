"""The parts of lesson 05: weights at the start, and a gradient that is not too long."""

import numpy as np

from helpers.engine.numbers import shown
from helpers.engine.part import Part, register
from helpers.engine.probing import Probing

HEALTH = "health"
DEPTH, WIDTH = 20, 100
G = [(np.array([[3.0, 0.0], [0.0, -4.0]]), np.array([12.0, 0.0])), (np.array([[0.5], [-1.0]]), np.array([2.0]))]


def judge_start(E):
    """Networks of the right form, random, and of a size that twenty tanh layers neither silence nor saturate."""
    for sizes in ((2, 3, 1), (4, 32, 1)):
        net = E.init_params(sizes, np.random.default_rng(0))
        if said := wrong_form(net, sizes):
            return said
    again, other = (E.init_params((4, 32, 1), np.random.default_rng(seed)) for seed in (0, 1))
    if any(not np.array_equal(W, V) for (W, _), (V, _) in zip(net, again, strict=True)):
        return "the same rng gives other weights the second time: draw with `rng.normal(...)`, and with nothing else"
    if all(np.array_equal(W, V) for (W, _), (V, _) in zip(net, other, strict=True)):
        return "another rng gives the same weights: draw with `rng.normal(...)`"
    if any(np.ptp(W) == 0 for W, _ in net):
        return "all weights of a layer are equal: then all its neurons do the same for ever. Draw them"
    return named_std(E) or wrong_size(E)


STDS = (  # what the std is of n for equal widths, and what must have been meant
    (lambda n: 1 / n, "that is the *variance*: the std is its root"),
    (
        lambda n: 1 / (2 * n),
        "that is half of 1/n: n is the average of d_in and d_out, not their sum, and a root is missing",
    ),
    (lambda n: 1 / np.sqrt(2 * n), "d_in + d_out is twice the average: with n = (d_in + d_out) / 2 it is right"),
    (
        lambda n: 1 / np.sqrt(8 * n),
        "that is 1/√(d_in + d_out) / 2, the 2 outside the root: do the root's brackets end too early?",
    ),
    (lambda n: 1 / np.sqrt(1.5 * n), "that is 1/√(1.5 n): does `d_in + d_out / 2` lack its brackets?"),
    (lambda n: 1 / (np.sqrt(2) * n), "that is √2 / (d_in + d_out): the root belongs over the whole fraction"),
    (lambda n: np.sqrt(2 / n), "that is √2 too much for tanh layers; layers of ReLUs want it"),
    (lambda n: np.sqrt(3 / n), "√(6 / (d_in + d_out)) is the *limit* of a uniform draw, whose std is smaller by √3"),
    (lambda n: np.sqrt(n), "√n stands on the wrong side: √n · std is to be 1"),
)


def named_std(E):
    """Words for weights whose mean is not 0, or whose std is one that a known slip makes."""
    (small, _), _, (large, _) = E.init_params((100, 100, 400, 400), np.random.default_rng(8))
    mean, std = np.mean(small), np.std(small)
    if abs(mean) > 0.05 * std:
        where = ": the first argument of `rng.normal` is the mean, the second the std" * bool(0.9 < std < 1.1)
        return f"your weights have the mean {mean:.2g} and the std {std:.2g}, and should lie around 0{where}"
    few, many = (np.std(E.init_params(layers * [100], np.random.default_rng(8))[0][0]) for layers in (2, 20))
    if not 0.8 < few / many < 1.25:
        return (
            f"your std from 100 to 100 neurons is {shown(few)} in a network of one layer and {shown(many)} in one of "
            "nineteen: n is a width, a number of neurons, and `len(sizes)` counts the layers"
        )
    for of_n, words in STDS:
        if all(abs(np.std(W) / of_n(len(W)) - 1) < 0.05 for W in (small, large)):
            return f"from 100 to 100 neurons your std is {std:.2g}; {words}"
    return ""


def wrong_form(net, sizes):
    """Words for a network that has not the shapes of these sizes."""
    shapes = [((i, o), (o,)) for i, o in zip(sizes[:-1], sizes[1:], strict=True)]
    try:
        given = [(np.shape(W), np.shape(b)) for W, b in net]
    except (TypeError, ValueError):
        return "a list with a pair (W, b) for each layer is asked" + (
            ": is the `return` missing?" if net is None else ""
        )
    if given == shapes[:1]:
        return f"of {len(shapes)} layers only the first came back: is `return` inside the loop?"
    if given != shapes:
        return f"for the sizes {sizes} the shapes of (W, b) must be {shapes}; yours are {given}"
    if any(np.asarray(b).any() for _, b in net):
        return "the biases must be 0 at the start: W alone is drawn"
    return ""


def wrong_size(E):
    """Words for weights with which twenty tanh layers die away, saturate, or make the gradient explode."""
    rng = np.random.default_rng(5)
    net = E.init_params([WIDTH] * DEPTH + [1], np.random.default_rng(6))
    X = rng.normal(size=(50, WIDTH))
    _, h = E.forward(net, X)
    size = np.sqrt(np.mean(h[-1] ** 2))
    std = np.std(net[0][0])
    if size < 0.02:
        return f"after {DEPTH} layers of {WIDTH} neurons the signal has shrunk to {size:.1e}: std = {std:.2g} is too small for layers of this width"
    if np.mean(np.abs(h[-1]) > 0.99) > 0.15:
        share = np.mean(np.abs(h[-1]) > 0.99)
        return f"after {DEPTH} layers {share:.0%} of the neurons are saturated: std = {std:.2g} is too large for layers of width {WIDTH}"
    first, last = (
        np.sqrt(np.mean(d**2)) for d in (lambda g: (g[0][1], g[-2][1]))(E.backward(net, h, np.ones((50, 1))))
    )
    if not 1e-3 < first / last < 1e3:
        return f"on the way back through {DEPTH} layers the gradient changes by the factor {first / last:.1e}"
    return wrong_widths(E)


def wrong_widths(E):
    """Words for weights that do not follow the width of each layer."""
    (narrow, _), (between, _), (wide, _) = E.init_params((25, 25, 400, 400), np.random.default_rng(7))
    stds = {f"{i} to {o}": np.std(W) for W in (narrow, between, wide) for i, o in (W.shape,)}
    told = ", ".join(f"{shown(std)} from {widths}" for widths, std in stds.items())
    if not 3.4 < np.std(narrow) / np.std(wide) < 4.6:
        return f"each layer needs its own n: in one network with the widths 25, 25, 400, 400 your std is {told}; between the wide layers it must be a quarter of that between the narrow ones"
    if not 0.9 < 20 * np.std(wide) < 1.1:
        return f"with equal widths √n · std is to be 1; from 400 to 400 neurons yours is {20 * np.std(wide):.2g}"
    if not 0.85 / 20 < np.std(between) < 1.15 / 5:
        return f"between 25 and 400 neurons n lies between 25 and 400; your std there, {shown(np.std(between))}, belongs to none of them"
    return ""


register(
    Part(
        "init_params", "05", "start", HEALTH, "draws the weights, of a size that deep networks keep",
        ("`rng.normal(size=(d_in, d_out))` has the standard deviation 1; what must it be multiplied by?",
         "A sum of n products of size 1 and std has the size √n · std. For which std is that 1?",
         "With d_in and d_out between which one compromises: std = √(2 / (d_in + d_out))."),
        judge_start,
    )
)  # fmt: skip


class Clipping(Probing):
    """A judge of `clip` that looks at lengths where no known mistake explains the numbers."""

    def relation(self, trials):
        """Words for a long and for a short gradient whose length is wrong and whose direction is right, else as ever."""
        told = (next(filter(None, (wrong_length(*trial, long) for trial in trials)), "") for long in (True, False))
        return ". And ".join(filter(None, told)) or super().relation(trials)


def wrong_length(inputs, got, right, long):
    """Words for the length of what was made of a gradient, which was longer than the limit or was not; else ''."""
    given, made, asked = (
        np.concatenate([np.ravel(array) for array in arrays])
        for arrays in ([d for pair in inputs["gradient"] for d in pair], got, right)
    )
    was, now, due = map(np.linalg.norm, (given, made, asked))
    turned = not np.isclose(given @ made, was * now)
    if (was > due) != long or turned or not np.isfinite(now) or np.isclose(now, due):
        return ""
    asked = "that must be its length" if long else "it was not too long, and must stay as it is"
    return f"a gradient of length {was:.3g} has the length {now:.3g} after clipping to {inputs['limit']:g}; {asked}"


register(
    Part(
        "clip", "05b", "clip", HEALTH, "keeps one long gradient from ruining the weights",
        ("One norm for the whole gradient: the root of the sum of all squares, over all layers, dW and db.",
         "Longer than the limit: multiply everything by limit / norm. Else leave it as it is: `min(1, limit / norm)`, or limit / max(norm, limit).",
        ),
        Clipping(
            "clip",
            (
                {"gradient": [(np.array([[3.0]]), np.array([4.0]))], "limit": 1.0},
                {"gradient": [(np.array([[3.0]]), np.array([4.0]))], "limit": 10.0},
                {"gradient": G, "limit": 6.5},
                {"gradient": G, "limit": 100.0},
                {"gradient": G[1:], "limit": 0.5},
            ),
            ("dW", "db"),
            (
                ("entries", "[(factor * dW, factor * db)", "[(np.clip(dW, -limit, limit), np.clip(db, -limit, limit))", "Each entry was clipped for itself. That bends the gradient into another direction; multiply all entries by one factor"),
                ("lengthens", "max(norm, limit)", "norm", "A gradient shorter than the limit was lengthened. Clipping leaves short gradients as they are"),
                ("min", "max(norm, limit)", "min(norm, limit)", "Long gradients stayed as they were and short ones became longer: the factor is limit / max(norm, limit)"),
                ("each_layer", "[(factor * dW, factor * db)", "[tuple(d * min(1, limit / np.sqrt(np.sum(dW**2) + np.sum(db**2))) for d in (dW, db))", "Each layer was clipped by its own norm, with a factor of its own. That changes the direction of the whole gradient; take one norm for all layers"),
                ("each_array", "[(factor * dW, factor * db)", "[tuple(d * min(1, limit / max(np.sqrt(np.sum(d**2)), 1e-300)) for d in (dW, db))", "dW and db were clipped each by its own norm. That changes the direction of the whole gradient; take one norm for all"),
                ("no_root", "np.sqrt(sum(np.sum(d**2) for layer in gradient for d in layer))", "sum(np.sum(d**2) for layer in gradient for d in layer)", "The root is missing: this is the square of the norm"),
                ("sum_of_norms", "np.sqrt(sum(np.sum(d**2) for layer in gradient for d in layer))", "sum(np.sqrt(np.sum(d**2)) for layer in gradient for d in layer)", "Norms of parts do not add. Add the squares of all entries, and take one root"),
                ("norms_of_layers", "np.sqrt(sum(np.sum(d**2) for layer in gradient for d in layer))", "sum(np.sqrt(sum(np.sum(d**2) for d in layer)) for layer in gradient)", "Norms of layers do not add. Add the squares of all entries of all layers, and take one root"),
                ("last_layer", "np.sqrt(sum(np.sum(d**2) for layer in gradient for d in layer))", "np.sqrt(sum(np.sum(d**2) for layer in gradient[-1:] for d in layer))", "Only the squares of the last layer are in your norm: is the sum begun anew in each round of the loop?"),
                ("weights_only", "for layer in gradient for d in layer)", "for layer in gradient for d in layer[:1])", "The biases belong to the gradient: their squares are missing in the norm"),
                ("largest", "np.sqrt(sum(np.sum(d**2) for layer in gradient for d in layer))", "max(np.abs(d).max() for layer in gradient for d in layer)", "The largest entry was taken for the norm. The norm is the root of the sum of all squares"),
                ("no_limit", "limit / max(norm, limit)", "1 / norm", "The result has length 1, whatever the limit is"),
                ("limit_alone", "limit / max(norm, limit)", "(limit if norm > limit else 1.0)", "A long gradient was multiplied by the limit alone. To have the length limit it must be multiplied by limit / norm"),
                ("limit_always", "limit / max(norm, limit)", "limit", "Every gradient was multiplied by the limit. The factor is limit / norm, and only for those that are too long"),
                ("inverse", "limit / max(norm, limit)", "max(norm, limit) / limit", "The factor is upside down: with norm / limit a long gradient becomes longer still"),
                ("inverse_min", "limit / max(norm, limit)", "min(1.0, norm / limit)", "The factor is upside down: norm / limit is above 1 for the long gradients, which stay as they are, and shortens the others"),
                ("unit", "limit / max(norm, limit)", "(1 / norm if norm > limit else 1.0)", "A gradient that was too long has the length 1 now. It is to have the length limit"),
                ("bias_kept", "factor * dW, factor * db", "factor * dW, db", "Only dW was shortened. The same factor belongs to db, or the direction changes"),
            ),
        ),
    )
)  # fmt: skip

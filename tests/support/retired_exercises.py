"""Exercises that no lesson asks any more, with their known mistakes: the diagnosis is still measured on them."""

import itertools
import math

from helpers.checks.exercise import Exercise, Mistake

RETIRED = {}


def retired(*, probes, mistakes, **options):
    """Decorate a solution as `exercise` does, and register it here alone."""

    def register(solution):
        known = tuple(itertools.starmap(Mistake, mistakes))
        RETIRED[solution.__name__] = Exercise(solution, tuple(probes), (), known, **options)
        return solution

    return register


@retired(
    named=("∂/∂a", "∂/∂b"),
    probes=[("+", 2.0, 5.0), ("*", 2.0, 5.0), ("-", 2.0, 5.0), ("/", 2.0, 5.0), ("*", -3.0, 0.5), ("/", 3.0, -0.5)],
    mistakes=[
        ("own_factor", '"*": (b, a)', '"*": (a, b)', "For a product each operand's local derivative is the *other* operand: (b, a). Multiplication swaps."),
        ("minus", '"-": (1.0, -1.0)', '"-": (1.0, 1.0)', "For a − b the second local derivative is −1: raising b lowers the result."),
        ("division_first", "(1 / b, -a / b**2)", "(b, -a / b**2)", "For a / b the first local derivative is 1/b, since a / b is a times 1/b."),
        ("division_sign", "(1 / b, -a / b**2)", "(1 / b, a / b**2)", "For a / b the second local derivative is −a / b²: a larger denominator makes the quotient smaller. The minus is missing."),
        ("division_square", "(1 / b, -a / b**2)", "(1 / b, -a / b)", "For a / b the second local derivative is −a / b²; the square is missing."),
        ("division_one", "(1 / b, -a / b**2)", "(1 / b, -1 / b**2)", "−1/b² is the slope of 1/b. Here a times 1/b is asked, so the factor a stays: −a / b²."),
        ("sum", '"+": (1.0, 1.0)', '"+": (a, b)', "For a sum both local derivatives are 1, whatever a and b are. Addition distributes."),
    ],
)  # fmt: skip
def local_derivatives(op, a, b):
    """Return the two local derivatives of a op b, with respect to a and to b; op is one of '+', '-', '*', '/'."""
    return {"+": (1.0, 1.0), "-": (1.0, -1.0), "*": (b, a), "/": (1 / b, -a / b**2)}[op]


@retired(
    named=("dL/da", "dL/db"),
    probes=[(2.0, 3.0), (-1.5, 0.5), (0.3, -2.0)],
    mistakes=[
        ("last_only", "da = s + ds * 1.0", "da = ds * 1.0", "`=` for `+=`: the contribution over the sum has replaced the one over the product. Add the two."),
        ("first_only", "da = s + ds * 1.0", "da = s", "a is used twice. This is the contribution over the product alone; the one over the sum is missing."),
        ("multiplied", "da = s + ds * 1.0", "da = s * ds", "The contributions of two paths were multiplied. Along a path one multiplies; over paths one adds."),
        ("b_upstream", "db = ds * 1.0", "db = 1.0", "b's share is local × upstream, and its upstream is ∂L/∂s = a; the 1 is the local derivative alone."),
        ("b_too", "db = ds * 1.0", "db = s + ds * 1.0", "b is used once, in the sum: it gets only what comes over the sum."),
        ("upstream", "ds = a", "ds = 1.0", "The upstream of s is missing: s is multiplied by a, so ∂L/∂s = a."),
        ("b_gets_s", "db = ds * 1.0", "db = s", "s is what arrives at a over the product. b is fed by the sum alone, at which ∂L/∂s = a arrives."),
        ("swapped", "return da, db", "return db, da", "The two are swapped: return the derivative by a first."),
    ],
)  # fmt: skip
def gradient_of_diamond(a, b):
    """Return (dL/da, dL/db) of L = s * a with s = a + b, by going back over the edges one at a time."""
    s = a + b
    ds = a
    da = s + ds * 1.0
    db = ds * 1.0
    return da, db


@retired(
    probes=[
        ([0, 1, 2, 3], [(), (), (0, 1), (2, 0)]),
        ([1, 0, 2, 3], [(), (), (0, 1), (2, 0)]),
        ([0, 2, 1, 3], [(), (), (0, 1), (2, 0)]),
        ([3, 2, 1, 0], [(), (), (0, 1), (2, 0)]),
        ([0, 1, 3, 2], [(), (), (0, 1), (2, 0)]),
        ([1, 2, 0, 3], [(), (), (0, 1), (2, 0)]),
        ([0, 1, 2], [(), (0, 0), (1,)]),
        ([2, 0, 1], [(), (0, 0), (1,)]),
        ([1, 0], [(1,), ()]),
        ([0, 1], [(1,), ()]),
        ([2, 0, 1], [(2,), (2, 0), ()]),
        ([2, 1, 0], [(2,), (2, 0), ()]),
    ],
    mistakes=[
        ("reversed", "order.index(p) < order.index(i)", "order.index(p) > order.index(i)", "That is the order in which the gradient travels back. Going forward, parents come *before* their node."),
        ("first_parent", "for p in parents[i]", "for p in parents[i][:1]", "Only the first parent of each node was looked at; all of them must come earlier."),
        ("last_parent", "for p in parents[i]", "for p in parents[i][-1:]", "Only the last parent of each node was looked at; all of them must come earlier."),
        ("any", "all(order", "any(order", "One parent that comes earlier is not enough; all of them must."),
        ("place_for_node", "for i in order for p in parents[i]", "for i in range(len(order)) for p in parents[order.index(i)]", "`parents` is indexed by the node, not by its place in `order`."),
        ("always", "all(order.index(p) < order.index(i) for i in order for p in parents[i])", "True", "This says True for every order; several of the tried orders are not topological."),
        ("never", "all(order.index(p) < order.index(i) for i in order for p in parents[i])", "False", "This says False for every order; several of the tried orders are topological."),
        ("by_number", "order.index(p) < order.index(i)", "p < i", "You compared the nodes' numbers, not their places in `order`."),
    ],
)  # fmt: skip
def is_topological(order, parents):
    """Return True if in the list `order` every node i comes after all of parents[i]."""
    return all(order.index(p) < order.index(i) for i in order for p in parents[i])


@retired(
    probes=[([[2.0, 3.0], [4.0]],), ([[0.5, -1.0, 2.0]],), ([[1.0, 1.0], [2.0, -3.0], [0.5, 0.5]],)],
    mistakes=[
        ("product_of_sums", "sum(math.prod(path) for path in paths)", "math.prod(sum(path) for path in paths)", "You added along each path and multiplied over paths; it is the other way round."),
        ("all_summed", "sum(math.prod(path) for path in paths)", "sum(sum(path) for path in paths)", "Along a path the local derivatives are multiplied, not added."),
        ("all_multiplied", "sum(math.prod(path) for path in paths)", "math.prod(math.prod(path) for path in paths)", "Over paths the products are added, not multiplied."),
        ("first_path", "for path in paths", "for path in paths[:1]", "Only the first path was counted; every path contributes."),
        ("average", "sum(math.prod(path) for path in paths)", "sum(math.prod(path) for path in paths) / len(paths)", "The contributions of the paths are added, not averaged."),
    ],
)  # fmt: skip
def sum_over_paths(paths):
    """Return the derivative from the local derivatives along each path; paths: a list of lists of numbers."""
    return sum(math.prod(path) for path in paths)


@retired(
    probes=[(7, 1, "forward"), (7, 1, "backward"), (1, 5, "forward"), (1, 5, "backward"), (3, 4, "forward")],
    mistakes=[
        ("swapped", 'n_inputs if mode == "forward" else n_outputs', 'n_outputs if mode == "forward" else n_inputs', "The two are exchanged: forward mode carries one input's slope through, backward mode brings one output's gradient back."),
        ("product", 'n_inputs if mode == "forward" else n_outputs', "n_inputs * n_outputs", "One pass delivers more than a single number: forward all outputs at once, backward all inputs at once."),
        ("always_one", 'if mode == "forward" else n_outputs', 'if mode == "forward" else 1', "One backward pass starts at one output; several outputs need one pass each."),
        ("sum", 'n_inputs if mode == "forward" else n_outputs', "n_inputs + n_outputs", "The passes are not added: forward mode needs one for each input, backward mode one for each output."),
    ],
)  # fmt: skip
def passes(n_inputs, n_outputs, mode):
    """Return how many passes give all derivatives of n_outputs by n_inputs; mode: 'forward' or 'backward'."""
    return n_inputs if mode == "forward" else n_outputs

"""What no network computes with: sizes, layers and arrays, each named with what was expected."""

import numpy as np
import pytest

from helpers.networks.network import forward
from helpers.networks.validation import check_layers, check_sizes, filled, pairs, squarable

PAIR = (np.ones((2, 1)), np.ones(1))


def layers(*shapes):
    return [(np.zeros(W), np.zeros(b)) for W, b in shapes]


@pytest.mark.parametrize(
    "params, words",
    [
        ([], "params must hold at least one layer"),
        (None, "params must be a list of pairs"),
        (np.ones((2, 2)), "params must be a list of pairs"),
        ([PAIR[0]], "params must be a list of pairs"),
        ([(*PAIR, 1)], "params must be a list of pairs"),
        ([([[1.0], [1.0]], [1.0])], "params must be a list of pairs of floating-point arrays"),
        ([(PAIR[0].astype(int), PAIR[1])], "params must be a list of pairs of floating-point arrays"),
        ([(PAIR[0], PAIR[1].astype(complex))], "layer 0: W must hold as many digits as b"),
        ([(PAIR[0].astype(np.float32), PAIR[1])], "layer 0: W must hold as many digits as b"),
    ],
)
def test_what_makes_no_layers_is_refused(params, words):
    with pytest.raises((TypeError, ValueError), match=words):
        forward(params, np.ones((3, 2)))


@pytest.mark.parametrize(
    "params, X, words",
    [
        (layers(((2, 3), 3)), np.zeros((5, 4)), r"layer 0: W of shape \(2, 3\) does not fit X of shape \(5, 4\)"),
        (
            layers(((2, 3), 3), ((4, 1), 1)),
            np.zeros((5, 2)),
            r"layer 1: W of shape \(4, 1\) does not fit the output of layer 0 of shape \(5, 3\)",
        ),
        (layers(((2, 3), 2)), np.zeros((5, 2)), r"layer 0: W of shape \(2, 3\) and b of shape \(2,\)"),
        (layers(((2, 3), (1, 3))), np.zeros((5, 2)), r"layer 0: W of shape \(2, 3\) and b of shape \(1, 3\)"),
        (layers(((2, 3), 3), ((3,), ())), np.zeros((5, 2)), r"layer 1: W of shape \(3,\) and b of shape \(\)"),
        (layers(((2, 3), 3)), np.zeros(2), r"X must have the shape \(N, d_in\).*it has \(2,\)"),
    ],
)
def test_what_does_not_fit_is_named_with_both_shapes(params, X, words):
    with pytest.raises(ValueError, match=words):
        forward(params, X)


@pytest.mark.parametrize(
    "shapes, X, words",
    [
        ([((2, 4, 3), (2, 3))], (5, 4), r"layer 0: W of shape \(2, 4, 3\) and b of shape \(2, 3\)"),
        ([((2, 4, 3), (3,))], (5, 4), r"layer 0: W of shape \(2, 4, 3\) and b of shape \(3,\)"),
        ([((2, 4, 3), (2, 1, 3))], (3, 5, 4), r"layer 0: .*\(2, 4, 3\) does not fit X of shape \(3, 5, 4\)"),
        ([((4, 3), (3,))], (2, 5, 4), r"layer 0: .*\(4, 3\) does not fit X of shape \(2, 5, 4\)"),
        (
            [((2, 4, 3), (2, 1, 3)), ((3, 1), (1,))],
            (5, 4),
            r"layer 1: .*\(3, 1\) does not fit the output of layer 0 of shape \(2, 5, 3\)",
        ),
        ([((4, 3), (3,)), ((2, 3, 1), (2, 1, 1))], (5, 4), r"layer 1: .*\(2, 3, 1\) .* of layer 0 of shape \(5, 3\)"),
    ],
)
def test_networks_that_do_not_stand_side_by_side(shapes, X, words):
    with pytest.raises(ValueError, match=words):
        forward(layers(*shapes), np.zeros(X))


@pytest.mark.parametrize("kind", [list, tuple, lambda sizes: np.array(sizes, np.int8)])
def test_sizes_become_a_list_of_ints(kind):
    sizes = check_sizes(kind([3, 1, 2]))
    assert sizes == [3, 1, 2] and {*map(type, sizes)} == {int}


@pytest.mark.parametrize(
    "sizes", [None, 3, "31", [], [3], {}, np.ones((2, 2), int), [3, 0], [3, 1.5], [True, 2], [3, None]]
)
def test_what_are_no_sizes(sizes):
    with pytest.raises(ValueError, match=r"^sizes(\[\d\])? must "):
        check_sizes(sizes)


@pytest.mark.parametrize(
    "layers", [None, 3, "ab", np.ones((2, 2)), [np.ones((2, 2))], [(1, 2)], [(np.ones(2, int),) * 2]]
)
def test_pairs_are_named(layers):
    with pytest.raises(
        TypeError, match="^gradient must be a list of pairs of floating-point arrays, one a layer; it is"
    ):
        pairs(layers, "gradient")


def test_pairs_stay_what_they_are():
    for layers in ([], [PAIR], (PAIR, list(PAIR))):
        assert pairs(layers, "gradient") is layers


@pytest.mark.parametrize(
    "value, ndim", [([], None), (np.ones((0, 3)), 2), (1.0, 2), (np.ones(3), 2), (np.ones((1, 1, 1)), 2)]
)
def test_what_is_empty_or_has_other_axes(value, ndim):
    with pytest.raises(ValueError, match=r"^X must have at least one entry( and 2 axes)?, its shape is \("):
        filled(value, "X", ndim)


@pytest.mark.parametrize("value", [None, "1", [np.nan], [np.inf], [1j], [[1.0], [1.0, 2.0]]])
def test_what_are_no_finite_numbers(value):
    for check in (lambda: filled(value, "X"), lambda: squarable([np.ones(2), value], "X")):
        with pytest.raises(ValueError, match="^X must hold finite real numbers, it is "):
            check()


def test_squares_have_a_range():
    found = squarable([np.zeros(2), np.full(2, 1e10, np.float32), np.zeros(0)], "X")
    assert [array.dtype for array in found] == [float] * 3 and squarable([], "X") == []
    for exponent in (-160, 160):
        with pytest.raises(ValueError, match=f"^X: the squares of numbers as large as 1e.{abs(exponent)} are out"):
            squarable([np.zeros(2), np.array([-(10.0**exponent)])], "X")


def test_layers_that_fit_pass():
    check_layers(layers(((4, 3), 3), ((3, 1), 1)), np.zeros((5, 4)))
    check_layers(layers(((2, 4, 3), (2, 1, 3))), np.zeros((2, 5, 4)))

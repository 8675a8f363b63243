"""Checks of what a network computes with: sizes of arrays, layers and gradients; each error names the argument."""

import numpy as np

from helpers.calculus.validation import any_array, check_counts, real_array


def filled(value, name, ndim=None):
    """Return a `real_array` with at least one entry and, where it is given, so many axes; else ValueError."""
    array = real_array(value, name)
    if array.size == 0 or ndim not in (None, array.ndim):
        axes = "" if ndim is None else f" and {ndim} axes"
        raise ValueError(f"{name} must have at least one entry{axes}, its shape is {array.shape}")
    return array


def squarable(arrays, name):
    """Return arrays as float64; ValueError unless they are real, finite and in the range of squares."""
    arrays = [real_array(array, name).astype(float, copy=False) for array in arrays]
    largest = max((np.abs(array).max(initial=0) for array in arrays), default=0)
    if largest != 0 and not 1e-150 < largest < 1e150:
        raise ValueError(f"{name}: the squares of numbers as large as {largest} are out of the range of float64")
    return arrays


def check_sizes(sizes):
    """Return the sizes as a list; ValueError unless they are two whole numbers or more, all of them positive."""
    if any_array(sizes).ndim != 1 or len(sizes) < 2:
        raise ValueError(f"sizes must hold at least two whole numbers, it is {sizes!r}")
    check_counts(1, **{f"sizes[{k}]": size for k, size in enumerate(sizes)})
    return [int(size) for size in sizes]


def pairs(layers, name):
    """Return layers; TypeError unless it is a list of pairs (W, b), or (dW, db), of floating-point arrays."""
    fits = isinstance(layers, (list, tuple)) and all(isinstance(p, (list, tuple)) and len(p) == 2 for p in layers)
    if not fits or not all(isinstance(a, np.ndarray) and a.dtype.kind in "fc" for pair in layers for a in pair):
        raise TypeError(f"{name} must be a list of pairs of floating-point arrays, one a layer; it is {layers!r}")
    return layers


def check_layers(params, X):
    """Raise an error, with the layer's number and both shapes, unless the array X and all layers fit together."""
    if X.ndim < 2:
        raise ValueError(f"X must have the shape (N, d_in), one row for each input; it has {X.shape}")
    if len(pairs(params, "params")) == 0:
        raise ValueError("params must hold at least one layer (W, b), it is empty")
    *networks, N, width = X.shape
    for k, (W, b) in enumerate(params):
        *side_by_side, d_in, d_out = np.atleast_2d(W).shape
        if W.ndim < 2 or b.shape != ((*side_by_side, 1, d_out) if side_by_side else (d_out,)):
            raise ValueError(f"layer {k}: W of shape {W.shape} and b of shape {b.shape} do not make a layer")
        if k == 0 and X.ndim == 2:
            networks = side_by_side  # which all get the same X
        if d_in != width or side_by_side != networks:
            source = f"the output of layer {k - 1} of shape {(*networks, N, width)}" if k else f"X of shape {X.shape}"
            raise ValueError(f"layer {k}: W of shape {W.shape} does not fit {source}")
        if not np.can_cast(b.dtype, W.dtype):
            raise TypeError(f"layer {k}: W must hold as many digits as b, which is {b.dtype}, it is {W.dtype}")
        width = d_out

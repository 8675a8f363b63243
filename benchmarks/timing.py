"""Timing with `timeit`, whose loop costs next to nothing and during which the garbage collector rests."""

import timeit

import numpy as np


def seconds_per_call(function, min_time):
    """Mean seconds of a call, over the first of 1, 2, 4, ... calls in a row that take at least `min_time` seconds."""
    timer, calls = timeit.Timer(function), 1
    while (seconds := timer.timeit(calls)) < min_time:
        calls *= 2
    return seconds / calls


def interleaved(timings, repeats):
    """Call {name: function that returns seconds} in turns, so often each; returns {name: median}."""
    seconds = [[timing() for timing in timings.values()] for _ in range(repeats)]
    return dict(zip(timings, np.median(seconds, axis=0).tolist(), strict=True))

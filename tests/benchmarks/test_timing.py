"""Timing without a look at the clock: how often functions are called, in which order, and with what at rest."""

import gc
from types import SimpleNamespace

from benchmarks import timing
from benchmarks.timing import interleaved, seconds_per_call


def test_calls_are_doubled_while_the_garbage_collector_rests():
    seen = []
    assert seconds_per_call(lambda: seen.append(gc.isenabled()), 1e-5) > 0
    assert not any(seen) and gc.isenabled()
    assert len(seen) & (len(seen) + 1) == 0  # 1 + 2 + 4 + ...


def test_seconds_are_those_of_one_call(monkeypatch):
    asked = []
    timer = SimpleNamespace(timeit=lambda calls: asked.append(calls) or 0.25 * calls)
    monkeypatch.setattr(timing.timeit, "Timer", lambda function: timer)
    assert seconds_per_call(None, 1.0) == 0.25 and asked == [1, 2, 4]


def test_one_call_that_takes_long_enough_is_all():
    seen = []
    seconds_per_call(lambda: seen.append(0), 0.0)
    assert len(seen) == 1


def test_functions_take_turns_and_give_medians():
    order, times = [], {"slow": iter([5.0, 12.0, 7.0]), "fast": iter([1.0, 9.0, 2.0])}
    timings = {name: lambda name=name: order.append(name) or next(times[name]) for name in times}
    assert interleaved(timings, 3) == {"slow": 7.0, "fast": 2.0}
    assert order == ["slow", "fast"] * 3

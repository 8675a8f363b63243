"""The wide neuron of lesson 02: the same in both forms, and the shortest time of several."""

import timeit

import numpy as np
import pytest

from helpers.calculus.differences import numerical_gradient
from helpers.networks.gradient_cost import (
    all_backward,
    all_forward,
    seconds_for,
    wide_neuron,
    wide_neuron_of_values,
)


@pytest.mark.parametrize("n", [1, 2, 7, 50])
def test_both_forms_agree(n):
    weights = np.linspace(-0.5, 0.5, n)
    neuron = wide_neuron_of_values(weights)
    neuron.output.backward()
    assert neuron.output.data == pytest.approx(wide_neuron(weights), abs=1e-15)
    assert [w.grad for w in neuron.weights] == pytest.approx(numerical_gradient(wide_neuron, weights), abs=1e-9)


def test_seconds_for_is_the_shortest_of_calls_that_last_long_enough(monkeypatch):
    calls, seconds, timed = [], iter([0.5, 0.2, 0.4, 0.3]), timeit.timeit

    def as_if(*arguments, **options):
        assert timed(*arguments, **options) > 0
        return next(seconds)

    monkeypatch.setattr(timeit, "timeit", as_if)
    assert seconds_for(lambda *arguments: calls.append(arguments), 3, "x", enough=1.0) == 0.2
    assert calls == [(3, "x")] * 3


def test_seconds_for_waits_until_a_coarse_clock_has_moved(monkeypatch):
    monkeypatch.setattr(timeit, "timeit", lambda function, number: number * 3e-6 // 1e-4 * 1e-4)
    assert seconds_for(lambda: None) == pytest.approx(3e-6, rel=0.1)


@pytest.mark.parametrize("size", [(1, 1), (4, 1), (1, 3), (3, 2)])
def test_all_derivatives_of_both_directions_agree(size):
    forward = np.array(all_forward(size))
    assert forward.shape == size
    assert forward == pytest.approx(np.array(all_backward(size)), abs=1e-14)
    assert np.all(forward != 0)

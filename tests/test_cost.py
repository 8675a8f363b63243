"""The wide neuron of lesson 02: the same in both forms, and a stopwatch that stops."""

import numpy as np
import pytest

from helpers.cost import seconds_for, wide_neuron, wide_neuron_of_values
from helpers.derivatives import numerical_gradient


@pytest.mark.parametrize("n", [1, 2, 7, 50])
def test_both_forms_agree(n):
    weights = np.linspace(-0.5, 0.5, n)
    neuron = wide_neuron_of_values(weights)
    neuron.output.backward()
    assert neuron.output.data == pytest.approx(wide_neuron(weights), abs=1e-15)
    assert [w.grad for w in neuron.weights] == pytest.approx(numerical_gradient(wide_neuron, weights), abs=1e-9)


def test_seconds_for_repeats_until_enough_time_has_passed():
    calls = []
    seconds = seconds_for(calls.append, 3, enough=0.001)
    assert 0 < seconds < 0.001
    assert len(calls) > 1 and set(calls) == {3}

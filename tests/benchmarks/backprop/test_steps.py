"""Steps of the peers: their gradients are compared first, and their libraries named."""

import sys
from types import SimpleNamespace

import numpy as np
import pytest

from benchmarks.backprop import steps
from benchmarks.backprop.networks import Network
from benchmarks.backprop.peers import OURS

NETWORK = Network((2, 3, 1), 1, "float64")


def test_a_wrong_gradient_stops_the_run():
    def honest(function, *arguments):
        return [(W, b + 1) for W, b in NETWORK.params]

    def liar(function, *arguments):
        return [(2 * W, b + 1) for W, b in NETWORK.params]

    with pytest.raises(AssertionError, match="autograd: gradient differs by 1.0e.00 on Network"):
        steps.times_on(NETWORK, {OURS: honest, "autograd": liar}, 1, 1, 0.0)


def test_versions_name_the_pools_of_threads_or_what_is_missing(monkeypatch):
    pool = {"internal_api": "openblas", "version": "0.3", "architecture": "Haswell", "num_threads": 1}
    bare = {"internal_api": "openmp", "version": None, "num_threads": 2}
    monkeypatch.setitem(sys.modules, "threadpoolctl", SimpleNamespace(threadpool_info=lambda: [pool, bare]))
    monkeypatch.setattr(steps, "find_spec", lambda name: True)
    pools = "openblas 0.3 Haswell with num_threads = 1, openmp with num_threads = 2"
    assert steps.version_of(OURS) == (f"numpy {np.__version__}", pools)
    monkeypatch.setattr(steps, "find_spec", lambda name: None)
    assert steps.version_of(OURS) == (f"numpy {np.__version__}", "threadpoolctl is not installed")

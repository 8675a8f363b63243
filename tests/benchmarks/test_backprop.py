"""The benchmark of backward passes on tiny networks, with the peers that are installed here."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

import backprop
import peers
import rounds
import scalars
import targets
from networks import TOLERANCES, Network, largest_difference

TINY = [((2, 3, 1), 1), ((2, 3, 2), 4)]
HERE = [peer for peer in peers.PEERS if rounds.installed(peer)]


@pytest.mark.parametrize("dtype", TOLERANCES)
@pytest.mark.parametrize("peer", [peer for peer in HERE if peer != peers.PEAK])
def test_peers_compute_the_same_gradient(peer, dtype):
    for shape in TINY:
        network = Network(*shape, dtype)
        gradients = []
        for builder in (peers.ours, peers.PEERS[peer][0]):
            step, gradient = builder(network)
            step()
            step()
            gradients.append(gradient())
        assert largest_difference(*gradients) < TOLERANCES[dtype]


def test_a_wrong_gradient_stops_the_run(monkeypatch):
    network = Network(*TINY[0], "float64")

    class Liar:
        def ask(self, request, *arguments):
            return [(2 * W, b + 1) for W, b in network.params]

    class Honest:
        def ask(self, request, *arguments):
            return [(W, b + 1) for W, b in network.params]

    with pytest.raises(AssertionError, match="autograd: gradient differs by 1.0e.00 on Network"):
        rounds.medians(network, {peers.OURS: Honest(), "autograd": Liar()}, 1, 1, 0, 0)


def test_report_names_peers_results_and_what_is_missing(tmp_path, monkeypatch):
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Haswell")
    monkeypatch.setitem(peers.PEERS, "PyTorch eager", (peers.torch, "no_such_module"))
    path = tmp_path / "report.md"
    settings = {"shapes": TINY, "dtypes": ("float64",), "threads": (1, 10_000), "rounds": 1, "enough": 1e-4}
    text = backprop.run(path, **settings, progress=lambda line: None)
    assert path.read_text(encoding="utf-8") == text
    assert "| 2-3-1, batch 1 |" in text and "| 2-3-2, batch 4 |" in text and "| chain of 10,000 | 10,000 |" in text
    assert "autograd, ratio" in text and "## float64, 1 thread\n" in text and "10000 threads" not in text
    assert "unset for this run: OPENBLAS_CORETYPE." in text
    missing = [peer for peer, (_, module) in peers.PEERS.items() if find_spec(module) is None]
    assert "PyTorch eager" in missing and f"not measured: {', '.join(missing)};" in text
    assert "| as fast as PyTorch, batch ≥ 256 | not measured |" in text


def test_slowing_variables_are_unset_only_for_the_children(monkeypatch):
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Haswell")
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    with rounds.environment({"OMP_NUM_THREADS": "1"}, rounds.SLOWING):
        assert os.environ["OMP_NUM_THREADS"] == "1" and "OPENBLAS_CORETYPE" not in os.environ
    assert os.environ["OPENBLAS_CORETYPE"] == "Haswell" and "OMP_NUM_THREADS" not in os.environ


def test_targets_are_judged_by_the_smallest_figure():
    small, large = Network((2, 16, 16, 1), 1, "float64"), Network((64, 256, 256, 10), 256, "float32")
    row = {peers.OURS: 1.0, "PyTorch eager": 3.0, "autograd": 12.0}
    peak = 2 * peers.PEAK_SIZE**3 / large.flops * 0.75
    results = {("float64", 1): {small: row}, ("float32", 1): {large: {peers.OURS: 1.0, peers.PEAK: peak}}}
    found = {verdict.target: verdict.text for verdict in targets.verdicts(results, {})}
    assert (
        "**missed** in 1 of 1 cases by up to 14%: smallest 3 (2-16"
        in found["3.5 times as fast as PyTorch eager, batch ≤ 100"]
    )
    assert found["10 times as fast as autograd, batch ≤ 100"].startswith("met: smallest 12")
    assert found["0.7 of the matrix-product peak, batch 256"].startswith("met: smallest 0.75")
    assert found["`Value`'s backward as fast as micrograd's"] == "not measured"


def test_operations_are_those_of_the_matrix_products():
    assert Network((3, 5), 7, "float32").flops == 2 * 2 * 7 * 3 * 5  # forward and dW
    assert Network((3, 5, 2), 7, "float32").flops == 2 * 7 * (2 * 3 * 5 + 3 * 5 * 2)


def test_programs_have_the_gradients_that_they_should():
    root, (a, b) = scalars.readme(*scalars.our_kind())
    root.backward()
    assert np.allclose([root.data, a.grad, b.grad], [24.7041, 138.8338, 645.5773], atol=1e-4)
    root, [x] = scalars.chain(30)(*scalars.our_kind())
    root.backward()
    assert x.grad == pytest.approx(0.999**10 + sum(0.999**k for k in range(1, 11)))

"""The report on backward passes: of made-up results, and of a tiny run with the peers that are installed here."""

import pytest

from benchmarks.backprop import report
from benchmarks.backprop.__main__ import run
from benchmarks.backprop.networks import Network
from benchmarks.backprop.peers import OURS, PEAK, PEAK_SIZE, PEERS, RETURNING, Peer, torch
from benchmarks.processes import SLOWING

SMALL, LARGE = Network((2, 16, 16, 1), 1, "float64"), Network((64, 256, 256, 10), 256, "float32")
KINDS = {"all": 1e-4, "matrix products": 6e-5, "loss": 5e-6}
SCALARS = {
    "README example": {"nodes": 40, "our Value": 1e-5, "micrograd": 1.5e-5},
    "chain of 1,000": {"nodes": 1000, "our Value": 3e-4},
    "chain of 10,000": {"nodes": 10_000, "our Value": 5e-3},
}


def report_of(small, large, scalars=SCALARS, slowing=()):
    """The report of one small and one large network, whose times are in units of ours; and the rows of its targets."""
    unit = {SMALL: 2e-5, LARGE: 2e-3}
    results = {
        (network.dtype, 1): {network: {peer: unit[network] * time for peer, time in ({OURS: 1.0} | times).items()}}
        for network, times in ((SMALL, small), (LARGE, large))
    }
    versions = {1: {OURS: ("numpy 2.0", "openblas with num_threads = 1")}}
    text = report.report(results, versions, {SMALL: KINDS}, scalars, 15, 0.02, slowing)
    targets = text.partition("## Targets")[2].partition("##")[0].splitlines()
    return text, dict(line.strip("| ").split(" | ") for line in targets if line.startswith("| "))


def peak(share):
    """Time of the matrix product in units of ours, where our share of the peak is this."""
    return 2 * PEAK_SIZE**3 / LARGE.flops * share


def test_targets_are_judged_by_the_smallest_figure_and_misses_explained():
    text, found = report_of(
        {"PyTorch eager": 3.0, "autograd": 12.0, "micrograd": 40.0},
        {"PyTorch eager": 1.25, PEAK: peak(0.75), RETURNING: 1.2},
    )
    missed = "**missed** in 1 of 1 cases by up to"
    assert found["3.5 times as fast as PyTorch eager, batch ≤ 100"] == (
        f"{missed} 14%: smallest 3 (2-16-16-1, batch 1, float64)"
    )
    assert found["10 times as fast as autograd, batch ≤ 100"].startswith("met: smallest 12")
    assert found["35 times as fast as micrograd, batch 1"].startswith("met: smallest 40")
    assert found["0.7 of the matrix-product peak, batch 256"].startswith("met: smallest 0.75")
    assert found["(no target) the same where freed memory is returned"] == "not measured"  # of batch 1024, the last
    assert found["as fast as PyTorch, batch ≥ 256"].startswith("met: smallest 1.25 (64-256-256-10")
    assert found["`Value`'s backward as fast as micrograd's"] == "met: smallest 1.5 (README example)"
    assert found["`Value`'s backward linear in the nodes (within a third)"].startswith(f"{missed} 20%: smallest 0.6")
    assert found["as fast as JAX jit, batch ≤ 100"] == "not measured"
    reasons = [line for line in text.splitlines() if line.startswith("Why missed: ")]
    assert len(reasons) == 3  # small networks, returned memory, the processor's cache
    assert f"(no target) the same where freed memory is returned | {missed} 11%: smallest 0.625" in text


def test_tables_hold_times_ratios_and_shares():
    text, _ = report_of({"PyTorch eager": 3.0, "our Value": 4000.0}, {"PyTorch eager": 1.25, PEAK: peak(0.75)})
    assert "| network | NumPy, by hand | PyTorch eager, ratio | our Value, ratio |" in text
    assert "| 2-16-16-1, batch 1 | 20 µs | 3 | 4e+03 |" in text
    assert "## float32, 1 thread\n\n| network | NumPy, by hand | PyTorch eager, ratio |\n" in text
    assert "| 64-256-256-10, batch 256 | 2 ms | 1.25 |" in text
    assert "| 64-256-256-10, batch 256 | float32 | 1 | 81 | 61 | 75% |" in text
    assert "| 2-16-16-1, batch 1 | float64 | 100 µs | 60% | 5% |" in text
    assert "| README example | 40 | 10 µs | 250 ns | 15 µs | 1.50 |" in text
    assert "| chain of 1,000 | 1,000 | 300 µs | 300 ns | missing |  |" in text
    assert "0.0001 in float32, 1e-10 in float64)" in text and "medians of 15 rounds" in text and "20 ms." in text


def test_no_ratio_is_made_up_where_nothing_was_measured():
    text, found = report_of({}, {}, scalars={})
    assert set(found.values()) == {"measured", "---", "not measured"}
    assert "Why missed" not in text


@pytest.mark.parametrize("missing", [(), ("torch",), ("jax", "micrograd")])
def test_peers_that_are_missing_are_named(missing, monkeypatch):
    monkeypatch.setattr(report, "installed", lambda peer: PEERS[peer].module not in missing)
    text, _ = report_of({}, {})
    named = ", ".join(peer for peer in PEERS if PEERS[peer].module in missing)
    sentence = f"Missing, and so not measured: {named}; `make bench-setup` installs them."
    assert (sentence if missing else "No peer is missing.") in text.splitlines()
    assert ("No peer is missing" in text) == (not missing)


@pytest.mark.parametrize("slowing", [(), SLOWING[:1], SLOWING])
def test_variables_that_were_set_outside_are_named(slowing):
    text, _ = report_of({}, {}, slowing=slowing)
    assert (f"were set on this machine and unset for this run: {', '.join(slowing)}." in text) == bool(slowing)
    assert ("may slow NumPy, were not set." in text) == (not slowing)


def test_a_tiny_run_is_reported(tmp_path, monkeypatch):
    monkeypatch.setenv(SLOWING[0], "Haswell")
    monkeypatch.delenv(SLOWING[1], raising=False)
    monkeypatch.setitem(PEERS, "PyTorch eager", Peer(torch, "no_such_module"))
    path = tmp_path / "report.md"
    tiny = {"shapes": [((2, 3, 1), 1), ((2, 3, 2), 4)], "dtypes": ("float64",), "repeats": 1, "min_time": 1e-4}
    text = run(path, **tiny, threads=(1, 10_000), progress=lambda line: None)
    assert path.read_text(encoding="utf-8") == text
    assert "| 2-3-1, batch 1 |" in text and "| 2-3-2, batch 4 |" in text and "| chain of 10,000 | 10,000 |" in text
    assert "autograd, ratio" in text and "## float64, 1 thread\n" in text and "10000 threads" not in text
    assert f"unset for this run: {SLOWING[0]}." in text and "not measured: PyTorch eager" in text

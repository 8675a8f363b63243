"""The scripts that need a browser or nbgrader: what they import is there, and so is what their notebook imports."""

from importlib import import_module

import pytest

from benchmarks import lite, live_latency


@pytest.mark.parametrize("name", ["grading", "lite", "live_latency"])
def test_scripts_can_be_imported(name):
    assert callable(import_module(f"benchmarks.{name}").main)


@pytest.mark.parametrize("cell", ["ACTOR", "SIXTY", "INTERACT"])
def test_cells_import_what_is_there(cell):
    imports = [line for line in getattr(live_latency, cell).splitlines() if line.startswith("from helpers")]
    exec("\n".join(imports), names := {})
    assert len(names) > len(imports)  # with `__builtins__`


@pytest.mark.parametrize(
    "slower, theirs, met",
    [({}, 200.0, True), ({"drag": 4.1}, 200.0, False), ({"step, 60 nodes": 5.1}, 250.0, False), ({}, 155.0, False)],
)
def test_report_judges_every_median(slower, theirs, met):
    ours = {name: [0.0, slower.get(name, 3.9), 9.0] for name in live_latency.MOST}
    text, verdict = live_latency.report(ours, [theirs], "156.0.1")
    assert verdict == met and ("missed" in text) == (not met)
    assert "| 3.9 ms | 0.0 to 9.0 ms |" in text and "Chromium 156." in text


@pytest.mark.parametrize("slowest, met", [(14.9, True), (15.1, False)])
def test_report_of_the_browsers_python(slowest, met):
    seen = {
        "00": (9.0, [(1.0, "first"), (2.0, "second")], 40_400_000),
        "01": (8.0, [(0.5, "first"), (slowest, "long")], 40_600_000),
    }
    text, verdict = lite.report(seen, "156.0.1")
    assert verdict == met and ("missed" in text) == (not met)
    assert "9.2 s (8.5 to 10.0 s)" in text and "for 41 MB, once" in text
    assert f"| 01 | 8.5 s | {slowest + 0.5:.0f} s | {slowest} s, `long` |" in text

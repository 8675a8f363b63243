"""The scripts that need a browser or nbgrader: what they import is there, and so is what their notebook imports."""

from importlib import import_module

import pytest

from benchmarks import stepper_latency


@pytest.mark.parametrize("name", ["grading", "stepper_latency"])
def test_scripts_can_be_imported(name):
    assert callable(import_module(f"benchmarks.{name}").main)


@pytest.mark.parametrize("cell", [stepper_latency.STEPPER, stepper_latency.INTERACT])
def test_cells_import_what_is_there(cell):
    imports = [line for line in cell.splitlines() if line.startswith("from helpers")]
    exec("\n".join(imports), names := {})
    assert len(names) > len(imports) >= 2  # with `__builtins__`


@pytest.mark.parametrize("ours, theirs, word", [(1.8, 161.0, "met"), (5.1, 900.0, "missed"), (4.0, 159.0, "missed")])
def test_report_judges_both_medians(ours, theirs, word):
    text = stepper_latency.report([0.0, ours, 9.0], [theirs], "156.0.1")
    assert f"| {ours:.1f} ms | 0.0 to 9.0 ms |" in text and f"faster): {word}." in text and "Chromium 156," in text

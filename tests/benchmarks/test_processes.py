"""Processes with threads and variables of their own; the variables of this machine are set or cleared first."""

import math
import os

import pytest

from benchmarks.processes import SLOWING, processors, slowing, worker


@pytest.mark.parametrize("outside", [(), SLOWING[:1], SLOWING[1:], SLOWING])
def test_variables_that_slow_are_found(outside, monkeypatch):
    for name in SLOWING:
        monkeypatch.delenv(name, raising=False)
    for name in outside:
        monkeypatch.setenv(name, "Haswell")
    assert slowing() == list(outside)


def test_variables_are_changed_for_the_process_alone(monkeypatch):
    for name in (*SLOWING, "MALLOC_TOP_PAD_"):
        monkeypatch.setenv(name, "64")
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    before = dict(os.environ)
    with worker(variables={"MALLOC_TOP_PAD_": None, "FTG_ADDED": "1"}) as ask:
        assert os.environ == before
        names = [*SLOWING, "MALLOC_TOP_PAD_", "OMP_NUM_THREADS", "FTG_ADDED"]
        assert [ask(os.getenv, name) for name in names] == [None, None, None, "1", "1"]
        assert ask(processors) == processors()[-1:]
        assert ask(os.getpid) == ask(os.getpid) != os.getpid()
        with pytest.raises(ValueError, match="math domain error"):
            ask(math.sqrt, -1)

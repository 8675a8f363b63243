"""A cell shows its last result only: what the earlier ones said must be seen with it, and nothing twice."""

import nbformat
import pytest
from notebook_runs import execute

from helpers.checks import results
from helpers.checks.checker import Checker
from helpers.checks.exercise import EXERCISES
from helpers.engine.assembly import assemble
from helpers.engine.hunt import BugHunt


@pytest.fixture
def cell(monkeypatch):
    """Begins the next run of a cell."""
    runs = iter(range(1, 10))
    monkeypatch.setattr(results, "_told", {})

    def begin():
        run = next(runs)
        monkeypatch.setattr(results, "_run", lambda: run)

    begin()
    return begin


def complex_slope(f, x):
    return f(x + 1e-20j).real


@pytest.fixture
def desk():
    return Checker(EXERCISES)


def test_a_hint_does_not_hide_the_verdict(cell, desk):
    verdict = desk(complex_slope)
    hint = desk.hint()
    assert hint._repr_markdown_() == f"{verdict.markdown()}\n\n{hint.text}"
    assert repr(hint) == f"{verdict.plain()}\n{hint.text}"
    assert verdict.status == "mistake" and verdict.markdown().startswith("**Not yet.** ")


def test_every_result_of_a_cell_is_seen(cell, desk):
    told = [desk(complex_slope), desk(EXERCISES["complex_slope"].solution), desk.hint(), desk.solution()]
    assert told[-1]._repr_markdown_() == "\n\n".join(result.markdown() for result in told)


def test_what_was_printed_is_not_said_again(cell, desk):
    print(desk(complex_slope))
    hint = desk.hint()
    assert repr(hint) == hint.text


def test_the_next_cell_begins_anew(cell, desk):
    desk(complex_slope)
    cell()
    hint = desk.hint()
    assert repr(hint) == hint.text


def test_outside_a_notebook_each_result_stands_alone(desk):
    desk(complex_slope)
    hint = desk.hint()
    assert repr(hint) == hint.text and repr(desk(complex_slope)).startswith("Not yet.")


def test_the_hunt_too(cell):
    hunt = BugHunt(assemble())
    first, second = hunt.patient(1), hunt.patient(9)
    assert second._repr_markdown_() == f"{first.markdown()}\n\n{second.markdown()}"
    assert hunt.mend(2)._repr_markdown_().count("Not attempted yet") == 1


def test_in_a_notebook(tmp_path):
    """The whole way: IPython counts the runs."""
    stub = "from helpers.checks import check\ndef complex_slope(f, x):\n    return f(x + 1e-20j).real\n"
    sources = f"{stub}check(complex_slope)\ncheck.hint()", "check.hint()"
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    notebook = nbformat.v4.new_notebook(cells=cells)
    execute(notebook)
    first, second = (cell.outputs[0].data["text/markdown"] for cell in notebook.cells)
    assert first.startswith("**Not yet.** ") and "Hint 1" in first
    assert second.startswith("Hint 2")

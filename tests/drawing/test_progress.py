"""The line that counts: what it says while it runs, and that one line is left of it, in a notebook and elsewhere."""

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from notebook_runs import hidden_errors, run

from helpers.drawing import progress as module
from helpers.drawing.progress import progress

ROOT = Path(__file__).resolve().parents[2]
DONE = re.compile(r"3 of 3 nets, \d+\.\d s")
LOOP = "from helpers.plots import progress\nimport time\nfor k in progress(range(3), 'nets'):\n    time.sleep(0.15)\n"
CALLS = "with progress(words='steps', total=9) as bar:\n    for k in range(9):\n        bar.update()"
BROKEN = "for k in progress(range(3), 'nets'):\n    if k == 2:\n        raise ValueError('two')"


@pytest.fixture
def clock(monkeypatch):
    """Time as the line sees it; a test moves it."""
    now = [100.0]
    monkeypatch.setattr(module, "perf_counter", lambda: now[0])
    return now


def test_hands_on_every_item(capsys):
    assert list(progress("abc")) == ["a", "b", "c"]
    assert list(progress(iter([]))) == list(progress([])) == []
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "total, count, text",
    [
        (4, 0, "[....................] 0 of 4 nets, 0.0 s"),
        (4, 1, "[#####...............] 1 of 4 nets, 0.0 s"),
        (4, 4, "4 of 4 nets, 0.0 s"),
        (4, 5, "5 of 4 nets, 0.0 s"),
        (None, 7, "7 nets, 0.0 s"),
    ],
)
def test_says_how_much_is_done(clock, total, count, text):
    bar = progress(words="nets", total=total)
    for _ in range(count):
        bar.update()
    assert bar.text() == text


def test_looks_no_oftener_than_ten_times_a_second(clock, monkeypatch):
    bar, shown = progress(words="nets"), []
    monkeypatch.setattr(bar, "_show", lambda end="": shown.append(bar.count) or setattr(bar, "shown", clock[0]))
    for _ in range(100):
        clock[0] += 0.03
        bar.update()
    assert 20 <= len(shown) <= 35


def test_in_a_terminal_the_line_is_rewritten_and_ends():
    program = subprocess.run([sys.executable, "-c", LOOP], cwd=ROOT, capture_output=True, check=True)
    assert program.stdout == b""
    first, *earlier, last = program.stderr.decode().replace("\r\n", "\n").split("\r")
    assert first == "" and len(earlier) > 2 and DONE.fullmatch(last.rstrip()) and last.endswith("\n")
    assert all(len(line) <= len(last.rstrip("\n")) for line in earlier)  # nothing of a longer line stays


def test_a_terminal_of_few_letters_takes_it():
    program = [sys.executable, "-c", LOOP]
    environment = {"PYTHONIOENCODING": "cp1252:strict", "PATH": ""}
    assert subprocess.run(program, cwd=ROOT, env=environment, capture_output=True, check=True).stderr


@pytest.fixture(scope="module")
def notebook():
    cells = [nbformat.v4.new_code_cell(source, id=f"cell-{k}") for k, source in enumerate([LOOP, CALLS, BROKEN])]
    with ThreadPoolExecutor(1) as other:  # Playwright's loop may run in this thread
        return other.submit(run, nbformat.v4.new_notebook(cells=cells), allow_errors=True).result()


def lines(cell):
    return [output["data"] for output in cell.outputs if output["output_type"] == "display_data"]


def test_a_notebook_keeps_one_line_of_text(notebook):
    loop, calls, _ = notebook.cells
    for cell, words in ((loop, DONE), (calls, re.compile(r"9 of 9 steps, \d+\.\d s"))):
        ((mimetype, text),) = lines(cell)[0].items()
        assert len(cell.outputs) == 1 and mimetype == "text/plain" and words.fullmatch(text)
    assert hidden_errors(notebook) == [notebook.cells[2].outputs[-1]]
    assert "widgets" not in notebook.metadata


def test_a_loop_that_fails_says_how_far_it_came(notebook):
    broken = notebook.cells[2]
    assert "2 of 3 nets" in lines(broken)[0]["text/plain"]
    assert broken.outputs[-1]["ename"] == "ValueError"

"""Runs of the lessons, three kernels at a time, each once however many tests look at it."""

from concurrent.futures import ThreadPoolExecutor

import nbformat
import pytest
from notebook_runs import read, run, solved
from parts_in_lessons import (
    kept_file,
    with_cells_twice,
    with_file,
    with_mistakes,
    with_parts,
    with_slips,
    with_tampering,
)

from tools.executed import executed

KINDS = {  # by fixture: what becomes of the lesson
    "empty": lambda notebook: notebook,
    "again": lambda notebook: with_cells_twice(with_parts(solved(notebook))),
    "slips": lambda notebook: with_tampering(with_mistakes(with_slips(notebook))),
}


@pytest.fixture(scope="session")
def runs(request, tmp_path_factory):
    """What comes of a run, by (kind, lesson), and its file: all that the chosen tests ask for.

    No thread but the main one may read Python: `ast` in 3.11 loses count of how deep two of them are.
    """
    chosen = [item for item in request.session.items if "runs" in item.fixturenames]
    asked = {(kind, item.callspec.params["path"]) for item in chosen for kind in KINDS if kind in item.fixturenames}
    notebooks = {(kind, path): KINDS[kind](read(path)) for kind, path in sorted(asked)}
    folder, kernels, chain = tmp_path_factory.mktemp("readers"), ThreadPoolExecutor(2), ThreadPoolExecutor(1)

    def filled_in(notebook):
        """Of the reader who fills in all lessons, one after another, with one file: this one, and the file then."""
        file = folder / "my_gradient.py"
        done = run(notebook, env=with_file(file), allow_errors=True)
        return done, file.read_text(encoding="utf-8") if file.exists() else ""

    def others(kind, path):
        if kind == "empty":
            return executed(path) or run(notebooks[kind, path]), ""
        file = kept_file(folder / f"{path.stem}.py")
        return run(notebooks[kind, path], env=with_file(file), allow_errors=True), file.read_text(encoding="utf-8")

    yield {
        (kind, path): chain.submit(filled_in, notebook) if kind == "again" else kernels.submit(others, kind, path)
        for (kind, path), notebook in notebooks.items()
    }
    for pool in (kernels, chain):
        pool.shutdown(cancel_futures=True)


@pytest.fixture
def empty(runs, path):
    """The lesson, run with nothing filled in."""
    return runs["empty", path].result()[0]


@pytest.fixture
def again(runs, path):
    """The lesson with every exercise solved and every part filled in, each of its cells run twice."""
    return runs["again", path].result()[0]


@pytest.fixture
def solution(again):
    """Of the same, what each cell said when it was run first."""
    cells = [cell for cell in again.cells if not cell.id.endswith("-again")]
    return nbformat.from_dict({**again, "cells": cells})


@pytest.fixture
def slips(runs, path):
    """The lesson with all known slips of its parts, none mended, and with all mistakes of its exercises.

    It runs beside a file of which all is the reader's; at its end, beside a spoiled one.
    """
    return runs["slips", path].result()[0]


@pytest.fixture
def file(runs, path):
    """A function: kind of run -> the text of its file, as the run left it."""
    return lambda kind: runs[kind, path].result()[1]


@pytest.fixture
def filled_before(runs, path):
    """The lessons that were filled in before this one, with the same file, and this one."""
    return sorted(other for kind, other in runs if kind == "again" and other <= path)

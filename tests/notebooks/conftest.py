"""Runs of the lessons, two kernels at a time, each once however many tests look at it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from notebook_runs import mistaken, read, run, solved, with_rounds
from parts_in_lessons import (
    after_engine,
    kept_file,
    tampered_file,
    with_cells_twice,
    with_file,
    with_parts,
    with_slips,
    with_sources,
)

from helpers.checks.exercise import EXERCISES


def with_mistakes(notebook):
    """One notebook for all known mistakes of checked exercises: in round k each carries its k-th."""
    rounds = [{name: EXERCISES[name].wrong_source((m,)) for name, m in made.items()} for made in mistaken(notebook)]
    return with_rounds(notebook, rounds)


RUNS = {  # by fixture: the notebook, and how a file is made that the reader has kept, or None
    "empty": (lambda notebook: notebook, None),
    "solution": (lambda notebook: with_parts(solved(notebook)), lambda path: path),
    "again": (lambda notebook: with_cells_twice(with_parts(solved(notebook))), lambda path: path),
    "mistakes": (with_mistakes, None),
    "slips": (with_slips, None),
    "kept": (with_sources, kept_file),
    "tampered": (after_engine, tampered_file),
}


@pytest.fixture(scope="session")
def runs(request, tmp_path_factory):
    """What comes of a run, by (kind, lesson), and its file: all that the chosen tests ask for.

    No thread but the main one may read Python: `ast` in 3.11 loses count of how deep two of them are.
    """
    chosen = [item for item in request.session.items if "runs" in item.fixturenames]
    wanted = [(kind, item.callspec.params["path"]) for item in chosen for kind in RUNS if kind in item.fixturenames]
    files = {}
    for kind, path in wanted:
        made = RUNS[kind][1]
        files[kind, path] = made and made(tmp_path_factory.mktemp(kind) / "my_gradient.py")
    notebooks = {(kind, path): RUNS[kind][0](read(path)) for kind, path in dict.fromkeys(wanted)}
    kernels = ThreadPoolExecutor(2)

    def submitted(kind, path):
        file = files[kind, path]
        options = {"env": with_file(file)} if file else {}
        return kernels.submit(run, notebooks[kind, path], allow_errors=kind == "mistakes", **options), file

    yield {key: submitted(*key) for key in notebooks}
    kernels.shutdown(cancel_futures=True)


@pytest.fixture
def empty(runs, path):
    """The lesson, run with nothing filled in."""
    return runs["empty", path][0].result()


@pytest.fixture
def solution(runs, path):
    """The lesson, run with every exercise solved and every part filled in; its file is new."""
    return runs["solution", path][0].result()


@pytest.fixture
def again(runs, path):
    """The same, with each of its cells run twice."""
    return runs["again", path][0].result()


@pytest.fixture
def mistakes(runs, path):
    """The lesson, run with all known mistakes of its checked exercises, a round for each."""
    return runs["mistakes", path][0].result()


@pytest.fixture
def slips(runs, path):
    """The lesson, run with all known slips of its parts, and none mended."""
    return runs["slips", path][0].result()


@pytest.fixture
def kept(runs, path):
    """The lesson, run with nothing filled in, beside a file in which all parts are the reader's."""
    return runs["kept", path][0].result()


@pytest.fixture
def tampered(runs, path):
    """Of the lesson what needs the engine, run beside a file that was edited by hand, and not well."""
    return runs["tampered", path][0].result()


@pytest.fixture
def file(runs, path):
    """A function: kind of run -> its file."""
    return lambda kind: runs[kind, path][1]

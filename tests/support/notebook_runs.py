"""Lessons as test material: reading them, filling in their exercises, running them without a screen."""

import asyncio
import copy
import os
import re
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from notebook_slices import sliced
from traitlets.config import Config

from helpers.checks.exercise import EXERCISES

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
LESSONS = sorted(NOTEBOOKS.glob("[0-9]*.ipynb"))


def read(path):
    return nbformat.read(path, as_version=4)


def badly_named(raw):
    """Ids of cells, in a notebook read as JSON, that are not readable, or stand there twice."""
    ids = [cell["id"] for cell in raw["cells"]]
    readable = re.compile(r"(?![0-9a-f]{8}$)[a-z0-9]+(-[a-z0-9]+)*")
    return [name for name in ids if ids.count(name) > 1 or not readable.fullmatch(name)]


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def asks_for_part(cell):
    """Whether the reader writes a part of the engine in this cell, and no checked exercise."""
    return cell.cell_type == "code" and cell.source.startswith("@mine")


def is_exercise(cell):
    return "exercise" in cell.metadata and not asks_for_part(cell)


def exercises(notebook):
    """Names of the checked exercises in a lesson, in order."""
    return [cell.metadata["exercise"] for cell in code_cells(notebook) if is_exercise(cell)]


def filled_in(notebook, answers):
    """A copy of the notebook with source text in place of the stubs named in answers."""
    notebook = copy.deepcopy(notebook)
    for cell in code_cells(notebook):
        if is_exercise(cell) and cell.metadata["exercise"] in answers:
            cell.source = answers[cell.metadata["exercise"]]
    return notebook


def solved(notebook):
    return filled_in(notebook, {name: EXERCISES[name].source for name in exercises(notebook)})


def run(notebook, env=None, **options):
    """Execute a copy of the notebook in a kernel of its own, as in JupyterLab; an error in a cell raises."""
    notebook, kernel = copy.deepcopy(notebook), {"env": env} if env else {}
    execute(notebook, kernel, timeout=120, resources={"metadata": {"path": str(NOTEBOOKS)}}, **options)
    return notebook


def execute(notebook, kernel=None, **options):
    """Execute a notebook in place.

    The kernel listens on files, since two suites that run at once may find the same port; the loop has a thread of its
    own, since a browser's may be running in this one.
    """
    with tempfile.TemporaryDirectory() as folder:
        config = (
            Config({"KernelManager": {"transport": "ipc", "ip": f"{folder}/k"}}) if os.name == "posix" else Config()
        )
        client = NotebookClient(notebook, shutdown_kernel="immediate", config=config, **options)
        with ThreadPoolExecutor(1) as thread:
            thread.submit(lambda: asyncio.run(client.async_execute(**(kernel or {})))).result()


def mistaken(notebook):
    """The rounds of a lesson: in round k every exercise carries its k-th known mistake, by the exercise's name."""
    mistakes = {name: EXERCISES[name].mistakes for name in exercises(notebook)}
    rounds = range(max(map(len, mistakes.values()), default=0))
    return [{name: known[k % len(known)] for name, known in mistakes.items()} for k in rounds]


def with_rounds(notebook, rounds):
    """One notebook for all rounds: the cells that they need, then for each round those that depend on its answers.

    rounds: for each the answers' sources by the exercise's name. A cell of round k has `"round": k` in its metadata.
    """
    cells, each_round = code_cells(notebook), [code_cells(filled_in(notebook, answers)) for answers in rounds]
    texts = [[cell.source for cell in versions] for versions in zip(*each_round, strict=True)]
    of_round, needed = sliced(texts, [place for place, cell in enumerate(cells) if is_exercise(cell)])
    whole = copy.deepcopy(notebook)
    whole.cells = [cells[place] for place in needed]
    for k, versions in enumerate(each_round):
        for place in of_round:
            versions[place].metadata["round"], versions[place].id = k, f"round-{k}-cell-{place}"
            whole.cells.append(versions[place])
    return whole


def round_of(notebook, k):
    """Of an executed notebook `with_rounds`, what round k came upon: the cells that all rounds need, and its own."""
    return nbformat.from_dict({**notebook, "cells": [c for c in notebook.cells if c.metadata.get("round", k) == k]})


def verdicts(notebook):
    """Text of every check's verdict, by the name of the exercise."""
    found = {}
    for cell in code_cells(notebook):
        if cell.source.startswith("check("):
            name = cell.source.removeprefix("check(").partition(")")[0]
            found[name] = cell.outputs[0]["data"]["text/plain"]
    return found


def hidden_errors(notebook):
    """Errors that a runner does not see: in the state of widgets, in streams, in other outputs."""
    state = notebook.metadata.get("widgets", {}).get("application/vnd.jupyter.widget-state+json", {}).get("state", {})
    outputs = [output for widget in state.values() for output in widget.get("state", {}).get("outputs", [])]
    outputs += [output for cell in code_cells(notebook) for output in cell.outputs]
    return [output for output in outputs if output["output_type"] == "error" or output.get("name") == "stderr"]

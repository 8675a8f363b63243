"""Lessons as test material: reading them, filling in their exercises, running them without a screen."""

import asyncio
import copy
import re
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from notebook_slices import sliced

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


def exercises(notebook):
    """Names of the exercises in a lesson, in order."""
    return [cell.metadata["exercise"] for cell in code_cells(notebook) if "exercise" in cell.metadata]


def filled_in(notebook, answers):
    """A copy of the notebook with source text in place of the stubs named in answers."""
    notebook = copy.deepcopy(notebook)
    for cell in code_cells(notebook):
        if cell.metadata.get("exercise") in answers:
            cell.source = answers[cell.metadata["exercise"]]
    return notebook


def solved(notebook):
    return filled_in(notebook, {name: EXERCISES[name].source for name in exercises(notebook)})


def run(notebook, **options):
    """Execute a copy of the notebook in a kernel of its own, as in JupyterLab; an error in a cell raises."""
    notebook = copy.deepcopy(notebook)
    options |= {"timeout": 120, "shutdown_kernel": "immediate", "resources": {"metadata": {"path": str(NOTEBOOKS)}}}
    asyncio.run(NotebookClient(notebook, **options).async_execute())
    return notebook


def mistaken(notebook):
    """The rounds of a lesson: in round k every exercise carries its k-th known mistake, by the exercise's name."""
    mistakes = {name: EXERCISES[name].mistakes for name in exercises(notebook)}
    rounds = range(max(map(len, mistakes.values()), default=0))
    return [{name: known[k % len(known)] for name, known in mistakes.items()} for k in rounds]


def run_rounds(notebook, rounds):
    """Execute, for each round of answers, the cells that depend on the answers; returns a notebook for each round.

    rounds: for each the sources by the exercise's name. One kernel runs all rounds, and before them what they need.
    """
    cells = code_cells(notebook)
    answers = [place for place, cell in enumerate(cells) if "exercise" in cell.metadata]
    texts = [[each.get(cell.metadata.get("exercise"), cell.source) for each in rounds] for cell in cells]
    dependent, needed = sliced(texts, answers)
    whole = filled_in(notebook, {})
    whole.cells = [cells[place] for place in needed]
    for answered in (code_cells(filled_in(notebook, each)) for each in rounds):
        whole.cells += [answered[place] for place in dependent]
    for k, cell in enumerate(whole.cells):
        cell.id = f"cell-{k}"
    done = run(whole, allow_errors=True)
    shared, rest = done.cells[: len(needed)], done.cells[len(needed) :]
    each_round = [rest[k : k + len(dependent)] for k in range(0, len(rest), len(dependent))]
    return [nbformat.from_dict({**done, "cells": shared + own}) for own in each_round]


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

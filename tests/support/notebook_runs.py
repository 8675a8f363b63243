"""Lessons as test material: reading them, filling in their exercises, running them without a screen."""

import asyncio
import copy
import re
from pathlib import Path

import nbformat
from engine_slips import slips_of
from nbclient import NotebookClient
from notebook_slices import sliced

from helpers.checks.exercise import EXERCISES
from helpers.engine.part import PARTS

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
LESSONS = sorted(NOTEBOOKS.glob("[0-9]*.ipynb"))
BUILT = {name: part for name, part in PARTS.items() if name not in EXERCISES}  # the others are still exercises


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
    """Names of the exercises in a lesson, and of the parts of the engine that it asks for, in order."""
    names = [cell.metadata["exercise"] for cell in code_cells(notebook) if "exercise" in cell.metadata]
    return list(dict.fromkeys(names))


def solution_of(name):
    """The text of the right answer to an exercise, or of the series' own part."""
    return EXERCISES[name].source if name in EXERCISES else PARTS[name].own


def mistakes_of(name):
    """The known mistakes of an exercise, or of a part: with a name, and words that the verdict holds."""
    return EXERCISES[name].mistakes if name in EXERCISES else slips_of(name)


def with_mistake(name, mistake):
    """The text of the right answer with this mistake in it."""
    return solution_of(name).replace(mistake.right, mistake.wrong)


def mark_of(cell):
    """What stands above the function in a cell: `@mine` and its kind, '' for an exercise."""
    return cell.source[: re.search(r"^def ", cell.source, re.M).start()]


def filled_in(notebook, answers):
    """A copy of the notebook with source text in place of the stubs named in answers; a draft gets the right draft."""
    notebook = copy.deepcopy(notebook)
    for cell in code_cells(notebook):
        name = cell.metadata.get("exercise")
        if name in answers:
            draft = BUILT[name].draft if ".draft" in mark_of(cell) else None
            cell.source = mark_of(cell) + (draft.own if draft else answers[name])
    return notebook


def solved(notebook):
    return filled_in(notebook, {name: solution_of(name) for name in exercises(notebook)})


def run(notebook, **options):
    """Execute a copy of the notebook in a kernel of its own, as in JupyterLab; an error in a cell raises."""
    notebook = copy.deepcopy(notebook)
    options |= {"timeout": 120, "shutdown_kernel": "immediate", "resources": {"metadata": {"path": str(NOTEBOOKS)}}}
    asyncio.run(NotebookClient(notebook, **options).async_execute())
    return notebook


def mistaken(notebook):
    """The rounds of a lesson: in round k every exercise carries its k-th known mistake, by the exercise's name."""
    mistakes = {name: mistakes_of(name) for name in exercises(notebook)}
    rounds = range(max(map(len, mistakes.values()), default=0))
    return [{name: known[k % len(known)] for name, known in mistakes.items()} for k in rounds]


def with_rounds(notebook, rounds):
    """One notebook for all rounds: the cells that they need, then for each round those that depend on its answers.

    rounds: for each the answers' sources by the exercise's name. A cell of round k has `"round": k` in its metadata.
    """
    cells, each_round = code_cells(notebook), [code_cells(filled_in(notebook, answers)) for answers in rounds]
    texts = [[cell.source for cell in versions] for versions in zip(*each_round, strict=True)]
    of_round, needed = sliced(texts, [place for place, cell in enumerate(cells) if "exercise" in cell.metadata])
    whole = copy.deepcopy(notebook)
    whole.cells = [cells[place] for place in needed]
    for k, answered in enumerate(each_round):
        for place in of_round:
            answered[place].metadata["round"], answered[place].id = k, f"round-{k}-cell-{place}"
            whole.cells.append(answered[place])
    return whole


def round_of(notebook, k):
    """Of an executed notebook `with_rounds`, what round k came upon: the cells that all rounds need, and its own."""
    return nbformat.from_dict({**notebook, "cells": [c for c in notebook.cells if c.metadata.get("round", k) == k]})


def verdicts(notebook):
    """Text of every check's verdict, by the name of the exercise; of a part whose draft is asked first, the last."""
    found = {}
    for cell in code_cells(notebook):
        if cell.metadata.get("exercise") in BUILT:
            found[cell.metadata["exercise"]] = cell.outputs[0]["data"]["text/plain"]
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

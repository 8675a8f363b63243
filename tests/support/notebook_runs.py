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
    """Execute a notebook in place; the kernel hears which cell runs, as JupyterLab has it.

    It listens on files, since two suites that run at once may find the same port; the loop has a thread of its
    own, since a browser's may be running in this one. What a cell prints is one output, in however many pieces a
    busy machine sends it.
    """
    with tempfile.TemporaryDirectory() as folder:
        config = (
            Config({"KernelManager": {"transport": "ipc", "ip": f"{folder}/k"}}) if os.name == "posix" else Config()
        )
        client = NotebookClient(notebook, shutdown_kernel="immediate", coalesce_streams=True, config=config, **options)
        client.on_cell_execute = lambda cell, cell_index: client.kc.session.metadata.update(cellId=cell.id)
        with ThreadPoolExecutor(1) as thread:
            thread.submit(lambda: asyncio.run(client.async_execute(**(kernel or {})))).result()


def verdicts(notebook):
    """Text of every check's verdict, by the name of the exercise."""
    checks = [cell for cell in code_cells(notebook) if cell.source.startswith("check(")]
    return {checked(cell): cell.outputs[0]["data"]["text/plain"] for cell in checks}


def checked(cell):
    """The name of the exercise that a cell checks."""
    return cell.source.removeprefix("check(").partition(")")[0]


def hidden_errors(notebook):
    """Errors that a runner does not see: in the state of widgets, in streams, in other outputs."""
    state = notebook.metadata.get("widgets", {}).get("application/vnd.jupyter.widget-state+json", {}).get("state", {})
    outputs = [output for widget in state.values() for output in widget.get("state", {}).get("outputs", [])]
    outputs += [output for cell in code_cells(notebook) for output in cell.outputs]
    return [output for output in outputs if output["output_type"] == "error" or output.get("name") == "stderr"]

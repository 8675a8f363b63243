"""Parts of the engine in lessons: filling them in, with slips as well, and files that a reader may have kept.

A cell of a part has its name as "exercise" in its metadata, as the cells of the checked exercises have theirs.
"""

import ast
import copy
import html
import os
import re

import nbformat
from engine_slips import slips_of
from notebook_runs import asks_for_part, code_cells, is_exercise

from helpers.checks.exercise import EXERCISES
from helpers.engine.file_text import module_text
from helpers.engine.judging import judge
from helpers.engine.part import PARTS
from helpers.engine.verdict import PartVerdict


def part_cells(notebook):
    """The cells in which the reader writes a part, in order."""
    return [cell for cell in code_cells(notebook) if asks_for_part(cell)]


def part_of(cell):
    return PARTS[cell.metadata["exercise"]]


def is_draft(cell):
    return cell.source.startswith("@mine.draft")


def with_text(cell, text):
    """The source of a part's cell with another function below its decorator."""
    return cell.source[: cell.source.index("def ")] + text


def own_text(cell):
    """The series' own version of what this cell asks for."""
    part = part_of(cell)
    return part.draft.own if is_draft(cell) else part.own


def with_parts(notebook):
    """A copy of the notebook with the series' own version in place of each stub of a part."""
    notebook = copy.deepcopy(notebook)
    for cell in part_cells(notebook):
        cell.source = with_text(cell, own_text(cell))
    return notebook


def wrong_texts(cell):
    """All slips of a part that this cell must not accept: a list of (text, what is said of it)."""
    part, draft = part_of(cell), is_draft(cell)
    texts = [part.own.replace(slip.right, slip.wrong) for slip in slips_of(part.name)]
    judged = [(text, judge(part, text, draft)) for text in texts]
    return [(text, words) for text, words in judged if words]


def with_slips(notebook):
    """A copy in which each slip of each part is made in its place, one after another, and none is mended.

    After the first slip the cell is emptied again: it stands there as it is.
    """
    whole, cells = copy.deepcopy(notebook), []
    for cell in whole.cells:
        for k, (text, words) in enumerate(wrong_texts(cell) if asks_for_part(cell) else []):
            slip = copy.deepcopy(cell)
            slip.source, slip.id, slip.metadata["said"] = with_text(cell, text), f"{cell.id}-slip-{k}", words
            cells += [slip, cell] if k == 0 else [slip]
        if not asks_for_part(cell):
            cells.append(cell)
    whole.cells = cells
    return whole


def with_mistakes(notebook):
    """A copy with a round for each known mistake of an exercise: the answer with it, its check, and what reads it.

    What the check has lent the series' own to meets the same function in every round: the cell that lends stands in the
    first, and all cells in the last, in which the answer is open again. The rounds stand where the last cell that reads
    the answer does.
    """
    whole = copy.deepcopy(notebook)
    for stub in filter(is_exercise, code_cells(notebook)):
        name = stub.metadata["exercise"]
        readers = [cell for cell in code_cells(notebook) if cell.id != stub.id and reads(cell, name)]
        place = [cell.id for cell in whole.cells].index(readers[-1].id) + 1
        lends = [k for k, cell in enumerate(readers) if f"check.lend({name})" in cell.source]
        wrong = [EXERCISES[name].wrong_source((mistake,)) for mistake in EXERCISES[name].mistakes]
        made = []
        for k, answer in enumerate([*wrong, stub.source]):
            met = readers[: lends[0] + (k == 0)] if lends and answer != stub.source else readers
            for cell in [nbformat.v4.new_code_cell(answer, id=stub.id), *copy.deepcopy(met)]:
                cell.id, cell.metadata["round"] = f"{cell.id}-{name.replace('_', '-')}-{k}", [name, k]
                made.append(cell)
        whole.cells[place:place] = made
    return whole


def reads(cell, name):
    """Whether the cell's source has this name in it."""
    return any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(ast.parse(cell.source)))


def round_of(notebook, *mistake):
    """Of an executed notebook `with_mistakes`, the round of a mistake: (exercise, its number)."""
    cells = [cell for cell in notebook.cells if cell.metadata.get("round") == [*mistake]]
    return nbformat.from_dict({**notebook, "cells": cells})


def calls_engine(cell):
    """Whether it uses the kept file, and shows whose the parts are: `my.yours`, the engine itself, or the picture."""
    return "engine()" in cell.source or "mine.picture()" in cell.source


def with_tampering(notebook):
    """A copy that ends with the functions it has gone on with, the kept file, and, once this is spoiled, the engine."""
    whole = copy.deepcopy(notebook)
    functions = ", ".join(dict.fromkeys(cell.metadata["exercise"] for cell in part_cells(notebook)))
    whole.cells += [
        nbformat.v4.new_code_cell(source, id=name)
        for name, source in {
            "lent-sources": f"import inspect\n\n[inspect.getsource(each) for each in [{functions}]]",
            "kept-file": "import os\nfrom pathlib import Path\n\nPath(os.environ['FTG_MINE']).read_text('utf-8')",
            "tamper": f"_ = Path(os.environ['FTG_MINE']).write_text({tampered()!r}, 'utf-8')",
        }.items()
    ]
    for cell in filter(calls_engine, code_cells(notebook)):
        if "round" not in cell.metadata:
            whole.cells.append(copy.deepcopy(cell))
            whole.cells[-1].id = f"{cell.id}-tampered"
    return whole


def before_and_after_tampering(notebook):
    """The code cells of an executed notebook `with_tampering`: the lesson's, and those that met the spoiled file."""
    cells = code_cells(notebook)
    place = [cell.id for cell in cells].index("lent-sources")
    return cells[:place], [cell for cell in cells[place:] if cell.id.endswith("-tampered")]


def said(notebook):
    """What is said of the part, for each cell of one: (cell, words)."""
    return [(cell, cell.outputs[0]["data"]["text/plain"]) for cell in part_cells(notebook)]


def verdict(cell, status, words=""):
    """How a verdict begins."""
    return PartVerdict(cell.metadata["exercise"], status, words, "").plain().strip()


def guesses(notebook):
    """The outputs of all guesses of the lesson, truth included, by the cell's id."""
    own = [cell for cell in code_cells(notebook) if "round" not in cell.metadata]
    asking = [cell for cell in own if cell.source.rpartition("\n")[2].startswith("predict(")]
    return {cell.id: [output["data"] for output in cell.outputs] for cell in asking}


def with_cells_twice(notebook):
    """A copy in which each code cell stands twice, the second time as `...-again`."""
    whole, cells = copy.deepcopy(notebook), []
    for cell in code_cells(whole):
        again = copy.deepcopy(cell)
        again.id = f"{cell.id}-again"
        cells += [cell, again]
    whole.cells = cells
    return whole


def answered(outputs):
    """The answers that the outputs of a guess hold, wherever they stand in it."""
    pages = [html.unescape(data["text/html"]) for data in outputs if "text/html" in data]
    return [answer for page in pages for answer in re.findall(r"<b>Answer: (.*?)</b>", html.unescape(page))]


# Files


KEPT = {name: part.own.replace('"""', '"""Kept by the reader. ', 1) for name, part in PARTS.items()}


def kept_file(path):
    """Write a file in which all parts are the reader's; returns its path."""
    path.write_text(module_text(KEPT), encoding="utf-8")
    return path


def tampered():
    """The text of such a file with a wrong part, one that is no Python, and one nobody knows, all edited by hand."""
    text = module_text(KEPT)
    edits = (("grad += local", "grad = local"), ("append(node)", "append(node"), ("mine: score", "mine: scores"))
    for right, wrong in edits:
        assert right in text
        text = text.replace(right, wrong, 1)
    return text


def with_file(path):
    """The environment of a kernel whose file is at this path."""
    return {**os.environ, "FTG_MINE": str(path)}

"""Parts of the engine in lessons: filling them in, with slips as well, and files that a reader may have kept.

A cell of a part has its name as "exercise" in its metadata, as the cells of the checked exercises have theirs.
"""

import copy
import html
import os
import re

import nbformat
from engine_slips import slips_of
from notebook_runs import asks_for_part, code_cells
from notebook_slices import sliced

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
    """A copy in which each slip of each part is made in its place, one after another, and none is mended."""
    whole, cells = copy.deepcopy(notebook), []
    for cell in whole.cells:
        if asks_for_part(cell):
            for k, (text, words) in enumerate(wrong_texts(cell)):
                cells.append(copy.deepcopy(cell))
                cells[-1].source, cells[-1].id = with_text(cell, text), f"{cell.id}-slip-{k}"
                cells[-1].metadata["said"] = words
        else:
            cells.append(cell)
    whole.cells = cells
    return whole


def calls_engine(cell):
    """Whether it uses the kept file, and shows whose the parts are: `my.yours`, the engine itself, or the picture."""
    return "engine()" in cell.source or "mine.picture()" in cell.source


def after_engine(notebook):
    """A copy with the cells that need `engine()`, and those that these need."""
    whole, cells = copy.deepcopy(notebook), code_cells(notebook)
    callers = [place for place, cell in enumerate(cells) if calls_engine(cell)]
    of_engine, needed = sliced([[cell.source] for cell in cells], callers)
    ids = {cells[place].id for place in (*needed, *of_engine)}
    whole.cells = [cell for cell in whole.cells if cell.id in ids]
    return whole


def with_sources(notebook):
    """A copy that shows at its end the texts of the functions that it has gone on with."""
    whole = copy.deepcopy(notebook)
    functions = ", ".join(dict.fromkeys(cell.metadata["exercise"] for cell in part_cells(notebook)))
    listed = f"import inspect\n\n[inspect.getsource(each) for each in [{functions}]]"
    whole.cells.append(nbformat.v4.new_code_cell(listed, id="sources"))
    return whole


def said(notebook):
    """What is said of the part, for each cell of one: (cell, words)."""
    return [(cell, cell.outputs[0]["data"]["text/plain"]) for cell in part_cells(notebook)]


def verdict(cell, status, words=""):
    """How a verdict begins."""
    return PartVerdict(cell.metadata["exercise"], status, words, "").plain().strip()


def guesses(notebook):
    """The outputs of all guesses, truth included, by the cell's id."""
    asking = [cell for cell in code_cells(notebook) if cell.source.rpartition("\n")[2].startswith("predict(")]
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


def tampered_file(path):
    """The same with a wrong part, one that is no Python, and one that nobody knows, all edited by hand."""
    text = kept_file(path).read_text(encoding="utf-8")
    edits = (("grad += local", "grad = local"), ("append(node)", "append(node"), ("mine: score", "mine: scores"))
    for right, wrong in edits:
        assert right in text
        text = text.replace(right, wrong, 1)
    path.write_text(text, encoding="utf-8")
    return path


def with_file(path):
    """The environment of a kernel whose file is at this path."""
    return {**os.environ, "FTG_MINE": str(path)}

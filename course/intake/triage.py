"""Triage: a submitted notebook is put back into the released one's form before anything of it is run.

What was released and is not the student's to write (tests, checks, texts) is taken from the release, each cell once and
in the released order. Of the submission remain the answers and the student's own cells. Whatever had to be mended is
reported as a `Finding`.
"""

import copy
import json
import re

import nbformat

from course.authoring.sources import marks
from course.intake.identity import Finding, identified, marks_of

MOST_BYTES = 20 << 20
FILE_NAME = re.compile(r"\w[\w. -]*")


class Unreadable(ValueError):
    """A submission that can't be graded, with the reason in words."""


def parsed(content):
    """The notebook in these bytes, as nbformat 4.5, and findings; Unreadable when it is none."""
    if len(content) > MOST_BYTES:
        raise Unreadable(f"the file has more than {MOST_BYTES >> 20} MB")
    if not content.strip():
        raise Unreadable("the file is empty")
    findings = []
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
        findings.append(Finding("not in UTF-8, read as Latin-1: letters may be wrong", person=True))
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        broken = f"not a notebook: broken JSON ({error})"
        raise Unreadable(broken if text.lstrip()[:1] == "{" else "not a notebook") from None
    if not isinstance(raw, dict) or not isinstance(raw.get("cells", raw.get("worksheets")), list):
        raise Unreadable("not a notebook: it has no cells")
    version = (raw.get("nbformat"), raw.get("nbformat_minor"))
    if not all(isinstance(number, int) for number in version) or version < (4, 5):
        findings.append(Finding(f"saved in the old notebook format {version[0]}.{version[1]}"))
    try:
        notebook = nbformat.reads(text, as_version=4)
        _, notebook = nbformat.validator.normalize(notebook)
        nbformat.validate(notebook)
        sources = [cell.source for cell in notebook.cells]
    except Exception as error:  # nbformat and its validator raise whatever they meet
        raise Unreadable(f"not a notebook that can be read: {type(error).__name__}") from None
    if any("\r" in source for source in sources):
        for cell in notebook.cells:
            cell.source = cell.source.replace("\r\n", "\n").replace("\r", "\n")
    return notebook, findings


def mended(notebook, release):
    """Return (notebook to be run, findings); Unreadable when nothing of the release is in it."""
    places, findings = identified(notebook, release)
    if not places:
        raise Unreadable("no cell of the released notebook is in it")
    originals = {id(notebook.cells[k]): name for name, k in places.items()}
    cells, own = [], following(notebook, originals, {cell.source.strip() for cell in release.cells if marks(cell)})
    cells += own.pop(None)
    for released in release.cells:
        name, cell = released.get("id"), copy.deepcopy(released)
        if name in places:
            submitted = notebook.cells[places[name]]
            if belongs_to_student(released) or not marks(released):
                cell.source = submitted.source
                findings += with_attachments(cell, submitted)
            elif submitted.source.strip() != released.source.strip():
                is_test = marks(released).get("grade")
                kind = "test cell" if is_test else "read-only cell"
                findings.append(Finding(f"{kind} {name} was edited; the released one was run", person=True))
        elif marks(released):
            what = "answer" if belongs_to_student(released) else "read-only"
            findings.append(Finding(f"{what} cell {name} was deleted, and put back", person=what == "answer"))
        cells += [cell, *own.pop(name, [])]
    if sorted(places, key=places.get) != [cell["id"] for cell in release.cells if cell["id"] in places]:
        findings.append(Finding("cells were moved; they were run in the released order"))
    result = nbformat.v4.new_notebook(cells=cells, metadata=copy.deepcopy(release.metadata))
    return result, findings + renamed_kernel(notebook, release)


def with_attachments(cell, submitted):
    """Give a cell of text the pictures that were pasted into it; returns findings on odd names."""
    pasted = submitted.get("attachments") or {}
    if cell.cell_type == "markdown" and pasted:
        cell.attachments = {name: content for name, content in pasted.items() if FILE_NAME.fullmatch(name)}
    odd = [name for name in pasted if not FILE_NAME.fullmatch(name)]
    return [Finding(f"an attachment is named {name!r}; it was left out", person=True) for name in odd]


def belongs_to_student(cell):
    """True if the student writes this cell."""
    return bool(marks(cell).get("solution"))


def following(notebook, originals, released):
    """The student's own cells, by the released cell after which they stand (None: before all).

    A copy of a cell that is not the student's to write is dropped, unless something was written into it.
    """
    own, last = {None: []}, None
    for cell in notebook.cells:
        if id(cell) in originals:
            last = originals[id(cell)]
        elif not (locked_copy(cell) and cell.source.strip() in released):
            kept = copy.deepcopy(cell)
            kept.metadata.pop("nbgrader", None)
            kept.pop("attachments", None)
            if kept.cell_type == "code":
                kept.outputs, kept.execution_count = [], None
            own.setdefault(last, []).append(kept)
    return own


def locked_copy(cell):
    """True for a copy of a cell that is not the student's to write."""
    return bool(marks_of(cell)) and not marks_of(cell).get("solution")


def renamed_kernel(notebook, release):
    """A finding if the notebook asks for another kernel than the release."""
    kernels = [(nb.metadata.get("kernelspec") or {}).get("name", "python3") for nb in (notebook, release)]
    return [Finding(f"asks for the kernel {kernels[0]!r}; run with {kernels[1]!r}")] if kernels[0] != kernels[1] else []

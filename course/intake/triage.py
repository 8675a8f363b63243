"""Triage: a submitted notebook is put back into the released one's form before anything of it is run.

What was released and is not the student's to write (tests, checks, texts) is taken from the release, each cell once and
in the released order. Of the submission remain the answers, the student's own cells, and whatever was written into a
cell that is not the student's to write. Whatever had to be mended is reported as a `Finding`.
"""

import ast
import copy
import io
import re
import tokenize

import nbformat
from nbformat.v4 import new_markdown_cell

from course.authoring.sources import answer_cells, marks
from course.intake.identity import Finding, binds, identified, marks_of
from course.intake.notebook import Unreadable

FILE_NAME = re.compile(r"\w[\w. -]*")
TEXT = 4  # words from which on a comment in code may be somebody's answer
IN_ANOTHER_CELL = "# (the function is defined in another cell)"


def mended(notebook, release):
    """Return (notebook to be run, findings); Unreadable when nothing of the release is in it.

    Its metadata say in `written_elsewhere` whether there is text of the student's outside of the cells for it.
    """
    places, findings = identified(notebook, release)
    if not places:
        raise Unreadable("no cell of the released notebook is in it")
    originals = {id(notebook.cells[k]): name for name, k in places.items()}
    own = following(notebook, originals, release)
    cells = own.pop(None)
    elsewhere, missing = any(map(has_text, cells)), []
    for released in release.cells:
        name, cell = released.get("id"), copy.deepcopy(released)
        after = own.pop(name, [])
        if name in places:
            submitted = notebook.cells[places[name]]
            edited = submitted.source.strip() != released.source.strip()
            if belongs_to_student(released) or not marks(released):
                cell.source = submitted.source
                findings += with_attachments(cell, submitted)
                elsewhere |= not marks(released) and has_text(submitted, released.source)
            elif edited:
                kind = "test cell" if marks(released).get("grade") else "read-only cell"
                findings.append(Finding(f"{kind} {name} was edited; the released one was run"))
                after = [as_text(submitted, name), *after]
        elif marks(released):
            if belongs_to_student(released):
                lacks = released.cell_type == "code" and not bound_in(notebook, released.metadata.get("exercise"))
                findings.append(Finding(f"answer cell {name} was deleted, and put back", person=lacks))
            else:
                missing.append(name)
        cells += [cell, *after]
        elsewhere |= any(map(has_text, after))
    if missing:
        others = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
        findings.append(Finding(f"read-only cells were deleted, and put back: {', '.join(missing[:3])}{others}"))
    if sorted(places, key=places.get) != [cell["id"] for cell in release.cells if cell["id"] in places]:
        findings.append(Finding("cells were moved; they were run in the released order"))
    result = nbformat.v4.new_notebook(cells=cells, metadata=copy.deepcopy(release.metadata))
    result.metadata["written_elsewhere"] = elsewhere
    return result, findings + answered_elsewhere(result, release) + renamed_kernel(notebook, release)


def answered_elsewhere(notebook, release):
    """Empty the answer cells whose function another cell defines, so that the dots don't replace it; findings on it."""
    findings, stubs = [], answer_cells(release)
    for name, cell in answer_cells(notebook).items():
        if cell.source.strip() == stubs[name].source.strip() and bound_in(notebook, name, beside=cell):
            cell.source = IN_ANOTHER_CELL
            findings.append(Finding(f"{name} was written in another cell than its own"))
    return findings


def bound_in(notebook, name, beside=None):
    """True if a code cell of a notebook, beside this one, defines a function."""
    others = (cell for cell in notebook.cells if cell.cell_type == "code" and cell is not beside)
    return any(binds(cell.source, name) for cell in others)


def as_text(cell, name):
    """What a student has written into a released cell, as a text cell of the student's own."""
    fence = "~~~~~~" if cell.cell_type == "code" else ""
    return new_markdown_cell(f"(written into the cell {name}:)\n\n{fence}\n{cell.source}\n{fence}".strip())


def has_text(cell, released=""):
    """True for a cell in which a written answer may stand, beside what was released: text, or comments in code."""
    known = {line.strip() for line in released.splitlines()}
    said = comments_in(cell.source) if cell.cell_type == "code" else cell.source
    new = [line for line in said.splitlines() if line.strip() not in known]
    words = re.findall(r"[^\W\d_]{2,}", " ".join(new))
    return len(words) >= (TEXT if cell.cell_type == "code" else 1)


def comments_in(source):
    """The comments of a cell's code and the texts that stand in it; all of it, if it is no code."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return "" if re.search(r"^\s*[%!]|^def ", source, re.MULTILINE) else source
    strings = [each.value.value for each in tree.body if isinstance(each, ast.Expr) and is_string(each.value)]
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return "\n".join(strings + [token.string for token in tokens if token.type == tokenize.COMMENT])


def is_string(node):
    """True for a text that stands in the code."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


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


def following(notebook, originals, release):
    """The student's own cells, by the released cell after which they stand (None: before all).

    A copy of a cell that is not the student's to write is dropped, unless something was written into it.
    """
    released = {cell.source.strip() for cell in release.cells if marks(cell)}
    own, last, taken = {None: []}, None, {cell["id"] for cell in release.cells}
    for cell in notebook.cells:
        if id(cell) in originals:
            last = originals[id(cell)]
        elif not (locked_copy(cell) and cell.source.strip() in released):
            kept = copy.deepcopy(cell)
            kept.metadata = {}
            kept.pop("attachments", None)
            if kept.id in taken:
                kept.id = new_markdown_cell().id
            taken.add(kept.id)
            own.setdefault(last, []).append(kept)
    return own


def locked_copy(cell):
    """True for a copy of a cell that is not the student's to write."""
    return bool(marks_of(cell)) and not marks_of(cell).get("solution")


def renamed_kernel(notebook, release):
    """A finding if the notebook asks for another kernel than the release."""
    specs = [nb.metadata.get("kernelspec") for nb in (notebook, release)]
    kernels = [spec.get("name", "python3") if isinstance(spec, dict) else "python3" for spec in specs]
    return [Finding(f"asks for the kernel {kernels[0]!r}; run with {kernels[1]!r}")] if kernels[0] != kernels[1] else []

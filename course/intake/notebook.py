"""The notebook in the bytes that were handed in: whatever program saved or damaged it, its cells are what counts."""

import gzip
import json
import re
import zlib

import nbformat
from nbformat.corpus.words import generate_corpus_id as new_id
from nbformat.v4 import new_notebook

from course.intake.identity import Finding

MOST_BYTES = 20 << 20
CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
MARKDOWN = {"cell_type": "markdown"}
KINDS = {
    "code": {"cell_type": "code", "execution_count": None, "outputs": []},
    "markdown": MARKDOWN,
    "heading": MARKDOWN,
    "raw": {"cell_type": "raw"},
}


class Unreadable(ValueError):
    """A submission that can't be graded, with the reason in words."""


def parsed(content):
    """(the notebook in these bytes, findings); Unreadable when it is none. Outputs are left out: it will be run."""
    text, findings = decoded(content)
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        broken = f"not a notebook: broken JSON ({error})"
        raise Unreadable(broken if text.lstrip()[:1] == "{" else "not a notebook") from None
    if not isinstance(raw, dict):
        raise Unreadable("not a notebook: it has no cells")
    version = raw.get("nbformat"), raw.get("nbformat_minor")
    cells = raw.get("cells")
    if cells is None and isinstance(raw.get("worksheets"), list):  # format 3 kept its cells in sheets
        cells = [cell for sheet in raw["worksheets"] if isinstance(sheet, dict) for cell in sheet.get("cells") or []]
    if not isinstance(cells, list):
        raise Unreadable("not a notebook: it has no cells")
    if not all(isinstance(number, int) for number in version) or version < (4, 5):
        findings.append(Finding(f"saved in the old notebook format {version[0]}.{version[1]}"))
    made, ids = [cell_of(cell, k) for k, cell in enumerate(cells)], set()
    for cell in made:
        cell.id = cell.id if cell.id not in ids else new_id()
        ids.add(cell.id)
    return new_notebook(cells=made, metadata=kernel_in(raw.get("metadata"))), findings


def kernel_in(metadata):
    """What a notebook's metadata say of its kernel, if they do."""
    spec = metadata.get("kernelspec") if isinstance(metadata, dict) else None
    name = spec.get("name") if isinstance(spec, dict) else None
    return {"kernelspec": {"name": name, "display_name": name}} if isinstance(name, str) else {}


def decoded(content):
    """(the text of a file, findings); Unreadable where it is too large or empty."""
    if content[:2] == b"\x1f\x8b":
        try:
            content = zlib.decompressobj(wbits=31).decompress(content, MOST_BYTES + 1)
        except (zlib.error, gzip.BadGzipFile):
            raise Unreadable("not a notebook: a damaged gzip file") from None
    if len(content) > MOST_BYTES:
        raise Unreadable(f"the file has more than {MOST_BYTES >> 20} MB")
    if not content.strip():
        raise Unreadable("the file is empty")
    for encoding in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return content.decode(encoding), []
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1"), [Finding("not in UTF-8, read as Latin-1: letters may be wrong", person=True)]


def cell_of(raw, place):
    """A cell of format 4.5 from what a file holds in its place; Unreadable when that is no cell."""
    kind = raw.get("cell_type") if isinstance(raw, dict) else None
    source = raw.get("source", raw.get("input")) if kind else None
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if kind not in KINDS or not isinstance(source, str):
        raise Unreadable(f"not a notebook that can be read: cell {place + 1} is none")
    source = source.encode("utf-8", "replace").decode().replace("\r\n", "\n").replace("\r", "\n")
    metadata = raw.get("metadata") if isinstance(raw.get("metadata"), dict) else {}
    known = {name: metadata[name] for name in ("nbgrader", "exercise") if name in metadata}
    kept = isinstance(raw.get("id"), str) and CELL_ID.fullmatch(raw["id"])
    # not by nbformat's own functions: they look at each cell's form, for longer than all else here takes
    cell = nbformat.from_dict(
        {"id": raw["id"] if kept else new_id(), "metadata": known, "source": source, **KINDS[kind]}
    )
    if kind == "markdown" and isinstance(raw.get("attachments"), dict):
        pictures = {name: each for name, each in raw["attachments"].items() if is_picture(each)}
        cell.attachments = nbformat.from_dict(pictures)
    return cell


def is_picture(content):
    """True for what an attachment may be: texts by their MIME type."""
    texts = [text for pair in content.items() for text in pair] if isinstance(content, dict) else [None]
    return all(isinstance(text, str) and text.isascii() for text in texts)

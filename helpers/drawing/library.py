"""The scripts that bring pictures to life, without kernel, network or widget protocol.

A live output is a `<div>` with a still picture and a table, which stay where scripts are stripped. Its data stand,
compressed, in an attribute, which sanitising takes away whole. All outputs of one kind share a library of scripts. It
travels only once in a notebook: with the first cell that shows such an output, and with every cell that is run again.
Colab gives each cell a frame of its own, and VS Code shows a cell when it is scrolled to: there every cell brings it.
"""

import base64
import json
import re
import sys
import zlib
from functools import cache
from pathlib import Path

from helpers.drawing.svg import words
from helpers.language import script_said
from helpers.plain_text import printable

SCRIPTS = Path(__file__).parent / "script"
GRAPH, EXPLORER = ("engine", "words", "page"), ("explorer",)
KINDS = {  # of live outputs: their class, their scripts and their style sheets
    "gradient": ("Live", (*GRAPH, "picture", "panel", "live", "flow", "typed", "hands", "quiz"), ("bar", "gradient")),
    "dial": ("Dial", (*GRAPH, *EXPLORER, "plane", "dial"), EXPLORER),
    "nudge": ("Nudge", (*GRAPH, *EXPLORER, "nudge"), EXPLORER),
    "ledger": ("Ledger", ("words", "page", *EXPLORER, "ledger"), (*EXPLORER, "ledger")),
    "board": ("Board", ("words", "page", *EXPLORER, "board"), EXPLORER),
    "frames": ("Frames", ("words", "page", "frames"), ("bar", "frames")),
    "guess": ("Guess", ("words", "page", "plane", "typed", "relation", "sketch", "fields", "guess"), ("guess",)),
}
PIXEL = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>"
_shown = {}  # kind -> cell -> the run in which this cell first showed such an output, since this kernel started
_carried = set()  # (kind, run): the runs of a cell that brought the library


def live_output(kind, label, still, data):
    """Return the HTML of a live output, which needs nothing else.

    kind: one of `KINDS`; label: its name for screen readers; still: HTML that remains without scripts; data: what the
    script needs, as JSON.
    """
    library, key = _library(kind)
    content = _packed(json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")))
    name = f"data-kind='{kind}' data-key='{key}' data-library='{library}'"
    head = f"<div class='ftg-live' {name} data-content='{content}' role='group' aria-label='{words(label)}'>"
    return f"{head}{_woken(still)}</div>"


def bundle(html, text):
    """The MIME bundle of a live output that is shown: it brings its library only where no other cell has brought it."""
    kind, library = re.match(r"<div class='ftg-live' data-kind='(\w+)' [^>]*?( data-library='[^']*')", html).groups()
    return {"text/html": html if _must_carry(kind) else html.replace(library, "", 1), "text/plain": printable(text)}


def _woken(still):
    """HTML whose first image, when it is there, calls the script that brings the output to life."""
    image = "" if "<img " in still else f"<img alt='' width='1' height='1' src=\"{PIXEL}\">"
    return (still + image).replace("<img ", f'<img onload="{_boot()}" ', 1)


def svg_image(picture, alt):
    """An <img> of an SVG document, as percent-encoded text: the script takes the picture itself from it."""
    source = re.sub(r"[%#&\n\"]", lambda sign: f"%{ord(sign[0]):02X}", picture)
    return f"<img alt='{words(alt)}' style='max-width:100%' src=\"data:image/svg+xml;charset=utf-8,{source}\">"


@cache
def style(*names):
    """The text of style sheets that stand beside the scripts."""
    return "".join((SCRIPTS / f"{name}.css").read_text("utf-8") for name in names)


def _must_carry(kind):
    """Whether an output that is shown brings the library: not where another cell has, and this one is run first."""
    cell, run = _where()
    first, again = _shown.setdefault(kind, {}), (kind, run) in _carried
    carries = run is None or not again and (cell is None or not first or first.get(cell, run) != run)
    first.setdefault(cell, run)
    _carried.update({(kind, run)} if carries else ())
    return carries


def _where():
    """Ids of the notebook cell that runs and of this run of it.

    The run is None where nobody tells; the cell also where it can't count on what another cell has brought.
    """
    from IPython import get_ipython

    parent = getattr(get_ipython(), "parent_header", None) or {}
    metadata = parent.get("metadata") or {}
    cell = metadata.get("cellId")
    alone = "google.colab" in sys.modules or "colab" in metadata or str(cell).startswith("vscode-")
    return None if alone else cell, (parent.get("header") or {}).get("msg_id")


@cache
def _library(kind):
    """The scripts of a kind, packed, and the name under which outputs of the same version find them."""
    view, parts, sheets = KINDS[kind]
    look = json.dumps(style("theme", "card", *sheets), ensure_ascii=False)
    scripts = "\n".join([f"const CSS = {look};", *map(_script, parts), f"const View = {view};", _script("start")])
    key = f"{kind}-{zlib.crc32(scripts.encode()):08x}"
    return _packed(f'(() => {{const KEY = "{key}";\n{scripts}}})();'), key


def _boot():
    return _script("boot").replace("&", "&amp;")


@cache
def _script(name):
    """The text of a script in the reader's language, without indentation and comments. No string holds two slashes."""
    text = (SCRIPTS / f"{name}.js").read_text("utf-8")
    return script_said(re.sub(r"\n\s*", "\n", re.sub(r"(?m)(?<!:)//.*$", "", text)).strip())


def _packed(text):
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode()

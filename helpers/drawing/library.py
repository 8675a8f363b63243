"""The scripts that bring pictures to life, without kernel, network or widget protocol.

A live output is a `<div>` with a still picture and a table, which stay where scripts are stripped, and with its data.
All kinds of live outputs share one library of scripts. It travels compressed, and only once in a notebook: with the first
cell that shows a picture, and with every cell that is run again.
"""

import base64
import json
import re
import zlib
from functools import cache
from pathlib import Path

from helpers.drawing.svg import words

SCRIPTS = Path(__file__).parent / "script"
PARTS = ("engine", "words", "picture", "panel", "live", "flow", "hands", "quiz", "start")
_shown_in = set()  # cells that have shown a live output since this kernel started


def live_output(kind, label, still, data):
    """Return the HTML of a live output.

    kind: the class that the library looks for; label: its name for screen readers; still: HTML that remains without
    scripts, an <img> first; data: what the script needs, as JSON.
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    library = f"<script type='application/zlib' class='ftg-library'>{_library()}</script>" if _must_carry() else ""
    content = f"<script type='application/zlib' class='ftg-data'>{_packed(text)}</script>"
    head = f"<div class='ftg-live' data-kind='{kind}' role='group' aria-label='{words(label)}'>"
    return f"{head}{still}{content}{library}<script>{_script('boot')}</script></div>"


def svg_image(picture, alt):
    """An <img> of an SVG document, as percent-encoded text: the script takes the picture itself from it."""
    source = re.sub(r"[%#\n\"]", lambda sign: f"%{ord(sign[0]):02X}", picture)
    return f"<img alt='{words(alt)}' style='max-width:100%' src=\"data:image/svg+xml;charset=utf-8,{source}\">"


def _must_carry():
    """Whether this output brings the library: not where another cell has brought it and this one is shown first."""
    cell = _cell()
    carries = cell is None or not _shown_in or cell in _shown_in
    _shown_in.add(cell)
    return carries


def _cell():
    """The id of the notebook cell that runs, or None where nobody tells."""
    from IPython import get_ipython

    shell = get_ipython()
    parent = getattr(shell, "parent_header", None) or {}
    return (parent.get("metadata") or {}).get("cellId") if shell is not None else None


@cache
def _library():
    style = json.dumps((SCRIPTS / "card.css").read_text("utf-8"), ensure_ascii=False)
    parts = "\n".join(map(_script, PARTS))
    return _packed(f"(() => {{const CSS = {style};\n{parts}}})();")


@cache
def _script(name):
    """The text of a script without indentation and comments. No string in them holds two slashes."""
    text = (SCRIPTS / f"{name}.js").read_text("utf-8")
    return re.sub(r"\n\s*", "\n", re.sub(r"(?m)(?<!:)//.*$", "", text)).strip()


def _packed(text):
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode()

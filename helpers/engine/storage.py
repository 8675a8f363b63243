"""Where my_gradient.py is, and how it is written: aside and renamed, one kernel at a time, nothing ever deleted.

FTG_MINE in the environment moves the file to a path, or switches it off: then nothing is read and nothing is written,
and what a kernel has accepted lasts as long as the kernel. Without it the file stands beside the lessons, wherever the
kernel was started; where that folder can't be written, in a folder of the user's own; else in memory.
"""

import contextlib
import os
import re
import sys
import time
from pathlib import Path

from helpers.engine.file_text import module_text, parts_in, readable, unreadable_parts, untouched

NAME = "my_gradient.py"
COPY = re.compile(r"my_gradient[ -]*\(?\d+\)?\.py")  # as browsers name a second download: "my_gradient (1).py"
LESSONS = Path(__file__).resolve().parents[2] / "notebooks"
PATIENCE = 2.0  # seconds after which another kernel's lock is taken for one that was left behind
_memory = {}  # what this kernel has accepted where nothing could be written


def switched_off():
    """Whether nothing is to be read and written."""
    return os.environ.get("FTG_MINE") == "off"


def candidates():
    """Paths at which the file may be, the preferred one first."""
    chosen = os.environ.get("FTG_MINE")
    if chosen:
        return [] if switched_off() else [Path(chosen).expanduser()]
    beside = LESSONS if LESSONS.is_dir() else Path.cwd()
    with contextlib.suppress(RuntimeError):  # no home
        return [beside / NAME, Path.home() / "follow-the-gradient" / NAME]
    return [beside / NAME]


def copies(path):
    """Files beside this one that were brought from elsewhere, and named by a browser or a file manager."""
    with contextlib.suppress(OSError):
        return [other for other in sorted(path.parent.iterdir()) if COPY.fullmatch(other.name)]
    return []


def contents():
    """The texts of the files that are there, by path, the one written last at the end."""
    found = []
    for path in (each for chosen in candidates() for each in (chosen, *copies(chosen))):
        with contextlib.suppress(OSError):
            text = path.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n")
            found.append((path.stat().st_mtime_ns, path, text))
    return {path: text for _, path, text in sorted(found, key=lambda item: item[0])}


def kept():
    """What the reader has: name -> text, from the files, and from this kernel's memory."""
    parts = {}
    for text in contents().values():
        parts |= parts_in(text)
    return parts | _memory


def broken():
    """Names of parts of the reader's that are no Python any more."""
    return [name for text in contents().values() for name in unreadable_parts(text) if name not in kept()]


def keep(name, text):
    """Keep a part; returns (path, path of a copy of what was there before), each None where there is none.

    The path is None where the part is in this kernel's memory alone. A file that is no Python, or was changed by hand
    since it was written, is moved or copied aside first.
    """
    for path in candidates():
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            with alone(path):
                aside = set_aside(path)
                write(path, module_text({**kept(), name: text}))
            _memory.pop(name, None)
            return path, aside
    _memory[name] = text
    return None, None


@contextlib.contextmanager
def alone(path):
    """Other kernels wait, but not for long; OSError where nothing can be written."""
    lock, until = path.with_name(f".{path.name}.lock"), time.monotonic() + PATIENCE
    while True:
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
            break
        except FileExistsError:
            if time.monotonic() > until:
                break
            time.sleep(0.005)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def set_aside(path):
    """Keep a copy of a file that can't be read, or was changed by hand; returns its path, or None."""
    if not path.exists():
        return None
    old = path.read_bytes()
    text = old.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    if untouched(text):
        return None
    kind, number = ("changed" if readable(text) else "broken"), 1
    while (copy := path.with_name(f"{path.stem}.{kind}-{number}{path.suffix}")).exists():
        if copy.read_bytes() == old:
            return copy
        number += 1
    copy.write_bytes(old)
    return copy


def write(path, text):
    """All or nothing: the text is written aside, and the file then replaced."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        fresh.write_text(text, encoding="utf-8", newline="\n")
        for attempt in range(20):
            try:
                os.replace(fresh, path)
                return
            except PermissionError:  # on Windows, while another program has it open
                if attempt == 19 or not path.exists() or os.name != "nt":
                    raise
                time.sleep(0.02)
    finally:
        fresh.unlink(missing_ok=True)


def forgetful():
    """A clause on how long the file is kept, if the place loses it one day, else ''."""
    if sys.platform == "emscripten":
        return "JupyterLite keeps your file in this browser alone, until its data are cleared"
    binder = any(name.startswith("BINDER_") for name in os.environ)
    place = "Binder" if binder else "Colab" if "google.colab" in sys.modules else ""
    return place and f"{place} forgets this disk when you leave"

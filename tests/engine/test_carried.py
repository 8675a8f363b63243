"""The reader's file, carried from place to place: whatever browsers, editors and other versions of the series make of it."""

import ast
import base64
import os
import re
from pathlib import Path

import pytest

from helpers.engine import engine, mine, storage
from helpers.engine.file_text import CHECKSUM, checksum, module_text
from helpers.engine.part import PARTS

ROOT = Path(__file__).resolve().parents[2]
PASS_BACK = PARTS["pass_back"].own.replace("Give each", "Hand each")
KEPT = {"pass_back": PASS_BACK, "Value.tanh": PARTS["Value.tanh"].own, "score": PARTS["score"].own}
FUTURE = {"future": "def future(x):\n    return x\n", "Value.future": "def future(self):\n    return self\n"}


def of_another_version(text):
    """The file as a series would write it that lends another td_error, and knows something more."""
    body = text.rpartition(CHECKSUM)[0].replace("def td_error(", "def more(x):\n    return x\n\n\ndef td_error(")
    return f"{body}{CHECKSUM}{checksum(body)}\n"


CARRIED = {
    "as it is": lambda text: text.encode(),
    "ends of lines of Windows": lambda text: text.replace("\n", "\r\n").encode(),
    "an editor's mark of UTF-8": lambda text: text.encode("utf-8-sig"),
    "a last line without an end": lambda text: text.rstrip().encode(),
    "changed by hand": lambda text: ("# my notes\n" + text).encode(),
    "written by another version": lambda text: of_another_version(text).encode(),
    "a part that is no Python any more": lambda text: text.replace("def td_error(", "def td_error((").encode(),
}


def score(z, a):
    """Return the gradient of ln p[a] with respect to the logits z."""
    return a[:, None] - 1 / (1 + 2.718281828459045**-z)


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Go to a folder, in which the file may be, as a kernel that has just started does."""

    def go(name):
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        monkeypatch.setenv("FTG_MINE", str(folder / "my_gradient.py"))
        monkeypatch.setattr(storage, "_memory", {})
        return folder

    return go


def downloaded():
    """The text that the reader's browser saves."""
    data = re.search(r"href='data:text/x-python;base64,([^']+)'", mine.download().html)[1]
    return base64.b64decode(data).decode()


@pytest.mark.parametrize("form", CARRIED)
def test_a_file_made_in_one_place_is_accepted_in_another(place, form):
    for name, text in KEPT.items():
        place("here")
        storage.keep(name, text)
    raw = CARRIED[form](downloaded())
    assert (raw == downloaded().encode()) == (form == "as it is")
    file = place("there") / "my_gradient.py"
    file.write_bytes(raw)
    assert set(KEPT) == set(storage.kept()) == set(engine().yours)
    path, _ = storage.keep("td_error", PARTS["td_error"].own)
    assert path == file and set(engine().yours) == {*KEPT, "td_error"}


@pytest.mark.parametrize("name", ["my_gradient (1).py", "my_gradient(2).py", "my_gradient-3.py", "my_gradient 4.py"])
def test_a_second_download_is_read_beside_the_first_whatever_the_browser_calls_it(place, name):
    folder = place("here")
    (folder / name).write_text(module_text({"score": KEPT["score"]}), encoding="utf-8")
    assert engine().yours == ("score",)
    storage.keep("pass_back", PASS_BACK)
    assert set(storage.kept()) == {"pass_back", "score"}
    later = PASS_BACK.replace("Hand each", "Pass each")
    (folder / name).write_text(module_text({"pass_back": later}), encoding="utf-8")
    os.utime(folder / name, (2**32, 2**32))
    assert storage.kept()["pass_back"] == later


def test_copies_that_were_kept_aside_are_not_read(place):
    folder = place("here")
    for name in ("my_gradient.changed-1.py", "my_gradient.broken-1.py", "my_gradient-Copy1.py", "not_my_gradient1.py"):
        (folder / name).write_text(module_text(KEPT), encoding="utf-8")
    assert storage.kept() == {}


def test_an_older_series_keeps_functions_and_methods_of_a_newer_one(place):
    file = place("here") / "my_gradient.py"
    file.write_text(module_text(KEPT | FUTURE), encoding="utf-8")
    storage.keep("td_error", PARTS["td_error"].own)
    kept = storage.kept()
    assert {name: kept[name] for name in FUTURE} == FUTURE and "td_error" in kept
    classes = [node for node in ast.parse(file.read_text("utf-8")).body if isinstance(node, ast.ClassDef)]
    assert not any("future" in ast.dump(node) for node in classes)
    exec(compile(file.read_text("utf-8"), "my_gradient.py", "exec"), names := {"__name__": "my_gradient"})
    assert names["future"](3) == 3


def test_what_a_reader_wrote_around_the_parts_is_downloaded_too(place):
    file = place("here") / "my_gradient.py"
    storage.keep("score", KEPT["score"])
    assert downloaded() == file.read_text("utf-8")
    file.write_text("# my notes\n" + file.read_text("utf-8"), encoding="utf-8")
    assert downloaded().startswith("# my notes\n")


def test_the_download_names_the_file_that_was_written_last(place):
    folder = place("here")
    (folder / "my_gradient (1).py").write_text(module_text(KEPT), encoding="utf-8")
    os.utime(folder / "my_gradient (1).py", (1, 1))
    storage.keep("td_error", PARTS["td_error"].own)
    assert mine.download().text.startswith(f"my_gradient.py is {folder / 'my_gradient.py'}.")


def test_where_the_disk_is_forgotten_every_right_part_says_how_to_take_it_along(place, monkeypatch, capsys):
    place("here")
    monkeypatch.setenv("BINDER_REF_URL", "somewhere")
    mine(score)
    assert "✔ score: right." in (said := capsys.readouterr().out)
    assert "Binder forgets this disk when you leave: run mine.download()" in said


# What leaves the reader's machine

NETWORK = {
    "aiohttp",
    "ftplib",
    "http",
    "httpx",
    "requests",
    "smtplib",
    "socket",
    "ssl",
    "urllib",
    "urllib3",
    "webbrowser",
}
ASKING = re.compile(r"\b(fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts|import)\s*\(|https?:")
NAMES = "http://www.w3.org/"  # of a vocabulary of XML, which nobody visits


def test_nothing_in_the_helpers_can_ask_a_server():
    for path in (ROOT / "helpers").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert NETWORK.isdisjoint(name.split(".")[0] for name in names), path
    for path in (ROOT / "helpers").rglob("*.js"):
        assert ASKING.search(path.read_text("utf-8").replace(NAMES, "")) is None, path

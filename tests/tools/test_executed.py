"""Lessons that were executed once serve as long as nothing has changed, and only where they were executed."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from tools import executed as tool


@pytest.fixture
def lesson(tmp_path, monkeypatch):
    """A lesson of one cell in a tree of its own."""
    monkeypatch.setattr(tool, "ROOT", tmp_path)
    monkeypatch.setattr(tool, "FOLDER", tmp_path / "build")
    (tmp_path / "helpers").mkdir()
    (tmp_path / "helpers" / "maths.py").write_text("one = 1\n", encoding="utf-8")
    (tmp_path / "uv.lock").write_text("locked", encoding="utf-8")
    nbformat.write(new_notebook(cells=[new_code_cell("1 + 1", id="sum")]), tmp_path / "00_sum.ipynb")
    return tmp_path / "00_sum.ipynb"


def test_it_is_executed_once(lesson, monkeypatch):
    assert tool.executed(lesson) is None
    assert tool.execute(lesson) == ""
    assert tool.executed(lesson).cells[0].outputs[0]["data"]["text/plain"] == "2"
    assert tool.executed(lesson, ".venv-elsewhere") is None
    monkeypatch.setattr(tool, "run", None)
    assert tool.execute(lesson) == ""


@pytest.mark.parametrize("name", ["helpers/maths.py", "uv.lock", "00_sum.ipynb"])
def test_what_has_changed_is_executed_anew(lesson, name, monkeypatch):
    monkeypatch.setattr(tool, "run", lambda notebook: notebook)
    tool.execute(lesson)
    path = lesson.parent / name
    path.write_bytes(path.read_bytes().replace(b"1", b"2").replace(b"locked", b"unlocked"))
    assert tool.executed(lesson) is None
    tool.execute(lesson)
    assert tool.executed(lesson) and len([*tool.FOLDER.rglob("*.ipynb")]) == 1


def test_what_fails_is_named_and_not_kept(lesson):
    nbformat.write(new_notebook(cells=[new_code_cell("1 / 0", id="sum")]), lesson)
    assert tool.execute(lesson).startswith("00_sum.ipynb: ") and "ZeroDivisionError" in tool.execute(lesson)
    assert tool.executed(lesson) is None

"""No file is read or written, and no program's words are read, in the encoding that a machine happens to have."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("helpers", "tests", "tools", "benchmarks", "course", "docs")


def without_encoding(source):
    """Lines of the calls that leave the encoding to the machine: open, read_text, write_text, and subprocess's text."""
    return [node.lineno for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and _leaves_it_open(node)]


def _leaves_it_open(call):
    name, of_path = getattr(call.func, "attr", getattr(call.func, "id", "")), isinstance(call.func, ast.Attribute)
    keywords = {keyword.arg: keyword.value for keyword in call.keywords}
    if "encoding" in keywords:
        return False
    if name == "open":  # of a path, unless the argument is no mode: what an archive or an image library opens
        mode = [*call.args[0 if of_path else 1 :][:1], keywords.get("mode", ast.Constant("r"))][0]
        return isinstance(mode, ast.Constant) and isinstance(mode.value, str) and "b" not in mode.value
    decoded = isinstance(keywords.get("text"), ast.Constant) and keywords["text"].value is True
    return decoded or len(call.args) < {"read_text": 1, "write_text": 2}.get(name, 0)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_encoding_is_named(folder):
    assert any((ROOT / folder).rglob("*.py"))
    for path in (ROOT / folder).rglob("*.py"):
        assert without_encoding(path.read_text(encoding="utf-8")) == [], path


@pytest.mark.parametrize(
    "call",
    ["open(p)", "open(p, 'w')", "open(p, mode='a')", "p.open()", "p.open('w')", "p.open(newline='')", "p.read_text()"]
    + ["p.write_text(words)", "subprocess.run(command, text=True)", "Popen(command, text=True)"],
)
def test_what_leaves_it_to_the_machine_is_found(call):
    assert without_encoding(call) == [1]


@pytest.mark.parametrize(
    "call",
    ["open(p, 'rb')", "open(p, encoding='utf-8')", "p.open('wb')", "p.read_bytes()", "p.read_text('utf-8')"]
    + [
        "p.write_text(words, 'utf-8')",
        "archive.open(info)",
        "Image.open(p)",
        "output(text='a')",
        "run(command, encoding='utf-8')",
    ],
)
def test_what_needs_none_or_names_it_is_not(call):
    assert without_encoding(call) == []

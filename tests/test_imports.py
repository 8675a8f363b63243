"""The rooms of `helpers/`: arrows point one way, and the maths draws nothing."""

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HELPERS = ROOT / "helpers"
MATHS = {  # in order: each room may import those before it, NumPy, the standard library, and what stands here
    "plain_text": set(),
    "table": set(),
    "calculus": set(),
    "networks": {"sympy"},
    "running_actor": set(),
    "rl": {"gymnasium", "sympy"},
    "agreement": set(),
}
LANGUAGE = "language"  # of words: all that readers see may import it
VIEWS = ("plots", "steppers", "explore", "checks", "guesses")
ALONE = ("diagnosis",)  # compares arrays and knows nothing of the series: NumPy and the standard library are enough
MAY_IMPORT = {room: {*list(MATHS)[: place + 1]} for place, room in enumerate(MATHS)}
MAY_IMPORT |= {room: {*MATHS, "drawing", LANGUAGE, room} for room in VIEWS}
MAY_IMPORT |= {"drawing": {"plain_text", LANGUAGE, "drawing"}, LANGUAGE: set()}
MAY_IMPORT |= {room: {room} for room in ALONE}
MAY_IMPORT["checks"].add("diagnosis")  # what an answer is that no known mistake explains
MAY_IMPORT["engine"] = {*MATHS, "drawing", "checks", "diagnosis", "engine"}  # what the reader builds, and its picture
MAY_IMPORT["explore"].add("steppers")  # how a graph of `Value` nodes becomes data for the scripts
MAY_IMPORT["lesson"] = {"checks", "drawing", "engine", "guesses"}  # what lessons begin with


def modules(room):
    """The files of a room, which is a folder or a single module."""
    folder = HELPERS / room
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [folder.with_suffix(".py")]


@cache
def imported(path):
    """Dotted names that a file imports, anywhere in it."""
    return [*imports(ast.parse(path.read_text(encoding="utf-8")), path.name)]


def imports(tree, file):
    """The same of a tree."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_every_room_has_its_rule():
    rooms = {path.stem for path in HELPERS.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert rooms - {"__init__", "installation"} == set(MAY_IMPORT)


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_arrows_point_one_way(room):
    for path in modules(room):
        ours = {name.split(".")[1] for name in imported(path) if name.startswith("helpers.")}
        assert ours <= MAY_IMPORT[room], path.relative_to(HELPERS)


@pytest.mark.parametrize("room", [*MATHS, *ALONE])
def test_the_maths_imports_no_view(room):
    light = {"helpers", "numpy", *sys.stdlib_module_names} | MATHS.get(room, set())
    for path in modules(room):
        assert {name.split(".")[0] for name in imported(path)} <= light, path.relative_to(HELPERS)


def test_no_helper_imports_pyplot():
    for path in HELPERS.rglob("*.py"):
        assert not any("pyplot" in module for module in imported(path)), path.name


def loaded_by(*rooms):
    """Top-level packages that a fresh Python has loaded after importing these rooms."""
    names = ", ".join(f"helpers.{room}" for room in rooms)
    code = f"import sys, {names}; print(*{{name.split('.')[0] for name in sys.modules}})"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    return set(result.stdout.split())


def test_the_maths_loads_quickly():
    heavy = {"matplotlib", "ipywidgets", "IPython", "sympy", "tqdm"}
    assert not loaded_by("calculus", "networks", "running_actor") & (heavy | {"gymnasium"})
    assert not loaded_by("rl", "agreement") & heavy


# Tests


def test_no_test_imports_a_test():
    for path in (ROOT / "tests").rglob("*.py"):
        parts = {part for name in imported(path) for part in name.split(".")}
        assert not any(part.startswith("test_") for part in parts), path.relative_to(ROOT)


def test_tests_share_the_code_in_support_and_no_other():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["tool"]["pytest"]["ini_options"]["pythonpath"] == ["tests/support"]
    for folder, allowed in (("tests", set()), ("tools", {"0, str(ROOT)"})):
        for path in (ROOT / folder).rglob("*.py"):
            added = re.findall(r"sys\.path\.\w+\((.*)\)", path.read_text(encoding="utf-8"))
            assert set(added) <= allowed, path.relative_to(ROOT)

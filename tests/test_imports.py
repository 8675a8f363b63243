"""Arrows between modules point one way, and the maths modules stay light."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HELPERS = ROOT / "helpers"
MATHS = {  # and what each may import besides NumPy, the standard library and other maths modules
    "analytic": set(),
    "arguments": set(),
    "derivatives": set(),
    "gradient_report": set(),
    "cost": {"torch"},  # where it is installed, inside one function
    "dual": set(),
    "graph": set(),
    "health": set(),
    "history": set(),
    "network": set(),
    "residual": set(),
    "running_example": set(),
    "corridor": {"gymnasium"},
    "cartpole": {"gymnasium"},
    "actor_critic": {"gymnasium"},  # this and the next by way of the corridor or of CartPole
    "followed_return": {"gymnasium"},
    "gae": {"gymnasium"},
    "learners": {"gymnasium"},
    "ledger": {"gymnasium"},
    "policy": {"gymnasium"},
    "side_by_side": {"gymnasium"},
    "symbolic": {"sympy"},
    "training": set(),
}
VIEWS = {"plots", "steppers", "explore", "checks"}
FORBIDDEN = {"plots": {"steppers", "explore", "checks"}, "steppers": {"explore", "checks"}, "explore": {"checks"}}


def imported(path):
    """Dotted names that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: relative import"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names if node.module == "helpers")


@pytest.mark.parametrize("name", MATHS)
def test_maths_modules_import_no_view(name):
    modules = list(imported(HELPERS / f"{name}.py"))
    ours = {module.split(".")[1] for module in modules if module.startswith("helpers.")}
    assert ours <= set(MATHS)
    others = {module.split(".")[0] for module in modules} - {"helpers", "numpy"} - set(sys.stdlib_module_names)
    assert others <= MATHS[name]


@pytest.mark.parametrize("package", FORBIDDEN)
def test_views_import_only_downwards(package):
    for path in (HELPERS / package).glob("*.py"):
        ours = {module.split(".")[1] for module in imported(path) if module.startswith("helpers.")}
        assert not ours & FORBIDDEN[package], path.name


def test_no_helper_imports_pyplot():
    for path in HELPERS.rglob("*.py"):
        assert not any("pyplot" in module for module in imported(path)), path.name


def loaded_by(modules):
    """Top-level packages that a fresh Python has loaded after importing these helpers."""
    names = ", ".join(f"helpers.{module}" for module in modules)
    code = f"import sys, {names}; print(*{{name.split('.')[0] for name in sys.modules}})"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(result.stdout.split())


def test_maths_modules_load_neither_plots_nor_widgets():
    heavy = {"matplotlib", "ipywidgets", "IPython", "sympy", "gymnasium", "tqdm"}
    assert not loaded_by([name for name in MATHS if not MATHS[name]]) & heavy
    assert not loaded_by([name for name in MATHS if MATHS[name]]) & {"matplotlib", "ipywidgets", "IPython", "tqdm"}

"""The lessons as they run with nothing filled in, once for the tests and for the site.

python -m tools.executed
"""

import hashlib
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat

from tests.support.notebook_runs import LESSONS, read, run

ROOT = Path(__file__).resolve().parents[1]
READERS = ".venv"  # the environment that `make site` shows
FOLDER = ROOT / "build" / "executed"
# Kernels of this environment, with nobody's engine and nobody's settings.
OWN = {"FTG_MINE": "off", "JUPYTER_PREFER_ENV_PATH": "1", "IPYTHONDIR": str(ROOT / "build" / "ipython")}


def place(path, environment):
    """The file of a lesson, executed in an environment; its name tells the state of all that the outputs depend on."""
    files = sorted((ROOT / "helpers").rglob("*.*")) + [ROOT / "uv.lock", path]
    content = [file.read_bytes() for file in files if file.is_file() and file.suffix != ".pyc"]
    state = hashlib.sha256(b"\0".join(content)).hexdigest()[:16]
    return FOLDER / environment / f"{path.stem}-{state}.ipynb"


def executed(path, environment=Path(sys.prefix).name):
    """The lesson as executed in the environment, this one if none is named; None if it was not, or has changed."""
    there = place(path, environment)
    return nbformat.read(there, as_version=4) if there.exists() else None


def execute(path):
    """Execute a lesson that has changed; returns why it could not be, or nothing."""
    there = place(path, Path(sys.prefix).name)
    if there.exists():
        return ""
    try:
        done = run(read(path))
    except Exception as error:
        return f"{path.name}: {error}"
    there.parent.mkdir(parents=True, exist_ok=True)
    for stale in there.parent.glob(f"{path.stem}-*.ipynb"):
        stale.unlink()
    nbformat.write(done, there)
    return ""


def main():
    os.environ |= OWN
    FOLDER.mkdir(parents=True, exist_ok=True)  # or IPython finds no place beside it
    with ThreadPoolExecutor(2) as kernels:
        sys.exit("\n".join(filter(None, kernels.map(execute, LESSONS))) or None)


if __name__ == "__main__":
    main()

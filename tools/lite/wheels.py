"""Pure wheels for the browser, at the versions of uv.lock: packed again from what is installed in this environment."""

import sys
import zipfile
from importlib.metadata import distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = "follow-the-gradient"
PURE = (  # all that the lessons need beyond NumPy and matplotlib, which are compiled, and what these need
    "cloudpickle", "comm", "farama-notifications", "gymnasium", "ipywidgets", "jupyterlab-widgets", "mpmath", "sympy",
    "tqdm", "typing-extensions",
)  # fmt: skip
# `import gymnasium` imports multiprocessing, whose compiled half a browser lacks: its names, and nothing behind them.
STAND_IN = '''"""Names for `import multiprocessing`; a browser's Python has no processes."""


class SemLock:
    SEM_VALUE_MAX = 1


def sem_unlink(name):
    raise OSError("a browser's Python has no processes")
'''
ADDED = {"gymnasium": {"_multiprocessing.py": STAND_IN}}
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same content gives the same file


def wheels(folder):
    """Write a wheel for each package into the folder; returns their paths."""
    return [wheel(name, folder) for name in (OURS, *PURE)]


def wheel(name, folder):
    """Write one wheel."""
    package = distribution(name)
    if "Root-Is-Purelib: true" not in package.read_text("WHEEL"):
        sys.exit(f"{name} is compiled: a browser needs Pyodide's own")
    if name == OURS:
        files = {path.relative_to(ROOT).as_posix(): path for path in (ROOT / "helpers").rglob("*") if path.is_file()}
        files |= {str(file): file.locate() for file in package.files if ".dist-info/" in str(file)}
    else:
        files = {str(file): file.locate() for file in package.files}
    contents = {path: file.read_bytes() for path, file in files.items() if wanted(path)}
    contents |= {path: text.encode() for path, text in ADDED.get(name, {}).items()}
    target = folder / f"{name.replace('-', '_')}-{package.version}-py3-none-any.whl"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(contents):
            archive.writestr(zipfile.ZipInfo(path, EPOCH), contents[path], zipfile.ZIP_DEFLATED)
    return target


def wanted(path):
    """Whether a browser needs a file: not scripts and data of a server, nor bytecode, nor a package's own tests."""
    return not path.startswith("..") and not {"__pycache__", "tests"} & set(path.split("/"))

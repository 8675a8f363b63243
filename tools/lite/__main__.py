"""Build JupyterLite with the lessons, so that they run in the reader's browser and no server computes anything.

make lite               # into build/site/lite; NumPy and matplotlib come from Pyodide's public place, see pyodide.py
make lite VENDOR=yes    # with these in it, for a school without internet: the pages ask nobody else
"""

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.lite.lock import needed, stock_at, with_wheels
from tools.lite.pyodide import PUBLIC, NotToBeHad, copy_stock, core
from tools.lite.wheels import OURS, wheels

ROOT = Path(__file__).resolve().parents[2]
LESSONS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
KEPT = ROOT / "build/lite"  # what was downloaded
KERNEL = {
    "disablePyPIFallback": True,  # %pip finds what the lock holds, and asks no registry
    "loadPyodideOptions": {"packages": [OURS]},  # there before the first cell, which looks for `helpers`
}
SETTINGS = {
    "litePluginSettings": {"@jupyterlite/pyodide-kernel-extension:kernel": KERNEL},
    "exposeAppInBrowser": True,  # for tests, as JupyterLab's --expose-app-in-browser
}
# The default takes outputs that are scrolled away out of the page, and a picture's state with them; "defer" raises a
# TypeError when the kernel is there before all cells are.
OVERRIDES = {"@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"}}
EXTENSIONS = Path(sys.prefix) / "share/jupyter/labextensions"
WANTED = (  # and no others of this environment: Notebook 7's breaks a JupyterLite of another age
    "@jupyterlite/pyodide-kernel-extension",
    "@jupyter-widgets/jupyterlab-manager",
)
BUILD = {
    "contents": ["contents"],
    "federated_extensions": [str(EXTENSIONS / name) for name in WANTED],
    "ignore_sys_prefix": ["federated_extensions"],
    "no_sourcemaps": True,
    "apps": ["lab", "notebooks", "tree", "edit"],
}


def build(output, stock):
    """Write the site to the folder `output`; stock: the address of Pyodide's packages, or None to copy them into it."""
    with TemporaryDirectory() as folder:
        source = Path(folder)
        (source / "contents").mkdir()
        for lesson in LESSONS:
            shutil.copy(lesson, source / "contents")
        packages(source / "static/pyodide", stock)
        settings = {"jupyter-lite-schema-version": 0, "jupyter-config-data": SETTINGS}
        (source / "jupyter-lite.json").write_text(json.dumps(settings), encoding="utf-8")
        (source / "overrides.json").write_text(json.dumps(OVERRIDES), encoding="utf-8")
        (source / "jupyter_lite_config.json").write_text(json.dumps({"LiteBuildConfig": BUILD}), encoding="utf-8")
        shutil.rmtree(output, ignore_errors=True)
        program = [sys.executable, "-m", "jupyterlite_core", "build", "--output-dir", str(output.resolve())]
        built = subprocess.run(program, cwd=source, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")
    if built.returncode:
        sys.exit(f"JupyterLite was not built:\n{built.stdout}")
    size = sum(path.stat().st_size for path in output.rglob("*") if path.is_file())
    print(f"{output}: {size / 1e6:.0f} MB, {len(LESSONS)} lessons")


def packages(folder, stock):
    """Write Pyodide, our wheels and the lock of both to a folder, and where `stock` is None Pyodide's packages too."""
    shutil.copytree(core(KEPT), folder)
    path = folder / "pyodide-lock.json"
    made = wheels(folder)
    lock = with_wheels(json.loads(path.read_text(encoding="utf-8")), made)
    if stock is None:
        lock = needed(lock, [OURS])
        copy_stock(lock, folder, KEPT)
    else:
        lock = stock_at(lock, made, stock)
    path.write_text(json.dumps(lock), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", nargs="?", type=Path, default=ROOT / "build/site/lite")
    parser.add_argument("--vendor", action="store_true", help="copy the stock packages into the site")
    parser.add_argument("--stock", default=PUBLIC, help="the address at which the stock packages are")
    arguments = parser.parse_args()
    try:
        build(arguments.output, None if arguments.vendor else arguments.stock)
    except NotToBeHad as error:
        sys.exit(str(error))

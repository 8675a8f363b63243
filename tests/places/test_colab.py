"""Colab: a machine that is new at every visit, with packages of its own. `make test-places` runs this with theirs."""

import os
import re
import shutil
import subprocess
import sysconfig
import venv
from importlib import metadata
from pathlib import Path

import pytest
from notebook_runs import LESSONS, code_cells, hidden_errors, read

from tools.places import REPOSITORY, TAG

ROOT = Path(__file__).resolve().parents[2]
LINES = (ROOT / "tests/places/colab-requirements.txt").read_text("utf-8").splitlines()
WANTED = dict(line.split("==") for line in LINES if not line.startswith("#"))
FOUND = {dist.name: dist.version for dist in metadata.distributions()}
pytestmark = pytest.mark.skipif(
    not WANTED.items() <= FOUND.items(), reason="not Colab's packages: `make test-place-colab` has them"
)
RUN = """
import sys, nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(notebook, timeout=300, coalesce_streams=True).execute()
nbformat.write(notebook, sys.argv[2])
"""


@pytest.fixture(scope="module")
def series(tmp_path_factory):
    """A repository with the series' tag: what pip is given in place of the one on the network."""
    folder = tmp_path_factory.mktemp("series")
    shutil.copytree(ROOT / "helpers", folder / "helpers", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "LICENSE-text"):
        shutil.copy(ROOT / name, folder)
    who = ["-c", "user.name=a test", "-c", "user.email=a@test"]
    for words in (["init", "-q"], ["add", "."], [*who, "commit", "-q", "-m", TAG], ["tag", TAG]):
        subprocess.run(["git", *words], cwd=folder, check=True)
    return folder


@pytest.fixture(scope="module")
def colab(series, tmp_path_factory):
    """A function that runs a lesson on a machine of Colab's: their packages, their module, no `helpers`."""
    machine = tmp_path_factory.mktemp("machine")
    venv.create(machine / "python", with_pip=True)
    packages = next((machine / "python").glob("lib/python*/site-packages"))
    (packages / "brought.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    (packages / "google/colab").mkdir(parents=True)
    (packages / "google/colab/__init__.py").touch()
    startup = machine / "ipython/profile_default/startup"
    startup.mkdir(parents=True)
    (startup / "colab.py").write_text("import google.colab", encoding="utf-8")
    (machine / "content").mkdir()
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "FTG_MINE")}
    environment |= {
        "IPYTHONDIR": str(machine / "ipython"),
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{series.as_uri()}.insteadOf",
        "GIT_CONFIG_VALUE_0": REPOSITORY,
    }

    def run(path):
        done = machine / path.name
        command = [machine / "python/bin/python", "-c", RUN, path, done]
        subprocess.run(command, cwd=machine / "content", env=environment, check=True)
        return read(done)

    return run


def test_a_lesson_fetches_helpers_once_and_runs(colab):
    """The first lesson fetches them, and each of its cells brings its own scripts; a later visit has them."""
    first = colab(LESSONS[0])
    assert hidden_errors(first) == []
    cells = {cell.id: cell for cell in code_cells(first)}
    (said,) = cells["helpers-here"].outputs
    assert said.text.startswith("Colab has no `helpers` yet") and TAG in said.text and said.text.count("\n") == 1
    texts = [output.get("data", {}).get("text/plain", "") for cell in cells.values() for output in cell.outputs]
    report = next(text for text in texts if text.endswith("Everything is ready."))
    assert f"numpy: {WANTED['numpy']}" in report and f"ipywidgets: {WANTED['ipywidgets']}" in report
    live = {}  # cell -> (kinds that it shows, kinds whose scripts it brings)
    for cell in cells.values():
        html = "".join(output.get("data", {}).get("text/html", "") for output in cell.outputs)
        if shown := set(re.findall(r"class='ftg-live'.*? data-key='(.*?)'", html)):
            live[cell.id] = shown, set(re.findall(r"data-key='(\S*?)' data-library=", html))
    assert len(live) >= 2 and all(shown == brought for shown, brought in live.values()), live
    second = colab(LESSONS[0])
    assert next(cell for cell in second.cells if cell.id == "helpers-here").outputs == []

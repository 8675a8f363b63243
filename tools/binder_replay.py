"""Replay what Binder builds where there is no Docker, and try the lessons in it.

python -m tools.binder_replay [--python python3.12] [--lessons 00 01] [--index-url ...]

repo2docker writes the steps. Its base is rebuilt from its own lock, the Python packages of it, in a fresh virtual
environment; then its steps for this repository run as they stand. Then the lessons run with the Python that came out,
and a test opens the first of them in the JupyterLab that came out. Exits with 1 where anything fails.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import repo2docker
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from tools.pins import PYTHON, ROOT

PLACE = ROOT / "build/binder"
CONDA = Path(repo2docker.__file__).parent / "buildpacks/conda"
FILE = re.compile(r"/([^/]+)-([^-/]+)-py[^-/]*\.(?:conda|tar\.bz2)")  # a package of Python, and no library
PYPI_NAMES = {"jupyterhub-base": "jupyterhub", "nbconvert-core": "nbconvert", "jupyterhub-singleuser": "jupyterhub"}
TESTERS = ["hypothesis", "playwright", "axe-playwright-python", "pytest"]
BROWSER_TEST = ["tests/notebooks/test_browser_lessons.py", "-k", "00_start_here"]


def base_packages(python=PYTHON, platform="linux-64"):
    """(what repo2docker's base asks for, name -> version of all that it holds), in the names of PyPI."""
    asked = re.findall(r"^- (jupyter[\w-]*|notebook|ipywidgets)=", read(f"environment.py-{python}.yml"), re.M)
    held = FILE.findall(read(f"environment.py-{python}-{platform}.lock"))
    return [on_pypi(name) for name in asked], {on_pypi(name): version for name, version in held if is_version(version)}


def on_pypi(name):
    return canonicalize_name(PYPI_NAMES.get(name, name))


def read(name):
    return (CONDA / name).read_text(encoding="utf-8")


def is_version(text):
    try:
        return bool(Version(text))
    except InvalidVersion:
        return False


def dockerfile(repository):
    """What repo2docker would have Docker do with this repository."""
    command = [sys.executable, "-m", "repo2docker", "--no-build", repository]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


def steps(text):
    """The lines of a Dockerfile that speak of this repository's folder binder/, as shell commands."""
    return [line.removeprefix("RUN ") for line in text.splitlines() if line.startswith("RUN ") and "binder/" in line]


def timed(said, *command, **options):
    """Run a command and say how long it took; the program ends where it fails."""
    begin = time.perf_counter()
    if subprocess.run([str(part) for part in command], **options).returncode:
        sys.exit(f"failed: {said}")
    print(f"{time.perf_counter() - begin:6.1f} s  {said}", flush=True)


def size(folder):
    """Megabytes of a folder's files."""
    return sum(path.lstat().st_size for path in folder.rglob("*")) / 1e6


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", default=f"python{PYTHON}", help="the Python of the virtual environment")
    parser.add_argument("--lessons", nargs="*", default=[""], help="how the names of the lessons begin; all, if none")
    parser.add_argument("--index-url", help="for pip")
    options = parser.parse_args()
    shutil.rmtree(PLACE, ignore_errors=True)
    repository, prefix = PLACE / "repository", PLACE / "notebook"
    for name in subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, encoding="utf-8").split("\0")[:-1]:
        if (ROOT / name).exists():
            (repository / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, repository / name)

    environment = os.environ | {"KERNEL_PYTHON_PREFIX": str(prefix), "FTG_MINE": "off"}
    environment |= {"PATH": f"{prefix / 'bin'}{os.pathsep}{environment['PATH']}"}
    environment |= {"PIP_INDEX_URL": options.index_url} if options.index_url else {}
    there = {"cwd": repository, "env": environment}
    quiet = there | {"stdout": subprocess.DEVNULL}
    python = prefix / "bin/python"
    wanted, held = base_packages()
    (PLACE / "base.txt").write_text("".join(f"{name}=={version}\n" for name, version in held.items()), "utf-8")
    timed("an empty virtual environment", options.python, "-m", "venv", prefix)
    pip = [python, "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    timed("the base, which Binder has", *pip, "--constraint", PLACE / "base.txt", *wanted, **there)
    base = size(prefix)
    for step in steps(dockerfile(repository)):
        timed(step, "bash", "-c", step, **quiet)
    print(f"{base:.0f} MB of the base, {size(prefix) - base:.0f} MB more")
    timed("pip check", *pip[:3], "check", **quiet)
    lessons = [path.name for path in sorted((repository / "notebooks").glob("*.ipynb"))]
    for name in (name for name in lessons if name.startswith(tuple(options.lessons))):
        timed(name, python, "-m", "jupyter", "execute", repository / "notebooks" / name, **quiet)
    lock = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"]
    testers = [f"{package['name']}=={package['version']}" for package in lock if package["name"] in TESTERS]
    timed("what the test needs", *pip, *testers, **there)
    timed("the first lesson in JupyterLab", python, "-m", "pytest", *BROWSER_TEST, **there)


if __name__ == "__main__":
    main()

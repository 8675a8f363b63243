"""Write what other programs read, from uv.lock and pyproject.toml; with --check, only name what has drifted.

uv.lock        -> environment.yml, binder/requirements.txt, binder/runtime.txt
pyproject.toml -> the badges in README.md, repository-code in CITATION.cff
"""

import argparse
import re
import subprocess
import sys

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.places import PROJECT, REPOSITORY, ROOT, addresses

PYTHON = "3.12"  # for conda and Binder
CONDA_NAMES = {"matplotlib": "matplotlib-base"}  # without Qt
IN_BINDERS_BASE = ["ipywidgets", "packaging", "python-dateutil", "typing-extensions"]  # as repo2docker has them
BADGES = {
    "Binder": "https://mybinder.org/badge_logo.svg",
    "Colab": "https://colab.research.google.com/assets/colab-badge.svg",
}
GENERATED = "# Written by tools/pins.py from uv.lock: run `make pins` instead of editing.\n"
EXPORT = "export --quiet --no-cache --offline --locked --no-dev --no-emit-project".split()
EXPORT += "--no-hashes --no-annotate --no-header".split()


def locked_requirements(*options):
    """One line `name==version ; marker` for every package that a reader needs; options are uv's."""
    uv = subprocess.run(
        [sys.executable, "-m", "uv", *EXPORT, *options], cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8"
    )
    if uv.returncode:
        sys.exit("uv.lock: not exported; if it is behind pyproject.toml, run `uv lock`")
    return uv.stdout


def conda_environment(requirements):
    python = {"python_version": PYTHON, "python_full_version": f"{PYTHON}.0"}
    locked = {
        line.name: str(line.specifier)
        for line in map(Requirement, requirements.splitlines())
        if line.marker is None or line.marker.evaluate(python)
    }
    wanted = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["lab"]
    direct = [canonicalize_name(Requirement(dependency).name) for dependency in wanted]
    packages = [CONDA_NAMES.get(name, name) + locked[name] for name in direct]
    return (
        f"{GENERATED}# Keep it in this folder: conda runs pip, and so `-e .`, where the file lies.\n"
        f"name: {PROJECT['name']}\nchannels:\n  - conda-forge\n  - nodefaults\ndependencies:\n"
        + "".join(f"  - {package}\n" for package in [f"python={PYTHON}", *packages, "pip"])
        + "  - pip:\n      - -e .\n"
    )


def current(name):
    return (ROOT / name).read_text(encoding="utf-8") if (ROOT / name).exists() else ""


def replace(name, pattern, text):
    """The file's text with the one match of `pattern` replaced."""
    new, found = re.subn(pattern, lambda _: text, current(name), flags=re.MULTILINE | re.DOTALL)
    if found != 1:
        sys.exit(f"{name}: expected one place that matches {pattern!r}, found {found}")
    return new


def render():
    there = addresses()
    badges = [f"[![Open in {place}]({image})]({there[place]})" for place, image in BADGES.items()]
    badges.append(f"[Open in the browser alone]({there['browser']})")
    begin, end = "<!-- badges: written by tools/pins.py -->", "<!-- end -->"
    missing = locked_requirements(*(f"--prune={name}" for name in IN_BINDERS_BASE))
    return {
        "environment.yml": conda_environment(locked_requirements("--extra=lab")),
        "binder/requirements.txt": f"{GENERATED}# Only what the base of Binder's images does not have.\n{missing}",
        "binder/runtime.txt": f"python-{PYTHON}\n",
        "README.md": replace("README.md", f"{begin}.*?{end}", "\n".join([begin, *badges, end])),
        "CITATION.cff": replace("CITATION.cff", "^repository-code: [^\n]*$", f'repository-code: "{REPOSITORY}"'),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file has drifted")
    check = parser.parse_args().check
    drifted = {name: text for name, text in render().items() if text != current(name)}
    if check and drifted:
        sys.exit(f"drifted: {', '.join(drifted)} (run `make pins`)")
    for name, text in drifted.items():
        (ROOT / name).write_text(text, encoding="utf-8")
        print("wrote", name)


if __name__ == "__main__":
    main()

"""The way from a bare clone to an open notebook: lock, generated files, Makefile, Binder, CI."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.tags import compatible_tags, cpython_tags, mac_platforms
from packaging.utils import parse_wheel_filename

from tools.binder_replay import base_packages
from tools.pins import IN_BINDERS_BASE, locked_requirements

ROOT = Path(__file__).resolve().parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT, PYTEST = PYPROJECT["project"], PYPROJECT["tool"]["pytest"]["ini_options"]
DOCS = [path.relative_to(ROOT) for path in (ROOT / "docs").glob("*.md")]
LOCK = {
    package["name"]: package for package in tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
}


def run(*command, cwd=ROOT, **environment):
    """Run a command, in English, without the MAKEFLAGS of an outer `make test`; the result holds its output as text."""
    outer = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    command = [str(part) for part in command]
    return subprocess.run(
        command, cwd=cwd, env=outer | {"LC_ALL": "C"} | environment, capture_output=True, encoding="utf-8"
    )


@pytest.fixture
def clone(tmp_path):
    """A copy of what the set-up reads, in a folder with a space in its name."""
    copy = tmp_path / "a copy"
    for name in ["tools", "binder"]:
        shutil.copytree(ROOT / name, copy / name)
    (copy / "docs").mkdir()
    shutil.copy(ROOT / "docs/package-lock.json", copy / "docs")
    for name in ["helpers", "course"]:
        (copy / name).mkdir()
        (copy / name / "module.py").touch()
    for name in ["Makefile", "pyproject.toml", "uv.lock", "environment.yml", "README.md", "CITATION.cff"]:
        shutil.copy(ROOT / name, copy)
    return copy


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


# The lock and what is generated from it


def test_runtime_dependencies_are_those_of_the_design():
    names = {Requirement(line).name for line in PROJECT["dependencies"]}
    assert names == {"numpy", "matplotlib", "sympy", "ipywidgets", "gymnasium", "tqdm"}


SYSTEMS = {  # sys_platform, os_name, wheel tags
    "linux": ("linux", "posix", [f"manylinux_2_{minor}_x86_64" for minor in range(5, 29)] + ["manylinux2014_x86_64"]),
    "macos": ("darwin", "posix", list(mac_platforms((14, 0), "arm64"))),
    "windows": ("win32", "nt", ["win_amd64"]),
}


@pytest.fixture(scope="module")
def readers_packages():
    """What the lock installs for a reader with JupyterLab."""
    return [Requirement(line) for line in locked_requirements("--extra=lab").splitlines()]


def has_wheel(package, python, platforms):
    """Whether the lock holds a wheel of the package for this Python and one of these platforms."""
    version = tuple(map(int, python.split(".")))
    tags = {*cpython_tags(version, platforms=platforms), *compatible_tags(version, platforms=platforms)}
    wheels = [wheel["url"].rsplit("/", 1)[1] for wheel in package.get("wheels", [])]
    return any(tags & parse_wheel_filename(wheel)[3] for wheel in wheels)


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
@pytest.mark.parametrize("system", SYSTEMS)
def test_nothing_has_to_be_compiled(python, system, readers_packages):
    sys_platform, os_name, platforms = SYSTEMS[system]
    reader = {"python_full_version": f"{python}.0", "sys_platform": sys_platform, "os_name": os_name}
    names = [package.name for package in readers_packages if package.marker is None or package.marker.evaluate(reader)]
    assert len(names) > len(PROJECT["dependencies"])
    assert [name for name in names if not has_wheel(LOCK[name], python, platforms)] == []


def test_generated_files_follow_the_lock():
    result = run(sys.executable, "-m", "tools.pins", "--check")
    assert result.returncode == 0, result.stderr


def test_drift_is_named_and_repaired(clone):
    drift = {
        "environment.yml": (f"numpy=={LOCK['numpy']['version']}", "numpy==0.1"),
        "binder/requirements.txt": (f"sympy=={LOCK['sympy']['version']}", "sympy==0.1"),
        "binder/runtime.txt": ("3.12", "3.9"),
        "README.md": ("mybinder.org/v2/gh/", "mybinder.org/v2/gh/someone/"),
        "CITATION.cff": ("repository-code: ", "repository-code: https://"),
    }
    for name, change in drift.items():
        edit(clone / name, *change)
    check = [sys.executable, "-m", "tools.pins", "--check"]
    result = run(*check, cwd=clone)
    assert result.returncode == 1 and f"drifted: {', '.join(drift)} (" in result.stderr
    wrote = run(sys.executable, "-m", "tools.pins", cwd=clone).stdout
    assert wrote.splitlines() == [f"wrote {name}" for name in drift]
    assert run(*check, cwd=clone).returncode == 0


def test_the_repository_is_named_once(clone):
    edit(clone / "pyproject.toml", PROJECT["urls"]["Repository"], "https://github.com/someone/somewhere")
    assert run(sys.executable, "-m", "tools.pins", cwd=clone).stdout == "wrote README.md\nwrote CITATION.cff\n"
    assert "/gh/someone/somewhere/HEAD?urlpath=lab/tree/notebooks/00_start_here.ipynb" in (
        (clone / "README.md").read_text(encoding="utf-8")
    )


@pytest.mark.parametrize(
    "name, old, new, complaint",
    [
        ("README.md", "<!-- end -->", "", "README.md: expected one place that matches '<!-- badges"),
        ("pyproject.toml", '"numpy>=2.0"', '"numpy>=2.1"', "run `uv lock`"),
    ],
)
def test_what_cannot_be_generated_is_said(clone, name, old, new, complaint):
    edit(clone / name, old, new)
    result = run(sys.executable, "-m", "tools.pins", cwd=clone)
    assert result.returncode == 1
    assert complaint in result.stderr


# Binder


def repo2docker(repository):
    """What repo2docker would build, without building it and without its fallback for unknown repositories."""
    config = repository.parent / "repo2docker_config.py"
    config.write_text("c.Repo2Docker.default_buildpack = None\n", encoding="utf-8")
    return run(sys.executable, "-m", "repo2docker", "--config", config, "--no-build", repository)


def test_binder_builds_from_its_folder(clone):
    result = repo2docker(clone)
    assert result.returncode == 0, result.stderr
    assert "python=3.12" in result.stderr
    assert 'pip install --no-cache-dir -r "binder/requirements.txt"' in result.stdout
    assert "RUN ./binder/postBuild" in result.stdout
    assert "environment.yml" not in result.stdout


@pytest.mark.parametrize("platform", ["linux-64", "linux-aarch64"])
def test_binder_installs_what_its_base_lacks_and_nothing_else(platform):
    _, held = base_packages(platform=platform)
    lines = (ROOT / "binder/requirements.txt").read_text(encoding="utf-8").splitlines()
    installed = {Requirement(line).name for line in lines if not line.startswith("#")}
    assert {"jupyterlab", "notebook", *IN_BINDERS_BASE} <= set(held)
    assert installed.isdisjoint(held)
    for line in PROJECT["dependencies"]:
        wanted = Requirement(line)
        assert wanted.name in installed or wanted.specifier.contains(held[wanted.name])


def test_without_its_folder_binder_builds_something_else_or_nothing(clone):
    shutil.rmtree(clone / "binder")
    assert "binder/" not in repo2docker(clone).stdout
    for name in ["environment.yml", "pyproject.toml"]:
        (clone / name).unlink()
    result = repo2docker(clone)
    assert result.returncode == 1
    assert "No environment specification found" in result.stderr


@pytest.mark.parametrize("script", ["binder/postBuild", ".ci/run"])
def test_scripts_are_executable_and_parse(script):
    assert os.access(ROOT / script, os.X_OK)
    assert run("bash", "-n", script).returncode == 0


# The Makefile, run for real with stand-ins for uv and Python


def stand_in(path, script):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def make(clone):
    """Run make in the clone, with the stand-ins of `clone/../bin` first on PATH and another environment active."""
    stand_in(clone / ".venv/bin/python", f"exec '{sys.executable}' \"$@\"")

    def run_make(*arguments, **environment):
        path = f"{clone.parent / 'bin'}{os.pathsep}{os.environ['PATH']}"
        return run("make", *arguments, cwd=clone, PATH=path, VIRTUAL_ENV="/elsewhere", **environment)

    return run_make


def test_make_lists_its_targets(make):
    listed = [line.split()[1] for line in make().stdout.splitlines()]
    tests = "test test-helpers test-browser test-site test-lite test-course test-places test-otter test-hub"
    site, homework = "site linkcheck translate binder lite", "homework grade mark similar feedback"
    benches = "bench bench-setup bench-backprop bench-cartpole bench-grading bench-live bench-lite"
    assert (
        listed
        == f"help setup lab {tests} lint pins shown derivatives heads {site} picture {homework} {benches} clean".split()
    )


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "course/README.md", *sorted(map(str, DOCS))])
def test_what_a_reader_is_told_to_make_is_a_target(name):
    told = set(re.findall(r"`make ([a-z-]+)", (ROOT / name).read_text(encoding="utf-8")))
    targets = (ROOT / "Makefile").read_text(encoding="utf-8")
    rules = [rule.replace("%", "[a-z]+") for rule in re.findall(r"^([a-z%-]+):", targets, re.MULTILINE)]
    assert [each for each in told if not any(re.fullmatch(rule, each) for rule in rules)] == []


def test_set_up_runs_once_until_the_lock_changes(make, clone):
    stand_in(clone.parent / "bin/uv", 'echo "uv $* into $UV_PROJECT_ENVIRONMENT, active: $VIRTUAL_ENV"')
    synced = "uv sync --frozen --inexact --compile-bytecode into .venv, active: \n"
    assert make("setup").stdout == synced
    assert "Nothing to be done" in make("setup").stdout
    os.utime(clone / "uv.lock", (2**32, 2**32))
    assert make("setup").stdout == synced


def test_the_teachers_environments_come_from_the_same_lock(make, clone):
    stand_in(clone.parent / "bin/uv", 'echo "uv $* into $UV_PROJECT_ENVIRONMENT"')
    stand_in(clone / ".venv/lib/a package/__pycache__/module.pyc", "")
    sync, readers = "uv sync --frozen --inexact --compile-bytecode", " into .venv\n"  # the reader's once, and first
    for group in ("course", "otter", "hub"):
        (clone / f".venv-{group}").mkdir()
        of_group = f" --quiet --group {group} into .venv-{group}\n"
        synced = f"{sync} --no-compile-bytecode{of_group}{sync}{of_group}"
        assert make(f".venv-{group}/.ready").stdout == (sync + readers if group == "course" else "") + synced
        assert (clone / f".venv-{group}/lib/a package/__pycache__/module.pyc").is_file(), "compiled once more"


def test_set_up_compiles_our_own_code_where_programs_may_not(make, clone):
    stand_in(clone.parent / "bin/uv", "")
    assert make("setup", PYTHONDONTWRITEBYTECODE="1").returncode == 0
    assert {path.parent.parent.name for path in clone.glob("*/__pycache__/module.*.pyc")} == {"helpers", "course"}


def test_each_place_has_packages_of_its_own(make, clone):
    (clone / ".venv/.ready").touch()
    (clone / "tests/places").mkdir(parents=True)
    (clone / "tests/places/colab-requirements.txt").touch()
    said = make("-n", "test-places", "PLACE_PYTHON=a python").stdout.replace(".venv/bin/python -m uv ", "uv ")
    for place, packages in [("colab", "-r tests/places/colab"), ("oldest", "--resolution lowest"), ("newest", "--up")]:
        assert f'uv venv --quiet --clear --python "a python" .venv-place-{place}\n' in said
        assert f"uv pip install --quiet --python .venv-place-{place} {packages}" in said
        assert f".venv-place-{place}/bin/python -m pytest " in said


def below(paths):
    """Files of tests at these paths, or in these folders."""
    return {path for name in paths for path in [ROOT / name, *(ROOT / name).rglob("*")] if path.match("test_*.py")}


def test_every_file_of_tests_is_in_one_part_of_make_test(make):
    commands = [line.partition(" -m pytest")[2].split() for line in make("-n", "test").stdout.splitlines()]
    parts = []
    for words in filter(None, commands):
        paths = [word for word in words if word[0] != "-"] or PYTEST["testpaths"]
        ignored = [word.removeprefix("--ignore=") for word in words if word.startswith("--ignore=")]
        parts.append(below(paths) - below(ignored))
    assert all(parts) and len(parts) == 8
    assert sorted(file for part in parts for file in part) == sorted(below(["tests", "course/tests"]))


@pytest.mark.parametrize("target", ["grade", "similar", "feedback"])
def test_what_is_missing_is_named(make, clone, target):
    (clone / ".venv-course").mkdir()
    for name in (".venv", ".venv-course"):
        (clone / name / ".ready").touch()
    result = make(target)
    assert result.returncode != 0
    assert f"make {target} needs HW" in result.stderr


def test_grading_takes_its_options(make, clone):
    (clone / ".venv-course").mkdir()
    for name in (".venv", ".venv-course"):
        (clone / name / ".ready").touch()
    wanted = ["HW=hw1", "SUBMISSIONS=a folder", "WORKERS=2", "SCHEDULER=tcp://x:1", "FORCE=yes", "SANDBOX=no"]
    command = " ".join(make("-n", "grade", *wanted).stdout.replace("\\\n", "").split())
    options = "--workers 2 --scheduler tcp://x:1 --force --no-sandbox"
    assert command.endswith(f'-m course.grade hw1 "a folder" {options}')


def test_set_up_that_fails_is_tried_again(make, clone):
    stand_in(clone.parent / "bin/uv", 'test "$1" = --version')
    assert make("setup").returncode != 0
    assert make("setup").returncode != 0


def test_old_python_is_refused(make, clone):
    for name in ["uv", "python3"]:
        stand_in(clone.parent / "bin" / name, "exit 1")
    result = make("setup")
    assert result.returncode != 0
    assert "Python 3.11 or newer is needed" in result.stderr


def test_make_works_in_a_path_with_a_space(make, clone):
    (clone / ".venv/.ready").touch()
    result = make("test", "ARGS=--version")
    assert result.returncode == 0
    assert "pytest" in result.stdout + result.stderr
    assert make("pins").returncode == 0


def test_lab_opens_the_first_lesson(make):
    command = make("-n", "lab", "ARGS=--no-browser").stdout.splitlines()[-1]
    assert command.startswith(".venv/bin/python -m jupyterlab ")
    assert "/lab/tree/notebooks/00_start_here.ipynb" in command
    assert command.endswith(" --no-browser")


def test_clean_keeps_the_work(make, clone):
    (clone / "notebooks/__pycache__").mkdir(parents=True)
    before = {path.relative_to(clone) for path in clone.rglob("*") if ".venv" not in path.parts}
    (clone / ".venv-bench").mkdir()
    make("clean")
    after = {path.relative_to(clone) for path in clone.rglob("*")}
    assert {path for path in before - after if "__pycache__" not in path.parts} == set()
    assert not any((clone / name).exists() for name in (".venv", ".venv-bench", "notebooks/__pycache__"))

"""Pyodide's lock file, with the packages of the lessons in it: a cell that imports one loads it, without %pip."""

import email
import hashlib
import zipfile

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

BROWSER = {"sys_platform": "emscripten", "platform_system": "Emscripten", "os_name": "posix", "extra": ""}
KERNEL = ("micropip", "ipython", "jedi", "sqlite3", "ssl")  # what JupyterLite's kernel loads before the first cell


def with_wheels(lock, wheels):
    """The lock with an entry for each of the pure wheels, in place of one of Pyodide's own of that name."""
    ours = {canonicalize_name(entry["name"]): entry for entry in map(entry_of, wheels)}
    packages = lock["packages"] | ours
    for entry in ours.values():  # what is not there, such as the server's half of ipywidgets, nobody needs in a browser
        entry["depends"] = [name for name in entry["depends"] if name in packages]
    return lock | {"packages": packages}


def entry_of(wheel):
    """The lock's entry for a pure wheel: what it needs, and which imports load it."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        metadata = email.message_from_bytes(archive.read(next(n for n in names if n.endswith(".dist-info/METADATA"))))
    needed = map(Requirement, metadata.get_all("Requires-Dist") or [])
    return {
        "name": metadata["Name"],
        "version": metadata["Version"],
        "file_name": wheel.name,
        "install_dir": "site",
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
        "package_type": "package",
        "imports": sorted({n.split("/")[0].removesuffix(".py") for n in names if n.endswith(".py")}),
        "depends": [canonicalize_name(r.name) for r in needed if r.marker is None or r.marker.evaluate(BROWSER)],
        "unvendored_tests": False,
    }


def needed(lock, names):
    """The lock with these packages and all that they need, and no others."""
    found, open_ = {}, [*KERNEL, *names]
    while open_:
        name = canonicalize_name(open_.pop())
        if name not in found:
            found[name] = lock["packages"][name]
            open_ += found[name]["depends"]
    return lock | {"packages": found}


def stock_at(lock, wheels, address):
    """The lock with Pyodide's own packages at an address, and our wheels beside it."""
    ours = {wheel.name for wheel in wheels}
    packages = {
        name: entry if entry["file_name"] in ours else entry | {"file_name": address + entry["file_name"]}
        for name, entry in lock["packages"].items()
    }
    return lock | {"packages": packages}

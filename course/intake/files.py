"""The files in a folder or a zip file, by name, each with a function that reads it: nothing is unpacked."""

import math
import stat
import zipfile
from dataclasses import dataclass
from datetime import datetime

from course.intake.naming import readable
from course.intake.notebook import MOST_BYTES


@dataclass(frozen=True)
class File:
    """A file that was found: its name below the source, whether it is a link, its time, how to read its first bytes;
    times: how often its name is in the zip file."""

    name: str
    linked: bool
    time: float
    read: callable
    times: int = 1


def in_folder(source):
    """(the files in a folder, the students' folders that hold none, so that nobody is lost)."""
    files, empty = [], []
    for entry in sorted(source.iterdir()):
        if entry.name.startswith("."):
            continue
        inside = entry.is_dir() and not entry.is_symlink()
        below = sorted(entry.rglob("*")) if inside else [entry]
        found = [path for path in below if path.is_symlink() or not path.is_dir()]
        if not found:
            empty.append(readable(entry.name))
        for path in found:
            state = path.lstat()
            name = str(path.relative_to(source)) + ("/" if entry.is_symlink() else "")
            files.append(File(name, not stat.S_ISREG(state.st_mode), state.st_mtime, reader(path.open, "rb")))
    return files, empty


def in_zip(source):
    """The files in a zip file."""
    archive = zipfile.ZipFile(source)
    for info in archive.infolist():
        if not info.is_dir():
            linked = stat.S_ISLNK(info.external_attr >> 16) or bool(info.flag_bits & 1)
            yield File(name_in(info), linked, time_in(info), reader(archive.open, info))


def name_in(info):
    """A member's name; in UTF-8 also where the zip file does not say so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def time_in(info):
    """A member's time, in seconds, as a file's; nan where it has none."""
    try:
        return datetime(*info.date_time).timestamp()
    except (ValueError, OverflowError):
        return math.nan


def reader(opened, *arguments):
    """A function that reads a file, one byte more than is allowed at most."""

    def read():
        with opened(*arguments) as file:
            return file.read(MOST_BYTES + 1)

    return read

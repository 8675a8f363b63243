"""Whose a file is, by the names that Moodle, Canvas, a flat folder or a folder for each student give it."""

import re
import unicodedata
from pathlib import PurePosixPath
from typing import NamedTuple

MOODLE = re.compile(  # a profile's name may look like another's folder: the last number before the slash is the id
    r"(?P<name>[^/]+)_(?P<id>\d+)_assignsubmission_(?:file|onlinetext)_?/(?P<file>.*)"
    r"|(?P<sole>[^/]+?)_(?P<its_id>\d+)_assignsubmission_file_(?P<its_file>[^/]+)"
)
CANVAS = re.compile(
    r"(?P<name>[^/_]+)(?P<late>_LATE)?_(?P<id>\d+)_\d+_(?P<file>[^/]+)"
    r"|(?P<anonymous>anon(?:ymous)?)(?P<late_too>_LATE)?_(?P<code>[A-Za-z0-9]{5,})_\d+_(?P<its_file>[^/]+)"
)
NOISE = re.compile(r"(^|/)(__MACOSX(/|$)|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)", re.IGNORECASE)
AN_ID = re.compile(r"[\w.@+-]*\d[\w.@+-]*")  # what a student's file alone in a folder must look like
LONGEST = 80  # characters of a name in the table


class Owner(NamedTuple):
    """A student's id, the name that the LMS shows, the file's path among the student's files, whether it came late."""

    student: str
    shown: str
    path: PurePosixPath
    late: bool = False


def readable(name):
    """A name in composed Unicode (NFC), with what is no text replaced, and cut where it is endless."""
    name = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    name = unicodedata.normalize("NFC", name).replace("\\", "/")
    return "/".join(part if len(part) <= LONGEST else f"{part[: LONGEST - 1]}…" for part in name.split("/"))


def owners(names, assignment):
    """{name of a file: its `Owner`}; what a computer, and no student, has put there is left out.

    The naming of an LMS counts where all names have it: a student chooses the end of a name, and must not be able to
    make it look like another's. A folder around all of it is looked through.
    """
    paths = {name: PurePosixPath(readable(name)) for name in names if not NOISE.search(readable(name))}
    paths = {name: path for name, path in paths.items() if path.parts}
    for inner in (paths, {name: PurePosixPath(*path.parts[1:]) for name, path in paths.items()}):
        if inner is not paths and len({path.parts[0] for path in paths.values()}) != 1:
            break
        for naming in (CANVAS, MOODLE):
            matches = {name: naming.fullmatch(str(path)) for name, path in inner.items() if not stray(path)}
            odd = [name for name, match in matches.items() if not match]
            if matches and not odd:
                return {name: by_lms(match, inner[name]) for name, match in matches.items()}
            if 2 * len(odd) < len(matches):
                raise ValueError(f"all names but {readable(odd[0])!r} are those of an LMS: take it out, or rename it")
    return {name: owner for name, path in around(paths, assignment).items() if (owner := by_folder(path, assignment))}


def stray(path):
    """True for a file beside the submissions that is none: a list, say."""
    return len(path.parts) == 1 and path.suffix.lower() in (".csv", ".txt", ".xlsx", ".pdf") and "_" not in path.name


def by_lms(match, path):
    """The owner in a name of Moodle's or Canvas's."""
    found = {name: value for name, value in match.groupdict().items() if value}
    student = found.get("code") or found.get("id") or found["its_id"]
    shown = found.get("anonymous") or found.get("name") or found["sole"]
    file = found.get("its_file") or found.get("file") or path.name
    return Owner(student, shown, PurePosixPath(file), bool(found.get("late") or found.get("late_too")))


def around(paths, assignment):
    """The paths without one folder around them all, where the students' own folders or files lie in it."""
    inner = {name: PurePosixPath(*path.parts[1:]) for name, path in paths.items()}
    outer = {path.parts[0] for path in paths.values()}
    students = {path.parts[0] for path in inner.values() if path.parts}
    deep = all(len(path.parts) >= 2 for path in inner.values())
    flat = all(len(path.parts) == 1 and AN_ID.fullmatch(in_name(path, assignment)) for path in inner.values())
    several = len(outer) == 1 and len(students) > 1 and assignment not in students
    return inner if several and (deep or flat) else paths


def by_folder(path, assignment):
    """The owner of a file by its first folder, or by its own name where it lies in none; None for a list, say."""
    if len(path.parts) > 1:
        return Owner(path.parts[0], "", PurePosixPath(*path.parts[1:]))
    if path.suffix.lower() != ".ipynb":
        return None
    return Owner(in_name(path, assignment) or path.stem, "", path)


def in_name(path, assignment):
    """What a notebook's name says beside the assignment and a number of the LMS's: 's001' in 's001_hw1-2.ipynb'."""
    if path.suffix.lower() != ".ipynb":
        return ""
    return re.sub(rf"[ _.-]*{re.escape(assignment)}[ _.-]*(\(?\d*\)?)$", "", path.stem, flags=re.IGNORECASE)

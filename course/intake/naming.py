"""Whose a file is, by the names that Moodle, Canvas, a flat folder or a folder for each student give it."""

import re
import unicodedata
from pathlib import PurePosixPath
from typing import NamedTuple

from course.authoring.sources import ASSIGNMENTS

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
COLLECTED = "submitted"  # nbgrader's folder of what it has collected
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
    """The paths without the folders around them all, where the students' own folders or files lie in these."""
    paths = {name: path for name, path in paths.items() if len(path.parts) > 1 or is_notebook(path)}
    outer = {path.parts[0] for path in paths.values()}
    if any(len(path.parts) == 1 for path in paths.values()):
        return paths
    if outer and outer <= {*ASSIGNMENTS, assignment, COLLECTED}:  # these are nobody's names
        return around(within(paths, {assignment, COLLECTED}), assignment) or paths
    inner = within(paths, outer)
    inner = within(inner, {assignment}) or inner
    students = {path.parts[0] for path in inner.values()}
    deep = all(len(path.parts) > 1 for path in inner.values())
    flat = all(len(path.parts) == 1 and looks_flat(path, assignment, outer) for path in inner.values())
    return inner if len(outer) == 1 and len(students) > 1 and (deep or flat) else paths


def within(paths, folders):
    """The paths that begin with one of these folders, without it."""
    begin = {name: path for name, path in paths.items() if path.parts[0] in folders and len(path.parts) > 1}
    return {name: PurePosixPath(*path.parts[1:]) for name, path in begin.items()}


def looks_flat(path, assignment, outer):
    """True for a notebook that is named as a student's is where all lie in one folder, and not after that folder."""
    who = in_name(path, assignment)
    named = who not in ("", *outer) and (who != path.stem or AN_ID.fullmatch(who))
    return is_notebook(path) and bool(named)


def is_notebook(path):
    """True for the name of a notebook."""
    return path.suffix.lower() == ".ipynb"


def by_folder(path, assignment):
    """The owner of a file by its first folder, or by its own name where it lies in none; None for a list, say."""
    if len(path.parts) > 1:
        return Owner(path.parts[0], "", PurePosixPath(*path.parts[1:]))
    return Owner(in_name(path, assignment) or path.stem, "", path) if is_notebook(path) else None


def in_name(path, assignment):
    """What a notebook's name says beside an assignment and a number of the LMS's: 's001' in 's001_hw1-2.ipynb'."""
    kind = re.escape(assignment.rstrip("0123456789"))
    return re.sub(rf"[ _.-]*{kind}\d+([ _.-]+\d+|[ _.-]*\(\d+\))?[ _.-]*$", "", path.stem, flags=re.IGNORECASE)

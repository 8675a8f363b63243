"""Collecting submissions: a folder with one folder for each student, or a zip file as Moodle or Canvas gives it.

Nothing is unpacked: files are read, links are not followed, and no name of a file decides where anything is written.
"""

import re
import stat
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from course.authoring.sources import ID
from course.intake.identity import Finding
from course.intake.triage import MOST_BYTES

MOODLE = re.compile(r"(?P<name>[^/]+?)_(?P<id>\d+)_assignsubmission_file_?/?(?P<file>.*)")
CANVAS = re.compile(r"(?P<name>[^/_]+)(?:_LATE)?_(?P<id>\d+)_\d+_(?P<file>[^/]+)")


@dataclass(frozen=True)
class Submission:
    """What one student handed in. failure: why there is nothing to grade, or ''; shown: the name that the LMS gives."""

    student: str
    content: bytes = b""
    failure: str = ""
    findings: tuple = ()
    shown: str = ""


@dataclass(frozen=True)
class File:
    """A file that was found: whose it is, its name, whether it is a link, and how to read its first bytes."""

    student: str
    shown: str
    path: PurePosixPath
    linked: bool
    read: callable


def collect(source, assignment, ids=None):
    """The submissions in a folder or zip file, in order of the students' ids; ids: {id in the LMS: id in the course}.

    ValueError when there is no such folder or zip file, or nothing in it.
    """
    source = Path(source)
    if source.is_dir():
        found = list(in_folder(source))
    elif source.is_file() and zipfile.is_zipfile(source):
        found = list(in_zip(source))
    else:
        raise ValueError(f"SUBMISSIONS must be a folder with one folder a student, or a zip file; not {str(source)!r}")
    by_student = {}
    for file in found:
        by_student.setdefault((ids or {}).get(file.student, file.student), []).append(file)
    if not by_student:
        raise ValueError(f"there is no submission in {str(source)!r}")
    return [chosen(student, files, assignment) for student, files in sorted(by_student.items())]


def in_folder(source):
    """The files of each student's folder; a folder without files counts as one, so that nobody is lost."""
    for folder in sorted(source.iterdir()):
        if folder.name.startswith("."):
            continue
        if folder.is_symlink():
            yield File(folder.name, "", PurePosixPath(folder.name), True, bytes)
        elif folder.is_dir():
            files = [path for path in sorted(folder.rglob("*")) if path.is_symlink() or not path.is_dir()]
            for path in files:
                yield File(folder.name, "", PurePosixPath(path.relative_to(folder)), not plain_file(path), reader(path))
            if not files:
                yield File(folder.name, "", PurePosixPath(), False, bytes)


def plain_file(path):
    """True for a file that is no link, no pipe and no device."""
    return stat.S_ISREG(path.lstat().st_mode)


def reader(path):
    """A function that reads a file, one byte more than is allowed at most."""

    def read():
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)

    return read


def in_zip(source):
    """The files in a zip file, by the naming of Moodle or Canvas if all have it, else by their first folder.

    All: a student chooses the end of a name, and must not be able to make it look like another's.
    """
    archive = zipfile.ZipFile(source)
    paths = {info: PurePosixPath(info.filename.replace("\\", "/")) for info in archive.infolist() if not info.is_dir()}
    paths = {info: path for info, path in paths.items() if path.parts and path.parts[0] != "__MACOSX"}
    naming = next((n for n in (CANVAS, MOODLE) if all(n.fullmatch(str(path)) for path in paths.values())), None)
    for info, path in paths.items():
        match = naming and naming.fullmatch(str(path))
        if not match and len(path.parts) < 2 and path.suffix.lower() != ".ipynb":
            continue  # a list of names, say
        student, shown = (match["id"], match["name"]) if match else (path.parts[0], "")
        rest = PurePosixPath(match["file"] or path.name) if match else PurePosixPath(*path.parts[1:])
        outside = path.is_absolute() or ".." in path.parts
        linked = stat.S_ISLNK(info.external_attr >> 16) or outside or bool(info.flag_bits & 1)
        yield File("(zip)" if outside else student, shown, path if outside else rest, linked, zip_reader(archive, info))


def zip_reader(archive, info):
    """A function that reads a file of a zip file, one byte more than is allowed at most."""

    def read():
        with archive.open(info) as file:
            return file.read(MOST_BYTES + 1)

    return read


def chosen(student, files, assignment):
    """One student's `Submission`, out of the files that were found."""
    empty = Submission(student, shown=files[0].shown)
    if not ID.fullmatch(student):
        return replace(empty, failure=f"{student!r} can't be a student's id: use letters, digits, spaces and . @ + - _")
    below = [file for file in files if assignment in file.path.parts[:-1]] or files
    notebooks = [f for f in below if f.path.suffix.lower() == ".ipynb" and ".ipynb_checkpoints" not in f.path.parts]
    wanted = [f for f in notebooks if f.path.name == f"{assignment}.ipynb"] or notebooks
    if len(wanted) > 1 and len({f.path.name for f in wanted}) == len(wanted):
        wanted = [f for f in wanted if re.match(rf"{re.escape(assignment)}\b", f.path.name)] or wanted
    if len(wanted) != 1:
        other = ", ".join(str(f.path) for f in files if f.path.name)[:200]
        several = f"{len(wanted)} notebooks, and none is to be preferred"
        return replace(empty, failure=several if wanted else f"no notebook (found: {other or 'nothing'})")
    [file] = wanted
    if file.linked:
        return replace(empty, failure=f"{str(file.path)!r} is a link, locked, or leads out of its folder; not read")
    renamed = file.path.name != f"{assignment}.ipynb"
    findings = (Finding(f"the file was named {file.path.name!r}"),) if renamed else ()
    try:
        return replace(empty, content=file.read(), findings=findings)
    except (OSError, RuntimeError, zipfile.BadZipFile, NotImplementedError) as error:
        return replace(empty, failure=f"{str(file.path)!r} can't be read: {type(error).__name__}")

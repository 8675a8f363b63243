"""Collecting submissions: a folder with one folder for each student, or a zip file as Moodle or Canvas gives it.

Nothing is unpacked: files are read, links are not followed, and no name of a file decides where anything is written.
"""

import io
import math
import re
import stat
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from course.authoring.sources import ID
from course.intake.files import File, in_folder, in_zip, reader
from course.intake.identity import Finding
from course.intake.naming import Owner, owners, readable
from course.intake.notebook import MOST_BYTES

BROKEN = (OSError, RuntimeError, EOFError, ValueError, NotImplementedError, zipfile.BadZipFile, zlib.error)
DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Submission:
    """What one student handed in. failure: why there is nothing to grade, or ''; shown: the name that the LMS gives;
    lms: the id there; late: '' or by how many days, 'yes' where only that is known."""

    student: str
    content: bytes = b""
    failure: str = ""
    findings: tuple = ()
    shown: str = ""
    lms: str = ""
    late: str = ""


def collect(source, assignment, ids=None, deadline=None):
    """The submissions in a folder or zip file, in order of the students' ids.

    ids: {id in the LMS: id in the course}; deadline: datetime, from which days late are counted by the files' times.
    ValueError when there is no such folder or zip file, or nothing in it.
    """
    source = Path(source)
    if source.is_dir():
        files, empty = in_folder(source)
    elif source.is_file() and zipfile.is_zipfile(source):
        files, empty = list(in_zip(source)), []
    else:
        raise ValueError(f"SUBMISSIONS must be a folder with one folder a student, or a zip file; not {str(source)!r}")
    found = {file.name: file for file in files}  # of two of the same name in a zip file, the last: it was added later
    times = Counter(file.name for file in files)
    by_student = {(ids or {}).get(name, name): [] for name in empty}
    for name, owner in owners(found, assignment).items():
        outside = name.startswith("/") or ".." in PurePosixPath(name.replace("\\", "/")).parts
        student = "(zip)" if outside else (ids or {}).get(owner.student, owner.student)
        file = replace(found[name], linked=found[name].linked or outside, times=times[name])
        by_student.setdefault(student, []).append((owner, file))
    if not by_student:
        raise ValueError(f"there is no submission in {str(source)!r}")
    return [chosen(student, files, assignment, deadline) for student, files in sorted(by_student.items())]


def chosen(student, files, assignment, deadline=None):
    """One student's `Submission`, out of [(`Owner`, `File`)]."""
    first = files[0][0] if files else Owner(student, "", PurePosixPath())
    empty = Submission(student, shown=first.shown, lms=first.student if first.shown else "")
    if not ID.fullmatch(student):
        return replace(empty, failure=f"{student!r} can't be a student's id: use letters, digits, spaces and . @ + - _")
    notebooks = wanted(files, assignment)
    if not notebooks:
        files, packed = unpacked(files)
        notebooks = wanted(files, assignment)
    else:
        packed = False
    newest = max(map(number_of, notebooks), default=0)
    last = [pair for pair in notebooks if number_of(pair) == newest]
    if len(last) != 1:
        other = ", ".join(str(owner.path) for owner, _ in files if owner.path.name)[:200]
        several = f"{len(last)} notebooks, and none is to be preferred"
        return replace(empty, failure=several if last else f"no notebook (found: {other or 'nothing'})")
    [(owner, file)] = last
    if file.linked:
        return replace(empty, failure=f"{str(owner.path)!r} is a link, locked, or leads out of its folder; not read")
    findings = []
    if len(notebooks) > 1:
        others = ", ".join(sorted(other.path.name for other, _ in notebooks))
        findings.append(Finding(f"of {others} the newest was taken: {owner.path.name}"))
    elif owner.path.name not in (f"{assignment}.ipynb", f"{student}.ipynb", f"{student}_{assignment}.ipynb"):
        findings.append(Finding(f"the file was named {owner.path.name!r}"))
    if file.times > 1:
        findings.append(Finding(f"{owner.path.name} is {file.times} times in the zip file; the last was taken"))
    if packed:
        findings.append(Finding("it was handed in as a zip file"))
    try:
        content = file.read()
    except BROKEN as error:
        return replace(empty, failure=f"{str(owner.path)!r} can't be read: {type(error).__name__}")
    late = days_late(file.time, deadline) if deadline else "yes" if owner.late else ""
    return replace(empty, content=content, findings=tuple(findings), late=late)


def wanted(files, assignment):
    """The notebooks among a student's files that may be meant: of several, those that bear the assignment's name."""
    name = re.escape(assignment)
    below = [pair for pair in files if assignment in pair[0].path.parts[:-1]] or files
    notebooks = [
        (owner, file)
        for owner, file in below
        if owner.path.suffix.lower() == ".ipynb" and ".ipynb_checkpoints" not in owner.path.parts
    ]
    copy = r"(-\d+| ?\(\d+\))?\.ipynb"
    exact, ends, begins = (
        [pair for pair in notebooks if re.fullmatch(pattern, pair[0].path.name, re.IGNORECASE)]
        for pattern in (name + copy, rf".*[ _.-]{name}{copy}", rf"{name}\b.*")
    )
    return exact or ends or (begins if len(begins) == 1 else notebooks)


def number_of(pair):
    """The number that an LMS or a browser has given to a file of the same name: 1 in 'hw1-1.ipynb', 'hw1 (1).ipynb'."""
    match = re.search(r"(?:-(\d+)| ?\((\d+)\))$", pair[0].path.stem)
    return int(match[1] or match[2]) if match else 0


def unpacked(files):
    """(the files in a student's only zip file, True), or (the files as they are, False)."""
    zips = [pair for pair in files if pair[0].path.suffix.lower() == ".zip" and not pair[1].linked]
    if len(zips) != 1:
        return files, False
    owner, file = zips[0]
    try:
        content = file.read()
        archive = zipfile.ZipFile(io.BytesIO(content)) if len(content) <= MOST_BYTES else None
    except BROKEN:
        return files, False
    if archive is None:
        return files, False
    inside = [i for i in archive.infolist() if not i.is_dir() and not stat.S_ISLNK(i.external_attr >> 16)]
    paths = [owner._replace(path=PurePosixPath(readable(info.filename))) for info in inside]
    members = [File(info.filename, False, file.time, reader(archive.open, info)) for info in inside]
    return list(zip(paths, members, strict=True)), True


def days_late(time, deadline):
    """By how many days, begun ones counted, a file is later than the deadline; '' when it is not, or has no time."""
    late = time - deadline.timestamp()
    return str(math.ceil(late / DAY)) if late > 0 else ""

"""Make the students' versions and the keys of their checks from the sources.

    python -m course.authoring.release             write notebooks/homework/ and helpers/checks/keys/
    python -m course.authoring.release --check     only name what has drifted

With `--students ids.csv --seed 2026` it also makes a notebook for each student, with numbers of their own.

The solutions, for the teacher, and nbgrader's release go to course/work/, which git does not know.
"""

import argparse
import hashlib
import sys
import tempfile
from pathlib import Path

import nbformat

from course.authoring.keys import key_text
from course.authoring.sources import (
    ASSIGNMENTS,
    ROOT,
    WORK,
    answer_cells,
    read_source,
    solution_text,
    with_seed,
    written_cells,
)
from course.students import read_students
from helpers.checks.key import KEYS, SEEDS

STUDENTS_VERSIONS = ROOT / "notebooks" / "homework"


def released(assignment, work):
    """Run nbgrader's GenerateAssignment for a course in the folder `work`; returns the released notebook as text.

    The gradebook in `work` then knows the assignment. RuntimeError when nbgrader refuses the source.
    """
    from nbgrader.apps import NbGraderAPI

    from course.settings import course_directory, settings

    config = settings(work)
    result = NbGraderAPI(course_directory(config), config=config).generate_assignment(assignment)
    path = work / "release" / assignment / f"{assignment}.ipynb"
    if not result["success"] or not path.is_file():
        raise RuntimeError(f"nbgrader does not accept {assignment}:\n{result.get('error') or result.get('log')}")
    notebook = nbformat.read(path, as_version=4)
    path.write_text(as_text(notebook), encoding="utf-8")
    return as_text(notebook)


def as_text(notebook):
    """A notebook as it is committed."""
    return nbformat.writes(notebook, indent=1, ensure_ascii=False).rstrip() + "\n"


def with_solutions(assignment):
    """The source with its solutions in place and its hidden tests open, for the teacher."""
    notebook = read_source(assignment)
    for cell in [*answer_cells(notebook).values(), *written_cells(notebook).values()]:
        cell.source = solution_text(cell).rstrip()
    return as_text(notebook)


def generated(assignments, work):
    """{path: text} of what is kept in the repository."""
    files = {KEYS / f"{name}.json": key_text(name) for name in assignments}
    return files | {STUDENTS_VERSIONS / f"{name}.ipynb": released(name, work) for name in assignments}


def seed_of(student, secret):
    """A student's seed, 0 to 99, from the id and the teacher's number."""
    digest = hashlib.sha256(f"{secret}:{student}".encode()).digest()
    return int.from_bytes(digest[:8]) % len(SEEDS)


def personal(text, student, secret):
    """The released notebook with a student's own seed."""
    notebook = nbformat.reads(text, as_version=4)
    for cell in notebook.cells:
        if cell.id == "seed":
            cell.source = with_seed(cell.source, seed_of(student, secret))
    return as_text(notebook)


def write(path, text):
    """Write a text file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=ASSIGNMENTS, help="this assignment alone")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a generated file has drifted")
    parser.add_argument("--students", help="CSV file with a column `id`")
    parser.add_argument("--seed", help="the teacher's number, from which and from the ids the students' seeds follow")
    parser.add_argument("--work", type=Path, default=WORK, help="folder of the running course")
    options = parser.parse_args()
    if bool(options.students) != bool(options.seed):
        parser.error("--students and --seed go together")
    names = [options.only] if options.only else ASSIGNMENTS
    if options.check:
        with tempfile.TemporaryDirectory() as folder:
            files = generated(names, Path(folder))
        drifted = [path.name for path, text in files.items() if not path.is_file() or path.read_text("utf-8") != text]
        sys.exit(f"drifted: {', '.join(drifted)} (run `make homework`)" if drifted else 0)
    files = generated(names, options.work)
    for name in names:
        files[options.work / "solutions" / f"{name}.ipynb"] = with_solutions(name)
        for student in read_students(options.students) if options.students else []:
            text = personal(files[STUDENTS_VERSIONS / f"{name}.ipynb"], student, options.seed)
            files[options.work / "students" / student / f"{name}.ipynb"] = text
    if options.students:
        files[options.work / "students.csv"] = Path(options.students).read_text(encoding="utf-8-sig")
        files[options.work / "seed"] = f"{options.seed}\n"
    for path, text in files.items():
        write(path, text)
    print(f"wrote {len(files)} files: {', '.join(names)}")


if __name__ == "__main__":
    main()

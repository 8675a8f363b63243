"""An assignment's source as a master notebook for `otter assign`, for teachers who grade with Otter or on Gradescope.

    python -m course.authoring.otter hw1 --out DIR

Writes DIR/hw1.ipynb and, beside it, copies of `helpers` and of what the hidden tests need of `course`. Then
`python -m otter assign --no-pdfs hw1.ipynb dist` in DIR makes the students' notebook and the autograder. A test cell
becomes a question of the same name and points with one hidden test; a written task becomes a question for a person.

Otter runs tests beside the student's code, in one process: there they are no safer than in any other notebook.
"""

import argparse
import copy
import json
import re
import shutil
import tomllib
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell

from course.authoring.sources import COURSE, MARKER, ROOT, SOLUTION, UNANSWERED, grade_id, marks, read_source

# Otter calls the test with the notebook's names.
TEST = """# HIDDEN
def {name}(env):
    from course.tasks.hidden import insist

    insist({assignment!r}, {test!r}, env)
"""
NEEDED = ["__init__.py", "border", "tasks"]  # of course


def export(assignment, folder):
    """Write an assignment's master notebook and the packages; return its path; raise as `read_source`."""
    path = Path(folder) / f"{assignment}.ipynb"
    notebook = master(read_source(assignment), assignment)
    skipped = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "helpers", path.parent / "helpers", ignore=skipped, dirs_exist_ok=True)
    (path.parent / "course").mkdir(exist_ok=True)
    for name in NEEDED:
        copy_of = shutil.copytree if (COURSE / name).is_dir() else shutil.copyfile
        options = {"ignore": skipped, "dirs_exist_ok": True} if copy_of is shutil.copytree else {}
        copy_of(COURSE / name, path.parent / "course" / name, **options)
    nbformat.write(notebook, path)
    return path


def master(source, name):
    """The master notebook of a source notebook."""
    config = raw_cell("ASSIGNMENT CONFIG", "assignment-config", settings(name))
    cells = [config, *(made for cell in source.cells for made in converted(cell, name))]
    return new_notebook(cells=cells, metadata=source.metadata)


def settings(name):
    """Otter's settings: students need no Otter, graders get `helpers`, points show when they are published."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    notebook = {"init_cell": False, "export_cell": False, "tests": {"ok_format": False}}
    results = {"show_hidden": True, "force_public_test_summary": False}
    return {
        "name": name,
        **notebook,
        "requirements": project["dependencies"],
        "autograder_files": ["helpers", "course"],
        "generate": results,
    }


def converted(cell, assignment):
    """The cells of the master notebook that stand for this cell of the source."""
    flags, points = marks(cell), marks(cell).get("points")
    if flags.get("solution") and flags.get("grade"):
        # Otter locks the first cell of such a question: so it must not be the answer.
        lead = new_markdown_cell(f"Graded by your teacher, {points} points:", id=f"{cell.id}-points")
        prompt = changed(cell, source=SOLUTION.sub(UNANSWERED, cell.source))
        model = changed(cell, source=MARKER.sub("", cell.source), id=f"{cell.id}-model")
        content = [lead, *fenced("PROMPT", cell, [prompt]), *fenced("SOLUTION", cell, [model])]
        return fenced("QUESTION", cell, content, name=grade_id(cell), points=points, manual=True)
    if flags.get("solution"):  # a question without tests: Otter takes solutions out of questions only
        answer = changed(cell, source=re.sub("### (BEGIN|END) SOLUTION", r"# \1 SOLUTION", cell.source))
        return fenced("QUESTION", cell, fenced("SOLUTION", cell, [answer]), name=grade_id(cell))
    if flags.get("grade"):
        name = grade_id(cell)
        source = TEST.format(name=name.replace("-", "_"), assignment=assignment, test=name)
        test = new_code_cell(source, id=f"{cell.id}-hidden")
        content = [changed(cell), *fenced("TESTS", cell, [test])]
        return fenced("QUESTION", cell, content, name=grade_id(cell), points=points, check_cell=False)
    return [changed(cell)]


def changed(cell, **changes):
    """A copy of a cell without nbgrader's metadata, locked if it was read-only there."""
    cell = copy.deepcopy(cell)
    cell.update(changes)
    if cell.metadata.pop("nbgrader", {}).get("locked"):
        cell.metadata.update(editable=False, deletable=False)
    return cell


def fenced(kind, cell, content, **options):
    """These cells between two that tell Otter where a block begins, with its options, and where it ends."""
    ids = (f"{cell.id}-{edge}-{kind.lower()}" for edge in ("begin", "end"))
    return [raw_cell(f"BEGIN {kind}", next(ids), options), *content, raw_cell(f"END {kind}", next(ids), {})]


def raw_cell(title, cell_id, options):
    """A raw cell with options as YAML, of which JSON is a part."""
    return new_raw_cell("\n".join([f"# {title}", *(f"{k}: {json.dumps(v)}" for k, v in options.items())]), id=cell_id)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("assignment", help="for example hw1")
    parser.add_argument("--out", required=True, metavar="DIR", help="folder to write to")
    print(export(*vars(parser.parse_args()).values()))

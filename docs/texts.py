"""What the pages are made of: the lessons, sections of README, the guide of the course. Nothing is written twice.

A page in this folder is a template: `{{ section("For teachers") }}` stands for that section of README.
"""

import importlib
import inspect
import posixpath
import re
import zlib
from pathlib import Path

import jinja2
import nbformat

from tools.executed import READERS, executed
from tools.places import REPOSITORY, ROOT, SITE, addresses

LANGUAGE = "en"
FIRST = "00_start_here"
PAGES = {"course/README.md": "homework.md", "docs/your_work.md": "your_work.md"}  # files that are pages of the site
SETS_UP = "helpers-here"  # the cell for a notebook that stands elsewhere

TEMPLATES = jinja2.Environment(comment_start_string="<#", comment_end_string="#>", undefined=jinja2.StrictUndefined)


def lessons_copied(folder):
    """Copy the lessons, as executed, to where Sphinx looks, without what sets them up elsewhere.

    What is unchanged stays as it is.
    """
    folder.mkdir(exist_ok=True)
    lessons = {path.name: _for_a_page(path) for path in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))}
    for stale in {path.name for path in folder.glob("*.ipynb")} - set(lessons):
        (folder / stale).unlink()
    for name, text in lessons.items():
        if not (folder / name).exists() or (folder / name).read_text("utf-8") != text:
            (folder / name).write_text(text, "utf-8")


def _for_a_page(path):
    notebook = executed(path, READERS) or nbformat.read(path, as_version=4)
    notebook.metadata.pop("widgets", None)  # what needs Python stands still
    notebook.cells = [cell for cell in notebook.cells if cell.id != SETS_UP]
    notebook.cells[0].source = re.sub(r"\A# .*\n## ", "# ", notebook.cells[0].source)  # the page's own
    for cell in notebook.cells:
        cell.metadata["id"] = cell.id  # myst-nb forgets the id and keeps the metadata
    return nbformat.writes(notebook) + "\n"


def places(lesson):
    """Where a lesson can be run: the address of each, that of JupyterLite from the root of the site."""
    there = addresses(f"{lesson}.ipynb")
    return {"lite": there["browser"].removeprefix(SITE), "binder": there["Binder"], "colab": there["Colab"]}


def anchor(heading):
    """The name of a heading in links, as Jupyter has it, without the signs that an attribute can't hold."""
    return re.sub(r"[^\w-]", "", heading.replace(" ", "-"))


def file(name):
    """The text of a file of the repository; its links lead to pages of the site, or else to the repository."""
    return linked((ROOT / name).read_text("utf-8"), posixpath.dirname(name))


def section(title, name="README.md"):
    """The text below a heading of the second level, up to the next one."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", file(name), re.M | re.S)
    if not found:
        raise ValueError(f"section: {name} has no heading '## {title}'")
    return found[1].strip()


def table(title, columns=None):
    """The table in a section of README, or its first columns."""
    end = None if columns is None else columns + 1
    rows = [line for line in section(title).splitlines() if line.startswith("|")]
    return "\n".join("|".join(line.split("|")[:end]) + "|" * (end is not None) for line in rows)


def linked(text, folder=""):
    """The text of a file of this folder, with links that work on the site."""

    def target(found):
        path, _, anchor = found[1].partition("#")
        path = posixpath.normpath(posixpath.join(folder, path))
        known = path in PAGES or re.fullmatch(r"notebooks/\d[^/]*\.ipynb", path)
        place = PAGES.get(path, path) if known else f"{REPOSITORY}/blob/main/{path}"
        return f"]({place}{'#' + anchor if anchor else ''})"

    return re.sub(r"\]\((?![a-z]+:|#)([^)\s]+)\)", target, text)


def values():
    """For each room of `helpers` its public names that are no function and no class, with their class's words."""
    rooms = {}
    for path in (ROOT / "helpers").glob("*/__init__.py"):
        module = importlib.import_module(f"helpers.{path.parent.name}")
        named = [(name, getattr(module, name)) for name in getattr(module, "__all__", [])]
        rooms[module.__name__] = [
            (name, inspect.getdoc(it) if type(it).__module__.startswith("helpers") else "")
            for name, it in named
            if not (inspect.isfunction(it) or inspect.isclass(it))
        ]
    return rooms


def _filled(app, docname, source):
    """Fill in a page of this folder; a lesson is taken as it is."""
    if not docname.startswith(("notebooks/", "api/")):
        for name in ("README.md", *PAGES):
            app.env.note_dependency(str(ROOT / name))
        context = {"section": section, "table": table, "file": file, "repository": REPOSITORY, **places(FIRST)}
        source[0] = TEMPLATES.from_string(source[0]).render(context)


def _runnable(app, pagename, templatename, context, doctree):
    folder, _, name = pagename.partition("/")
    if folder == "notebooks":
        context["run"] = places(name)


def setup(app):
    """Sphinx calls this."""
    app.connect("source-read", _filled)
    app.connect("html-page-context", _runnable)
    programs = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
    return {"parallel_read_safe": True, "parallel_write_safe": True, "env_version": zlib.crc32(programs)}

"""Pages in other languages: what the folder locale/ has a catalog for, with pictures and questions that speak it too.

`sphinx -D language=de docs build/site/de` builds them. All else stays in English, and links lead there.
"""

import posixpath
from pathlib import Path

import nbformat
from docutils import nodes
from sphinx.addnodes import pending_xref

DOCS = Path(__file__).parent
NAMES = {"en": "English", "de": "Deutsch"}  # of each language, in itself


def languages(page):
    """The languages into which a page of this folder is translated, such as "notebooks/00_start_here"."""
    catalogs = (DOCS / "locale").glob(f"*/LC_MESSAGES/{page}.po")
    return sorted(path.relative_to(DOCS / "locale").parts[0] for path in catalogs)


def _only_translated(app, config):
    """The site in another language holds what is translated, and begins with the first of these pages."""
    if config.language == "en":
        return
    catalogs = DOCS / "locale" / config.language / "LC_MESSAGES"
    names = sorted(path.relative_to(catalogs).with_suffix("").as_posix() for path in catalogs.rglob("*.po"))
    there = [name for name in names if any(DOCS.glob(f"{name}.*"))]
    config.include_patterns = [f"{name}.*" for name in there]
    config.root_doc = there[0]
    config.nb_execution_excludepatterns = []  # what has been executed is English


def _spoken(app, docname, source):
    """A lesson is executed in the language of the page: a cell that nobody sees names it."""
    if app.config.language in languages(docname) and docname.startswith("notebooks/"):
        notebook = nbformat.reads(source[0], as_version=4)
        line = f"%env FTG_LANGUAGE={app.config.language}"
        notebook.cells.insert(1, nbformat.v4.new_code_cell(line, id="language", metadata={"tags": ["remove-cell"]}))
        source[0] = nbformat.writes(notebook)


def _in_english(app, doctree):
    """A link to a page that is not translated leads to the English one."""
    for link in [*doctree.findall(pending_xref)] if app.config.language != "en" else ():
        if link.get("refdomain") == "doc" and link["reftarget"] not in app.env.found_docs:
            up = "../" * (link["refdoc"].count("/") + 1)
            link.replace_self(nodes.reference("", "", *link.children, refuri=f"{up}{link['reftarget']}.html"))


def _offered(app, pagename, templatename, context, doctree):
    """The same page in its other languages, for the head of the page: name -> (code, address from the site's root)."""
    here, there = app.config.language, ["en", *languages(pagename)]
    found = {language: "" if language == "en" else f"{language}/" for language in there if len(there) > 1}
    up = "" if here == "en" else "../"
    context["in_languages"] = {
        NAMES[language]: (language, posixpath.join(up + folder, f"{pagename}.html"))
        for language, folder in found.items()
        if language != here
    }


def setup(app):
    """Sphinx calls this."""
    app.connect("config-inited", _only_translated)
    app.connect("source-read", _spoken)
    app.connect("doctree-read", _in_english)
    app.connect("html-page-context", _offered)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

"""Living pictures and formulas on a page: a picture has a name for links, and its library of scripts travels once."""

import re
import shutil
from pathlib import Path

from docutils import nodes

NPM = Path(__file__).parent / "node_modules"
FONT = "@mathjax/mathjax-newcm-font"
MATHJAX = {  # from npm's folder to that of MathJax on the site
    **{
        f"mathjax/{name}": name
        for name in ("startup.js", "core.js", "input", "output/chtml.js", "a11y/assistive-mml.js")
    },
    f"{FONT}/chtml": "mathjax-newcm-font/chtml",
    f"{FONT}/chtml.js": "mathjax-newcm-font/chtml.js",
}


def _named(app, doctree):
    """Let the id of a notebook's code cell be the id of its place in the page: links lead there."""
    for cell in doctree.findall(nodes.container):
        name = cell.get("cell_metadata", {}).get("id")
        if name and name not in doctree.ids:
            cell["ids"].append(name)


def _as_written(app, doctree):
    """Hand a formula of several lines to MathJax as it is: Sphinx would wrap it in an environment that knows no tag."""
    for formula in doctree.findall(nodes.math_block):
        if r"\\" in formula.astext():
            formula[:] = [nodes.Text(rf"\[{formula.astext()}\]")]
            formula["no-wrap"] = formula["nowrap"] = True


def _slim(app, pagename, templatename, context, doctree):
    """Keep each library once: where no cell is named, as when a page is made, every output brings its own."""
    seen = set()

    def once(found):
        repeated = found[2] in seen
        seen.add(found[2])
        return found[1] if repeated else found[0]

    body = context.get("body") or ""
    context["body"] = re.sub(r"(data-key='([^']*)') data-library='[^']*'", once, body)


def _vendored(app, error):
    """Put MathJax beside the pages of a site that has been built."""
    if error or app.builder.format != "html":
        return
    for source, target in MATHJAX.items():
        here, there = NPM / source, Path(app.outdir) / "_static/mathjax" / target
        if here.is_dir():
            shutil.copytree(here, there, dirs_exist_ok=True)
        else:
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(here, there)


def setup(app):
    """Sphinx calls this."""
    app.connect("doctree-read", _named)
    app.connect("doctree-read", _as_written)
    app.connect("html-page-context", _slim)
    app.connect("build-finished", _vendored)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

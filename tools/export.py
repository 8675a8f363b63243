"""Write the lessons as pages that need no network: executed, formulas as MathML, links from page to page.

make export            # into build/export; ARGS="folder --only 01 02" for another folder and some of the lessons
"""

import argparse
import os
import re
from pathlib import Path

import nbformat
from jinja2 import DictLoader, pass_context
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from tools.mathml import mathml

ROOT = Path(__file__).resolve().parents[1]
LESSONS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
LOOK = """
:root { color-scheme: light dark; }
body.jp-Notebook { background: var(--jp-layout-color0); color: var(--jp-content-font-color1); overflow-x: hidden; }
.formula { display: flex; align-items: center; overflow-x: auto; }
.formula math { flex: 1; }
.brace { border-bottom: 1.5px solid; border-radius: 0 0 .5em .5em; padding-bottom: .15em; }
"""
PAGE = """{%- extends 'lab/index.html.j2' -%}
{%- block html_head_js -%}{%- endblock -%}
{%- block html_head_js_mathjax -%}{%- endblock -%}
{%- block html_head_js_mermaidjs -%}{%- endblock -%}
{%- block jupyter_widgets -%}{%- endblock -%}
{%- block html_head_css -%}<style>{{ resources.look }}</style>
<style media="(prefers-color-scheme: dark)">{{ resources.dark }}</style>{%- endblock -%}
{%- block body_header -%}<body class="jp-Notebook"><main>{%- endblock -%}
{%- block data_latex -%}
<div class="jp-RenderedLatex jp-OutputArea-output">{{ output.data['text/latex'] | formula }}</div>
{%- endblock -%}
"""


class Renderer(IPythonRenderer):
    """Markdown whose formulas are MathML."""

    def block_math(self, body):
        """A formula on its own line."""
        return mathml(body, block=True)

    def inline_math(self, body):
        """A formula in a sentence."""
        return mathml(body)


class Exporter(HTMLExporter):
    """Pages as light or dark as the reader prefers, without a script or a font from elsewhere."""

    def __init__(self, **options):
        super().__init__(
            extra_loaders=[DictLoader({"export.html.j2": PAGE})], template_file="export.html.j2", **options
        )
        self.register_filter("formula", lambda text: mathml(text.strip("$ \n")))

    @pass_context
    def markdown2html(self, context, source):
        """Markdown to HTML."""
        return MarkdownWithMath(renderer=Renderer(escape=False, anchor_link_text="¶")).render(source)

    def page(self, notebook, name):
        """The notebook as a page with this title."""
        dark = next(Path(path) for path in self.template_paths if (Path(path) / "static/theme-dark.css").exists())
        resources = {"metadata": {"name": name}, "look": LOOK}
        resources["dark"] = (dark / "static/theme-dark.css").read_text("utf-8")
        return self.from_notebook_node(notebook, resources)[0]


def executed(path):
    """The notebook with the outputs of a run from top to bottom."""
    notebook = nbformat.read(path, as_version=4)
    os.environ["FTG_MINE"] = "off"  # a page shows nobody's engine
    client = NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}})
    client.execute(env=os.environ | {"PYTHONPATH": str(ROOT)})
    return notebook


def linked(html, names):
    """The page with links to notebooks of these names as links to their pages."""
    link = re.compile(rf'href="({"|".join(map(re.escape, names))})\.ipynb(#[^"]*)?"')
    return link.sub(lambda found: f'href="{found[1]}.html{found[2] or ""}"', html)


def slim(html):
    """The page with each library of scripts once: where no cell is named, every output brings its own."""
    seen = set()

    def once(found):
        repeated = found[2] in seen
        seen.add(found[2])
        return found[1] if repeated else found[0]

    return re.sub(r'(data-key="([^"]*)" data-kind="[^"]*") data-library="[^"]*"', once, html)


def export(paths, folder):
    """Write a page for each of these lessons; yields the files."""
    folder.mkdir(parents=True, exist_ok=True)
    exporter = Exporter()
    for path in paths:
        page = folder / f"{path.stem}.html"
        html = slim(exporter.page(executed(path), path.stem))
        page.write_text(linked(html, [lesson.stem for lesson in LESSONS]), encoding="utf-8")
        yield page


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "build/export")
    parser.add_argument("--only", nargs="*", default=[""], help="how the lessons' names begin, such as 01 02b")
    arguments = parser.parse_args()
    chosen = [path for path in LESSONS if path.name.startswith(tuple(arguments.only))]
    for page in export(chosen, arguments.folder):
        print(page)


if __name__ == "__main__":
    main()

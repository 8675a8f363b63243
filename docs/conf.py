"""The site: the lessons, executed, with what README and course say, and a reference of `helpers`."""

import os
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from texts import LANGUAGE, lessons_copied, values  # noqa: E402

from tools.executed import OWN  # noqa: E402
from tools.places import PROJECT, REPOSITORY, SITE  # noqa: E402

lessons_copied(HERE / "notebooks")
os.environ |= OWN
project = "Follow the Gradient"
author = project
project_copyright = "code: BSD-3-Clause, text and pictures: CC BY 4.0"
language = LANGUAGE
locale_dirs = ["locale"]
gettext_compact = False
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.autosummary", "texts", "pictures", "languages"]
exclude_patterns = ["_templates", "node_modules", "locale", "**/.ipynb_checkpoints"]
templates_path = ["_templates"]

nb_execution_mode = "force"
nb_execution_excludepatterns = ["notebooks/*"]  # they have been executed, in English
nb_execution_raise_on_error = True
nb_ipywidgets_js = {}  # what needs Python stands still, with a way to where it runs
nb_merge_streams = True
myst_enable_extensions = ["amsmath", "attrs_inline", "deflist", "dollarmath"]
myst_heading_anchors = 3
myst_heading_slug_func = "texts.anchor"

autosummary_generate = True
autosummary_context = {"values": values()}
autodoc_typehints = "none"
autodoc_member_order = "bysource"
default_role = "literal"

CARD = "The actor's computation as a graph of boxes, each with its value and its gradient, from u1 to log π."
linkcheck_ignore = [r"https://(mybinder\.org|colab\.research\.google\.com)/"]  # a look would start a server
html_theme = "pydata_sphinx_theme"
html_title = project
html_baseurl = SITE
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_js_files = ["site.js"]
html_favicon = "_static/favicon.svg"
html_show_sourcelink = html_copy_source = False
html_sidebars = {"index": [], "search": []}
html_theme_options = {
    "logo": {"text": project, "image_light": "_static/favicon.svg", "image_dark": "_static/favicon.svg"},
    "navbar_align": "left",
    "article_header_end": ["run.html", "languages.html"],
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": ["copyright"],
    "footer_end": ["repository.html"],
    "primary_sidebar_end": [],
    "back_to_top_button": False,
}
html_context = {
    "default_mode": "auto",
    "address": SITE,
    "card": CARD,
    "repository": REPOSITORY,
    "about": PROJECT["description"],
}

# From npm, beside the pages, and only what is needed: speech would ask another host for its words.
mathjax_path = "mathjax/startup.js"
mathjax4_config = {
    "loader": {
        "load": ["core", "input/tex", "output/chtml", "a11y/assistive-mml"],
        "paths": {"fonts": "[mathjax]"},
    },
}

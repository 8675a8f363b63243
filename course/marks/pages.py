"""Filters for pages that show what students wrote: formulas, tables and pictures stay, nothing in them can run."""

import bleach
from jinja2 import pass_context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

TAGS = set(
    "a b blockquote br code details div em figcaption figure h1 h2 h3 h4 hr i img li ol p pre span strong sub summary "
    "sup table tbody td tfoot th thead tr ul".split()
)


@pass_context
def text(context, source):
    """Markdown as HTML; HTML that stands in it is shown as text."""
    attachments = context.get("cell", {}).get("attachments", {})
    renderer = IPythonRenderer(escape=True, attachments=attachments, exclude_anchor_links=True)
    return MarkdownWithMath(renderer=renderer).render(source)


def output(source):
    """HTML of an output, with harmless tags alone; pictures only where they are in the page itself."""
    return bleach.clean(source, tags=TAGS, attributes=harmless, protocols={"http", "https", "data"}, strip=True)


def harmless(tag, name, value):
    """True for an attribute that can't run anything."""
    if name == "src":
        return tag == "img" and value.startswith("data:image/")
    if name == "href":
        return tag == "a" and value.startswith(("http://", "https://"))
    return name in ("alt", "title", "colspan", "rowspan")

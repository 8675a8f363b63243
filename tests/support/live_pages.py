"""A page with live outputs, as an export shows it: no server, no kernel, no network."""

import re
from contextlib import contextmanager

PAGE = (
    "<!doctype html><html lang='en'><meta charset='utf-8'><meta name='viewport' content='width=device-width'>"
    "<title>Live</title><style>:root {{ color-scheme: light dark }} body {{ margin: 0; padding: 10px; "
    "background: light-dark(#fff, #0d0f13) }}</style><body>{}</body></html>"
)
ALIVE = "(count) => document.querySelectorAll('[data-ready] .card').length === count"


def html_of(*outputs):
    """The document that holds these outputs, one below the other."""
    return PAGE.format("".join(output.html() for output in outputs))


@contextmanager
def bare_page(browser, html, width=1300, height=768, **context):
    """A page with this content; an error of a script fails the test."""
    page = browser.new_page(viewport={"width": width, "height": height}, **context)
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_content(html)
    yield page
    page.close()
    assert errors == []


@contextmanager
def live_page(browser, *outputs, **context):
    """A page that shows the outputs, alive."""
    with bare_page(browser, html_of(*outputs), **context) as page:
        page.wait_for_function(ALIVE, arg=len(outputs))
        yield page


def printed_pages(page):
    """How many pages the printer gets, of the smallest usual size."""
    half_an_inch = dict.fromkeys(("top", "bottom", "left", "right"), "0.5in")
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="Letter", margin=half_an_inch)))

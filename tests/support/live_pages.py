"""A page with a live output, as an export shows it: no server, no kernel, no network."""

from contextlib import contextmanager

PAGE = (
    "<!doctype html><html lang='en'><meta charset='utf-8'><meta name='viewport' content='width=device-width'>"
    "<title>Live</title><style>:root {{ color-scheme: light dark }} body {{ margin: 0; padding: 10px; "
    "background: light-dark(#fff, #0d0f13) }}</style><body>{}</body></html>"
)


def html_of(*outputs):
    """The document that holds these outputs, one below the other."""
    return PAGE.format("".join(output.html() for output in outputs))


@contextmanager
def live_page(browser, *outputs, width=1300, height=768, **context):
    """A page that shows the outputs, alive; an error of a script fails the test."""
    page = browser.new_page(viewport={"width": width, "height": height}, **context)
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_content(html_of(*outputs))
    page.wait_for_function(f"() => document.querySelectorAll('[data-ready] .card').length === {len(outputs)}")
    yield page
    page.close()
    assert errors == []

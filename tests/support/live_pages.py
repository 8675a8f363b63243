"""A page with live outputs, as an export shows it: no server, no kernel, no network."""

import re
from contextlib import contextmanager

PAGE = (
    "<!doctype html><html lang='en'><meta charset='utf-8'><meta name='viewport' content='width=device-width'>"
    "<title>Live</title><style>:root {{ color-scheme: light dark }} body {{ margin: 0; padding: 10px; "
    "background: light-dark(#fff, #0d0f13) }}</style><body>{}</body></html>"
)
ALIVE = "(count) => document.querySelectorAll('[data-ready] .card').length === count"
MEDIA = {"color_scheme": "light", "reduced_motion": "no-preference", "forced_colors": "none"}
_free = {}  # pages that no test has at present, by browser and by what a context is given for good
_held = set()  # pages whose clock is held, which none can let go


def html_of(*outputs):
    """The document that holds these outputs, one below the other."""
    return PAGE.format("".join(output.html() for output in outputs))


@contextmanager
def bare_page(browser, html, width=1300, height=768, **context):
    """A page with this content; an error of a script, or a dialog that it opens, fails the test.

    It is as good as new: a page whose test went well is used again, with a new window, its media reset.
    """
    media = {name: context.pop(name, usual) for name, usual in MEDIA.items()}
    free = _free.setdefault((browser, *sorted(context.items())), [])
    page = free.pop() if free else browser.new_page(**context)
    page.goto("about:blank")
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(media="null", **media)
    errors, heard = [], {}
    heard["pageerror"] = lambda error: errors.append(str(error))
    heard["dialog"] = lambda dialog: (errors.append(f"a dialog: {dialog.message}"), dialog.dismiss())
    for event, hear in heard.items():
        page.on(event, hear)
    page.set_content(html)
    try:
        yield page
        assert errors == [], errors
    except BaseException:
        page.close()
        raise
    for event, hear in heard.items():
        page.remove_listener(event, hear)
    page.close() if page in _held else free.append(page)


def hold_the_clock(page):
    """From now on time passes on this page only when a test lets it pass."""
    _held.add(page)
    page.clock.install(time=0)
    page.clock.pause_at(1000)


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

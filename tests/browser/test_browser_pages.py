"""A page that is used again is as good as new, and one that went wrong is not used again."""

import pytest
from live_pages import bare_page, hold_the_clock

pytest_plugins = ["browser_fixtures"]
pytestmark = pytest.mark.browser
BOX = "<style>p:hover { color: red }</style><p style='margin: 0; height: 300px' tabindex=0>A box"
SEEN = """() => [typeof left, innerWidth, document.activeElement.tagName, document.querySelector("p:hover") !== null,
  matchMedia("(prefers-color-scheme: dark)").matches, matchMedia("print").matches, scrollY]"""


def test_nothing_is_left_of_the_test_before(browser):
    pages = []
    for width, dark in ((900, True), (1300, False)):
        with bare_page(browser, BOX, width=width, color_scheme="dark" if dark else "light") as page:
            assert page.evaluate(SEEN) == ["undefined", width, "BODY", False, dark, False, 0]
            pages.append(page)
            page.evaluate("() => { globalThis.left = 1; document.body.style.height = '9000px'; scrollTo(0, 500); }")
            page.mouse.move(200, 200)
            page.locator("p").focus()
            page.emulate_media(media="print", color_scheme="dark")
    assert pages[0] is pages[1]


@pytest.mark.parametrize(
    "event, script", [("pageerror", "setTimeout(() => { throw Error('it ran') })"), ("dialog", "alert('it ran')")]
)
def test_a_mistake_or_a_dialog_fails_the_test_and_the_page_goes(browser, event, script):
    with pytest.raises(AssertionError, match="it ran"), bare_page(browser, BOX) as page, page.expect_event(event):
        page.evaluate(f"() => {{ {script} }}")
    assert page.is_closed()


def test_a_page_whose_clock_is_held_goes(browser):
    with bare_page(browser, BOX) as page:
        hold_the_clock(page)
    assert page.is_closed()

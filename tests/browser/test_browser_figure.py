"""A picture wider than the page shows at which side there is more, without a script, light and dark."""

import io

import pytest
from live_pages import PAGE, bare_page
from matplotlib.image import imread

from helpers.plots import picture

pytest_plugins = ["browser_fixtures"]
pytestmark = pytest.mark.browser
EDGE = 12  # pixels, within which shade and arrow lie


HTML = PAGE.format(picture(lambda ax: ax.set_axis_off(), caption="Nothing.")._repr_mimebundle_()["text/html"])


def edges(page):
    """How far the left and the right edge of what is scrolled differ from its ground, 0 to 1."""
    box = page.locator("figure.ftg-figure > div")
    seen = imread(io.BytesIO(box.screenshot()), format="png")[..., :3]
    ground = seen[:, seen.shape[1] // 2]
    return [float(abs(side - ground[:, None]).max()) for side in (seen[:, :EDGE], seen[:, -EDGE:])]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("scripts", [True, False])
def test_there_is_more_on_this_side(browser, scheme, scripts):
    with bare_page(browser, HTML, width=390, color_scheme=scheme, java_script_enabled=scripts) as page:
        box = page.locator("figure.ftg-figure > div")
        left, right = edges(page)
        assert left < 0.02 and right > 0.15
        box.hover()
        page.mouse.wheel(70, 0)
        page.wait_for_timeout(200)
        assert min(edges(page)) > 0.15
        page.mouse.wheel(1000, 0)
        page.wait_for_timeout(200)
        left, right = edges(page)
        assert left > 0.15 and right < 0.02


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_where_all_is_seen_nothing_is_said(browser, scheme):
    with bare_page(browser, HTML, width=800, color_scheme=scheme) as page:
        assert max(edges(page)) < 0.02

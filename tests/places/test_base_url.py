"""A lesson below a path of its own, as JupyterHub and Binder serve it."""

import pytest
from jupyter_browser import WIDE, jupyter_server, open_lab, open_notebook, watched_page

pytest_plugins = ["browser_fixtures"]
pytestmark = pytest.mark.browser


def test_a_lesson_lives_below_user_x(home, browser):
    with jupyter_server(home / "below", base="/user/x") as server:
        page = watched_page(browser.new_context(viewport=WIDE))
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        open_lab(page, server)
        lesson = open_notebook(page, "notebooks/00_start_here.ipynb")
        page.wait_for_function("() => !document.querySelector('.ftg-live:not([data-ready])')")
        assert lesson.locator("[data-ready]").count() >= 1
        assert page.problems == []  # a part that is missing would be one
        ours = [address for address in asked if address.startswith("http")]
        assert ours and all(address.startswith(f"{server.url}/") for address in ours)
        page.context.close()

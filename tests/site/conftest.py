"""The built site, served on a loopback port: `make site` builds it, for its environment is not that of the tests."""

import pytest
from jupyter_browser import PATIENCE
from requirements import missing
from served_site import SITE, served

pytest_plugins = ["browser_fixtures"]


@pytest.fixture(scope="session")
def site():
    """The folder of the built site."""
    if not (SITE / "index.html").exists():
        missing("site", "no build/site (make site)")
    return SITE


@pytest.fixture(scope="session")
def pages(site):
    """The names of all pages: Sphinx's own list of the site, without JupyterLite, which has tests of its own."""
    found = [path.relative_to(site).as_posix() for path in site.rglob("*.html")]
    return sorted(name for name in found if "_static/" not in name and not name.startswith("lite/"))


@pytest.fixture(scope="session")
def address(site):
    with served(site) as url:
        yield url


@pytest.fixture
def visit(browser, address):
    """Opens a page, in a context of its own; an error of a script fails the test."""
    contexts, problems = [], []

    def opened(name, **options):
        contexts.append(browser.new_context(**({"viewport": {"width": 1300, "height": 900}} | options)))
        page = contexts[-1].new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: problems.append(f"{name}: {error}"))
        page.goto(name if name.startswith("file:") else f"{address}/{name}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert problems == []

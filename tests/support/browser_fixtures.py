"""Fixtures of the browser tests: one server, one Chromium and one JupyterLab page for the whole run."""

import pytest
from jupyter_browser import (
    CHROMIUM,
    PANEL,
    WIDE,
    chromium,
    jupyter_server,
    open_lab,
    open_notebook,
    watched_page,
    write_notebook,
)
from players_notebook import CELLS, KINDS, PLAYERS
from requirements import missing


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    """A folder for everything that server and browser write; without Chromium the test is skipped, or fails."""
    if CHROMIUM is None:
        missing("browser", "no chromium on PATH (Debian: apt-get install chromium-headless-shell)")
    return tmp_path_factory.mktemp("jupyter")


@pytest.fixture(scope="session")
def server(home):
    with jupyter_server(home) as running:
        write_notebook(running.work / "notebooks/players.ipynb", *CELLS)
        yield running


@pytest.fixture(scope="session")
def browser(home):
    with chromium(home) as running:
        yield running


@pytest.fixture(scope="session")
def lab_page(browser, server):
    """The JupyterLab page that all tests share."""
    page = watched_page(browser.new_context(viewport=WIDE))
    open_lab(page, server)
    return page


@pytest.fixture
def lab(lab_page):
    """The shared page as a test wants to find it: wide, light, without an earlier test's complaints."""
    lab_page.set_viewport_size(WIDE)
    lab_page.evaluate("() => jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Light' })")
    return lab_page


@pytest.fixture(scope="module")
def players(lab_page):
    """The panel of a notebook with steppers, a figure and explorers, executed."""
    lab_page.problems.clear()
    panel = lab_page.locator(PANEL)
    if lab_page.evaluate("() => jupyterapp.shell.currentWidget?.context?.path") != PLAYERS:  # by an earlier module
        open_notebook(lab_page, PLAYERS)
    panel.locator("[data-ready]").nth(len(KINDS) - 1).wait_for()
    return panel

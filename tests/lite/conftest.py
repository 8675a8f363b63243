"""JupyterLite, built once: with all packages in it, and as it is published, with Pyodide's own at another address."""

import shutil

import pytest
from jupyter_browser import WIDE, watched_page
from requirements import missing
from served_site import served

SOME = ["02"]  # what every run of the tests can pay for: guesses, a player, two boards, one of them a widget

# While a kernel starts or computes JupyterLite turns a wheel; without a graphics card each of its pictures costs.
STILL = """document.addEventListener("DOMContentLoaded", () => {
  document.head.append(Object.assign(document.createElement("style"), {
    textContent: ".jp-KernelStatus-spinner { animation: none !important; }",
  }));
});"""


def pytest_addoption(parser):
    parser.addoption("--lessons", nargs="+", default=SOME, help="numbers of lessons to run in the browser, or `all`")


@pytest.fixture
def lessons(pytestconfig):
    """The names of the lessons that are run with all packages in the site."""
    from tools.lite.__main__ import LESSONS

    chosen = pytestconfig.getoption("lessons")
    return [path.name for path in LESSONS if "all" in chosen or path.name.split("_")[0] in chosen]


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The folder of a site with all packages in it; where these can't be had the test is skipped, or fails."""
    from tools.lite.__main__ import build
    from tools.lite.pyodide import NotToBeHad

    folder = tmp_path_factory.mktemp("lite") / "site"
    try:
        build(folder, stock=None)
    except NotToBeHad as error:
        missing("lite", str(error))
    return folder


@pytest.fixture
def published(built, tmp_path):
    """The folder of a site as it is published, and the address of Pyodide's packages, which are not in it."""
    from tools.lite.__main__ import packages

    folder = tmp_path / "site"
    shutil.copytree(built, folder, ignore=shutil.ignore_patterns("pyodide"))
    with served(built / "static/pyodide") as elsewhere:
        packages(folder / "static/pyodide", f"{elsewhere}/")
        yield folder, elsewhere


@pytest.fixture
def visit(browser):
    """A page of a reader who comes for the first time; `page.asked` has the addresses of all requests."""
    context = browser.new_context(viewport=WIDE)
    page = watched_page(context)
    page.add_init_script(STILL)
    page.asked = []
    context.on("request", lambda request: page.asked.append(request.url))
    yield page
    context.close()

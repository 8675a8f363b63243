"""JupyterLite, built once: with all packages in it, and as it is published, with Pyodide's own at another address."""

import shutil

import pytest
from jupyter_browser import WIDE, watched_page
from requirements import missing
from served_site import served

SOME = ["02"]  # what every run of the tests can pay for, besides the two that are run as they are published

# While a kernel starts or computes JupyterLite turns a wheel; without a graphics card each of its pictures costs.
STILL = """document.addEventListener("DOMContentLoaded", () => {
  document.head.append(Object.assign(document.createElement("style"), {
    textContent: ".jp-KernelStatus-spinner { animation: none !important; }",
  }));
});"""


def pytest_addoption(parser):
    parser.addoption("--lessons", nargs="+", default=SOME, help="numbers of lessons to run in the browser, or `all`")


def pytest_generate_tests(metafunc):
    if "lesson" in metafunc.fixturenames:
        from tools.lite.__main__ import LESSONS

        chosen = metafunc.config.getoption("lessons")
        names = [path.name for path in LESSONS if "all" in chosen or path.name.split("_")[0] in chosen]
        metafunc.parametrize("lesson", names, scope="module")


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


@pytest.fixture(scope="session")
def site(built):
    """The address of that site."""
    with served(built) as address:
        yield address


@pytest.fixture(scope="session")
def published(built, tmp_path_factory):
    """Two addresses: of a site as it is published, and of Pyodide's packages, which are not in it."""
    from tools.lite.__main__ import packages

    folder = tmp_path_factory.mktemp("published") / "site"
    shutil.copytree(built, folder, ignore=shutil.ignore_patterns("pyodide"))
    with served(built / "static/pyodide") as elsewhere:
        packages(folder / "static/pyodide", f"{elsewhere}/")
        with served(folder) as address:
            yield address, elsewhere


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

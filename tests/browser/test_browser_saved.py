"""What is left of the outputs elsewhere: reopened, exported without network or scripts, untrusted."""

import re

import nbformat
import pytest
from browser_keys import player_answers
from jupyter_browser import WIDE, open_lab, open_notebook, run_cell, save, wait_for_the_kernel, watched_page
from live_pages import ALIVE
from nbconvert import HTMLExporter
from outputs import assert_each_library_is_saved_once, live_outputs
from players_notebook import KINDS
from playwright.sync_api import expect

pytest_plugins = ["browser_fixtures"]
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def saved(lab_page, players, server):
    """The executed notebook, as JupyterLab saves it."""
    return save(lab_page, server.work / "notebooks/players.ipynb")


@pytest.fixture(scope="module")
def exported(saved, home):
    """The saved notebook as an HTML page, made by nbconvert."""
    path = home / "players.html"
    path.write_text(HTMLExporter().from_notebook_node(saved)[0], encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def offline(browser):
    """Opens an address in a fresh page without network, with or without scripts."""
    contexts = []

    def visit(address, scripts=True, **options):
        contexts.append(browser.new_context(viewport=WIDE, java_script_enabled=scripts, offline=True, **options))
        page = watched_page(contexts[-1])
        page.goto(address, wait_until="domcontentloaded")
        return page

    yield visit
    for context in contexts:
        context.close()


# Saved and reopened


def test_each_library_is_saved_once(saved):
    outputs = live_outputs(saved.cells)
    assert len(outputs) == len(KINDS) and len(outputs[0].encode()) <= 60_000
    assert_each_library_is_saved_once(outputs)


def test_reopened_it_is_alive_and_an_output_whose_library_was_deleted_says_how_to_wake_it_and_wakes(lab, saved, server):
    path = server.work / "notebooks/players.ipynb"
    open_notebook(lab, "notebooks/players.ipynb", run=False)
    lab.wait_for_function(ALIVE, arg=len(KINDS), timeout=30_000)
    lab.evaluate(
        """async () => {
          jupyterapp.shell.currentWidget.content.activeCellIndex = 1;  // the first gradient
          await jupyterapp.commands.execute("notebook:delete-cell");
        }"""
    )
    save(lab, path)
    open_lab(lab, server)  # scripts that were loaded are gone as well
    panel = open_notebook(lab, "notebooks/players.ipynb", run=False)
    expect(panel.locator(".ftg-asleep")).to_have_count(1, timeout=30_000)
    expect(panel.locator(".ftg-asleep")).to_contain_text("run its cell")
    lab.wait_for_function(ALIVE, arg=len(KINDS) - 2)
    assert panel.locator("[data-kind=gradient] > img").is_visible()
    lab.evaluate("() => jupyterapp.shell.currentWidget.sessionContext.changeKernel({ name: 'python3' })")
    wait_for_the_kernel(lab)
    for index in (0, 2):  # imports, and the second gradient
        run_cell(lab, index)
    lab.wait_for_function(ALIVE, arg=len(KINDS) - 1)
    expect(panel.locator(".ftg-asleep")).to_have_count(0)
    for _ in range(2):  # also when it is run again
        assert "data-library=" in live_outputs(save(lab, path).cells)[1]
        run_cell(lab, 2)


def test_an_untrusted_copy_shows_pictures_and_tables_and_runs_nothing(lab, saved, server):
    copy = nbformat.from_dict({**saved, "metadata": {**saved.metadata, "copied": True}})
    nbformat.write(copy, server.work / "notebooks/untrusted.ipynb")
    panel = open_notebook(lab, "notebooks/untrusted.ipynb", run=False)
    assert not lab.evaluate("() => jupyterapp.shell.currentWidget.content.model.cells.get(1).trusted")
    outputs = panel.locator(".jp-RenderedHTMLCommon:has(details)")
    shows_pictures_and_tables(outputs)
    expect(panel.get_by_alt_text("A rising line.")).to_be_visible()
    expect(panel.get_by_text("gradient of … in …")).to_be_visible()  # the ledger is a table
    assert panel.locator(".card").count() == 0
    assert lab.evaluate("() => window.hacked") is None


def shows_pictures_and_tables(outputs):
    expect(outputs).to_have_count(4)  # two gradients and two players; explorers have no table
    for output in outputs.all():
        picture = output.locator("img")
        picture.scroll_into_view_if_needed()
        expect(picture).to_be_visible()
        assert len(picture.get_attribute("alt")) > 20
        assert picture.evaluate("image => image.naturalWidth") > 0  # else it is broken
        assert picture.bounding_box()["width"] > 300
        assert picture.bounding_box()["height"] > 80
        output.locator("summary").click()
        expect(output.locator("tbody tr").last).to_be_visible()


# Exported


def test_an_export_lives_offline(exported, offline):
    page = offline(exported)
    page.wait_for_function(ALIVE, arg=len(KINDS))
    for k, kind in enumerate(KINDS):
        if kind == "frames":
            player_answers(page, page.locator(".ftg-live").nth(k))
    assert page.evaluate("() => window.hacked") is None
    expect(page.get_by_alt_text("A rising line.")).to_be_visible()


def test_an_export_without_scripts_shows_pictures_and_tables(exported, offline):
    page = offline(exported, scripts=False)
    assert page.locator(".card").count() == 0
    shows_pictures_and_tables(page.locator(".ftg-live:has(details)"))


def test_an_export_is_as_light_as_its_page(exported, offline):
    page = offline(exported, color_scheme="dark")  # nbconvert's page is light, whatever the reader prefers
    page.wait_for_function(ALIVE, arg=len(KINDS))
    grounds = "all => all.map(card => getComputedStyle(card).backgroundColor)"
    assert set(page.locator(".card, .ftg-figure").evaluate_all(grounds)) == {"rgb(255, 255, 255)"}


def test_a_sanitised_export_shows_no_data_as_text(saved, home, offline):
    path = home / "sanitised.html"
    html = HTMLExporter(sanitize_html=True).from_notebook_node(nbformat.from_dict(saved))[0]
    path.write_text(html, encoding="utf-8")
    page = offline(path.as_uri())
    words = page.locator(".ftg-live").all_inner_texts()
    assert len(words) == len(KINDS)
    assert not [text for text in words if re.search(r"[A-Za-z0-9+/]{80}", text)]

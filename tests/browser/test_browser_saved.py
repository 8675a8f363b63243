"""What is left of the outputs elsewhere: Notebook 7, an exported page without network or scripts, an untrusted copy."""

import nbformat
import pytest
from browser_keys import player_answers, press, step
from jupyter_browser import IDLE, WIDE, open_notebook, watched_page, write_notebook
from nbconvert import HTMLExporter
from players_notebook import CELLS
from playwright.sync_api import expect

pytest_plugins = ["browser_fixtures"]
pytestmark = pytest.mark.browser
STEPPERS = 4


@pytest.fixture(scope="module")
def saved(lab_page, players, server):
    """The executed notebook, as JupyterLab saves it."""
    lab_page.evaluate("() => jupyterapp.commands.execute('docmanager:save')")
    return nbformat.read(server.work / "notebooks/players.ipynb", as_version=4)


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

    def visit(address, scripts=True):
        contexts.append(browser.new_context(viewport=WIDE, java_script_enabled=scripts, offline=True))
        page = watched_page(contexts[-1])
        page.goto(address, wait_until="domcontentloaded")
        return page

    yield visit
    for context in contexts:
        context.close()


def test_export_steps_offline(exported, offline):
    page = offline(exported)
    expect(page.locator(".ftg-player .ftg-bar")).to_have_count(STEPPERS)
    for player in page.locator(".ftg-player").all():
        player_answers(page, player)
    assert page.evaluate("() => window.hacked") is None


def test_export_without_scripts_shows_picture_and_table(exported, offline):
    page = offline(exported, scripts=False)
    assert page.locator(".ftg-player .ftg-bar").count() == 0
    shows_pictures_and_tables(page, page.locator(".ftg-player"))


def test_export_shows_figures_and_the_explorers_first_picture(exported, offline):
    page = offline(exported)
    expect(page.get_by_alt_text("A rising line.")).to_be_visible()
    for words in ("p = 0.731 at w = 1.0", "u1 moves by 0.500"):
        expect(page.locator(f"img[alt^='{words}']")).to_be_visible()


def test_untrusted_copy_shows_pictures_and_tables_and_runs_nothing(lab, saved, server):
    copy = nbformat.from_dict({**saved, "metadata": {**saved.metadata, "copied": True}})
    nbformat.write(copy, server.work / "notebooks/untrusted.ipynb")
    panel = open_notebook(lab, "notebooks/untrusted.ipynb", run=False)
    assert not lab.evaluate("() => jupyterapp.shell.currentWidget.content.model.cells.get(1).trusted")
    outputs = panel.locator(".jp-RenderedHTMLCommon:has(details)")
    expect(outputs).to_have_count(STEPPERS)
    shows_pictures_and_tables(lab, outputs)
    for words in ("A rising line.", "p = 0.731 at w = 1.0", "u1 moves by 0.500"):
        expect(panel.locator(f"img[alt^='{words}']")).to_be_visible()
    assert panel.locator(".ftg-bar").count() == 0
    assert lab.evaluate("() => window.hacked") is None


def shows_pictures_and_tables(page, outputs):
    assert outputs.count() == STEPPERS
    for output in outputs.all():
        picture = output.locator("img")
        picture.scroll_into_view_if_needed()
        expect(picture).to_be_visible()
        assert len(picture.get_attribute("alt")) > 20
        assert picture.evaluate("image => image.naturalWidth") > 0  # else it is broken
        assert picture.bounding_box()["width"] > 300
        assert picture.bounding_box()["height"] > 150
        output.locator("summary").click()
        expect(output.locator("tbody tr").last).to_be_visible()


def test_notebook_7_runs_it_and_leaves_the_keys_to_the_stepper(browser, server):
    write_notebook(server.work / "notebooks/seven.ipynb", *CELLS)
    page = watched_page(browser.new_context(viewport=WIDE))
    page.goto(server.address("notebooks/notebooks/seven.ipynb"), wait_until="domcontentloaded")
    page.wait_for_function(f"() => window.jupyterapp && ({IDLE})()")
    page.problems.clear()  # whatever Notebook itself had to say while it started
    page.evaluate("() => jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_function(IDLE)
    player = page.locator(".ftg-player:has(.ftg-bar)").first
    player_answers(page, player)
    press(page, player.locator("[data-node]").first, ["End", "ArrowLeft"])
    assert step(player) == 33
    assert page.problems == []
    page.context.close()

"""Pictures that the kernel draws: alive in JupyterLab and Notebook 7, and what is left when widgets are gone."""

import nbformat
import pytest
from browser_keys import keeps_the_keys, notebook_state, player_answers, press
from jupyter_browser import WIDE, open_notebook, save, wait_for_the_kernel, watched_page, write_notebook
from live_pages import ALIVE
from nbconvert import HTMLExporter
from outputs import assert_each_library_is_saved_once, live_outputs
from page_checks import axe_violations
from players_notebook import CELLS as OTHERS
from playwright.sync_api import expect

from helpers.explore.function import Function
from helpers.explore.gradient_health import GradientHealth

pytest_plugins = ["browser_fixtures"]
pytestmark = pytest.mark.browser
NEEDS_KERNEL = "The controls need a running kernel: run this cell again."
GONE = ("Error displaying widget", "Loading widget", "model not found")
CELLS = [
    "from helpers.explore import explore, explore_health, explore_neuron\nexplore_health()",
    "import math\n\ndef f(x, b):\n    return math.log(x) + b\n\ndisplay(explore_health())\nprint('below')",
    "explore(f, x=(-1, 3, 2), b=(0, 1))",
    "explore_neuron()",
    "from helpers.plots import progress\nfor k in progress(range(3), 'nets'):\n    pass",
    "'a cell below, to which Jupyter could move on'",
]


def f(x, b):
    import math

    return math.log(x) + b


def boards(panel):
    return panel.locator("[data-kind=board]")


def said(board):
    return board.locator(".say").inner_text()


def awake(board):
    """Wait until the wire is there; returns the board."""
    expect(board.locator(".controls:not([inert])")).to_be_attached()
    return board


@pytest.fixture(scope="module")
def panel(lab_page, server):
    write_notebook(server.work / "notebooks/boards.ipynb", *CELLS)
    lab_page.problems.clear()
    lab_page.set_viewport_size(WIDE)
    return open_notebook(lab_page, "notebooks/boards.ipynb")


@pytest.fixture(scope="module")
def saved(lab_page, panel, server):
    return save(lab_page, server.work / "notebooks/boards.ipynb")


def test_keys_and_clicks_ask_the_kernel_and_the_notebook_holds_still(lab, panel):
    board = awake(boards(panel).first)
    before, state = said(board), notebook_state(lab)
    press(lab, board.get_by_role("slider", name="layers"), ["ArrowRight", "ArrowRight"])
    expect(board.locator(".say")).to_have_text(GradientHealth(12).words())
    board.get_by_role("radio", name="sigmoid").click()
    expect(board.locator(".say")).to_have_text(GradientHealth(12, "sigmoid").words())
    press(lab, board.get_by_role("radio", name="sigmoid"), ["ArrowRight"])
    expect(board.locator(".ftg-svg")).to_have_attribute("aria-label", GradientHealth(12, "relu").words())
    board.locator(".reset").click()
    expect(board.locator(".say")).to_have_text(before)
    assert notebook_state(lab)[1:] == state[1:]


def test_the_newest_of_many_moves_is_answered(lab, panel):
    board = awake(boards(panel).first)
    slider = board.get_by_role("slider", name="layers")
    slider.evaluate(
        "slider => { for (let k = 2; k <= 19; k++) { slider.value = k; slider.dispatchEvent(new Event('input')); } }"
    )
    expect(board.locator(".say")).to_have_text(GradientHealth(19).words())
    board.locator(".reset").click()


def test_what_the_readers_function_raises_is_shown(lab, panel):
    board = awake(boards(panel).nth(2))
    press(lab, board.get_by_role("slider", name="x"), ["Home"])
    expect(board.locator(".say")).to_contain_text("f(x = −1.000, b = 0.500): ValueError: math domain error.")
    board.locator(".reset").click()
    expect(board.locator(".say")).to_have_text(Function(f, {"x": (-1, 3, 2), "b": (0, 1)}).words())


def test_on_a_narrow_page_the_kernel_draws_a_tall_picture(lab, panel):
    board = awake(boards(panel).nth(2))
    wide = board.locator(".ftg-svg").get_attribute("viewBox").split()
    lab.set_viewport_size({"width": 800, "height": 1000})
    expect(board.locator(".ftg-svg")).not_to_have_attribute("viewBox", " ".join(wide))
    _, _, width, height = map(float, board.locator(".ftg-svg").get_attribute("viewBox").split())
    assert width < 450 < height
    assert board.locator(".stage").evaluate("stage => stage.scrollWidth <= stage.clientWidth + 1")
    lab.set_viewport_size(WIDE)
    expect(board.locator(".ftg-svg")).to_have_attribute("viewBox", " ".join(wide))


def test_axe_finds_nothing(lab, panel):
    awake(boards(panel).first)
    assert axe_violations(lab, ".ftg-live") == []


def test_the_wire_is_not_seen(lab, panel):
    for k in range(3):
        awake(boards(panel).nth(k))
    assert panel.locator(".ftg-wire").evaluate_all("wires => wires.filter(wire => wire.offsetHeight).length") == 0
    expect(panel.get_by_text("below", exact=True)).to_be_visible()  # an output behind a board and its wire


def test_what_is_saved(saved):
    outputs = [output for cell in saved.cells for output in cell.outputs if "data" in output]
    assert [sorted(output["data"]) for output in outputs[:2]] == [
        ["text/html", "text/plain"],
        ["application/vnd.jupyter.widget-view+json", "text/plain"],
    ]
    assert saved.cells[4].outputs[0]["data"]["text/plain"].startswith("3 of 3 nets")


def is_at_rest(panel):
    """The pictures are there, say what they need, and nothing speaks of a missing widget."""
    for k in range(3):
        board = boards(panel).nth(k)
        board.scroll_into_view_if_needed()
        expect(board.locator(".ftg-svg")).to_be_visible()
        expect(board.locator(".note")).to_have_text(NEEDS_KERNEL)
        assert board.locator(".controls").evaluate("controls => controls.inert")
    text = panel.inner_text()
    assert not [words for words in GONE if words in text]
    expect(panel.get_by_text("below", exact=True)).to_be_visible()
    expect(panel.get_by_text("3 of 3 nets")).to_be_visible()
    dial = panel.locator("[data-kind=dial]")
    dial.get_by_role("slider", name="weight w").fill("2")
    expect(dial.locator(".say")).to_contain_text("w = 2.0")


def test_reopened_without_a_kernel(lab, saved):
    is_at_rest(open_notebook(lab, "notebooks/boards.ipynb", run=False))


def test_reopened_with_another_kernel_and_run_again(lab, saved):
    panel = open_notebook(lab, "notebooks/boards.ipynb", run=False, kernel=True)
    lab.wait_for_timeout(1500)  # for the widgets' manager to look for its models
    is_at_rest(panel)
    lab.evaluate("() => jupyterapp.commands.execute('notebook:run-all-cells')")
    board = awake(boards(panel).first)
    press(lab, board.get_by_role("slider", name="layers"), ["ArrowLeft"])
    expect(board.locator(".say")).to_have_text(GradientHealth(9).words())
    lab.evaluate("() => jupyterapp.shell.currentWidget.context.revert()")


@pytest.mark.parametrize("stored", [False, True], ids=["", "with the widgets' state"])
def test_exported(browser, home, saved, stored):
    notebook = nbformat.from_dict(saved)
    if stored:  # as nbclient leaves it
        state = {"state": {}, "version_major": 2, "version_minor": 0}
        for cell in notebook.cells[:3]:
            for output in cell.outputs:
                view = output.get("data", {}).get("application/vnd.jupyter.widget-view+json")
                if view:
                    state["state"][view["model_id"]] = {"model_name": "VBoxModel", "state": {}}
        notebook.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": state}
    path = home / f"boards-{stored}.html"
    path.write_text(HTMLExporter().from_notebook_node(notebook)[0], encoding="utf-8")
    context = browser.new_context(viewport=WIDE, offline=True)
    page = watched_page(context)
    page.goto(path.as_uri(), wait_until="domcontentloaded")
    is_at_rest(page.locator("body"))
    context.close()


def test_notebook_7_runs_them_beside_all_other_outputs_and_leaves_the_keys_to_each(browser, server):
    path = "notebooks/seven.ipynb"
    write_notebook(server.work / path, *CELLS[:3], *OTHERS, *CELLS[4:])  # with one dial
    page = watched_page(browser.new_context(viewport=WIDE))
    page.goto(server.address(f"notebooks/{path}"), wait_until="domcontentloaded")
    wait_for_the_kernel(page)
    page.problems.clear()  # whatever Notebook itself had to say while it started
    page.evaluate("() => jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_function(ALIVE, arg=10)
    board, player = awake(boards(page).first), page.locator("[data-kind=frames]").first
    press(page, board.get_by_role("slider", name="layers"), ["ArrowRight"])
    expect(board.locator(".say")).to_have_text(GradientHealth(11).words())
    player_answers(page, player)
    assert keeps_the_keys(page, player) >= 2
    assert_each_library_is_saved_once(live_outputs(save(page, server.work / path).cells))
    page.evaluate("() => jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    assert page.problems == []
    page.goto(server.address(f"notebooks/{path}"), wait_until="domcontentloaded")
    wait_for_the_kernel(page)
    page.wait_for_timeout(1500)
    is_at_rest(page.locator("body"))
    page.context.close()

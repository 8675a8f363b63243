"""Lessons in the browser's own Python: all cells run, pictures and boards answer, and nobody else is asked."""

from pathlib import Path

import pytest
from browser_keys import explorer_answers, player_answers, press
from lite_browser import add_notebook, open_lesson, open_site, run_lesson
from playwright.sync_api import expect

from helpers.engine.part import PARTS

pytest_plugins = ["browser_fixtures"]
pytestmark = pytest.mark.browser


def complaints(ran):
    """What cells have said to the error stream, and their exceptions."""
    outputs = [(cell["id"], output) for cell in ran for output in cell["outputs"]]
    return [
        (name, output.get("text") or output["evalue"])
        for name, output in outputs
        if output["output_type"] == "error" or output.get("name") == "stderr"
    ]


def outside(page, *addresses):
    """Requests to any other place."""
    return [url for url in page.asked if not url.startswith((*addresses, "data:", "blob:"))]


def test_all_cells_of_a_lesson_run(visit, site, lesson):
    panel = open_lesson(visit, site, lesson)
    ran = run_lesson(visit)
    assert complaints(ran) == []
    visit.wait_for_function("() => !document.querySelector('.ftg-live:not([data-ready])')")
    for player in panel.locator("[data-kind=frames]").all():
        player_answers(visit, player)
    for explorer in panel.locator(".ftg-live:has(.explorer)").all():
        explorer_answers(visit, explorer)
    for board in panel.locator("[data-kind=board]").all():
        board_answers(visit, board)
    assert outside(visit, site) == []
    assert visit.problems == []


def board_answers(page, board):
    """A key at its first slider asks Python in the browser, and the words change."""
    expect(board.locator(".controls:not([inert])")).to_be_attached()
    before = board.locator(".say").inner_text()
    press(page, board.get_by_role("slider").first, ["ArrowRight", "ArrowRight"])
    expect(board.locator(".say")).not_to_have_text(before)


def test_as_published_it_asks_for_pyodides_packages_and_for_nothing_else(visit, published):
    address, elsewhere = published
    open_site(visit, address)
    add_notebook(
        visit, "numbers.ipynb", "import numpy, matplotlib, sympy, ipywidgets, gymnasium, helpers\nnumpy.ones(2)"
    )
    open_lesson(visit, address, "numbers.ipynb")
    [cell] = run_lesson(visit)
    assert cell["outputs"][0]["data"]["text/plain"] == "array([1., 1.])"
    assert outside(visit, address, elsewhere) == []
    assert [url for url in visit.asked if url.startswith(f"{elsewhere}/numpy-")]


def test_a_part_is_kept_over_a_visit_and_can_be_saved(visit, site):
    open_site(visit, site)
    endless = "@mine\ndef reward_to_go(r):\n    while True:\n        pass"
    first = ("from helpers.engine import engine, mine", f"@mine\n{PARTS['sigmoid'].own}", endless)
    add_notebook(visit, "first.ipynb", *first, "mine.picture()")
    add_notebook(visit, "second.ipynb", first[0], "engine().yours", "mine.download()")
    open_lesson(visit, site, "first.ipynb")
    _, kept, stopped, picture = run_lesson(visit)
    assert "It is yours, in my_gradient.py" in kept["outputs"][0]["data"]["text/plain"]
    assert "does not come to an end" in stopped["outputs"][0]["data"]["text/plain"]
    assert "JupyterLite keeps your file in this browser alone" in picture["outputs"][0]["data"]["text/plain"]

    panel = open_lesson(visit, site, "second.ipynb")  # the page is loaded anew, with another kernel
    assert run_lesson(visit)[1]["outputs"][0]["data"]["text/plain"] == "('sigmoid',)"
    with visit.expect_download() as download:
        panel.get_by_role("link", name="Save my_gradient.py").click()
    assert "# --- mine: sigmoid" in Path(download.value.path()).read_text(encoding="utf-8")
    assert visit.problems == []

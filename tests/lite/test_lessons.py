"""Lessons in the browser's own Python: all cells run, pictures and boards answer, and nobody else is asked."""

from pathlib import Path

import pytest
from browser_keys import explorer_answers, player_answers, press
from lite_browser import open_lesson, run_lesson
from playwright.sync_api import expect

from helpers.engine.part import PARTS

pytest_plugins = ["browser_fixtures"]
pytestmark = pytest.mark.browser
FIRST, SECOND = "00_start_here.ipynb", "06_policy_gradient.ipynb"


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


def runs_and_answers(page, site, lesson, *sources):
    """Open a lesson, run its cells, try its pictures and boards; returns what cells with more sources have put out."""
    panel = open_lesson(page, site, lesson)
    ran = run_lesson(page, *sources)
    own = len(ran) - len(sources)
    assert complaints(ran[:own]) == []
    page.wait_for_function("() => !document.querySelector('.ftg-live:not([data-ready])')")
    for player in panel.locator("[data-kind=frames]").all():
        player_answers(page, player)
    for explorer in panel.locator(".ftg-live:has(.explorer)").all():
        explorer_answers(page, explorer)
    for board in panel.locator("[data-kind=board]").all():
        board_answers(page, board)
    return [cell["outputs"][0]["data"]["text/plain"] for cell in ran[own:]]


def board_answers(page, board):
    """A key at its first slider asks Python in the browser, and the words change."""
    expect(board.locator(".controls:not([inert])")).to_be_attached()
    before = board.locator(".say").inner_text()
    press(page, board.get_by_role("slider").first, ["ArrowRight", "ArrowRight"])
    expect(board.locator(".say")).not_to_have_text(before)


def test_all_cells_of_a_lesson_run(visit, site, lesson):
    runs_and_answers(visit, site, lesson)
    assert outside(visit, site) == []
    assert visit.problems == []


def test_as_published_lessons_run_and_a_part_is_kept_over_a_visit_and_can_be_saved(visit, published):
    address, elsewhere = published
    mine = f"from helpers.engine import mine\n@mine\n{PARTS['sigmoid'].own}"
    endless = "@mine\ndef reward_to_go(r):\n    while True:\n        pass"
    numbers = "import numpy, matplotlib, sympy, ipywidgets, gymnasium\nnumpy.ones(2)"
    kept, stopped, picture, ones = runs_and_answers(visit, address, FIRST, mine, endless, "mine.picture()", numbers)
    assert "It is yours, in my_gradient.py" in kept
    assert "does not come to an end" in stopped
    assert "JupyterLite keeps your file in this browser alone" in picture
    assert ones == "array([1., 1.])"
    assert [url for url in visit.asked if url.startswith(f"{elsewhere}/numpy-")]

    again = "from helpers.engine import engine, mine\nengine().yours"  # the page is loaded anew, with another kernel
    yours, _ = runs_and_answers(visit, address, SECOND, again, "mine.download()")
    assert yours == "('sigmoid',)"
    with visit.expect_download() as download:
        visit.get_by_role("link", name="Save my_gradient.py").click()
    assert "# --- mine: sigmoid" in Path(download.value.path()).read_text(encoding="utf-8")
    assert outside(visit, address, elsewhere) == []
    assert visit.problems == []

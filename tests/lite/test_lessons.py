"""Lessons in the browser's own Python: all cells run, pictures and boards answer, and nobody else is asked."""

import shutil
from pathlib import Path

import pytest
from browser_keys import explorer_answers, player_answers, press
from lite_browser import open_lesson, run_lesson
from playwright.sync_api import expect
from served_site import served

from helpers.engine.part import PARTS

pytest_plugins = ["browser_fixtures"]
pytestmark = pytest.mark.browser
FIRST = "00_start_here.ipynb"


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
    assert complaints(ran[:own]) == [], lesson
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


def test_lessons_run_as_published_and_with_all_packages_and_a_part_is_kept(visit, built, published, lessons):
    folder, elsewhere = published
    with served(folder) as address:
        runs_as_published(visit, address, elsewhere)
        # From here on nobody else is asked; each page is loaded anew, with another kernel.
        shutil.copytree(built / "static/pyodide", folder / "static/pyodide", dirs_exist_ok=True)
        visit.asked.clear()
        again = "from helpers.engine import engine, mine\nengine().yours"
        for lesson in lessons:
            yours, _ = runs_and_answers(visit, address, lesson, again, "mine.download()")
            assert yours == "('sigmoid',)"
        with visit.expect_download() as download:
            visit.get_by_role("link", name="Save my_gradient.py").click()
        assert "# --- mine: sigmoid" in Path(download.value.path()).read_text(encoding="utf-8")
        assert outside(visit, address) == []
    assert visit.problems == []


def runs_as_published(page, address, elsewhere):
    """The first lesson runs, takes a part of the reader's and refuses another, and a package is loaded on demand."""
    mine = f"from helpers.engine import mine\n@mine\n{PARTS['sigmoid'].own}"
    endless = "@mine\ndef reward_to_go(r):\n    while True:\n        pass"
    numbers = "import numpy, matplotlib, sympy, ipywidgets, gymnasium\nnumpy.ones(2)"
    kept, stopped, picture, ones = runs_and_answers(page, address, FIRST, mine, endless, "mine.picture()", numbers)
    assert "It is yours, in my_gradient.py" in kept
    assert "does not come to an end" in stopped
    assert "JupyterLite keeps your file in this browser alone" in picture
    assert ones == "array([1., 1.])"
    assert [url for url in page.asked if url.startswith(f"{elsewhere}/numpy-")]
    assert outside(page, address, elsewhere) == []

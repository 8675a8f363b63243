"""Every lesson in JupyterLab: all cells run, its pictures answer, everyone can read them, and they are small."""

import re

import nbformat
import pytest
from browser_keys import explorer_answers, player_answers
from jupyter_browser import NARROW, ROOT, WIDE, open_notebook
from page_checks import axe_violations, covered_text, low_contrast, settled, small_text, too_wide

pytest_plugins = ["browser_fixtures"]
pytestmark = pytest.mark.browser
LESSONS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))
FAULTY = (
    ".jp-OutputArea-output:is([data-mime-type='application/vnd.jupyter.error'],"
    " [data-mime-type='application/vnd.jupyter.stderr'], :has-text('Error displaying widget'))"
)


@pytest.fixture(scope="module", params=LESSONS)
def lesson(request, lab_page):
    """The panel of an executed lesson, all of whose live outputs are alive."""
    lab_page.problems.clear()
    lab_page.set_viewport_size(WIDE)
    panel = open_notebook(lab_page, f"notebooks/{request.param}")
    lab_page.wait_for_function("() => !document.querySelector('.ftg-live:not([data-ready])')")
    settled(lab_page)
    return panel


def test_lesson_runs_without_complaint(lab, lesson):
    assert lesson.locator(FAULTY).all_inner_texts() == []
    assert lab.problems == []


def test_lesson_steppers_answer_keys(lab, lesson):
    for player in lesson.locator("[data-kind=frames]").all():
        player_answers(lab, player)
    assert lab.problems == []


def test_lesson_explorers_answer_keys(lab, lesson):
    for explorer in lesson.locator(".ftg-live:has(.explorer)").all():
        explorer_answers(lab, explorer)
    assert lab.problems == []


def test_lesson_is_accessible(lab, lesson):
    assert lesson.locator(".ftg-live, .ftg-figure").count() == 0 or axe_violations(lab) == []


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=lambda size: f"{size['width']}px")
def test_lesson_fits_and_is_legible(lab, lesson, size):
    lab.set_viewport_size(size)
    settled(lab)
    assert too_wide(lesson) == []
    assert small_text(lesson) == []
    assert covered_text(lesson) == []


def test_lesson_is_legible_in_the_dark_theme(lab, lesson):
    lab.evaluate("() => jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Dark' })")
    lab.wait_for_function("() => document.body.dataset.jpThemeLight === 'false'")
    assert low_contrast(lesson) == []


def test_the_first_picture_is_small_and_each_library_is_saved_once(lab, lesson, server):
    lab.evaluate("() => jupyterapp.commands.execute('docmanager:save')")
    path = lab.evaluate("() => jupyterapp.shell.currentWidget.context.path")
    cells = nbformat.read(server.work / path, as_version=4).cells
    htmls = [output.get("data", {}).get("text/html", "") for cell in cells for output in cell.get("outputs", [])]
    live = [html for html in htmls if "class='ftg-live'" in html]
    drawn = re.sub(r"data:image/png;base64,[^'\"]*", "", live[0]) if live else ""  # a figure is as large as it is
    room = 60_000 + 16_000 * (
        "data-kind='guess'" in drawn
    )  # around a picture in its fold a guess brings its own library
    assert len(drawn.encode()) <= room
    parts = re.findall(r"<div class='ftg-live' data-kind='(\w+)'([^>]*)>", "".join(live))  # also those in a fold
    kinds = [kind for kind, _ in parts]
    carried = ["data-library=" in attributes for _, attributes in parts]
    assert carried == [kind not in kinds[:k] for k, kind in enumerate(kinds)]

"""Every lesson in JupyterLab: its pictures answer, everyone can read them, and they are small.

The first lesson is run there, and of the others what needs a kernel, with what it stands on. They are run once for
all tests, as JupyterLab would run them, and opened with their outputs: to draw each as it comes takes much longer.
It is light here; in the dark each lesson is seen on the site, and each kind of output in `test_browser_notebook`.
"""

import copy
import re

import nbformat
import pytest
from nbformat.sign import NotebookNotary
from notebook_runs import LESSONS

pytest.importorskip("playwright")  # which other places have not
from browser_keys import explorer_answers, player_answers
from jupyter_browser import NARROW, WIDE, open_notebook, run_cell, save
from outputs import assert_each_library_is_saved_once, live_outputs
from page_checks import axe_violations, covered_text, settled, small_text, too_wide

pytest_plugins = ["browser_fixtures"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.usefixtures("empty"),
    pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.name, scope="module"),
]
CELLS = "() => jupyterapp.shell.currentWidget.content.widgets.every(cell => %s)"
DRAWN = CELLS % "cell.isAttached && !cell.isPlaceholder()"  # cells that are out of sight come later
TRUSTED = CELLS % "cell.model.type !== 'code' || cell.model.trusted"
WIDGET = "application/vnd.jupyter.widget-view+json"
FAULTY = (
    ".jp-OutputArea-output:is([data-mime-type='application/vnd.jupyter.error'],"
    " [data-mime-type='application/vnd.jupyter.stderr'], :has-text('Error displaying widget'))"
)


@pytest.fixture(scope="session")
def home(home):
    """JupyterLab draws a notebook at once, which takes half of what it takes cell by cell, whenever it is idle."""
    settings = home / "settings/@jupyterlab/notebook-extension/tracker.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    settings.write_text('{"windowingMode": "none"}', encoding="utf-8")
    return home


@pytest.fixture(scope="module")
def lesson(lab_page, server, home, runs, path):
    """The panel of an executed lesson, all of whose live outputs are alive."""
    lab_page.problems.clear()
    lab_page.set_viewport_size(WIDE)
    done = copy.deepcopy(runs["empty", path].result()[0])
    run, widgets, there = path == LESSONS[0], [*filter(is_widget, done.cells)], server.work / "notebooks" / path.name
    for cell in widgets:  # of a kernel that is gone: JupyterLab would complain of them, sooner or later
        cell.outputs = []
    if not run:
        nbformat.write(done, there)
        NotebookNotary(data_dir=str(home / "data")).sign(nbformat.read(there, as_version=4))
    panel = open_notebook(lab_page, f"notebooks/{path.name}", run, kernel=bool(widgets))
    for k, cell in enumerate(done.cells if widgets else []):
        if cell in widgets or cell.source.startswith(("import numpy", "@mine")):
            run_cell(lab_page, k)
    lab_page.wait_for_function(DRAWN, polling=100)
    lab_page.wait_for_function("() => !document.querySelector('.ftg-live:not([data-ready])')")
    settled(lab_page)
    assert lab_page.evaluate(TRUSTED)
    if run or widgets:
        save(lab_page, there)
    return panel


def is_widget(cell):
    """Whether an output of the executed cell is a widget."""
    return any(WIDGET in output.get("data", {}) for output in cell.get("outputs", []))


def test_lesson_is_shown_without_complaint(lab, lesson):
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
    if size != WIDE:  # so it has settled when the lesson was opened
        lab.set_viewport_size(size)
        settled(lab)
    assert too_wide(lesson) == []
    assert small_text(lesson) == []
    assert covered_text(lesson) == []


def test_the_first_picture_is_small_and_each_library_is_saved_once(lesson, server, path):
    live = live_outputs(nbformat.read(server.work / "notebooks" / path.name, as_version=4).cells)
    drawn = re.sub(r"data:image/png;base64,[^'\"]*", "", live[0]) if live else ""  # a figure is as large as it is
    of_a_guess = 16_000 * ("data-kind='guess'" in drawn)  # around a picture in its fold it brings its own library
    assert len(drawn.encode()) <= 60_000 + of_a_guess
    assert_each_library_is_saved_once(live)

"""Every lesson in JupyterLab: all cells run, its steppers and explorers answer, and everyone can read them."""

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
    """The panel of an executed lesson."""
    lab_page.problems.clear()
    lab_page.set_viewport_size(WIDE)
    panel = open_notebook(lab_page, f"notebooks/{request.param}")
    lab_page.wait_for_timeout(500)  # for the last outputs to be laid out
    return panel


def test_lesson_runs_without_complaint(lab, lesson):
    assert lesson.locator(FAULTY).all_inner_texts() == []
    assert lab.problems == []


def test_lesson_steppers_answer_keys(lab, lesson):
    for player in lesson.locator(".ftg-player").all():
        player_answers(lab, player)
    assert lab.problems == []


def test_lesson_explorers_answer_keys_and_mouse(lab, lesson):
    for picture in lesson.locator(".widget-vbox:has(> .widget-html svg)").all():
        explorer_answers(lab, picture)
    assert lab.problems == []


def test_lesson_is_accessible(lab, lesson):
    assert axe_violations(lab) == []


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

"""Live outputs in JupyterLab, in a notebook made for the purpose: keys, narrow pages, themes, and what is saved."""

import pytest
from browser_keys import explorer_answers, keeps_the_keys, player_answers
from jupyter_browser import NARROW, WIDE
from page_checks import axe_violations, covered_text, low_contrast, settled, small_text, too_wide
from players_notebook import HOSTILE, KINDS

pytest_plugins = ["browser_fixtures"]
pytestmark = pytest.mark.browser
FRAMES = [k for k, kind in enumerate(KINDS) if kind == "frames"]
EXPLORERS = [k for k, kind in enumerate(KINDS) if kind in ("dial", "nudge", "ledger")]


@pytest.mark.parametrize("which", FRAMES)
def test_keys_step_and_the_notebook_holds_still(lab, players, which):
    player_answers(lab, players.locator(".ftg-live").nth(which))


@pytest.mark.parametrize("which", EXPLORERS)
def test_explorers_answer_their_keys(lab, players, which):
    explorer_answers(lab, players.locator(".ftg-live").nth(which))


@pytest.mark.parametrize("which", range(len(KINDS)), ids=lambda k: f"{k} {KINDS[k]}")
def test_anything_inside_a_frame_keeps_the_keys(lab, players, which):
    assert keeps_the_keys(lab, players.locator(".ftg-live").nth(which)) >= 2


def test_a_figure_keeps_the_keys(lab, players):
    assert keeps_the_keys(lab, players.locator(".ftg-figure")) >= 2


def test_a_label_with_markup_is_shown_and_not_run(lab, players):
    assert HOSTILE in players.locator(".ftg-live").nth(2).locator(".n").first.get_attribute("aria-label")
    assert lab.evaluate("() => window.hacked") is None


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=lambda size: f"{size['width']}px")
def test_outputs_fit_and_are_legible(lab, players, size):
    lab.set_viewport_size(size)
    settled(lab)
    assert too_wide(players) == []
    assert small_text(players) == []
    assert covered_text(players) == []
    assert axe_violations(lab) == []


OUT_OF_VIEW = """outputs => outputs.flatMap(output => {
  const box = part => part.getBoundingClientRect(), slider = output.querySelector("input[type=range]"), found = [];
  output.scrollIntoView();
  for (let step = 0; step <= +slider.max; step++) {
    slider.value = step;
    slider.dispatchEvent(new Event("input"));
    const stage = box(output.querySelector(".stage"));
    const boxes = [...output.querySelectorAll("svg :is([data-now], [fill='#FFF6C2']), .n.hot")].map(box);
    const left = Math.min(...boxes.map(r => r.left)), right = Math.max(...boxes.map(r => r.right));
    const inside = left >= stage.left - 1 && right <= Math.min(stage.right, innerWidth) + 1;
    if (boxes.length && right - left <= stage.width && !inside) found.push(output.querySelector(".say").innerText);
  }
  return found;
})"""


def test_with_the_side_bar_what_is_at_hand_is_in_view_at_every_step(lab, players):
    lab.set_viewport_size({"width": 800, "height": 768})
    lab.emulate_media(reduced_motion="reduce")
    settled(lab)
    assert lab.locator("#jp-left-stack").is_visible()
    assert players.locator("[data-kind=frames], [data-kind=gradient]").evaluate_all(OUT_OF_VIEW) == []
    lab.emulate_media(reduced_motion="null")


STYLES = "(parts, name) => parts.map(part => getComputedStyle(part)[name])"


def test_dark_theme(lab, players):
    lab.mouse.move(0, 0)  # Jupyter gives the row under it a ground that is half transparent
    lab.evaluate("() => jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Dark' })")
    lab.wait_for_function("() => document.body.dataset.jpThemeLight === 'false'")
    for details in players.locator(".ftg-live details").all():
        details.evaluate("part => { part.open = true; }")
    assert low_contrast(players) == []
    for details in players.locator(".ftg-live details").all():
        details.evaluate("part => { part.open = false; }")
    pictures, cards = players.locator(".frames svg, .ftg-figure img"), players.locator(".card, .ftg-figure")
    assert {"invert(0.92) hue-rotate(180deg)"} == set(pictures.evaluate_all(STYLES, "filter"))
    assert {"rgb(22, 25, 31)"} == set(cards.evaluate_all(STYLES, "backgroundColor"))


def test_nothing_has_complained(lab, players):
    assert lab.problems == []

"""The stepper and the explorers in JupyterLab, with keyboard and mouse, in a notebook made for the purpose."""

import pytest
from browser_keys import explorer_answers, player_answers, press, step
from jupyter_browser import NARROW, WIDE
from page_checks import axe_violations, covered_text, low_contrast, small_text, too_wide
from players_notebook import HOSTILE
from playwright.sync_api import expect

pytest_plugins = ["browser_fixtures"]
pytestmark = pytest.mark.browser
FLOW, DIFFERENCES, ODD_LABEL, LAYERS = range(4)


@pytest.mark.parametrize("which", range(4), ids=["flow", "differences", "odd label", "layers"])
def test_keys_step_and_the_notebook_holds_still(lab, players, which):
    player_answers(lab, players.locator(".ftg-player").nth(which))


def test_tab_reaches_one_box_and_the_walk_comes_back_to_it(lab, players):
    player = players.locator(".ftg-player").nth(FLOW)
    player.locator("select").focus()
    lab.keyboard.press("Tab")
    expect(player.locator("[data-node]:focus")).to_have_count(1)
    walked = player.locator("[data-node]").count()
    first = player.locator("[data-node]:focus").get_attribute("data-node")
    for _ in range(walked):
        lab.keyboard.press("ArrowDown")
    assert player.locator("[data-node]:focus").get_attribute("data-node") == first
    lab.keyboard.press("Tab")
    expect(player.locator("summary")).to_be_focused()


def test_buttons_and_slider_answer_the_mouse(lab, players):
    player = players.locator(".ftg-player").nth(FLOW)
    press(lab, player.locator("input[type=range]"), ["Home"])
    back, _, forward = player.locator("button").all()
    forward.click()
    forward.click()
    assert step(player) == 2
    back.click()
    assert step(player) == 1
    back.click()
    back.click(force=True)  # dimmed by now, and harmless
    assert step(player) == 0
    assert back.get_attribute("aria-disabled") == "true"
    player.locator("input[type=range]").click()
    assert 0 < step(player) < 34


def test_a_click_on_a_box_explains_it(lab, players):
    player = players.locator(".ftg-player").nth(FLOW)
    press(lab, player.locator("input[type=range]"), ["End"])
    box = player.locator("[data-node][aria-label^='u1 =']")
    box.click()
    expect(box).to_be_focused()
    expect(player.locator(".ftg-note")).to_contain_text("∂log π/∂u1 = −0.327")


def wait_for_step(player, least):
    player.page.wait_for_function(
        "([node, least]) => node.querySelector('svg').dataset.step >= least",
        arg=[player.element_handle(), least],
        timeout=3000,
    )


def test_play_advances_at_the_chosen_speed_and_pauses(lab, players):
    player = players.locator(".ftg-player").nth(FLOW)
    _, play, forward = player.locator("button").all()
    press(lab, player.locator("input[type=range]"), ["Home"])
    player.locator("select").select_option("fast")
    play.click()
    expect(play).to_contain_text("pause")
    wait_for_step(player, 3)
    play.click()
    expect(play).to_contain_text("play")
    paused = step(player)
    lab.wait_for_timeout(600)
    assert step(player) == paused
    play.click()
    forward.click()  # stepping by hand pauses
    expect(play).to_contain_text("play")
    press(lab, player.locator("input[type=range]"), ["End", "ArrowLeft"])
    play.click()
    wait_for_step(player, 34)
    expect(play).to_contain_text("play")  # stops at the end
    play.click()
    wait_for_step(player, 1)  # and starts over
    play.click()


def test_explorers_answer_keys_and_mouse(lab, players):
    boards = players.locator(".widget-vbox:has(> .widget-html svg)").all()
    assert len(boards) == 2
    for board in boards:
        explorer_answers(lab, board)


def test_a_label_with_markup_is_shown_and_not_run(lab, players):
    box = players.locator(".ftg-player").nth(ODD_LABEL).locator("[data-node]").first
    assert HOSTILE in box.get_attribute("aria-label")
    assert box.locator("text").first.text_content().startswith("</script>")
    assert lab.evaluate("() => window.hacked") is None


def test_no_violation_found_by_axe(lab, players):
    assert axe_violations(lab) == []


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=lambda size: f"{size['width']}px")
def test_outputs_fit_and_are_legible(lab, players, size):
    lab.set_viewport_size(size)
    lab.wait_for_timeout(200)
    assert too_wide(players) == []
    assert small_text(players) == []
    assert covered_text(players) == []
    assert axe_violations(lab) == []


def test_dark_theme_keeps_texts_legible(lab, players):
    lab.evaluate("() => jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Dark' })")
    lab.wait_for_function("() => document.body.dataset.jpThemeLight === 'false'")
    for summary in players.locator(".ftg-player summary").all():
        summary.click()
    assert low_contrast(players) == []
    for summary in players.locator(".ftg-player summary").all():
        summary.click()


def test_nothing_has_complained(lab, players):
    assert lab.problems == []

"""The stepper that asks for the next number: by keyboard through a whole graph, while the notebook holds still."""

import pytest
from browser_keys import notebook_state, player_answers, press, reveal_all, step, steps
from jupyter_browser import NARROW, WIDE, open_notebook, watched_page, write_notebook
from page_checks import axe_violations, covered_text, low_contrast, small_text, too_wide
from playwright.sync_api import expect

from helpers.calculus.graph import Value
from helpers.running_actor import actor_graph
from helpers.steppers import show_gradient_flow

pytest_plugins = ["browser_fixtures"]
pytestmark = pytest.mark.browser

HOSTILE = "</script><img src=x onerror='window.hacked = 1'>"
SMALL = """
w, x, b = Value(-0.5, label="w"), Value(3.0, label="x"), Value(0.25, label="b")
product = w * x
product.label = "w·x"
z = product + b
z.label = "z"
root = z * z
root.label = "L"
"""
NOT_YET = "Not yet: take the number on the edge and the gradient in the box it comes from."
NO_NUMBER = "A number is expected, such as 0.25 or −0.25."
FIRST = 5  # given, three forward, seed: then the first question


def small_graph():
    names = {"Value": Value}
    exec(SMALL, names)
    return names["root"]


@pytest.fixture(scope="module")
def panel(lab_page, server):
    """A notebook with three predicting steppers, executed."""
    write_notebook(
        server.work / "notebooks/predict.ipynb",
        "from helpers.calculus.graph import Value\nfrom helpers.running_actor import actor_graph\n"
        "from helpers.steppers import show_gradient_flow",
        SMALL.strip() + "\nshow_gradient_flow(root, predict=True)",
        "show_gradient_flow(actor_graph(), predict=True)",
        f"a = Value(2.0, label={HOSTILE!r})\nshow_gradient_flow(a * a + a, predict=True)",
        "'a cell below, to which Jupyter could move on'",
    )
    lab_page.problems.clear()
    opened = open_notebook(lab_page, "notebooks/predict.ipynb")
    opened.locator(".ftg-player .ftg-bar").nth(2).wait_for()
    return opened


@pytest.fixture
def asking(browser, tmp_path):
    """A fresh stepper on a bare page without network and kernel."""
    context = browser.new_context(viewport=WIDE, offline=True)

    def visit(player):
        (tmp_path / "page.html").write_text(f"<!doctype html><meta charset=utf-8>{player.html()}", encoding="utf-8")
        page = watched_page(context)
        page.goto((tmp_path / "page.html").as_uri())
        page.locator(".ftg-bar").wait_for()
        return page, Parts(page.locator(".ftg-player"))

    yield visit
    context.close()


class Parts:
    """The parts of one stepper that asks."""

    def __init__(self, player):
        self.player, self.field = player, player.locator(".ftg-question input")
        self.back, self.play, self.next, self.check, self.show_me = player.locator("button").all()
        self.slider, self.verdict = player.locator("input[type=range]"), player.locator(".ftg-verdict")

    def answer(self, page, text):
        """Type into the field, which has the focus, and press Enter."""
        expect(self.field).to_be_focused()
        for key in ("ControlOrMeta+a", "Backspace"):
            page.keyboard.press(key)
        page.keyboard.type(text)
        page.keyboard.press("Enter")


def asks(parts, at, prompt=""):
    assert step(parts.player) == at
    expect(parts.field).to_be_visible()
    expect(parts.player.locator(".ftg-question label")).to_contain_text(prompt)


def test_a_whole_graph_by_keyboard(lab, panel):
    """L = z·z: z gets −1.25 twice; then w·x, b, w and x. After each answer Enter goes on."""
    parts = Parts(panel.locator(".ftg-player").nth(0))
    parts.player.scroll_into_view_if_needed()
    press(lab, parts.next, ["End"])
    before = notebook_state(lab)
    asks(parts, FIRST, "Edge L → z: what is local × upstream?")
    tries = {
        "1": "That is the upstream gradient ∂L/∂L alone",
        "+1,25": "The size is right, the sign is not: only the local derivative is negative",
        "−0.25": "You added local and upstream",
        "17": "Neither: local is −1.250, upstream is 1.000; multiply them.",
        "": NO_NUMBER,
        "one": NO_NUMBER,
        "1.2.3": NO_NUMBER,
        "-1.2": "Nearly: give three digits.",
    }
    for typed, words in tries.items():
        parts.answer(lab, typed)
        assert words in parts.verdict.inner_text()
        assert step(parts.player) == FIRST
    right = [
        ("−1,25", "Right: (−1.250) × 1.000 = −1.250."),
        ("-1.25", "Right: (−1.250) × 1.000 = −1.250."),
        ("-2.5", "Right: 1.000 × (−2.500) = −2.500."),
        ("–2.50", "Right: 1.000 × (−2.500) = −2.500."),
        (" - 7.5e0 ", "Right: 3.000 × (−2.500) = −7.500."),
        ("1.25", "Right: (−0.500) × (−2.500) = 1.250."),
    ]
    for k, (typed, words) in enumerate(right):
        asks(parts, FIRST + 2 * k, "→")
        parts.answer(lab, typed)
        expect(parts.verdict).to_have_text(words)
        assert step(parts.player) == FIRST + 2 * k + 1
        expect(parts.next).to_be_focused()
        expect(parts.field).to_be_hidden()
        lab.keyboard.press("Enter")
    assert step(parts.player) == steps(parts.player) - 1 == FIRST + 12
    assert notebook_state(lab) == before
    player_answers(lab, parts.player)  # all is answered: it steps like any other


def test_the_total_and_the_wrong_factor_are_named(asking):
    page, parts = asking(show_gradient_flow(small_graph(), predict=True))
    press(page, parts.slider, ["End"])
    parts.answer(page, "-1.25")
    page.keyboard.press("Enter")
    parts.answer(page, "-2.5")
    expect(parts.verdict).to_have_text("That is the total which z has after this edge: give only what this edge adds.")
    parts.answer(page, "-1.25")
    for _ in range(2):
        page.keyboard.press("ArrowRight")
        parts.show_me.click()
    page.keyboard.press("ArrowRight")
    parts.answer(page, "1.25")  # x·upstream was asked for, this is w·upstream
    assert "The local derivative is wrong: that one, ∂(w·x)/∂x, belongs to the other operand, x." in (
        parts.verdict.inner_text()
    )
    assert page.problems == []


def test_an_unknown_number_is_told_where_to_look_and_then_what_to_multiply(asking):
    page, parts = asking(show_gradient_flow(small_graph(), predict=True))
    press(page, parts.slider, ["End"])
    for words in (NOT_YET, *2 * ["Neither: local is −1.250, upstream is 1.000; multiply them."]):
        parts.answer(page, "17")
        expect(parts.verdict).to_have_text(words)
    parts.field.fill("18")
    parts.check.click()
    expect(parts.field).to_be_focused()  # ready for the next try
    parts.field.fill("x")
    parts.check.click()
    expect(parts.verdict).to_have_text(NO_NUMBER)


def test_an_empty_field_is_no_zero(asking):
    page, parts = asking(show_gradient_flow(Value(-1.0, label="a").relu() * 3.0, predict=True))
    press(page, parts.slider, ["End"])
    parts.show_me.click()
    page.keyboard.press("Enter")
    for typed in ("", "  ", "0x0", "-", "e"):
        parts.answer(page, typed)
        expect(parts.verdict).to_have_text(NO_NUMBER)
    parts.answer(page, "-0,0")
    expect(parts.verdict).to_have_text("Right: 0.000 × 3.000 = 0.000.")


def test_the_way_forward_is_blocked_and_the_way_back_is_not(asking):
    page, parts = asking(show_gradient_flow(small_graph(), predict=True))
    for target, key in [
        (parts.slider, "ArrowRight"),
        (parts.back, "End"),
        (parts.next, "Enter"),
        (parts.play, "Enter"),
    ]:
        press(page, parts.slider, ["Home"])
        press(page, target, ["End"])
        asks(parts, FIRST)
        press(page, target, [key])
        asks(parts, FIRST)
        expect(parts.field).to_be_focused()
    box = parts.player.locator("[data-node]").first
    press(page, box, ["ArrowLeft", "ArrowRight"])
    asks(parts, FIRST)
    expect(parts.field).to_be_focused()
    assert parts.next.get_attribute("aria-disabled") == "true"
    parts.next.click(force=True)
    parts.play.click()
    expect(parts.play).to_contain_text("play")
    asks(parts, FIRST)
    parts.field.fill("0.5")
    place = parts.slider.bounding_box()
    page.mouse.click(place["x"] + place["width"] - 3, place["y"] + place["height"] / 2)
    asks(parts, FIRST)  # the slider's handle springs back as well
    expect(parts.slider).to_be_focused()
    page.keyboard.press("PageDown")
    assert step(parts.player) < FIRST
    for key in ("PageUp", "PageUp", "PageUp"):
        page.keyboard.press(key)
    asks(parts, FIRST)
    parts.back.click()
    assert step(parts.player) == FIRST - 1
    expect(parts.field).to_be_hidden()
    expect(parts.verdict).to_have_text("")
    assert page.problems == []


def test_play_pauses_at_the_question_and_leaves_the_focus(asking):
    page, parts = asking(show_gradient_flow(small_graph(), predict=True))
    parts.player.locator("select").select_option("fast")
    parts.play.click()
    expect(parts.field).to_be_visible()
    expect(parts.play).to_contain_text("play")
    expect(parts.play).to_be_focused()
    asks(parts, FIRST)
    page.wait_for_timeout(600)
    asks(parts, FIRST)


def test_keys_in_the_field_edit_the_text_and_nothing_else(lab, panel):
    parts = Parts(panel.locator(".ftg-player").nth(1))
    parts.player.scroll_into_view_if_needed()
    press(lab, parts.next, ["End"])
    at = step(parts.player)
    asks(parts, at)
    keys = [
        "1",
        "2",
        "ArrowLeft",
        "3",
        "Home",
        "-",
        "End",
        "4",
        "Backspace",
        "ArrowUp",
        "ArrowDown",
        "a",
        "b",
        "d",
        "d",
    ]
    press(lab, parts.field, keys + ["Shift+ArrowLeft", "z", "m", "y", "Control+a", "ArrowRight"])
    assert parts.field.input_value() == "-132abdzmy"
    assert step(parts.player) == at
    press(lab, parts.field, ["Shift+Enter", "Control+Enter", "Alt+Enter"])
    expect(parts.verdict).to_have_text(NO_NUMBER)
    expect(parts.field).to_be_focused()
    press(lab, parts.field, ["Escape"])
    expect(parts.next).to_be_focused()
    assert step(parts.player) == at
    press(lab, parts.next, ["Shift+Tab"])
    press(lab, parts.check, ["ArrowLeft"])
    assert step(parts.player) == at - 1
    expect(parts.next).to_be_focused()  # the focus is not lost with the field
    assert parts.field.evaluate("field => field.dataset.lmSuppressShortcuts") == "true"
    assert lab.problems == []


def test_a_held_enter_does_not_race_through(asking):
    page, parts = asking(show_gradient_flow(small_graph(), predict=True))
    press(page, parts.slider, ["End"])
    page.keyboard.type("-1.25")
    for _ in range(4):
        page.keyboard.down("Enter")  # the first goes down, the others repeat
    page.keyboard.up("Enter")
    asks(parts, FIRST + 2)
    expect(parts.verdict).to_have_text("")


def test_show_me_tells_and_moves_on_and_an_answer_stays(asking):
    page, parts = asking(show_gradient_flow(small_graph(), predict=True))
    press(page, parts.slider, ["End"])
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(parts.show_me).to_be_focused()
    page.keyboard.press("Enter")
    told = "Local ∂L/∂z times upstream ∂L/∂L: (−1.250) × 1.000 = −1.250."
    expect(parts.verdict).to_have_text(told)
    assert step(parts.player) == FIRST + 1
    expect(parts.next).to_be_focused()
    page.keyboard.press("ArrowLeft")
    assert step(parts.player) == FIRST
    expect(parts.field).to_be_hidden()
    expect(parts.verdict).to_have_text(told)
    page.keyboard.press("End")
    asks(parts, FIRST + 2)
    page.keyboard.press("Escape")
    page.keyboard.press("Home")
    page.keyboard.press("End")
    asks(parts, FIRST + 2)


def test_the_gradient_is_added_only_with_the_answer(asking):
    page, parts = asking(show_gradient_flow(small_graph(), predict=True))
    press(page, parts.slider, ["End"])
    box = parts.player.locator("[data-node][aria-label^='z =']")
    assert "∂L/∂z" not in box.get_attribute("aria-label")
    expect(parts.player.locator("svg")).to_contain_text("×−1.250")
    parts.answer(page, "-1.25")
    assert "∂L/∂z = −1.250 (1 of 2 contributions)" in box.get_attribute("aria-label")


def test_every_gradient_of_the_actor_can_be_predicted(asking):
    player = show_gradient_flow(actor_graph(), predict=True)
    page, parts = asking(player)
    press(page, parts.slider, ["End"])
    for question in player.questions.values():
        shown = question.answer.words.removeprefix("Right: ").removesuffix(".").replace("−", "-").split(" = ")[0]
        local, upstream = (float(factor.strip("()")) for factor in shown.split(" × "))
        parts.answer(page, f"{local * upstream:.6g}")
        expect(parts.verdict).to_have_text(question.answer.words)
        page.keyboard.press("ArrowRight")
    assert step(parts.player) == 54
    assert page.problems == []


def test_roles_and_names(asking):
    page, parts = asking(show_gradient_flow(small_graph(), predict=True))
    press(page, parts.slider, ["End"])
    field = page.get_by_role("textbox", name="Edge L → z: what is local × upstream?", exact=True)
    expect(field).to_be_focused()
    assert parts.verdict.get_attribute("role") == "status"
    assert axe_violations(page, ".ftg-player") == []
    parts.answer(page, "7")
    assert axe_violations(page, ".ftg-player") == []
    parts.answer(page, "-1.25")
    expect(page.get_by_role("textbox")).to_have_count(0)
    assert axe_violations(page, ".ftg-player") == []


def test_nothing_below_moves_when_the_question_comes_and_goes(asking):
    page, parts = asking(show_gradient_flow(small_graph(), predict=True))
    heights = set()
    press(page, parts.slider, ["End"])
    for typed in ("7", "-1.25"):
        heights.add(round(parts.player.bounding_box()["height"]))
        parts.answer(page, typed)
    heights.add(round(parts.player.bounding_box()["height"]))
    assert len(heights) == 1


def test_a_label_with_markup_is_shown_and_not_run(lab, panel):
    parts = Parts(panel.locator(".ftg-player").nth(2))
    press(lab, parts.next, ["End"])
    parts.show_me.click()
    press(lab, parts.next, ["End"])
    assert HOSTILE in parts.player.locator(".ftg-question label").inner_text()
    lab.keyboard.type("99")
    lab.keyboard.press("Enter")
    parts.show_me.click()
    assert HOSTILE in parts.verdict.inner_text()
    assert lab.evaluate("() => window.hacked") is None


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=lambda size: f"{size['width']}px")
def test_it_fits_and_is_legible(lab, panel, size):
    lab.set_viewport_size(size)
    reveal_all(lab, panel.locator(".ftg-player").nth(2))  # formulas full of markup are written small
    for player in panel.locator(".ftg-player").all():
        press(lab, player.locator("input[type=range]"), ["End"])
    lab.wait_for_timeout(200)
    assert too_wide(panel) == []
    assert small_text(panel) == []
    assert axe_violations(lab, ".ftg-player") == []
    if size is NARROW:
        for player in panel.locator(".ftg-player").all():
            reveal_all(lab, player)
        assert covered_text(panel) == []


def test_dark_theme_keeps_question_and_verdict_legible(lab, panel):
    lab.evaluate("() => jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Dark' })")
    lab.wait_for_function("() => document.body.dataset.jpThemeLight === 'false'")
    assert low_contrast(panel) == []
    assert lab.problems == []

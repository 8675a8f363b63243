"""Guesses in Chromium: on a bare page, reopened, without scripts, on paper, in JupyterLab, exported without network."""

import re

import numpy as np
import pytest
from browser_keys import explorer_answers, player_answers, press
from jupyter_browser import open_notebook, write_notebook
from live_pages import ALIVE, bare_page, html_of, live_page
from nbconvert import HTMLExporter
from nbformat import from_dict, read, write
from page_checks import axe_violations, low_contrast, settled, small_text, too_wide
from playwright.sync_api import expect

from helpers.drawing import library
from helpers.explore import explore_neuron
from helpers.guesses import predict
from helpers.guesses.prediction import QUESTIONS
from helpers.guesses.questions import Number
from helpers.guesses.sketch import Sketch
from helpers.plots import picture
from helpers.running_actor import actor_graph
from helpers.steppers import show_differences, show_gradient_flow

pytest_plugins = ["browser_fixtures"]
pytestmark = pytest.mark.browser
X = np.linspace(-3.0, 3.0, 61)
SLOPE = 1 - np.tanh(X) ** 2
HALF = Number("Which number?", "One half.", {0: "Nothing?"}, tolerance=0.02, truth=-0.5)
HILL = Sketch("Sketch the slope of tanh.", "Flat on both sides.", "z", "slope", low=-1, high=1)


def rising():
    return picture(lambda ax: ax.plot([0, 1], [0, 1]), caption="A rising line.")


def questions():
    """A number, a choice, a curve, and two numbers with a picture in the fold."""
    flow, line = show_gradient_flow(actor_graph(), follow="u1"), rising()
    QUESTIONS["99 half"], QUESTIONS["99 hill"] = HALF, HILL
    try:
        return [
            predict("03 depth-first", 48.0),
            predict("03 engines, second"),
            predict("99 hill", (X, SLOPE)),
            predict("99 half", picture=line),
            predict("03 neuron", 0.29492, picture=flow),
        ]
    finally:
        del QUESTIONS["99 half"], QUESTIONS["99 hill"]


@pytest.fixture(scope="module")
def made():
    return questions()


@pytest.fixture
def page(browser, made):
    """All of them on a page that has no storage, and answers a wide range of needs."""
    with live_page(browser, *made, width=1000, reduced_motion="reduce") as page:
        page.add_script_tag(content="try { localStorage } catch { document.body.dataset.refused = '' }")
        assert page.locator("body").get_attribute("data-refused") == ""
        yield page


@pytest.fixture
def visit(browser, made, tmp_path):
    """Opens the questions as a file, without network; the storage outlives a reload."""
    context = browser.new_context(offline=True)
    (tmp_path / "questions.html").write_text(html_of(*made), encoding="utf-8")
    page = context.new_page()

    def again():
        page.goto((tmp_path / "questions.html").as_uri())
        page.wait_for_function(ALIVE, arg=len(made))
        return page

    yield again
    context.close()


def guess(page, k):
    return page.locator(".ftg-live[data-kind=guess]").nth(k)


def told(box):
    return box.locator(".guess > .stage > .told")


# By keyboard


def test_the_answer_is_nowhere_until_a_guess_is_made(page):
    assert told(page).count() == 0 and page.locator("details").count() == 0
    content = re.sub(r"data-(content|library)=\"[^\"]*\"", "", page.content())
    assert "48" not in content and "visited twice" not in content and "A rising line" not in content
    assert not page.locator(".plot .curve").get_attribute("d")


def test_a_number_is_guessed_by_keyboard_and_guessed_again(page):
    box = guess(page, 0)
    field, verdict = box.locator("input"), box.locator(".verdict")
    field.focus()
    page.keyboard.press("Enter")
    expect(box.locator("[role=status]")).to_have_text("A number is expected, such as 0.25, −0,25 or 1/4.")
    expect(field).to_be_focused()
    assert field.get_attribute("aria-invalid") == "true"
    for typed, said in [
        ("24", "You said 24. If only."),
        ("48.0", "You said 48. You saw it coming."),
        ("96/2", "You said 48. You saw it coming."),
        ("−48", "You said −48. The size is right; look at the sign."),
        ("4,8e1", "You said 48. You saw it coming."),
        ("16", "You said 16. The answer is three times your guess."),
        ("47.5", "You said 47.5. Close: 1 % off."),
    ]:
        field.fill(typed)
        page.keyboard.press("Enter")
        expect(verdict).to_have_text(said)
        expect(told(box)).to_be_focused()
        expect(box.locator(".quiet")).to_have_text(f"{said} {box.locator('.answer > p').inner_text()}")
        expect(field).not_to_be_visible()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # guess again
        expect(field).to_be_focused()
        assert field.input_value() == "" and told(box).count() == 0
        assert field.get_attribute("aria-invalid") == "false"


def test_within_the_tolerance_that_is_said_a_guess_is_right(page):
    box = guess(page, 3)
    assert "right within 2 %" in box.locator("label").inner_text()
    assert "right if exact" in guess(page, 0).locator("label").inner_text()
    for typed, said in [("-1/2", "You said −0.5. You saw"), ("−0,495", "You said −0.495. You saw"), ("0", "Nothing?")]:
        box.locator("input").fill(typed)
        page.keyboard.press("Enter")
        expect(box.locator(".verdict")).to_contain_text(said)
        expect(box.get_by_alt_text("A rising line.")).to_be_visible()
        box.locator(".again").click()


def test_a_choice_is_made_by_arrow_keys(page):
    box = guess(page, 1)
    box.locator(".go").click()
    expect(box.locator("[role=status]")).to_have_text("Choose one of them first.")
    expect(box.get_by_role("radiogroup", name="And which forgot the upstream").locator("input:focus")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(box.locator(".verdict")).to_have_text("You said C. With the local derivative alone, b would get 1.")
    box.locator(".again").click()
    assert box.locator("input:checked").count() == 0
    box.get_by_label("B", exact=True).check()
    box.locator(".go").click()
    expect(box.locator(".verdict")).to_have_text("You said B. So it is.")


def test_just_show_me(page):
    for k in range(5):
        box = guess(page, k)
        box.locator(".show").click()
        expect(told(box)).to_be_focused()
        expect(box.locator(".verdict").first).to_have_text("")
        expect(box.locator(".answer").first).to_contain_text("Answer: ")
    assert guess(page, 2).locator(".curve").get_attribute("d")
    assert not guess(page, 2).locator(".guessed").get_attribute("d")  # none was drawn
    expect(guess(page, 2).locator(".legend")).not_to_be_visible()


def test_every_button_has_words_in_forced_colours(page):
    page.emulate_media(forced_colors="active")
    card = page.locator(".card").first.evaluate("card => getComputedStyle(card).backgroundColor")
    inks = page.locator(".guess button").evaluate_all("parts => parts.map(part => getComputedStyle(part).color)")
    assert card not in inks  # it is laid under every word


@pytest.mark.parametrize("make", [show_differences, explore_neuron])
def test_what_lies_in_the_fold_is_at_home_on_paper_and_on_the_page(browser, make):
    with live_page(browser, predict("03 depth-first", 48.0, picture=make())) as page:
        page.emulate_media(media="print")
        expect(told(page)).to_have_count(1)
        page.emulate_media(media="screen")
        expect(told(page)).to_have_count(0)
        page.locator(".show").click()
        inside = page.locator(".answer .ftg-live .stage")
        expect(inside).to_be_visible()
        assert inside.locator("svg").first.bounding_box()["width"] > 500
        (player_answers if make is show_differences else explorer_answers)(page, page.locator(".answer .ftg-live"))


def test_a_stepper_in_the_fold_is_alive(page):
    box = guess(page, 4)
    box.locator(".show").click()
    expect(box.locator(":scope > .guess > .quiet")).to_contain_text("Answer: 0.2949.")
    flow = box.locator("[data-kind=gradient]")
    expect(flow.locator(".card")).to_be_visible()
    flow.locator(".stage").focus()
    page.keyboard.press("Home")
    assert flow.locator(".say").inner_text().startswith("Given")
    assert flow.locator(".stage").bounding_box()["width"] > 400


# A curve


def heights(box):
    return [float(handle.get_attribute("aria-valuenow")) for handle in box.get_by_role("slider").all()]


def test_a_curve_is_drawn_by_keyboard(page):
    box = guess(page, 2)
    box.locator(".go").click()
    expect(box.locator("[role=status]")).to_contain_text("Draw the curve first")
    handles = box.get_by_role("slider")
    expect(handles.first).to_be_focused()
    shape = np.round(1 - np.tanh(np.linspace(-3, 3, 9)) ** 2, 1)
    for height in shape:
        for _ in range(round(height / 0.1)):
            page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowRight")
    assert np.allclose(heights(box), shape)
    page.keyboard.press("PageUp")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Home")
    expect(handles.first).to_be_focused()
    assert box.locator("[role=slider][tabindex='0']").count() == 1
    box.locator(".go").click()
    expect(box.locator(".verdict")).to_contain_text("Nowhere are you off by more than a tenth")
    expect(box.locator(".legend")).to_be_visible()
    assert box.locator(".guessed").get_attribute("d") != box.locator(".curve").get_attribute("d") != ""
    box.locator(".again").click()
    assert heights(box) == [0] * 9 and not box.locator(".curve").get_attribute("d")


@pytest.mark.parametrize("touch", [False, True])
def test_a_curve_is_drawn_by_hand(browser, made, touch):
    with live_page(browser, made[2], width=390, has_touch=touch) as page:
        box, plane = guess(page, 0), page.locator(".plane .frame").bounding_box()
        courses = [(X[0], -0.8), *((x, -0.8 + 0.2 * k / 10) for k, x in enumerate(np.linspace(-3, 3, 11)))]
        places = [
            (plane["x"] + (x + 3) / 6 * plane["width"], plane["y"] + (1 - y) / 2 * plane["height"]) for x, y in courses
        ]
        if touch:
            wire = page.context.new_cdp_session(page)
            for name, (x, y) in zip(["touchStart", *["touchMove"] * (len(places) - 1)], places, strict=True):
                wire.send("Input.dispatchTouchEvent", {"type": name, "touchPoints": [{"x": x, "y": y}]})
            wire.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        else:
            page.mouse.move(*places[0])
            page.mouse.down()
            for place in places[1:]:
                page.mouse.move(*place)
            page.mouse.up()
            page.mouse.move(plane["x"] + 20, plane["y"] + 20)  # and no longer draws
        assert np.allclose(heights(box), np.linspace(-0.8, -0.6, 9), atol=0.02)
        box.locator(".go").click()
        said = box.locator(".verdict").inner_text()
        assert re.fullmatch(r"You are furthest off at z = 0: there you drew −0\.\d+, and slope is 1\.", said), said
        before = box.locator(".guessed").get_attribute("d")
        plane = page.locator(".plane .frame").bounding_box()
        page.mouse.click(plane["x"] + 20, plane["y"] + 20)
        assert box.locator(".guessed").get_attribute("d") == before


# What is said of a number


def test_each_sentence_holds_of_all_numbers_that_get_it(browser):
    rng = np.random.default_rng(0)
    truths = [*rng.normal(size=40), *rng.integers(-60, 60, 40), 0, 1e-9, -1e12]
    factors = [1, -1, 2, 3, 4, 10, 1 / 2, -1 / 3, 1 / 4, 1 / 10, 1.05, 0.9, 1.19, 1.005, 0, -7, 2.01, 5.3]
    pairs = [(float(t * f), float(t)) for t in truths for f in factors]
    script = "\n".join(map(library._script, ("words", "typed", "relation")))
    with bare_page(browser, "<p>") as page:
        said = page.evaluate(f"(pairs) => {{ {script}; return pairs.map(([g, t]) => relation(g, t, 0.02)) }}", pairs)
    for (guessed, truth), sentence in zip(pairs, said, strict=True):
        assert holds(sentence, guessed, truth), f"{guessed}, {truth}: {sentence}"
    assert len({re.sub(r"\d+", "n", sentence) for sentence in said}) >= 15  # all kinds were heard


def holds(sentence, guessed, truth):
    """Whether the sentence is true of these two numbers, by its words."""
    ratio = guessed / truth if truth else np.nan
    if "You saw it coming" in sentence:
        return abs(guessed - truth) <= 0.02 * abs(truth)
    if sentence.startswith("It is"):
        return (truth == 0) != sentence.startswith("It is not 0") and guessed != truth
    if "The size is right" in sentence:
        return abs(ratio + 1) <= 0.0201
    if "times" in sentence or "twice" in sentence:
        (factor,) = (n for word, n in (("twice", 2), ("three", 3), ("four", 4), ("ten", 10)) if word in sentence)
        size = abs(1 / ratio if sentence.startswith("The answer") else ratio)
        within = 0.021 if "about" in sentence else 1e-5
        return abs(size / factor - 1) <= within and (ratio < 0) == ("other sign" in sentence)
    if sentence.startswith("Close"):
        percent = int(re.search(r"\d+", sentence)[0])
        return ratio > 0 and abs(100 * abs(ratio - 1) - percent) <= 0.5001 and percent <= 20
    return (ratio < 0) == ("sign" in sentence)


# Reopened, without scripts, on paper


def test_guesses_survive_a_reload_until_they_are_taken_back(visit):
    page = visit()
    guess(page, 0).locator("input").fill("24")
    page.keyboard.press("Enter")
    guess(page, 1).get_by_label("B", exact=True).check()
    page.keyboard.press("Enter")
    guess(page, 2).get_by_role("slider").first.focus()
    page.keyboard.press("ArrowUp")
    guess(page, 2).locator(".go").click()
    guess(page, 3).locator(".show").click()
    drawn, said = guess(page, 2).locator(".guessed").get_attribute("d"), page.locator(".verdict").all_inner_texts()
    page = visit()
    assert page.locator(".verdict").all_inner_texts() == said and len(said) == 4
    assert guess(page, 2).locator(".guessed").get_attribute("d") == drawn
    assert told(guess(page, 4)).count() == 0
    assert page.evaluate("() => document.activeElement === document.body")  # a reload takes no focus
    for k in range(4):
        guess(page, k).locator(".again").click()
    assert told(visit()).count() == 0


def test_what_is_no_guess_is_not_remembered(visit):
    page = visit()
    for kept in ('{"guess": "x"}', "{", "[]", '{"guess": [1]}', "7", "null"):
        page.evaluate(
            """(kept) => { for (const key of ["03 depth-first", "03 engines, second", "99 hill"])
            localStorage.setItem(`ftg-guess ${location.pathname} ${key}`, kept) }""",
            kept,
        )
        page = visit()
        assert told(page).count() == 0, kept


def test_without_scripts_a_fold_remains(browser, made):
    with bare_page(browser, html_of(*made), java_script_enabled=False) as page:
        folds = page.locator(".ftg-live[data-kind=guess] > details")
        assert folds.count() == 5 and folds.first.inner_text().strip() == "The answer"
        assert page.locator("li").all_inner_texts() == ["A", "B", "C"]
        for fold in folds.all():
            fold.locator(":scope > summary").click()
        expect(folds.first).to_contain_text("Answer: 48.")
        expect(folds.nth(2).locator("img")).to_be_visible()
        assert "1 at z = 0" in folds.nth(2).locator("img").get_attribute("alt")
        expect(page.get_by_alt_text("A rising line.")).to_be_visible()
        expect(folds.nth(4).locator("[data-kind=gradient] > img")).to_be_visible()


def test_paper_asks_and_the_answer_stands_on_its_head(page):
    guess(page, 1).locator(".show").click()
    page.emulate_media(media="print")
    expect(told(page)).to_have_count(5)
    turned = [box.evaluate("box => getComputedStyle(box).rotate") for box in told(page).all()]
    assert turned == ["180deg", "none", "180deg", "180deg", "180deg"]
    assert page.locator("form button:visible, .again:visible, .guessed:visible").count() == 0
    assert guess(page, 0).locator("input").is_visible()
    page.emulate_media(media="screen")
    expect(told(page)).to_have_count(1)


# For everyone


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_asked_and_answered_it_is_accessible_and_legible(page, scheme):
    page.emulate_media(color_scheme=scheme)
    for asked in (True, False):
        if not asked:
            for k in range(5):
                guess(page, k).locator(".show").click()
        assert axe_violations(page, ".ftg-live[data-kind=guess]") == []
        assert low_contrast(page) == []


def test_a_narrow_screen_has_room_and_large_targets(browser, made):
    with live_page(browser, *made, predict("06 pushes"), width=390, has_touch=True) as page:
        circles = page.locator(".guess [type=radio]").evaluate_all("all => all.map((circle) => circle.offsetWidth)")
        assert set(circles) == {18}  # also beside an option of two lines
        for part in page.locator(".guess :is(button, input[type=text], label:has([type=radio]))").all():
            assert part.bounding_box()["height"] >= 44
        for _ in range(2):
            settled(page)
            assert too_wide(page) == [] and small_text(page) == []
            while page.locator(".show:visible").count():
                page.locator(".show:visible").first.click()


# In JupyterLab, and exported

CELLS = [
    "from helpers.calculus import Value\nfrom helpers.guesses import predict",
    "from helpers.steppers import show_gradient_flow",
    "predict('03 depth-first', 48.0)",
    "predict('03 engines, second')",
    "a = Value(2.0, label='a')\npredict('03 diamond', 7.0, picture=show_gradient_flow((a + 3.0) * a))",
    "show_gradient_flow(a * a)",
    "'a cell below, to which Jupyter could move on'",
]


@pytest.fixture(scope="module")
def in_lab(lab_page, server):
    write_notebook(server.work / "notebooks/guesses.ipynb", *CELLS)
    lab_page.problems.clear()
    panel = open_notebook(lab_page, "notebooks/guesses.ipynb")
    lab_page.wait_for_function(ALIVE, arg=4)
    return panel


def test_jupyterlab_leaves_the_keys_to_a_guess(lab, in_lab):
    command_mode(lab)
    number, choice, shown = (guess(in_lab, k) for k in range(3))
    press(lab, choice.locator("input").first, ["ArrowDown", "ArrowUp", "j", "ArrowDown", "Enter"])
    expect(choice.locator(".verdict")).to_have_text("You said B. So it is.")
    command_mode(lab)
    typed = ["2", "4", "ArrowLeft", "ArrowRight", "d", "d", "Backspace", "Backspace", "Enter"]
    press(lab, number.locator("input"), typed)
    expect(number.locator(".verdict")).to_have_text("You said 24. If only.")
    command_mode(lab)
    press(lab, told(number), ["ArrowDown", "j", "d", "d", "Tab", "Enter", "7", "2", "Enter"])
    expect(number.locator(".verdict")).to_contain_text("You said 72.")
    command_mode(lab)
    press(lab, shown.locator(".show"), ["Enter"])
    expect(shown.locator("[data-kind=gradient] .card")).to_be_visible()
    assert lab.problems == []


def command_mode(lab):
    """As after a run: keys are the notebook's, unless an output keeps them."""
    lab.evaluate("() => jupyterapp.commands.execute('notebook:enter-command-mode')")


def untrusted(lab, notebook, server):
    """A copy whose scripts JupyterLab does not trust: the question, and the answer in a closed fold."""
    write(from_dict({**notebook, "metadata": {**notebook.metadata, "copied": True}}), server.work / "copy.ipynb")
    panel = open_notebook(lab, "copy.ipynb", run=False)
    fold = panel.locator(".jp-RenderedHTMLCommon > div > details").first
    expect(fold.locator("summary")).to_be_visible()
    assert panel.locator(".guess").count() == 0 and not fold.get_by_text("Answer: 48.").is_visible()
    fold.locator("summary").click()
    expect(fold.get_by_text("Answer: 48.")).to_be_visible()


def test_a_notebook_with_guesses_is_reopened_and_exported(lab, in_lab, server, browser, home):
    lab.evaluate("() => jupyterapp.commands.execute('docmanager:save')")
    notebook = read(server.work / "notebooks/guesses.ipynb", as_version=4)
    plain = [output.data["text/plain"] for cell in notebook.cells for output in cell.outputs if "data" in output]
    assert "48" not in plain[0] and "7" not in plain[2]
    kept = lab.evaluate("() => Object.keys(localStorage).filter((key) => key.startsWith('ftg-guess'))")
    assert len(kept) == 3 and all(re.match("ftg-guess [0-9a-f]{8} 03 ", key) for key in kept)
    untrusted(lab, notebook, server)
    panel = open_notebook(lab, "notebooks/guesses.ipynb", run=False)
    lab.wait_for_function(ALIVE, arg=5)  # with the picture in the fold that was opened
    expect(guess(panel, 0).locator(".verdict")).to_contain_text("You said 72.")
    path = home / "guesses.html"
    path.write_text(HTMLExporter().from_notebook_node(notebook)[0], encoding="utf-8")
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_function(ALIVE, arg=4)
    assert told(page).count() == 0  # another reader, who is asked again
    press(page, guess(page, 0).locator("input"), ["3", "6", "Enter"])
    expect(guess(page, 0).locator(".verdict")).to_contain_text("But s has all its 12 from the start.")
    guess(page, 2).locator(".show").click()
    expect(guess(page, 2).locator("[data-kind=gradient] .card")).to_be_visible()
    page.reload()
    page.wait_for_function(ALIVE, arg=5)
    expect(guess(page, 0).locator(".verdict")).to_contain_text("You said 36.")
    context.close()

"""Questions on the way back, answered by keyboard: what is said to which number, and that nothing else moves."""

import pytest
from live_pages import live_page
from outputs import NASTY, content
from page_checks import axe_violations
from playwright.sync_api import expect

from helpers.calculus.graph import Value
from helpers.running_actor import actor_graph
from helpers.steppers import show_gradient_flow

pytest_plugins = ["browser_fixtures"]
pytestmark = pytest.mark.browser
NO_NUMBER = "A number, such as 0.5 or 1/2"
SEED = 3 + 1  # after the three operations of the small graph comes the seed, then the first question


def small_graph():
    w, x, b = Value(-0.5, label="w"), Value(3.0, label="x"), Value(0.25, label="b")
    product = w * x
    product.label = "w·x"
    z = product + b
    z.label = "z"
    root = z * z
    root.label = "L"
    return root


@pytest.fixture(scope="module")
def shared(browser):
    with live_page(browser, show_gradient_flow(small_graph(), predict=True), reduced_motion="reduce") as page:
        yield page


@pytest.fixture
def quiz(shared):
    """The small graph at its first question."""
    shared.locator(".all").click()
    shared.locator(".again").click()
    shared.locator(".ask input").focus()
    return shared


def answer(page, text):
    """Type into the field, which has the focus, and press Enter."""
    expect(page.locator(".ask input")).to_be_focused()
    for key in ("ControlOrMeta+a", "Backspace"):
        page.keyboard.press(key)
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def at(page):
    return float(page.locator(".time input").input_value())


def said(page):
    return page.locator(".ask p").inner_text()


def test_each_number_is_answered_in_its_own_words(quiz):
    tries = {
        "1": "A sum would have the slope 1; this is a product.",
        "1.25": "The size is right, the sign is not.",
        "17": "Put the numbers in.",
        "": NO_NUMBER,
        "one": NO_NUMBER,
        "1.2.3": NO_NUMBER,
        "0x0": NO_NUMBER,
        "1/0": NO_NUMBER,
        "-1.2": "Nearly: give three digits.",
    }
    for typed, words in tries.items():
        answer(quiz, typed)
        assert words in said(quiz), typed
        assert at(quiz) == SEED
    answer(quiz, "−5/4")
    assert quiz.locator(".ask label").inner_text() == "And what arrives at z along this edge?"


def test_hints_escalate_and_begin_anew_at_the_next_question(quiz):
    answer(quiz, "17")
    assert said(quiz).startswith("Not yet: differentiate z·z")
    for _ in range(2):
        answer(quiz, "18")
        assert said(quiz) == "∂L/∂z = z. Put the numbers in."
    answer(quiz, "-1.25")
    answer(quiz, "17")
    assert said(quiz).startswith("Not yet: take this edge's local derivative")


def test_an_empty_field_is_no_zero(browser):
    flow = show_gradient_flow(Value(-1.0, label="a").relu() * 3.0, predict=True)
    with live_page(browser, flow, reduced_motion="reduce") as page:
        page.locator(".ask .show").click()
        page.locator(".ask .show").click()
        for typed in ("", "  ", "-", "e"):
            answer(page, typed)
            assert said(page) == NO_NUMBER
        answer(page, "-0,0")
        assert "Right" in said(page)


def test_every_question_of_the_actor_can_be_answered(browser):
    flow = show_gradient_flow(actor_graph(), predict=True)
    with live_page(browser, flow, reduced_motion="reduce") as page:
        questions = [question for both in content(flow)["questions"].values() for question in both]
        page.locator("select").select_option("fast")
        page.locator(".ask input").focus()  # once: the field of the next question takes it over
        for question in questions:
            expect(page.locator(".ask label")).to_have_text(question["prompt"])
            answer(page, f"{question['answer']['number']:.6g}")
        expect(page.locator(".play")).to_contain_text("replay")
        assert f"{len(questions)} of {len(questions)} at the first try" in page.locator(".score").inner_text()


def test_the_way_on_is_blocked_and_the_way_back_is_not(quiz):
    for part in (".next", ".play", ".time input"):
        for key in ("End", "ArrowRight"):
            quiz.locator(part).focus()
            quiz.keyboard.press(key)
            assert at(quiz) == SEED
    assert quiz.locator(".next").get_attribute("aria-disabled") == "true"
    quiz.locator(".next").click(force=True)
    assert at(quiz) == SEED
    quiz.locator(".back").click()
    assert at(quiz) == SEED - 1
    expect(quiz.locator(".ask")).to_be_hidden()
    quiz.locator(".next").click()
    expect(quiz.locator(".ask input")).to_be_focused()


def test_nothing_else_answers_before_the_reader_does(quiz):
    assert not quiz.locator("details").is_visible()  # its table holds every gradient
    waits = "Answer the question first, or let it be shown."
    moves = {
        ".play": lambda part: part.click(),
        ".n.p": lambda part: part.click(),
        ".time input": lambda part: part.evaluate(
            "slider => { slider.value = slider.max; slider.dispatchEvent(new Event('input')); }"
        ),
    }
    for part, move in moves.items():
        answer(quiz, "x")
        move(quiz.locator(part).first)
        assert said(quiz) == waits and at(quiz) == SEED, part
    quiz.locator(".all").click()
    assert quiz.locator("details").is_visible()


def test_numbers_appear_only_with_their_answer(quiz):
    z, factor = quiz.locator(".n", has=quiz.locator(".name", has_text="z")).first, quiz.locator(".factor").last
    assert "gradient" not in z.get_attribute("aria-label") and not factor.is_visible()
    answer(quiz, "-1.25")
    assert "gradient" not in z.get_attribute("aria-label")
    answer(quiz, "-1.25")
    quiz.wait_for_function(
        "() => [...document.querySelectorAll('.n')].some(box => box.ariaLabel.includes('gradient −1.250'))"
    )


def test_a_held_enter_does_not_race_through(quiz):
    quiz.keyboard.type("-1.25")
    for _ in range(4):
        quiz.keyboard.down("Enter")  # the first goes down, the others repeat
    quiz.keyboard.up("Enter")
    assert at(quiz) == SEED
    assert quiz.locator(".ask label").inner_text() == "And what arrives at z along this edge?"


def test_nothing_below_moves_when_a_question_comes_and_goes(quiz):
    heights = set()
    for typed in ("7", "-1.25", "7", "-1.25"):
        heights.add(round(quiz.locator(".ftg-live").bounding_box()["height"]))
        answer(quiz, typed)
    assert len(heights) == 1


def test_roles_and_names(quiz):
    field = quiz.get_by_role("textbox", name="z·z: its local ∂L/∂z here?", exact=True)
    expect(field).to_be_focused()
    assert quiz.locator(".ask p").get_attribute("role") == "status"
    assert axe_violations(quiz, ".ftg-live") == []
    answer(quiz, "7")
    assert axe_violations(quiz, ".ftg-live") == []


PLACES = """() => [".ask", ".stage", ".bar", ".n.hot .box"].map(
  parts => [...document.querySelectorAll(parts)].map(part => part.getBoundingClientRect().toJSON()))"""


@pytest.mark.parametrize("width", [390, 800, 1300])
@pytest.mark.parametrize("graph", [small_graph, actor_graph])
def test_question_edge_and_controls_are_in_view_together(browser, graph, width):
    flow = show_gradient_flow(graph(), predict=True)
    with live_page(browser, flow, width=width, reduced_motion="reduce") as page:
        for _ in content(flow)["questions"]:
            page.wait_for_function("() => !document.querySelector('.ask').hidden")
            [ask], [stage], [bar], hot = page.evaluate(PLACES)
            assert ask["x"] >= stage["x"] - 1 and ask["x"] + ask["width"] <= stage["x"] + stage["width"] + 1
            assert ask["y"] >= stage["y"] - 1 and ask["y"] + ask["height"] <= stage["y"] + stage["height"] + 1
            assert len(hot) == 2 and not [box for box in hot if covered(box, ask)]
            assert all(
                stage["y"] - 1 <= box["y"] and box["x"] + box["width"] <= stage["x"] + stage["width"] + 1 for box in hot
            )
            if width == 1300:
                assert bar["y"] >= 0 and ask["y"] + ask["height"] <= 768
            page.locator(".ask .show").evaluate("show => { show.click(); show.click(); }")
            page.keyboard.press("End")  # at once to the next question


def covered(box, other):
    """Whether two boxes overlap by more than two pixels."""
    sides = [(k, size) for k, size in (("x", "width"), ("y", "height"))]
    return all(min(a[k] + a[size] for a in (box, other)) - max(box[k], other[k]) > 2 for k, size in sides)


@pytest.mark.parametrize("label", NASTY)
def test_a_label_with_markup_is_shown_and_not_run(browser, label):
    a = Value(2.0, label=label)
    flow = show_gradient_flow(a * a + a, predict=True)
    with live_page(browser, flow, reduced_motion="reduce") as page:
        assert " ".join(flow.nodes[0].name.split())[:6] in page.locator(".ask label").inner_text()
        answer_one = page.locator(".ask input")
        answer_one.fill("99")
        answer_one.press("Enter")
        page.locator(".ask .show").click()
        assert page.locator("img, script").count() == 0

"""The live gradient in Chromium: dragging, keys, flow, path, nudge, questions; its numbers are those of `Value`."""

import pytest
from live_pages import live_page
from page_checks import settled

from helpers.calculus.graph import Value, topological_order
from helpers.drawing.svg import number
from helpers.running_actor import THETA0, actor_graph
from helpers.steppers import show_gradient_flow

pytest_plugins = ["browser_fixtures"]
pytestmark = pytest.mark.browser
CODE = """
h1 = tanh(u1 * x + c1)
h2 = tanh(u2 * x + c2)
z = w1 * h1 + w2 * h2 + b
return log(sigmoid(z))"""
QUIZ_WAITS = """() => !document.querySelector('.ask').hidden
  || document.querySelector('.play').textContent.includes('replay')"""
SMALLEST = """() => { const svg = document.querySelector(".ftg-svg"), scale = svg.getScreenCTM().a;
  const texts = [...svg.querySelectorAll(".factor, .n :is(.name, .value, .grad)")];
  return Math.min(...texts.map((text) => scale * parseFloat(getComputedStyle(text).fontSize))); }"""
# Factors that overlap another factor or a box, by more than half a pixel.
TOUCHING = """() => {
  const [factors, boxes] = [".factor", ".box"].map((part) => [...document.querySelectorAll(part)]);
  const across = (one, two) => {
    const [a, b] = [one, two].map((part) => part.getBoundingClientRect());
    const over = ([low, high]) => Math.min(a[high], b[high]) - Math.max(a[low], b[low]);
    return over(["left", "right"]) > 0.5 && over(["top", "bottom"]) > 3;
  };
  return factors.flatMap((one, k) => [...factors.slice(k + 1), ...boxes].filter((two) => across(one, two))
    .map((two) => `${one.textContent} on ${two.textContent}`));
}"""
NUMBERS = """() => [...document.querySelectorAll(".n:not(.k)")].map((box) =>
  [".value", ".grad"].map((part) => box.querySelector(part).textContent))"""


@pytest.fixture
def actor(browser):
    with live_page(browser, show_gradient_flow(actor_graph(), follow="u1", code=CODE)) as page:
        yield page


def numbers_of(theta, x=-1.0):
    """Value and gradient of each node as the picture writes them, by Python."""
    root = actor_graph(x, theta)
    root.backward()
    return [[number(node.data), number(node.grad)] for node in topological_order(root)]


def shown(page):
    return page.evaluate(NUMBERS)


def box(page, name):
    """The box of this name, with subscripts."""
    return page.locator(".n").filter(has=page.locator(".name", has_text=name)).first


def dragged(page, name, by):
    place = box(page, name).bounding_box()
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for k in range(1, 6):
        page.mouse.move(x + by * k / 5, y)
    return page.mouse


def nudged(k, by):
    theta = list(THETA0)
    theta[k] += by
    return theta


def moment(page, t):
    """Move the time slider."""
    page.locator(".time input").evaluate(
        "(slider, t) => { slider.value = t; slider.dispatchEvent(new Event('input')); }", t
    )


# Live


def test_begins_with_all_numbers_of_the_graph(actor):
    assert shown(actor) == numbers_of(THETA0)


def test_nothing_stands_empty_until_a_number_is_chosen(browser):
    with live_page(browser, show_gradient_flow(actor_graph())) as page:
        card, curve = page.locator(".card"), page.locator(".nudge svg")
        before = card.bounding_box()["height"]
        assert not curve.is_visible()
        box(page, "u₁").click()
        assert curve.is_visible()
        after = card.bounding_box()["height"]
        page.mouse.click(5, 5)
        page.locator(".stage").click(position={"x": 3, "y": 3})
        assert not curve.is_visible()
        assert before < after == card.bounding_box()["height"]


def test_a_step_shows_at_once(actor):
    actor.locator(".stage").focus()
    actor.keyboard.press("Home")
    changed_at_once = """() => {
      const stage = document.querySelector(".stage"), before = document.querySelector(".ftg-svg").outerHTML;
      stage.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
      return document.querySelector(".ftg-svg").outerHTML !== before;
    }"""
    assert not actor.evaluate(changed_at_once)  # its number sets out in the next frame
    assert actor.evaluate(changed_at_once)  # the one under way has arrived


def test_a_dragged_number_moves_all_others(actor):
    mouse = dragged(actor, "u₁", 30)
    assert shown(actor) == numbers_of(nudged(0, 0.3))
    mouse.up()
    actor.locator(".reset").click()
    assert shown(actor) == numbers_of(THETA0)


def test_shift_may_come_and_go_in_a_drag(actor):
    dragged(actor, "u₁", 10)
    actor.keyboard.down("Shift")
    place = box(actor, "u₁").bounding_box()
    actor.mouse.move(place["x"] + place["width"] / 2 + 12, place["y"] + place["height"] / 2)
    assert shown(actor) == numbers_of(nudged(0, 0.1 + 0.2))
    actor.mouse.up()
    actor.keyboard.up("Shift")


def test_keys_change_the_number_that_has_the_focus(actor):
    box(actor, "u₁").click()
    actor.keyboard.press("ArrowUp")
    actor.keyboard.press("Shift+ArrowDown")
    assert shown(actor) == numbers_of(nudged(0, 0.01 - 0.1))


@pytest.mark.parametrize("text, value", [("0.5", 0.5), ("1/2", 0.5), ("−0,25", -0.25), (".5e-1", 0.05)])
def test_a_number_is_typed(actor, text, value):
    box(actor, "u₁").dblclick()
    actor.locator(".type").fill(text)
    actor.keyboard.press("Enter")
    assert shown(actor) == numbers_of([value, *THETA0[1:]])


def test_the_table_says_what_the_picture_says(actor):
    dragged(actor, "u₁", 38).up()
    rows = actor.locator("tbody tr").evaluate_all(
        "rows => rows.map(({ cells }) => [2, 3].map((k) => cells[k].textContent))"
    )
    assert rows == numbers_of(nudged(0, 0.38))


def test_a_typed_number_may_lie_beyond_the_plot(actor):
    box(actor, "w₁").dblclick()
    actor.locator(".type").fill("99")
    actor.keyboard.press("Enter")
    assert shown(actor) == numbers_of(nudged(4, 99 - THETA0[4]))
    actor.keyboard.press("ArrowDown")
    assert shown(actor) == numbers_of(nudged(4, 98.99 - THETA0[4]))


def test_a_number_that_comes_back_was_not_nudged(actor):
    box(actor, "u₁").click()
    actor.keyboard.press("ArrowUp")
    assert "→" in actor.locator(".say").inner_text()
    actor.keyboard.press("ArrowDown")
    assert "→" not in actor.locator(".say").inner_text() and shown(actor) == numbers_of(THETA0)


def test_what_is_no_number_is_not_taken(actor):
    box(actor, "u₁").dblclick()
    actor.locator(".type").fill("half")
    actor.keyboard.press("Enter")
    assert actor.locator(".type").get_attribute("aria-invalid") == "true"
    actor.keyboard.press("Escape")
    assert shown(actor) == numbers_of(THETA0)


def test_an_undefined_value_says_why(browser):
    a = Value(0.5, label="a")
    with live_page(browser, show_gradient_flow((a * 2.0).log())) as page:
        dragged(page, "a", -80).up()
        assert "is undefined: log of" in page.locator(".say").inner_text()
        page.locator(".reset").click()
        assert "undefined" not in page.locator(".say").inner_text()


# Flow


def test_steps_forward_then_back(actor):
    moment(actor, 0)
    assert actor.locator(".say").inner_text().startswith("Given")
    assert all(gradient == "" for _, gradient in shown(actor))
    end = float(actor.locator(".time input").get_attribute("max"))
    assert end == 12 + 1 + 20
    moment(actor, 12)
    values, gradients = zip(*shown(actor), strict=True)
    assert list(values) == [value for value, _ in numbers_of(THETA0)] and not any(gradients[:-1])
    moment(actor, end)
    assert shown(actor) == numbers_of(THETA0)


def test_arrow_keys_step_and_stay_in_the_picture(actor):
    actor.locator(".stage").focus()
    actor.keyboard.press("Home")
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "PageDown", "ArrowUp", "End", " ", " ", "Escape"):
        actor.keyboard.press(key)
        assert actor.evaluate("() => document.activeElement.closest('.card') !== null"), key


def test_a_click_on_nothing_keeps_the_keys(actor):
    place = actor.locator(".stage").bounding_box()
    actor.mouse.click(place["x"] + place["width"] - 40, place["y"] + 20)
    assert actor.evaluate("() => document.activeElement.className") == "stage"


def test_a_second_key_ends_the_way_of_the_number(actor):
    moment(actor, 0)
    actor.locator(".stage").focus()
    for _ in range(8):
        actor.keyboard.press("ArrowRight")
    actor.wait_for_function("() => +document.querySelector('.time input').value === 8")


def test_at_once_under_reduced_motion(browser):
    with live_page(browser, show_gradient_flow(actor_graph()), reduced_motion="reduce") as page:
        page.locator(".back").click()
        assert float(page.locator(".time input").input_value()) == 32


def test_a_number_travels_along_its_edge(actor):
    moment(actor, 13.3)
    assert actor.locator(".token.pos, .token.neg").count() == 1
    moment(actor, 13.5)
    assert actor.locator(".factor.hit").text_content() == "×3.773"


# Path and nudge


def test_the_promise_in_one_picture(actor):
    box(actor, "u₁").click()
    factors = actor.locator(".path .chip > span").all_inner_texts()
    assert factors == ["3.773", "0.195", "0.7", "0.635", "(−1)"]
    assert actor.locator(".path .row b").inner_text() == "−0.327"
    meanings = ["1/π", "slope of the sigmoid", "w₁", "slope of tanh", "x"]
    assert actor.locator(".path .chip small").all_inner_texts() == meanings
    assert actor.locator(".n.off").count() > 0 and actor.locator(".e.on").count() == 8


def test_several_paths_are_added(actor):
    box(actor, "x").click()
    assert "the sum over 2 paths" in actor.locator(".path .title").inner_text()
    totals = [float(text.replace("−", "-")) for text in actor.locator(".path .row b").all_inner_texts()]
    assert abs(sum(totals) - 0.508) < 0.002


def test_a_factor_and_its_edge_find_each_other(actor):
    box(actor, "u₁").click()
    actor.locator(".chip").nth(2).hover()
    assert actor.locator(".factor.hit").text_content() == "×0.7"
    actor.mouse.move(0, 0)
    actor.locator(".chip").nth(3).focus()
    assert actor.locator(".factor.hit").text_content() == "×0.635"
    actor.locator(".factor", has_text="×0.195").hover()
    assert actor.locator(".chip.hit").inner_text().startswith("0.195")


def test_a_nudge_runs_forward_and_is_compared(actor):
    dragged(actor, "u₁", 30).up()
    words = actor.locator(".said-words").inner_text()
    assert "+0.300" in words and "−0.098" in words and "−0.082" in words
    actor.wait_for_function("() => document.querySelectorAll('.delta.neg, .delta.pos').length === 9")
    assert actor.locator(".n").last.locator(".delta text").text_content() == "−0.098"
    assert "0.800 → 1.100" in actor.locator(".say").inner_text()


@pytest.mark.parametrize(
    "of, pieces",
    [
        (lambda a: a**-1, 2),
        (lambda a: (a - 0.301) ** -1, 2),  # a pole between two samples
        (lambda a: (a - 0.301) ** -2, 2),  # where both sides go up
        (lambda a: (a - 0.301) ** -1 * (a + 1.013) ** -1, 3),
        (lambda a: ((a - 0.301) ** -1).tanh(), 2),  # a jump, from −1 to 1
        (lambda a: (a * -0.5 + 0.5).tanh() * a**-1, 2),
        (lambda a: a.log(), 1),  # undefined on the left
        (lambda a: (a * a - 0.5).log(), 2),  # undefined in the middle
        (lambda a: a**2, 1),
        (lambda a: (a * 400.0 - 21.0).tanh(), 1),  # steep, and joined
        (lambda a: (a * 9.0).exp(), 1),
    ],
)
def test_the_curve_breaks_where_it_is_not_continuous(browser, of, pieces):
    with live_page(browser, show_gradient_flow(of(Value(2.0, label="a")), follow="a")) as page:
        box(page, "a").click()
        drawn = page.locator(".nudge .curve").get_attribute("d")
        assert drawn.startswith("M") and "NaN" not in drawn
        assert len([piece for piece in drawn.split("M") if "L" in piece]) == pieces


# The program


def test_the_line_at_hand_is_marked(actor):
    moment(actor, 0.9)
    assert actor.locator(".code .now").inner_text() == "h1 = tanh(u1 * x + c1)"
    actor.locator(".code span").nth(1).hover()
    assert actor.locator(".n.lit .name").all_text_contents() == ["u₂·x", "z₂", "h₂"]


# Numbers of the reader's own


def test_a_wrong_slope_of_the_readers_is_marked_with_both_numbers(browser):
    a = Value(0.7, label="a")
    wrong = Value(a.tanh().data, (a,), "tanh", label="h", _locals=(1.0,))
    with live_page(browser, show_gradient_flow(wrong * 2.0)) as page:
        assert page.locator(".n.odd .name").text_content() == "h"
        assert "1.000" in page.locator(".say").inner_text() and "0.635" in page.locator(".say").inner_text()


def test_an_unknown_operation_keeps_its_numbers(browser):
    a = Value(0.7, label="a")
    with live_page(browser, show_gradient_flow(Value(0.49, (a,), "square", label="s", _locals=(1.4,)) * 3.0)) as page:
        before = shown(page)
        dragged(page, "a", 30).up()
        assert shown(page) == before
        assert "does not know" in page.locator(".say").inner_text()


# Questions


@pytest.fixture
def quiz(browser):
    with live_page(browser, show_gradient_flow(actor_graph(), predict=True)) as page:
        yield page


def answer(page, text):
    page.locator(".ask input").fill(text)
    page.locator(".ask input").press("Enter")


def test_asks_for_the_slope_first_and_then_for_what_arrives(quiz):
    assert "its local ∂" in quiz.locator(".ask label").inner_text()
    assert quiz.locator(".factor:not([visibility='hidden'])").count() == 0
    answer(quiz, "0.265")
    assert "1 divided by it" in quiz.locator(".ask p").inner_text()
    answer(quiz, "3.773")
    assert "what arrives" in quiz.locator(".ask label").inner_text()
    answer(quiz, "3.77")
    assert "1 of 2 at the first try" in quiz.locator(".score").inner_text()


def test_next_says_why_it_waits(quiz):
    assert quiz.locator(".next").get_attribute("aria-disabled") == "true"
    assert "question" in quiz.locator(".next").get_attribute("title")


def test_all_can_be_shown_and_begun_again(quiz):
    quiz.locator(".all").click()
    assert shown(quiz) == numbers_of(THETA0)
    quiz.locator(".again").click()
    assert quiz.locator(".ask").is_visible()


def test_solved_to_the_end(quiz):
    quiz.locator("select").select_option("fast")
    for _ in range(40):
        quiz.wait_for_function(QUIZ_WAITS)
        if not quiz.locator(".ask").is_visible():
            break
        quiz.locator(".ask .show").click()
    assert shown(quiz) == numbers_of(THETA0)


# Sizes and themes


def test_fits_its_container(actor):
    for width in (360, 390, 480, 640, 690, 720, 740, 768, 800, 1000, 1200, 1300):
        actor.set_viewport_size({"width": width, "height": 768})
        settled(actor)
        assert actor.evaluate("() => document.documentElement.scrollWidth") <= width
        room = actor.locator(".stage").evaluate("s => [s.scrollWidth, s.clientWidth, s.scrollHeight, s.clientHeight]")
        assert room[0] <= room[1] + 1 and room[2] <= room[3] + 1 and room[3] <= 660, width
        assert actor.evaluate(SMALLEST) >= 10.99, width
        assert actor.evaluate(TOUCHING) == [], width


def test_factors_keep_off_each_other_when_numbers_grow(browser):
    with live_page(browser, show_gradient_flow(actor_graph(theta=[-0.996] * 7)), width=360) as page:
        assert page.evaluate(TOUCHING) == []


def test_follows_the_theme(browser):
    with live_page(browser, show_gradient_flow(actor_graph()), color_scheme="dark") as page:
        ground = "() => getComputedStyle(document.querySelector('.card')).backgroundColor"
        dark = page.evaluate(ground)
        page.evaluate("() => { document.body.dataset.jpThemeLight = 'true'; }")
        assert page.evaluate(ground) != dark

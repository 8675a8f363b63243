"""The frame player on a page without server, kernel and network: time, boxes, sizes, themes, paper."""

from types import SimpleNamespace

import numpy as np
import pytest
from browser_keys import player_answers, press, step, steps
from live_pages import hold_the_clock, live_page, printed_pages
from outputs import NASTY
from page_checks import axe_violations, covered_text
from playwright.sync_api import expect

from helpers.drawing import svg
from helpers.drawing.colours import ACTOR, CARD, CRITIC, DIM, INK, INPUT, NEGATIVE, NOW, PARAMETER, POSITIVE
from helpers.networks.losses import mean_squared_error
from helpers.networks.network import init_params
from helpers.rl.gradient_ledger import PHI0
from helpers.running_actor import THETA0, as_layers, sigmoid
from helpers.steppers import (
    show_differences,
    show_layer_flow,
    show_pole,
    show_training,
    show_transition,
)
from helpers.steppers.player import Player

pytest_plugins = ["browser_fixtures"]
pytestmark = pytest.mark.browser


def layers():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(8, 8))
    return show_layer_flow(init_params([8] * 5, rng), X, lambda output: mean_squared_error(output, -X))


def running_actors_layers():
    """The layer stepper of lesson 04."""
    X = np.array([[-1.0], [0.0], [1.0]])
    return show_layer_flow(as_layers(THETA0), X, lambda z: (np.log(sigmoid(z)).sum(), 1 - sigmoid(z)))


def training():
    X = np.random.default_rng(0).normal(size=(20, 2))
    history = SimpleNamespace(losses=[0.9, 0.5, 0.1], snapshots=[(k, 0.9 - 0.4 * k, k) for k in range(3)])
    return show_training(history, X, X[:, 0] > 0, lambda k, points: 1 / (1 + np.exp(-k * points[:, 0])))


def long_pole():
    """As many frames as an episode of 500 steps has."""
    words = "position 0.123, angle 4.567 degrees, velocities 0.1 and 0.2; pushed to the right, with probability 0.789."
    drawn = [svg.picture(660, 250, [svg.text(300, 100, k)], f"step {k}", k) for k in range(126)]
    return Player(drawn, [f"After {k} seconds: {words}" for k in range(126)], "A long episode")


STEPPERS = {
    "differences": show_differences,
    "layers": layers,
    "training": training,
    "transition": lambda: show_transition(THETA0, PHI0),
    "pole": lambda: show_pole(init_params([4, 8, 2], np.random.default_rng(1)), seed=3),
}


@pytest.fixture(scope="module")
def made():
    """Every stepper, made once."""
    return {name: make() for name, make in STEPPERS.items()}


@pytest.fixture(scope="module", params=STEPPERS)
def any_page(request, browser, made):
    """A page with one stepper, for each of them."""
    with live_page(browser, made[request.param], reduced_motion="reduce") as page:
        yield page


@pytest.fixture(scope="module")
def shared(browser, made):
    with live_page(browser, made["transition"], reduced_motion="reduce") as page:
        yield page


@pytest.fixture
def transition(shared):
    """The transition stepper at its first step, with no box chosen."""
    shared.locator(".stage").focus()
    shared.keyboard.press("Home")
    return shared


def player_of(page):
    return page.locator(".ftg-live")


# Time


def test_every_stepper_answers_its_keys(any_page):
    player_answers(any_page, player_of(any_page))


def test_buttons_and_slider_answer_the_mouse(transition):
    player = player_of(transition)
    back, forward = player.locator(".back"), player.locator(".next")
    assert back.get_attribute("aria-disabled") == "true" and "beginning" in back.get_attribute("title")
    forward.click()
    forward.click()
    assert step(player) == 2
    back.click()
    back.click()
    back.click(force=True)  # dimmed by now, and harmless
    assert step(player) == 0
    player.locator("input[type=range]").click()
    assert 0 < step(player) < steps(player) - 1
    press(transition, forward, ["End"])
    assert forward.get_attribute("aria-disabled") == "true" and "end" in forward.get_attribute("title")


def test_plays_at_the_chosen_speed_pauses_and_replays(browser, made):
    with live_page(browser, made["transition"]) as page:
        hold_the_clock(page)
        player, play = player_of(page), page.locator(".play")
        player.locator("select").select_option("fast")
        play.click()
        expect(play).to_contain_text("pause")
        page.clock.run_for(760)
        assert step(player) == 3
        player.locator("select").select_option("slow")  # takes effect at once
        page.clock.run_for(1610)
        assert step(player) == 4
        play.click()
        page.clock.run_for(5000)
        assert step(player) == 4
        play.click()
        player.locator(".next").click()  # stepping by hand pauses
        expect(play).to_contain_text("play")
        press(page, player.locator("input[type=range]"), ["End", "ArrowLeft"])
        play.click()
        page.clock.run_for(1610)
        expect(play).to_contain_text("replay")
        player.locator(".stage").focus()
        page.keyboard.press(" ")
        assert step(player) == 0
        page.keyboard.press(" ")
        expect(play).to_contain_text("play")


def test_a_screen_reader_is_not_flooded_while_it_plays(browser, made):
    with live_page(browser, made["differences"]) as page:
        hold_the_clock(page)
        page.evaluate(
            """() => {
              const said = window.said = [], quiet = document.querySelector(".quiet");
              new MutationObserver(() => said.push(quiet.textContent)).observe(quiet, { childList: true });
            }"""
        )
        page.locator("select").select_option("fast")
        page.locator(".play").click()
        page.clock.run_for(5100)
        assert step(player_of(page)) == 20 and len(page.evaluate("() => window.said")) <= 3
        page.locator(".play").click()
        assert page.locator(".quiet").inner_text() == page.locator(".say").inner_text()


# Boxes


def test_tab_reaches_picture_and_one_box_and_the_walk_comes_back_to_it(transition):
    player = player_of(transition)
    player.locator("select").focus()
    transition.keyboard.press("Tab")
    expect(player.locator(".stage")).to_be_focused()
    transition.keyboard.press("Tab")
    expect(player.locator("[data-node]:focus")).to_have_count(1)
    first = player.locator("[data-node]:focus").get_attribute("data-node")
    for _ in range(player.locator("[data-node]").count()):
        transition.keyboard.press("ArrowDown")
    assert player.locator("[data-node]:focus").get_attribute("data-node") == first
    transition.keyboard.press("Tab")
    expect(player.locator("summary")).to_be_focused()


def test_the_note_is_what_the_chosen_box_holds_at_this_step(any_page):
    player, note = player_of(any_page), any_page.locator(".note")
    boxes = player.locator("[data-node]")
    if not boxes.count():
        return expect(note).to_have_text("Arrow keys step, space plays.")
    boxes.last.click()
    expect(boxes.last).to_be_focused()
    for key in ("End", "ArrowLeft", "Home"):
        any_page.keyboard.press(key)
        assert note.inner_text() == boxes.last.get_attribute("aria-label")


def test_the_hint_promises_what_a_click_gives(browser, made):
    with live_page(browser, made["layers"]) as page:
        assert "click a box, or walk with ↑ and ↓, to have it read out here" in page.locator(".note").inner_text()
        for box in page.locator("[data-node]").all()[:4]:
            box.click()
            assert page.locator(".note").inner_text() == box.get_attribute("aria-label")


@pytest.mark.parametrize("label", NASTY)
def test_a_label_with_markup_is_shown_and_not_run(browser, label):
    box = svg.focusable(label, label, svg.rectangle(0, 0, 90, 40) + svg.text(45, 20, label))
    with live_page(browser, Player([svg.picture(100, 50, [box], label)], [label], label)) as page:
        page.locator("[data-node]").click()
        for part in (".note", ".say", "svg text"):
            assert page.locator(part).first.text_content() == " ".join(label.split())


# Sizes

AT_EVERY_STEP = """() => {
  const stage = document.querySelector(".stage"), slider = document.querySelector("input"), found = [];
  const box = part => part.getBoundingClientRect(), { left, right, width } = box(stage), tops = new Set();
  for (let k = 0; k <= +slider.max; k++) {
    slider.value = k;
    slider.dispatchEvent(new Event("input"));
    const boxes = [...stage.querySelectorAll("[data-now], [fill='#FFF6C2']")].map(box);
    const from = Math.min(...boxes.map(r => r.left)), to = Math.max(...boxes.map(r => r.right));
    const strips = stage.querySelectorAll("svg[data-step]").length; // below each other: all is in view
    const out = from < left - 1 || to > right + 1;
    if (strips === 1 && boxes.length && to - from <= width && out) found.push(`out of sight at ${k}`);
    tops.add(box(stage).top - box(stage.parentElement).top);
    tops.add(stage.parentElement.clientHeight);
  }
  if (tops.size > 2) found.push(`it jumps: ${[...tops]}`);
  if (document.documentElement.scrollWidth > innerWidth) found.push("the page scrolls sideways");
  const scale = stage.querySelector("svg").getScreenCTM().a;
  const sizes = [...stage.querySelectorAll("text")].map(text => parseFloat(text.getAttribute("font-size")) * scale);
  if (Math.min(...sizes) < 9) found.push(`words of ${Math.min(...sizes)} px`);
  return found;
}"""


@pytest.mark.parametrize("width", [360, 390, 480, 640, 800, 1000, 1200, 1300])
def test_what_is_at_hand_is_in_view_at_every_step_and_nothing_jumps(any_page, width):
    any_page.set_viewport_size({"width": width, "height": 768})
    any_page.evaluate("() => new Promise(requestAnimationFrame)")
    assert any_page.evaluate(AT_EVERY_STEP) == []


def test_every_step_marks_what_is_at_hand_or_fits(made):
    for name, player in made.items():
        unmarked = [k for k, drawn in enumerate(player.frames) if not ("data-now" in drawn or f"fill='{NOW}'" in drawn)]
        assert player.cuts or len(unmarked) <= 2, f"{name}: steps {unmarked}"


def test_picture_and_controls_are_in_view_together(any_page):
    any_page.set_viewport_size({"width": 1300, "height": 768})
    bar, stage = (any_page.locator(part).bounding_box() for part in (".bar", ".stage"))
    assert stage["height"] <= 620 and stage["y"] + stage["height"] - bar["y"] <= 740


@pytest.mark.parametrize("width", [1300, 480])
def test_no_text_lies_on_another(any_page, width):
    any_page.set_viewport_size({"width": width, "height": 768})
    any_page.evaluate("() => new Promise(requestAnimationFrame)")
    assert covered_text(any_page) == []


@pytest.mark.parametrize("name, least", [("training", 900), ("layers", 900), ("differences", 900)])
def test_pictures_use_the_room_of_a_wide_page(browser, made, name, least):
    shown = running_actors_layers() if name == "layers" else made[name]
    with live_page(browser, shown, width=1300) as page:
        picture = page.locator(".stage svg[data-step]").bounding_box()
        stage = page.locator(".stage").bounding_box()
        assert picture["width"] >= least or picture["height"] >= 600, picture
        assert picture["width"] <= stage["width"] + 1 and picture["height"] <= 612


def test_the_pole_is_seen_whole_on_a_narrow_page(browser, made):
    with live_page(browser, made["pole"], width=390) as page:
        picture, stage = (page.locator(part).bounding_box() for part in (".stage svg[data-step]", ".stage"))
        assert picture["width"] <= stage["width"] + 1


def test_two_panels_stand_below_each_other_where_it_is_narrow(browser, made):
    with live_page(browser, made["differences"], width=390) as page:
        first, second = (part.bounding_box() for part in page.locator(".stage svg[data-step]").all())
        assert first["y"] + first["height"] <= second["y"] + 1 and first["width"] <= 370
        page.set_viewport_size({"width": 1300, "height": 768})
        expect(page.locator(".stage svg[data-step]")).to_have_count(1)


def test_touch_targets_on_a_narrow_screen(browser, made):
    with live_page(browser, made["pole"], width=390, has_touch=True) as page:
        for part in page.locator("button, select").all():
            assert min(part.bounding_box()[side] for side in ("width", "height")) >= 44


# Themes and access


def test_no_violation_found_by_axe(any_page):
    any_page.set_viewport_size({"width": 1300, "height": 768})
    assert axe_violations(any_page, ".ftg-live") == []


def test_dark_pictures_keep_the_meaning_of_colours(browser, made):
    with live_page(browser, made["transition"], color_scheme="dark") as page:
        flip = page.locator(".stage svg").evaluate("svg => getComputedStyle(svg).filter")
        inks, grounds = (INK, POSITIVE, NEGATIVE, ACTOR, CRITIC), (CARD, NOW, INPUT, PARAMETER)
        seen = page.evaluate(FLIPPED, [flip, [*inks, *grounds, DIM]])
        for ink, before in zip(seen, inks, strict=False):
            assert min(contrast(ink, ground) for ground in seen[len(inks) : -1]) >= 4.5
            assert before == INK or np.argmax(ink) == np.argmax(rgb(before))  # blue stays blue, rust rust, green green
        page.evaluate("() => { document.body.dataset.jpThemeLight = 'true'; }")
        assert page.locator(".stage svg").evaluate("svg => getComputedStyle(svg).filter") == "none"


FLIPPED = """([filter, colours]) => {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  context.filter = filter;
  return colours.map(colour => {
    context.fillStyle = colour;
    context.fillRect(0, 0, 9, 9);
    return [...context.getImageData(4, 4, 1, 1).data].slice(0, 3);
  });
}"""


def rgb(colour):
    return [int(colour[k : k + 2], 16) for k in (1, 3, 5)]


def contrast(one, other):
    """As in WCAG 2, of colours (r, g, b) from 0 to 255."""
    parts = np.array([one, other]) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    low, high = sorted(linear @ (0.2126, 0.7152, 0.0722))
    return (high + 0.05) / (low + 0.05)


def test_forced_colours_leave_picture_and_slider_visible(browser, made):
    with live_page(browser, made["transition"], forced_colors="active") as page:
        assert page.locator(".stage svg").evaluate("svg => getComputedStyle(svg).forcedColorAdjust") == "none"
        assert page.locator("input").evaluate("part => getComputedStyle(part).backgroundImage") != "none"
        ink, ground = page.locator(".card").evaluate(
            "card => [getComputedStyle(card).color, getComputedStyle(card.querySelector('.stage svg')).backgroundColor]"
        )
        assert ink != ground


@pytest.mark.parametrize("size", [(650, 384), (400, 300)], ids=["200 %", "320 %"])
def test_zoom(browser, made, size):
    with live_page(browser, made["transition"], width=size[0], height=size[1], device_scale_factor=2) as page:
        assert page.evaluate("() => document.documentElement.scrollWidth") <= size[0]
        rows = {round(part.bounding_box()["y"]) // 20 for part in page.locator(".bar button").all()}
        assert len(rows) == 1  # no button stands alone


# Paper


@pytest.mark.parametrize("name", [*STEPPERS, "long episode"])
def test_one_page_each_with_last_step_and_table(browser, made, name):
    with live_page(browser, made[name] if name in made else long_pole()) as page:
        assert printed_pages(page) == 1
        player = player_of(page)
        assert step(player) == 0 and not page.locator("details").evaluate("part => part.open")  # restored
        page.emulate_media(media="print")
        page.wait_for_function("() => document.querySelector('details').open")
        assert page.locator("svg[data-step]").first.get_attribute("data-step") == str(steps(player) - 1)
        assert page.locator("tbody tr:visible").count() >= 0.3 * min(steps(player), 36)
        assert page.locator("tbody tr").last.is_visible()
        assert page.locator(".stage").evaluate("stage => stage.scrollWidth <= stage.clientWidth + 1")
        assert not page.locator(".bar").is_visible()
        page.emulate_media(media="screen")
        page.wait_for_function("() => !document.querySelector('details').open")
        assert step(player) == 0 and page.locator("tbody tr[hidden]").count() == 0


def test_two_steppers_take_two_pages(browser, made):
    with live_page(browser, made["transition"], made["layers"]) as page:
        assert printed_pages(page) == 2


def test_paper_is_white_in_a_dark_theme(browser, made):
    with live_page(browser, made["transition"], color_scheme="dark") as page:
        page.emulate_media(media="print", color_scheme="dark")
        expect(page.locator(".stage svg")).to_have_css("filter", "none")
        expect(page.locator(".card")).to_have_css("background-color", "rgb(255, 255, 255)")

"""Explorers in Chromium without a kernel: what the script shows is what Python would draw, by hand, key and name."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from live_pages import live_page, printed_pages
from page_checks import axe_violations, settled

from helpers.explore import explore, explore_health, explore_ledger, explore_neuron, explore_nudge
from helpers.explore.gradient_ledger import GradientLedger
from helpers.explore.neuron_dial import NeuronDial
from helpers.explore.nudge import NUDGED, Nudge

pytest_plugins = ["browser_fixtures"]
pytestmark = pytest.mark.browser
KINDS = {"dial": explore_neuron, "nudge": explore_nudge, "ledger": explore_ledger, "board": explore_health}
NO_BOARD = ".ftg-live:not([data-kind=board])"  # which scrolls until the kernel draws for a narrow page
FOCUSABLE = "button, input, select, summary, a[href], [tabindex]"
SET = """([name, value]) => {
  const control = [...document.querySelectorAll(".control")].find((each) => each.textContent.includes(name));
  const input = control.querySelector("input");
  if (input) { input.value = value; input.dispatchEvent(new Event("input")); }
  else [...control.querySelectorAll("button")].find((each) => each.textContent === value).click();
}"""
# Parts of the page's picture and of Python's that differ, in places by more than rounding.
DIFFERENCES = """(drawn) => {
  const numbers = (text) => (text.match(/-?\\d+\\.?\\d*/g) ?? []).map(Number), found = [];
  const parts = (svg) => [...svg.querySelectorAll("*:not(style)")];
  const theirs = parts(new DOMParser().parseFromString(drawn, "image/svg+xml").documentElement);
  const ours = parts(document.querySelector(".ftg-svg"));
  if (ours.length !== theirs.length) return [`${ours.length} parts, Python draws ${theirs.length}`];
  ours.forEach((part, k) => {
    const other = theirs[k], own = (element) => (element.children.length ? "" : element.textContent);
    if (own(part) !== own(other)) found.push(`${own(part)}, not ${own(other)}`);
    for (const { name, value } of other.attributes) {
      const here = part.getAttribute(name);
      const places = ["d", "transform", "x", "y", "width", "height"].includes(name), a = places ? numbers(here) : [];
      const b = numbers(value), close = a.every((v, i) => Math.abs(v - b[i]) < 0.11);
      const near = a.length && a.length === b.length && close;
      if (!near && here !== value) found.push(`${part.outerHTML.slice(0, 60)} ${name}: ${here}, not ${value}`);
    }
  });
  return found;
}"""

# Texts of the picture that lie on each other, or stick out of it.
COVERED = """svg => {
  const whole = svg.getBoundingClientRect(), found = [], texts = [...svg.querySelectorAll("text")];
  const boxes = texts.map(text => [text.textContent, text.getBoundingClientRect()]);
  boxes.forEach(([text, a], i) => {
    if (a.left < whole.left - 1 || a.right > whole.right + 1) found.push(text);
    for (const [other, b] of boxes.slice(0, i)) {
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 1 && high > 3) found.push(`${other} and ${text}`);
    }
  });
  return found;
}"""


@pytest.fixture(params=KINDS)
def any_kind(request, browser):
    with live_page(browser, KINDS[request.param]()) as page:
        yield page


@pytest.fixture(scope="module")
def all_kinds(browser):
    """A page with one explorer of each kind."""
    with live_page(browser, *(make() for make in KINDS.values())) as page:
        yield page


@pytest.fixture(scope="module")
def dial(browser):
    with live_page(browser, explore_neuron()) as page:
        yield page


@pytest.fixture(scope="module")
def nudge(browser):
    with live_page(browser, explore_nudge()) as page:
        yield page


@pytest.fixture(scope="module")
def ledger(browser):
    with live_page(browser, explore_ledger()) as page:
        yield page


@pytest.fixture(autouse=True)
def begun_anew(request):
    """Pages that tests share are reset."""
    for name in {"dial", "nudge", "ledger"} & set(request.fixturenames):
        request.getfixturevalue(name).locator(".reset").evaluate("button => button.click()")


def said(page):
    return page.locator(".say").inner_text()


def shows(page, model, **settings):
    """Assert that the page, once its controls are set (by words that their names contain), shows what Python draws."""
    seen = f"""([settings, drawn]) => {{
      settings.forEach({SET});
      return [document.querySelector(".say").innerText, ({DIFFERENCES})(drawn)];
    }}"""
    assert page.evaluate(seen, [[*settings.items()], model.picture()]) == [model.words(), []]


# What is shown is what Python draws

TENTHS = st.integers(-40, 40).map(lambda tenths: tenths / 10)


def test_begins_as_drawn(dial, nudge):
    shows(dial, NeuronDial())
    shows(nudge, Nudge())


@settings(max_examples=60)
@given(TENTHS, TENTHS, TENTHS.filter(lambda x: abs(x) <= 3))
def test_dial_shows_what_python_draws(dial, w, b, x):
    shows(dial, NeuronDial(w, b, x), weight=w, bias=b, input=x)


@settings(max_examples=80)
@given(st.sampled_from(NUDGED), st.integers(-100, 100).map(lambda h: h / 100), st.sampled_from([-1.0, 0.0, 1.0]))
def test_nudge_shows_what_python_draws(nudge, nudged, by, x):
    label, what = nudged
    cell = f"{x + 1:.0f} (x = {x:.0f})".replace("-", "−")
    shows(nudge, Nudge(what, by, x), output=label, by=by, cell=cell)


@pytest.mark.parametrize("setting", product([False, True], repeat=2), ids=str)
def test_ledger_shows_what_python_computes(ledger, setting):
    for switch, on in zip(ledger.get_by_role("switch").all(), setting, strict=True):
        if on:
            switch.click()
    state = GradientLedger(*setting).state()
    rows = ledger.locator("tbody tr").evaluate_all(
        """rows => rows.map(row => [...row.cells].slice(1).map(
          cell => [cell.firstChild.innerText, cell.lastChild.innerText, cell.className]))"""
    )
    assert rows == state["rows"]
    assert (said(ledger), ledger.locator(".ledger .note").inner_text()) == (state["setting"], state["note"])


# Hands


def test_dragging_in_the_plot_moves_x(dial):
    box = dial.locator(".frame").first.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + 20
    dial.mouse.move(x, y)
    dial.mouse.down()
    for k in range(1, 31):
        dial.mouse.move(x + k * box["width"] / 60, y)
    dial.mouse.up()
    assert "x = 2.0" in said(dial)


def test_dragging_a_weight_or_a_neuron_nudges_it(nudge):
    for name, what in (("u2", "u2"), ("h1", "h1"), ("b", "b")):
        box = nudge.locator(f"[data-name={name}] text").first.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        nudge.mouse.move(x, y)
        nudge.mouse.down()
        nudge.mouse.move(x + 15, y)
        nudge.mouse.move(x + 30, y)
        nudge.mouse.up()
        assert said(nudge).startswith(f"{what} moves by 0.300")
        nudge.locator(".reset").click()


def test_what_is_not_nudged_does_not_answer(nudge):
    nudge.locator("[data-name=z] .neuron").click()
    assert (
        said(nudge) == "Nothing is nudged, and nothing changes."
        and nudge.locator(".weight.mine").get_attribute("data-name") == "u1"
    )


def test_a_finger_that_moves_sideways_drags(browser):
    with live_page(browser, explore_nudge(), width=390, has_touch=True) as page:
        box = page.locator("[data-name=h1] .neuron").bounding_box()
        x, y = box["x"] + 5, box["y"] + 5
        session = page.context.new_cdp_session(page)
        for kind, by in (("touchStart", 0), *(("touchMove", by) for by in range(5, 45, 5)), ("touchEnd", 0)):
            points = [] if kind == "touchEnd" else [{"x": x + by, "y": y + by / 8}]
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        assert said(page).startswith("h1 moves by 0.4")


# Keys and names


def test_sliders_take_the_arrow_keys(dial):
    slider = dial.get_by_role("slider", name="weight w")
    slider.focus()
    dial.keyboard.press("ArrowRight")
    assert "w = 1.6" in said(dial) and slider.get_attribute("aria-valuetext") == "1.6"
    assert dial.locator(".amount").first.inner_text() == "1.6"


def test_choices_are_radio_buttons(nudge):
    group = nudge.get_by_role("radiogroup", name="nudge")
    group.get_by_role("radio", name="u1").focus()
    for key, chosen in (
        ("ArrowRight", "u2"),
        ("End", "output of h2"),
        ("ArrowDown", "u1"),
        ("ArrowLeft", "output of h2"),
    ):
        nudge.keyboard.press(key)
        checked = group.get_by_role("radio", checked=True)
        assert checked.all_inner_texts() == [chosen]
        assert checked.evaluate("button => button === document.activeElement && button.tabIndex === 0")
    assert group.locator("[tabindex='0']").count() == 1


def test_switches_are_switches(ledger):
    switch = ledger.get_by_role("switch", name="V(s′) not cut in δ")
    switch.focus()
    for key, on in ((" ", True), ("Enter", False)):
        ledger.keyboard.press(key)
        assert ledger.get_by_role("switch", checked=on, name="V(s′) not cut").count() == 1
        assert ("V(s′) not cut in δ" in said(ledger)) == on


@pytest.mark.parametrize("kind", ["dial", "nudge", "ledger"])
def test_reset_brings_the_beginning_back(browser, kind):
    with live_page(browser, KINDS[kind]()) as page:
        before, reset = said(page), page.locator(".reset")
        assert reset.get_attribute("aria-disabled") == "true"
        for button in page.locator("[role=radio]:last-child, [role=switch]").all():
            button.click()
        for slider in page.locator("input").all():
            slider.fill("1")
        assert said(page) != before and reset.get_attribute("aria-disabled") == "false"
        reset.click()
        assert said(page) == before and reset.get_attribute("aria-disabled") == "true"


def test_all_that_can_have_the_focus_keeps_the_keys(all_kinds):
    parts = all_kinds.locator(f".ftg-live :is({FOCUSABLE})")
    assert parts.count() >= 3 * len(KINDS)
    assert parts.evaluate_all("parts => parts.filter(part => part.dataset.lmSuppressShortcuts !== 'true').length") == 0


def test_a_click_on_nothing_keeps_the_keys(any_kind):
    box = any_kind.locator(".card").bounding_box()
    for x, y in ((3, 3), (box["width"] / 2, box["height"] / 2), (box["width"] - 4, box["height"] - 4)):
        any_kind.mouse.click(box["x"] + x, box["y"] + y)
        any_kind.keyboard.press("ArrowRight")
        focused = (
            "() => document.activeElement.closest('.ftg-live') && document.activeElement.dataset.lmSuppressShortcuts"
        )
        assert any_kind.evaluate(focused) == "true"


def test_moves_are_announced_and_not_all_of_them(dial):
    dial.wait_for_timeout(1300)
    dial.evaluate(
        """() => { window.heard = []; const quiet = document.querySelector(".quiet");
          new MutationObserver(() => heard.push(quiet.textContent)).observe(quiet, { childList: true }); }"""
    )
    for k in range(20):
        dial.evaluate(SET, ["weight w", k / 10])
        dial.wait_for_timeout(20)
    dial.wait_for_function("() => document.querySelector('.quiet').textContent.includes('w = 1.9')")
    assert len(dial.evaluate("() => heard")) <= 3
    assert dial.locator(".quiet").get_attribute("aria-live") == "polite"


def test_the_ledger_announces_the_rows_that_change(ledger):
    for words in ("δ not cut", "δ cut", "δ not cut"):  # what was heard last is then known
        ledger.get_by_role("switch").first.click()
        ledger.wait_for_function("(words) => document.querySelector('.quiet').textContent.includes(words)", arg=words)
    heard = ledger.locator(".quiet").text_content()
    assert "actor's loss −δ · log π:" in heard and "both losses added:" in heard and "critic's loss" not in heard


# Looks


@pytest.mark.parametrize("width, scheme", [(390, "dark"), (1300, "light")])
def test_axe_finds_nothing(browser, width, scheme):
    with live_page(browser, *(make() for make in KINDS.values()), width=width, color_scheme=scheme) as page:
        for part in page.locator(f"{NO_BOARD} :is([role=switch], input)").all():
            part.click()
        assert axe_violations(page, ".ftg-live") == []


@pytest.mark.parametrize("width", [360, 390, 480, 640, 800, 1000, 1300])
def test_fits_its_container_and_is_legible(all_kinds, width):
    all_kinds.set_viewport_size({"width": width, "height": 768})
    settled(all_kinds)
    assert all_kinds.evaluate("() => document.documentElement.scrollWidth") <= width
    scrolls = "stages => stages.map(stage => stage.scrollWidth - stage.clientWidth)"
    assert max(all_kinds.locator(f"{NO_BOARD} .stage").evaluate_all(scrolls)) <= 1
    sizes = all_kinds.locator(".stage :is(text, td span, td b, th, li)").evaluate_all(
        "texts => texts.map(text => parseFloat(getComputedStyle(text).fontSize) * (text.getScreenCTM?.().a ?? 1))"
    )
    assert min(sizes) >= 10.3
    if width <= 390:
        small = """parts => parts.map(part => part.getBoundingClientRect())
          .filter(box => box.height < 43.5 || box.width < 43.5).length"""
        assert all_kinds.locator(f"{NO_BOARD} :is(button, input)").evaluate_all(small) == 0


@pytest.mark.parametrize("width", [390, 1300])
@pytest.mark.parametrize("kind", ["dial", "nudge"])
def test_no_text_lies_on_another(browser, kind, width):
    with live_page(browser, KINDS[kind](), width=width) as page:
        for slider in page.locator("input").all():
            slider.fill("-0.9")
        page.add_style_tag(content=".ftg-svg text { stroke: none !important }")
        covered = []
        for choice in page.locator(".control:first-child button").all() or [page.locator(".say")]:
            choice.click()
            covered += page.locator(".ftg-svg").evaluate(COVERED)
        assert covered == []


def test_follows_the_theme_of_the_notebook(all_kinds):
    seen = """theme => {
      document.body.dataset.jpThemeLight = theme;
      return [...document.querySelectorAll(".card")].map(card => getComputedStyle(card).backgroundColor);
    }"""
    light, dark = (all_kinds.evaluate(seen, theme) for theme in ("true", "false"))
    assert len(light) == len(KINDS) and not {*light} & {*dark}
    all_kinds.evaluate("() => { delete document.body.dataset.jpThemeLight; }")


@pytest.mark.parametrize("kind", KINDS)
def test_prints_on_one_page(browser, kind):
    with live_page(browser, KINDS[kind]()) as page:
        assert printed_pages(page) == 1


# Without a kernel


def test_a_board_without_a_kernel_keeps_its_picture_and_says_what_it_needs(browser):
    board = explore(lambda x: x**2, x=(-1, 1, 0.5))
    with live_page(browser, board) as page:
        shows(page, board.model)
        page.wait_for_function("() => document.querySelector('.note').textContent.includes('run this cell again')")
        assert page.locator(".controls").evaluate("controls => controls.inert")


def test_without_scripts_the_still_picture_remains(browser):
    for explorer in (explore_neuron(), explore_health()):
        page = browser.new_page(java_script_enabled=False)
        page.set_content(explorer.html())
        image = page.locator(f"img[alt^='{explorer.model.words()[:20]}']")
        assert image.evaluate("image => image.naturalWidth") >= 300
        assert explorer.model.words() in page.locator("figcaption").inner_text()
        page.close()


def test_without_scripts_the_ledger_is_a_table(browser):
    page = browser.new_page(java_script_enabled=False)
    page.set_content(explore_ledger().html())
    assert page.get_by_role("table").get_by_role("columnheader").count() == 3
    assert page.get_by_role("cell", name="14.17").first.inner_text() == "14.17\nas it should be"
    page.close()

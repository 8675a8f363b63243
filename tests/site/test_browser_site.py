"""The site in Chromium: nothing from outside, living pictures, links to a step, phone, dark, paper."""

import re

import pytest
from jupyter_browser import watched_page
from page_checks import axe_violations, low_contrast
from playwright.sync_api import expect
from served_site import first_visit

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}}
WIDE = {"width": 1300, "height": 900}

# Every picture is moved by one step; an answer that waits in its fold has none yet.
STEPPED = """async () => {
  const shown = (root) => root.querySelector("input[type=range]").value, still = [];
  for (const root of document.querySelectorAll(".ftg-live:is([data-kind=frames], [data-kind=gradient])")) {
    const before = shown(root), on = root.querySelector(".next"), back = root.querySelector(".back");
    (on.ariaDisabled === "true" ? back : on).click();
    for (let k = 0; k < 300 && shown(root) === before; k++) await new Promise(requestAnimationFrame);
    if (shown(root) === before) still.push(root.getAttribute("aria-label"));
  }
  return still;
}"""
# An answer's picture leaves the page when its question wakes: only then do all pictures live.
ALIVE = "() => [...document.querySelectorAll('.ftg-live')].every((root) => 'ready' in root.dataset)"
FORMULAS = "() => document.querySelectorAll('.math').length === document.querySelectorAll('mjx-container').length"
SIDEWAYS = "() => document.documentElement.scrollWidth - innerWidth"
# Most of axe's work would be contrast: of texts with one ink, size and ground it is shown the first. Of elements that
# are but words of code it need ask nothing else.
ONE_TEXT_OF_EACH_LOOK = """() => {
  const own = part => [...part.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  const texts = [...document.querySelectorAll("body *")].filter(part => own(part) || part.matches("input, select"));
  const looks = new Map(texts.map(part => {
    const { color, fontSize, fontWeight } = getComputedStyle(part), look = [color, fontSize, fontWeight];
    for (let around = part; around; around = around.parentElement) {
      const { backgroundColor, opacity } = getComputedStyle(around);
      if (backgroundColor !== "rgba(0, 0, 0, 0)" || opacity !== "1") look.push(backgroundColor, opacity);
    }
    return [`${look}`, part];
  }).reverse());
  for (const part of looks.values()) part.dataset.look = "";
  for (const word of document.querySelectorAll("pre span:not(:has(*), [data-look])")) word.outerHTML = word.innerHTML;
}"""


@pytest.fixture(scope="module")
def walk(browser, address, pages):
    """What was seen on every page, lessons in the dark: requests to other places, complaints, pictures, width, axe."""
    seen, asked = {}, []
    page = watched_page(browser.new_context(viewport=WIDE))
    page.on("request", lambda request: asked.append(request.url))
    for name in pages:  # in one tab, which asks for the scripts that they share once
        page.emulate_media(color_scheme="dark" if name.startswith("notebooks/") else "light")
        asked.clear(), page.problems.clear()
        page.goto(f"{address}/{name}")
        page.wait_for_function(ALIVE)
        page.wait_for_function(FORMULAS)
        facts = seen[name] = {
            "live": page.locator(".ftg-live").count(),
            "wrong formulas": page.locator("mjx-merror").all_inner_texts(),
            "still": page.evaluate(STEPPED),
            "sideways": [page.evaluate(SIDEWAYS)],
        }
        page.set_viewport_size(PHONE["viewport"])
        facts["sideways"].append(page.evaluate(SIDEWAYS))
        page.set_viewport_size(WIDE)
        facts["problems"] = page.problems[:]  # what axe asks for is not the page's
        if not name.startswith("api/") or name == "api/helpers.calculus.html":  # the reference's pages are of one make
            page.evaluate(ONE_TEXT_OF_EACH_LOOK)
            facts["axe"] = low_contrast(page) + axe_violations(page, "body", "[data-look]")
        facts["outside"] = [url for url in asked if not url.startswith((address, "data:", "blob:"))]
    page.context.close()
    return seen


def of_all(walk, fact):
    return {name: facts[fact] for name, facts in walk.items() if any(facts.get(fact, []))}


def test_no_page_asks_outside(walk):
    assert of_all(walk, "outside") == {}


def test_no_page_complains_and_every_formula_is_set(walk):
    assert of_all(walk, "problems") == {} and of_all(walk, "wrong formulas") == {}


def test_every_picture_lives_and_steps(walk):
    assert walk["index.html"]["live"] == 1 and sum(facts["live"] for facts in walk.values()) > 40
    assert of_all(walk, "still") == {}


def test_axe_finds_nothing(walk):
    assert of_all(walk, "axe") == {} and sum("axe" in facts for facts in walk.values()) > 20


def test_no_page_scrolls_sideways(walk):
    assert of_all(walk, "sideways") == {}


def test_the_first_page_is_light(browser, address):
    page, weights = first_visit(
        browser, f"{address}/index.html", "() => document.querySelector('.ftg-live[data-ready]')"
    )
    assert sum(weights.values()) < 300_000 and not any("mathjax" in url for url in weights)
    page.context.close()


def test_a_guess_is_answered_and_kept(visit):
    page = visit("notebooks/03_chain_rule_on_a_graph.html")
    guess = page.locator(".guess").filter(has_text="c = a + a")
    guess.get_by_role("textbox").fill("2")
    guess.get_by_text("That is my guess").click()
    expect(guess.locator(".verdict")).to_contain_text("You said 2.")
    page.reload()
    expect(page.locator(".guess .verdict")).to_contain_text("You said 2.")


def test_a_link_shows_a_path(visit):
    page = visit("index.html#u2")
    expect(page.locator("div.path")).to_contain_text("∂log π/∂u₂")
    expect(page.locator(".n.mine .name")).to_have_text("u₂")


def test_a_link_shows_a_step_and_the_address_follows(visit):
    page = visit("index.html#step-12")
    expect(page.locator(".phases")).to_contain_text("forward 12/12")
    page.locator(".ftg-live .back").click()
    expect(page).to_have_url(re.compile("#actor:step-11$"))
    page.locator(".n").filter(has_text="c₁").click()
    page.locator(".time input").press("End")
    expect(page).to_have_url(re.compile("#actor:step-33$"))
    page.locator(".n").filter(has_text="c₁").click()
    expect(page).to_have_url(re.compile("#actor:c1$"))


def test_a_link_names_one_of_several_pictures(visit):
    page = visit("notebooks/04_backprop_by_hand.html#training-begun:step-3")
    first, named = page.locator("#layer-stepper .count"), page.locator("#training-begun .count")
    expect(named).to_have_text(re.compile(r"^3 / "))
    expect(first).to_have_text(re.compile(r"^1 / "))
    expect(named).to_be_in_viewport()
    page.evaluate("() => { location.hash = 'step-2'; }")
    expect(first).to_have_text(re.compile(r"^2 / "))
    expect(named).to_have_text(re.compile(r"^3 / "))


def test_what_needs_python_says_where_it_runs(visit):
    page = visit("notebooks/05_healthy_gradients.html")
    note = page.locator(".ftg-live[data-kind=board] + .still a")
    expect(note).to_have_attribute("href", re.compile(r"/lite/lab/index\.html\?path=05_healthy_gradients\.ipynb$"))
    expect(page.locator(".ftg-live[data-kind=board] svg").first).to_be_visible()
    assert page.locator(".ftg-live[data-kind=board] .note").is_hidden()


def test_the_search_finds(visit):
    page = visit("index.html")
    page.keyboard.press("Control+k")
    page.locator("#pst-search-dialog input").press_sequentially("baseline")
    page.keyboard.press("Enter")
    expect(page.locator("#search-results a").filter(has_text="why it works").first).to_be_visible()


@pytest.mark.parametrize(
    ("mode", "other", "name"),
    [
        ("light", "dark", "index.html"),
        ("dark", "light", "notebooks/07_actor_critic.html"),
    ],
)
def test_pictures_follow_the_switch(visit, address, mode, other, name):
    grounds = "all => all.map((part) => getComputedStyle(part).backgroundColor)"
    chosen = [{"name": key, "value": mode} for key in ("mode", "theme")]
    page = visit(name, color_scheme=other, storage_state={"origins": [{"origin": address, "localStorage": chosen}]})
    page.wait_for_load_state("networkidle")
    page.wait_for_function(ALIVE)
    colours = page.locator(".ftg-live .card, figure.ftg-figure").evaluate_all(grounds)
    assert {"dark" if max(map(int, re.findall(r"\d+", colour)[:3])) < 60 else "light" for colour in colours} == {mode}


def test_on_paper_the_text_has_the_page(visit):
    page = visit("notebooks/01_one_neuron.html")
    page.emulate_media(media="print")
    for part in (".bd-sidebar-primary", ".bd-sidebar-secondary", "#pst-header", ".run", ".prev-next-footer"):
        expect(page.locator(part)).to_be_hidden()
    assert page.locator("article").evaluate("part => part.clientWidth") > 0.9 * WIDE["width"]


def test_a_page_opens_as_a_file(visit, site):
    page = visit((site / "notebooks/01_one_neuron.html").as_uri(), offline=True)
    page.wait_for_function(ALIVE)
    page.wait_for_function(FORMULAS)
    assert page.locator("mjx-container mjx-mfrac").count() > 3
    page.get_by_text("00 · Start here").first.click()
    expect(page).to_have_url(re.compile("^file:.*/00_start_here.html$"))

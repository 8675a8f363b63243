"""A lesson exported for readers without a network: formulas, pictures, links."""

import re

import pytest
from live_pages import ALIVE
from nbformat.v4 import new_markdown_cell, new_notebook
from playwright.sync_api import expect

from tools.export import LESSONS, Exporter, export, linked, slim

pytest_plugins = ["browser_fixtures"]


def test_links_between_lessons_lead_to_pages():
    names = ["01_one_neuron"]
    links = ["01_one_neuron.ipynb#Activations", "01_one_neuron.ipynb", "homework/hw1.ipynb", "x/01_one_neuron.ipynb"]
    pages = linked("".join(f'<a href="{link}">' for link in links), names)
    assert re.findall('href="([^"]*)"', pages) == ["01_one_neuron.html#Activations", "01_one_neuron.html", *links[2:]]


def test_a_page_keeps_each_library_once():
    output = '<div data-key="{0}" data-kind="frames" data-library="LLL" role="group">'
    page = "".join(output.format(key) for key in ("a", "b", "a", "b"))
    assert slim(page).count("data-library") == 2 and slim(page).count("data-key") == 4


@pytest.fixture(scope="module")
def page(browser, tmp_path_factory):
    """The first lesson, exported, opened without a network."""
    (path,) = export([path for path in LESSONS if path.name.startswith("01")], tmp_path_factory.mktemp("export"))
    context = browser.new_context(offline=True)
    opened = context.new_page()
    opened.asked, opened.problems = [], []
    opened.on("request", lambda request: opened.asked.append(request.url))
    opened.on("pageerror", lambda error: opened.problems.append(str(error)))
    opened.goto(path.as_uri())
    yield opened
    context.close()


@pytest.mark.browser
def test_an_exported_lesson_asks_for_nothing(page):
    assert [url for url in page.asked if not url.startswith(("data:", page.url))] == []
    assert page.problems == []


@pytest.mark.browser
def test_its_formulas_are_set(page):
    assert page.locator(".formula math").count() >= 3 and page.locator(".jp-RenderedLatex math").count() >= 3
    expect(page.locator(".formula span").first).to_have_text("(1.1)")
    prose = page.locator(".jp-RenderedMarkdown, .jp-RenderedLatex").all_inner_texts()
    assert not [text for text in prose if re.search(r"\\[a-z]{2,}|\$", text)]
    heights = page.locator(".formula mfrac").evaluate_all("all => all.map(part => part.getBoundingClientRect().height)")
    assert min(heights) > 20  # a fraction is two lines high: the browser knows MathML


@pytest.mark.browser
def test_its_pictures_are_alive_and_each_library_is_there_once(page):
    kinds = page.locator(".ftg-live").evaluate_all("all => all.map(output => output.dataset.key)")
    page.wait_for_function(ALIVE, arg=len(kinds))
    assert page.locator("[data-library]").count() == len(set(kinds)) > 0


@pytest.mark.browser
def test_its_links_lead_to_exports(page):
    links = page.locator("a[href*='_']").evaluate_all("all => all.map(link => link.getAttribute('href'))")
    assert "02_finite_differences.html" in links and not [link for link in links if link.endswith(".ipynb")]


@pytest.mark.browser
def test_it_is_dark_where_the_reader_wants_it(page):
    page.emulate_media(color_scheme="dark")
    grounds, colours = page.locator("body, .card"), "all => all.map(part => getComputedStyle(part).backgroundColor)"
    dark = grounds.evaluate_all(colours)
    page.emulate_media(color_scheme="light")
    light = grounds.evaluate_all(colours)
    assert max(map(brightness, dark)) < 60 and min(map(brightness, light)) > 200
    assert not page.evaluate("() => document.documentElement.scrollWidth > innerWidth")


def brightness(colour):
    return max(map(int, re.findall(r"\d+", colour)[:3]))


def test_an_unknown_formula_stops_the_export():
    notebook = new_notebook(cells=[new_markdown_cell("$$\\vec{x}$$")])
    with pytest.raises(ValueError, match="vec is not known"):
        Exporter().page(notebook, "a page")

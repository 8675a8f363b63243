"""An output wakes where it stands, whatever a runner does with scripts: Jupyter, VS Code, the classic notebook.

What each runner does was read from its source; here a page does the same.
"""

import pytest
from live_pages import ALIVE, PAGE, bare_page

from helpers.calculus.graph import Value
from helpers.drawing import library
from helpers.steppers import show_differences, show_gradient_flow

pytest_plugins = ["browser_fixtures"]
pytestmark = pytest.mark.browser

# Each takes the markup of an output, and a place for it that may not be in the page yet.
RUNNERS = {
    # JupyterLab, Notebook 7: scripts are made anew where they stood, before the output comes into the page
    "lab": """(html, place) => {
      place.innerHTML = html;
      for (const script of place.querySelectorAll("script")) {
        const copy = document.createElement("script");
        for (const { name, value } of script.attributes) copy.setAttribute(name, value);
        copy.append(script.textContent);
        script.replaceWith(copy);
      }
    }""",
    # VS Code: scripts are made anew at the end of the output's place, and taken away again
    "vscode": """(html, place) => {
      place.innerHTML = html;
      for (const script of [...place.getElementsByTagName("script")]) {
        const copy = document.createElement("script");
        copy.text = script.innerText;
        if (script.type) copy.setAttribute("type", script.type);
        place.appendChild(copy).parentNode.removeChild(copy);
      }
    }""",
    # the classic notebook: jQuery's append takes scripts out and evaluates them in the page's head
    "classic": """(html, place) => {
      const holder = document.createElement("template");
      holder.innerHTML = html;
      const scripts = [...holder.content.querySelectorAll("script")];
      scripts.forEach(script => script.remove());
      place.append(document.importNode(holder.content, true));
      for (const script of scripts.filter(script => !script.type || script.type.includes("javascript"))) {
        const copy = document.createElement("script");
        copy.text = script.textContent;
        document.head.appendChild(copy).parentNode.removeChild(copy);
      }
    }""",
    # and some evaluate the text of scripts within a function
    "function": """(html, place) => {
      place.innerHTML = html;
      for (const script of place.querySelectorAll("script:not([type])")) new Function(script.textContent)();
    }""",
}
SHOW = """([run, outputs]) => {
  for (const [html, at] of outputs) {
    while (document.body.children.length <= at) document.body.append(document.createElement("div"));
    eval(run)(html, document.body.children[at]);
  }
}"""


@pytest.fixture(params=RUNNERS)
def run(request, browser):
    """A function that shows outputs, pairs (html, place), on a page as one of the runners does."""
    with bare_page(browser, PAGE.format("")) as page:
        yield lambda *outputs: (page.evaluate(SHOW, [RUNNERS[request.param], list(outputs)]), page)[1]


@pytest.fixture
def four(monkeypatch):
    """Four outputs of one notebook, of two kinds; the first of each kind brings its library."""
    cells = iter("abcd")
    monkeypatch.setattr(library, "_shown", {})
    monkeypatch.setattr(library, "_carried", set())
    monkeypatch.setattr(library, "_where", lambda: (cell := next(cells), cell))
    shown = show_differences(), show_gradient_flow(Value(2.0, label="a") * 3.0)
    htmls = [output._repr_mimebundle_()["text/html"] for output in shown * 2]
    assert ["data-library" in html for html in htmls] == [True, True, False, False]
    return htmls


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1)], ids=str)
def test_every_output_wakes_in_any_order(run, four, order):
    page = run(*((four[k], k) for k in order))
    page.wait_for_function(ALIVE, arg=4)
    kinds = [root.get_attribute("data-kind") for root in page.locator("[data-ready]").all()]
    assert kinds == ["frames", "gradient"] * 2
    for root in page.locator("[data-ready]").all():  # each with its own data
        assert root.locator(".card").count() == root.locator(".stage > svg").count() == 1


def test_an_output_wakes_that_comes_later_than_the_library(run, four):
    page = run((four[0], 0), (four[1], 1))
    page.wait_for_function(ALIVE, arg=2)
    run((four[2], 2), (four[3], 3))
    page.wait_for_function(ALIVE, arg=4)


def test_two_libraries_of_a_kind_do_not_disturb_each_other(run, four):
    page = run((four[0], 0), (four[0], 1), (four[2], 2))
    page.wait_for_function(ALIVE, arg=3)


def test_an_output_whose_library_is_gone_stays_a_picture_and_says_how_to_wake_it(run, four):
    page = run()
    page.clock.install()
    run((four[2], 0), (four[3], 1))
    page.wait_for_function("() => Object.values(globalThis.ftgLive ?? {}).flat().length === 2")
    assert page.locator(".ftg-asleep").count() == 0  # it may only be late
    page.clock.run_for(6000)
    assert page.locator(".ftg-asleep").all_inner_texts() == ["A picture at rest: run its cell to bring it to life."] * 2
    assert page.locator(".ftg-live > img").count() == 2
    run((four[0], 2), (four[1], 3))
    page.wait_for_function(ALIVE, arg=4)
    assert page.locator(".ftg-asleep").count() == 0


def test_outputs_of_another_version_keep_to_themselves(run, four):
    """A notebook run in part after the helpers have changed: data and scripts must belong together."""
    other = four[2].replace("data-key='frames-", "data-key='frames-0")
    page = run((four[0], 0), (other, 1), (four[2], 2))
    page.wait_for_function(ALIVE, arg=2)
    assert page.locator(".ftg-live").nth(1).get_attribute("data-ready") is None

"""An output wakes where it stands, whatever a runner does with scripts: Jupyter, VS Code, Colab, the classic notebook.

What each runner does was read from its source; here a page does the same.
"""

from functools import cache
from types import SimpleNamespace

import pytest
from live_pages import ALIVE, PAGE, bare_page, hold_the_clock
from playwright.sync_api import expect

from helpers.calculus.graph import Value
from helpers.drawing import library
from helpers.engine import mine
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


@cache
def two_kinds():
    return [show_differences(), show_gradient_flow(Value(2.0, label="a") * 3.0)]


def shown_in(monkeypatch, metadata):
    """Four outputs of one notebook, of two kinds, each the only one of its cell, as a place runs them.

    metadata: what the place says of a cell, by the cell's number.
    """
    monkeypatch.setattr(library, "_shown", {})
    monkeypatch.setattr(library, "_carried", set())
    htmls = []
    for k, output in enumerate(two_kinds() * 2):
        shell = SimpleNamespace(parent_header={"metadata": metadata(k), "header": {"msg_id": f"run {k}"}})
        monkeypatch.setattr("IPython.get_ipython", lambda shell=shell: shell)
        htmls.append(output._repr_mimebundle_()["text/html"])
    return htmls


@pytest.fixture
def four(monkeypatch):
    """Four outputs in JupyterLab; the first of each kind brings its library."""
    htmls = shown_in(monkeypatch, lambda k: {"cellId": f"cell-{k}"})
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
    hold_the_clock(page)
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


# Colab: each cell has a frame of its own, of another origin, which may run scripts and hand over files
FRAME = "allow-downloads allow-forms allow-modals allow-pointer-lock allow-popups allow-same-origin allow-scripts"
FRAMES = """([htmls, sandbox]) => {
  for (const html of htmls) {
    const frame = Object.assign(document.createElement("iframe"), { srcdoc: html, width: "100%", height: "500" });
    frame.setAttribute("sandbox", sandbox);
    document.body.append(frame);
  }
}"""


@pytest.mark.parametrize("sandbox", [FRAME, FRAME.replace("allow-same-origin ", "")], ids=["as it is", "no origin"])
def test_in_colab_every_output_wakes_in_the_frame_of_its_cell(browser, monkeypatch, sandbox):
    htmls = shown_in(monkeypatch, lambda k: {"colab": {"cell_id": f"cell-{k}"}, "cellId": f"cell-{k}"})
    with bare_page(browser, PAGE.format("")) as page:
        page.evaluate(FRAMES, [htmls, sandbox])
        for frame, kind in zip(page.frames[1:], ["frames", "gradient"] * 2, strict=True):
            root = frame.locator("[data-ready]")
            root.locator(".card").wait_for()
            assert root.get_attribute("data-kind") == kind
            root.locator(".stage").focus()
            page.keyboard.press("End")
            expect(root.locator(".next")).to_have_attribute("aria-disabled", "true")
            page.keyboard.press("ArrowLeft")
            expect(root.locator(".next")).not_to_have_attribute("aria-disabled", "true")


def test_in_colab_the_file_is_handed_over(browser, tmp_path):
    with bare_page(browser, PAGE.format("")) as page:
        page.evaluate(FRAMES, [[mine.download()._repr_mimebundle_()["text/html"]], FRAME])
        with page.expect_download() as handed:
            page.frames[1].get_by_role("link").click()
        assert handed.value.suggested_filename == "my_gradient.py"


# VS Code: one page for the outputs of all cells, each made when it is scrolled to; a key that no output answers is the
# notebook's, which hears of it by a listener of the window
@pytest.mark.parametrize("run", ["vscode"], indirect=True)
def test_in_vs_code_every_output_wakes_whichever_is_scrolled_to(run, monkeypatch):
    htmls = shown_in(monkeypatch, lambda k: {"cellId": f"vscode-notebook-cell:/lesson.ipynb#{k}"})
    for html in htmls:
        run().evaluate("delete globalThis.ftgLive")  # as if it were the first
        run((html, 0)).wait_for_function(ALIVE, arg=1)


@pytest.mark.parametrize("run", ["vscode"], indirect=True)
def test_in_vs_code_the_keys_of_an_output_are_its_own(run, four):
    page = run((four[0], 0), (four[1], 1))
    page.wait_for_function(ALIVE, arg=2)
    page.evaluate("() => { window.heard = []; addEventListener('keydown', ({ key }) => heard.push(key)); }")
    for root in page.locator("[data-ready]").all():
        root.locator(".stage").focus()
        for key in ("End", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "ArrowRight", " "):
            page.keyboard.press(key)
        page.keyboard.press("j")
    assert page.evaluate("heard") == ["j", "j"]

"""How a live output travels: once in a notebook, within its budget, and without a trace where it is sanitised."""

import base64
import re
import sys
import zlib
from types import SimpleNamespace

import pytest
from nbconvert.filters.strings import clean_html
from outputs import Reader, content

from helpers.drawing import library
from helpers.drawing.library import KINDS, SCRIPTS, bundle, live_output, svg_image
from helpers.running_actor import actor_graph
from helpers.steppers import show_gradient_flow

BUDGET = {"gradient": 25_000, "frames": 9_000}  # bytes of a library; of any other kind 16,000


def output(kind="frames"):
    return live_output(kind, "a label", svg_image("<svg xmlns='http://www.w3.org/2000/svg'/>", "words"), {"n": 1})


@pytest.fixture
def notebook(monkeypatch):
    """Runs cells, given as (its id, the run's id, kinds of its outputs); tells which outputs bring their library."""
    monkeypatch.setattr(library, "_shown", {})
    monkeypatch.setattr(library, "_carried", set())

    def carried(*runs):
        result = []
        for cell, run, *kinds in runs:
            monkeypatch.setattr(library, "_where", lambda here=(cell, run): here)
            bundles = [bundle(output(kind), "words") for kind in kinds or ["frames"]]
            result += ["data-library" in each["text/html"] for each in bundles]
        return result

    return carried


def test_the_first_cell_brings_the_library(notebook):
    assert notebook(("a", 1), ("b", 2), ("c", 3)) == [True, False, False]


def test_a_cell_run_again_brings_it_again(notebook):
    assert notebook(("a", 1), ("b", 2), ("b", 3), ("a", 4), ("c", 5)) == [True, False, True, True, False]


def test_one_run_brings_it_once(notebook):
    assert notebook(("a", 1, "frames", "frames"), ("b", 2), ("b", 3, "frames", "frames")) == [
        *(True, False),
        False,
        *(True, False),
    ]


def test_every_kind_has_its_own(notebook):
    assert notebook(("a", 1, "frames", "gradient"), ("b", 2, "gradient", "dial")) == [True, True, False, True]


def test_where_no_cell_is_named_every_run_brings_it(notebook):
    assert notebook((None, 1, "frames", "frames"), (None, 2)) == [True, False, True]


@pytest.mark.parametrize(
    ("metadata", "cell"),
    [
        ({"cellId": "first-cell"}, "first-cell"),  # JupyterLab
        ({"cellId": "vscode-notebook-cell:/a/lesson.ipynb#W0sZmlsZQ"}, None),  # shows a cell when it is scrolled to
        ({"colab": {"cell_id": "x"}}, None),  # has a frame for each cell
        ({"colab": {"cell_id": "x"}, "cellId": "x"}, None),
        ({}, None),
    ],
)
def test_a_cell_is_named_where_all_cells_are_on_one_page(monkeypatch, metadata, cell):
    shell = SimpleNamespace(parent_header={"metadata": metadata, "header": {"msg_id": "run"}})
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    assert library._where() == (cell, "run")


def test_in_colab_no_cell_is_named(monkeypatch):
    shell = SimpleNamespace(parent_header={"metadata": {"cellId": "first-cell"}, "header": {"msg_id": "run"}})
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    monkeypatch.setitem(sys.modules, "google.colab", None)
    assert library._where() == (None, "run")


def test_where_nothing_runs_every_output_brings_it(notebook):
    assert notebook((None, None), (None, None)) == [True, True]


def test_what_is_not_shown_brings_its_library_and_does_not_count(notebook):
    assert "data-library" in output()
    assert notebook(("a", 1), ("b", 2)) == [True, False]
    assert "data-library" in output()


def test_the_packed_library_is_the_scripts():
    for kind, (view, parts, _) in KINDS.items():
        packed, key = library._library(kind)
        text = zlib.decompress(base64.b64decode(packed)).decode()
        assert f'const KEY = "{key}"' in text and f"const View = {view};" in text
        assert all(library._script(part) in text for part in parts)


@pytest.mark.parametrize("path", sorted(SCRIPTS.glob("*.js")), ids=lambda path: path.stem)
def test_no_text_in_a_script_is_taken_for_a_comment(path):
    heads = [line.split("//")[0] for line in path.read_text("utf-8").split("\n") if "//" in line]
    assert all(head.count(quote) % 2 == 0 for head in heads for quote in "\"'`")


def test_what_wakes_an_output_stands_in_an_attribute():
    assert '"' not in library._script("boot")


def test_an_output_is_markup_and_data():
    (_, division), (_, still) = Reader(output()).attributes
    assert division["data-kind"] == "frames" and division["aria-label"] == "a label" and "data-library" in division
    assert zlib.decompress(base64.b64decode(division["data-content"])) == b'{"n":1}'
    assert still["alt"] == "words" and still["onload"] == library._script("boot")


def test_an_output_without_an_image_is_woken_by_one_that_shows_nothing():
    html = live_output("frames", "a label", "<table></table>", {"n": 1})
    division, table, (tag, image) = Reader(html).attributes
    assert tag == "img" and image["alt"] == "" and image["width"] == "1" and "onload" in image


def test_sanitising_takes_the_data_away():
    """nbconvert's --sanitize_html shows the tags that it forbids as text; the attributes of others vanish."""
    left = clean_html(show_gradient_flow(actor_graph()).html())
    assert left.startswith('<div class="ftg-live">')
    assert not re.search(r"[A-Za-z0-9+/]{80}", left)  # no base64


@pytest.mark.parametrize("kind", KINDS)
def test_a_library_keeps_its_budget(kind):
    assert len(library._library(kind)[0]) <= BUDGET.get(kind, 16_000)


def test_the_first_picture_of_a_notebook_keeps_the_budgets_of_its_parts():
    shown = show_gradient_flow(actor_graph(), follow="u1")
    html = shown.html()
    (still,) = Reader(html).images
    assert len(html.encode()) <= 60_000
    assert len(still["src"]) <= 26_000 and len(Reader(html).attributes[0][1]["data-content"]) <= 6_500
    assert len(library._boot()) <= 1_100 and content(shown)["nodes"]

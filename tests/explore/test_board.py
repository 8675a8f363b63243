"""The wire between controls and kernel, through the same calls that the browser makes, and what stays in a notebook."""

import json
import re
from html import unescape

import IPython
import ipywidgets
import pytest
from IPython.testing.globalipapp import start_ipython
from outputs import Reader, content

from helpers.explore import board as module
from helpers.explore import explore, explore_health

VIEW = "application/vnd.jupyter.widget-view+json"


def ask(board, turn=1, tall=False, **values):
    """What the script writes into the text field; returns (turn, words, picture) of the answer."""
    start = {control["name"]: control["start"] for control in board.model.controls()}
    board.question.set_state({"value": json.dumps({"turn": turn, "values": start | values, "tall": tall})})
    turn, said, picture = re.fullmatch(
        r"<div data-turn='(\d+)' data-words='(.*?)'>(.*)</div>", board.answer.value, re.S
    ).groups()
    return int(turn), unescape(said), picture


@pytest.fixture
def shown(monkeypatch):
    """The bundles that are displayed, one after the other."""
    bundles = []
    monkeypatch.setattr(module, "display", lambda bundle, raw: bundles.append(bundle))
    return bundles


def test_an_answer_is_the_models_picture():
    board = explore_health()
    assert ask(board, 7, depth=3, activation="relu") == (7, board.model.words(), board.model.picture())
    assert board.model.depth == 3 and board.model.activation == "relu"
    assert ask(board, 8, tall=True)[2] == board.model.picture(tall=True) != board.model.picture()


def test_an_error_on_the_way_is_shown(monkeypatch):
    board = explore_health()
    monkeypatch.setattr(board.model, "picture", lambda tall: 1 / 0, raising=False)
    assert ask(board) == (1, "ZeroDivisionError: division by zero", "")


def test_two_outputs_of_which_the_picture_needs_no_widget(shown):
    board = explore_health()
    board._ipython_display_()
    still, wire = shown
    assert list(still) == ["text/html", "text/plain"] and still["text/plain"] == board.model.words()
    assert Reader(still["text/html"]).images[0]["alt"] == board.model.words()
    assert (
        list(wire) == [VIEW, "text/plain"]
        and wire["text/plain"] == ""
        and wire[VIEW]["model_id"] == board.wire.model_id
    )
    assert content(board)["wire"] in board.wire._dom_classes


def test_the_same_under_ipywidgets_7(shown, monkeypatch):
    """There a widget has `_ipython_display_` in place of `_repr_mimebundle_`, which IPython asks first."""
    monkeypatch.delattr(ipywidgets.Widget, "_repr_mimebundle_", raising=False)  # where it is another
    monkeypatch.setattr(ipywidgets.Widget, "_ipython_display_", lambda self: pytest.fail("a widget"), raising=False)
    explore_health()._ipython_display_()
    assert [list(bundle) for bundle in shown] == [["text/html", "text/plain"], [VIEW, "text/plain"]]


@pytest.mark.skipif(IPython.version_info[0] < 8, reason="IPython 7: its shell for tests displays nothing")
def test_ipython_displays_it_so():
    shell = start_ipython() or get_ipython()  # noqa: F821
    with pytest.MonkeyPatch.context() as patch:
        bundles = []
        patch.setattr(shell.display_pub, "publish", lambda data, metadata=None, **rest: bundles.append(list(data)))
        assert shell.display_formatter.format(explore_health()) == ({}, {})
    assert bundles == [["text/html", "text/plain"], [VIEW, "text/plain"]]


def test_two_boards_have_two_wires():
    first, second = explore_health(), explore_health()
    ask(first, depth=2)
    assert second.model.depth == 10 and first.name != second.name


def test_what_a_function_raises_travels_as_text():
    def f(x):
        raise ValueError("<img src=y onerror='window.hacked = 1'>")

    board = explore(f, x=(0, 1))
    _, said, picture = ask(board, x=0.3)
    assert "ValueError: <img src=y" in said and "<img" not in picture
    reader = Reader(board.html())
    assert len(reader.images) == 1 and "<img src=y" in reader.images[0]["alt"]
    assert "%26lt;img" in board.html()  # within the still picture it is text, too

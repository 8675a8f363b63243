"""The explorer of lesson 07: every entry of the ledger with its norm and verdict, in the picture and in words."""

from itertools import product
from xml.etree import ElementTree

import numpy as np
import pytest
from pictures import assert_laid_out, assert_sound, overlapping, rectangle_of, texts_of, written

from helpers.drawing import svg
from helpers.explore import explore_ledger, gradient_ledger
from helpers.explore.gradient_ledger import DIMMED, RIGHT, TITLES, WRONG, GradientLedger
from helpers.rl.gradient_ledger import LOSSES, PHI0, Entry, Switches, ledger
from helpers.running_actor import THETA0

SWITCHES = ("leak", "through_target", "dead", "shared")
WORDS = {
    "leak": ("δ cut in the actor's loss", "δ not cut in the actor's loss"),
    "through_target": ("V(s′) cut in δ", "V(s′) not cut in δ"),
    "dead": ("critic alive", "critic dead"),
    "shared": ("two networks", "hidden layer shared"),
}


@pytest.fixture(scope="module", params=list(product([False, True], repeat=4)), ids=str)
def shown(request):
    model = GradientLedger(*request.param)
    return model, ledger(THETA0, PHI0, Switches(*request.param)), assert_sound(model.picture())


def norm_text(entry):
    norm = np.linalg.norm(entry.gradient)
    return svg.number(norm) if norm > 1e-10 else "0"


def drawn_entries(tree):
    return [part for part in tree if part.tag.endswith("}g")]


def test_every_entry_shows_its_norm_and_verdict(shown):
    _, entries, tree = shown
    assert len(entries) == len(drawn_entries(tree)) == 4 * (3 if "shared" in str(entries[0].block) else 4)
    for entry, drawn in zip(entries, drawn_entries(tree), strict=True):
        verdict = "as it should be" if entry.verdict.startswith("nothing") else entry.verdict
        assert written(drawn) == [norm_text(entry), verdict]


def test_entries_stand_in_the_row_of_their_loss_and_the_column_of_their_block(shown):
    _, entries, tree = shown
    outside = [text for part in tree if part.tag.endswith("text") for text in texts_of(part)]
    for entry, drawn in zip(entries, drawn_entries(tree), strict=True):
        left, top, right, bottom = rectangle_of(drawn[0])
        above = [text.content for text in outside if left < text.x < right]
        beside = [text.content for text in outside if top < text.y < bottom]
        assert above == [entry.block] and tuple(beside) == TITLES[entry.loss]
    assert set(TITLES) == set(LOSSES)


def test_border_and_colour_tell_right_from_wrong(shown):
    _, entries, tree = shown
    for entry, drawn in zip(entries, drawn_entries(tree), strict=True):
        arrives, should = norm_text(entry) != "0", np.linalg.norm(entry.exact) > 1e-10
        right = arrives == should and (not arrives or np.all(np.sign(entry.gradient) == np.sign(entry.exact)))
        assert any(part.get("stroke-dasharray") for part in drawn) == (not right)
        expected = svg.CARD if not (arrives or should) else RIGHT if right else WRONG if arrives else DIMMED
        assert drawn[0].get("fill") == expected


def test_words_say_everything_and_are_the_description(shown):
    model, entries, tree = shown
    words = model.words()
    assert tree.get("aria-label") == words
    setting = ", ".join(WORDS[name][getattr(model, name)] for name in SWITCHES)
    assert words.startswith(f"Ledger with {setting}. ") and words.endswith(".")
    rows = words.removeprefix(f"Ledger with {setting}. ").removesuffix(".").split(". ")
    assert len(rows) == 4
    for loss, row in zip(LOSSES, rows, strict=True):
        said = [f"{entry.block} {norm_text(entry)}, {entry.verdict}" for entry in entries if entry.loss == loss]
        assert row == f"{' '.join(TITLES[loss])}: {'; '.join(said)}"


def test_no_text_lies_on_another_or_outside(shown):
    tree = shown[2]
    assert_laid_out(tree)
    assert overlapping([rectangle_of(drawn[0]) for drawn in drawn_entries(tree)]) == []


def test_every_setting_looks_different():
    pictures = {GradientLedger(*setting).picture() for setting in product([False, True], repeat=4)}
    assert len(pictures) == 16


@pytest.mark.parametrize("gradient, exact", [(1e-17, 0.0), (0.0, 0.0), (-1e-12, 1.0)])
def test_what_rounding_leaves_of_a_zero_is_zero(monkeypatch, gradient, exact):
    entry = Entry("actor", "critic output", np.full(3, gradient), np.full(3, exact))
    monkeypatch.setattr(gradient_ledger, "ledger", lambda *arguments: [entry])
    model = GradientLedger()
    (drawn,) = drawn_entries(assert_sound(model.picture()))
    assert written(drawn)[0] == "0" and f"critic output 0, {entry.verdict}" in model.words()
    assert any(part.get("stroke-dasharray") for part in drawn) == (entry.verdict == "dead")


# The widget


@pytest.mark.parametrize("name", SWITCHES)
def test_a_moved_slider_sets_its_switch_and_changes_the_picture(name):
    board = explore_ledger()
    before, control = board.picture.value, board.controls[name]
    control.set_state({"index": 1})
    assert {each: getattr(board.model, each) for each in SWITCHES} == {each: each == name for each in SWITCHES}
    assert board.picture.value == board.model.picture() != before
    control.set_state({"index": 0})
    assert board.picture.value == before


def test_all_switches_start_as_in_the_textbook():
    board = explore_ledger()
    assert list(board.controls) == list(SWITCHES) and board.model == GradientLedger()
    assert board.picture.value == GradientLedger().picture()
    assert [control.options[0][1] for control in board.controls.values()] == [False] * 4


def test_fallback_without_widgets():
    board = explore_ledger()
    bundle = board._repr_mimebundle_()
    (image,) = ElementTree.fromstring(f"<div>{bundle['text/html'].replace('>', '/>', 1)}</div>")
    assert image.get("alt") == board.model.words() == bundle["text/plain"]
    assert all(control.description and control.tooltip for control in board.controls.values())

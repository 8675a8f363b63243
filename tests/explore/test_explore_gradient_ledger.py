"""The explorer of lesson 07: every cell of the ledger with its norm, its verdict and its look, in table and words."""

import re
from itertools import product
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outputs import content

from helpers.drawing import svg
from helpers.drawing.library import style
from helpers.explore import explore_ledger, gradient_ledger
from helpers.explore.gradient_ledger import COLUMNS, LOOKS, NOTES, SAME, TITLES, GradientLedger
from helpers.rl.gradient_ledger import LOSSES, PHI0, Entry, Switches, ledger
from helpers.running_actor import THETA0

SWITCHES = ("leak", "through_target", "dead", "shared")
WORDS = {
    "leak": ("δ cut in the actor's loss", "δ not cut in the actor's loss"),
    "through_target": ("V(s′) cut in δ", "V(s′) not cut in δ"),
    "dead": ("critic alive", "critic dead"),
    "shared": ("two networks", "hidden layer shared"),
}
SEVEN = st.lists(st.floats(-2, 2), min_size=7, max_size=7)
SETTINGS = list(product([False, True], repeat=4))


@pytest.fixture(scope="module", params=SETTINGS, ids=str)
def shown(request):
    model = GradientLedger(*request.param)
    table = ElementTree.fromstring(model.table().replace("<br>", "<br/>").replace(" hidden>", " hidden='hidden'>"))
    return model, ledger(THETA0, PHI0, Switches(*request.param)), table


def norm_text(cell):
    norm = np.linalg.norm(cell.gradient)
    return svg.number(norm) if norm > 1e-10 else "0"


def rows(table):
    """(head, cells) of each row, those that are seen."""
    for row in table.iter("tr"):
        head, *cells = (cell for cell in row if not cell.get("hidden"))
        yield head, cells


def test_every_cell_shows_its_norm_and_verdict(shown):
    _, cells, table = shown
    heads, *losses = rows(table)
    columns = [head.text for head in heads[1]]
    assert set(columns) == {cell.block for cell in cells}
    found = {
        (loss, column): [part.text for part in cell if part.tag != "br"]
        for loss, (_, row) in zip(LOSSES, losses, strict=True)
        for column, cell in zip(columns, row, strict=True)
    }
    assert found == {(cell.loss, cell.block): [norm_text(cell), cell.verdict] for cell in cells}


def test_rows_and_columns_are_named(shown):
    _, _, table = shown
    heads, *losses = rows(table)
    assert all(head.get("scope") == "col" for head in heads[1])
    for loss, (head, _) in zip(LOSSES, losses, strict=True):
        assert head.get("scope") == "row" and tuple(head.itertext()) == TITLES[loss]


def test_columns_fill_the_table(shown):
    for _, cells in rows(shown[2]):
        assert sum(int(cell.get("colspan", 1)) for cell in cells) == len(COLUMNS)


def test_look_tells_right_from_wrong_and_whose_fault_it_is(shown):
    model, cells, _ = shown
    textbook = ledger(THETA0, PHI0, Switches(shared=model.shared))
    state = model.state()
    for cell, correct in zip(cells, textbook, strict=True):
        arrives, should = norm_text(cell) != "0", np.linalg.norm(cell.exact) > 1e-10
        right = arrives == should and (not arrives or np.all(np.sign(cell.gradient) == np.sign(cell.exact)))
        same = np.allclose(cell.gradient, correct.gradient, rtol=1e-12, atol=1e-14)
        look = "none" if not (arrives or should) else "right" if right else "noise" if same else "wrong"
        row = state["rows"][LOSSES.index(cell.loss)]
        assert row[state["columns"].index(cell.block)] == [norm_text(cell), cell.verdict, look]


@pytest.mark.parametrize("shared", [False, True])
def test_the_textbooks_program_has_no_warning(shared):
    looks = [entry[2] for row in GradientLedger(shared=shared).state()["rows"] for entry in row if entry]
    assert "wrong" not in looks and "noise" in looks and set(looks) <= set(LOOKS)


@settings(max_examples=30)
@given(SEVEN, SEVEN, st.booleans())
def test_no_critic_however_wrong_makes_the_textbooks_program_look_wrong(theta, phi, shared):
    state = GradientLedger(shared=shared, theta=np.array(theta), phi=np.array(phi)).state()
    assert "wrong" not in [entry[2] for row in state["rows"] for entry in row if entry]


def test_only_what_the_program_does_wrong_has_the_colours_of_a_warning():
    rules = dict(re.findall(r"\.ledger \.(\w+) {(.*?)}", style("ledger")))
    assert re.search(r"--neg\b", rules["wrong"]) and "dashed" in rules["wrong"]
    assert not any(re.search("--neg|--now|--glow", rules[look]) for look in ("right", "noise"))


def test_equal_rows_are_told(shown):
    model, cells, _ = shown
    last = [[cell.gradient for cell in cells if cell.loss == loss] for loss in ("sum", "own")]
    same = all(np.allclose(a, b, rtol=1e-14, atol=0) for a, b in zip(*last, strict=True))
    assert model.state()["note"].endswith(SAME) == same == (not model.leak)


def test_every_switch_has_its_note_and_the_notes_are_true(shown):
    model, cells, _ = shown
    for name, note in NOTES.items():
        assert (note in model.state()["note"]) == getattr(model, name)
    if model.dead and not model.leak:  # "on average the actor is not pushed at all"
        pushes = [cell.norm for cell in cells if cell.loss == "actor" and "actor" in cell.block]
        assert max(pushes) < 1e-10


def test_words_say_everything(shown):
    model, cells, _ = shown
    setting = ", ".join(WORDS[name][getattr(model, name)] for name in SWITCHES)
    words = model.words()
    assert words.startswith(f"Ledger with {setting}. ") and words.endswith(".")
    said = words.removeprefix(f"Ledger with {setting}. ").removesuffix(".").split(". ")
    assert len(said) == 4
    for loss, row in zip(LOSSES, said, strict=True):
        each = "; ".join(f"{cell.block} {norm_text(cell)}, {cell.verdict}" for cell in cells if cell.loss == loss)
        assert row == f"{' '.join(TITLES[loss])}: {each}"


def test_all_sixteen_states_travel():
    explorer = explore_ledger()
    states = content(explorer)["states"]
    assert len(states) == 16 and len({str(state) for state in states.values()}) == 16
    for setting in SETTINGS:
        assert states["".join(str(int(each)) for each in setting)] == GradientLedger(*setting).state()
    assert [control["start"] for control in explorer.model.controls()] == [False] * 4
    assert [control["name"] for control in explorer.model.controls()] == list(SWITCHES)


@pytest.mark.parametrize("gradient, exact", [(1e-17, 0.0), (0.0, 0.0), (-1e-12, 1.0)])
def test_what_rounding_leaves_of_a_zero_is_zero(monkeypatch, gradient, exact):
    cell = Entry("actor", "critic output", np.full(3, gradient), np.full(3, exact))
    monkeypatch.setattr(gradient_ledger, "ledger", lambda *arguments: [cell])
    state, words = GradientLedger().state(), GradientLedger().words()
    assert state["rows"][0][3][0] == "0" and f"critic output 0, {cell.verdict}" in words
    assert (state["rows"][0][3][2] == "none") == (cell.verdict != "dead")


# A network of the reader's own


def test_networks_of_ones_own():
    theta, phi = np.linspace(-1, 1, 7), np.linspace(2, -2, 7)
    model = explore_ledger(theta, phi=list(phi)).model
    assert model.words() != GradientLedger().words()
    for cell, other in zip(model.cells(), ledger(theta, phi), strict=True):
        assert np.array_equal(cell.gradient, other.gradient)
    states = content(explore_ledger(theta, phi))["states"]
    assert states["1010"] == GradientLedger(True, False, True, False, theta, phi).state()


@pytest.mark.parametrize("name", ["theta", "phi"])
@pytest.mark.parametrize("wrong", [np.zeros(6), np.full(7, np.nan), ["a"] * 7, 3.0])
def test_other_than_seven_numbers_are_refused(name, wrong):
    with pytest.raises((TypeError, ValueError), match=name):
        explore_ledger(**{name: wrong})

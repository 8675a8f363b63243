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
from helpers.explore.gradient_ledger import CUT, LOOKS, NOTES, TITLES, GradientLedger
from helpers.rl.gradient_ledger import LOSSES, NETWORKS, PHI0, Entry, ledger
from helpers.running_actor import THETA0

WORDS = {
    "leak": ("δ cut in the actor's loss", "δ not cut in the actor's loss"),
    "through_target": ("V(s′) cut in δ", "V(s′) not cut in δ"),
}
SEVEN = st.lists(st.floats(-2, 2), min_size=7, max_size=7)
SETTINGS = list(product([False, True], repeat=2))


@pytest.fixture(scope="module", params=SETTINGS, ids=str)
def shown(request):
    model = GradientLedger(*request.param)
    table = ElementTree.fromstring(model.table().replace("<br>", "<br/>"))
    return model, ledger(THETA0, PHI0, *request.param), table


def norm_text(cell):
    norm = np.linalg.norm(cell.gradient)
    return svg.number(norm) if norm > 1e-10 else "0"


def rows(table):
    """(head, cells) of each row."""
    for row in table.iter("tr"):
        head, *cells = row
        yield head, cells


def test_every_cell_shows_its_norm_and_verdict(shown):
    _, cells, table = shown
    heads, *losses = rows(table)
    columns = [head.text for head in heads[1]]
    assert columns == [*NETWORKS]
    found = {
        (loss, column): [part.text for part in cell if part.tag != "br"]
        for loss, (_, row) in zip(LOSSES, losses, strict=True)
        for column, cell in zip(columns, row, strict=True)
    }
    assert found == {(cell.loss, cell.network): [norm_text(cell), cell.verdict] for cell in cells}


def test_rows_and_columns_are_named(shown):
    _, _, table = shown
    heads, *losses = rows(table)
    assert all(head.get("scope") == "col" for head in heads[1])
    for loss, (head, _) in zip(LOSSES, losses, strict=True):
        assert head.get("scope") == "row" and tuple(head.itertext()) == TITLES[loss]


def test_look_tells_what_a_missing_cut_has_changed(shown):
    model, cells, _ = shown
    for cell, textbook in zip(cells, ledger(THETA0, PHI0), strict=True):
        same = np.allclose(cell.gradient, textbook.gradient, rtol=1e-12, atol=1e-14)
        look = "wrong" if not same else "none" if norm_text(cell) == "0" else "right"
        row = model.state()["rows"][LOSSES.index(cell.loss)]
        assert row[NETWORKS.index(cell.network)] == [norm_text(cell), cell.verdict, look]


@settings(max_examples=30)
@given(SEVEN, SEVEN)
def test_no_critic_however_wrong_makes_the_textbooks_program_look_wrong(theta, phi):
    state = GradientLedger(theta=np.array(theta), phi=np.array(phi)).state()
    assert {entry[2] for row in state["rows"] for entry in row} <= {"none", "right"} < {*LOOKS}


def test_only_what_the_program_does_wrong_has_the_colours_of_a_warning():
    rules = dict(re.findall(r"\.ledger \.(\w+) {(.*?)}", style("ledger")))
    assert re.search(r"--neg\b", rules["wrong"]) and "dashed" in rules["wrong"]
    assert not re.search("--neg|--now|--glow", rules["right"])


def test_every_switch_has_its_note(shown):
    note = shown[0].state()["note"]
    assert all((words in note) == getattr(shown[0], name) for name, words in NOTES.items())
    assert (note == CUT) == (not shown[0].leak and not shown[0].through_target)


def test_words_say_everything(shown):
    model, cells, _ = shown
    setting = ", ".join(WORDS[name][getattr(model, name)] for name in WORDS)
    words = model.words()
    assert words.startswith(f"Ledger with {setting}. ") and words.endswith(".")
    said = words.removeprefix(f"Ledger with {setting}. ").removesuffix(".").split(". ")
    for loss, row in zip(LOSSES, said, strict=True):
        each = "; ".join(f"{cell.network} {norm_text(cell)}, {cell.verdict}" for cell in cells if cell.loss == loss)
        assert row == f"{' '.join(TITLES[loss])}: {each}"


def test_all_four_states_travel():
    explorer = explore_ledger()
    states = content(explorer)["states"]
    assert len(states) == 4 and len({str(state) for state in states.values()}) == 4
    for setting in SETTINGS:
        assert states["".join(str(int(each)) for each in setting)] == GradientLedger(*setting).state()
    assert [control["start"] for control in explorer.model.controls()] == [False] * 2
    assert [control["name"] for control in explorer.model.controls()] == [*WORDS]


@pytest.mark.parametrize("gradient, textbook", [(1e-17, 0.0), (0.0, 0.0), (-1e-12, 1.0)])
def test_what_rounding_leaves_of_a_zero_is_zero(monkeypatch, gradient, textbook):
    cell = Entry("actor", "actor", np.full(3, gradient), np.full(3, textbook))
    monkeypatch.setattr(gradient_ledger, "ledger", lambda *arguments: [cell])
    state, words = GradientLedger().state(), GradientLedger().words()
    assert state["rows"][0][0] == ["0", "nothing", "none"] and "actor 0, nothing" in words


# A network of the reader's own


def test_networks_of_ones_own():
    theta, phi = np.linspace(-1, 1, 7), np.linspace(2, -2, 7)
    model = explore_ledger(theta, phi=list(phi)).model
    assert model.words() != GradientLedger().words()
    for cell, other in zip(model.cells(), ledger(theta, phi), strict=True):
        assert np.array_equal(cell.gradient, other.gradient)
    states = content(explore_ledger(theta, phi))["states"]
    assert states["10"] == GradientLedger(True, False, theta, phi).state()


@pytest.mark.parametrize("name", ["theta", "phi"])
@pytest.mark.parametrize("wrong", [np.zeros(6), np.full(7, np.nan), ["a"] * 7, 3.0])
def test_other_than_seven_numbers_are_refused(name, wrong):
    with pytest.raises((TypeError, ValueError), match=name):
        explore_ledger(**{name: wrong})

"""Explorer of lesson 07, the gradient-flow ledger: which loss sends which gradient into which parameters."""

from dataclasses import dataclass, field
from itertools import product

import numpy as np

from helpers.drawing.svg import number
from helpers.drawing.svg import words as escaped
from helpers.explore.controls import switch
from helpers.explore.explorer import Explorer
from helpers.rl.gradient_ledger import LOSSES, PHI0, TINY, Switches, ledger
from helpers.running_actor import THETA0, check_seven

TITLES = {
    "actor": ("actor's loss", "−δ · log π"),
    "critic": ("critic's loss", "δ²/2"),
    "sum": ("sum of both", "one optimiser"),
    "own": ("each its own", "two optimisers"),
}
COLUMNS = ("actor output", "actor hidden", "critic hidden", "critic output")  # a shared hidden layer takes both middles
SWITCHES = {
    "leak": "δ not cut in actor's loss",
    "through_target": "V(s′) not cut in δ",
    "dead": "critic dead, V = 0",
    "shared": "hidden layer shared",
}
LOOKS = {
    "none": "nothing, as it should be",
    "right": "all signs right",
    "noise": "a sign differs: the critic is still wrong, the program is not",
    "wrong": "wrong, and by the program",
}
NOTES = {
    "leak": "δ is not cut: the actor's loss pushes the critic as well, towards values that flatter the actor.",
    "through_target": "V(s′) is not cut: the critic moves its target towards its guess as well.",
    "dead": "With V = 0 every δ is −1: all actions are pushed alike, and on average the actor is not pushed at all.",
    "shared": "The shared layer is moved by both losses.",
}
SAME = "The last two rows are the same: no loss reaches a network that is not its own, and one optimiser does for two."


@dataclass
class GradientLedger:
    """The switches of `ledger.Switches`, and the ledger of actor theta and critic phi as a table."""

    leak: bool = False
    through_target: bool = False
    dead: bool = False
    shared: bool = False
    theta: np.ndarray = field(default_factory=lambda: THETA0)
    phi: np.ndarray = field(default_factory=lambda: PHI0)

    def cells(self):
        """The ledger's cells with these switches."""
        return ledger(self.theta, self.phi, Switches(self.leak, self.through_target, self.dead, self.shared))

    def state(self):
        """What is shown: titles of the columns, rows of [number, verdict, look] or None, and the words in parts.

        A look is a key of `LOOKS`. A cell that is right in the textbook's program is not the program's fault in another
        that has the same gradient there.
        """
        cells, textbook = self.cells(), ledger(self.theta, self.phi, Switches(shared=self.shared))
        columns = [None if self.shared and "hidden" in name else name for name in COLUMNS]
        if self.shared:
            columns[1] = "shared hidden"
        rows = [[None] * len(columns) for _ in LOSSES]
        for cell, correct in zip(cells, textbook, strict=True):
            entry = [_size(cell), cell.verdict, _look(cell, correct)]
            rows[LOSSES.index(cell.loss)][columns.index(cell.block)] = entry
        last = [[cell.gradient for cell in cells if cell.loss == loss] for loss in ("sum", "own")]
        notes = [note for name, note in NOTES.items() if getattr(self, name)]
        note = " ".join([*notes, *([SAME] if all(map(np.array_equal, *last)) else [])])
        return {"columns": columns, "rows": rows, "setting": self.setting(), "note": note, "said": self.said(cells)}

    def setting(self):
        """The switches in words."""
        settings = [
            "δ not cut in the actor's loss" if self.leak else "δ cut in the actor's loss",
            "V(s′) not cut in δ" if self.through_target else "V(s′) cut in δ",
            "critic dead" if self.dead else "critic alive",
            "hidden layer shared" if self.shared else "two networks",
        ]
        return f"Ledger with {', '.join(settings)}."

    def said(self, cells):
        """Every row in words."""
        rows = {loss: [cell for cell in cells if cell.loss == loss] for loss in LOSSES}
        cell_words = "{0.block} {1}, {0.verdict}".format
        return [
            f"{' '.join(TITLES[loss])}: {'; '.join(cell_words(cell, _size(cell)) for cell in row)}."
            for loss, row in rows.items()
        ]

    def words(self):
        """The switches, then every cell, in words."""
        return " ".join([self.setting(), *self.said(self.cells())])

    def controls(self):
        """The four switches."""
        return [switch(name, label, getattr(self, name)) for name, label in SWITCHES.items()]

    def data(self):
        """What the script needs: all states, by the switches as a text of 0 and 1."""
        settings = product((False, True), repeat=len(SWITCHES))
        models = (GradientLedger(*setting, self.theta, self.phi) for setting in settings)
        return {"states": {"".join(str(int(getattr(m, name))) for name in SWITCHES): m.state() for m in models}}

    def table(self):
        """The ledger as an HTML table: a row for each loss, a column for each block of parameters."""
        state = self.state()
        heads = "".join(_head(name, "col", k, state["columns"]) for k, name in enumerate(state["columns"]))
        rows = "".join(
            f"<tr><th scope='row'><b>{title}</b><br>{escaped(formula)}</th>"
            + "".join(_cell(entry, k, row) for k, entry in enumerate(row))
            + "</tr>"
            for (title, formula), row in zip(TITLES.values(), state["rows"], strict=True)
        )
        legend = "".join(f"<li><i class='{look}'></i>{words}</li>" for look, words in LOOKS.items())
        return (
            "<div class='ledger'><table aria-label='Length of the gradient of each loss in each block of parameters'>"
            f"<thead><tr><th scope='col'>length of the gradient of … in …</th>{heads}</tr></thead>"
            f"<tbody>{rows}</tbody></table>"
            f"<p class='note'>{state['note']}</p><ul>{legend}</ul></div>"
        )


class LedgerExplorer(Explorer):
    """An explorer whose still picture is a table."""

    def still(self):
        """The table of the first state."""
        return self.model.table()


def _look(cell, correct):
    if cell.verdict.startswith("nothing"):
        return "none"
    if cell.verdict == "exact" or cell.agreement == len(cell.exact):
        return "right"
    return "noise" if np.array_equal(cell.gradient, correct.gradient) else "wrong"


def _size(cell):
    """The gradient's norm; what rounding has left of a zero is 0."""
    return number(cell.norm) if cell.norm > TINY else "0"


def _span(entries, k):
    """Attributes of a place in a row: it takes the next one as well where that is empty."""
    return " hidden" if entries[k] is None else " colspan='2'" if entries[k + 1 : k + 2] == [None] else ""


def _head(name, scope, k, columns):
    owner = (name or "").split(" ")[0]
    return f"<th scope='{scope}' class='{owner}'{_span(columns, k)}>{name or ''}</th>"


def _cell(entry, k, row):
    size, verdict, look = entry or ("", "", "none")
    return f"<td class='{look}'{_span(row, k)}><b>{size}</b><br><span>{verdict}</span></td>"


def explore_ledger(theta=THETA0, phi=PHI0):
    """Switch what is cut, dead and shared in an actor-critic, and see where gradients go; returns a live output.

    theta, phi: actor and critic, seven numbers each. All 16 ledgers are computed here: it needs no kernel afterwards.
    Raises ValueError or TypeError when theta or phi are not seven finite numbers.
    """
    model = GradientLedger(theta=check_seven(theta, "theta"), phi=check_seven(phi, "phi"))
    return LedgerExplorer("ledger", "Gradient-flow ledger", model)

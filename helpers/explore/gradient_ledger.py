"""Explorer of lesson 07, the gradient-flow ledger: which loss sends which gradient into which network."""

from dataclasses import dataclass, field
from itertools import product

import numpy as np

from helpers.drawing.svg import number
from helpers.drawing.svg import words as escaped
from helpers.explore.controls import switch
from helpers.explore.explorer import Explorer
from helpers.rl.gradient_ledger import LOSSES, NETWORKS, PHI0, TINY, ledger
from helpers.running_actor import THETA0, check_seven

TITLES = {
    "actor": ("actor's loss", "−δ · log π"),
    "critic": ("critic's loss", "δ²/2"),
    "sum": ("both losses", "added"),
}
SWITCHES = {"leak": "δ not cut in actor's loss", "through_target": "V(s′) not cut in δ"}
LOOKS = {"none": "nothing arrives", "right": "as the textbook sends it", "wrong": "changed by a missing cut"}
CUT = "Both wires are cut: each loss moves its own network, and no other."
NOTES = {
    "leak": "δ is not cut: the actor's loss moves the critic as well.",
    "through_target": "V(s′) is not cut: the critic moves its target as well.",
}


@dataclass
class GradientLedger:
    """What a program forgot to cut, as in `ledger`, and the ledger of actor theta and critic phi as a table."""

    leak: bool = False
    through_target: bool = False
    theta: np.ndarray = field(default_factory=lambda: THETA0)
    phi: np.ndarray = field(default_factory=lambda: PHI0)

    def cells(self):
        """The ledger's cells with these switches."""
        return ledger(self.theta, self.phi, self.leak, self.through_target)

    def state(self):
        """What is shown: rows of [number, verdict, look], a look being a key of `LOOKS`, and the words in parts."""
        cells = self.cells()
        rows = [[[_size(cell), cell.verdict, _look(cell)] for cell in cells if cell.loss == loss] for loss in LOSSES]
        notes = [note for name, note in NOTES.items() if getattr(self, name)]
        return {"rows": rows, "setting": self.setting(), "note": " ".join(notes or [CUT]), "said": self.said(cells)}

    def setting(self):
        """The switches in words."""
        leak = "δ not cut in the actor's loss" if self.leak else "δ cut in the actor's loss"
        return f"Ledger with {leak}, {'V(s′) not cut in δ' if self.through_target else 'V(s′) cut in δ'}."

    def said(self, cells):
        """Every row in words."""
        rows = {loss: [cell for cell in cells if cell.loss == loss] for loss in LOSSES}
        cell_words = "{0.network} {1}, {0.verdict}".format
        return [
            f"{' '.join(TITLES[loss])}: {'; '.join(cell_words(cell, _size(cell)) for cell in row)}."
            for loss, row in rows.items()
        ]

    def words(self):
        """The switches, then every cell, in words."""
        return " ".join([self.setting(), *self.said(self.cells())])

    def controls(self):
        """The two switches."""
        return [switch(name, label, getattr(self, name)) for name, label in SWITCHES.items()]

    def data(self):
        """What the script needs: all states, by the switches as a text of 0 and 1."""
        settings = product((False, True), repeat=len(SWITCHES))
        models = (GradientLedger(*setting, self.theta, self.phi) for setting in settings)
        return {"states": {"".join(str(int(getattr(m, name))) for name in SWITCHES): m.state() for m in models}}

    def table(self):
        """The ledger as an HTML table: a row for each loss, a column for each network."""
        state = self.state()
        heads = "".join(f"<th scope='col' class='{name}'>{name}</th>" for name in NETWORKS)
        rows = "".join(
            f"<tr><th scope='row'><b>{title}</b><br>{escaped(formula)}</th>{''.join(map(_cell, row))}</tr>"
            for (title, formula), row in zip(TITLES.values(), state["rows"], strict=True)
        )
        legend = "".join(f"<li><i class='{look}'></i>{words}</li>" for look, words in LOOKS.items())
        return (
            "<div class='ledger'><table aria-label='Length of the gradient of each loss in each network'>"
            f"<thead><tr><th scope='col'>length of the gradient of … in …</th>{heads}</tr></thead>"
            f"<tbody>{rows}</tbody></table>"
            f"<p class='note'>{state['note']}</p><ul>{legend}</ul></div>"
        )


class LedgerExplorer(Explorer):
    """An explorer whose still picture is a table."""

    def still(self):
        """The table of the first state."""
        return self.model.table()


def _look(cell):
    return {"nothing": "none", "as it should be": "right"}.get(cell.verdict, "wrong")


def _size(cell):
    """The gradient's norm; what rounding has left of a zero is 0."""
    return number(cell.norm) if cell.norm > TINY else "0"


def _cell(entry):
    size, verdict, look = entry
    return f"<td class='{look}'><b>{size}</b><br><span>{verdict}</span></td>"


def explore_ledger(theta=THETA0, phi=PHI0):
    """Switch what is cut in an actor-critic, and see where gradients go; returns a live output.

    theta, phi: actor and critic, seven numbers each. All four ledgers are computed here: it needs no kernel afterwards.
    Raises ValueError or TypeError when theta or phi are not seven finite numbers.
    """
    model = GradientLedger(theta=check_seven(theta, "theta"), phi=check_seven(phi, "phi"))
    return LedgerExplorer("ledger", "Gradient-flow ledger", model)

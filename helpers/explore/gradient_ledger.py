"""Explorer of lesson 07, the gradient-flow ledger: which loss sends which gradient into which parameters."""

from dataclasses import dataclass

from helpers.drawing import svg
from helpers.drawing.heat_map import tint
from helpers.explore.board import Board, choice
from helpers.rl.gradient_ledger import LOSSES, PHI0, TINY, Switches, ledger
from helpers.running_actor import THETA0

WIDTH, LEFT, TOP, ROW, GAP = 740, 128, 54, 58, 6
TITLES = {
    "actor": ("actor's loss", "−δ · log π"),
    "critic": ("critic's loss", "δ²/2"),
    "sum": ("sum of both", "one optimiser"),
    "own": ("each its own", "two optimisers"),
}
RIGHT, WRONG = tint(svg.POSITIVE, 0.22), tint(svg.NEGATIVE, 0.35)
DIMMED = svg.INPUT


@dataclass
class GradientLedger:
    """The switches of `ledger.Switches`, and the ledger as a table."""

    leak: bool = False
    through_target: bool = False
    dead: bool = False
    shared: bool = False

    def entries(self):
        """The ledger's entries with these switches, at theta0 and phi0."""
        return ledger(THETA0, PHI0, Switches(self.leak, self.through_target, self.dead, self.shared))

    def picture(self):
        """The table as SVG: a row for each loss, a column for each block of parameters."""
        entries = self.entries()
        blocks = list(dict.fromkeys(entry.block for entry in entries))
        column = (WIDTH - LEFT) / len(blocks)
        elements = []
        for k, block in enumerate(blocks):
            colour = {"actor": svg.ACTOR, "critic": svg.CRITIC}.get(block.split()[0], svg.INK)
            elements.append(svg.text(LEFT + (k + 0.5) * column, TOP - 24, block, bold=True, fill=colour, size=13))
        elements.append(svg.text(LEFT - 12, TOP - 24, "gradient of … in …", anchor="end", size=11))
        for row, loss in enumerate(LOSSES):
            y = TOP - 12 + row * (ROW + GAP)
            for line, words in enumerate(TITLES[loss]):
                elements.append(svg.text(LEFT - 12, y + 25 + 17 * line, words, anchor="end", bold=line == 0))
            for entry in entries:
                if entry.loss == loss:
                    elements.append(_drawn(entry, LEFT + blocks.index(entry.block) * column, y, column - GAP))
        return svg.picture(WIDTH, TOP + len(LOSSES) * (ROW + GAP), elements, self.words())

    def words(self):
        """The switches, then every entry, in words."""
        setting = ", ".join(
            [
                "δ not cut in the actor's loss" if self.leak else "δ cut in the actor's loss",
                "V(s′) not cut in δ" if self.through_target else "V(s′) cut in δ",
                "critic dead" if self.dead else "critic alive",
                "hidden layer shared" if self.shared else "two networks",
            ]
        )
        rows = (
            f"{' '.join(TITLES[loss])}: " + "; ".join(_said(entry) for entry in self.entries() if entry.loss == loss)
            for loss in LOSSES
        )
        return f"Ledger with {setting}. " + ". ".join(rows) + "."


def _said(entry):
    return f"{entry.block} {_size(entry)}, {entry.verdict}"


def _size(entry):
    """The gradient's norm; what rounding has left of a zero is 0."""
    return svg.number(entry.norm) if entry.norm > TINY else "0"


def _drawn(entry, x, y, width):
    """One entry: the gradient's norm, and the verdict; a heavy dashed border where something is wrong."""
    nothing = entry.verdict.startswith("nothing")
    fine = nothing or entry.verdict == "exact" or entry.agreement == len(entry.exact)
    fill = svg.CARD if nothing else RIGHT if fine else DIMMED if entry.verdict == "dead" else WRONG
    parts = svg.rectangle(x, y, width, ROW, fill=fill, stroke=svg.DIM, stroke_width=0.8, radius=4)
    if not fine:
        parts += svg.line(
            f"M{x + 2:.1f} {y + 2:.1f}h{width - 4:.1f}v{ROW - 4}h-{width - 4:.1f}z",
            stroke=svg.NEGATIVE, width=2, dashed=True,
        )  # fmt: skip
    parts += svg.text(x + width / 2, y + 25, _size(entry), size=15, bold=True)
    verdict = "as it should be" if nothing else entry.verdict
    parts += svg.text(x + width / 2, y + 44, verdict, size=11)
    return f"<g>{parts}</g>"


def explore_ledger():
    """Switch what is cut, dead and shared in an actor-critic, and see where gradients go; returns a widget."""
    model = GradientLedger()
    options = {
        "leak": ("δ in actor's", [("cut", False), ("not cut", True)]),
        "through_target": ("V(s′) in δ", [("cut", False), ("not cut", True)]),
        "dead": ("critic", [("alive", False), ("dead, V = 0", True)]),
        "shared": ("hidden layer", [("one each", False), ("shared", True)]),
    }
    controls = {name: choice(label, values, False) for name, (label, values) in options.items()}
    return Board(model, **controls)

"""The bug hunt: the reader's own backward pass, ill in one place, five times, and each on a network of its own.

Each answer is an object to be shown, never an exception.
"""

import ast
import inspect
from functools import lru_cache

from helpers.checks.results import Text, Verdict, one_of_many
from helpers.engine.assembly import assemble
from helpers.engine.hunt.evidence import table
from helpers.engine.hunt.illness import falls_ill
from helpers.engine.hunt.mending import mended
from helpers.engine.hunt.patients import PATIENTS
from helpers.engine.part import PARTS

PASS = ("softmax_cross_entropy", "backward", "linear_backward")


class BugHunt:
    """Patients, numbered from 1, made of an `engine()`."""

    def __init__(self, E):
        self.texts = {
            name: inspect.getsource(getattr(E, name)) if name in E.yours else PARTS[name].own for name in PASS
        }
        self.yours = set(PASS) & set(E.yours)

    def __repr__(self):
        return f"{len(PATIENTS)} patients: hunt.patient(1) shows the first."

    @one_of_many
    def patient(self, k):
        """Show the gradients of patient k."""
        if wrong := wrong_number(k):
            return wrong
        patient, text = PATIENTS[k - 1], self.texts[PATIENTS[k - 1].part]
        sizes, rows = " → ".join(map(str, patient.sizes)), f"{patient.rows} row{'s' * (patient.rows > 1)}"
        head = f"**Patient {k}.** Network {sizes}, {rows}. Each gradient is compared with the nudged one."
        if patient.part in self.yours and not illness(patient, text).yours:
            head += f" Here `{patient.part}` is the series' own, in the place of yours."
        return Text(f"{head}\n\n{shown(k, text)}")

    @one_of_many
    def mend(self, k, line="..."):
        """Judge a line that shall mend patient k."""
        if wrong := wrong_number(k):
            return wrong
        patient = PATIENTS[k - 1]
        others = {name: text for name, text in self.texts.items() if name != patient.part}
        return mended(patient, illness(patient, self.texts[patient.part]), others, line)

    @one_of_many
    def code(self, k):
        """Show the functions of patient k, of which one has an ill line."""
        if wrong := wrong_number(k):
            return wrong
        part = PATIENTS[k - 1].part
        ill = illness(PATIENTS[k - 1], self.texts[part])
        whose = {name: "yours" if name in self.yours else "lent" for name in PASS}
        whose[part] = "yours" if part in self.yours and ill.yours else "lent"
        texts = {**self.texts, part: ill.text}
        told = ", ".join(f"`{name}` ({whose[name]})" for name in PASS)
        return Text(f"{told}\n\n```python\n" + "\n\n\n".join(map(in_one_hand, texts.values())) + "\n```")

    @one_of_many
    def solution(self, k):
        """Show the line of patient k as it was, and why."""
        if wrong := wrong_number(k):
            return wrong
        patient = PATIENTS[k - 1]
        ill = illness(patient, self.texts[patient.part])
        now = f"where now `{ill.wrong}` stands" if ill.wrong else "which is left out"
        return Text(f"In `{patient.part}`: `{ill.right}`, {now}. {patient.words}")


@lru_cache(maxsize=64)
def illness(patient, text):
    """As `falls_ill`, once for each text."""
    return falls_ill(patient, text)


@lru_cache(maxsize=64)
def shown(k, text):
    """The table of patient k, made of this text."""
    patient = PATIENTS[k - 1]
    return table(assemble({patient.part: illness(patient, text).text}), patient.case())


def in_one_hand(text):
    """A function as Python writes it, without comments, so that no line tells by its form that it was changed."""
    lines = ast.unparse(ast.parse(text)).splitlines()
    return "\n".join(map(without_brackets, lines))


def without_brackets(line):
    """`return a, b` and `x, y = a, b` as people write them."""
    head, bracket, rest = line.partition(" (")
    whole = bracket and rest.endswith(")") and (head.endswith(" =") or head.strip() == "return")
    bare = f"{head} {rest[:-1]}"
    return bare if whole and alike(line, bare) else line


def alike(line, other):
    """Whether two lines mean the same."""
    try:
        return ast.dump(ast.parse(line.strip())) == ast.dump(ast.parse(other.strip()))
    except SyntaxError:
        return False


def wrong_number(k):
    """A `Verdict` if k is not the number of a patient, else None."""
    if isinstance(k, int) and not isinstance(k, bool) and 1 <= k <= len(PATIENTS):
        return None
    return Verdict("wrong", f"k must be the number of a patient, 1 to {len(PATIENTS)}, it is {k!r}.")

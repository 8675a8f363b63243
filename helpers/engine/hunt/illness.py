"""A right part falls ill: a line of its text is changed so that it does what the patient's does."""

import ast
from dataclasses import dataclass

import numpy as np

from helpers.diagnosis.edits import edits, with_node
from helpers.engine.assembly import assemble, one_function
from helpers.engine.hunt.patients import asked_twice
from helpers.engine.judging import quiet
from helpers.engine.numbers import alike, leaves
from helpers.engine.part import PARTS
from helpers.engine.ticks import Counter, Endless

SIMPLE = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Expr, ast.Return, ast.Pass)


@dataclass(frozen=True)
class Illness:
    """text: of the ill part; wrong, right: the line as it is and as it was; yours: whether the text is the reader's.

    wrong is '' for a line that is left out.
    """

    text: str
    wrong: str
    right: str
    yours: bool


def falls_ill(patient, text):
    """Return the `Illness` of this right text of the patient's part; of the series' own where no line of it will do."""
    own = PARTS[patient.part].own
    wanted = behaviour(patient, patient.text)
    for other, wrong, right in lines_changed(patient, text) if text != own else ():
        if same(behaviour(patient, other), wanted):
            return Illness(other, wrong, right, yours=True)
    [(other, wrong, right)] = replaced(patient, own)
    return Illness(other, wrong, right, yours=False)


def lines_changed(patient, text):
    """(text, wrong line, right line) for each text that differs from this one in one line."""
    yield from replaced(patient, text)
    tree = one_function(text, patient.part)
    yield from in_place(tree, text)
    for other in (ast.fix_missing_locations(other) for _, other in edits(tree, ())):
        pairs = [*zip(statements(tree), statements(other), strict=False)]
        differing = [(old, new) for old, new in pairs if old is not new and ast.dump(old) != ast.dump(new)]
        if len(differing) == 1 and alone(text, differing[0][0]):
            old, new = differing[0]
            left_out = isinstance(new, ast.Pass)
            for line in ("", "pass") if left_out else (ast.unparse(new),):
                yield with_line(text, old, line), line, ast.unparse(old)


def replaced(patient, text):
    """The patient's own edit, where the text has what it replaces."""
    if text.count(patient.right) == 1:
        other = text.replace(patient.right, patient.wrong)
        pairs = zip(text.splitlines(), other.splitlines(), strict=False)
        right, wrong = next((old.strip(), new.strip()) for old, new in pairs if old != new)
        yield other, wrong, right


def in_place(tree, text):
    """As `lines_changed`: an array that a line squares is squared in place."""
    for old in statements(tree):
        for node in ast.walk(old):
            if (name := squared(node)) and alone(text, old):
                there = ast.parse(f"np.square({name}, out={name})", mode="eval").body
                wrong = ast.unparse(ast.fix_missing_locations(with_node(old, node, there)))
                yield with_line(text, old, wrong), wrong, ast.unparse(old)


def squared(node):
    """The text of the array of which a node is the square, else ''."""
    if isinstance(node, ast.BinOp):
        twice = isinstance(node.op, ast.Mult) and ast.dump(node.left) == ast.dump(node.right)
        power = isinstance(node.op, ast.Pow) and getattr(node.right, "value", None) == 2
        base = node.left if twice or power else None
    else:
        of_numpy = isinstance(node, ast.Call) and ast.unparse(node).startswith(("np.square(", "np.power("))
        others = [ast.unparse(each) for each in node.args[1:]] + node.keywords if of_numpy else None
        base = node.args[0] if others in ([], ["2"]) else None
    return ast.unparse(base) if isinstance(base, ast.Name | ast.Subscript) else ""


def behaviour(patient, text):
    """What comes of the patient's case, asked twice, with this text: two lists of arrays, or None if it stops."""
    try:
        with quiet():
            E = assemble({patient.part: text}, Counter())
            return [leaves(gradient) for gradient in asked_twice(E, patient.case())]
    except (Exception, Endless):  # whatever a changed line does
        return None


def same(some, others):
    """Whether two behaviours agree: the first answers, and whether the second answer is the first."""
    if some is None or not all(np.all(np.isfinite(each)) for each in some[0]):
        return False
    steady = [alike(*both, 1e-9, 1e-12) for both in (some, others)]
    return alike(some[0], others[0], 1e-9, 1e-12) and steady[0] == steady[1]


def statements(tree):
    """All lines of a function that hold no others, in a fixed order."""
    return [node for node in ast.walk(tree) if isinstance(node, SIMPLE)]


def alone(text, statement):
    """Whether a statement has its lines for itself."""
    lines = text.splitlines()[statement.lineno - 1 : statement.end_lineno]
    return not lines[0][: statement.col_offset].strip() and ";" not in "".join(lines)


def with_line(text, old, line):
    """The text with a line in the place of a statement; without it for an empty one."""
    lines = text.splitlines()
    lines[old.lineno - 1 : old.end_lineno] = [" " * old.col_offset + line] if line else []
    return "\n".join(lines) + "\n"

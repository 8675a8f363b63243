"""A line of the reader's in the place of each line of the ill part: the judge of the part says whether it is well."""

import ast
import builtins
import re

from helpers.checks.results import Verdict
from helpers.diagnosis.edits import with_node
from helpers.engine.assembly import one_function
from helpers.engine.hunt.illness import SIMPLE, alone, statements, with_line
from helpers.engine.judging import judge
from helpers.engine.part import PARTS

ALL_LINES = "`hunt.code(k)` shows them all, k being the patient's number."


def mended(patient, illness, others, line):
    """The `Verdict` on a line for this patient; others: texts of the healthy parts, by name."""
    if line is None or line is ... or (isinstance(line, str) and line.strip() in ("", "...")):
        return Verdict("not attempted", "Put the line as it should be, whole, in the place of the dots.")
    try:
        statement = read(line)
    except ValueError as refused:
        return Verdict("wrong", str(refused))
    places = [old for old in statements(one_function(illness.text, patient.part)) if alone(illness.text, old)]
    wrong = next((old for old in places if ast.unparse(old) == ast.unparse(ast.parse(illness.wrong))), None)
    if wrong is not None and ast.dump(wrong) == ast.dump(statement):
        return Verdict("wrong", "This line stands there, and is ill.")
    if any(ast.dump(old) == ast.dump(statement) for old in places):
        return Verdict("wrong", "This line stands there, and is right: another one is at fault.")
    for other, text in others.items():
        if any(ast.dump(old) == ast.dump(statement) for old in statements(one_function(text, other))):
            return Verdict("wrong", f"This line stands in `{other}`, and nothing is wrong there.")
    part = PARTS[patient.part]
    said = [(old, judge(part, with_line(illness.text, old, ast.unparse(statement)))) for old in places]
    in_place = swapped(illness.text, wrong, statement)
    if not all(words for _, words in said) or any(not judge(part, text) for text in in_place):
        return Verdict("correct", f"{patient.words} The line was in `{patient.part}`.")
    if any(not judge(part, text) for text in added(illness.text, places, statement)):
        beside = f" It mends as one more line; in the place of `{illness.wrong}` alone it does not."
        return Verdict("correct", f"{patient.words} The line was in `{patient.part}`.{beside if illness.wrong else ''}")
    known = set.union(*map(names, map(ast.parse, (illness.text, *others.values()))), dir(builtins))
    if foreign := sorted(names(statement, stored=False) - known):
        return Verdict("wrong", f"No line of the pass knows `{foreign[0]}`. {ALL_LINES}")
    if isinstance(statement, ast.Expr) and not isinstance(statement.value, ast.Call):
        shown = ast.unparse(statement)
        return Verdict("wrong", f"`{shown}` is a piece of a line: write all of it, `name = …` or `return …`.")
    if not illness.wrong and assigned(statement) == assigned(read(illness.right)):
        return Verdict("wrong", missing(part, illness, places, statement))
    return Verdict("wrong", why_not(statement, wrong, said, others, patient.part))


def names(tree, stored=True):
    """The names that stand in a line or a function; stored: also those that it gives a value."""
    nodes = (node for node in ast.walk(tree) if not isinstance(node, ast.keyword))
    nodes = (node for node in nodes if stored or not isinstance(getattr(node, "ctx", None), ast.Store))
    return {getattr(node, "id", getattr(node, "arg", None)) for node in nodes} - {None}


def added(text, places, statement):
    """The text with one more line, before or after each of these statements."""
    for old in places:
        before, after = text.splitlines()[: old.end_lineno], text.splitlines()[old.end_lineno :]
        line = " " * old.col_offset + ast.unparse(statement)
        for above in (before[: old.lineno - 1], before):
            yield "\n".join([*above, line, *before[len(above) :], *after]) + "\n"


def swapped(text, wrong, statement):
    """The text with the value of a line in the place of each expression of the ill one.

    Not in the place of what a keyword is given: `out=` of a new array would mend whatever stands there.
    """
    if wrong is None or not isinstance(statement, ast.Assign | ast.Expr):
        return
    given = {id(node.value) for node in ast.walk(wrong) if isinstance(node, ast.keyword)}
    for node in ast.walk(wrong):
        if isinstance(node, ast.expr) and id(node) not in given:
            other = with_node(wrong, node, statement.value)
            yield with_line(text, wrong, ast.unparse(ast.fix_missing_locations(other)))


def missing(part, illness, places, statement):
    """Words for a line that stands where one is left out, and is not yet right."""
    both = zip(*(added(illness.text, places, line) for line in (read(illness.right), statement)), strict=True)
    words = next(judge(part, given) for right, given in both if not judge(part, right))
    return f"A line `{assigned(statement)}` is missing, yes. With yours, still: {words}"


def read(line):
    """The statement of a line; ValueError in words for anything else."""
    if not isinstance(line, str):
        raise ValueError(f"The line must be a text in quotes, it is `{line!r}`.")
    try:
        body = ast.parse(line.strip()).body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        if not re.search(r"[=(]|return", line):
            raise ValueError(
                "These are words. Here the line itself is asked, as it should be: `name = …` or `return …`."
            ) from None
        raise ValueError(f"Python can't read the line: {getattr(error, 'msg', error)}.") from None
    if len(body) != 1 or not isinstance(body[0], SIMPLE):
        raise ValueError("One line is asked, such as `db = ...` or `return ...`.")
    return body[0]


def assigned(statement):
    """What a line is about: the names that it assigns, or `return`, or what it calls."""
    targets = getattr(statement, "targets", None) or [getattr(statement, "target", None)]
    if isinstance(statement, ast.Return):
        return "return"
    value = getattr(statement, "value", None)
    if targets[0] is None:
        return ast.unparse(value.func) if isinstance(value, ast.Call) else ""
    return ", ".join(map(ast.unparse, targets))


def why_not(statement, wrong, said, others, part):
    """Words for a line that mends nothing. said: (statement, words of the judge with the line in its place)."""
    name = assigned(statement)
    if wrong is not None and assigned(wrong) == name:
        return f"In the place of that line, still: {next(words for old, words in said if old is wrong)}"
    if any(assigned(old) == name for old, _ in said):
        return f"The line `{name}` in `{part}` was right as it was: another one is at fault."
    for other, text in others.items():
        if any(assigned(old) == name for old in statements(one_function(text, other))):
            return f"A line `{name}` stands in `{other}`, and nothing is wrong there."
    return f"No line of the pass begins with `{name}`. {ALL_LINES}"

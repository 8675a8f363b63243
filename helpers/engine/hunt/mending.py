"""A line of the reader's in the place of each line of the ill part: the judge of the part says whether it is well."""

import ast

from helpers.checks.results import Verdict
from helpers.engine.assembly import one_function
from helpers.engine.hunt.illness import SIMPLE, alone, statements, with_line
from helpers.engine.judging import judge
from helpers.engine.part import PARTS


def mended(patient, illness, others, line):
    """The `Verdict` on a line for this patient; others: texts of the healthy parts, by name."""
    if line is None or line is ... or (isinstance(line, str) and line.strip() in ("", "...")):
        return Verdict("not attempted", "Put the line as it should be in the place of the dots.")
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
    trials = [(old, with_line(illness.text, old, ast.unparse(statement))) for old in places]
    said = [(old, judge(PARTS[patient.part], text)) for old, text in trials]
    if any(not words for _, words in said):
        return Verdict("correct", f"{patient.words} The line was in `{patient.part}`.")
    return Verdict("wrong", why_not(statement, wrong, said, others, patient.part))


def read(line):
    """The statement of a line; ValueError in words for anything else."""
    if not isinstance(line, str):
        raise ValueError(f"The line must be a text in quotes, it is `{line!r}`.")
    try:
        body = ast.parse(line.strip()).body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
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
    return f"No line of the pass begins with `{name}`. `hunt.code(k)` shows them all, k being the patient's number."

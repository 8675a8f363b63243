"""The bug hunt: `hunt.look(k)`, `hunt.names()`, `hunt.name(k, "...")` and `hunt.mend(k, "...")`.

Each answer is an object to be shown, never an exception.
"""

import ast
from functools import cache

from helpers.checks.mended_line import assignments, function_of, statement_of, with_line
from helpers.checks.patients import BLOCKS, PATIENTS, backward_pass, check_blocks, data, flaw_elsewhere, gradient_by
from helpers.checks.results import Text, Verdict, one_of_many
from helpers.checks.suspicion import why_not

CASE = data()
NAMES = sorted((mistake.name for mistake in PATIENTS.mistakes), key=str.lower)
TODO = Verdict("not attempted", "Replace the dots with your answer.")


@cache
def evidence(name):
    """The gradient reports of the patient with the bug of this name: block -> report."""
    bug = next(mistake for mistake in PATIENTS.mistakes if mistake.name == name)
    return check_blocks(gradient_by(PATIENTS.wrong_function((bug,)), CASE), CASE)


class Hunt:
    """Eight patients, numbered from 1: backward passes with one bug each."""

    def __repr__(self):
        return f"{len(NAMES)} patients: hunt.look(1) shows the first one, hunt.names() what may ail it."

    @one_of_many
    def look(self, k):
        """Show patient k: its source, and the gradient check of each block."""
        if wrong := wrong_number(k):
            return wrong
        bug = PATIENTS.mistakes[k - 1]
        head = "| block | shape | verdict | relative error | worst index | gradient there | numerical there |"
        rows = [row(block, report) for block, report in evidence(bug.name).items()]
        return Text(
            f"**Patient {k} of {len(NAMES)}**\n\n```python\n{PATIENTS.wrong_source((bug,))}```\n\n"
            + "The numbers on the right are central differences of the loss.\n\n"
            + "\n".join([head, "|---|---|---|---:|---|---:|---:|", *rows])
        )

    @one_of_many
    def names(self):
        """Show the eight names, in alphabetical order."""
        return Text("\n".join(f"- `{name}`" for name in NAMES))

    @one_of_many
    def name(self, k, name):
        """Judge the reader's name for the bug of patient k; returns a `Verdict`."""
        if wrong := wrong_number(k):
            return wrong
        if undone(name):
            return TODO
        wanted = " ".join(str(name).replace("`", "").lower().split())
        found = [n for n in NAMES if n.lower() == wanted] or [n for n in NAMES if wanted in n.lower()]
        if len(found) != 1:
            return Verdict("wrong", f"`{name}` is not one of the names: {', '.join(f'`{n}`' for n in NAMES)}.")
        bug = PATIENTS.mistakes[k - 1]
        if found[0] == bug.name:
            return Verdict("correct", f"{bug.words} Now mend it.")
        return Verdict("wrong", why_not(found[0], bug.name))

    @one_of_many
    def mend(self, k, line):
        """Put the reader's line into patient k in place of the one that assigns the same variable; a `Verdict`."""
        if wrong := wrong_number(k):
            return wrong
        if undone(line):
            return TODO
        source = PATIENTS.wrong_source((PATIENTS.mistakes[k - 1],))
        variables = function_of(source, backward_pass.__name__).__code__.co_varnames
        try:
            variable, statement = statement_of(line, {*variables, "np", "len"})
        except ValueError as refused:
            return Verdict("wrong", str(refused))
        places = [(number, old) for number, assigned, old in assignments(source) if assigned == variable]
        if not places:
            known = dict.fromkeys(assigned for _, assigned, _ in assignments(source))
            return Verdict("wrong", f"No line assigns `{variable}` alone. These are: {', '.join(known)}.")
        return judge(source, places, statement)


def judge(source, places, statement):
    """The `Verdict` on a statement in place of the line at one of the places, (line number, old statement)."""
    pairs = zip(source.splitlines(), PATIENTS.source.splitlines(), strict=True)
    fault = next(number for number, (ill, right) in enumerate(pairs) if ill != right)
    for number, old in places:
        if ast.dump(old) == ast.dump(statement):
            innocent = "This line was right already: another one is at fault."
            return Verdict("wrong", "This line stands there already." if number == fault else innocent)
    trials = [(number, *trial(with_line(source, number, statement))) for number, _ in places]
    if (0, "") in [found[1:] for found in trials]:
        return Verdict("correct", "All five blocks pass the gradient check.")
    if fault not in [number for number, _ in places]:
        if any(trial(with_line(PATIENTS.source, number, statement)) == (0, "") for number, _ in places):
            return Verdict("wrong", "Your line is right, and so was the one that it replaces: another is at fault.")
    number, _, words = min(trials, key=lambda found: (found[0] != fault, found[1]))
    innocent = "" if number == fault else " The line that you replaced was right as it was: another is at fault."
    return Verdict("wrong", words + innocent)


def trial(source):
    """Run a pass: returns (number of blocks that fail, what is wrong in words, empty for nothing)."""
    try:
        function = function_of(source, backward_pass.__name__)
        reports = check_blocks(gradient_by(function, CASE), CASE)
        failed = [block for block in BLOCKS if not reports[block].passed]
        if failed:
            rest = "all blocks are wrong." if len(failed) == len(BLOCKS) else f"wrong: {', '.join(failed)}."
            worst = repr(reports[failed[0]]).replace("\n", " ")
            return len(failed), f"Checked again, {rest} {failed[0]}: {worst}"
        return 0, flaw_elsewhere(function)
    except Exception as error:  # whatever the reader's line does
        return len(BLOCKS) + 1, f"With this line the pass stops: `{type(error).__name__}: {error}`."


def row(block, report):
    """One row of the table of gradient checks."""
    worst = report.worst_index
    cells = (
        f"`{block}`", report.gradient.shape, report.verdict, f"{report.relative_error:.1e}", place(worst),
        f"{report.gradient[worst]:.6f}", f"{report.numerical[worst]:.6f}",
    )  # fmt: skip
    return f"| {' | '.join(map(str, cells))} |".replace("-", "−")


def place(index):
    """An index as readers write it: [0, 2]."""
    return str([int(i) for i in index])


def undone(answer):
    """True for dots, nothing, or blanks instead of an answer."""
    return answer is None or answer is ... or (isinstance(answer, str) and answer.strip() in ("", "..."))


def wrong_number(k):
    """A `Verdict` if k is not the number of a patient, else None."""
    if isinstance(k, int) and not isinstance(k, bool) and 1 <= k <= len(NAMES):
        return None
    return Verdict("wrong", f"k must be the number of a patient, 1 to {len(NAMES)}, it is {k!r}.")


hunt = Hunt()

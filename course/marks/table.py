"""The table of results, and two short ones that Moodle and Canvas import as they are."""

import csv
import io

from course.marks.gradebook import write_whole

MOODLE = ["Identifier", "Full name", "Grade", "Feedback comments"]  # of its offline grading worksheet
CANVAS = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]  # of its gradebook
BEFORE = ["student", "lms", "name", "status", "points", "of"]
AFTER = ["open", "late", "person", "reasons", "findings", "seconds"]


def row(outcome, by_hand, lms=None):
    """One student's line of the table. Where nothing was graded there are no points, not zero.

    by_hand: {(student, cell): points} that a person gave; lms: the student's id there, where a list names it.
    """
    got = {name: by_hand.get((outcome.student, name), points) for name, (points, _) in outcome.points.items()}
    of = {name: full for name, (_, full) in outcome.points.items()}
    still_open = [name for name, points in got.items() if points is None]
    flags = [finding for finding in outcome.findings if finding.person]
    reasons = [f"{name} {number(got[name])}/{number(of[name])}: {why}" for name, why in outcome.reasons.items()]
    return {
        "student": outcome.student,
        "lms": lms or outcome.lms,
        "name": outcome.shown,
        "status": "failed" if outcome.failure else "open" if still_open else "graded",
        "points": "" if outcome.failure else number(sum(points or 0 for points in got.values())),
        "of": "" if outcome.failure else number(sum(of.values())),
        **{name: "" if points is None else number(points) for name, points in got.items()},
        "open": " ".join(still_open),
        "late": outcome.late,
        "person": "yes" if outcome.failure or flags else "",
        "reasons": outcome.failure or "; ".join(reasons),
        "findings": "; ".join(("LOOK: " if finding.person else "") + finding.text for finding in outcome.findings),
        "seconds": outcome.seconds,
    }


def write_tables(folder, assignment, rows):
    """Write the table, and those for Moodle and Canvas, in which only finished grades stand."""
    tasks = dict.fromkeys(name for line in rows for name in line if name not in BEFORE + AFTER)
    write(folder / f"{assignment}.csv", [*BEFORE, *tasks, *AFTER], rows)
    finished = [line for line in rows if line["status"] == "graded"]
    moodle = [
        [f"Participant {line['lms'] or line['student']}", line["name"], line["points"], line["reasons"]]
        for line in finished
    ]
    write(folder / f"{assignment}-moodle.csv", MOODLE, [dict(zip(MOODLE, line, strict=True)) for line in moodle])
    head = [*CANVAS, assignment]
    most = {"Student": "Points Possible", assignment: next((line["of"] for line in finished), "")}
    canvas = [
        {"Student": line["name"], "ID": line["lms"] or line["student"], assignment: line["points"]} for line in finished
    ]
    write(folder / f"{assignment}-canvas.csv", head, [most, *canvas])


def write(path, columns, rows):
    """Write a table as CSV, in UTF-8 with the mark that Excel looks for; no text in it is computed by a spreadsheet."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    writer.writerows({key: guarded(value) for key, value in line.items()} for line in rows)
    write_whole(path, text.getvalue(), encoding="utf-8-sig")


def number(value):
    """Points without a needless .0; a dash where they are not given yet."""
    return "-" if value is None else f"{value:g}"


def guarded(value):
    """A text that a spreadsheet shows and does not compute."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value not in ("", "-") else value

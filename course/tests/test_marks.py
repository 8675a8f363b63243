"""The tables, in forms that a spreadsheet, Moodle and Canvas read; and pairs of similar answers."""

import csv
import io

import pytest

from course.intake.identity import Finding
from course.marks.similar import pairs, statements
from course.marks.table import guarded, row, write_tables
from course.running.submission import Outcome

POINTS = {"test-a": (1, 2), "written-b": (None, 3)}


def read(path):
    assert path.read_bytes().startswith(b"\xef\xbb\xbf"), "Excel takes it for another encoding"
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def test_points_of_each_task_and_what_is_open():
    line = row(Outcome("ada", points=POINTS, reasons={"test-a": "half"}, late="2"), {})
    assert (line["points"], line["of"], line["test-a"], line["written-b"]) == ("1", "5", "1", "")
    assert (line["status"], line["open"], line["late"], line["person"]) == ("open", "written-b", "2", "")
    line = row(Outcome("ada", points=POINTS), {("ada", "written-b"): 2.5}, lms="17")
    assert (line["status"], line["open"], line["points"], line["lms"]) == ("graded", "", "3.5", "17")


@pytest.mark.parametrize(
    ("outcome", "person"),
    [
        (Outcome("ada", points=POINTS), ""),
        (Outcome("ada", points=POINTS, findings=(Finding("renamed"),)), ""),
        (Outcome("ada", points=POINTS, findings=(Finding("odd", person=True),)), "yes"),
        (Outcome("ada", "no notebook"), "yes"),
    ],
)
def test_a_person_is_asked_for_where_something_is_wrong(outcome, person):
    assert row(outcome, {})["person"] == person


def test_only_finished_grades_are_imported(tmp_path):
    full = {"test-a": (2, 2), "written-b": (3, 3)}
    outcomes = [
        Outcome("ada", points=full, shown="Lovelace, Ada", lms="501"),
        Outcome("bob", points=POINTS, shown="Bö", lms="502"),
        Outcome("cyd", "no submission"),
    ]
    write_tables(tmp_path, "hw1", [row(outcome, {}) for outcome in outcomes])
    assert [line["student"] for line in read(tmp_path / "hw1.csv")] == ["ada", "bob", "cyd"]
    assert read(tmp_path / "hw1-moodle.csv") == [
        {"Identifier": "Participant 501", "Full name": "Lovelace, Ada", "Grade": "5", "Feedback comments": ""}
    ]
    most, ada = read(tmp_path / "hw1-canvas.csv")
    assert (most["Student"].strip(), most["hw1"]) == ("Points Possible", "5")
    assert (ada["Student"], ada["ID"], ada["hw1"]) == ("Lovelace, Ada", "501", "5")


def test_a_full_disk_leaves_the_earlier_tables(tmp_path, monkeypatch):
    full = {"test-a": (2, 2)}
    write_tables(tmp_path, "hw1", [row(Outcome("ada", points=full), {})])
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert sorted(before) == ["hw1-canvas.csv", "hw1-moodle.csv", "hw1.csv"]
    opened = io.open

    def full_after_ten(path, mode="r", *arguments, **options):
        file = opened(path, mode, *arguments, **options)
        if "w" in mode:
            write = file.write
            file.write = lambda text: (write(text[:10]), file.flush(), no_space())
        return file

    def no_space():
        raise OSError("no space left on device")

    monkeypatch.setattr("io.open", full_after_ten)
    monkeypatch.setattr("builtins.open", full_after_ten)
    with pytest.raises(OSError, match="no space"):
        write_tables(tmp_path, "hw1", [row(Outcome("bob", points=full), {})])
    monkeypatch.undo()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_tables_without_any_row(tmp_path):
    write_tables(tmp_path, "hw1", [])
    assert read(tmp_path / "hw1.csv") == []


@pytest.mark.parametrize(
    ("value", "kept"), [("=1+1", "'=1+1"), ("@x", "'@x"), ("", ""), ("0", "0"), ("-", "-"), ("ada", "ada"), (3, 3)]
)
def test_a_spreadsheet_computes_nothing_of_a_students(value, kept):
    assert guarded(value) == kept


ONE = 'def f(x, y):\n    """Words."""\n    a = x * 3 - y\n    b = a**2 + 7\n    return b / x\n'
RENAMED = "def f(left, right):  # mine\n    t = left * 3 - right\n\n    u = (t ** 2) + 7\n    return u / left"
OTHER = "def f(x, y):\n    return ((3 * x - y) ** 2 + 7) / x\n"


def test_names_comments_and_layout_do_not_count():
    assert statements(ONE) == statements(RENAMED) != statements(OTHER)
    assert statements("def f(x):\n    ...\n") == statements("no code") == frozenset()


def test_an_answer_nested_without_end_is_like_no_other():
    assert statements("def f(x):\n    return x" + " + 0" * 3000) == frozenset()


def test_pairs_are_told_by_how_rare_their_answers_are():
    common = {"f": statements(OTHER)}
    class_of = {f"s{k}": common for k in range(8)}
    found = pairs(class_of | {"ada": {"f": statements(ONE)}, "bob": {"f": statements(RENAMED)}})
    assert found[0][1:] == ("ada", "bob", ["f"])
    assert found[0][0] > 3 * found[1][0]
    assert pairs({"ada": {"f": statements(ONE)}, "bob": {"f": statements(OTHER)}}) == []


def test_one_changed_statement_of_six_is_nearly_the_same():
    lines = [f"    a{k} = x + {k}" for k in range(9)]
    one, another = ("def f(x):\n" + "\n".join(lines[:k] + ["    b = x"] + lines[k:]) for k in (9, 9))
    another = another.replace("a3 = x + 3", "a3 = x - 3")
    alone = {f"s{k}": {"f": statements(f"def f(x):\n    return {k}")} for k in range(3)}
    assert pairs(alone | {"ada": {"f": statements(one)}, "bob": {"f": statements(another)}})[0][1:3] == ("ada", "bob")

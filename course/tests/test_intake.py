"""Deliveries as teachers get them: whose each file is, which of several counts, and what is kept of earlier ones."""

import gzip
import io
import json
import os
import time
import unicodedata
import zipfile
from datetime import datetime, timedelta

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from submissions import Student, write
from test_collect import zipped

from course.authoring.release import STUDENTS_VERSIONS
from course.authoring.sources import written_cells
from course.batch import NEWER, kept
from course.intake.collect import collect
from course.intake.naming import owners
from course.intake.notebook import Unreadable, parsed
from course.intake.triage import mended
from course.running.submission import Outcome
from course.work import Course

HW = "hw2"
RELEASE = (STUDENTS_VERSIONS / f"{HW}.ipynb").read_text(encoding="utf-8")
NFD = unicodedata.normalize("NFD", "Zoë Müller")


def students(path):
    return {submission.student: submission for submission in collect(path, HW)}


# Whose it is (6)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["s001.ipynb", "s002.ipynb"], ["s001", "s002"]),
        (["s001_hw2.ipynb", "s002-hw2.ipynb", "s003 hw2 (1).ipynb"], ["s001", "s002", "s003"]),
        (["all/s001.ipynb", "all/s002.ipynb"], ["s001", "s002"]),
        (["course 7/ada/hw2.ipynb", "course 7/bob/hw2.ipynb"], ["ada", "bob"]),
        (["all/ada_hw2.ipynb", "all/bob_hw2.ipynb", "list.csv"], ["ada", "bob"]),
        (["ada/ada_hw2.ipynb", "ada/old_hw1.ipynb"], ["ada"]),
        (["sub/hw2/ada/hw2.ipynb", "sub/hw2/bob/hw2.ipynb"], ["ada", "bob"]),
        (["sub/hw2/ada_hw2.ipynb", "sub/hw2/bob_hw2.ipynb"], ["ada", "bob"]),
        (["ada/sub/hw2/hw2.ipynb", "bob/sub/hw2/hw2.ipynb"], ["ada", "bob"]),
        (["submitted/ada/hw2/hw2.ipynb"], ["ada"]),
        (["hw2/ada/hw2.ipynb"], ["ada"]),
        (["hw2/ada_hw2.ipynb", "hw1/ada_hw1.ipynb", "hw1/bob_hw1.ipynb"], ["ada"]),
        (["s1_hw2.ipynb", "s1_hw20.ipynb", "s2_hw2.ipynb"], ["s1", "s2"]),
        (["ada/hw2.ipynb"], ["ada"]),
        (["ada/hw2/hw2.ipynb", "ada/hw1/hw1.ipynb"], ["ada"]),
        (
            ["Ada L_17_assignsubmission_file_/hw2.ipynb", "Ada L_17_assignsubmission_onlinetext_/onlinetext.html"],
            ["17"],
        ),
        (["x/Ada_17_assignsubmission_file_/hw2.ipynb", "x/Bo_18_assignsubmission_file_/hw2.ipynb"], ["17", "18"]),
        (["Ada_17_assignsubmission_file_/hw2.ipynb", ".DS_Store", "__MACOSX/._Ada", "Thumbs.db"], ["17"]),
        (["Ada_17_assignsubmission_file_/.DS_Store", "Ada_17_assignsubmission_file_/hw2.ipynb"], ["17"]),
        (["anon_x7Kq2_9001_hw2.ipynb", "anonymous_LATE_b1cd3_9002_hw2-1.ipynb"], ["b1cd3", "x7Kq2"]),
        (["doeann_LATE_501_9001_hw2.ipynb"], ["501"]),
        ([f"{NFD}/hw2.ipynb", "Bo/hw2.ipynb"], ["Bo", unicodedata.normalize("NFC", NFD)]),
    ],
)
def test_whose_a_file_is(tmp_path, names, expected):
    assert sorted(students(zipped(tmp_path / "all.zip", dict.fromkeys(names, RELEASE)))) == expected
    for name in names:
        write((tmp_path / "folder" / name).parent, RELEASE.encode(), name.rpartition("/")[2])
    in_folder = {name: each for name, each in students(tmp_path / "folder").items() if not each.failure}
    assert sorted(in_folder) == expected


@given(st.lists(st.text(min_size=1), max_size=5))
def test_any_names_have_owners(names):
    try:
        found = owners(names, HW)
    except ValueError as reason:
        assert "take it out" in str(reason)
    else:
        assert all(isinstance(owner.student, str) for owner in found.values())


def test_a_profiles_name_can_not_take_anothers_place():
    names = [
        "Ada_1_assignsubmission_file_/hw2.ipynb",
        "Eve_1_assignsubmission_file_x_3_assignsubmission_file_/hw2.ipynb",
    ]
    assert [owner.student for owner in owners(names, HW).values()] == ["1", "3"]


def test_an_odd_name_among_those_of_an_lms_is_refused_and_a_list_is_left_out():
    names = [f"Ada_{k}_assignsubmission_file_/hw2.ipynb" for k in range(5)]
    assert len(owners([*names, "Grades-HW2.csv", "notes.txt"], HW)) == 5
    with pytest.raises(ValueError, match="'odd/hw2.ipynb' are those of an LMS: take it out"):
        owners([*names, "odd/hw2.ipynb"], HW)


def test_folders_of_one_name_in_two_forms_of_unicode_are_one_student(tmp_path):
    names = {f"{NFD}/hw2.ipynb": RELEASE, unicodedata.normalize("NFC", NFD) + "/hw2-1.ipynb": "newer"}
    [submission] = students(zipped(tmp_path / "all.zip", names)).values()
    assert submission.content == b"newer"


# One bad member is one row (4)


def test_endless_and_foreign_names_are_rows(tmp_path):
    names = {"a" * 300 + "/hw2.ipynb": RELEASE, "bob/hw2.ipynb": RELEASE, "x\udce9y/hw2.ipynb": RELEASE}
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in names.items():
            archive.writestr(name.replace("\udce9", "é"), content)
    found = students(path)
    assert found["bob"].failure == ""
    assert len(found) == 3
    assert all(len(name) < 100 and name.isprintable() for name in found)


@pytest.mark.skipif(os.name != "posix", reason="names are bytes on POSIX alone")
def test_a_folder_named_in_latin_1(tmp_path):
    try:
        os.mkdir(os.fsencode(tmp_path) + b"/M\xfcller")
    except OSError:
        pytest.skip("this file system wants UTF-8")
    write(tmp_path / "bob", RELEASE.encode(), "hw2.ipynb")
    found = students(tmp_path)
    assert found["bob"].failure == ""
    assert len(found) == 2
    json.dumps(list(found)).encode("utf-8")


# Which of several counts (7)


@pytest.mark.parametrize(
    ("names", "taken"),
    [
        (["hw2.ipynb", "hw2-1.ipynb"], "hw2-1.ipynb"),
        (["hw2.ipynb", "hw2-2.ipynb", "hw2-10.ipynb"], "hw2-10.ipynb"),
        (["hw2.ipynb", "hw2 (1).ipynb"], "hw2 (1).ipynb"),
        (["hw2(3).ipynb", "hw2(2).ipynb", "notes.ipynb"], "hw2(3).ipynb"),
    ],
)
def test_the_newest_by_its_number_counts_and_is_named(tmp_path, names, taken):
    [submission] = students(zipped(tmp_path / "all.zip", {f"ada/{name}": name for name in names})).values()
    assert submission.content == taken.encode()
    assert submission.findings[0].text.endswith(f"the newest was taken: {taken}")


def test_two_of_the_same_number_are_for_a_person(tmp_path):
    files = {"ada/hw2-1.ipynb": "a", "ada/hw2 (1).ipynb": "b"}
    [submission] = students(zipped(tmp_path / "all.zip", files)).values()
    assert "2 notebooks, and none is to be preferred" in submission.failure


@pytest.mark.parametrize(
    ("names", "taken"),
    [
        (["s1_hw20.ipynb", "s1_hw2.ipynb"], "s1_hw2.ipynb"),
        (["s1_hw2.ipynb", "s1_hw2-1.ipynb", "s1_hw20-7.ipynb"], "s1_hw2-1.ipynb"),
        (["s1/s1_hw20.ipynb", "s1/s1_hw2.ipynb"], "s1/s1_hw2.ipynb"),
        (["s1/hw2.ipynb", "s1/old_hw2.ipynb"], "s1/hw2.ipynb"),
    ],
)
def test_another_assignments_notebook_is_not_taken(tmp_path, names, taken):
    [submission] = students(zipped(tmp_path / "all.zip", {name: name for name in names})).values()
    assert (submission.student, submission.content, submission.failure) == ("s1", taken.encode(), "")


def test_the_last_of_one_name_in_a_zip_counts_and_is_named(tmp_path):
    path = zipped(tmp_path / "all.zip", {"ada/hw2.ipynb": "older", "bob/hw2.ipynb": "bob"})
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("ada/hw2.ipynb", "newer")
    ada, bob = collect(path, HW)
    assert ada.content == b"newer"
    assert [finding.text for finding in ada.findings] == ["hw2.ipynb is 2 times in the zip file; the last was taken"]
    assert (bob.content, bob.findings) == (b"bob", ())


def test_a_students_own_zip_is_looked_into(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("my work/hw2.ipynb", RELEASE)
    [submission] = students(zipped(tmp_path / "all.zip", {"ada/hw2.zip": inner.getvalue()})).values()
    assert submission.content == RELEASE.encode()
    assert submission.findings[-1].text == "it was handed in as a zip file"
    [broken] = students(zipped(tmp_path / "no.zip", {"ada/hw2.zip": b"PK\x03\x04 no zip"})).values()
    assert broken.failure == "no notebook (found: hw2.zip)"


# How late


def test_days_late_by_the_time_of_the_file(tmp_path):
    deadline = datetime.fromtimestamp(time.time()) - timedelta(days=1, hours=1)
    for name, days in (("ada", 3), ("bob", 0.5)):
        path = write(tmp_path / name, RELEASE.encode(), "hw2.ipynb") / "hw2.ipynb"
        then = deadline.timestamp() - 3600 + days * 24 * 3600
        os.utime(path, (then, then))
    found = {each.student: each.late for each in collect(tmp_path, HW, deadline=deadline)}
    assert found == {"ada": "3", "bob": "1"}
    assert {each.late for each in collect(tmp_path, HW, deadline=deadline + timedelta(days=9))} == {""}


def test_what_canvas_calls_late(tmp_path):
    names = {"doeann_LATE_501_9001_hw2.ipynb": RELEASE, "roebo_502_9002_hw2.ipynb": RELEASE}
    assert {name: each.late for name, each in students(zipped(tmp_path / "a.zip", names)).items()} == {
        "501": "yes",
        "502": "",
    }


# What a notebook may have gone through (8)


def raw():
    return Student(HW, RELEASE).solve().raw


def without(*names):
    notebook = raw()
    for cell in notebook["cells"]:
        for name in names:
            cell.pop(name, None)
    return json.dumps(notebook).encode()


def with_each(change):
    notebook = raw()
    for k, cell in enumerate(notebook["cells"]):
        change(k, cell)
    return json.dumps(notebook).encode()


DAMAGED = {
    "without outputs": lambda: without("outputs"),
    "without execution counts": lambda: without("execution_count"),
    "without metadata": lambda: without("metadata"),
    "without a display name": lambda: json.dumps(raw() | {"metadata": {"kernelspec": {"name": "python3"}}}).encode(),
    "without any metadata": lambda: json.dumps({k: v for k, v in raw().items() if k != "metadata"}).encode(),
    "metadata that are a list": lambda: json.dumps(raw() | {"metadata": []}).encode(),
    "texts with outputs": lambda: with_each(lambda k, cell: cell.update(outputs=[{"a": 1}], execution_count=3)),
    "ids that are none": lambda: with_each(lambda k, cell: cell.update(id="not an id!" if k % 2 else k)),
    "ids that are all the same": lambda: with_each(lambda k, cell: cell.update(id="same")),
    "a lone surrogate": lambda: json.dumps(raw() | {"cells": [*raw()["cells"], own("# \ud800")]}).encode(),
    "in UTF-16": lambda: json.dumps(raw()).encode("utf-16"),
    "packed by gzip": lambda: gzip.compress(json.dumps(raw()).encode()),
    "a later minor format": lambda: json.dumps(raw() | {"nbformat_minor": 9}).encode(),
    "a later major format": lambda: json.dumps(raw() | {"nbformat": 5, "nbformat_minor": 0}).encode(),
    "sources as one text": lambda: with_each(lambda k, cell: cell.update(source="".join(cell["source"]))),
    "unknown fields": lambda: with_each(lambda k, cell: cell.update(colab_type="code", deletable=[1])),
}


def own(source):
    return {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": None, "id": "own"}


@pytest.mark.parametrize("kind", DAMAGED)
def test_a_notebook_in_any_clothes_is_put_back(kind):
    notebook, _ = parsed(DAMAGED[kind]())
    result, _ = mended(notebook, nbformat.reads(RELEASE, as_version=4))
    nbformat.validate(result)
    answers = {cell.metadata.get("exercise"): cell.source for cell in result.cells if "exercise" in cell.metadata}
    solutions = Student(HW, RELEASE).solutions
    assert {name: source.rstrip() for name, source in answers.items()} == {n: s.rstrip() for n, s in solutions.items()}
    assert nbformat.writes(result).encode("utf-8")


@pytest.mark.parametrize(
    "content",
    [b"\x1f\x8b damaged", b"\xff\xfe{", b'{"cells": [3]}', b'{"cells": [{"cell_type": "x"}]}', b'{"cells": 1}'],
)
def test_what_is_no_notebook_is_a_sentence(content):
    with pytest.raises(Unreadable, match="not a notebook|a damaged gzip"):
        parsed(content)


# A written answer is somewhere (2)


def elsewhere(change):
    """What triage makes of a solved notebook whose written answers are open, after a change to it."""
    student = Student(HW, RELEASE).solve()
    change(student)
    notebook, _ = parsed(student.content)
    result, _ = mended(notebook, nbformat.reads(RELEASE, as_version=4))
    return result


WRITTEN = next(iter(written_cells(nbformat.reads(RELEASE, as_version=4))))
TEXT = "Rounding grows as the step falls."


def place(student, shift):
    return student.notebook.cells.index(student.cell(WRITTEN)) + shift


def text_cell(student, where):
    student.notebook.cells.insert(where, nbformat.v4.new_markdown_cell(TEXT))


def edited(student, cell):
    cell.source += f"\n\n{TEXT}"


def without_names(student):
    student.cell(WRITTEN).source = TEXT
    for k, cell in enumerate(student.notebook.cells):
        cell.metadata, cell.id = {}, f"x{k}"


@pytest.mark.parametrize(
    "change",
    [
        lambda student: text_cell(student, place(student, 0)),
        lambda student: text_cell(student, place(student, 3)),
        lambda student: text_cell(student, len(student.notebook.cells)),
        lambda student: text_cell(student, 0),
        lambda student: student.append(f"# {TEXT}"),
        lambda student: student.append(f'"""{TEXT}"""'),
        lambda student: student.append(TEXT),
        lambda student: edited(student, student.notebook.cells[place(student, -1)]),
        lambda student: edited(student, next(c for c in student.notebook.cells if c.cell_type == "markdown")),
        without_names,
    ],
)
def test_text_elsewhere_is_shown_and_leaves_the_task_open(change):
    result = elsewhere(change)
    assert result.metadata.written_elsewhere
    assert any(TEXT in cell.source for cell in result.cells)


@pytest.mark.parametrize(
    "change",
    [
        lambda student: None,
        lambda student: student.append("x = 3  # a try"),
        lambda student: student.append("%matplotlib inline"),
        lambda student: text_cell_of_spaces(student),
    ],
)
def test_without_text_elsewhere_an_empty_answer_is_a_zero(change):
    assert not elsewhere(change).metadata.written_elsewhere


def text_cell_of_spaces(student):
    student.notebook.cells.append(nbformat.v4.new_markdown_cell("  \n"))


# What was graded before is kept (1, 5, 9)


def graded(course, name, **changes):
    outcome = Outcome(name, points={"test-x": (2, 2)}, notebook=RELEASE, **changes)
    course.outcomes.save(outcome, "stamp")
    return outcome


def test_a_broken_resubmission_leaves_the_good_one_and_is_named(tmp_path):
    course = Course(tmp_path, HW)
    before = graded(course, "ada")
    newer = collect(write(tmp_path / "in" / "ada", b"{", "hw2.ipynb").parent, HW)[0]
    outcome = kept(course, Outcome("ada", "not a notebook"), newer, "other", before)
    assert outcome.points == before.points
    assert [finding.text for finding in outcome.findings] == [f"{NEWER}: not a notebook; the one before it counts"]
    again = kept(course, Outcome("ada", "no notebook"), newer, "third", outcome)
    assert [finding.text for finding in again.findings] == [f"{NEWER}: no notebook; the one before it counts"]
    assert course.outcomes.all()["ada"].points == before.points
    assert course.outcomes.stamp("ada") == "third"


def test_an_outcome_cut_off_by_a_full_disk_is_graded_again(tmp_path):
    course = Course(tmp_path, HW)
    graded(course, "ada")
    graded(course, "bob")
    (course.outcomes.folder / "ada.json").write_text('{"stamp": "stamp", "stu', encoding="utf-8")
    (course.outcomes.folder / "cyd.json").write_text("[]", encoding="utf-8")
    assert list(course.outcomes.all()) == ["bob"]
    assert course.outcomes.stamp("ada") is None


def test_a_full_disk_leaves_what_was_there(tmp_path, monkeypatch):
    course = Course(tmp_path, HW)
    graded(course, "ada")

    def full(self, *arguments, **options):
        raise OSError("no space left on device")

    monkeypatch.setattr("pathlib.Path.write_text", full)
    with pytest.raises(OSError, match="no space"):
        graded(course, "ada", late="3")
    monkeypatch.undo()
    assert course.outcomes.all()["ada"].late == ""
    assert [path.name for path in course.outcomes.folder.iterdir()] == ["ada.json"]


def test_a_time_that_is_none_is_not_late(tmp_path):
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("ada/hw2.ipynb", date_time=(1980, 0, 0, 0, 0, 0))
        archive.writestr(info, RELEASE)
    [submission] = collect(path, HW, deadline=datetime(2020, 1, 1))
    assert submission.late == ""

"""Triage: the released form is put back, the student's work is kept, and what was mended is reported."""

import copy

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from submissions import Student

from course.authoring.release import STUDENTS_VERSIONS
from course.authoring.sources import answer_cells, marks
from course.intake.collect import collect
from course.intake.identity import binds
from course.intake.notebook import Unreadable, parsed
from course.intake.triage import mended

RELEASE = (STUDENTS_VERSIONS / "hw2.ipynb").read_text(encoding="utf-8")


def student():
    return Student("hw2", RELEASE).solve()


def release():
    return nbformat.reads(RELEASE, as_version=4)


def put_back(submission):
    """(the notebook that would be run, what was found)."""
    notebook, findings = parsed(submission.content)
    result, more = mended(notebook, release())
    return result, [finding.text for finding in findings + more]


def sources(notebook):
    return {cell.id: cell.source for cell in notebook.cells}


def test_an_honest_submission_is_left_as_it_is():
    handed_in = student()
    result, found = put_back(handed_in)
    assert found == []
    assert sources(result) == sources(handed_in.notebook)


def test_own_cells_stay_where_they_were():
    handed_in = student().insert(3, "mine = 1").append("last = 2")
    result, found = put_back(handed_in)
    assert found == []
    assert [cell.source for cell in result.cells] == [cell.source for cell in handed_in.notebook.cells]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def loss(z):\n    return z", True),
        ("if True:\n    def loss(z):\n        return z", True),
        ("loss: object = print", True),
        ("a, loss = 1, 2", True),
        ("from mine import f as loss", True),
        ("%%time\ndef loss(z):\n    return z", True),
        ("!ls\nif True:\n    loss = print", True),
        ("class Mine:\n    def loss(self):\n        return 1", False),
        ("def other(loss):\n    loss = 2\n    return loss", False),
        ("print(loss)", False),
        ("# def loss(z):", False),
        ("%%time\nloss == 3 or lossy(1)", False),
        ("\0", False),
    ],
)
def test_what_defines_a_function(source, expected):
    assert binds(source, "loss") is expected


def test_notes_in_released_text_are_kept():
    handed_in = student()
    text = next(cell for cell in handed_in.notebook.cells if cell.cell_type == "markdown" and not marks(cell))
    text.source += "\nMy note."
    assert put_back(handed_in)[0].cells[handed_in.notebook.cells.index(text)].source.endswith("My note.")


def test_pictures_in_written_answers_are_kept():
    handed_in = student()
    text = next(cell for cell in handed_in.notebook.cells if cell.cell_type == "markdown")
    text["attachments"] = {"drawing 1.png": {"image/png": "eA=="}}
    result, found = put_back(handed_in)
    assert found == []
    assert result.cells[0].attachments == text["attachments"]


@given(st.data())
def test_whatever_is_deleted_copied_and_moved_the_released_form_comes_back(data):
    handed_in, whole = student(), release()
    cells = handed_in.notebook.cells
    gone = data.draw(st.sets(st.integers(0, len(cells) - 1), max_size=len(cells) - 1))
    kept = [cell for k, cell in enumerate(cells) if k not in gone]
    if not any(marks(cell) for cell in kept):
        kept.append(handed_in.cell("setup"))
    doubles = [copy.deepcopy(cell) for cell in data.draw(st.lists(st.sampled_from(kept), max_size=3))]
    for k, double in enumerate(doubles):
        double.id = f"copy-{k}"
    handed_in.notebook.cells = data.draw(st.permutations(kept + doubles))
    result, _ = put_back(handed_in)
    own = {double.id for double in doubles}
    assert [cell.id for cell in result.cells if cell.id not in own] == [cell.id for cell in whole.cells]
    left = {cell.id for cell in kept}
    answers = {cell.id: cell.source for cell in result.cells}
    for name, cell in answer_cells(whole).items():
        stub = cell.source
        assert answers[cell.id] == (handed_in.solutions[name].rstrip("\n") + "\n" if cell.id in left else stub)


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_a_notebook_or_unreadable(content):
    try:
        notebook, _ = parsed(content)
    except Unreadable:
        return
    assert isinstance(notebook.cells, list)


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda children: st.lists(children, max_size=4) | st.dictionaries(st.text(max_size=5), children, max_size=4),
    max_leaves=20,
)


@given(
    st.fixed_dictionaries({"cells": st.lists(json, max_size=3), "nbformat": st.sampled_from([3, 4, "4", None])}), json
)
def test_any_json_with_cells_is_a_notebook_or_unreadable(notebook, metadata):
    import json as text

    try:
        parsed(text.dumps(notebook | {"metadata": metadata, "nbformat_minor": 5}).encode())
    except Unreadable:
        pass


@given(json)
def test_any_metadata_of_a_cell_is_borne(metadata):
    handed_in = student()
    for cell in handed_in.notebook.cells:
        cell.metadata["nbgrader"] = metadata
    result, _ = mended(handed_in.notebook, release())
    assert [cell.id for cell in result.cells] == [cell.id for cell in release().cells]


def test_every_folder_is_a_student(tmp_path):
    (tmp_path / "Ada L").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "bob" / "hw2").mkdir(parents=True)
    (tmp_path / "bob" / "hw1").mkdir()
    (tmp_path / "bob" / "hw2" / "hw2.ipynb").write_text(RELEASE, encoding="utf-8")
    (tmp_path / "bob" / "hw1" / "hw1.ipynb").write_text("another", encoding="utf-8")
    found = collect(tmp_path, "hw2")
    assert [submission.student for submission in found] == ["Ada L", "bob"]
    assert found[0].failure == "no notebook (found: nothing)"
    assert (found[1].failure, found[1].content) == ("", RELEASE.encode())


def test_checkpoints_are_not_submissions(tmp_path):
    (tmp_path / "ada" / ".ipynb_checkpoints").mkdir(parents=True)
    (tmp_path / "ada" / ".ipynb_checkpoints" / "hw2-checkpoint.ipynb").write_text("old", encoding="utf-8")
    (tmp_path / "ada" / "hw2.ipynb").write_text(RELEASE, encoding="utf-8")
    assert collect(tmp_path, "hw2")[0].content == RELEASE.encode()


@pytest.mark.parametrize("source", ["nowhere", "file.txt", "empty"])
def test_what_is_no_place_of_submissions_is_refused(tmp_path, source):
    (tmp_path / "file.txt").write_text("no zip", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ValueError, match="SUBMISSIONS must be a folder|there is no submission"):
        collect(tmp_path / source, "hw2")

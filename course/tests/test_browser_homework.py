"""Homework in JupyterLab: a notebook is solved in its editors, saved, collected and graded; untouched ones run."""

import csv
import shutil

import nbformat
import pytest
from jupyter_browser import ROOT, WIDE, open_notebook, wait_for_the_kernel
from playwright.sync_api import expect

from course import grade as command
from course.authoring.sources import (
    answer_cells,
    code_cells,
    grade_id,
    marks,
    read_source,
    solution_text,
    written_cells,
)
from course.grade import PERSON

pytest_plugins = ["browser_fixtures"]
pytestmark = pytest.mark.browser
RELEASED = sorted(path.stem for path in (ROOT / "notebooks/homework").glob("*.ipynb"))
SOLVED = "hw1"  # the shortest solutions
UNTOUCHED = "Not attempted yet. Replace the dots with your code."
SOURCE_OF = "k => jupyterapp.shell.currentWidget.content.widgets[k].model.sharedModel.getSource()"
READ_ONLY = "() => jupyterapp.shell.currentWidget.content.widgets.map(cell => cell.readOnly)"
SAVED = "() => !jupyterapp.shell.currentWidget.context.model.dirty"


def read(path):
    """The notebook in this file."""
    return nbformat.read(path, as_version=4)


def place_of(notebook, cell_id):
    """Index of the cell with this id."""
    return next(k for k, cell in enumerate(notebook.cells) if cell.id == cell_id)


def shown(panel, notebook, cell_id):
    """A cell of the notebook, scrolled into view."""
    cell = panel.locator(f".jp-Cell[data-windowed-list-index='{place_of(notebook, cell_id)}']")
    cell.scroll_into_view_if_needed()
    return cell


def write_over(page, editor, text, by_keys=True):
    """Type a text in the place of all that an editor holds: key by key, or all at once."""
    write = page.keyboard.type if by_keys else page.keyboard.insert_text
    editor.click()
    page.keyboard.press("ControlOrMeta+a")
    first, *others = text.split("\n") if by_keys else [text]
    write(first)
    for line in others:
        page.keyboard.press("Enter")
        page.keyboard.press("Shift+Home")  # what is written next replaces JupyterLab's own indentation
        write(line)


def solve(page, panel, notebook, assignment):
    """Fill in all answers of a released notebook as a student does, the written ones too.

    One of each sort is typed key by key: a key takes JupyterLab 15 ms of the processor, and treats all cells alike.
    """
    source = read_source(assignment)
    written = {name: f"The answer to {name}:\nit falls as $h^2$, and then it rises." for name in written_cells(source)}
    typed = {grade_id(cell): solution_text(cell).rstrip() for cell in answer_cells(source).values()} | written
    by_keys = {next(iter(typed)), *written}
    for name, text in typed.items():
        cell = shown(panel, notebook, name)
        if name in written:
            cell.locator(".jp-MarkdownOutput").dblclick()
        write_over(page, cell.locator(".cm-content"), text, name in by_keys)
        if name in written:
            page.keyboard.press("Shift+Enter")
        assert page.evaluate(SOURCE_OF, place_of(notebook, name)) == text


def each_check_says(panel, notebook, words):
    """Look at the output of every check cell; returns how many there are."""
    checks = [name for name in map(grade_id, code_cells(notebook)) if name and name.startswith("check-")]
    for name in checks:
        output = shown(panel, notebook, name).locator(".jp-OutputArea-output")
        expect(output, name).to_have_text(words)
    return len(checks)


def test_solved_by_typing_and_graded(lab, server, tmp_path):
    submissions, name = server.work / "submissions", f"{SOLVED}.ipynb"
    file = submissions / "ada" / name
    file.parent.mkdir(parents=True)
    shutil.copy(server.work / "notebooks/homework" / name, file)
    released = read(file)
    panel = open_notebook(lab, file.relative_to(server.work))
    lab.problems.clear()

    solve(lab, panel, released, SOLVED)
    lab.evaluate("() => jupyterapp.commands.execute('notebook:run-all-cells')")
    wait_for_the_kernel(lab)
    assert each_check_says(panel, released, "Correct.") == len(answer_cells(released))
    lab.keyboard.press("ControlOrMeta+s")
    lab.wait_for_function(SAVED)
    assert lab.problems == []

    code = command.main([SOLVED, str(submissions), "--work", str(tmp_path)])
    with (tmp_path / f"{SOLVED}.csv").open(newline="", encoding="utf-8-sig") as table:
        [row] = csv.DictReader(table)
    points = {grade_id(cell): marks(cell)["points"] for cell in released.cells if marks(cell).get("grade")}
    by_hand = [*written_cells(released)]
    assert row["findings"] == row["reasons"] == ""
    assert (row["student"], row["status"], row["open"]) == ("ada", "open", " ".join(by_hand))
    assert float(row["points"]) == sum(points.values()) - sum(points[name] for name in by_hand)
    assert (float(row["of"]), code) == (sum(points.values()), PERSON)


@pytest.fixture(scope="module", params=RELEASED)
def untouched(request, lab_page, server):
    """(panel, notebook) of a released notebook that was run with nothing filled in."""
    path = f"notebooks/homework/{request.param}.ipynb"
    lab_page.set_viewport_size(WIDE)
    lab_page.problems.clear()
    return open_notebook(lab_page, path), read(server.work / path)


def test_untouched_notebook_runs_without_complaint(lab, untouched):
    panel, notebook = untouched
    faulty = panel.locator("[data-mime-type='application/vnd.jupyter.error'], [data-mime-type$='.stderr']")
    assert faulty.all_inner_texts() == []
    assert each_check_says(panel, notebook, UNTOUCHED) == len(answer_cells(notebook))
    assert lab.problems == []


def test_locked_cells_can_not_be_edited(lab, untouched):
    panel, notebook = untouched
    locked = [cell.id for cell in code_cells(notebook) if cell.metadata.get("editable") is False]
    assert {"seed", "setup"} < set(locked)
    fixed = {cell.id for cell, read_only in zip(notebook.cells, lab.evaluate(READ_ONLY), strict=True) if read_only}
    assert fixed == {cell.id for cell in notebook.cells if cell.metadata.get("editable") is False}
    for name in ("seed", locked[-1]):
        write_over(lab, shown(panel, notebook, name).locator(".cm-content"), "SEED = 1")
        assert lab.evaluate(SOURCE_OF, place_of(notebook, name)) == notebook.cells[place_of(notebook, name)].source

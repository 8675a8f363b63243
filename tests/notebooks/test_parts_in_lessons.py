"""The parts of the engine in the lessons: open, filled in, with every slip, and beside files that a reader has kept."""

import ast
import importlib.util
import re

import pytest
from notebook_runs import LESSONS, code_cells, hidden_errors, read
from parts_in_lessons import (
    KEPT,
    answered,
    before_and_after_tampering,
    calls_engine,
    guesses,
    is_draft,
    part_cells,
    part_of,
    said,
    verdict,
)

from helpers.engine.file_text import parts_in
from helpers.engine.part import PARTS

WITH_PARTS = [path for path in LESSONS if part_cells(read(path))]
with_parts = pytest.mark.parametrize("path", WITH_PARTS, ids=lambda path: path.stem)
WITH_ENGINE = [path for path in LESSONS if any(map(calls_engine, code_cells(read(path))))]
with_engine = pytest.mark.parametrize("path", WITH_ENGINE, ids=lambda path: path.stem)

WITH_GUESSES = [path for path in LESSONS if "predict(" in path.read_text(encoding="utf-8")]
with_guesses = pytest.mark.parametrize("path", WITH_GUESSES, ids=lambda path: path.stem)


def answers_of_engine(cells):
    """Text of all outputs of these cells that `engine()` has a part in."""
    cells = filter(calls_engine, cells)
    return "\n".join(str(output.get("data", output.get("text"))) for cell in cells for output in cell.outputs)


# Form


@with_parts
def test_each_part_has_a_stub_under_its_decorator(path):
    for cell in part_cells(read(path)):
        part, [stub] = part_of(cell), ast.parse(cell.source).body
        own = ast.parse(part.own).body[0]
        mark = f"mine({part.owner})" if part.owner else "mine.draft" if is_draft(cell) else "mine"
        assert [ast.unparse(decorator) for decorator in stub.decorator_list] == [mark]
        assert (stub.name, ast.unparse(stub.args)) == (own.name, ast.unparse(own.args))
        assert ast.get_docstring(stub) == ast.get_docstring(own)
        assert cell.source.endswith("\n    ...")


@with_parts
def test_a_lesson_asks_for_its_own_parts_in_their_order(path):
    asked = dict.fromkeys(cell.metadata["exercise"] for cell in part_cells(read(path)))
    lesson = path.stem.partition("_")[0]
    assert [*asked] == [name for name, part in PARTS.items() if part.lesson == lesson and name in asked]


# Runs


@with_parts
def test_parts_that_stay_open_are_lent(path, empty):
    assert all(text.startswith(verdict(cell, "open")) for cell, text in said(empty))


@with_parts
def test_parts_filled_in_are_kept_in_a_file_that_runs_by_itself(path, solution, file, filled_before, tmp_path):
    assert hidden_errors(solution) == []
    for cell, text in said(solution):
        assert text.startswith(verdict(cell, "right"))
    asked = {part_of(cell).name for lesson in filled_before for cell in part_cells(read(lesson))}
    assert parts_in(file("again")) == {name: PARTS[name].own for name in asked}
    (tmp_path / "my_gradient.py").write_text(file("again"), encoding="utf-8")
    spec = importlib.util.spec_from_file_location("my_gradient", tmp_path / "my_gradient.py")
    spec.loader.exec_module(importlib.util.module_from_spec(spec))


@with_parts
def test_each_slip_is_told_in_its_place_and_the_lesson_goes_on(path, empty, slips):
    assert hidden_errors(slips) == []
    told = [(cell, text) for cell, text in said(slips) if "said" in cell.metadata]
    assert len(told) >= 3 * len(part_cells(empty))
    parts = set()
    for cell, text in told:
        assert text.startswith(verdict(cell, "wrong", cell.metadata["said"]))
        assert ("lent to you" in text) == (part_of(cell).name not in parts)  # once, and not at every try
        parts.add(part_of(cell).name)
    assert guesses(slips) == guesses(empty)


@with_parts
def test_whoever_fills_it_in_sees_the_same_lesson(path, empty, solution):
    assert guesses(solution) == guesses(empty)


@with_guesses
def test_cells_run_twice_say_the_same(path, again):
    assert hidden_errors(again) == []
    told = {name: answered(outputs) for name, outputs in guesses(again).items()}
    firsts = [name for name in told if not name.endswith("-again")]
    assert 2 * len(firsts) == len(told) > 0
    assert all(told[name] and told[name] == told[f"{name}-again"] for name in firsts)


@with_parts
def test_a_kept_file_is_neither_read_nor_written_by_open_and_wrong_parts(path, slips):
    cells = {cell.id: cell for cell in code_cells(slips)}
    still_open = [(cell, text) for cell, text in said(slips) if "said" not in cell.metadata]
    assert [cell.id for cell, _ in still_open] == [cell.id for cell in part_cells(read(path))]
    assert all(text.startswith(verdict(cell, "open")) for cell, text in still_open)
    assert parts_in(ast.literal_eval(cells["kept-file"].outputs[0]["data"]["text/plain"])) == KEPT
    sources = cells["lent-sources"].outputs[0]["data"]["text/plain"]
    assert "def " in sources and "Kept by the reader" not in sources


@with_engine
def test_engine_uses_a_kept_file(path, slips):
    assert hidden_errors(slips) == []
    said = answers_of_engine(before_and_after_tampering(slips)[0])
    assert f"{len(PARTS)} of {len(PARTS)} parts" in said or all(f"'{name}'" in said for name in PARTS)
    assert "is not used" not in said


@pytest.mark.parametrize(
    "path", [path for path in WITH_ENGINE if "engine()" in path.read_text(encoding="utf-8")], ids=lambda path: path.stem
)
def test_engine_lends_what_a_file_has_spoiled(path, slips, file):
    text = answers_of_engine(before_and_after_tampering(slips)[1])
    assert "the second share has replaced the first" in text
    assert "`topological_order` in your file is no Python any more" in text
    assert "`scores` in your file is no part that is known here" in text
    assert "parent.grad = local" in file("slips")


@with_parts
def test_what_a_lesson_says_of_the_engine_is_how_far_its_reader_has_come(path, solution, filled_before):
    """Part by part, lesson after lesson, the one file becomes the reader's."""
    known = {part_of(cell).name for lesson in filled_before[:-1] for cell in part_cells(read(lesson))}
    for cell in code_cells(solution):
        known |= {part_of(each).name for each in part_cells(solution) if each is cell}
        counts = re.findall(rf"(\d+) of {len(PARTS)} parts", answers_of_engine([cell]))
        assert all(int(told) == len(known) for told in counts), cell.id

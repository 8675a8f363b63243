"""The lessons: their form, and what happens when they are run empty, solved, and with every known mistake."""

import ast
import importlib.util
import json
import re

import pytest
from notebook_runs import (
    LESSONS,
    badly_named,
    code_cells,
    exercises,
    hidden_errors,
    read,
    verdicts,
)
from outputs import Reader
from parts_in_lessons import round_of

from helpers.checks.exercise import EXERCISES

ROOT = LESSONS[0].parents[1]
SPEC = importlib.util.spec_from_file_location("shown_code", ROOT / "tools" / "shown_code.py")
shown_code = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(shown_code)

each_lesson = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)


# Form


@each_lesson
def test_committed_without_outputs_and_with_readable_ids(path):
    raw = json.loads(path.read_text(encoding="utf-8"))
    assert (raw["nbformat"], raw["nbformat_minor"]) == (4, 5)
    assert badly_named(raw) == []
    code = [cell for cell in raw["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    assert "widgets" not in raw["metadata"]


@each_lesson
def test_cells_are_short(path):
    lengths = sorted(sum(bool(line.strip()) for line in cell.source.splitlines()) for cell in code_cells(read(path)))
    assert lengths[len(lengths) // 2] <= 5
    assert sum(length <= 15 for length in lengths) >= 0.9 * len(lengths)
    assert lengths[-1] <= 30


@each_lesson
def test_imports_are_few_short_lines(path):
    """At most four of the series in a cell. All come from rooms, but for the engine's patients: they load gymnasium."""
    for cell in code_cells(read(path)):
        ours = [line for line in cell.source.splitlines() if line.startswith("from helpers")]
        assert len(ours) <= 4 and all(len(line) <= 90 for line in ours), cell.id
        for line in ours:
            module = line.split()[1]
            assert module.count(".") < 2 or module.startswith("helpers.engine."), line


@each_lesson
def test_every_code_cell_is_announced_and_none_prints_at_its_end(path):
    notebook = read(path)
    assert notebook.cells[0].source.startswith("# ")
    for cell in code_cells(notebook):
        last = ast.parse(cell.source).body[-1]
        assert not (isinstance(last, ast.Expr) and ast.unparse(last).startswith("print("))


@each_lesson
def test_prose_does_not_exclaim(path):
    assert [cell.id for cell in read(path).cells if cell.cell_type == "markdown" and "!" in cell.source] == []


@each_lesson
def test_links_lead_to_lessons_that_exist(path):
    for target in re.findall(r"\]\(([\w./-]+\.ipynb)\)", "\n".join(cell.source for cell in read(path).cells)):
        assert (path.parent / target).exists()


@each_lesson
def test_imports_bring_nothing_unused(path):
    sources = [cell.source for cell in code_cells(read(path))]
    imported = [
        (alias.asname or alias.name).partition(".")[0]
        for source in sources
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    ]
    text = "\n".join(re.sub(r"(?m)^(from .* import .*|import .*)$", "", source) for source in sources)
    assert [name for name in imported if not re.search(rf"\b{name}\b", text)] == []


def test_shown_code_is_that_of_the_helpers():
    assert shown_code.main(["--check"]) == 0


def test_a_class_can_be_shown_with_some_of_its_methods():
    shown = shown_code.shown_text(["helpers.engine.series:as_value", "helpers.engine.series:Value(__init__, __add__)"])
    names = {}
    exec(shown, names)
    total = names["Value"](2.0) + 3.0
    assert total.data == 5.0 and total.local == (1.0, 1.0) and not hasattr(names["Value"], "tanh")
    assert names["Value"].__doc__.startswith("A number that remembers")


def test_drifted_code_is_noticed(tmp_path, monkeypatch, capsys):
    (tmp_path / "notebooks").mkdir()
    shown = ((notebook, cell) for notebook in map(read, LESSONS) for cell in code_cells(notebook))
    notebook, cell = next((notebook, cell) for notebook, cell in shown if "shown" in cell.metadata)
    cell.source = cell.source.replace("return ", "return -")
    copy = tmp_path / "notebooks" / "00_copy.ipynb"
    copy.write_text(json.dumps(notebook), encoding="utf-8")
    monkeypatch.setattr(shown_code, "ROOT", tmp_path)
    assert shown_code.main(["--check"]) == 1
    assert cell.id in capsys.readouterr().out
    assert shown_code.main([]) == 0
    assert shown_code.main(["--check"]) == 0


# Exercises


@each_lesson
def test_each_exercise_has_a_stub_and_a_check(path):
    notebook = read(path)
    sources = [cell.source for cell in notebook.cells]
    for name in exercises(notebook):
        stub = next(cell.source for cell in code_cells(notebook) if cell.metadata.get("exercise") == name)
        tree, solution = ast.parse(stub).body[0], ast.parse(EXERCISES[name].source).body[0]
        assert ast.unparse(tree.args) == ast.unparse(solution.args)
        assert ast.get_docstring(tree) == ast.get_docstring(solution)
        assert stub.rstrip().endswith("\n    ...")
        assert f"check({name})" in sources


def test_every_registered_exercise_is_in_a_lesson():
    assert sorted(name for path in LESSONS for name in exercises(read(path))) == sorted(EXERCISES)


# Runs


@each_lesson
def test_runs_with_nothing_filled_in(path, empty):
    assert hidden_errors(empty) == []
    assert all(verdict.startswith("Not attempted yet.") for verdict in verdicts(empty).values())
    assert list(verdicts(empty)) == exercises(empty)


@each_lesson
def test_figures_have_alt_text(path, empty):
    for cell in code_cells(empty):
        for output in cell.outputs:
            html = output.get("data", {}).get("text/html", "")
            assert "image/png" not in output.get("data", {}), "a bare figure has no alt text: use picture()"
            images = [attributes for tag, attributes in Reader(html).attributes if tag == "img"]
            assert all(len(image["alt"]) > 20 or "onload" in image for image in images)  # that one wakes an output


with_exercises = [path for path in LESSONS if exercises(read(path))]


@pytest.mark.parametrize("path", with_exercises, ids=lambda path: path.stem)
def test_runs_solved(path, solution):
    assert hidden_errors(solution) == []
    assert set(verdicts(solution).values()) == {"Correct."}


each_mistake = [
    (path, name, k)
    for path in with_exercises
    for name in exercises(read(path))
    for k in range(len(EXERCISES[name].mistakes))
]


@pytest.mark.parametrize("path, name, k", each_mistake, ids=lambda value: getattr(value, "stem", value))
def test_every_known_mistake_is_named(path, name, k, slips):
    done, mistake = round_of(slips, name, k), EXERCISES[name].mistakes[k]
    assert hidden_errors(done) == []
    assert verdicts(done) == {name: f"Not yet. {mistake.words}"}

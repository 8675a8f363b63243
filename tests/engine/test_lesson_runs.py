"""A lesson with parts of the engine, run as the lessons are: empty, solved, and with every slip in one notebook."""

import nbformat
from notebook_runs import exercises, mistaken, round_of, run, solved, verdicts, with_mistake, with_rounds

from helpers.engine.part import PARTS

SETUP = "import math\n\nfrom helpers.engine import mine"
VALUE = """def as_value(x):
    return x if isinstance(x, Value) else Value(x)


class Value:
    def __init__(self, data, parents=(), local=(), op="", label=""):
        self.data, self.parents, self.local = float(data), parents, local
        self.op, self.label, self.grad = op, label, 0.0"""


def lesson():
    """A small lesson 03."""
    cells = [nbformat.v4.new_code_cell(SETUP), nbformat.v4.new_code_cell(VALUE)]
    asked = [("Value.__mul__", "@mine(Value)"), ("pass_back", "@mine.draft"), ("pass_back", "@mine")]
    asked += [("topological_order", "@mine"), ("Value.backward", "@mine(Value)")]
    for k, (name, mark) in enumerate(asked):
        stub = PARTS[name].own.split('"""')
        cell = nbformat.v4.new_code_cell(f'{mark}\n{stub[0]}"""{stub[1]}"""\n    ...', metadata={"exercise": name})
        cells += [cell, nbformat.v4.new_code_cell(f"a = Value({k + 2})\nc = a * a\nc.grad = 1.0")]
    cells.append(nbformat.v4.new_code_cell("c.backward()\na.grad"))
    return nbformat.v4.new_notebook(cells=cells)


def test_empty_and_solved_lead_to_the_same_number():
    for notebook, sign in ((lesson(), "○ "), (solved(lesson()), "✔ ")):
        done = run(notebook)
        assert done.cells[-1].outputs[-1]["data"]["text/plain"] == "12.0"
        assert all(verdict.startswith(sign) for verdict in verdicts(done).values())
        assert list(verdicts(done)) == exercises(notebook)


def test_every_slip_is_told_and_the_lesson_goes_on():
    rounds = mistaken(lesson())
    texts = [{name: with_mistake(name, mistake) for name, mistake in made.items()} for made in rounds]
    whole = run(with_rounds(lesson(), texts))
    for k, made in enumerate(rounds):
        done = round_of(whole, k)
        assert done.cells[-1].outputs[-1]["data"]["text/plain"] == "12.0"
        for name, verdict in verdicts(done).items():
            assert verdict.startswith("✘ ") and made[name].words.replace("`", "").casefold() in verdict.casefold()

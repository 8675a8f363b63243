"""How long a reader needs for a lesson, estimated in one way for all of them.

  reading           200 words a minute: the text, the questions, and what is said after an answer
  formulas          45 seconds for each that stands on its own
  code              5 seconds for each line that is shown or run
  picture           1 minute for each that moves, half a minute for each that stands
  guess             45 seconds to decide, 90 for a curve
  patient           3 minutes to find the line that is ill
  build             3 minutes, and half a minute for each line of the series' own version
  exercise          2 minutes, and half a minute for each line of its solution
  one wrong try     1.5 minutes for each build and each exercise

A sum of these is rounded up to 5 minutes. A cell whose id begins with `pause` ends a sitting, which lasts an hour at
most. The rates are a slow and careful reader's; nobody was timed.
"""

import ast
from math import ceil

import helpers.explore
import helpers.steppers
from helpers.checks.exercise import EXERCISES
from helpers.engine.part import PARTS
from helpers.guesses.prediction import QUESTIONS
from helpers.guesses.sketch import Sketch

WORDS, LINES = 200, 12  # a minute
MOVES = {*helpers.steppers.__all__, *helpers.explore.__all__}


def sittings(cells):
    """Minutes of each sitting of a notebook with these cells, multiples of 5."""
    minutes = [0.0]
    for cell in cells:
        if cell.id.startswith("pause"):
            minutes.append(0.0)
        minutes[-1] += _minutes(cell)
    return [5 * ceil(each / 5) for each in minutes]


def _minutes(cell):
    if cell.cell_type != "code":
        return _reading(cell.source)
    if "exercise" in cell.metadata:
        return _writing(cell)
    lines = sum(bool(line.strip()) for line in cell.source.splitlines())
    return lines / LINES + sum(map(_looking, _calls(cell.source)))


def _reading(text):
    return len(text.split()) / WORDS + text.count("$$") / 2 * 0.75


def _writing(cell):
    name = cell.metadata["exercise"]
    built = name not in EXERCISES
    draft = "@mine.draft" in cell.source
    own = EXERCISES[name].source if not built else PARTS[name].draft.own if draft else PARTS[name].own
    return (3 if built else 2) + _statements(own) / 2 + 1.5


def _statements(source):
    """Lines of the function's body, without its docstring."""
    function = ast.parse(source).body[0]
    first = function.body[1 if ast.get_docstring(function) else 0]
    return sum(bool(line.strip()) for line in source.splitlines()[first.lineno - 1 : function.end_lineno])


def _calls(source):
    """(name, its first argument if that is text) of every function that the cell calls."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            first = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
            yield node.func.id, first
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "patient":
            yield "patient", None


def _looking(call):
    name, key = call
    if name == "predict":
        question = QUESTIONS[key]
        words = f"{question.ask} {question.says} {' '.join(getattr(question, 'options', ()))}"
        return (1.5 if isinstance(question, Sketch) else 0.75) + _reading(words)
    if name in ("patient", "cure"):
        return 3
    return 1 if name in MOVES else 0.5 if name == "picture" else 0
